"""How good proposals are on sentences of other subjects than the seeds': the findings against `gold/proposals.jsonl`.

`python tests/scoring_proposals.py` prints a table for each half of the labels, `-v` every disagreement in the `dev`
half. The `test` half is only counted: nobody reads its disagreements, so that it stays a measure. `--pin` rewrites
`gold/proposals_pins.json`.

A finding is a label where at least half of their tokens agree (Dice); `content` counts those of them that differ in
at most a tenth of their tokens.
"""

import argparse
import hashlib
import json
import pathlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.document import Annotations, Document, Proposal
from scoring import GOLD, Identities, Labelled, Score, align, dice, overlap, plain, table

if TYPE_CHECKING:
    from onrecord.batches.models import Models

LABELS = GOLD / "proposals.jsonl"
PINS = GOLD / "proposals_pins.json"
SPLITS = ("dev", "test")
NEARLY = 0.9  # token Dice from which two contents are the same but for an article or a comma


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLabel(Labelled):
    types: tuple[str, ...]
    proposers: tuple[str, ...]
    targets: tuple[str, ...]
    modality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A labelled sentence or two."""

    id: str
    split: str
    text: str
    proposals: tuple[ClauseLabel, ...]


def read_passages(path: pathlib.Path = LABELS) -> tuple[Passage, ...]:
    return tuple(_passage(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def _passage(entry: Mapping[str, Any]) -> Passage:
    return Passage(
        id=entry["id"],
        split=entry["split"],
        text=entry["text"],
        proposals=tuple(
            ClauseLabel(
                texts=(label["text"], *label.get("or_text", [])),
                optional=False,
                types=(label["type"], *label.get("or_type", [])),
                proposers=tuple(label["proposers"]),
                targets=tuple(label["targets"]),
                modality=label["modality"],
            )
            for label in entry["proposals"]
        ),
    )


def score(passage: Passage, found: Annotations, wrong: list[str]) -> dict[str, Score]:
    """The scores of one passage, row by row; disagreements are added to `wrong`, in words."""
    text, labels = passage.text, passage.proposals
    aligned = align(found.proposals, labels, lambda p, label: overlap(text[p.start : p.end], label))
    wrong += [f"missed: {labels[at].texts[0]!r} ({labels[at].types[0]})" for at in aligned.missed]
    wrong += [f"not labelled: {_words(text, found.proposals[at])}" for at in aligned.spurious]
    rows = {"proposals": aligned.score(labels)}
    for row in ("  content", "  types", "  modality", "  proposers", "  targets"):
        rows[row] = Score()
    forms = _forms(found)
    who = Identities(names={a.actor_id: a.name for a in found.actors}, forms=forms, labelled={})
    for at, number in aligned.pairs:
        proposal, label = found.proposals[at], labels[number]
        words = text[proposal.start : proposal.end]
        checks = {
            "  content": max(dice(words, wording) for wording in label.texts) >= NEARLY,
            "  types": proposal.type in label.types,
            "  modality": proposal.modality == label.modality,
        }
        for row, right in checks.items():
            rows[row] += Score(int(right), 1, 1)
            if not right:
                wrong.append(f"{row.strip()}: {_words(text, proposal)} {proposal.modality}, not {label.texts[0]!r}")
        for role, names in (("proposer", label.proposers), ("target", label.targets)):
            ids = [party.actor_id for party in proposal.parties if party.role == role]
            right_names = sum(any(who.same(i, name) for i in ids) for name in names)
            strays = sum(not any(who.same(i, name) for name in names) for i in ids)
            rows[f"  {role}s"] += Score(right_names, right_names + strays, len(names))
            if strays or right_names < len(names):
                wrong.append(f"{role}s of {words!r}: {[who.names[i] for i in ids]}, not {list(names)}")
    return rows


def _words(text: str, proposal: Proposal) -> str:
    return f"{text[proposal.start : proposal.end]!r} ({proposal.type})"


def _forms(found: Annotations) -> dict[str, frozenset[str]]:
    """What each actor is called, by id. A described source goes by any words that refer to it."""
    text, forms = found.doc.text, {actor.actor_id: {plain(actor.name)} for actor in found.actors}
    for mention in found.mentions:
        forms[mention.actor_id].add(plain(text[mention.start : mention.end]))
    return {actor_id: frozenset(names) for actor_id, names in forms.items()}


def annotate_passages(models: "Models", passages: Sequence[Passage]) -> Iterator[Annotations]:
    """What the extractors find in each passage, as if it were an article's whole body."""
    from onrecord.annotate import annotate
    from onrecord.annotate.syntax.analysis import analyse

    docs = [Document(article_id=p.id, source_file=p.id, source_sha256="0" * 64, text=p.text) for p in passages]
    for doc, syntax in zip(docs, analyse(docs, models.nlp), strict=True):
        yield annotate(doc, syntax, models.knowledge, models.codebook, models.encoder)


def score_all(
    models: "Models", passages: Sequence[Passage], wrong: list[str] | None = None
) -> dict[str, dict[str, Score]]:
    """Scores by split and row; disagreements of the dev half are added to `wrong`."""
    sums: dict[str, dict[str, Score]] = {split: {} for split in SPLITS}
    for passage, found in zip(passages, annotate_passages(models, passages), strict=True):
        told: list[str] = []
        for row, counts in score(passage, found, told).items():
            sums[passage.split][row] = sums[passage.split].get(row, Score()) + counts
        if wrong is not None and told and passage.split == "dev":
            wrong += [f"{passage.id}: {passage.text}", *(f"    {line}" for line in told)]
    return sums


def labels_sha256() -> str:
    return hashlib.sha256(LABELS.read_bytes()).hexdigest()


def pins_of(scores: Mapping[str, Mapping[str, Score]]) -> dict[str, Any]:
    f1 = {split: {row.strip(): round(s.f1, 4) for row, s in rows.items()} for split, rows in scores.items()}
    return {"labels_sha256": labels_sha256(), "f1": f1}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Score proposals on the labelled sentences.")
    parser.add_argument("--pin", action="store_true", help="rewrite the pins with what is measured now")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every disagreement in the dev half")
    options = parser.parse_args(arguments)

    from onrecord.batches.models import load_models

    wrong: list[str] = []
    scores = score_all(load_models(), read_passages(), wrong)
    if options.verbose:
        print("\n".join(wrong), end="\n\n")
    for split, rows in scores.items():
        print(f"{split}\n\n{table(rows)}\n")
    if options.pin:
        PINS.write_text(json.dumps(pins_of(scores), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
