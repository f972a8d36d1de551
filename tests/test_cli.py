"""The command line says what it did, and what is wrong in one line."""

import json
import os
import re
import subprocess
import sys

import duckdb
import fsspec
import pyarrow.parquet as pq
import pytest

from conftest import SEEDS
from onrecord.annotate import rows as tables


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--seeds", "/no/such/folder"],
        ["build", "--workers", "0"],
        ["build", "--engine", "abacus"],
        ["build", "extra"],
        ["show"],
        ["show", "/no/such/file.txt"],
        ["sql", "SELECT 1", "--format", "xml"],
        ["check", "a", "b"],
        ["--nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_are_one_clear_line_and_exit_2(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert re.match(r"onrecord[a-z ]*: OR130: .*--help\)$", err)


@pytest.mark.parametrize("command", [[], ["build"], ["show"], ["sql"], ["check"]])
def test_every_command_explains_itself(run, command):
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert out.startswith("Usage: onrecord")


def test_a_version_that_is_no_name_is_one_line(run, tmp_path):
    code, _, err = run("build", "--datasets", tmp_path, "--version", "../../etc")
    assert (code, err.count("\n")) == (1, 1)


def test_show_lists_the_findings_and_writes_nothing(run):
    before = sorted(SEEDS.iterdir())
    code, out, _ = run("show", sorted(SEEDS.glob("000*"))[0])
    assert code == 0
    assert all(part in out for part in ("China, Russia rebel", "[Q1]", "Quotes", "Mike Pompeo", "Dates", "Actors"))
    assert sorted(SEEDS.iterdir()) == before


def test_show_loads_nothing_that_one_article_does_not_need_and_ends_at_once():
    code = "import atexit, gc, sys; atexit.register(lambda: print(gc.get_freeze_count() > 0, *sys.modules)); "
    code += "from onrecord.cli import main; main(sys.argv[1:])"
    arguments = ["show", str(sorted(SEEDS.glob("000*"))[0])]
    ran = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    ends_at_once, *loaded = ran.stdout.splitlines()[-1].split()
    assert (ends_at_once, "spacy" in loaded, ran.stderr) == ("True", True, "")
    assert {"duckdb", "fsspec", "pandas", "courlan", "requests", "httpx", "jinja2", "dagster"} & set(loaded) == set()


def test_show_as_json_gives_the_rows_of_every_table(run):
    _, out, _ = run("show", sorted(SEEDS.glob("003*"))[0], "--json")
    tables = json.loads(out)
    text = tables["articles"][0]["text"]
    assert tables["quotes"]
    assert all(text[q["start"] : q["end"]] == q["text"] for q in tables["quotes"])


