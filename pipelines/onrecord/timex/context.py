"""What the words around an expression say about it: whether a number is a year, a name a month, a length a rate."""

import re

from onrecord.knowledge.word_lists import alternation, listed
from onrecord.timex.lexicon import BEFORE_YEARS, GROUPS, WORDS
from onrecord.timex.match import Match

# A number is no year if it counts something or names a thing.
_COUNTED = re.compile(
    r"[\s-]?(?:people|persons?|men|women|troops|soldiers|civilians|refugees|miles?|mph|km|kms|kilomet\w+|met(?:er|re)s?|"
    r"feet|foot|yards?|acres?|hectares|pounds?|lbs?|kilo\w*|tons?|tonnes?|barrels?|dollars?|euros?|yen|won|yuan|points?|"
    r"votes?|seats?|shares?|jobs?|workers?|employees|members|students|cases|deaths|homes|houses|cars|vehicles|planes?|"
    r"crossovers|hatchbacks|saloons|sedans|coupes|pickups|trucks|lorries|vans|buses|tractors|scooters|motorbikes|bikes|jets|helicopters|phones|handsets|laptops|consoles|boots|trainers|"
    r"aircraft|ships?|guns?|tanks?|rounds?|prisoners|hours?|days?|weeks?|months?|years?|minutes?|percent|per\b|"
    r"degrees|megawatts|words|pages|copies|units|blocks?|infantry|cavalry|others|dead|wounded|strong)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:\b(?:resolutions?|no\.?|number|nos\.?|room|flight|boeing|airbus|article|section|highway|route|rule|form|page|"
    r"chapter|title|act|code|channel|model|series|than|nearly|approximately|roughly|number|some|suite|box|"
    r"bill|h\.r\.|exceed\w*|total\w*)\s?|[$£€#]\s?|[/.,+=_@\d]|\d\s)$",
    re.IGNORECASE,
)
_YEAR_CUE = re.compile(
    r"\b(?:in|of|since|by|from|until|till|to|before|after|between|through|during|for|and|or|the|year|c\.|ca\.|"
    rf"(?:{BEFORE_YEARS})-?|{'|'.join(GROUPS['SEASON'])}|around|about|fiscal|on)[\s-]?$"
    r"|[(–—-]$",
    re.IGNORECASE,
)
_YEAR_CUE_AFTER = re.compile(r"[-–]\d{4}\b|['’]s\b|\n|$")
_MONTH_CUE = re.compile(
    r"(?:\b(?:in|on|since|by|from|until|till|to|before|after|between|through|during|for|and|or|of|early|late|mid|last|"
    r"next|this|each|every|around|about|as of|than|versus|throughout|beginning|end|that|the|a)|[(,])[\s-]*$",
    re.IGNORECASE,
)
# Somebody of the article bears the month's name: then only a preposition of time makes it the month.
_AMBIGUOUS = listed("month_also_word")
_PERSON = re.compile(rf"\b(?:{alternation('before_month_name')})\.? ({alternation('month_also_word')})\b")
_STRONG_CUE = re.compile(r"\b(?:in|since|until|during|last|next|this|early|late|mid)[\s-]$", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\s(?!(?:I|The|A|An|In|On|He|She|It|They|We)\b)[A-Z][a-z]")
# "the road between March and Chatteris": the other end is a place, and so is this one.
_FROM_MONTH = re.compile(r"\b(?:between|from)\s$", re.IGNORECASE)
_TO_PLACE = re.compile(r"\s(?:and|to)\s([A-Z][a-z]+)")
_FROM_PLACE = re.compile(r"\b(?:between|from)\s(?:[A-Z][a-z]+\s)?([A-Z][a-z]+)\s(?:and|to)\s$")
_NUMBER_AFTER = re.compile(r"\s\d{1,2}(?![\w,.-]\d)\b")
_PRICE_BEFORE = re.compile(
    r"(?:\d|\b(?:dozens?|hundreds?|thousands?|millions?|billions?|once|twice|times?|cents?|hours?|days|percent|barrels|"
    r"one|two|three|four|five|six|seven|eight|nine|ten))(?:\W+(?!for\b|in\b|after\b|within\b|about\b)[\w'’-]+){0,3}?\s$",
    re.IGNORECASE,
)
SENTENCE_START = re.compile(r"(?:^|[.!?:;—–-]\s*|\n\s*)[\"“”‘’'`(\[•*]*$|[\"“‘`(\[]$")
_POSSESSOR = re.compile(r"\b(?:his|her|their|my|our|your|one['’]s)\s(?:early\s|late\s|mid-)?$", re.IGNORECASE)
_VERB_BEFORE = re.compile(
    r"\b(?:to|will|would|could|can|may|might|should|prices|rates|premiums|they|it)\s$", re.IGNORECASE
)
_OLD_AFTER = re.compile(r"[\s-]old\b|\s?of age\b", re.IGNORECASE)


def is_year(match: Match, year: int) -> bool:
    """Whether a four-digit number is a year: it counts and names nothing and, if long ago, follows a preposition."""
    before, after = match.before(), match.after()
    if (
        _COUNTED.match(after)
        or _LABELLED.search(before)
        or after[:1] in ("/", "%", "_")
        or re.match(r"\.\d|,\d", after)
    ):
        return False
    return 1900 <= year < 2060 or _YEAR_CUE.search(before) is not None or _YEAR_CUE_AFTER.match(after) is not None


def is_month(match: Match, name: str) -> bool:
    """Whether a capitalized word is a month: May, March, April, June and August are names and verbs as well."""
    if len(name.rstrip(".")) <= 3 and name != "May" and not name.endswith("."):
        return False
    if _NUMBER_AFTER.match(match.after()):
        return False  # a day that the month does not have
    if name.capitalize() not in _AMBIGUOUS:
        return True
    if match.has("mod") or _STRONG_CUE.search(match.before()):
        return True
    if _is_end_of_way(match):
        return False
    if _NAME_AFTER.match(match.after()) or (name == "March" and re.match(r" (?:on|to|in|for|of)\b", match.after())):
        return False
    if any(person[1] == name for person in _PERSON.finditer(match.text, max(0, match.start - 4000), match.start)):
        return False
    return _MONTH_CUE.search(match.before()) is not None


def _is_end_of_way(match: Match) -> bool:
    """Whether a name stands beside a place as the other end of a way: between March and Chatteris."""
    end = _TO_PLACE.match(match.after()) if _FROM_MONTH.search(match.before()) else _FROM_PLACE.search(match.before())
    return end is not None and end[1].lower() not in WORDS


def is_part_of_name(match: Match) -> bool:
    """Whether a capitalized adverb belongs to a name: USA Today, the Tonight Show."""
    if not match.text[match.start].isupper():
        return False
    return SENTENCE_START.search(match.text[max(0, match.start - 12) : match.start]) is None


def is_start_of_name(match: Match) -> bool:
    """Whether a capitalized adjective begins a name or belongs to one: Overnight News, the Daily Planet."""
    return is_part_of_name(match) or (
        match.text[match.start].isupper() and _NAME_AFTER.match(match.after()) is not None
    )


def is_rate(match: Match) -> bool:
    """Whether "a week" says how often: it follows a price or a count."""
    return _PRICE_BEFORE.search(match.before(50)) is not None


def is_age(match: Match) -> bool:
    """Whether a length is somebody's age: 44 years old."""
    return _OLD_AFTER.match(match.after()) is not None


def is_decade_of_life(match: Match) -> bool:
    """Whether a decade is one of somebody's life: in her fifties."""
    return _POSSESSOR.search(match.before()) is not None


def is_fall(match: Match) -> bool:
    """Whether "fall" is no season: prices will fall, the fall of a city."""
    return _VERB_BEFORE.search(match.before()) is not None or re.match(r" of (?:the )?[A-Z]", match.after()) is not None
