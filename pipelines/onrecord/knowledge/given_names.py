"""Given names that tell whether a person is a man or a woman.

Names that both bear are in no list.
"""

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
