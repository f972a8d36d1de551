"""The files for other programs: DNA's event list, and GraphML."""

import csv
import io
import itertools
import os
import re
import subprocess
import sys
from collections import Counter

import duckdb
import networkx as nx
import pytest

from conftest import ROOT, SEEDS
from debate import day
from onrecord.cli import main
from onrecord.explore.networks import NETWORKS, NORMALIZATIONS, UNITS
from onrecord.explore.networks.dna import HEADER, read_event_list, stable_ids
from onrecord.explore.networks.graph import read_graph
from onrecord.explore.networks.graphml import to_graphml
from onrecord.explore.networks.selection import NetworkError, Selection
from onrecord.explore.query import open_release

EVERYTHING = Selection()


@pytest.fixture(scope="module")
def seeds(release):
    with open_release(release) as connection:
        yield connection


# ---------------------------------------------------------------- DNA


def events(debate, **options):
    """(lines below the header, what was left out)."""
    found = read_event_list(debate.connection, options.pop("selection", EVERYTHING), **options)
    return found.content.decode().split("\n")[1:], found.left_out


def test_the_header_is_that_of_dna_byte_for_byte(debate):
    # leifeld/dna, Exporter.eventCSV, with the variables of the statement type "DNA Statement"
    assert read_event_list(debate.connection, EVERYTHING).content == (
        b'"statement ID";"time";"document ID";"document title";"author";"source";"section";"type";"text";'
        b'"person";"organization";"concept";"agreement"'
    )


def test_a_statement_is_one_line_of_person_organization_concept_and_agreement(debate):
    russia = debate.actor("Russia", "state", "RUS", "government")
    lavrov = debate.actor("Sergei Lavrov", "person", "RUS", "government")
    about = {"title": 'Talks; "now"', "authors": ["Jo Field", "Al Ray"], "outlet": "Courier", "section": "World"}
    debate.article(day=day("2018-09-27"), **about)
    debate.propose([russia, lavrov], stance="oppose", text='to “end”\n\nthe talks;\x00 "now"')
    ((line,), left_out) = events(debate)
    statement, time, document, rest = line.split(";", 3)
    assert statement.isdigit()
    assert document.isdigit()
    assert time == "2018-09-27 00:00:00"
    assert rest == (
        '"Talks, \'now\'";"Jo Field, Al Ray";"Courier";"World";"news article";"to “end” the talks, \'now\'"'
        ';"Sergei Lavrov";"Russia";"Ease sanctions";0'
    )
    assert left_out == {}


def test_proposers_without_a_spokesperson_are_statements_of_their_own(debate):
    russia, china = debate.states("Russia", "China")
    analysts = debate.actor("analysts", "group")
    rinna = debate.actor("Anthony Rinna", "person", "USA")
    debate.article(day=day("2018-09-27"))
    debate.propose([russia, china, analysts, rinna])
    lines, _ = events(debate)
    coded = {tuple(row[9:11]) for row in csv.reader(lines, delimiter=";")}
    assert coded == {("", "Russia"), ("", "China"), ("", "analysts"), ("Anthony Rinna", "")}


def test_what_dna_cannot_hold_is_left_out_and_counted(debate):
    (china,) = debate.states("China")
    debate.article("dated", day=day("2018-09-27"))
    debate.article("bounded", published_earliest=day("2018-09-01"), published_latest=day("2018-09-30"))
    debate.article("open", published_earliest=day("2018-09-01"))
    debate.article("undated")
    for article in ("dated", "bounded", "open", "undated"):
        debate.propose(china, article=article)
    debate.propose(china, article="dated", stance="conditional")
    lines, left_out = events(debate)
    assert len(lines) == 1
    assert left_out == {"conditional": 1, "no date": 1, "no single day": 2}