def test_show_of_bad_input_shows_the_rejection(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\0" * 9)
    code, out, _ = run("show", tmp_path / "a.txt")
    assert code == 0
    assert "binary" in out


def test_show_of_a_page_quotes_what_was_cut_from_its_text_and_says_what_was_mended(run, tmp_path):
    article = "".join(f"<p>“We will open the café by May,” said minister number {n} of Norway.</p>" for n in range(5))
    page = f"<meta charset=latin1><h1>Cafés to open</h1><article><p>By Jo Field</p>{article}<p>Share this</p></article>"
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    _, out, _ = run("show", tmp_path / "a.html")
    assert "mended: encoding" in out
    assert [line.split()[-2:] for line in out.splitlines() if line.startswith("byline")] == [["Jo", "Field"]]


def test_show_of_a_page_lists_what_it_shows_beside_the_article_and_where(run, tmp_path):
    article = "".join(f"<p>“We will open it by <b>May</b>,” said minister number {n} of Norway.</p>" for n in range(9))
    menu = "<nav><ul><li><a href='/'>World</a></li><li><a href='/p'>Politics</a></li></ul></nav>"
    box = "<div class='box promo'><p>Ten lighthouses to visit this year</p></div><script>track()</script>"
    (tmp_path / "a.html").write_text(f"<body>{menu}<article><h1>Quay to open</h1>{article}</article>{box}</body>")
    _, out, _ = run("show", tmp_path / "a.html")
    _, _, listed = out.partition("On the page, and not in its text")
    assert [line.strip().split(maxsplit=1) for line in listed.splitlines()[2:] if line.strip()] == [
        ["nav", "World · Politics"],
        ["div.box", "Ten lighthouses to visit this year"],
    ]


def test_show_of_a_page_without_an_article_says_what_it_is_and_lists_what_it_shows(run, tmp_path):
    (tmp_path / "a.html").write_text("<title>The Courier</title><div id=root></div><footer>About us</footer>")
    _, out, _ = run("show", tmp_path / "a.html")
    assert "a page without main content: words 4, links 0, scripts 0" in " ".join(out.split())
    assert "About us" in out


def test_show_reads_from_an_address(run):
    fsspec.filesystem("memory").pipe("/shown/a.txt", b"The minister said that the quay must open.")
    code, out, _ = run("show", "memory://shown/a.txt")
    assert code == 0
    assert "memory://shown/a.txt" in out


def test_an_address_that_cannot_be_read_is_one_line(run):
    code, out, err = run("show", "memory://no/such.txt")
    assert (code, out, err) == (1, "", "onrecord: OR040: no such seeds folder or file: memory://no/such.txt\n")


def test_a_step_of_a_build_that_fails_is_one_line_with_the_code_of_its_own_error(run, tmp_path):
    code, out, err = run("build", "--seeds", "memory://no/such", "--datasets", tmp_path)
    assert (code, out, err) == (1, "", "onrecord: OR040: no such seeds folder or file: memory://no/such\n")


def test_what_the_system_refuses_is_one_line_with_a_code(run, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = run("build", "--datasets", tmp_path / "file" / "datasets")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("onrecord: OR001: ")


def test_hostile_text_cannot_steer_the_terminal(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Title\x1b]0;owned\x07 here\n\n“We \x1b[31mwill\x9b2J go,” said John Smith of Norway.\n"
    )
    _, out, _ = run("show", tmp_path / "a.txt")
    assert not {"\x1b", "\x07", "\x9b"} & set(out)


QUERY = "SELECT article_id, title, published FROM articles ORDER BY source_file"


def test_sql_prints_a_table(run, datasets):
    code, out, _ = run("sql", QUERY, "--datasets", datasets)
    assert code == 0
    assert "China, Russia Call for Ending North Korea Sanctions" in out


def test_json_has_every_column_and_no_number_that_json_lacks(run, datasets):
    code, _, err = run("sql", "SELECT 1 AS a, 2 AS a", "--datasets", datasets, "--format", "json")
    assert code == 1 and "use AS" in err
    _, out, _ = run("sql", "SELECT 'nan'::DOUBLE AS x, 1.5 AS y", "--datasets", datasets, "--format", "json")
    assert json.loads(out)["x"] is None


def test_sql_gives_csv_json_and_parquet(run, datasets, tmp_path):
    _, csv, _ = run("sql", QUERY, "--datasets", datasets, "--format", "csv")
    assert csv.splitlines()[0] == "article_id,title,published"
    _, lines, _ = run("sql", QUERY, "--datasets", datasets, "--format", "json")
    assert len([json.loads(line) for line in lines.splitlines()]) == len(list(SEEDS.glob("*.txt")))
    command = [sys.executable, "-m", "onrecord.cli", "sql", QUERY, "--datasets", str(datasets), "--format", "parquet"]
    (tmp_path / "rows.parquet").write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    assert pq.read_table(tmp_path / "rows.parquet").num_rows == len(list(SEEDS.glob("*.txt")))


def test_csv_runs_nothing_in_a_spreadsheet(run, datasets):
    _, out, _ = run("sql", "SELECT '=cmd|x' AS a, -1 AS b, ['@x'] AS c", "--datasets", datasets, "--format", "csv")
    assert out.splitlines()[1] == '\'=cmd|x,-1,"[""@x""]"'


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE articles",
        "COPY articles TO '{folder}/out.csv'",
        "CREATE TABLE t AS SELECT 1",
        "ATTACH '{folder}/x.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_text('{folder}/secret.txt')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
        "SELECT * FROM read_parquet('{folder}/../other.parquet')",
        "SELEC 1",
        "SELECT no_such_column FROM articles",
        "",
    ],
)
def test_sql_can_neither_write_nor_leave_the_release(run, datasets, tmp_path, query):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "secret.csv").write_text("a\n1")
    code, out, err = run("sql", query.format(folder=tmp_path), "--datasets", datasets)
    assert (code, out) == (1, "")
    assert err.startswith("onrecord: OR110: ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["secret.csv", "secret.txt"]


@pytest.mark.parametrize("query", ["SELECT 'Z\udcfcrich'", "FROM statements; SELECT '\udcfc'"])
def test_a_query_that_is_not_utf_8_is_an_error_that_says_so(run, datasets, query):
    code, _, err = run("sql", query, "--datasets", datasets)
    assert (code, "OR110" in err, "is not in UTF-8" in err) == (1, True, True)


def test_sql_knows_what_the_columns_mean(run, datasets):
    _, out, _ = run(
        "sql", "SELECT comment FROM duckdb_columns() WHERE table_name = 'quotes' AND column_name = 'cue'",
        "--datasets", datasets, "--format", "csv",
    )  # fmt: skip
    assert "report the speech" in out


def test_no_release_yet_is_one_line_that_says_where(run, tmp_path):
    code, _, err = run("sql", "SELECT 1", "--datasets", tmp_path)
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("onrecord: OR032: no release latest")


def test_check_passes_a_whole_release_and_names_what_is_wrong_with_another(run, release, own_release):
    code, out, _ = run("check", release)
    assert code == 0
    assert "all files whole" in out
    (own_release / "quotes.parquet").write_bytes(b"PAR1")
    code, out, err = run("check", own_release)
    assert (code, err.startswith("onrecord: OR131: ")) == (1, True)
    assert out.startswith("quotes.parquet: corrupt")


NASTY = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": b"\0" * 64 + bytes(range(256)),
    "koi8.txt": "Министр сказал".encode("koi8-r"),
    "huge.txt": b"All work and no play makes Jack a dull boy. " * 1_200_000,
    "boilerplate.txt": b"Share on:\n\nLeave a Reply\n\nYour email address will not be published.\n",
    "picture.png": b"\x89PNG",
    "french.txt": "Le ministre a déclaré que les sanctions seraient levées, selon une source proche. ".encode() * 9,
    "bad.jsonl": b'{"text": "Fine text, said the mayor of Oslo."}\nnot json\n{"no": "text"}\n',
    "broken.txt.gz": b"\x1f\x8b\x08junk",
}


