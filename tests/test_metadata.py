"""A release explains itself: every description of it is valid by its own tool, and says what the tables are."""

import json
import logging
import re
import shutil
import subprocess
import sys
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from conftest import ROOT
from onrecord.release.citation import released_on, to_citation
from onrecord.release.documents import write_documents
from onrecord.release.facts import read_facts
from onrecord.release.linked_data import to_linked_data
from onrecord.release.load_sql import CATALOG
from onrecord.release.markdown import to_cell
from onrecord.schema import SchemaError, load_package
from onrecord.schema.quality import load_quality
from onrecord.schema.views import load_views
from onrecord.storage.releases import read_sums

PACKAGE = load_package()
HOSTILE = (
    "<script>alert(1)</script> | [x](javascript:alert(1)) `rm` ![i](http://evil.example/i) \u202eabc\x1b[31m\n# Head"
)


@pytest.fixture(scope="module")
def hostile(release, tmp_path_factory):
    """The release with an article whose facts are meant to break out of the documents, described anew."""
    folder = shutil.copytree(release, tmp_path_factory.mktemp("hostile") / "test")
    rows = pq.read_table(folder / "articles.parquet")
    for column in ("title", "outlet", "rights", "section", "url"):
        at = rows.schema.get_field_index(column)
        rows = rows.set_column(at, rows.schema.field(at), pa.array([HOSTILE] * rows.num_rows))
    pq.write_table(rows, folder / "articles.parquet")
    write_documents(folder, PACKAGE, "test", PACKAGE.profiles["full"])
    return folder


def test_the_data_package_is_valid_for_frictionless(release):
    from frictionless import Package

    report = Package(str(release / "datapackage.json")).validate()
    # The validator reads Parquet through pandas: lists come as NumPy arrays and missing integers as NaN, and it then
    # misses its own array and integer types. Everything else it finds counts.
    lists = {c.name for t in PACKAGE.tables.values() for c in t.columns if c.items}
    errors = report.flatten(["type", "fieldName", "message"])
    known = [e for e in errors if e[0] == "type-error" and (e[1] in lists or 'cell "nan"' in e[2])]
    assert [e for e in errors if e not in known] == []


def test_croissant_is_valid_and_loads_every_record(release):
    import mlcroissant

    logging.getLogger("absl").setLevel(logging.ERROR)
    dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set()
    for table in PACKAGE.tables.values():
        rows = sum(1 for _ in dataset.records(table.name))
        assert rows == pq.read_metadata(release / f"{table.name}.parquet").num_rows, table.name


def test_croissant_refuses_a_file_with_other_bytes(own_release):
    import mlcroissant

    shutil.copyfile(own_release / "issues.parquet", own_release / "rejections.parquet")
    dataset = mlcroissant.Dataset(jsonld=str(own_release / "croissant.json"))
    with pytest.raises(mlcroissant.GenerationError, match="Download"):
        next(iter(dataset.records("rejections")))


def test_linked_data_is_a_dataset_for_schema_org_and_for_dcat(release):
    from rdflib import Graph, URIRef

    facts = read_facts(release, PACKAGE)
    content = to_linked_data(PACKAGE, "2026.11.22", facts, load_quality().measures, read_sums(release))
    base = "https://data.example/onrecord/2026.11.22/"
    graph = Graph().parse(data=json.dumps(content), format="json-ld", publicID=base)
    dcat, schema, dct = "http://www.w3.org/ns/dcat#", "https://schema.org/", "http://purl.org/dc/terms/"
    (node,) = graph.subjects(None, URIRef(f"{dcat}Dataset"))
    assert (node, None, URIRef(f"{schema}Dataset")) in graph
    distributions = list(graph.objects(node, URIRef(f"{schema}distribution")))
    assert len(distributions) == len(PACKAGE.tables)
    urls = {str(u) for d in distributions for u in graph.objects(d, URIRef(f"{dcat}downloadURL"))}
    assert f"{base}quotes.parquet" in urls
    for name in (f"{schema}license", f"{schema}version", f"{dct}issued", f"{dct}title", f"{dcat}keyword"):
        assert list(graph.objects(node, URIRef(name))), name


