"""The edges of the core: it imports no shell, touches no file or clock, and keeps its promises on any text."""

import ast
import hashlib
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.annotate import analyse, annotate
from onrecord.annotate.knowledge import load_knowledge
from onrecord.annotate.proposals.codebook import load_codebook
from onrecord.document import Annotations, Document, Given, Seed
from onrecord.parse import parse
from onrecord.schema import find_violations, load_package
from onrecord.tables import ROWS

ROOT = pathlib.Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pipelines" / "onrecord"
CORE = sorted(p for folder in ("parse", "timex", "annotate") for p in (PACKAGE / folder).glob("**/*.py"))
SHELL = {"dagster", "great_expectations", "pandas", "duckdb"}
SEEDS = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


# ---------------------------------------------------------------- what the core may not do


def test_the_core_imports_no_shell():
    modules = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in CORE]
    code = f"import importlib, sys; [importlib.import_module(m) for m in {modules!r}]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert SHELL & {module.split(".")[0] for module in loaded} == set()


def test_parsing_does_not_load_the_extractors():
    code = "import sys, onrecord.parse; sys.exit('onrecord.annotate' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("path", CORE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_core_opens_files_only_to_load_what_it_knows_and_never_reads_the_clock(path):
    assert list(impurities(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "code, found",
    [
        ("def find(doc):\n    return open('a')", ["open"]),
        ("def find(path):\n    return path.read_text()", ["read_text"]),
        ("def load_words(path):\n    return path.read_text()", []),
        ("def load_words(path):\n    return rows(path)\ndef rows(path):\n    return path.open()", []),
        ("def find(doc):\n    return rows(doc)\ndef rows(path):\n    return path.open()", ["open"]),
        ("def load_words(path):\n    return datetime.now()", ["datetime.now"]),
        ("NOW = date.today()", ["date.today"]),
        ("def find(doc):\n    return time.time()", ["time.time"]),
        ("def find(doc):\n    return doc.text.find('open(')", []),
    ],
)
def test_files_and_clocks_are_noticed(code, found):
    assert list(impurities(ast.parse(code))) == found


FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic",
    "time.perf_counter", "time.time_ns", "time.localtime", "time.gmtime",
}  # fmt: skip


def impurities(module: ast.Module) -> Iterator[str]:
    """Calls that read the clock, and calls on files outside `load_*` functions and those that only they call."""
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    loaders = {name for name in functions if name.startswith("load_")}
    while grown := {
        name
        for name in functions.keys() - loaders
        if (callers := {other for other in functions if name in names_in(functions[other])} - {name})
        and callers <= loaders
    }:
        loaders |= grown
    for node in module.body:
        for call in (call for call in ast.walk(node) if isinstance(call, ast.Call)):
            called = ast.unparse(call.func)
            short = ".".join(called.split(".")[-2:])
            if short in CLOCKS:
                yield short
            if called.split(".")[-1] in FILES and getattr(node, "name", "") not in loaders:
                yield called.split(".")[-1]


def names_in(node: ast.AST) -> set[str]:
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}


# ---------------------------------------------------------------- any text


@pytest.fixture(scope="module")
def read(nlp):
    """A text to its findings, with the data that ship; parsed first, or taken as a body as it stands."""
    knowledge = load_knowledge(PACKAGE / "data")
    codebook = load_codebook(PACKAGE / "data" / "codebook.yml")

    def read(text: str, *, as_body: bool = False) -> Annotations | None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        seed = Seed(source_file="seeds/a.txt", source_sha256=digest, text=text, given=Given(outlet="Quay Courier"))
        body = Document(article_id=digest[:16], source_file="seeds/a.txt", source_sha256=digest, text=text)
        doc, refused = (body, ()) if as_body else parse(seed)
        assert doc is not None or refused
        if doc is None:
            return None
        [syntax] = analyse([doc], nlp)
        assert syntax.text == doc.text
        return annotate(doc, syntax, knowledge, codebook)

    issues = {issue.issue_id for issue in codebook.issues}
    return lambda text, **how: check(read(text, **how), issues)


