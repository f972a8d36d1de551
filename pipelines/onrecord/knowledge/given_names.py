"""Given names that tell whether a person is a man or a woman.

Names that both bear are in no list. What news uses most is in data/words/names.csv; census_names.csv holds what
else the US census of 1990 counts often, with less than one bearer in fifty of the other sex (US Census Bureau, public
domain).
"""

from functools import cache

from onrecord.knowledge import rows
from onrecord.knowledge.files import DATA
from onrecord.knowledge.word_lists import meanings
from onrecord.knowledge.words import fold

_GENDER = {fold(name): gender for name, gender in meanings("given_name").items()}
# A short form or another spelling -> the full form.
NICKNAMES = {fold(name): fold(full) for name, full in meanings("nickname").items()}


def gender_of_name(name: str) -> str | None:
    """m or f, as the first word tells. Alone it may be a surname: of these names only men's are surnames."""
    first, _, rest = fold(name).partition(" ")
    gender = _GENDER.get(first)
    return gender if rest or gender == "f" else None


def likely_gender(name: str) -> str | None:
    """m or f, as the given name of somebody known to be a person tells: it may be a word of other meanings, too."""
    first, _, rest = fold(name).partition(" ")
    return gender_of_name(name) or (_census().get(first) if rest else None)


@cache
def _census() -> dict[str, str]:
    return {fold(row["name"]): row["gender"] for row in rows(DATA / "census_names.csv")}
