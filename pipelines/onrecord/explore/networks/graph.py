"""The networks as graphs.

One-mode networks tie actors (or states) by what they agree or disagree on, the two-mode affiliation network ties them
to the concepts of the view `positions`. Nodes are all who take a stance in the selection, tied or not.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import duckdb
import networkx as nx

from onrecord.explore.networks import NORMALIZATIONS
from onrecord.explore.networks.selection import Selection, check_selection, rows

_STANCES = ("support", "oppose", "conditional")
_CALL = "$since, $until, $unit, $duplicates, $min_confidence, $issue_ids"


def read_graph(
    connection: duckdb.DuckDBPyConnection,
    network: str,
    selection: Selection,
    *,
    unit: str = "actor",
    duplicates: str = "include",
    normalization: str = "no",
) -> nx.Graph:
    """The network of a release, opened by `query.open_release`. Nodes and edges come in the order of their ids.

    Node attributes: label, type, mode (actor | concept), country where known, statements (how many count).
    Edge attributes: weight, concepts (labels), and support, oppose, conditional, stance in the affiliation network.
    A normalization is for one-mode networks; the affiliation network has none.
    """
    check_selection(connection, selection)
    asked = {**selection.arguments, "unit": unit, "duplicates": duplicates}
    stances = list(rows(connection, f"FROM stances({_CALL}) ORDER BY id, concept_id, stance", asked))
    graph = nx.Graph()
    if network == "affiliation":
        _add_actors(graph, stances)
        _add_concepts(graph, stances)
    else:
        _add_actors(graph, [row for row in stances if row["stance"] != "conditional"])
        labels = {row["concept_id"]: row["concept"] for row in stances}
        column = NORMALIZATIONS[normalization]
        for row in rows(connection, f"FROM {network}({_CALL}) ORDER BY id_1, id_2", asked):
            concepts = "; ".join(labels[concept] for concept in row["concept_ids"])
            graph.add_edge(row["id_1"], row["id_2"], weight=float(row[column]), concepts=concepts)
    return graph


def _add_actors(graph: nx.Graph, stances: list[dict[str, Any]]) -> None:
    for row in stances:
        known = graph.nodes[row["id"]]["statements"] if row["id"] in graph else 0
        country = {"country": row["country"]} if row["country"] is not None else {}
        graph.add_node(row["id"], label=row["name"], type=row["type"], mode="actor", **country)
        graph.nodes[row["id"]]["statements"] = known + row["statements"]


def _add_concepts(graph: nx.Graph, stances: list[dict[str, Any]]) -> None:
    ties: dict[tuple[str, str], dict[str, int]] = {}
    labels: dict[str, str] = {}
    activity = Counter[str]()
    for row in stances:
        concept = f"concept:{row['concept_id']}"
        ties.setdefault((row["id"], concept), dict.fromkeys(_STANCES, 0))[row["stance"]] += row["statements"]
        labels[concept] = row["concept"]
        activity[concept] += row["statements"]
    for concept, label in sorted(labels.items()):
        graph.add_node(concept, label=label, type="concept", mode="concept", statements=activity[concept])
    for (actor, concept), counts in ties.items():
        weight = float(sum(counts.values()))
        graph.add_edge(actor, concept, weight=weight, concepts=labels[concept], stance=_stance(counts), **counts)


def _stance(tie: Mapping[str, int]) -> str:
    """DNA's qualifier, combined: what all statements of an actor on a concept amount to."""
    if tie["support"] and tie["oppose"]:
        return "mixed"
    return next(stance for stance in _STANCES if tie[stance])
