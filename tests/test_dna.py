"""Project files of the Discourse Network Analyzer 3: as it declares them, with our statements, and read back."""

import base64
import hashlib
import sqlite3
from contextlib import closing

import pytest
import yaml

from debate import day
from onrecord.explore.networks.dna import read_statements
from onrecord.explore.networks.dna_corrections import find_corrections, to_entries
from onrecord.explore.networks.dna_project import to_password, to_project, utf16
from onrecord.explore.networks.dna_tables import TABLES, read_project, write_project
from onrecord.explore.networks.selection import NetworkError, Selection

BODY = "Talks 👍 went on. Russia wants to ease the sanctions soon."


@pytest.fixture
def made(debate, tmp_path):
    """A project of two statements in one article: (path, what was written, how many texts were cut)."""
    russia = debate.actor("Russia", "state", "RUS", "government")
    lavrov = debate.actor("Sergei Lavrov", "person", "RUS", "government")
    debate.article(day=day("2018-09-27"), title="T" * 200, outlet="Courier", text=BODY, url="https://x.example/a")
    words = "to ease the sanctions"
    start = BODY.index(words)
    for actors, issue in (([russia, lavrov], "ease"), ([russia], "talks")):
        debate.propose(actors, issue, text=words, start=start)
    debate.connection.execute('UPDATE proposals SET "end" = start + length(text)')
    for table in ("proposals", "proposal_actors"):  # ids that tell their table
        debate.connection.execute(f"UPDATE {table} SET proposal_id = 'a:p:' || proposal_id")
    found = read_statements(debate.connection, Selection())
    project, cuts = to_project(debate.connection, found, "secret")
    path = tmp_path / "x.dna"
    write_project(path, project)
    return path, found, cuts


