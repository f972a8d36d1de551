"""Issues that are discovered in the articles: which there are, what they are called, and a draft of an entry."""

import re

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from onrecord.annotate.proposals.coding.codebook import load_codebook
from onrecord.assemble.issues import discover_issues
from onrecord.batches.columns import batch_schemas
from onrecord.cli import main
from onrecord.explore.drafts import DraftError, draft_codebook

TITLE = "Council at odds over the {0}\n\n"
FERRY = "Mayor Ada Brook called for a {0} harbour ferry on Monday.\n"


class Topics:
    """Topics of proposals made by hand, with the tables that are there when issues are discovered."""

    def __init__(self):
        self.connection = duckdb.connect()
        columns = ", ".join(f"{field.name} VARCHAR" for field in batch_schemas()["topics"])
        self.connection.execute(f"CREATE TABLE batch_topics ({columns}, batch VARCHAR)")
        self.connection.execute("CREATE TABLE kept (input_id VARCHAR, batch VARCHAR)")
        self.connection.execute("CREATE TABLE relations (article_id VARCHAR, duplicate_of VARCHAR, supersedes VARCHAR)")

    def add(self, article, *labels, stance="support", is_kept=True):
        for place, label in enumerate(labels):
            values = [f"i{article}", article, f"{article}:p:{place}:{label}", label.lower(), label, stance, "b"]
            self.connection.execute("INSERT INTO batch_topics VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        if is_kept:
            self.connection.execute("INSERT INTO kept VALUES (?, 'b')", [f"i{article}"])

    def found(self):
        discover_issues(self.connection)
        return dict(self.connection.execute("SELECT issue_id, label FROM discovered ORDER BY ALL").fetchall())


@pytest.fixture
def topics():
    return Topics()


def test_a_topic_of_two_articles_is_an_issue_and_one_of_a_single_article_is_none(topics):
    topics.add("a", "Harbour ferry", "Toll", "Toll")
    topics.add("b", "Harbour ferry")
    assert list(topics.found().values()) == ["Harbour ferry"]


def test_copies_and_former_versions_count_with_their_article_and_have_its_issue(topics):
    for article in ("a", "copy", "former"):
        topics.add(article, "Toll")
    topics.connection.execute("INSERT INTO relations VALUES ('copy', 'a', NULL), ('a', NULL, 'former')")
    assert topics.found() == {}


def test_articles_that_are_gone_do_not_count(topics):
    topics.add("a", "Toll")
    topics.add("gone", "Toll", is_kept=False)
    assert topics.found() == {}


def test_an_id_is_made_of_the_label_alone(topics):
    topics.add("a", "Raise toll", "Café terrace")
    topics.add("b", "Raise toll", "Café terrace")
    before = topics.found()
    assert all(re.fullmatch(r"d-(?:raise-toll|cafe-terrace)-[0-9a-f]{8}", issue) for issue in before)
    more = Topics()
    for article in ("z", "y", "x", "b", "a"):
        more.add(article, "Canal bridge", "Raise toll", "Café terrace")
    assert before.items() <= more.found().items()


def test_topics_in_other_letters_have_an_id_of_their_hash(topics):
    for article in ("a", "b"):
        topics.add(article, "Ђердап")
    (issue_id,) = topics.found()
    assert re.fullmatch(r"d-[0-9a-f]{8}", issue_id)


def test_issues_can_be_discovered_again_on_one_connection(topics):
    topics.add("a", "Toll")
    assert topics.found() == {}
    topics.add("b", "Toll")
    assert list(topics.found().values()) == ["Toll"]


def test_of_labels_that_differ_in_capitals_the_commonest_is_shown(topics):
    for article, label in (("a", "Release Vega report"), ("b", "Release vega report"), ("c", "Release Vega report")):
        topics.add(article, label)
    assert list(topics.found().values()) == ["Release Vega report"]


# ---------------------------------------------------------------- through a build


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """A release of articles about a ferry, a bridge, and a matter of the codebook."""
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "seeds").mkdir()
    texts = {
        "a": TITLE.format("ferry") + FERRY.format("new") + "\nThe union of dockers opposed the canal bridge.\n",
        "b": TITLE.format("boat") + "Senator Tom Lake rejected a harbour ferry on Tuesday.\n\n"
        "The union of dockers called for the abolition of the harbour ferry.\n",
        "c": TITLE.format("wage") + "Senator Tom Lake called for a higher minimum wage.\n",
        "d": TITLE.format("pay") + "Mayor Ada Brook called for a higher minimum wage on Friday.\n",
    }
    for name, text in texts.items():
        (folder / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    main(["build", "--seeds", str(folder / "seeds"), "--datasets", str(folder / "datasets"), "--version", "1"])
    return folder / "datasets" / "releases" / "1"


def test_a_release_marks_what_was_discovered_and_codes_its_proposals_with_it(release):
    issues = {row["issue_id"]: row for row in pq.read_table(release / "issues.parquet").to_pylist()}
    (ferry,) = [row for row in issues.values() if row["origin"] == "discovered"]
    assert (ferry["label"], ferry["opposite_of"], ferry["examples"]) == ("Harbour ferry", None, 0)
    rows = [row for row in pq.read_table(release / "proposals.parquet").to_pylist() if row["issue_id"]]
    assert sorted((issues[row["issue_id"]]["origin"], row["stance"]) for row in rows) == [
        ("codebook", "support"),
        ("codebook", "support"),
        ("discovered", "oppose"),
        ("discovered", "oppose"),
        ("discovered", "support"),
    ]


def test_positions_and_the_event_list_hold_what_was_discovered(release, tmp_path, capsys):
    query = "SELECT DISTINCT issue_origin, issue FROM positions ORDER BY ALL"
    main(["sql", query, "--release", str(release), "--format", "csv"])
    assert capsys.readouterr().out.split() == [
        "issue_origin,issue",
        "codebook,Raise",
        "the",
        "minimum",
        "wage",
        "discovered,Harbour",
        "ferry",
    ]
    main(
        [
            "export",
            "dna",
            "--release",
            str(release),
            "--day",
            "latest",
            "--undated",
            "1900-01-01",
            "--output",
            str(tmp_path / "f"),
        ]
    )
    assert '"Harbour ferry";"0"' in (tmp_path / "f").read_text("utf-8").replace('";0', '";"0"')


def discovered_in(release):
    return next(
        row["issue_id"]
        for row in pq.read_table(release / "issues.parquet").to_pylist()
        if row["origin"] == "discovered"
    )


def test_a_draft_is_a_codebook_that_codes_the_proposals_of_its_issue(release, tmp_path, capsys):
    issue_id = discovered_in(release)
    main(["issues", "draft", issue_id, "--release", str(release), "--output", str(tmp_path / "own.yml")])
    assert "drafted 1 entries" in capsys.readouterr().out
    text = (tmp_path / "own.yml").read_text("utf-8")
    assert "Drafted from 3 proposals; these patterns find 3 of them" in text
    (entry,) = yaml.safe_load(text)["issues"]
    assert (entry["id"], entry["label"]) == ("harbour-ferry", "Harbour ferry")
    own = load_codebook(tmp_path / "own.yml")
    assert own.code("two more harbour ferries", "call_for")[:2] == ("harbour-ferry", "support")
    main(["issues", "draft", issue_id, "--release", str(release)])
    assert capsys.readouterr().out == text


def test_a_draft_of_no_discovered_issue_is_refused_and_names_some(release, capsys):
    for wrong in ("minimum-wage", "d-nothing-00000000"):
        with pytest.raises(SystemExit):
            main(["issues", "draft", wrong, "--release", str(release)])
        error = capsys.readouterr().err
        assert error.count("\n") == 1 and "OR113" in error and discovered_in(release) in error


def test_a_release_from_before_discovered_issues_is_told_as_such():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE issues (issue_id VARCHAR, label VARCHAR)")
    with pytest.raises(DraftError, match="earlier schema"):
        draft_codebook(connection, ["d-toll-00000000"])


HOSTILE = "a toll: {x: &y [*z]} # \u202e \x07 '\"\n- id: fake"


def test_words_of_articles_cannot_break_out_of_a_draft():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE issues (issue_id VARCHAR, label VARCHAR, origin VARCHAR)")
    connection.execute(
        "CREATE TABLE proposals AS SELECT 'p' AS proposal_id, 'd-1' AS issue_id, 'plan' AS type, 'support' "
        "AS stance, $text AS text, NULL AS action",
        {"text": HOSTILE},
    )
    connection.execute("INSERT INTO issues VALUES ('d-1', 'Toll: (road', 'discovered')")
    (entry,) = yaml.safe_load(draft_codebook(connection, ["d-1", "d-1"]))["issues"]
    assert entry["label"] == "Toll: (road"
    assert entry["examples"] == {"for": [HOSTILE]}
