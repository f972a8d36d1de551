"""Names that look like dates: clubs, papers, programmes, products, streets, feasts told as events, and well-known days.

A name shows by what stands beside the words: a capital where a date has none, or the kind of thing that is named.
"""

import re
from typing import Final

from onrecord.knowledge.word_lists import alternation, meanings
from onrecord.timex.context import SENTENCE_START
from onrecord.timex.lexicon import MONTHS
from onrecord.timex.match import Match

_ENDED = re.compile(r"[.!?][\"”’')]+\s$")
# What comes before a weekday in the name of a day or of a club, and after it in that of a paper, club or programme.
_NAMED_DAY_BEFORE = re.compile(rf"(?:[\"“‘']Fox News|\b(?:{alternation('named_day_opening')}))\s$")
_NAMED_AFTER_DAY = re.compile(rf"\s(?:{alternation('named_day_ending', 'newspaper_word')})\b")
_STREET_AFTER = re.compile(
    r"\s(?:Street|Square|Avenue|Boulevard|Bridge|Road|Station|Stadium|Park|University|Movement|Brigades?|Martyrs|Alliance|"
    r"Coalition|Revolution|Organi[sz]ation|Airport|Memorial|Museum|Foundation|Fund|Hospital|School|College|Barracks|"
    r"Battalion|Tunnel|Dam|Monument|Plaza|Tower|Cent(?:er|re)|Front|Party|Group)\b"
)
# "the 6 October bridge", "the November 17 group"
_THING_AFTER = re.compile(
    r"\s(?:bridge|square|street|stadium|airport|movement|brigades?|guerrillas?|"
    r"group(?!\s(?:stage|match|game|meeting|call|photo|session)))\b"
)
# "1945 Elm Street": the number of a house, unless it follows what stands before a year.
_ADDRESS_AFTER = re.compile(
    r"\s(?:[NSEW]\.?\s)?(?:[A-Z][\w'’.]+\s){1,3}(?:Street|St\.|Avenue|Ave\b|Road|Rd\b|Lane|Drive|Boulevard|Blvd|Court|Place|"
    r"Way|Terrace|Close|Crescent|Square|Row|Parkway|Circle)"
)
_ADDRESS_BEFORE = re.compile(
    r"(?:^|[(:,;]\s|\b(?:at|to|outside|near|opposite|inside|behind|beside|address|into)\s)$", re.IGNORECASE
)
# "The 1975 will headline": nothing follows that a year could belong to.
_ACTS_AFTER = re.compile(
    r"\s(?:will|would|is|are|was|were|has|have|had|who|whose|play(?:s|ed)?|headline[sd]?|sings?|tour(?:s|ed)?)\b"
)
_DAY_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s$")
_THE_BEFORE = re.compile(r"\b[Tt]he\s(?:\d{1,2}(?:st|nd|rd|th)?\s)?$")
# What stands before a name and before no day: "to Friday Harbor", "singer Friday Osagie"; "Friday Osagie, 34,".
_NO_DAY_BEFORE = re.compile(rf"\b(?:to|in|into|near|of|at|with|against|like|{alternation('role_head')})\s$")
_AGE_AFTER = re.compile(r"\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s\d{1,3},")
_ON_BEFORE = re.compile(r"\b[Oo]n\s$")
_PROPER_AFTER = re.compile(
    rf"\s(?!(?:{alternation('honorific', 'title_short', 'month', 'weekday')})\b)[A-Z][a-z]{{2,}}"
)
# "the Friday Theatre reopened", but "the Friday Senate vote"
_WHOLE_NAME_AFTER = re.compile(
    r"(?:\s[A-Z][a-z]+){1,3}(?=[.,;:)]|$|\s(?:is|was|are|were|has|have|had|will|would|in|at|on|of|and|to|for|said)\b)"
)
_OF_A_KIND = re.compile(r"\b[Aa]n? (?:[A-Z][\w&]*\s)+$")  # "a TGI Fridays", "a Black Friday"
_CAPITALS_BEFORE = re.compile(r"\b[A-Z]{2,}\s$")
# "the Boxing Day tsunami", "the Independence Day star"
_AFTER_FEAST = re.compile(
    rf"\s(?:[a-z]+\s)?(?:(?:{alternation('unplanned_event')})s?|tsunami|uprising|coup|truce|star|film|movie|sequel|actor|actress|director|"
    r"Rising|Massacre|Murders?)\b"
)
_UPHEAVAL_AFTER = re.compile(
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?\s(?:Revolution|Uprising|Massacre|Manifesto|War|Days|Movement|Accords?)\b"
)
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]+")
_THE_NAME_BEFORE = re.compile(r"\b[Tt]he (?:[A-Z][a-z]+ ){1,3}$")  # "the Third Monday Forum"
_WORK_BEFORE = re.compile(r"\b(?:novel|film|album|musical|thriller|sitcom|paperback|ballad)\s[\"“‘']?$")
_OWNER_BEFORE = re.compile(r"\b[A-Z]\w+['’]s\s[\"“‘']?$")
_NO_NOUN_AFTER = re.compile(
    r"[\"”’']?(?:$|[.,;:!?)]|\s(?:has|had|have|is|are|was|were|will|would|and|or|to|in|at|on|as|for|by|with|from|became|remains|sold|tops?|returns?)\b)"
)
# A number right after a name is a model, a plan or an edition: Peugeot 2008, Windows 2000, Agenda 2030, Euro 2020.
_NAME_BEFORE_NUMBER = re.compile(r"(?:^|[^\w])([A-Z][\w&]*[a-z]\w*)\s$")
_LETTERS_BEFORE_NUMBER = re.compile(
    r"(?:^|[^\w])[A-Z]{2,6}\s$"
)  # BMW 2002, where no noun follows that a year could tell
_RANGE_AFTER = re.compile(r"[-–/]\d")
_OF_YEAR_AFTER = re.compile(  # "the Democratic 2020 candidates"
    r"\s(?:presidential|elections?|campaigns?|candidates?|race|bid|primar(?:y|ies)|caucus(?:es)?|ads?|pollster|field|"
    r"nominees?|hopefuls?|convention|midterms?|budget|season|profits?|earnings|results|sales|strategy|team|victory|"
    r"loss|report|law|deal|agreement|[A-Z][a-z]+ Olympics)\b"
)
_NO_NAME = frozenset((
    "In", "Since", "By", "From", "Until", "Till", "To", "Before", "After", "Between", "Through", "During", "For", "And",
    "Or", "The", "Of", "On", "At", "As", "But", "While", "When", "Around", "About", "Circa", "Fiscal", "Year", "Early",
    "Late", "Mid", "Spring", "Summer", "Autumn", "Fall", "Winter", "Quarter", "Half", "Christmas", "Easter", "Day",
    "Eve", "Throughout", "Over", "Within", "With", "This", "That", "Both", "Into", "Against", "Copyright", "End",
    "Halloween", "Thanksgiving", "Then", "Now", "Updated", "Published", "Posted", "Past", "Mr", "Vs", "Class",
    "Beginning", "Back", "Not", "Even", "Only", "Like", "Than", "If", "Because", "Although", "Though", "Election",
))  # fmt: skip
# A length with a capital is part of a name (the Six-Day War, the Thirty Years' War, 24 Hours in Custody), unless its
# whole line is set in capitals as headlines are.
_PLAIN_WORD = re.compile(r"\b[a-z]{4,}\b")
_CAPITAL_WORD = re.compile(r"(?<=\s)[A-Z][a-z]{2,}\b")
# Days that are known by their number, as (month, day): the year is that of the event where the words say it is meant.
_EVENTS: Final = {tuple(map(int, day.split("-"))): int(year) for day, year in meanings("known_day").items()}
_EVENT_WORDS: Final = (
    r"(?:terror(?:ist)?\s)?(?:attacks|hijackings?|hijackers|bombings?|bombers|commission|riots?|rioters|insurrection|"
    r"massacre|plotters|atrocit(?:y|ies)|victims|committee)"
)
_EVENT_AFTER = re.compile(rf",?\s{_EVENT_WORDS}\b", re.IGNORECASE)
_EVENT_BEFORE = re.compile(rf"\b{_EVENT_WORDS}\s(?:of|on)\s$", re.IGNORECASE)


