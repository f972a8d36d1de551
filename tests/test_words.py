"""The word lists of data/words/: every row says why it is there, every list is read, no list stands in two places."""

import ast
import csv
import pathlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest
from spacy.glossary import GLOSSARY
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.knowledge.word_lists import alternation, listed, listed_lower, load_word_lists, meanings, with_meaning
from onrecord.parse.furniture import editors_notes, prompts, splices

PACKAGE = pathlib.Path(__file__).resolve().parents[1] / "pipelines" / "onrecord"
WORDS = PACKAGE / "data" / "words"
READERS = {"listed", "listed_lower", "meanings", "alternation", "patterns", "with_meaning"}


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {path.name: rows(path) for path in sorted(WORDS.glob("*.csv"))}


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize("name", ROWS)
def test_every_row_has_a_list_a_word_and_a_reason(name):
    assert list(ROWS[name][0]) == ["list", "word", "value", "reason"]
    assert [row for row in ROWS[name] if not (row["list"] and row["word"] and row["reason"])] == []
    assert [row for row in ROWS[name] if any(cell != cell.strip() for cell in row.values())] == []


def test_no_word_stands_twice_in_a_list():
    count = Counter((row["list"], row["word"]) for found in ROWS.values() for row in found)
    assert [key for key, times in count.items() if times > 1] == []


def test_a_list_stands_in_one_file_and_in_one_piece():
    runs = Counter(
        row["list"]
        for found in ROWS.values()
        for at, row in enumerate(found)
        if at == 0 or found[at - 1]["list"] != row["list"]
    )
    assert [name for name, times in runs.items() if times > 1] == []


def test_every_phrase_is_a_regular_expression_and_names_its_outlet():
    assert [row for row in ROWS["phrases.csv"] if not row["value"]] == []
    for row in ROWS["phrases.csv"]:
        re.compile(row["word"])


@pytest.mark.parametrize(
    "name, hints",
    [
        ("rights_phrase", editors_notes.COPYRIGHT_HINTS),
        ("prompt_phrase_within", prompts.HINTS),
        ("splice_phrase", splices.HINTS),
        ("slideshow_phrase", splices.HINTS),
    ],
)
def test_a_phrase_that_is_looked_for_only_after_a_hint_holds_one(name, hints):
    plain = [re.sub(r"\[(.).\]", r"\1", phrase) for phrase in meanings(name)]  # [Ss]lideshow
    assert [phrase for phrase in plain if not any(hint in phrase for hint in hints)] == []


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


def test_an_unknown_list_or_meaning_is_refused_by_name():
    with pytest.raises(KeyError, match="no_such_list"):
        listed("no_such_list")
    with pytest.raises(KeyError, match="no_such_meaning"):
        with_meaning("no_such_meaning", "month")


def test_words_come_as_a_set_a_mapping_in_order_and_a_pattern():
    assert listed("weekday") >= {"Monday", "Sunday"}
    assert listed_lower("weekday", "month") >= {"monday", "june"}
    assert list(meanings("month").items())[:2] == [("January", "1"), ("February", "2")]
    assert with_meaning("9", "month_short") == {"Sep", "Sept"}
    assert alternation("month_short").split("|")[0] == "Sept"  # before Sep, which it begins with


# ---------------------------------------------------------------- no word list stands in two files

CORE = ("parse", "timex", "knowledge", "annotate", "assemble")
COLUMNS = {"annotate.rows", "annotate.dates", "assemble", "assemble.same_text"}  # names of columns and rules, no words
LEAST = 5  # words that two lists share
# Words of grammar and names of tags and relations, which every rule writes for itself.
GRAMMAR = STOP_WORDS | {tag.lower() for tag in GLOSSARY} | {"st", "nd", "rd", "th", "say", "says", "said"}
RUN = re.compile(r"[A-Za-z][A-Za-z'’ -]*(?:\|[A-Za-z][A-Za-z'’ -]*){4,}")  # alternatives of a regular expression
# What two lists may share, by the module and the name of each, and why.
ALLOWED = {
    ("annotate.proposals.coding.codebook._FAVOUR", "annotate.proposals.heads.TYPES"): "codes of proposals.type",
    ("annotate.proposals.coding.codebook._FAVOUR", "annotate.proposals.vetoes._OWN"): "codes of proposals.type",
    ("annotate.proposals.heads.TYPES", "annotate.proposals.vetoes._OWN"): "codes of proposals.type",
    ("annotate.proposals.coding.codebook._FAVOUR", "annotate.proposals.plover._OF_TYPE"): "codes of proposals.type",
    ("annotate.proposals.heads.TYPES", "annotate.proposals.plover._OF_TYPE"): "codes of proposals.type",
    ("annotate.proposals.plover._OF_TYPE", "annotate.proposals.vetoes._OWN"): "codes of proposals.type",
    ("annotate.proposals.plover._OF_TYPE", "assemble.across.same_act.KINDS"): "codes of proposals.type",
    ("annotate.proposals.coding.codebook._FAVOUR", "assemble.across.same_act.KINDS"): "codes of proposals.type",
    ("annotate.proposals.heads.TYPES", "assemble.across.same_act.KINDS"): "codes of proposals.type",
    ("parse.furniture.splices.INLINE_TAG", "parse.page.blocks.INLINE"): "names of HTML elements",
    ("parse.furniture.splices.INLINE_TAG", "parse.page.inline.TRANSPARENT"): "names of HTML elements",
    ("parse.page.blocks.INLINE", "parse.page.inline.TRANSPARENT"): "names of HTML elements",
    ("parse.page.blocks.CONTAINERS", "parse.page.inline.BLOCKS"): "names of HTML elements",
    ("parse.page.inline.BLOCKS", "parse.page.left_out._place"): "names of HTML elements",
    ("timex.context._MONTH_CUE", "timex.named._NO_NAME"): "small words before a date",
    ("timex.lexicon.GROUPS", "timex.named._NO_NAME"): "words of expressions of time",
    ("timex.feasts.FIXED_DAYS", "timex.lexicon.GROUPS"): "names of feasts",
    ("timex.last_cue._STEPS", "timex.verbs.SELDOM_NOUNS"): "verbs that are hardly ever nouns",
    ("timex.verbs.SELDOM_NOUNS", "annotate.actors._MOTION"): "verbs that are hardly ever nouns",
    (
        "timex.last_cue._ASKING",
        "annotate.proposals.coding.codebook._FAVOUR",
    ): "what is to come, codes of proposals.type",
    ("timex.last_cue._ASKING", "annotate.proposals.heads.TYPES"): "what is to come, codes of proposals.type",
}
# The same for a list in the code and one of the data. `no_byline_word` is what labels hold: any words at all.
ALLOWED_IN_DATA = {
    ("annotate.proposals.coding.codebook._FAVOUR", "reporting_verb"): "codes of proposals.type",
    ("annotate.proposals.heads.TYPES", "reporting_verb"): "codes of proposals.type",
    ("annotate.proposals.made._INSTRUMENT", "policy_noun"): "forms that a proposal takes, what wants nothing itself",
    ("annotate.proposals.vetoes._OWN", "reporting_verb"): "codes of proposals.type",
    ("annotate.proposals.plover._OF_TYPE", "reporting_verb"): "codes of proposals.type",
    (
        "parse.body._PRESENTED",
        "body",
    ): "what a portrait at the end is not of: an institute can be in that of its author",
    ("parse.head._SECTIONS", "portfolio"): "sections of a site, fields of ministries",
    ("timex.named._STREET_AFTER", "body"): "what is called by a day, be it a body or a bridge",
    ("timex.verbs.SELDOM_NOUNS", "attitude_word"): "verbs that are hardly ever nouns",
    ("timex.verbs.SELDOM_NOUNS", "reporting_verb"): "verbs that are hardly ever nouns",
    ("timex.last_cue._ASKING", "attitude_word"): "what an infinitive follows that is still to come",
    ("timex.last_cue._ASKING", "object_control"): "what an infinitive follows that is still to come",
    ("timex.last_cue._ASKING", "reporting_verb"): "what an infinitive follows that is still to come",
}


