"""What the documents show is real: queries with their output, other snippets, commands, options, targets and paths.

`python tests/test_readme.py` writes the output of README's and the docs' queries anew.
"""

import contextlib
import io
import re

import duckdb
import pytest
import yaml

from conftest import ROOT
from onrecord.cli import cli, main
from onrecord.explore.query import open_release, run_query, split_queries
from onrecord.schema import load_package
from ranges import served

PACKAGE = ROOT / "pipelines" / "onrecord"
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
EXAMPLE = re.compile(r"```sql\n(?P<query>.*?)\n```\n+```text\n(?P<output>.*?)```", re.S)
BLOCK = re.compile(r"```(?P<language>\w+)\n(?P<code>.*?)```", re.S)
COMMAND = re.compile(r"(?:(?<=bin/)|(?<![/\w-]))onrecord (?P<command>[a-z]+)(?P<rest>(?:[^\n`#\\]|\\\n)*)")


def _blocks(text, language):
    return [m["code"] for m in BLOCK.finditer(text) if m["language"] == language]


TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
EXAMPLES = [(name, m) for name, text in TEXTS.items() for m in EXAMPLE.finditer(text)]
BARE = [(name, code) for name, text in TEXTS.items() for code in _blocks(EXAMPLE.sub("", text), "sql")]
OVER_HTTP = [(name, code) for name, code in BARE if "INSTALL httpfs" in code]


def _output(query):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["sql", query])
    return printed.getvalue()


@pytest.mark.parametrize("name, example", EXAMPLES, ids=lambda e: e if isinstance(e, str) else e["query"][:40])
def test_a_query_gives_the_output_that_stands_below_it(name, example):
    assert _output(example["query"]) == example["output"]


def test_readme_has_queries():
    assert len([name for name, _ in EXAMPLES if name == "README.md"]) >= 3


@pytest.mark.parametrize("name, code", [e for e in BARE if e not in OVER_HTTP], ids=lambda e: e[:40])
def test_a_query_without_output_runs(release, name, code):
    with open_release(release) as connection:
        for query in split_queries(connection, code):
            list(run_query(connection, query).batches)


@pytest.mark.acceptance
@pytest.mark.parametrize("name, code", OVER_HTTP, ids=lambda e: e[:40])
def test_a_query_over_http_runs(release, name, code):
    with duckdb.connect() as connection, served(release) as address:
        try:
            connection.execute("INSTALL httpfs")
        except duckdb.IOException:
            pytest.skip("DuckDB's extension httpfs cannot be fetched here")
        connection.execute(re.sub(r"https://data\.example\.org/onrecord/[\d.]+", address, code))
        assert connection.fetchone() > (0,)


def test_the_snippets_of_a_release_run_in_its_folder(release, monkeypatch):
    monkeypatch.chdir(release)
    card = (release / "README.md").read_text(encoding="utf-8")
    with open_release(release) as connection:
        for code in _blocks(card, "sql"):
            for query in split_queries(connection, code.replace(".read load.sql\n", "")):
                assert sum(batch.num_rows for batch in run_query(connection, query).batches) > 0
    for code in _blocks(card, "python"):
        exec(code, {})
    assert len(_blocks(card, "sql")) + len(_blocks(card, "python")) >= 2


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_and_option_that_is_named_exists(name):
    for match in COMMAND.finditer(TEXTS[name]):
        assert match["command"] in cli.commands, match[0]
        command = cli.commands[match["command"]]
        known = {
            option for c in [command, *getattr(command, "commands", {}).values()] for p in c.params for option in p.opts
        }
        assert set(re.findall(r"(?<=\s)--[a-z-]+", match["rest"])) <= {*known, "--help"}, match[0]


@pytest.mark.parametrize("name", TEXTS)
def test_every_make_target_that_is_named_exists(name):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", TEXTS[name], re.M)) <= targets


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_that_is_linked_exists(name):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXTS[name])
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_path_that_is_named_exists(name):
    """Paths of the checkout, in code spans: from its root, or from pipelines/onrecord where a room comes first."""
    roots = {path.name: ROOT for path in ROOT.iterdir() if path.name not in ("datasets", "data")}
    roots |= {path.name: PACKAGE for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    named = re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", BLOCK.sub("", TEXTS[name]))
    paths = [path for path in named if path.partition("/")[0] in roots and ("/" in path or path.endswith(".py"))]
    assert [path for path in paths if not (roots[path.partition("/")[0]] / path).exists()] == []


def test_the_table_of_what_to_touch_names_files_and_is_long():
    rows = re.findall(r"^\| (?!---|to change|room)[^|]+ \| ([^|]+) \|", TEXTS["docs/architecture.md"], re.M)
    touched = [row for row in rows if re.search(r"`[\w/-]+\.(?:py|yml|csv|sql)`", row)]
    assert len(touched) >= 20


def test_the_style_guide_quotes_what_is_there():
    there = "".join(path.read_text(encoding="utf-8") for path in QUOTED)
    lines = [
        re.sub(r"\s{2,}#.*", "", line)
        for block in BLOCK.finditer(TEXTS["docs/style.md"])
        for line in block["code"].split("\n")
    ]
    assert len(lines) > 50
    assert [line for line in lines if squeezed(line) not in squeezed(there)] == []


QUOTED = [
    path
    for folder in (PACKAGE, ROOT / "schemas", ROOT / "expectations", ROOT / "tests")
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".py", ".yml", ".sql")
]


def squeezed(text):
    return re.sub(r"\s", "", text)


# ---------------------------------------------------------------- what the public host reads


def test_the_host_runs_what_everybody_runs_with_the_oldest_python_that_we_support():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert job["strategy"]["matrix"]["python"][0] == oldest[1]
    assert any(step.get("run", "").startswith("bash .ci/run") for step in job["steps"])
    assert workflow[True].keys() == {"push", "pull_request"}  # YAML 1.1 reads `on` as true


def test_a_commit_waits_for_make_check():
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (hook,) = repo["hooks"]
    assert (repo["repo"], hook["language"], hook["entry"]) == ("local", "system", "make check")


def test_a_wrong_row_can_be_reported_of_every_table():
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "wrong-row.yml").read_text(encoding="utf-8"))
    fields = {field["id"]: field for field in form["body"] if field["type"] != "markdown"}
    assert list(fields) == ["release", "table", "row", "wrong", "article", "link"]
    assert fields["table"]["attributes"]["options"] == list(load_package().tables)


if __name__ == "__main__":
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        told = EXAMPLE.sub(lambda e: f"```sql\n{e['query']}\n```\n```text\n{_output(e['query'])}```", text)
        if told != text:
            path.write_text(told, encoding="utf-8")