@pytest.mark.parametrize(
    "options, days",
    [
        ({"day": "earliest"}, ["2018-09-01", "2018-09-01"]),
        ({"day": "latest"}, ["2018-09-30"]),
        ({"day": "latest", "undated": day("1900-01-01")}, ["1900-01-01", "1900-01-01", "2018-09-30"]),
        ({"undated": day("1900-01-01")}, ["1900-01-01", "1900-01-01", "1900-01-01"]),
    ],
)
def test_the_user_may_say_which_day_stands_for_a_span_or_for_none(debate, options, days):
    (china,) = debate.states("China")
    debate.article("bounded", published_earliest=day("2018-09-01"), published_latest=day("2018-09-30"))
    debate.article("open", published_earliest=day("2018-09-01"))
    debate.article("undated")
    for article in ("bounded", "open", "undated"):
        debate.propose(china, article=article)
    lines, _ = events(debate, **options)
    assert [line.split(";")[1].split()[0] for line in lines] == days


def test_no_cell_of_the_event_list_is_a_formula(debate):
    debate.article(day=day("2018-09-27"), title='="cmd|x"', outlet="\t@x")
    debate.propose(debate.actor("+1", "group"), text="-1")
    ((line,), _) = events(debate)
    (row,) = csv.reader([line], delimiter=";")
    assert [row[3], row[5], row[8], row[10]] == ["'='cmd|x'", "'@x", "'-1", "'+1"]


def test_ids_are_distinct_positive_integers_of_java():
    ids = stable_ids(str(n) for n in range(120_000))  # three of these hashes meet
    assert len(set(ids.values())) == len(ids)
    assert min(ids.values()) > 0
    assert max(ids.values()) < 2**31


def test_ids_stay_when_statements_are_added():
    before, after = stable_ids(map(str, range(100))), stable_ids(map(str, range(200)))
    assert before.items() <= after.items()


def test_the_event_list_of_the_seeds_is_in_the_order_of_time_and_readable(seeds):
    found = read_event_list(seeds, EVERYTHING, day="latest", undated=day("1900-01-01"))
    header, *rows = csv.reader(io.StringIO(found.content.decode()), delimiter=";")
    assert header == HEADER.replace('"', "").split(";")
    assert len(rows) == found.statements > 20
    assert all(len(row) == len(header) for row in rows)
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert len({row[2] for row in rows}) == found.documents == len(list(SEEDS.glob("*.txt")))


def test_networks_computed_from_the_event_list_are_ours(seeds):
    content = read_event_list(seeds, EVERYTHING, undated=day("1900-01-01")).content.decode()
    rows = csv.DictReader(io.StringIO(content), delimiter=";")
    states = {name for (name,) in seeds.execute("SELECT name FROM actors WHERE type = 'state'").fetchall()}
    told = [row for row in rows if row["organization"] in states]  # others take part for themselves
    stances = Counter((row["organization"], row["concept"], row["agreement"]) for row in told)
    shared = Counter()
    for (one, many), (other, times) in itertools.combinations(stances.items(), 2):
        if one[1:] == other[1:]:
            shared[frozenset((one[0], other[0]))] += many * times
    ties = seeds.execute("SELECT name_1, name_2, weight FROM congruence(unit := 'state')").fetchall()
    assert {frozenset(pair): weight for *pair, weight in ties} == shared != Counter()


# ---------------------------------------------------------------- GraphML


@pytest.mark.parametrize("network, unit", list(itertools.product(NETWORKS, UNITS)))
def test_a_network_comes_back_from_graphml_as_it_was(seeds, tmp_path, network, unit):
    graph = read_graph(seeds, network, EVERYTHING, unit=unit)
    (tmp_path / "network.graphml").write_bytes(to_graphml(graph, "of the seeds"))
    back = nx.read_graphml(tmp_path / "network.graphml")
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e): known for *e, known in back.edges(data=True)} == {
        frozenset(e): known for *e, known in graph.edges(data=True)
    }
    assert graph.number_of_edges() > 0
    assert {type(weight) for *_, weight in back.edges(data="weight")} == {float}