def is_named_weekday(match: Match) -> bool:
    """Whether a weekday is part of a name: Black Friday, Sheffield Wednesday, the Sunday Mirror, Friday Harbor."""
    day = match.parts("weekday")[0]
    if _is_inside_name(match, day.start, day.end) or is_named_after(match, day.end):
        return True
    if match.text.endswith("Good ", max(0, day.start - 5), day.start):
        return match.text.startswith("Friday", day.start)  # "Good Monday morning" is none
    before = match.text[max(0, day.start - 40) : day.start].rpartition("\n")[2]
    if _NAMED_DAY_BEFORE.search(before) or _OF_A_KIND.search(before):
        return True
    if match.text[day.end - 1] == "s":
        return _CAPITALS_BEFORE.search(before) is not None
    return _begins_name(match, before, day.end)


def is_named_after(match: Match, end: int) -> bool:
    """Whether the words after a weekday make a name of it: the Good Friday Agreement, Sunday Brunch."""
    return _NAMED_AFTER_DAY.match(match.text, end) is not None


def _begins_name(match: Match, before: str, end: int) -> bool:
    """Whether a weekday is the first word of a name, by what stands before it or the age behind it."""
    if _AGE_AFTER.match(match.text, end):
        return _ON_BEFORE.search(before) is None
    if _THE_BEFORE.search(before) and _WHOLE_NAME_AFTER.match(match.text, end):
        return not _is_headline(match)
    is_after_role = _NO_DAY_BEFORE.search(before) is not None
    return is_after_role and _PROPER_AFTER.match(match.text, end) is not None and not _is_headline(match)


