"""README's queries and their output are real. `python tests/test_readme.py` writes the output anew."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from onrecord.cli import main

README = Path(__file__).resolve().parents[1] / "README.md"
EXAMPLE = re.compile(r"```sql\n(?P<query>.*?)\n```\n```text\n(?P<output>.*?)```", re.S)
EXAMPLES = list(EXAMPLE.finditer(README.read_text(encoding="utf-8")))


def _output(query: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["sql", query])
    return printed.getvalue()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["query"].split("\n")[0][:40])
def test_a_query_in_readme_gives_the_output_that_stands_below_it(example):
    assert _output(example["query"]) == example["output"]


def test_readme_has_three_queries():
    assert len(EXAMPLES) == 3


if __name__ == "__main__":
    README.write_text(
        EXAMPLE.sub(
            lambda e: f"```sql\n{e['query']}\n```\n```text\n{_output(e['query'])}```",
            README.read_text(encoding="utf-8"),
        ),
        encoding="utf-8",
    )
