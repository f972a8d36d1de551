"""The shape of the code: which room may import which, that no imports run in a circle, one name for one thing."""

import ast
import graphlib
import pathlib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain

import pytest

TESTS = pathlib.Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "pipelines" / "onrecord"
# From the ground up. A room imports rooms of the floors below its own, for type checkers, too.
FLOORS = (
    {"document", "errors"},
    {"knowledge", "schema"},
    {"timex", "storage"},
    {"parse"},
    {"read", "annotate"},
    {"batches", "checks", "audit"},
    {"assemble", "release"},
    {"explore"},
    {"run"},
    {"cli"},
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
# Modules in several rooms that may share a name, since it means the same in each.
SHARED = {
    "confidence": "how sure a finding is",
    "build": "one build",
    "dates": "days that a text tells",
    "descriptions": "sources that are described and not named",
    "diff": "two releases compared",
    "expectations": "what must hold of the tables",
    "fetch": "a published release brought here",
    "issues": "what proposals are about",
    "lexicon": "words by what they mean",
    "linked_data": "JSON-LD, read from a page or written into one",
    "names": "names as they are printed",
    "offices": "who holds an office",
    "pronouns": "words that stand for somebody",
    "publish": "a release sent to where its users find it",
}
# Functions with more than 30 branches, and those with 21 to 30. Both lists only shrink: a new function has at most 20.
LARGE: set[str] = set()
WIDE = {
    "annotate.actors.organizations.find_bodies",
    "annotate.actors.organizations_told.find_told",
    "annotate.actors.references.offices._bearer",
    "annotate.actors.short_names.add_short_names",
    "annotate.syntax.spans.strip",
}


@cache
def modules() -> dict[str, pathlib.Path]:
    """Every module of the package by its dotted name; a package is its __init__.py."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


@cache
def parsed(path: pathlib.Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports() -> dict[str, set[str]]:
    """The modules of the package that each imports by name, anywhere in it."""
    return {name: imported(parsed(path)) & modules().keys() - {name} for name, path in modules().items()}


def imported(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & modules().keys() or {str(node.module)}
    return found


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_every_room_has_its_floor_and_there_are_at_most_19():
    entries = {path.stem for path in PACKAGE.iterdir() if path.name not in ("__pycache__", "py.typed")}
    assert entries == FLOOR.keys() | {"__init__", "data"}
    assert len(entries) <= 19


def test_architecture_lists_every_room_from_the_ground_up():
    text = (PACKAGE.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", text, re.M)
    assert sorted(listed) == sorted(FLOOR)
    assert listed == sorted(listed, key=FLOOR.__getitem__)


def test_a_room_imports_only_rooms_below_it():
    edges = [(name, other) for name, found in imports().items() for other in found if room(name) != room(other)]
    assert len(edges) > 300
    assert [(a, b) for a, b in edges if room(a) and FLOOR[room(a)] <= FLOOR[room(b)]] == []


def test_no_imports_run_in_a_circle():
    graphlib.TopologicalSorter(imports()).prepare()  # CycleError names the circle


def test_a_circle_is_noticed():
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()


def test_training_is_imported_by_no_product_code():
    found = chain.from_iterable(imported(parsed(path)) for path in modules().values())
    assert [name for name in found if name.split(".")[0] == "training"] == []


def test_no_two_classes_share_a_name():
    places = defaultdict(list)
    for module, path in modules().items():
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_modules_share_a_name_only_where_it_means_the_same():
    places = defaultdict(list)
    for module, path in modules().items():
        if path.name != "__init__.py":
            places[path.stem].append(module)
    assert {name for name, found in places.items() if len(found) > 1} == SHARED.keys()


# ---------------------------------------------------------------- what only its own file uses begins with _

# Their functions are commands and steps of the graph, which other code finds by what decorates them.
FOUND_BY_DECORATORS = ("onrecord.cli", "onrecord.run.definitions")
PLAIN_DECORATORS = {"cache", "contextmanager", "lru_cache"}


def defined(module: ast.Module) -> Iterator[str]:
    """Names of the functions and constants of a module."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            if {ast.unparse(each).split("(")[0] for each in node.decorator_list} <= PLAIN_DECORATORS:
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def taken(module: ast.Module) -> Iterator[str]:
    """Names that a module takes from others: imported ones, attributes, and what stands behind a dot in a string."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\.(\w+)", node.value)


def test_what_only_its_own_file_uses_begins_with_an_underscore():
    trees = {path: parsed(path) for root in (PACKAGE.parent, TESTS) for path in root.rglob("*.py")}
    users = defaultdict(set)
    for path, tree in trees.items():
        for name in taken(tree):
            users[name].add(path)
    private = [
        f"{module}.{name}"
        for module, path in modules().items()
        if not module.startswith(FOUND_BY_DECORATORS)
        for name in defined(trees[path])
        if not name.startswith("_") and not users[name] - {path}
    ]
    assert private == []


# ---------------------------------------------------------------- tokens

# What a variable or attribute that holds a token of spaCy is called. Each access makes a new object for the token:
# `token.head is token` is never true, even of a root.
TOKENS = {"clause", "cue", "head", "noun", "pronoun", "root", "token", "verb"}


def compared_by_identity(module: ast.Module) -> Iterator[str]:
    """Comparisons with `is` or `is not` of what is called as a token is, but with None."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Is | ast.IsNot):
            continue
        sides = [node.left, *node.comparators]
        names = {side.id if isinstance(side, ast.Name) else getattr(side, "attr", None) for side in sides}
        if names & TOKENS and not any(isinstance(side, ast.Constant) for side in sides):
            yield ast.unparse(node)


def test_no_token_is_compared_by_identity():
    found = {name: list(compared_by_identity(ast.parse(path.read_text("utf-8")))) for name, path in modules().items()}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize(
    "code, count",
    [
        ("verb.head is not verb", 1),
        ("c is clause", 1),
        ("doc[0] is other.root", 1),
        ("noun is None", 0),
        ("a == verb", 0),
    ],
)
def test_a_comparison_of_tokens_by_identity_is_noticed(code, count):
    assert len(list(compared_by_identity(ast.parse(code)))) == count


# ---------------------------------------------------------------- functions that a person can hold in the head

CONDITIONS = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def branches(function: ast.AST) -> int:
    """1 + if, for, while, conditional expression, comprehension, except, each further operand of and/or."""
    nodes = list(ast.walk(function))
    operands = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + operands + sum(isinstance(node, CONDITIONS + COMPREHENSIONS) for node in nodes)


def functions() -> Iterator[tuple[str, int]]:
    for module, path in modules().items():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module.removeprefix('onrecord.')}.{node.name}", branches(node)


@pytest.mark.parametrize(
    "code, count",
    [
        ("def f(): return 1", 1),
        ("def f(a):\n    if a and b and c:\n        return [x for x in a]\n    return 1 if a else 2", 6),
        ("def f():\n    while 1:\n        try: g()\n        except E: pass", 3),
    ],
)
def test_branches_are_counted(code, count):
    assert branches(ast.parse(code).body[0]) == count


def test_functions_with_more_than_20_branches_are_those_listed():
    found = dict(functions())
    assert {name for name, count in found.items() if count > 30} == LARGE
    assert {name for name, count in found.items() if 20 < count <= 30} == WIDE