def ask(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = on")
        for statement in statements:
            connection.execute(statement)


CODED = """
SELECT v.Variable, e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId
JOIN ENTITIES e ON e.ID = d.Entity AND e.VariableId = v.ID ORDER BY 1, 2
"""


def test_statements_mark_the_words_of_their_proposal_as_java_counts(made):
    path, _, _ = made
    ((text, start, stop),) = ask(path, "SELECT DISTINCT Text, Start, Stop FROM STATEMENTS s, DOCUMENTS d")
    assert text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le") == "to ease the sanctions"
    assert utf16(BODY, BODY.index("to ease")) == BODY.index("to ease") + 1


def test_a_project_holds_person_organization_concept_and_agreement(made):
    path, _, _ = made
    assert ask(path, CODED) == [
        ("concept", "Ease sanctions"),
        ("concept", "Hold talks"),
        ("organization", "Russia"),
        ("organization", "Russia"),
        ("person", ""),
        ("person", "Sergei Lavrov"),
    ]
    assert ask(path, "SELECT DISTINCT Value FROM DATABOOLEAN") == [(1,)]
    assert ask(path, "SELECT Name FROM CODERS") == [("Admin",), ("On Record",)]
    assert ask(path, "SELECT Source, Date FROM DOCUMENTS") == [("Courier", 1538006400)]


def test_what_is_too_long_is_cut_counted_and_whole_in_the_notes(made):
    path, _, cuts = made
    ((title, notes),) = ask(path, "SELECT Title, Notes FROM DOCUMENTS")
    assert (len(title), cuts) == (190, 1)
    assert "T" * 200 in notes and "https://x.example/a" in notes


def test_every_row_keeps_the_constraints_of_dna(made):
    path, _, _ = made
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


def test_the_password_is_stored_as_dna_stores_it():
    raw = base64.b64decode(to_password("secret"))
    digest = raw[:16] + b"secret"
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert raw[16:] == digest


def test_the_same_statements_give_the_same_file(made, tmp_path):
    path, _, _ = made
    write_project(tmp_path / "again.dna", read_project(path))
    assert (tmp_path / "again.dna").read_bytes() == path.read_bytes()


def test_what_nobody_touched_gives_no_correction(made):
    path, found, _ = made
    assert list(find_corrections(read_project(path), found)) == []


def test_corrections_name_what_was_changed_removed_and_added(made):
    path, found, _ = made
    one, other = (row["statement_id"] for row in found.written)
    change(
        path,
        f"UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = {one}",
        f"DELETE FROM STATEMENTS WHERE ID = {other}",
        f"INSERT INTO STATEMENTS SELECT 7, 1, DocumentId, 0, 5, 1 FROM STATEMENTS WHERE ID = {one}",
    )
    corrections = {c.action: c for c in find_corrections(read_project(path), found)}
    rows = {row["statement_id"]: row for row in found.written}
    assert (corrections["changed"].was, corrections["changed"].is_now) == ({"agreement": True}, {"agreement": False})
    assert corrections["changed"].proposal_id == rows[one]["proposal_id"]
    assert corrections["removed"].proposal_id == rows[other]["proposal_id"]
    assert (corrections["added"].text, corrections["added"].who, corrections["added"].article_id) == (
        "Talks",
        "Admin",
        "a",
    )


def test_a_span_that_was_moved_is_a_correction_in_code_points(made):
    path, found, _ = made
    one = found.written[0]["statement_id"]
    change(path, f"UPDATE STATEMENTS SET Stop = Stop + 5 WHERE ID = {one}")
    (moved,) = find_corrections(read_project(path), found)
    assert (moved.text, moved.is_now, BODY[moved.start : moved.end]) == ("to ease the sanctions soon", {}, moved.text)


@pytest.fixture
def entries(made, debate):
    """entries(*SQL) -> what the project's changes become as corrections, and how many could not."""
    path, found, _ = made

    def after(*statements):
        change(path, *statements)
        return to_entries(debate.connection, find_corrections(read_project(path), found), "2026-11-30")

    return after


def test_a_side_that_was_changed_sets_issue_and_stance(made, entries):
    row = made[1].written[0]
    (entry,), left = entries(f"UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = {row['statement_id']}")
    assert (entry["row"], entry["set"], left) == (
        row["proposal_id"], {"issue_id": row["concept_id"], "stance": "oppose"}, 0
    )  # fmt: skip
    assert (entry["text"], entry["when"], "who" in entry) == (row["text"], "2026-11-30", False)


def test_a_person_that_was_changed_is_another_proposer_and_the_state_stays(made, entries, debate):
    other = debate.actor("Ann Quill", "person", "RUS", "government")
    (row,) = [row for row in made[1].written if row["person"]]
    (entry,), left = entries("UPDATE ENTITIES SET Value = 'Ann Quill' WHERE Value = 'Sergei Lavrov'")
    assert (sorted(entry["set"]["proposer"]), left) == (sorted([other, row["state_id"]]), 0)
    assert entries("UPDATE ENTITIES SET Value = 'Nobody' WHERE Value = 'Ann Quill'") == ([], 1)


def test_with_its_last_statement_the_proposal_goes(made, entries):
    ids = {row["proposal_id"] for row in made[1].written}
    found, left = entries("DELETE FROM STATEMENTS")
    assert ({entry["row"] for entry in found}, {entry["action"] for entry in found}, left) == (ids, {"remove"}, 0)


def test_a_statement_that_was_added_is_a_proposal(made, entries):
    row = made[1].written[0]
    copied = (
        f"INSERT INTO STATEMENTS SELECT 7, 1, DocumentId, 0, 5, 1 FROM STATEMENTS WHERE ID = {row['statement_id']}",
        *(
            f"INSERT INTO {table} SELECT ID + 100000, 7, VariableId, {value} FROM {table} "
            f"WHERE StatementId = {row['statement_id']}"
            for table, value in (("DATASHORTTEXT", "Entity"), ("DATABOOLEAN", "Value"))
        ),
    )
    (entry,), left = entries(*copied)
    assert (entry["action"], entry["table"], entry["start"], entry["end"], entry["text"], left) == (
        "add", "proposals", 0, 5, "Talks", 0
    )  # fmt: skip
    assert (entry["set"]["issue_id"], entry["set"]["stance"]) == (row["concept_id"], entry["set"]["type"])
    assert entry["who"] == "Admin"


def test_what_is_no_project_is_refused(tmp_path):
    (tmp_path / "x.dna").write_text("no database")
    with pytest.raises(NetworkError, match="no project file of DNA 3"):
        read_project(tmp_path / "x.dna")


# ---------------------------------------------------------------- DNA's own sample


@pytest.fixture(scope="module")
def sample(shared):
    path = shared / "gold" / "dna" / "sample.dna"
    if not path.is_file():
        pytest.skip("DNA's sample file is not here")
    return path


@pytest.mark.parametrize("table", TABLES)
def test_tables_and_columns_are_those_of_dna(sample, tmp_path, table):
    write_project(tmp_path / "x.dna", {})
    for pragma in ("table_info", "foreign_key_list", "index_list"):
        with closing(sqlite3.connect(f"{sample.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            theirs = connection.execute(f"PRAGMA {pragma}({table})").fetchall()
        ours = ask(tmp_path / "x.dna", f"PRAGMA {pragma}({table})")
        if pragma == "foreign_key_list":
            theirs, ours = ({row[2:] for row in rows} for rows in (theirs, ours))
        if pragma == "index_list":  # what must be unique
            theirs, ours = (sorted(row[2:] for row in rows) for rows in (theirs, ours))
        assert ours == theirs


def test_dnas_sample_comes_back_as_it_was(sample, tmp_path):
    project = read_project(sample)
    assert len(project["STATEMENTS"]) == 41
    write_project(tmp_path / "x.dna", project)
    assert read_project(tmp_path / "x.dna") == project


def test_dnas_sample_has_the_password_that_its_documentation_names(sample):
    (stored,) = [row[7] for row in read_project(sample)["CODERS"] if row[0] == 1]
    raw = base64.b64decode(stored)
    digest = raw[:16] + b"sample"
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert raw[16:] == digest


# ---------------------------------------------------------------- the commands


def test_export_and_import_go_together(run, release, tmp_path):
    path = tmp_path / "x.dna"
    code, out, _ = run("export", "dna", "--release", release, "--database", path)
    assert code == 0 and "statements" in out and "x.dna" in out
    code, out, err = run("import", "dna", path, "--release", release)
    assert (code, out) == (0, "") and "corrections none" in err
    change(path, "UPDATE ENTITIES SET Value = 'Somebody else' WHERE Value = 'Mike Pompeo'")
    code, _, err = run("export", "dna", "--release", release, "--database", path)
    assert code == 2 and "there already" in err  # corrections are not written over
    code, out, err = run("import", "dna", path, "--release", release, "-o", tmp_path / "c.yml")
    found = yaml.safe_load((tmp_path / "c.yml").read_text(encoding="utf-8"))
    assert found[0]["was"] == {"person": "Mike Pompeo"} and found[0]["is_now"] == {"person": "Somebody else"}


def test_what_was_coded_in_dna_is_corrected_on_request(run, release, tmp_path):
    from onrecord.audit.correction_files import read_corrections

    path, folder = tmp_path / "x.dna", tmp_path / "corrections"
    run("export", "dna", "--release", release, "--database", path)
    ((number,),) = ask(path, "SELECT min(ID) FROM STATEMENTS")
    change(path, f"DELETE FROM STATEMENTS WHERE ID = {number}")
    command = ("import", "dna", path, "--release", release, "--corrections", folder)
    run(*command)
    assert not folder.exists()  # only who asks gets them
    for _ in range(2):  # written again, not twice
        code, _, told = run(*command, "--correct")
        assert code == 0 and "1 rows" in told
        ((correction,), refused) = read_corrections([folder])
        assert (correction.table, refused) == ("proposals", ())
