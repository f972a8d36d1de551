"""Headlines of other articles between and below the paragraphs of this one.

A label gives them away (`More: …`, `SEE ALSO: …`, a heading such as `Related`), or their shape: capitals, brackets,
or a place at the very end of a body without a full stop.
"""

import re
from collections.abc import Sequence

from onrecord.knowledge.word_lists import one_of, patterns, with_meaning
from onrecord.parse.lines import Line

# What calls the reader to something else, before a colon.
CALLS = (
    r"READ|SEE|WATCH|LISTEN|MORE|ALSO(?: READ)?|VIDEO|PHOTOS?|GALLERY|RELATED|"
    r"Read(?i: more| also| next)?|See(?i: also| related| more)?|Related(?: \w{4,8})?|More(?i: on this| from [\w ]"
    r"{2,30}| coverage)?|Watch(?i: now| live)?|Listen(?i: now)?|Also (?i:read|on|see|from)(?: [\w ]{2,20})?"
)
GOES_ON = r"(?: (?:MORE|ALSO|RELATED|ON|IT|NOW|NEXT|STORY|STORIES|THIS|BELOW|ABOVE|HERE|FROM|IN|THE|GALLERY)){0,3}"
LABELS = (
    rf"{CALLS}|GRAPHICS?|MAP|FULL COVERAGE|SPECIAL COVERAGE|"
    r"SPECIAL REPORT|OPINION|"
    r"ANALYSIS|EXCLUSIVE|TIMELINE|POLL|QUIZ|PODCAST|PLAYLIST|INTERACTIVE|LIVE|LIVE UPDATES|LIVE BLOG|EXPLAINER|"
    r"COMMENTARY|COLUMN|EDITORIAL|CARTOONS?|"
    r"Full (?i:coverage|story)|Photos?|Videos?|"
    r"Gallery|Recommended|Don['’]t miss|"
    r"You may also like|Editor['’]s pick|In pictures|Slideshow|Trending|Opinion|Analysis|Explainer|Graphic|"
    r"Interactive|Podcast|Perspective|Special|In Depth|Check out|Read this|" + patterns("link_label", "heading_phrase")
)
_LABELLED = re.compile(
    rf"[\s(\[*•>]{{0,4}}(?:NOW )?(?:{LABELS}){GOES_ON}"
    r"\s?[:»|]\s?(?P<rest>.{0,240})",
)
_ALSO_ON = re.compile(r"Also on [\w-]{2,30}\.(?:com|org|net|co\.uk) .{10,240}")
_MORE_ABOUT = re.compile(
    r"(?:More|MORE|Read more|Read More|READ MORE) (?:on|from|about|ON|FROM|ABOUT) .{2,80}[^.!?:,”\"]"
    r"|(?:More|MORE|Read more|Read More|READ MORE) from [A-Z].{2,40}:"
)
_LINK_END = re.compile(r".{10,200}\s(?:Read more|READ MORE|Listen|Watch now|[»→]|>{1,3})")
_GLUED_LABEL = re.compile(
    r"['‘\"“]?[A-Z][^.:!?]{2,70}[.?!]?['’]?(?<!\d):(?=[A-Z\"'‘“]|\d+ [a-z])(?![\"'] )[^\n]{10,160}[^.!\"”,;:]"
)
_LED = re.compile(r">{2,3} ?[A-Z0-9\"“'‘].{5,150}[^.!,;]")
_ASIDE = re.compile(
    r"\( ?(?:also on|also|photos?|videos?|cartoons?|graphics?|watch|read(?: more)?|see|related|click|understanding|"
    r"listen|more|\w+['’]s full coverage)\b[^()]{0,200}\)|"
    rf"\([^()]{{0,120}}\b(?:{one_of(with_meaning('Reuters', 'short_link'))})/[^()]{{1,120}}\)|"
    r"\[ ?(?:watch|listen to|read|see|want|click)\b[^\[\]]{5,250}\]|"
    r"\( [A-Z][^()]{5,200}\)",  # the blank after the bracket is where the link began
    re.I,
)
_SHOUTED = 7  # words in capitals from which a line is a link and not a subheading
_SHOUTED_AMONG_LINKS = 4  # words, where the article has longer links in capitals and no more subheadings than links
_SHOUTED_LABEL = re.compile(r"(?:READ|WATCH|CLICK|GET|FULL|LIVE|SUBSCRIBE)(?: [^ ]+){1,40}")
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)] ")
_GLUED_HEADING = re.compile(
    r"(?:Related(?: Coverage| Articles?| Stories| Video)?|Recommended|Read More|More [Oo]n [Tt]his(?:\.\.\.|…)?) "
    r"[A-Z0-9\"'‘“].*[^.:]"
)
_GLUED_LIST = re.compile(r"Related (?:Articles|Stories) [A-Z0-9\"'‘“]")
TWEET = re.compile(r"— .{1,60} \(@\w{1,30}\) [A-Z][a-z]{2,8} \d{1,2}, \d{4}$")
_EMBEDDED = re.compile(rf"{patterns('embedded_phrase')}|View (?:this|the) (?:post|document|image|tweet)\b.{{0,60}}")
# A heading above a list of links.
HEADINGS = (
    r"(?:(?:read|see|watch|learn) (?:more|also|next)|also (?:see|read|on \w+)|see related|"
    rf"{patterns('heading_phrase')}|"
    r"more(?: (?:(?:great |top )?(?:stories|reads)(?: from [\w ]{2,40})?|coverage|news|reading|"
    r"on this(?: \w+)?|(?:from|on|about) [\w’' -]{2,50}))?|"
    r"related(?: articles?| stories| topics| content| coverage| links?| videos?| reading| news)?|"
    r"(?:you (?:may|might)|people) (?:also )?(?:like|be interested in|read)|recommended(?: for you| stories| videos)?|"
    r"editor['’]?s['’]? picks?|trending(?: now)?|most (?:read|popular|viewed)(?: in [\w ]{2,30})?|further reading|"
    r"what to read next|"
    r"top stories|latest(?: news)?|special|alert|urgent|full coverage|in case you missed it|don['’]t miss)"
)
_HEADING = re.compile(HEADINGS, re.I)
TRIM = "[]().:…»>→*•- "
_QUOTED_LINK = re.compile(r"(?:[-–—•*]{1,2} ?)[“\"].{8,180}[”\"]\.?")  # -- "Headline of another story."
_MOST_LISTED = 12  # links under a heading
_LONGEST_LINK = 25  # words
_MOST_CLOSING = 2  # links below the last paragraph; more are a list of its own
_SENTENCE_END = re.compile(r"[.!?:;,…][\"”’')\]]*$")
_HEADLINE_STARTS = re.compile(r"['‘]?\w")
_FULL_STOP = re.compile(r"[.!?…][\"”’')\]]*$")
# A last paragraph that has only lost its full stop speaks: it quotes, reports or refers back.
_SPEAKS = re.compile(
    rf"[\"“”@]|https?:|\b(?:{one_of(with_meaning('reports', 'saying_form'))})\b|"
    r"^(?:UPDATE|He|She|They|It|I|We|But|And|That|This|These|Those|His|Her|Their|There|If|When)\b|"
    r"^[^,]{3,40}, (?:The )?[A-Z][\w ]{2,40}$"
)


