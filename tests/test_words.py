"""The word lists of data/words/: every row says why it is there, every list is read, no list stands in two places."""

import ast
import csv
import pathlib
from collections import Counter
from collections.abc import Iterator

import pytest

from onrecord.knowledge.word_lists import alternation, listed, listed_lower, load_word_lists, meanings

PACKAGE = pathlib.Path(__file__).resolve().parents[1] / "pipelines" / "onrecord"
FILES = sorted((PACKAGE / "data" / "words").glob("*.csv"))
READERS = {"listed", "listed_lower", "meanings", "alternation", "patterns", "with_meaning"}


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {path.name: rows(path) for path in FILES}


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize("name", ROWS)
def test_every_row_has_a_list_a_word_and_a_reason(name):
    assert list(ROWS[name][0]) == ["list", "word", "value", "reason"]
    cells = [(row["list"], row["word"], row["reason"]) for row in ROWS[name]]
    assert [found for found in cells if not all(cell and cell == cell.strip() for cell in found)] == []


def test_no_word_stands_twice_in_a_list():
    count = Counter((row["list"], row["word"]) for found in ROWS.values() for row in found)
    assert [key for key, times in count.items() if times > 1] == []


def test_a_list_stands_in_one_file_and_in_one_piece():
    runs = [
        (name, row["list"])
        for name, found in ROWS.items()
        for at, row in enumerate(found)
        if at == 0 or found[at - 1]["list"] != row["list"]
    ]
    count = Counter(name for _, name in runs)
    assert [name for name, times in count.items() if times > 1] == []


# ---------------------------------------------------------------- lists


def read_lists() -> Iterator[str]:
    """The lists that the package names where it reads one."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in READERS:
                names = node.args[node.func.id == "with_meaning" :]  # its first argument is the meaning
                yield from (name.value for name in names if isinstance(name, ast.Constant))


def test_every_list_is_read_and_every_list_that_is_read_is_there():
    assert set(read_lists()) == set(load_word_lists())


def test_lists_are_read_once_and_cannot_be_changed():
    assert load_word_lists() is load_word_lists()
    with pytest.raises(TypeError):
        meanings("month")["Smarch"] = "13"


def test_an_unknown_list_is_refused_by_name():
    with pytest.raises(KeyError, match="no_such_list"):
        listed("no_such_list")


def test_words_come_as_a_set_a_mapping_in_order_and_a_pattern():
    assert listed("weekday") >= {"Monday", "Sunday"}
    assert listed_lower("weekday", "month") >= {"monday", "june"}
    assert list(meanings("month").items())[:2] == [("January", "1"), ("February", "2")]
    assert alternation("month_short").split("|")[0] == "Sept"  # before Sep, which it begins with