@cache
def literals() -> tuple[tuple[str, frozenset[str]], ...]:
    """Each list of words in the core: the module and the name it is assigned to or the function, and the words."""
    found = []
    for path in (path for room in CORE for path in sorted((PACKAGE / room).rglob("*.py"))):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        if module not in COLUMNS:
            for statement in ast.parse(path.read_text("utf-8")).body:
                name = f"{module}.{named(statement)}"
                lists = (words for node in ast.walk(statement) for words in words_of(node))
                found += [(name, words) for words in lists if len(words) >= LEAST]
    return tuple(found)


def named(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    return ast.unparse(statement.target) if isinstance(statement, ast.AnnAssign) else getattr(statement, "name", "")


def words_of(node: ast.AST) -> Iterator[frozenset[str]]:
    """The content words of a literal collection, of a `word_set`, or of each run of alternatives in a pattern."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word_set":
        yield content(" ".join(arg.value for arg in node.args if isinstance(arg, ast.Constant)).split())
    elif isinstance(node, ast.Set | ast.Tuple | ast.List):
        yield content(each.value for each in node.elts if isinstance(each, ast.Constant))
    elif isinstance(node, ast.Dict):
        yield content(each.value for each in node.keys if isinstance(each, ast.Constant))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (content(run.split("|")) for run in RUN.findall(node.value))


def content(words: Iterator[object] | list[str]) -> frozenset[str]:
    """Words in lower case without those of grammar, single letters, and kinds and codes in capitals."""
    plain = (word.strip().rstrip(".") for word in words if isinstance(word, str))
    lower = {word.lower() for word in plain if len(word) > 1 and not word.isupper()}
    return frozenset(word for word in lower - GRAMMAR if re.fullmatch(r"[^\W\d_][\w'’ -]+", word))


@pytest.mark.parametrize(
    "code, words",
    [
        ("{'Alpha', 'beta', 'NOUN', 'the', 1}", {"alpha", "beta"}),
        ("word_set('alpha beta of')", {"alpha", "beta"}),
        ("{'alpha': 1, 'beta': 2}", {"alpha", "beta"}),
        ("r'\\b(?:alpha|beta|gamma|delta|epsilon)\\b'", {"alpha", "beta", "gamma", "delta", "epsilon"}),
        ("'alpha beta'", set()),
    ],
)
def test_words_in_the_code_are_noticed(code, words):
    found = [each for node in ast.walk(ast.parse(code)) for each in words_of(node)]
    assert frozenset().union(*found) == words


def test_no_word_list_stands_in_two_files():
    shared = {
        (one, other)
        for (one, words), (other, theirs) in combinations(literals(), 2)
        if one.rpartition(".")[0] != other.rpartition(".")[0] and len(words & theirs) >= LEAST
    }
    assert shared == ALLOWED.keys()


def test_no_word_list_of_the_data_stands_in_the_code_as_well():
    # Those of topics sort common words of every kind: a rule on the same words asks something else of them.
    names = [name for name in load_word_lists() if name != "no_byline_word" and not name.startswith("topic_")]
    lists = {name: listed_lower(name) for name in names}
    shared = {
        (one, name) for one, words in literals() for name, theirs in lists.items() if len(words & theirs) >= LEAST
    }
    assert shared == ALLOWED_IN_DATA.keys()
