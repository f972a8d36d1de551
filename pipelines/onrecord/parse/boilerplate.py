"""Lines that a page wraps around an article: prompts, links, players, notes, copyright.

The patterns name what news sites print around any story. A line is judged by itself; one that is longer than
`LONGEST` is a paragraph, whatever it contains.
"""

import re

LONGEST = 900  # characters

# Lines made of these words alone, with counts between them, are a row of buttons. The first set must take part.
BUTTON = re.compile(
    r"share|tweet|facebook|twitter|whatsapp|linkedin|pinterest|reddit|telegram|flipboard|tumblr|"
    r"instagram|messenger|youtube|e-mail|email|print|pocket|copied|bookmark|sms|reprints"
)
BUTTON_WORD = re.compile(
    r"post|pin|link|copy|save|like|follow|more|comment|comments|this|article|story|page|on|via|"
    r"to|with|by|the|url|google|plus|font|text|size|gift|icon|extra|options|close|open|x|"
    r"tweets|shares|view|subscribe|us|out|click|from"
)
WIDGETS = re.compile(
    r"ads?|advertise?ments?|advertising|sponsored(?: content)?|paid content|promoted(?: content)?|close|menu|"
    r"search|log ?in|sign ?in|sign ?up|"
    r"register|subscribe(?: now)?|donate(?: now)?|read more(?: here)?|more(?: on this)?|see more|show more|load "
    r"more|learn more|loading|"
    r"read full article|continue reading|keep reading|(?:view )?gallery|slideshow|play(?: video)?|pause|mute|video|"
    r"photos?|image|audio|listen|"
    r"watch|live|replay|up next|now playing|watch more|trending(?: now)?|most (?:read|popular|viewed)|"
    r"recommended(?: for you| videos| stories)?|"
    r"related(?: articles?| stories| topics| content| coverage| links?| video| reading)?|you (?:may|might) also "
    r"like|more from [\w ]{2,40}|"
    r"editor['’]?s['’]? picks?|top stories|latest news|home|back to top|skip to (?:main )?content|toggle "
    r"navigation|next|prev(?:ious)?|"
    r"cookie policy|privacy policy|terms of (?:use|service)|accept(?: all)?|manage cookies|permissions|captions?|"
    r"(?:hide|toggle|view|show) caption|enlarge this image|click to expand|tap to unmute|supporters|follow us|see "
    r"also|see related|"
    r"further reading|what to read next|urgent|tags|topics|filed under|youtube|comments?|discussion|none|null|"
    r"undefined|view|shares?|breaking news (?:e-?mails?|alerts?)|key (?:points|takeaways)|like this|like loading|"
    r"about the authors?|(?:previous|next) (?:article|post|story)|related articles ?more from author|"
    r"reuse this content|get short url|end|print this|email this|save this|order reprints|"
    r"these are external links and will open in a new window",
    re.I,
)
ORNAMENT = re.compile(r"[\W_]{1,40}|\[(?:pullquote|break|music|embed|gallery|video|caption)[^\]]{0,80}\]", re.I)
COUNTED = re.compile(
    r"(?!(?:1[5-9]|20)\d\d$)[\d.,+km: ]{1,18}|[\d.,]{1,9}[km]? (?:shares?|comments?|views?|likes?)|"
    r"slideshow ?\(\d+ images?\)|(?:(?:next|prev|previous) ){0,2}(?:image )?\d+ of \d+|\d+ (?:images|photos)|\d+ "
    r"min(?:ute)?s? read|"
    r"click to (?:share|email|print|tweet)\b.{0,60}|.{0,60}\(opens in new window\)|(?:estimated )?read(?:ing)? "
    r"time:? .{1,20}",
    re.I,
)
PLAYER = re.compile(
    r"(?:just watched|must watch|listen to (?:the |this )?article|media playback is (?:un|not )supported|replay "
    r"more videos|play video|"
    r"please enable javascript|javascript is (?:disabled|required)|your browser (?:does not|doesn['’]t) support|"
    r"this video (?:is not|isn['’]t) available|"
    r"sorry, (?:this|your|the) (?:video|browser)|chat with us in|please install adobe flash|\d{1,2}:\d\d share\b)",
    re.I,
)
CONTINUED = re.compile(
    r"(?:story|article) continue[sd] (?:below|after)|continue[ds]? reading (?:below|the main)|advertisement "
    r".{0,80}continue reading|"
    r"(?:advertisement[ .:]{0,3}){1,4}$|(?:advertisement|article|story) continues|thanks for watching! visit website|"
    r"advertisement thanks for watching",
    re.I,
)
# At the start of a line.
PROMPT_START = re.compile(
    r"[*•\s>–-]{0,6}(?:want .{1,120}\? )?(?:please )?(?:"
    r"(?:sign[ -]?up|subscribe|register)(?: (?:here|for|to|now|today|and|at|with|by|on)\b|[.!:*]|$)|"
    r"(?:click|tap) (?:here|for more|to (?:read|see|sign|subscribe|view|watch|get|listen|learn|here))\b|"
    r"newsletter sign[ -]?up|get (?:the|our|all|more|breaking|alerts|unlimited|daily|real-time|exclusive|"
    r"today['’]s|a)\b.{0,200}\b(?:newsletter|inbox|e-?mails?|alerts|in your phone|subscri|app\b)|"
    r"thank you for (?:signing up|subscribing|reading)|by (?:signing up|subscribing|clicking)|"
    r"you (?:can|must|need to) (?:unsubscribe|log in|be logged in)|already a (?:subscriber|member)|manage "
    r"newsletters|email sign up|"
    r"enter your e-?mail|invalid email|please (?:enter|verify|include a contact|re-?enter)|download (?:the|our) "
    r".{0,40}\bapp\b|"
    r"add .{1,60} as an interest|interested in .{1,60}\? add|(?:follow|like|find|connect with|visit) (?:us|me|him|"
    r"her|them) (?:on|at)\b|"
    r"follow (?:@|.{1,60}\bon (?:twitter|facebook|instagram|x\.com))|join (?:us on|the (?:conversation|discussion))|"
    r"subscribers? (?:only|can)|to (?:read more editorials|respond to (?:this|a) |report (?:an error|corrections)|"
    r"see the full .{3,60}click here)|"
    r"send (?:us )?(?:a |your )?(?:tips?|comments|feedback|questions|corrections)|(?:got|have) a (?:news )?tip|"
    r"share your (?:thoughts|views|story)|"
    r"we use cookies|this (?:site|website) uses|we value your privacy|watch the latest video|catch up on|catch "
    r".{1,60} live\b|"
    r"read (?:or share this|the (?:original|full) (?:article|story|post)|cnnopinion)|don['’]t see the (?:graphic|"
    r"chart|video)|"
    r"(?:support|fund) (?:\w+['’]s|our|real|independent|local|quality|strong) .{0,30}journalism|write to .{3,60} "
    r"at \S+@|"
    r"contact .{2,60} at .{0,40}(?:@|\d{3})|"
    r"this article (?:is )?tagged under|vote now|start the day smarter|not signed up yet|"
    r"if you (?:have|like|enjoyed?) .{0,60}(?:newsletter|subscri|consider|contribut|donat|join)|"
    r"in addition to its own editorials|you can read diverse opinions|something to consider|like this (?:story|"
    r"article)\?|share or comment on|(?-i:TAGS) |"
    r"(?:filed under|tags|tagged(?: with)?|categor(?:y|ies)|topics)\s?:|app users|on (?:mobile|"
    r"desktop|app)\?|having trouble)",
    re.I,
)
# Anywhere in a line.
PROMPT = re.compile(
    r"\bdelivered (?:directly |straight |daily |right |free )?(?:to|into) your (?:inbox|e-?mail)|straight to your "
    r"inbox|to your inbox\b|in your inbox\b|"
    r"by signing up,? you agree|please verify you['’]?re not a robot|(?:e-?mail )?newsletters? (?:here|sign ?up)\b|"
    r"your email address will not be published|sign up (?:here|now|today)[.!]?$|protected by recaptcha|"
    r"subscribe (?:now|today)(?: (?:to|for|at)\b|[.!]?$)|newsletter\b.{0,60}\bsign up\b|financial contribution "
    r"will|making a contribution to|"
    r"become a (?:member|subscriber) (?:today|now)|for indispensable reporting|to (?:read|see) more,? (?:sign "
    r"up|subscribe)|"
    r"^[^.!?]{0,100}[.!?]? ?(?:click|tap) here\b.{0,80}$|you can (?:also )?follow (?:him|her|them|us) (?:on|at)|"
    r"\bfollow (?:him|her|them|us|me) (?:(?:on|at) (?:twitter|facebook|instagram|@|http)|@)",
    re.I,
)
PROMPT_HINTS = (
    "mail", "inbox", "sign", "robot", "newsletter", "recaptcha", "subscri", "contribution", "member", "indispensable",
    "click", "tap ", "follow",
)  # fmt: skip
LABELS = (
    r"READ|SEE|WATCH|LISTEN|MORE|ALSO|VIDEO|PHOTOS?|GALLERY|RELATED|GRAPHICS?|MAP|FULL COVERAGE|SPECIAL COVERAGE|"
    r"SPECIAL REPORT|OPINION|"
    r"ANALYSIS|EXCLUSIVE|TIMELINE|POLL|QUIZ|PODCAST|PLAYLIST|INTERACTIVE|LIVE|LIVE UPDATES|EXPLAINER|COMMENTARY|"
    r"COLUMN|EDITORIAL|"
    r"Read(?i: more| also| next)?|See(?i: also| related| more)?|Related(?: \w{4,8})?|More(?i: on this| from [\w "
    r"]{2,30}| coverage)?|Watch(?i: now| live)?|"
    r"Listen(?i: now)?|Also (?i:read|on|see|from)(?: [\w ]{2,20})?|Full (?i:coverage|story)|Photos?|Videos?|"
    r"Gallery|Recommended|Don['’]t miss|"
    r"You may also like|Editor['’]s pick|In pictures|Slideshow|Trending|Opinion|Analysis|Explainer|Graphic|"
    r"Interactive|Podcast|Perspective"
)
LABELLED = re.compile(
    rf"[\s(\[*•>]{{0,4}}(?:NOW )?(?:{LABELS})(?: (?:MORE|ALSO|RELATED|ON|IT|NOW|NEXT|STORY|STORIES|THIS|BELOW|"
    rf"ABOVE|HERE|FROM|IN|THE|GALLERY)){{0,3}}"
    r"\s?[:»|]\s?(?P<rest>.{0,240})",
)
MORE_ABOUT = re.compile(
    r"(?:More|MORE|Read more|Read More|READ MORE) (?:on|from|about|ON|FROM|ABOUT) .{2,80}[^.!?:,”\"]"
    r"|(?:More|MORE|Read more|Read More|READ MORE) from [A-Z].{2,40}:"
)
LINK_END = re.compile(r".{10,200}\s(?:Read more|READ MORE|Listen|Watch now|[»→]|>{1,3})")
GLUED_LABEL = re.compile(r"[A-Z][^.:!?]{2,45}:(?=[A-Z\"'‘“])[^\n]{10,160}[^.!?\"”,;:]")
ASIDE = re.compile(
    r"\( ?(?:also on|also|photos?|videos?|watch|read(?: more)?|see|related|click|understanding|listen|more|"
    r"\w+['’]s full coverage)\b[^()]{0,200}\)",
    re.I,
)
SHOUTED = 6  # words in capitals from which a line is a link, not a subheading
NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)] ")
COPYRIGHT = re.compile(
    r"(?:^|[\s(|•–—-])(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?(?:by )?(?:19|20)\d\d\b|(?:^|[\s(|•–—-])© ?[A-Z]|"
    r"^copyright (?:by |[^.]{2,60}$)|"
    r"^(?:this )?material may not be published, broadcast|^content created by|^click here for reprint|"
    r"^for (?:reprint|licensing) |\ball rights reserved\b",
    re.I,
)
NAME = r"(?:[A-Z][\w.'’-]*|and|in|of|the|with|at|for)"
NAMES = rf"(?:{NAME}[ ,;&]{{1,3}}){{1,30}}"
NOTE = re.compile(
    r"[(\[*•—–\s-]{0,4}(?:"
    r".{0,400}\b(?:contributed|contributing)(?: reporting| research| writing)?,? (?:to|for) (?:th(?:is|e|ese) "
    r")(?:\w+ ){0,2}?(?:report|story|article|piece|column|post)s?\b.{0,60}|"
    r".{3,300} contributed (?:reporting|research)\b.{0,40}|"
    rf"{NAMES}contributed\.|"
    r"(?:[A-Z][^.\n]{1,120} contributed from [A-Z][^.\n]{2,60}\. ?){1,4}|"
    r"(?i:with assistance|contributing|contributors?|contributed|(?:with )?additional reporting|with reporting|"
    r"compiled|edited|"
    r"produced)(?i:: ?| (?:by|from):? )(?-i:[A-Z]).{1,300}|"
    r"\([Rr]eporting by .{3,300}|[Rr]eporting(?: and writing)? by .{3,300}\b[Ee]diting by .{3,100}|"
    rf"(?:[Rr]eporting|[Ww]riting|[Ee]diting) by {NAMES}{NAME}\)?\.?"
    r")"
)
NOTE_START = re.compile(
    r"[(\[*•—–_\s-]{0,4}(?:correction: corrected by|(?:correction|clarification|update|"
    r"updated?)\b.{0,60}(?:earlier version|previous "
    r"version|original version)|"
    r"editor['’]?s['’]? note\b|note to (?:readers|editors)|"
    r"this (?:story|article|post|report|piece|column|page)\b.{0,40}\b(?:has been (?:updated|corrected|amended)|was "
    r"(?:originally|first|last) (?:published|posted|updated)|"
    r"(?:originally|first) (?:appeared|published|ran)|will be updated|is being updated|was updated|is developing|"
    r"was produced|was reported|appeared in|is part of)|"
    r"this is a (?:developing|breaking) (?:news )?story|this is a rush transcript|this article is more than|"
    r"breaking (?:news )?story|"
    r"an? (?:earlier|previous|prior|original) version of this|the (?:opinions?|views?)(?: and opinions)? expressed|"
    r"this article is based (?:in part )?on wire|"
    r"(?:all )?(?:photos|images|pictures) (?:by|courtesy)|.{3,80} can be reached at\b|@\w{2,30}$|"
    r"[\w.+-]+@[\w-]+\.[\w.]{2,20}$|sources?: .{2,60}$|a version of this (?:article|story|column)\b|our standards: |"
    r"(?:e-?mail|twitter|follow|contact)(?: \w+){0,3}[: ]{1,3}(?:@|\S+@)|stay tuned for updates)",
    re.I,
)
LABEL = re.compile(
    r"(?:ANALYSIS/OPINION|ANALYSIS|OPINION|COMMENTARY|EDITORIAL|EXCLUSIVE|ORIGINAL POST|BREAKING|LIVE UPDATES):?"
)
NAVIGATION = re.compile(r"(?:[^\W\d_][\w&'’ ]{0,30} ?[>»›→] ?){1,6}[^\W\d_][\w&'’ ]{0,60}")
CODE = re.compile(
    r"<!--|<!–|-->|//–>|function ?\(|\)\{|\]\]>|=\"https?:|^https?://\S+$|^(?:www\.|pic\.twitter\.com/)\S+$|\{\{|\}\}"
)
# A line without any of these is no prompt, note or copyright line: saves trying the patterns on every paragraph.
TRIGGERS = (
    "sign", "subscri", "register", "click", "tap ", "newsletter", "get ", "thank", "unsubscribe", "log", "already",
    "email", "e-mail", "enter", "please", "download", "interest", "follow", "like us", "find ", "connect", "visit",
    "join", "read", "respond", "report", "send", "tip", "share", "cookie", "uses", "privacy", "watch", "catch",
    "don't see", "don’t see", "support", "fund", "write to", "contact", "tagged", "tags", "vote", "start the day",
    "addition", "you can", "something", "if you", "app users", "trouble", "inbox", "robot", "recaptcha",
    "contribut", "member", "©", "(c)", "copyright", "rights", "material", "content created", "licens", "edit",
    "compiled", "produced", "correction", "clarification", "updat", "note", "this ", "version", "expressed",
    "photos", "images", "pictures", "reached at", "@", "twitter", "stay tuned", "source", "standards", "like this",
    "categor", "topics", "filed", "breaking", "media playback",
    "javascript", "browser", "video", "continue", "advertisement", "listen", "adobe", "opens in",
)  # fmt: skip