def test_attributes_are_typed_for_programs_that_know_only_types(seeds):
    content = to_graphml(read_graph(seeds, "affiliation", EVERYTHING), "").decode()
    for name, kind in [("label", "string"), ("weight", "double"), ("statements", "long"), ("support", "long")]:
        assert f'attr.name="{name}" attr.type="{kind}"' in content


def test_an_affiliation_is_counted_by_stance(debate):
    (china,) = debate.states("China")
    debate.article()
    for stance in ("support", "support", "oppose", "conditional"):
        debate.propose(china, stance=stance)
    debate.propose(china, issue="talks", stance="oppose")
    debate.propose(china, issue="tests", stance="conditional")
    graph = read_graph(debate.connection, "affiliation", EVERYTHING)
    counts = {
        concept: (tie["weight"], tie["support"], tie["oppose"], tie["conditional"], tie["stance"])
        for concept, tie in graph["state:CHI"].items()
    }
    assert counts == {
        "concept:ease": (4.0, 2, 1, 1, "mixed"),
        "concept:talks": (1.0, 0, 1, 0, "oppose"),
        "concept:tests": (1.0, 0, 0, 1, "conditional"),
    }
    assert nx.is_bipartite(graph)


def test_an_actor_that_agrees_with_nobody_stays_in_the_network(debate):
    china, russia = debate.states("China", "Russia")
    debate.article()
    debate.propose(china)
    debate.propose(russia, issue="talks")
    graph = read_graph(debate.connection, "congruence", EVERYTHING)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (2, 0)


def test_agreement_that_outweighs_nothing_is_no_tie(debate):
    china, russia = debate.states("China", "Russia")
    debate.article()
    for stance, actors in [("support", [china, russia]), ("oppose", [china])]:
        debate.propose(actors, stance=stance)
    assert read_graph(debate.connection, "congruence", EVERYTHING).number_of_edges() == 1
    assert read_graph(debate.connection, "subtract", EVERYTHING).number_of_edges() == 0


def test_hostile_names_are_text_in_graphml(debate):
    name = "]]><script>&amp;\x00\x1b[31m\ud7ff\uffff “Ünï” 👍"
    debate.article()
    debate.propose(debate.actor(name, "group"))
    graph = read_graph(debate.connection, "affiliation", EVERYTHING)
    back = nx.parse_graphml(to_graphml(graph, name).decode())
    kept = name.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\uffff", "\ufffd")
    assert {label for _, label in back.nodes(data="label")} == {kept, "Ease sanctions"}


def test_the_same_release_gives_the_same_bytes_in_every_process(release, tmp_path):
    written = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.graphml"
        command = [sys.executable, "-m", "onrecord.cli", "export", "graphml", "--network", "affiliation"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*command, "--release", release, "--output", path], check=True, env=environment)
        written.append(path.read_bytes())
    assert written[0] == written[1]


# ---------------------------------------------------------------- what the seeds show


@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_china_agrees_with_russia_more_than_with_the_united_states_on_easing(seeds, normalization):
    easing = Selection(issue_ids=("ease-sanctions",))
    graph = read_graph(seeds, "congruence", easing, unit="state", normalization=normalization)
    weight = {frozenset(pair): weight for *pair, weight in graph.edges(data="weight")}
    ties = [weight.get(frozenset(("state:CHN", other)), 0) for other in ("state:USA", "state:RUS")]
    assert ties[0] < ties[1]


@pytest.mark.parametrize(
    "one, other, sign", [("CHN", "RUS", 1), ("KOR", "USA", 1), ("CHN", "USA", -1), ("RUS", "USA", -1)]
)
def test_who_agrees_more_than_it_disagrees(seeds, one, other, sign):
    graph = read_graph(seeds, "subtract", EVERYTHING, unit="state")
    assert graph[f"state:{one}"][f"state:{other}"]["weight"] * sign > 0