def check(found: Annotations | None, issues: set[str]) -> Annotations | None:
    """Fail if a finding breaks what the schemas promise of its row, or names what is not there."""
    if found is None:
        return None
    rows = {name: list(to_rows(found)) for name, to_rows in ROWS.items()}
    tables = load_package().tables
    for name, schema in tables.items():
        if rows.get(name):
            # Only what an article fills: assembly adds columns such as actors.article_count.
            filled = replace(schema, columns=tuple(c for c in schema.columns if c.name in rows[name][0]))
            table = pa.Table.from_pylist(rows[name], schema=filled.to_arrow())
            assert [str(violation) for violation in find_violations(filled, table)] == []
    length = len(found.doc.text)
    for name, its_rows in rows.items():
        for row in its_rows:
            for start, end in (("start", "end"), ("cue_start", "cue_end"), ("speaker_start", "speaker_end")):
                if row.get(start) is not None:
                    assert 0 <= row[start] < row[end] <= length, (name, row)
            for earliest, latest in (("earliest", "latest"), ("said_earliest", "said_latest")):
                if row.get(earliest) and row.get(latest):
                    assert row[earliest] <= row[latest], (name, row)
        for key in tables[name].foreign_keys:
            [column], [reference] = key.columns, key.references
            targets = issues if key.table == "issues" else {row[reference] for row in rows[key.table]}
            if column != "parent_actor_id":  # assembly adds the bodies that others are part of
                assert {row[column] for row in its_rows} - targets <= {None}, (name, column)
    return found


CRUMBS = (
    "“", "”", "‘", "’", '"', "'", "«", "»", "(", ")", "[", "]", ":", ";", ",", ".", "...", "–", "—", "\n", "\n\n",
    "\t", "\u00a0", "\u200b", "\u202e", "\r\n", "\x00", "👍🏽", "é", "ﬁ", "Δ", "中", "<b>", "&quot;", "{{x}}", "=1+1",
    "%s", "\\", " said ", " said that ", " told Reuters ", " according to ", "he added", " called for ", " urged ",
    " must ", " not ", " the United States ", "China’s", " Kim Jong Un ", "Foreign Minister", " U.N. ", " they ",
    " a senior official ", " Monday", " last week", " 30 February 2019", " in May 0000", " 99/99/9999", " 1950-53",
    " two years ago", " yesterday", "By ", "Photo: ", "Published ", "Subscribe ", "Leave a Reply", "1 reply on “",
    "UNITED NATIONS – ", "* * *",
)  # fmt: skip

SENTENCES = (
    "“We will open the quay by May,” said Anna Holm, the harbour minister. ",
    "He urged Beijing to lift the ban, but Moscow refused to do so. ",
    "The United States called for new talks on Monday, according to Reuters. ",
    "“Any ban,” she added, “must end.” ",
    "A senior official told reporters that the port “should be closed” next week. ",
    "Norway’s Foreign Minister: ",
    "They proposed a three-year plan, which the U.N. Security Council opposes. ",
)

crumbs = st.lists(
    st.one_of(st.sampled_from(CRUMBS), st.sampled_from(SENTENCES), st.text(max_size=12)), max_size=30
).map("".join)
SETTINGS = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)


@st.composite
def mutated_seeds(draw: st.DrawFn) -> str:
    """A few neighbouring paragraphs of a seed, some stretches of them lost, doubled, or replaced by crumbs."""
    lines = draw(st.sampled_from(SEEDS)).split("\n")
    first = draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[first : first + draw(st.integers(1, 9))])
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 80)))
        piece = draw(st.one_of(st.just(""), st.just(text[start:end] * 2), st.sampled_from(CRUMBS), st.text(max_size=8)))
        text = text[:start] + piece + text[end:]
    return text


@SETTINGS
@given(text=crumbs)
def test_any_text_is_parsed_or_refused(read, text):
    read(text)


@SETTINGS
@given(text=crumbs.filter(str.strip))
@example(text="0“0")
@example(text='0"0')
@example(text="said")
def test_findings_in_any_text_keep_the_schemas_promises(read, text):
    read(text, as_body=True)


@SETTINGS
@given(text=mutated_seeds())
def test_findings_in_a_damaged_article_keep_the_schemas_promises(read, text):
    read(text)


@pytest.mark.parametrize("text", SEEDS, ids=range(len(SEEDS)))
def test_findings_in_the_seeds_keep_the_schemas_promises(read, text):
    assert read(text) is not None