@pytest.mark.parametrize("where", ["release", "repository"])
def test_the_citation_has_what_the_format_requires(release, where):
    content = yaml.safe_load(((release if where == "release" else ROOT) / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= content.keys()
    assert content["type"] == ("dataset" if where == "release" else "software")
    assert all(author.keys() == {"name"} for author in content["authors"])


@pytest.mark.parametrize(
    ("version", "day"),
    [("2026.11.22", date(2026, 11, 22)), ("2026.11.22.3", date(2026, 11, 22)), ("2026.13.22", None), ("beta", None)],
)
def test_the_day_of_release_is_the_one_that_the_version_names(version, day):
    assert released_on(version) == day
    assert yaml.safe_load(to_citation(PACKAGE, version)).get("date-released") == (day.isoformat() if day else None)


def test_the_head_of_the_card_names_the_files_of_each_table_with_rows(release):
    head = yaml.safe_load((release / "README.md").read_text("utf-8").split("---")[1])
    filled = [t for t in PACKAGE.tables if pq.read_metadata(release / f"{t}.parquet").num_rows]
    assert [c["config_name"] for c in head["configs"]] == filled
    assert all((release / c["data_files"]).is_file() for c in head["configs"])
    assert [c["config_name"] for c in head["configs"] if c.get("default")] == ["quotes"]


def test_the_data_dictionary_holds_every_column_with_a_value_of_the_release(release):
    card = (release / "README.md").read_text("utf-8").split("## Data dictionary")[1]
    for table in PACKAGE.tables.values():
        part = card.split(f"### {table.name}\n")[1].split("\n### ")[0]
        rows = {line.split(" | ")[0][2:]: line for line in part.splitlines() if line.startswith("| ")}
        values = pq.read_table(release / f"{table.name}.parquet")
        for c in table.columns:
            example = rows[c.name].rsplit(" | ", 1)[1].removesuffix(" |").strip()
            said = [v for v in values[c.name].to_pylist() if v not in (None, [])]
            assert bool(example) == bool(said), f"{table.name}.{c.name}"


def test_the_card_tells_quality_with_command_and_day_and_every_known_limit(release):
    card = " ".join((release / "README.md").read_text("utf-8").split())
    for measure in load_quality().measures:
        assert measure.of in card and f"| {measure.value:.1f} |" in card
        assert measure.command in card and measure.measured.isoformat() in card
    assert all(" ".join(limit.split()) in card for limit in load_quality().limits)


def test_the_card_lists_the_rights_of_each_source(release):
    assert "| none stated |" in (release / "README.md").read_text("utf-8")


def test_every_python_and_sql_snippet_of_the_card_runs(release):
    card = (release / "README.md").read_text("utf-8")
    for script in re.findall(r"```python\n(.*?)```", card, re.S):
        subprocess.run([sys.executable, "-c", script], cwd=release, check=True)
    (query,) = re.findall(r"```sql\n\.read load\.sql\n(.*?)```", card, re.S)
    with duckdb.connect() as connection:
        connection.execute(f"SET VARIABLE onrecord_dir = '{release}'")
        connection.execute((release / "load.sql").read_text("utf-8"))
        assert connection.execute(query).fetchall()


def test_hostile_text_stays_text_in_the_card(hostile):
    from markdown_it import MarkdownIt

    card = (hostile / "README.md").read_text("utf-8")
    assert "\x1b" not in card and "\u202e" not in card and "<script" not in card
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(card.split("---", 2)[2])
    inside = [child for token in tokens for child in token.children or ()]
    assert not [c for c in inside if c.type in ("image", "html_inline")]
    assert all(c.attrGet("href").startswith("#") for c in inside if c.type == "link_open")
    assert not [t for t in tokens if t.type == "html_block"]
    assert "Head" not in [
        t.content for t, before in zip(tokens[1:], tokens, strict=False) if before.type == "heading_open"
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", "a&#124;b"),
        ("<b>", "&#60;b&#62;"),
        ("two\nlines", "two lines"),
        (None, ""),
        ("www.example.org", "www&#46;example.org"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_a_cell_is_one_line_without_marks(text, cell):
    assert to_cell(text) == cell


def test_the_catalog_is_the_same_bytes_from_any_folder_and_names_none(release, tmp_path):
    other = shutil.copytree(release, tmp_path / "elsewhere" / "test")
    (other / CATALOG).unlink()
    write_documents(other, PACKAGE, "test", PACKAGE.profiles["full"])
    assert (other / CATALOG).read_bytes() == (release / CATALOG).read_bytes()


def test_the_catalog_opens_from_anywhere_with_comments_keys_views_and_macros(release, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        connection.execute(f"SET VARIABLE onrecord_dir = '{release}'")
        connection.execute(f"ATTACH '{release / CATALOG}' AS onrecord (READ_ONLY)")
        connection.execute("USE onrecord")
        arguments = {"find": "'sanctions'", "ties": "'subtract'"}
        for view in load_views():
            called = view.name if view.parameters is None else f"{view.name}({arguments.get(view.name, '')})"
            if view.name == "context":
                called = "quotes, context(quote_id, 100)"
            (count,) = connection.execute(f"SELECT count(*) FROM {called}").fetchone()
            assert count > 0 or view.name in ("rejected", "shifts"), called
        named = connection.execute("SELECT view_name FROM duckdb_views() WHERE comment IS NOT NULL").fetchall()
        expected = {*PACKAGE.tables, "keys", *(v.name for v in load_views() if v.parameters is None)}
        assert expected <= {name for (name,) in named}
        keys = connection.execute(
            "SELECT \"references\" FROM keys WHERE \"table\" = 'quotes' AND kind = 'foreign'"
        ).fetchall()
        assert {name for (name,) in keys} == {"articles", "actors", "utterances"}
        columns = connection.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE database_name = 'onrecord' AND comment IS NOT NULL"
        ).fetchone()
        assert columns >= (sum(len(t.columns) for t in PACKAGE.tables.values()),)


@pytest.mark.parametrize("view", load_views(), ids=lambda view: view.name)
def test_views_do_without_what_only_the_newest_duckdb_knows(view):
    assert not re.search(r"\bif\s*\(", view.sql), (
        "up to DuckDB 1.5 if() is CASE in disguise; the catalog keeps its name"
    )


def test_import_sql_makes_tables_with_enforced_keys(release, tmp_path, monkeypatch):
    monkeypatch.chdir(release)
    with duckdb.connect(str(tmp_path / "mine.duckdb")) as connection:
        connection.execute((release / "import.sql").read_text("utf-8"))
        assert connection.execute("SELECT count(*) FROM statements").fetchone() != (0,)
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("UPDATE proposal_actors SET actor_id = 'x:0000000000000000'")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("value: 92.0", "value: 187.2", "per cent"),
        ("tables: [quotes]", "tables: [quotez]", "no table quotez"),
        ("measured: 2026-11-28", "measured: lately", "day of measuring"),
        ("id: seeds_speakers", "id: seeds_quotes", "same id"),
        ("command: make score", "comand: make score", "comand"),
    ],
)
def test_a_mistake_in_the_declared_quality_is_named(tmp_path, old, new, complaint):
    text = (ROOT / "schemas" / "quality.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "quality.yml").write_text(text.replace(old, new, 1))
    with pytest.raises(SchemaError, match=f"quality.yml.*{complaint}"):
        load_quality(tmp_path / "quality.yml")


PINS = json.loads((ROOT / "tests" / "gold" / "pins.json").read_text("utf-8"))["f1"]
POLNEAR = json.loads((ROOT / "tests" / "gold" / "polnear.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("measure", "pinned"),
    [
        ("seeds_quotes", 100 * PINS["quotes"]),
        ("seeds_speakers", 100 * PINS["speakers"]),
        ("seeds_proposals", 100 * PINS["proposals"]),
        ("seeds_dates", 100 * PINS["dates"]),
        ("polnear_content", POLNEAR["content"]["all"]),
        ("polnear_quoted", POLNEAR["quoted"]["all"]),
    ],
)
def test_the_declared_quality_is_what_the_pins_hold(measure, pinned):
    """Half a point is what another machine's arithmetic may cost."""
    (declared,) = [m.value for m in load_quality().measures if m.id == measure]
    assert abs(declared - pinned) <= 0.5