def is_named_feast(match: Match) -> bool:
    """Whether a feast is that of an event or of a film: the Boxing Day tsunami, the Independence Day star."""
    return _AFTER_FEAST.match(match.after()) is not None


def _is_inside_name(match: Match, start: int, end: int) -> bool:
    """Whether words between an article and a capital continue a name: the Second Sunday Book Club."""
    opens = _THE_NAME_BEFORE.search(match.text[max(0, start - 60) : start])
    return opens is not None and _NAME_AFTER.match(match.text, end) is not None and not _is_headline(match)


def is_named_season(match: Match) -> bool:
    """Whether a season or a century is part of a name, by its capital and the next one: the Winter War, Fall River."""
    word = (match.parts("season") or match.parts("century"))[0]
    follows = _NAME_AFTER.match(match.text, word.end) if word.end == match.end else None
    return follows is not None and match.text[word.start].isupper() and not _is_headline(match)


def is_year_as_name(match: Match) -> bool:
    """Whether a year is none but a title, the number of a house or a band: 1984, 1945 Elm Street, The 1975."""
    before, after = match.before(), match.after()
    if _ADDRESS_AFTER.match(after) and _ADDRESS_BEFORE.search(before):
        return True
    return _is_title_of_year(match) or (_THE_BEFORE.search(before) is not None and _ACTS_AFTER.match(after) is not None)


def _is_title_of_year(match: Match) -> bool:
    """Whether a year is the title of a work: the novel 1984, Orwell's 1984, Nineteen Eighty-Four."""
    words = match.text[match.start : match.end]
    is_spelled = len(re.findall(r"\b[A-Z]", words)) > 1 and not _is_headline(match)
    is_owned = _OWNER_BEFORE.search(match.before()) is not None and _NO_NOUN_AFTER.match(match.after()) is not None
    return is_spelled or is_owned or _WORK_BEFORE.search(match.before()) is not None


def is_named_part(match: Match) -> bool:
    """Whether a weekday and the part of its day are a name, by the capital of the part: the Saturday Evening Post."""
    part = match.parts("part")
    return bool(part) and match.text[part[0].start].isupper() and not _is_headline(match)


def is_named_month(match: Match) -> bool:
    """Whether a month is that of a name: the October Revolution, the 6 October bridge."""
    if _UPHEAVAL_AFTER.match(match.after()):
        return True
    return _DAY_BEFORE.search(match.before()) is not None and is_named_day(match)


def is_named_day(match: Match) -> bool:
    """Whether a day of a month names a street, a square or a movement: 4 August Square."""
    if _STREET_AFTER.match(match.after()):
        return True
    return _THE_BEFORE.search(match.before()) is not None and _THING_AFTER.match(match.after()) is not None


def is_numbered_name(match: Match) -> bool:
    """Whether a year follows a name without comma or preposition: a model, a plan, a tournament."""
    if not match.text[match.end - 1].isdigit() or _RANGE_AFTER.match(match.text, match.end):
        return False
    if _OF_YEAR_AFTER.match(match.text, match.end):
        return False
    before = match.before()
    if _LETTERS_BEFORE_NUMBER.search(before) and _NO_NOUN_AFTER.match(match.after()):
        return True
    found = _NAME_BEFORE_NUMBER.search(before)
    return found is not None and found[1] not in _NO_NAME and found[1].lower() not in MONTHS


def is_named_length(match: Match) -> bool:
    """Whether a length is part of a name, by the capital of its unit."""
    unit = match.parts("unit")[0]
    if not match.text[unit.start].isupper() or match.text[unit.start : unit.end].isupper():
        return False
    if unit.start == match.start and (SENTENCE_START.search(match.before(12)) or _ENDED.search(match.before(12))):
        return False  # "Months later"
    return not _is_headline(match)


def _is_headline(match: Match) -> bool:
    """Whether the line around a match is set in capitals, as headlines are."""
    at = match.text.rfind("\n", 0, match.start) + 1
    end = match.text.find("\n", match.end)
    line = match.text[max(at, match.start - 300) : match.end + 300 if end < 0 else min(end, match.end + 300)]
    if line.rstrip().endswith("."):
        return False
    capitals = len(_CAPITAL_WORD.findall(line)) - len(_CAPITAL_WORD.findall(match.text[match.start : match.end]))
    return 2 * len(_PLAIN_WORD.findall(line)) < capitals


def event_year(match: Match, month: int, day: int) -> int | None:
    """The year of a well-known event that the words mean: "the September 11 attacks", "the attacks of September 11"."""
    if (year := _EVENTS.get((month, day))) is None:
        return None
    is_meant = _EVENT_AFTER.match(match.after()) or _EVENT_BEFORE.search(match.before())
    return year if is_meant else None