def page_rule(line: str) -> str | None:
    """The rule by which a line belongs to the page and not to the article, or None."""
    if len(line) > LONGEST:
        return None
    if len(line) <= 120:
        if ORNAMENT.fullmatch(line) or COUNTED.fullmatch(line) or WIDGETS.fullmatch(line.strip("[]().:…»>→*•- ")):
            return "widget"
        if _is_button_row(line):
            return "share"
        if LABEL.fullmatch(line):
            return "label"
        if NAVIGATION.fullmatch(line):
            return "navigation"
    if CODE.search(line):
        return "code"
    if _is_link(line):
        return "related"
    lowered = line.casefold()
    if not any(trigger in lowered for trigger in TRIGGERS):
        return None
    if PLAYER.match(line):
        return "player"
    if CONTINUED.match(line):
        return "continued"
    if COPYRIGHT.search(line):
        return "copyright"
    if PROMPT_START.match(line) or (any(hint in lowered for hint in PROMPT_HINTS) and PROMPT.search(line)):
        return "prompt"
    if NOTE.fullmatch(line) or NOTE_START.match(line):
        return "note"
    return None


def _is_button_row(line: str) -> bool:
    words = re.findall(r"[^\s:|,/&•·()]+", line.casefold())
    return (
        0 < len(words) <= 16
        and any(BUTTON.fullmatch(word) for word in words)
        and all(BUTTON.fullmatch(word) or BUTTON_WORD.fullmatch(word) or word.isdigit() for word in words)
    )


def _is_link(line: str) -> bool:
    """Whether a line is the headline of another article: labelled, glued to a label, in brackets or in capitals."""
    if len(line) > 260:
        return False
    if labelled := LABELLED.fullmatch(line):
        rest = labelled["rest"]
        return len(rest.split()) <= 10 or not rest.endswith((".", ".”", '."', ".'", ".’")) or line[0] in "(["
    if LINK_END.fullmatch(line) or GLUED_LABEL.fullmatch(line) or ASIDE.fullmatch(line):
        return True
    if line.isupper():
        return len(line.split()) >= SHOUTED and not NUMBERED.match(line) and not line.endswith((".", '."', ".”"))
    if MORE_ABOUT.fullmatch(line):
        return True
    return line.startswith("Related ") and len(line.split()) <= 22 and line[8:9].isupper() and line[-1] not in ".:"