def test_easing_sanctions_sets_china_and_russia_against_the_united_states(seeds):
    graph = read_graph(seeds, "conflict", Selection(issue_ids=("ease-sanctions",)), unit="state")
    heaviest = sorted(graph.edges(data="weight"), key=lambda tie: -tie[2])[:2]
    assert {tie[:2] for tie in heaviest} == {("state:CHN", "state:USA"), ("state:RUS", "state:USA")}


# ---------------------------------------------------------------- the commands


def test_export_dna_says_what_it_wrote_and_what_it_left_out(run, release, tmp_path):
    code, out, _ = run("export", "dna", "--release", release, "--output", tmp_path / "events.csv")
    assert code == 0
    assert (tmp_path / "events.csv").read_bytes().startswith(HEADER.encode())
    assert "no date" in out
    assert "conditional" in out
    assert "events.csv" in out


@pytest.mark.parametrize(
    "command, begin", [(("dna",), b'"statement ID"'), (("graphml", "--network", "conflict"), b"<?xml")]
)
def test_an_export_to_standard_output_is_nothing_but_the_file(release, capfdbinary, command, begin):
    main(["export", *command, "--release", str(release), "-o", "-"])
    out, err = capfdbinary.readouterr()
    assert out.startswith(begin) and b"left out" in err and b"left out" not in out


def test_export_graphml_counts_what_its_window_leaves_out(run, release, tmp_path):
    window = ["--from", "2018-09-01", "--to", "2018-12-31"]
    target = ["--unit", "state", "--release", release, "--output", tmp_path / "out.graphml"]
    code, out, _ = run("export", "graphml", "--network", "congruence", *window, *target)
    assert code == 0
    assert "not certain to lie in the window" in out
    assert "from 2018-09-01, to 2018-12-31" in out
    assert ("state:CHN", "state:RUS") in nx.read_graphml(tmp_path / "out.graphml").edges


@pytest.mark.parametrize(
    "arguments, code, complaint",
    [
        (["dna", "--from", "27.09.2018"], 2, "write it as 2018-09-27"),
        (["dna", "--to", "2018-02-30"], 2, "is no day"),
        (["dna", "--from", "2019-01-01", "--to", "2018-01-01"], 2, "exchange them"),
        (["graphml"], 2, "--network"),
        (["graphml", "--network", "affiliation", "--normalization", "average"], 2, "--normalization is for"),
        (["dna", "--issue", "ease"], 1, "there are: "),
        (["dna", "--release", "1999.01.01"], 1, "no release 1999.01.01"),
    ],
)
def test_a_wrong_export_is_one_line_that_says_what_to_do(
    run, datasets, tmp_path, monkeypatch, arguments, code, complaint
):
    monkeypatch.chdir(tmp_path)
    failed, out, err = run("export", *arguments, "--datasets", datasets)
    assert (failed, out, err.count("\n")) == (code, "", 1)
    assert complaint in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [[], ["dna"], ["graphml"]], ids=" ".join)
def test_every_export_explains_itself(run, command):
    code, out, _ = run("export", *command, "--help")
    assert code == 0
    assert out.startswith("Usage: onrecord export")


def test_a_release_without_positions_says_so():
    with duckdb.connect() as connection, pytest.raises(NetworkError, match="earlier schema"):
        read_graph(connection, "congruence", EVERYTHING)


def test_the_macros_can_be_asked_by_onrecord_sql(run, datasets):
    query = "SELECT name_1, name_2 FROM congruence('2018-09-01', '2018-12-31', unit := 'state')"
    code, out, _ = run("sql", query, "--datasets", datasets, "--format", "csv")
    assert (code, out.splitlines()[1]) == (0, "China,Russia")


GUIDE = (ROOT / "docs" / "networks.md").read_text("utf-8")
QUERIES = [
    query.strip()
    for block in re.findall(r"```sql\n(.*?)```", GUIDE, re.S)
    for query in re.sub("--.*", "", block).split(";")
    if query.strip()
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_guide_runs(seeds, query):
    assert seeds.execute(query).description
