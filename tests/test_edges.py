"""The edges of the core: it imports no shell and touches no file or clock. What it does with any text: test_fuzz.py."""

import ast
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from onrecord.batches.fingerprints import imported, modules_of

ROOT = pathlib.Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pipelines" / "onrecord"
CORE = sorted(p for folder in ("parse", "timex", "knowledge", "annotate") for p in (PACKAGE / folder).glob("**/*.py"))
SHELL = {"dagster", "great_expectations", "pandas", "duckdb"}


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


# ---------------------------------------------------------------- what decides on extracted rows


def test_the_fingerprint_stands_on_all_that_extraction_loads_and_on_no_reader_or_shell():
    code = "import sys, onrecord.batches.extract; print(*(m for m in sys.modules if m.split('.')[0] == 'onrecord'))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    files = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in modules_of("onrecord.batches.extract")}
    names = {".".join(("onrecord", *file.removesuffix("__init__").strip("/").split("/"))).rstrip(".") for file in files}
    assert set(loaded) <= names
    assert {"annotate/rows", "schema/tables", "parse/__init__", "knowledge/files"} <= files
    assert not {file.split("/")[0] for file in files} & {
        "read",
        "assemble",
        "checks",
        "release",
        "explore",
        "run",
        "cli",
    }


def test_what_only_type_checkers_import_is_not_loaded():
    source = "if TYPE_CHECKING:\n    import a\nelse:\n    import d\nfrom b import c\ndef f():\n    import e"
    assert set(imported(ast.parse(source).body)) == {"b", "b.c", "e"}