def is_link(line: str) -> bool:
    """Whether a line is the headline of another article: labelled, glued to a label, in brackets or in capitals."""
    if len(line) > 260 or TWEET.search(line):
        return False
    if labelled := _LABELLED.fullmatch(line):
        rest = labelled["rest"]
        return len(rest.split()) <= 10 or not rest.endswith((".", ".”", '."', ".'", ".’")) or line[0] in "(["
    if _LINK_END.fullmatch(line) or _GLUED_LABEL.fullmatch(line) or _LED.fullmatch(line):
        return True
    if _ALSO_ON.fullmatch(line) or _ASIDE.fullmatch(line) or _EMBEDDED.fullmatch(line):
        return True
    if line.isupper():
        return bool(_SHOUTED_LABEL.fullmatch(line)) or (_is_headline(line) and len(line.split()) >= _SHOUTED)
    return bool(_MORE_ABOUT.fullmatch(line) or (_GLUED_HEADING.fullmatch(line) and len(line.split()) <= 22))


def _is_headline(shouted: str) -> bool:
    """Whether a line in capitals can be a headline: of some words, no item of a list, no sentence."""
    return len(shouted.split()) >= 3 and not _NUMBERED.match(shouted) and not shouted.endswith((".", '."', ".”", ":"))


def label_links(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    """Adds the links that only their neighbours give away: under a heading, among others in capitals, at the end."""
    _label_listed(lines, first, end, rules)
    _label_shouted(lines, first, end, rules)
    _label_closing(lines, first, end, rules)


def _label_listed(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    left = 0
    for at in range(first, end):
        text = lines[at].text
        if at in rules:
            if _HEADING.fullmatch(text.strip(TRIM)):
                left = _MOST_LISTED
            elif _GLUED_LIST.match(text):
                left = _MOST_LISTED - 1  # the first stands in the heading's line
        elif left and _is_listed(text, is_first=left == _MOST_LISTED):
            rules[at] = "related"
            left -= 1
        else:
            left = 0


def _is_listed(text: str, *, is_first: bool) -> bool:
    """Whether a line under a heading can be a link: a headline has no full stop, but may ask."""
    if _QUOTED_LINK.fullmatch(text):
        return True
    is_question = text.endswith("?") and not is_first
    return (
        3 <= len(text.split()) <= _LONGEST_LINK
        and (is_question or not _FULL_STOP.search(text))
        and not TWEET.search(text)
    )


def _label_shouted(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    shouted = [at for at in range(first, end) if lines[at].text.isupper() and len(lines[at].text) <= 120]
    links = [at for at in shouted if rules.get(at) == "related"]
    short = [at for at in shouted if at not in rules and len(lines[at].text.split()) >= 2]
    if len(links) >= len(short):
        for at in short:
            if len(lines[at].text.split()) >= _SHOUTED_AMONG_LINKS and _is_headline(lines[at].text):
                rules[at] = "related"


def _label_closing(lines: Sequence[Line], first: int, end: int, rules: dict[int, str]) -> None:
    kept = [at for at in range(first, end) if at not in rules]
    closing: list[int] = []
    while len(kept) > 2 and len(closing) <= _MOST_CLOSING:
        text = lines[kept[-1]].text
        if (
            not 4 <= len(text.split()) <= 20
            or _SENTENCE_END.search(text)
            or _SPEAKS.search(text)
            or not _HEADLINE_STARTS.match(text)
        ):
            break
        closing.append(kept.pop())
    if closing and len(closing) <= _MOST_CLOSING and kept and _FULL_STOP.search(lines[kept[-1]].text):
        rules.update(dict.fromkeys(closing, "related"))
