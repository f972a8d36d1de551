"""Lines that a page wraps around an article: buttons, widgets, players, code, and what the neighbour modules know.

The patterns name what news sites print around any story. A line is judged by itself; one that is longer than
`LONGEST` is a paragraph, whatever it contains.
"""

import re

from onrecord.knowledge.word_lists import patterns
from onrecord.parse.furniture.editors_notes import is_copyright, is_note
from onrecord.parse.furniture.hyperlinks import HEADINGS, TRIM, is_link
from onrecord.parse.furniture.prompts import is_prompt
from onrecord.parse.furniture.wire_marks import is_wire_mark

LONGEST = 900  # characters

# Lines made of these words alone, with counts between them, are a row of buttons. The first set must take part.
_BUTTON = re.compile(
    r"share|tweet|facebook|twitter|whatsapp|linkedin|pinterest|reddit|telegram|flipboard|tumblr|"
    r"instagram|messenger|youtube|e-mail|email|print|pocket|copied|bookmark|sms|reprints"
)
_BUTTON_WORD = re.compile(
    r"post|pin|link|copy|save|like|follow|more|comment|comments|this|article|story|page|on|via|"
    r"to|with|by|the|url|google|plus|font|text|size|gift|icon|extra|options|close|open|window|x|"
    r"tweets|shares|view|subscribe|us|out|click|from"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WIDGETS = re.compile(
    r"ads?|advertise?ments?|advertising|sponsored(?: content)?|paid content|promoted(?: content)?|close|menu|"
    r"search|log ?in|sign ?in|sign ?up|"
    r"register|subscribe(?: now)?|donate(?: now)?|read more here|show more|load more|loading|"
    r"read full article|continue reading|keep reading|(?:view )?gallery|slideshow|play(?: video)?|pause|mute|video|"
    r"photos?|image|audio|listen|"
    r"watch|live|replay|up next|now playing|home|skip to (?:main )?content|toggle navigation|next|prev(?:ious)?|"
    r"(?:take me |go )?back to (?:the )?top(?: of (?:this|the) \w{4,7})?|poll|for more|presented by|watch \w+ videos|"
    rf"{HEADINGS}|{patterns('image_button', 'button_beside_date', 'widget_phrase')}|"
    r"cookie policy|privacy policy|terms of (?:use|service)|accept(?: all)?|manage cookies|permissions|captions?|"
    r"click to expand|tap to unmute|supporters|follow us|tags|topics|filed under|youtube|comments?|discussion|none|"
    r"null|undefined|view|shares?|breaking news (?:e-?mails?|alerts?)|key (?:points|takeaways)|like this|like loading|"
    r"about the authors?|(?:previous|next) (?:article|post|story)|related articles ?more from author|"
    r"ends?|end of article|post (?:a )?comment|leave a (?:comment|reply)|explore further|you can also check:?|"
    r"print this|email this|save this|order reprints",
    re.I,
)
_ORNAMENT = re.compile(r"[\W_]{1,120}|\[(?:pullquote|break|music|embed|gallery|video|caption)[^\]]{0,80}\]", re.I)
_COUNTED = re.compile(
    r"(?!(?:1[5-9]|20)\d\d$)[\d.,+km: ]{1,18}|[\d.,]{1,9}[km]? (?:shares?|comments?|views?|likes?)|"
    r"pages? \d{1,3}(?: of \d{1,3})?|[–-] ?30 ?[–-]|"
    rf"{patterns('slideshow_phrase')}|"
    r"(?:(?:next|prev|previous) ){0,2}(?:image )?\d+ of \d+|\d+ (?:images|photos)|\d+ "
    r"min(?:ute)?s? read|"
    r"click to (?:share|email|print|tweet)\b.{0,60}|.{0,60}\(opens in new window\)|(?:estimated )?read(?:ing)? "
    r"time:? .{1,20}",
    re.I,
)
_PLAYER = re.compile(
    rf"(?:{patterns('player_label', 'player_notice')}|play video|close video\b|"
    r"please enable javascript|javascript is (?:disabled|required)|your browser (?:does not|doesn['’]t) support|"
    r"this video (?:is not|isn['’]t) available|"
    r"sorry, (?:this|your|the) (?:video|browser)|please install adobe flash|\d{1,2}:\d\d share\b)",
    re.I,
)
# `Jo Field On The Quay Jo Field On The Quay Listen · 5:01 5:01`: the heading of a recording and how long it takes.
_LENGTH = re.compile(r".{0,400}\b(?:Listen|Download|Play|Watch) ?[·•] ?\d{1,2}:\d\d(?: \d{1,2}:\d\d)?")
_CONTINUED = re.compile(
    rf"(?:story|article) continue[sd] (?:below|after)|{patterns('continued_phrase')}|"
    r"(?:advertisement[ .:]{0,3}){1,4}$|(?:advertisement|article|story) continues",
    re.I,
)
_LABEL = re.compile(
    rf"(?:{patterns('text_label')}|ANALYSIS|OPINION|COMMENTARY|EDITORIAL|EXCLUSIVE|ORIGINAL POST|BREAKING|"
    r"LIVE UPDATES):?"
)
_NAVIGATION = re.compile(r"(?:[^\W\d_][\w&'’ ]{0,30} ?[>»›→] ?){1,6}[^\W\d_][\w&'’ ]{0,60}")
_CODE = re.compile(
    r"<!--|<!–|-->|//–>|function ?\(|\)\{|\]\]>|=\"https?:|^https?://\S+$|^(?:www\.|pic\.twitter\.com/)\S+$|\{\{|\}\}|"
    r"</?[a-z][a-z0-9]{0,10}(?: [a-z-]+=[^<>]{0,200})?/?>$|\bdocument\.\w+\(|\baddEventListener\(|@media ?\(|"
    r"[.#][\w-]{1,40} ?\{[^{}]{0,200}[:;]"
)


def page_rule(line: str) -> str | None:
    """The rule by which a line belongs to the page and not to the article, or None."""
    if len(line) > LONGEST:
        return None
    if len(line) <= 120:
        if _ORNAMENT.fullmatch(line) or _COUNTED.fullmatch(line) or _WIDGETS.fullmatch(line.strip(TRIM)):
            return "widget"
        if _is_button_row(line):
            return "share"
        if _LABEL.fullmatch(line) or is_wire_mark(line):
            return "label"
        if _NAVIGATION.fullmatch(line):
            return "navigation"
    if _CODE.search(line):
        return "code"
    if is_link(line):
        return "related"
    if _PLAYER.match(line) or _LENGTH.fullmatch(line):
        return "player"
    if _CONTINUED.match(line):
        return "continued"
    if is_copyright(line):
        return "copyright"
    if is_prompt(line):
        return "prompt"
    if is_note(line):
        return "note"
    return None


def _is_button_row(line: str) -> bool:
    """Whether a line is nothing but buttons, also where they are glued together: `ShareTweetEmail`."""
    return _are_buttons(line) or (_GLUED.search(line) is not None and _are_buttons(_GLUED.sub(" ", line)))


def _are_buttons(line: str) -> bool:
    words = re.findall(r"[^\s:|,/&•·()]+", line.casefold())
    return (
        0 < len(words) <= 16
        and any(_BUTTON.fullmatch(word) for word in words)
        and all(_BUTTON.fullmatch(word) or _BUTTON_WORD.fullmatch(word) or word.isdigit() for word in words)
    )
