"""Every error that reaches the user has a code of its own, in the tens of its room, and operations.md explains it."""

import ast
import re

import pytest

from conftest import ROOT
from test_house import modules, room

# The first two digits of the codes of each room. Release has two: what is made, and what is published.
TENS = {
    **{"errors": ("00",), "schema": ("01",), "knowledge": ("02",), "read": ("04",)},
    "storage": ("03", "04"),  # OR042 and OR043 are of addresses, at which seeds and releases lie; codes are kept
    **{"annotate": ("05",), "batches": ("06",), "checks": ("07",), "assemble": ("08",), "release": ("09", "10")},
    **{"explore": ("11",), "run": ("12",), "cli": ("13",), "audit": ("14",)},
}
ROW = re.compile(r"^\| (?P<code>OR\d+) \| (?P<said>[^|]+) \| (?P<done>[^|]+) \|$", re.M)
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in modules().items()}


def family():
    """The kinds of errors that come from UserError: name -> module, code or None."""
    classes = {
        node.name: (name, [ast.unparse(base) for base in node.bases], node)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found, waiting = {}, ["UserError"]
    while waiting:
        name = waiting.pop()
        module, _, node = classes[name]
        found[name] = (module, own_code(node))
        waiting += [other for other, (_, bases, _) in classes.items() if name in bases]
    return found


def own_code(node):
    for line in node.body:
        if isinstance(line, ast.Assign) and line.targets[0].id == "code":
            return ast.literal_eval(line.value)
    return None


KINDS = family()
CODES = {code: (name, module) for name, (module, code) in KINDS.items() if code}


def test_no_two_kinds_share_a_code():
    codes = [code for _, code in KINDS.values() if code]
    assert len(codes) > 30
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_in_the_tens_of_its_room(code):
    _, module = CODES[code]
    assert re.fullmatch(r"OR\d{3}", code)
    assert code[2:4] in TENS[room(module)]


def test_what_is_raised_has_a_code():
    raised = {
        ast.unparse(node.exc.func).rpartition(".")[2]
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    }
    assert len(raised & KINDS.keys()) > 25
    assert {name for name in raised & KINDS.keys() if KINDS[name][1] is None} == set()


def test_the_command_line_raises_nothing_else_but_wrong_arguments():
    raised = {
        ast.unparse(node.exc.func)
        for name, tree in TREES.items()
        if room(name) == "cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    }
    assert raised <= {*KINDS, "click.UsageError", "click.BadParameter"}  # which OR130 stands for


def test_operations_explains_every_code_once_in_their_order():
    rows = [m["code"] for m in ROW.finditer((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))]
    assert rows == sorted(CODES)
