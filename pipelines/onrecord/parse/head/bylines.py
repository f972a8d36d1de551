"""Bylines: who wrote the article, and the outlet that stands beside the name."""

import re
from dataclasses import dataclass

from onrecord.document import Publication
from onrecord.parse.head.dates import read_date_line

OUTLETS = (
    "Reuters", "CNN", "NPR", "BBC", "BBC News", "AP", "Associated Press", "The Associated Press", "AFP",
    "Agence France-Presse", "Bloomberg", "Bloomberg News", "USA TODAY", "USA Today", "Politico", "POLITICO",
    "The Hill", "Fox News", "FOX News", "FoxNews.com", "The Washington Times", "The Washington Post",
    "The New York Times", "Vox", "Slate", "Salon", "Salon.com", "The Guardian", "The Daily Beast", "Daily Beast",
    "HuffPost", "The Huffington Post", "National Review", "Reason", "Townhall", "Townhall.com", "Newsmax",
    "Breitbart", "Breitbart News", "The Daily Caller", "The Atlantic", "Al Jazeera", "Xinhua", "TASS", "Yonhap",
    "KCNA", "Kyodo", "UPI", "CBS News", "ABC News", "NBC News", "MSNBC", "CNBC", "PBS", "VOA", "VOA News",
    "Voice of America", "RT", "Sputnik", "PressTV", "The Independent", "The Telegraph", "Daily Mail", "The Times",
    "The Sun", "The Mirror", "Sky News", "ITV News", "Time", "TIME", "Newsweek", "The Economist", "Financial Times",
    "The Wall Street Journal", "Los Angeles Times", "Chicago Tribune", "Axios", "BuzzFeed News", "Vice News",
    "VICE News", "Mother Jones", "The Nation", "The Intercept", "ThinkProgress", "Roll Call", "Washington Examiner",
    "New York Post", "New York Daily News", "The Christian Science Monitor", "CBN News", "CBN", "The Week",
    "South China Morning Post", "The Diplomat", "Asia Times", "Nikkei", "The Japan Times", "The Korea Herald",
    "The Korea Times", "NK News", "Deutsche Welle", "DW", "France 24", "Euronews", "The Irish Times",
    "The Globe and Mail", "CBC News", "Haaretz", "The Jerusalem Post", "The Times of Israel", "Tehran Times",
    "The Moscow Times", "Foreign Policy", "Business Insider", "Yahoo News", "ProPublica",
)  # fmt: skip
_OUTLET = {name.casefold(): name for name in OUTLETS}
OUTLET_ENDING = re.compile(
    r"(?:[A-Z0-9][\w.&'’-]* |of |the |and |& ){0,5}(?:Times|Post|News|Tribune|Herald|Journal|Gazette|Press|Today|"
    r"TODAY|Guardian|Telegraph|Star|Chronicle|"
    r"Courier|Mail|Magazine|Media|Radio|TV|Network|Agency|Monitor|Review|Reporter|Observer|Independent|Mirror|Sun|"
    r"Globe|"
    r"Examiner|Inquirer|Register|Dispatch|Bureau|Foundation|Online|Standard|Sentinel|Beast|Caller|\w+\.(?:com|org|"
    r"net|co\.uk))"
)
BY = re.compile(
    r"(?:(?:(?:written|posted|reported|authored|submitted|analysis|opinion|commentary|story|words|report|column|"
    r"review|essay|perspective)\s+)?"
    r"by\s?:?|authors?\s?:)\s+(?P<rest>\S.*)",
    re.I,
)
ROLE = re.compile(
    r"\b(?:staff|writers?|reporters?|correspondents?|editors?|bureau|chief|columnists?|contributors?|contributing|"
    r"producers?|special|senior|"
    r"opinion|political|politics|analyst|guest|fellow|host|anchor|deputy|managing|national|foreign|diplomatic|"
    r"white house|"
    r"security|business|world|desk|team|newsroom|staffers?|washington|associated|agencies|wire|news service|our|"
    r"digital|photographer|"
    r"executive|assistant|managing|author|professor|director|president|member|for)\b",
    re.I,
)
NOBODY = re.compile(
    r"\b(?:staff|agenc(?:y|ies)|wires?|editorial|board|newsroom|desk|team|admin|reporters?|editors?|correspondents?)\b",
    re.I,
)
WORD = r"(?:[^\W\d_a-z][\w'’.-]*)"
PARTICLE = r"(?:de|del|della|di|da|dos|van|von|der|den|ter|la|le|el|al|bin|ibn|ben|y|e|du|af|av|zu)"
NAME = re.compile(rf"{WORD}(?: (?:{PARTICLE} ){{0,2}}{WORD}){{1,4}}(?:,? (?:Jr|Sr|II|III|IV|MD|PhD|Ph\.D)\.?)?")
SUFFIX = re.compile(r", (?=(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\b)", re.I)
# Capitalized words that open or end labels and places, not names.
NOT_NAME = re.compile(
    r"senator|governor|congressman|congresswoman|secretary|ambassador|general|pope|king|queen|prince|the|a|an|"
    r"north|south|east|west|northern|southern|eastern|western|new|united|kingdom|states|"
    r"korea|white|house|world|news|politics|opinion|national|international|security|breaking|"
    r"exclusive|analysis|latest|top|story|stories|middle|asia|africa|europe|america|american|russia|"
    r"china|iran|iraq|syria|israel|government|congress|senate|supreme|court|department|ministry|"
    r"minister|president|party|council|nations|union|press|office|media|company|group|inc|corp|"
    r"university|institute|center|centre|foundation|committee|association|agency|service|services|"
    r"business|technology|science|health|sports|entertainment|life|style|travel|food|culture|arts|"
    r"video|photo|photos|gallery|live|updates|update|more|read|share|subscribe|sign|newsletter|"
    r"home|page|trump|obama|war|deal|talks|nuclear|missile|sanctions|election|campaign|policy|"
    r"economy|climate|change|trade|city|county|state|police|day|today|week|morning|sunday|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|january|february|march|april|june|july|august|"
    r"september|october|november|december|highlights|image|caption|in|on|at|of|to|for|and|how|"
    r"why|what|when|where|who|is|are|was|says|said|with|from|as|saudi|arabia|hong|kong|sri|"
    r"lanka|costa|rica|puerto|rico|san|los|las|el|santa|buenos|tel|abu|link|copied|republic|"
    r"enlarge|toggle|view|related|follow|click|here|so|far|most|best|full|text|key|point|points|"
    r"next|last|first|big|raised|spent|total|million|millions|billion|per|cent|percent|vs|versus|"
    r"after|before|part|chapter|section|pages|series|special|report|reports|data|chart|map|table|"
    r"source|sources|questions|answers|question|answer|my|your|our|their|his|her|its|this|that|"
    r"these|those|all|any|some|no|not|just|now|then|there|ever|never|back|out|up|down|over|"
    r"off|about|against|between|under|into|through|during|without|within|getty|images|good|bad|"
    r"great|old|young|high|low|long|short|open|close|free|real|true|false|right|left|rise|fall|"
    r"win|wins|loses|lost|found|made|make|makes|take|takes|gets|get|goes|go|comes|come|see|"
    r"look|watch|listen|help|need|needs|want|wants|still|also|only|even|much|many|other|another|"
    r"each|both|few|several|such|same|different"
)
HONORIFIC = re.compile(
    r"^(?:(?:by|the)\s+|(?:Sens?|Reps?|Govs?|Drs?|Prof|Gen|Lt|Col|Capt|Adm|Mr|Mrs|Ms|Rev|Hon|Sir|Dame)\.? )+(?=\S)",
    re.I,
)
PLACE = re.compile(r"\s+(?:in|for|of|at|from) .*$", re.I)
STAFF = re.compile(r" (?:staff|reporters?|writers?|correspondents?|editors?|contributors?)$", re.I)
ASIDES = re.compile(r"@\w+|\S+@\S+|[()]|,? (?:M\.?D|Ph\.?D)\b\.?|\bspecial (?:to|for)\b", re.I)
_NAMED = "|".join(re.escape(name) for name in sorted(OUTLETS, key=len, reverse=True))
OUTLET_AT_END = re.compile(rf"(?P<name>[^|]{{4,50}}?) (?P<outlet>{_NAMED})", re.I)
SPLIT_NAMES = re.compile(r"\s*(?:[;,] (?:and|&) |;|,| and | & | with )\s*", re.I)
SPLIT_PARTS = re.compile(r"\s+[-–—|•·/]+\s+|\s*[|•·]\s*|\s+/\s*|\s+(?=(?:updated|published|posted)\b)", re.I)
AUTHOR_NOTE = re.compile(
    r"(?:Editor['’]s [Nn]ote: ?(?P<noted>))?(?P<name>[A-Z][\w'’.-]{0,20}(?: [A-Z][\w'’.-]{0,20}){1,3})"
    r"(?(noted)(?:,| is| was)| is) (?:now |also )?(?:an? |the )?[^.!?]{0,80}?\b"
    r"(?(noted)(?:author|professor|fellow|director|president|member|host|lawyer|attorney|scholar|lecturer|strategist|"
    r"analyst|columnist|commentator|contributor|writer|reporter|editor|correspondent)|"
    r"(?:author|professor|fellow|columnist|commentator|contributor|writer|reporter|editor|correspondent))\b"
)
LONGEST = 250
LONGEST_NOTE = 420


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `authors` are persons in normal case; a byline of an agency or 'staff' has none."""

    authors: tuple[str, ...]
    outlet: str | None
    publication: Publication | None
    is_update: bool = False


def read_byline(line: str) -> Byline | None:
    """The byline that a line is, if it opens with `By` or another byline word, else None."""
    match = BY.fullmatch(line) if len(line) <= LONGEST else None
    if match is None:
        return None
    byline = _read(match["rest"])
    if byline.authors or byline.outlet or byline.publication or NOBODY.search(match["rest"][:60]):
        return byline
    return None


def read_name_line(line: str) -> Byline | None:
    """The byline that a line without `By` is: names, perhaps with an outlet, a role or a date, and nothing else."""
    if len(line) > 120 or line.endswith(":"):
        return None
    parts = [part for part in SPLIT_PARTS.split(line) if part]
    pieces = [piece for part in parts for piece in _pieces(part)]
    if not pieces or not is_person(pieces[0]):
        return None
    for piece in pieces[1:]:
        is_role = len(piece) <= 60 and ROLE.search(piece) and not piece.endswith(".")
        if not (is_person(piece) or to_outlet(piece) or is_role or read_date_line(piece)):
            return None
    byline = _read(line)
    return byline if byline.authors else None


def read_author_note(line: str) -> str | None:
    """The author whom a line above the body introduces: "Editor's note: Ann Holm is a writer", "Ann Holm is a writer".

    Only with "is" and a writer's role: "Ann Holm, the mayor, said" is news.
    """
    match = AUTHOR_NOTE.match(line) if len(line) <= LONGEST_NOTE else None
    return match["name"] if match and is_person(match["name"]) else None


def _read(rest: str) -> Byline:
    authors: list[str] = []
    outlet, publication, is_update = None, None, False
    for at, part in enumerate(part for part in SPLIT_PARTS.split(rest) if part):
        dated = read_date_line(part)
        if dated and dated.publication:
            publication, is_update = dated.publication, dated.is_update
            part = dated.others
        for piece in _pieces(part):
            if name := to_outlet(STAFF.sub("", piece)):
                outlet = outlet or name
            elif at == 0 and not NOBODY.search(piece) and is_person(piece):
                authors.append(to_person(piece))
    return Byline(tuple(dict.fromkeys(authors)), outlet, publication, is_update)


def _pieces(part: str) -> list[str]:
    """The names, outlets and roles that a part of a byline lists, without honorifics, places and addresses."""
    pieces = []
    for piece in SPLIT_NAMES.split(ASIDES.sub(" ", SUFFIX.sub(" ", part))):
        piece = " ".join(piece.split()).strip(" ,:;*")
        glued = OUTLET_AT_END.fullmatch(piece)
        if glued and is_person(glued["name"]):
            pieces += [glued["name"], glued["outlet"]]
        elif to_outlet(piece):
            pieces.append(piece)
        elif name := PLACE.sub("", HONORIFIC.sub("", piece)).strip(" ,"):
            pieces.append(name)
    return pieces


def is_person(text: str) -> bool:
    """Whether a short text has the form of a person's name of two to five words."""
    text = text.strip()
    if not 4 <= len(text) <= 50 or to_outlet(text) or not NAME.fullmatch(text):
        return False
    words = text.casefold().replace(".", "").split()
    full = [word for word in words if len(word) > 1 and not re.fullmatch(PARTICLE, word)]
    return len(full) <= 4 and not any(NOT_NAME.fullmatch(word) for word in full)


def to_person(name: str) -> str:
    """A name in normal case: YUNA PARK -> Yuna Park, QUINT MCFORGEY -> Quint McForgey."""
    if not name.isupper():
        return name
    return " ".join(_cased(word) for word in name.split(" "))


def _cased(word: str) -> str:
    bare = word.replace(".", "")
    if (
        len(bare) == 1
        or "." in word
        or (len(bare) <= 3 and not re.search("[AEIOUY]", bare))
        or bare in ("II", "III", "IV")
    ):
        return word
    word = "".join(piece.capitalize() for piece in re.split(r"([-'’])", word))
    return re.sub(r"^(Mc|O['’])(\w)", lambda match: match[1] + match[2].upper(), word)


def is_known_outlet(text: str) -> bool:
    """Whether a text is the name of a well-known outlet and nothing else."""
    return text.casefold() in _OUTLET


def to_outlet(text: str) -> str | None:
    """The outlet that a short text names, as printed, or None."""
    text = text.strip(" .,()")
    if is_known_outlet(text):
        return text
    return text if len(text) <= 60 and OUTLET_ENDING.fullmatch(text) else None
