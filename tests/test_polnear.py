"""Quotes as a release has them, against the PolNeAR development articles: no score falls below its pin.

Needs ../shared; nothing of it is copied here but the scores. `gold/polnear.json` holds what the last change measured.
"""

import json
import pathlib
import subprocess
import sys

import duckdb
import pytest

from onrecord.storage.parts import files_of

PINNED = json.loads((pathlib.Path(__file__).parent / "gold" / "polnear.json").read_text("utf-8"))
SLACK = 0.5  # points that another machine's arithmetic may cost
VIEWS = {"content": [], "quoted": ["--view", "quoted"], "speech": ["--speech"]}


@pytest.fixture(scope="module")
def measured(shared, tmp_path_factory, run_steps):
    """End-to-end F1 (content and source right) by view and kind."""
    folder = tmp_path_factory.mktemp("polnear")
    gold, seeds, body = shared / "gold" / "quotes" / "polnear_dev.jsonl", folder / "seeds", folder / "body.jsonl"
    seeds.mkdir()

    def run(script, *arguments):
        subprocess.run([sys.executable, shared / "gold" / script, *map(str, arguments)], check=True)

    run("adapt.py", "records", gold, seeds / "polnear.jsonl", "--gold-out", body)
    run_steps(folder / "datasets", seeds, version="dev")
    found, outer = folder / "found.jsonl", folder / "outer"
    _without_inner(folder / "datasets" / "releases" / "dev", outer)
    run("adapt.py", "predictions", "quotes", outer, body, found)
    out = {}
    for view, options in VIEWS.items():
        run("score_quotes.py", body, found, *options, "--json", folder / "scores.json")
        out[view] = json.loads((folder / "scores.json").read_text("utf-8"))
    return out


def _without_inner(release, outer):
    """The tables that are scored, in a folder of their own: PolNeAR labels no quotations within quotations."""
    outer.mkdir()
    with duckdb.connect() as connection:
        for table, rows in (("articles", "true"), ("quotes", "within_quote_id IS NULL")):
            files = ", ".join(f"'{path}'" for path in files_of(release, table))
            connection.execute(f"COPY (FROM read_parquet([{files}]) WHERE {rows}) TO '{outer / table}.parquet'")


@pytest.mark.parametrize(("view", "kind"), [(view, kind) for view, kinds in PINNED.items() for kind in kinds])
def test_no_end_to_end_score_falls_below_its_pin(measured, view, kind):
    _, _, f1 = measured[view]["rows"][kind]["end_to_end"]
    assert 100 * f1 >= PINNED[view][kind] - SLACK
