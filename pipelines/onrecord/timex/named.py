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
    r"Coalition|Revolution|Organi[sz]ation|Airport)\b"
)
_UPHEAVAL_AFTER = re.compile(
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?\s(?:Revolution|Uprising|Massacre|Manifesto|War|Days|Movement|Accords?)\b"
)
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]+")
_THE_NAME_BEFORE = re.compile(r"\b[Tt]he (?:[A-Z][a-z]+ ){1,3}$")  # "the Third Monday Forum"
_WORK_BEFORE = re.compile(r"\b(?:novel|film|album|musical|thriller|sitcom|paperback|ballad)\s[\"“‘']?$")
_OWNER_BEFORE = re.compile(r"\b[A-Z]\w+['’]s\s[\"“‘']?$")
_NO_NOUN_AFTER = re.compile(
    r"[\"”’']?(?:$|[.,;:!?)]|\s(?:has|had|is|was|and|or|to|in|at|on|as|for|by|with|from|became|remains|sold|tops?|returns?)\b)"
)
# A number right after a name is a model, a plan or an edition: Peugeot 2008, Windows 2000, Agenda 2030, Euro 2020.
_NAME_BEFORE_NUMBER = re.compile(r"(?:^|[^\w])([A-Z][\w&]*[a-z]\w*)\s$")
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
    """Whether a weekday is part of a name: Black Friday, Sheffield Wednesday, the Sunday Mirror, the Monday Club."""
    day = match.parts("weekday")[0]
    if _is_inside_name(match, day.start, day.end):
        return True
    if match.text.endswith("Good ", max(0, day.start - 5), day.start):
        return match.text.startswith("Friday", day.start)  # "Good Monday morning" is none
    return _NAMED_DAY_BEFORE.search(match.text, max(0, day.start - 20), day.start) is not None or (
        _NAMED_AFTER_DAY.match(match.text, day.end) is not None
    )


def _is_inside_name(match: Match, start: int, end: int) -> bool:
    """Whether words between an article and a capital continue a name: the Second Sunday Book Club."""
    opens = _THE_NAME_BEFORE.search(match.text[max(0, start - 60) : start])
    return opens is not None and _NAME_AFTER.match(match.text, end) is not None and not _is_headline(match)


def is_named_season(match: Match) -> bool:
    """Whether a season or a century is part of a name, by its capital and the next one: the Winter War, Fall River."""
    word = (match.parts("season") or match.parts("century"))[0]
    follows = _NAME_AFTER.match(match.text, word.end) if word.end == match.end else None
    return follows is not None and match.text[word.start].isupper() and not _is_headline(match)


def is_title_of_year(match: Match) -> bool:
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
    """Whether a month is that of an event's name: the October Revolution."""
    return _UPHEAVAL_AFTER.match(match.after()) is not None


def is_named_day(match: Match) -> bool:
    """Whether a day of a month names a street, a square or a movement: 4 August Square."""
    return _STREET_AFTER.match(match.after()) is not None


def is_numbered_name(match: Match) -> bool:
    """Whether a year follows a name without comma or preposition: a model, a plan, a tournament."""
    if not match.text[match.end - 1].isdigit() or _RANGE_AFTER.match(match.text, match.end):
        return False
    if _OF_YEAR_AFTER.match(match.text, match.end):
        return False
    found = _NAME_BEFORE_NUMBER.search(match.before())
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
    capitals = len(_CAPITAL_WORD.findall(line)) - len(_CAPITAL_WORD.findall(match.text[match.start : match.end]))
    return 2 * len(_PLAIN_WORD.findall(line)) < capitals


def event_year(match: Match, month: int, day: int) -> int | None:
    """The year of a well-known event that the words mean: "the September 11 attacks", "the attacks of September 11"."""
    if (year := _EVENTS.get((month, day))) is None:
        return None
    is_meant = _EVENT_AFTER.match(match.after()) or _EVENT_BEFORE.search(match.before())
    return year if is_meant else None