def test_bad_input_becomes_rows_and_the_build_goes_on(run, tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, raw in NASTY.items():
        (seeds / name).write_bytes(raw)
    good = sorted(SEEDS.glob("003*"))[0].read_bytes()
    (seeds / "good.txt").write_bytes(good)
    (seeds / "same.txt").write_bytes(good)
    (seeds / "dir.txt").mkdir()
    (seeds / "loop").symlink_to(seeds)
    (seeds / "loop.txt").symlink_to("loop.txt")
    (seeds / b"odd-\xff-name.txt".decode("utf-8", "surrogateescape")).write_bytes(b"")
    code, _, err = run("build", "--seeds", seeds, "--datasets", tmp_path / "ds", "--version", "nasty")
    assert (code, err) == (0, "")
    release = tmp_path / "ds" / "releases" / "nasty"
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT source_file, reason FROM '{release}/rejections.parquet'").fetchall()
        articles = connection.execute(f"SELECT source_file FROM '{release}/articles.parquet'").fetchall()
    reasons = {name.removeprefix("seeds/"): reason for name, reason in rows}
    assert reasons == {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "binary.txt": "binary",
        "koi8.txt": "bad_encoding",
        "huge.txt": "too_large",
        "boilerplate.txt": "no_body",
        "picture.png": "unsupported_format",
        "french.txt": "not_english",
        "bad.jsonl#2": "bad_record",
        "bad.jsonl#3": "bad_record",
        "broken.txt.gz": "unreadable",
        "same.txt": "duplicate_content",
        "dir.txt": "not_a_file",
        "loop": "not_a_file",
        "loop.txt": "unreadable",
        "odd-\\xff-name.txt": "empty",
    }
    assert sorted(articles) == [("seeds/bad.jsonl#1",), ("seeds/good.txt",)]


def test_a_failed_check_stops_the_release_and_says_which_rows(run, tmp_path, monkeypatch):
    right = tables.quote_rows

    def forged(found):
        yield from (row | {"text": row["text"].upper()} for row in right(found))

    monkeypatch.setitem(tables.ROWS, "quotes", forged)
    seed = sorted(SEEDS.glob("003*"))[0]
    code, _, err = run("build", "--seeds", seed, "--datasets", tmp_path, "--version", "forged")
    assert code == 1
    assert err.startswith("onrecord: OR121: ")
    assert "quotes.quote_is_slice" in err
    assert "rows break it, such as quote_id=" in err
    assert not os.path.lexists(tmp_path / "releases" / "latest")
    assert not (tmp_path / "releases" / "forged").exists()


@pytest.mark.parametrize("command", [[], ["export"], ["import"], ["issues"]])
def test_a_command_without_its_subcommand_prints_its_help(run, command):
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: onrecord") and "Commands:" in out


def test_no_help_is_cut(run):
    _, out, _ = run("--help")
    assert "..." not in out.split("Commands:")[1]


def test_one_row_is_one_row_and_long_texts_stand_in_lines(run, datasets):
    _, out, _ = run("sql", "--datasets", datasets, "FROM statements LIMIT 1")
    assert out.splitlines()[-1].split()[:2] == ["1", "row"]
    _, out, _ = run("sql", "--datasets", datasets, "--format", "line", "SELECT NULL AS a, ['x', 'y'] AS bcd, 'z ' AS e")
    assert out == "  a =\nbcd = x, y\n  e = z\n"
    assert run("sql", "--datasets", datasets, "--format", "line", "SELECT 1 WHERE false")[1] == "no rows\n"


def test_show_names_all_who_say_something_together(run, tmp_path):
    text = "China and Russia said on Monday that the sanctions should be eased. The talks in Geneva go on."
    (tmp_path / "a.txt").write_text(f"{text}\n\n{text.replace('Monday', 'Friday')}")
    _, out, _ = run("show", tmp_path / "a.txt")
    assert "China, Russia" in out.split("Quotes")[1].split("Proposals")[0]
