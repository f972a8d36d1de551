"""How good the extractors are: their findings in the seeds against the labels in `tests/gold`.

`python tests/scoring.py` prints the table; with `--pin` it also rewrites `tests/gold/pins.json`, which the tests hold
every later change to. Lowering a pin is a decision for review, not a by-product.

Precision is the share of findings that are right, recall the share of labels that were found, F1 their harmonic mean.
A label marked optional counts neither way: finding it is not rewarded and missing it not punished.
"""

import argparse
import hashlib
import json
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from onrecord.audit.scores import OVERLAP, Alignment, Score, align, dice, tokens
from onrecord.document import Actor, Annotations, Date, Document, Proposal, Publication, Quote, Seed

if TYPE_CHECKING:
    from onrecord.batches.models import Models

ROOT = pathlib.Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SEEDS = ROOT / "seeds"
PINS = GOLD / "pins.json"

SLACK = 0.005  # what a score may lose before a pin fails
KINDS = ("direct", "mixed", "indirect")
VAGUE = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}  # TIMEX3 values of now, recently, soon
REFUSED = Document(article_id="", source_file="", source_sha256="", text="", published=Publication(basis=""))


# ---------------------------------------------------------------- labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What every label has: its words as printed in the seed or others that are as good, and whether it counts."""

    texts: tuple[str, ...]  # the first is preferred
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLabel(Labelled):
    occurrence: int  # which of the places where the seed has these characters, from 1
    type: str
    values: tuple[str, ...]
    mod: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLabel(Labelled):
    """`texts` are its surface forms."""

    name: str
    type: str
    countries: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLabel(Labelled):
    kind: str
    speakers: tuple[str, ...]  # joint speakers, by the name of their actor label or by description
    or_speakers: tuple[str, ...]
    mention: str | None
    cue: str | None
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLabel(Labelled):
    types: tuple[str, ...]
    proposers: tuple[str, ...]
    targets: tuple[str, ...]
    issue: str | None
    stances: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Everything labelled in one seed."""

    name: str  # of the seed, without its suffix
    text: str  # of the seed
    metadata: Mapping[str, tuple[Any, ...]]  # per field the answers that are right; None among them if silence is
    authors: tuple[str, ...]
    published_between: tuple[date | None, date | None]
    body: tuple[str, ...]  # the lines of the seed that are the article
    body_or_not: tuple[str, ...]  # lines that may stand in the body or be missing
    not_body: tuple[str, ...]  # all other lines: headline, captions, prompts, comments
    dates: tuple[DateLabel, ...]
    actors: tuple[ActorLabel, ...]
    quotes: tuple[QuoteLabel, ...]
    not_quotes: tuple[str, ...]  # in quotation marks, but nobody is quoted
    proposals: tuple[ProposalLabel, ...]


def read_labels(folder: pathlib.Path = GOLD, seeds: pathlib.Path = SEEDS) -> tuple[Labels, ...]:
    """The labelled seeds, in the order of their names."""
    return tuple(
        _labels(path.stem, yaml.safe_load(path.read_text("utf-8")), (seeds / f"{path.stem}.txt").read_text("utf-8"))
        for path in label_files(folder)
    )


def label_files(folder: pathlib.Path = GOLD) -> list[pathlib.Path]:
    return sorted(folder.glob("*.yml"))


def labels_sha256(folder: pathlib.Path = GOLD) -> str:
    """Changes with any character of any label file, and with their names."""
    digest = hashlib.sha256()
    for path in label_files(folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _labels(name: str, entry: dict[str, Any], text: str) -> Labels:
    metadata, published, body = entry["metadata"], entry["metadata"]["published"], entry["body"]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    outside = [line for line in lines if line.startswith(tuple(body["not"])) or line in body.get("exactly", [])]
    either = [line for line in lines if line in body["either"]]
    return Labels(
        name=name,
        text=text,
        metadata={
            **{key: _either(metadata, key) for key in ("title", "outlet", "dateline", "section")},
            "published": _either(published, "day"),
            "published_basis": _either(published, "basis"),
        },
        authors=tuple(metadata["authors"]),
        published_between=(published.get("earliest"), published.get("latest")),
        body=tuple(line for line in lines if line not in outside and line not in either),
        body_or_not=tuple(either),
        not_body=tuple(outside),
        dates=tuple(
            DateLabel(
                **_common(label),
                occurrence=label["occurrence"],
                type=label["type"],
                values=_either(label, "value"),
                mod=label.get("mod"),
            )
            for label in entry["dates"]
        ),
        actors=tuple(
            ActorLabel(
                texts=tuple(label["forms"]),
                optional=label.get("optional", False),
                name=label["name"],
                type=label["type"],
                countries=(label["country"],) if "country" in label else (None, *label.get("or_country", [])),
            )
            for label in entry["actors"]
        ),
        quotes=tuple(
            QuoteLabel(
                **_common(label),
                kind=label["kind"],
                speakers=tuple(label["speakers"]),
                or_speakers=tuple(label.get("or_speakers", [])),
                mention=label["mention"],
                cue=label["cue"],
                group=label["group"],
            )
            for label in entry["quotes"]
        ),
        not_quotes=tuple(entry["not_quotes"]),
        proposals=tuple(
            ProposalLabel(
                **_common(label),
                types=_either(label, "type"),
                proposers=tuple(label["proposers"]),
                targets=tuple(label.get("targets", [])),
                issue=label["issue"],
                stances=_either(label, "stance"),
            )
            for label in entry["proposals"]
        ),
    )


def _common(label: dict[str, Any]) -> dict[str, Any]:
    return {"texts": _either(label, "text"), "optional": label.get("optional", False)}


def _either(entry: dict[str, Any], key: str) -> tuple[Any, ...]:
    return (entry[key], *entry.get(f"or_{key}", []))


# ---------------------------------------------------------------- scores


_NOTHING = Alignment()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The scores of one article, row by row, and the alignments they were counted from."""

    scores: Mapping[str, Score]
    dates: Alignment = _NOTHING
    actors: Alignment = _NOTHING
    quotes: Alignment = _NOTHING
    proposals: Alignment = _NOTHING
    wrong: tuple[str, ...] = field(default=())  # disagreements on aligned findings, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Who is who in one article."""

    names: Mapping[str, str]  # of the actors found, by id
    forms: Mapping[str, frozenset[str]]  # what they are called, by id
    labelled: Mapping[str, str]  # name of an actor label to the id of the actor that was paired with it

    def same(self, actor_id: str, name: str) -> bool:
        """The actor is the one of that name. A source that is no labelled actor goes by its description."""
        return actor_id == self.labelled[name] if name in self.labelled else plain(name) in self.forms[actor_id]


def score(labels: Labels, found: Annotations | None) -> Result:
    """Compare one article's findings with its labels; None stands for an article that was refused."""
    found = found or Annotations(doc=REFUSED)
    text, cast = found.doc.text, _forms(found)
    dates = align(
        found.dates, labels.dates, lambda date_, label: _same_date(text[date_.start : date_.end], date_, label)
    )
    date_texts = align(
        found.dates, labels.dates, lambda date_, label: _same_text(text[date_.start : date_.end], label.texts)
    )
    actors = align(found.actors, labels.actors, lambda actor, label: _same_actor(cast[actor.actor_id], label))
    quotes = align(found.quotes, labels.quotes, lambda quote, label: overlap(text[quote.start : quote.end], label))
    proposals = align(
        found.proposals, labels.proposals, lambda proposal, label: overlap(text[proposal.start : proposal.end], label)
    )
    dates, date_texts = (_without_vague(aligned, found.dates) for aligned in (dates, date_texts))
    actors = _without_undecided(actors, found.actors)
    quote_pairs = [(found.quotes[at], labels.quotes[label]) for at, label in quotes.pairs]
    quote_pairs = [(quote, label) for quote, label in quote_pairs if not label.optional]
    proposal_pairs = [(found.proposals[at], labels.proposals[label]) for at, label in proposals.pairs]
    proposal_pairs = [(proposal, label) for proposal, label in proposal_pairs if not label.optional]
    who = Identities(
        names={actor.actor_id: actor.name for actor in found.actors},
        forms=cast,
        labelled={labels.actors[label].name: found.actors[at].actor_id for at, label in actors.pairs},
    )
    wrong: list[str] = []
    scores = {
        "metadata": _metadata(labels, found.doc, wrong),
        "body paragraphs": _body(labels, found.doc, wrong),
        "dates": dates.score(labels.dates),
        "  expressions only": date_texts.score(labels.dates),
        "actors": actors.score(labels.actors),
        "  type and country": _identities(found.actors, labels.actors, actors, wrong),
        "quotes": quotes.score(labels.quotes),
        **{f"  {kind}": _kind(kind, found.quotes, labels.quotes, quotes) for kind in KINDS},
        "  speakers": _speakers(quote_pairs, who, wrong),
        "proposals": proposals.score(labels.proposals),
        "  types": _types(proposal_pairs, wrong),
        "  proposers": _proposers(proposal_pairs, who, wrong),
    }
    return Result(scores=scores, dates=dates, actors=actors, quotes=quotes, proposals=proposals, wrong=tuple(wrong))


def total(results: Iterable[Result]) -> dict[str, Score]:
    """The scores of several articles, counts added up."""
    sums: dict[str, Score] = {}
    for result in results:
        for row, counts in result.scores.items():
            sums[row] = sums.get(row, Score()) + counts
    return sums


# ---------------------------------------------------------------- which finding is which label


def overlap(text: str, label: Labelled) -> float:
    """Token Dice of the text and the label's most similar wording; 0 below OVERLAP."""
    best = max(dice(text, wording) for wording in label.texts)
    return best if best >= OVERLAP else 0.0


def plain(name: str) -> str:
    """A name as it is compared: no case, full stops, leading article or possessive ('the U.S.' is 'us')."""
    words = tokens(re.sub(r"[’']s?\b", "", name.replace(".", "")))
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def _same_text(text: str, wordings: Iterable[str]) -> float:
    return float(plain(text) in {plain(wording) for wording in wordings})


def _same_date(text: str, date_: Date, label: DateLabel) -> float:
    """Text, and value with modifier; for an optional label the text is enough."""
    right = label.optional or (date_.value in label.values and date_.mod == label.mod and date_.type == label.type)
    return _same_text(text, label.texts) if right else 0.0


def _forms(found: Annotations) -> dict[str, frozenset[str]]:
    """What each actor is called in the article, pronouns excepted: its name first of all."""
    forms = {actor.actor_id: {plain(actor.name)} for actor in found.actors}
    for mention in found.mentions:
        if mention.form != "pronoun" and mention.actor_id in forms:
            forms[mention.actor_id].add(plain(found.doc.text[mention.start : mention.end]))
    return {actor_id: frozenset(names) for actor_id, names in forms.items()}


def _same_actor(forms: frozenset[str], label: ActorLabel) -> float:
    """Number of shared forms; the canonical name weighs more than all others together."""
    shared = len(forms & {plain(form) for form in label.texts})
    return shared + 100 * (plain(label.name) in forms)


def _without_vague(aligned: Alignment, dates: Sequence[Date]) -> Alignment:
    """Words such as now and recently are not labelled: finding them is not an error."""
    return Alignment(
        aligned.pairs, tuple(at for at in aligned.spurious if dates[at].value not in VAGUE), aligned.missed
    )


def _without_undecided(aligned: Alignment, actors: Sequence[Actor]) -> Alignment:
    """Groups and persons who are described, not named, are not labelled exhaustively: finding them is not an error."""
    named = [at for at in aligned.spurious if actors[at].type != "group" and actors[at].link_method != "unnamed"]
    return Alignment(aligned.pairs, tuple(named), aligned.missed)


# ---------------------------------------------------------------- rows


def _metadata(labels: Labels, doc: Document, wrong: list[str]) -> Score:
    """One unit per field that is filled or should be, one per author."""
    got: dict[str, Any] = {
        "title": doc.title,
        "outlet": doc.outlet,
        "dateline": doc.dateline,
        "section": doc.section,
        "published": doc.published.day,
        "published_basis": doc.published.basis or None,
    }
    counts = Score()
    for key, answers in labels.metadata.items():
        right = got[key] is not None and any(_same_answer(got[key], answer) for answer in answers)
        counts += Score(int(right), int(got[key] is not None), int(right or None not in answers))
        if not right and (got[key] is not None or None not in answers):
            wrong.append(f"{key}: {got[key]!r}, not {answers[0]!r}")
    if contradicts(labels.published_between, (doc.published.earliest, doc.published.latest)):
        counts += Score(0, 1, 0)
        wrong.append(f"published between {doc.published.earliest} and {doc.published.latest}")
    right_authors = len(set(doc.authors) & set(labels.authors))
    if set(doc.authors) != set(labels.authors):
        wrong.append(f"authors: {doc.authors}, not {labels.authors}")
    return counts + Score(right_authors, len(doc.authors), len(labels.authors))


def contradicts(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Two intervals, open where None, that have no day in common."""
    (start, end), (other_start, other_end) = one, other
    return bool((end and other_start and end < other_start) or (other_end and start and other_end < start))


def _same_answer(got: Any, answer: Any) -> bool:
    if isinstance(got, str) and isinstance(answer, str):
        return " ".join(got.split()) == " ".join(answer.split())
    return bool(got == answer)


def _body(labels: Labels, doc: Document, wrong: list[str]) -> Score:
    """One unit per line of the body; a line without its place line or label is still that line."""
    got = [line for line in doc.text.splitlines() if line.strip()]
    lines = [*labels.body, *labels.body_or_not]
    kept = [Labelled(texts=(line,), optional=at >= len(labels.body)) for at, line in enumerate(lines)]
    aligned = align(got, kept, overlap)
    wrong.extend(f"not body: {got[at]!r}" for at in aligned.spurious)
    wrong.extend(f"lost from body: {lines[at]!r}" for at in aligned.missed)
    return aligned.score(kept)


def _identities(found: Sequence[Actor], labels: Sequence[ActorLabel], aligned: Alignment, wrong: list[str]) -> Score:
    """Of the actors found: filed as the right type, and under the right country where the label has one."""
    counts = Score()
    for at, label in aligned.pairs:
        actor, expected = found[at], labels[label]
        if not expected.optional:
            right = actor.type == expected.type and actor.country in expected.countries
            counts += Score(int(right), 1, 1)
            if not right:
                wrong.append(f"actor {actor.name}: {actor.type}, {actor.country}")
    return counts


def _kind(kind: str, found: Sequence[Quote], labels: Sequence[QuoteLabel], aligned: Alignment) -> Score:
    pairs = [(found[at].kind, labels[label].kind) for at, label in aligned.pairs if not labels[label].optional]
    return Score(
        sum(got == expected == kind for got, expected in pairs),
        sum(got == kind for got, _ in pairs) + sum(found[at].kind == kind for at in aligned.spurious),
        sum(expected == kind for _, expected in pairs) + sum(labels[at].kind == kind for at in aligned.missed),
    )


def _speakers(pairs: Iterable[tuple[Quote, QuoteLabel]], who: Identities, wrong: list[str]) -> Score:
    """Of the quotes found: those with a speaker, and the right one. Naming one of several joint speakers is right."""
    counts = Score()
    for quote, label in pairs:
        speaker = quote.speaker_actor_id
        right = speaker is not None and any(who.same(speaker, name) for name in (*label.speakers, *label.or_speakers))
        counts += Score(int(right), int(speaker is not None), 1)
        if not right:
            named = who.names[speaker] if speaker is not None else "nobody"
            wrong.append(f"speaker of {label.texts[0][:50]!r}: {named}, not {' and '.join(label.speakers)}")
    return counts


def _types(pairs: Iterable[tuple[Proposal, ProposalLabel]], wrong: list[str]) -> Score:
    counts = Score()
    for proposal, label in pairs:
        right = proposal.type in label.types
        counts += Score(int(right), 1, 1)
        if not right:
            wrong.append(f"type of {label.texts[0][:50]!r}: {proposal.type}, not {label.types}")
    return counts


def _proposers(pairs: Iterable[tuple[Proposal, ProposalLabel]], who: Identities, wrong: list[str]) -> Score:
    """Of the proposals found: one unit per proposer, the minister and the state each being one."""
    counts = Score()
    for proposal, label in pairs:
        proposers = [party.actor_id for party in proposal.parties if party.role == "proposer"]
        right = sum(any(who.same(actor_id, name) for actor_id in proposers) for name in label.proposers)
        strays = sum(not any(who.same(actor_id, name) for name in label.proposers) for actor_id in proposers)
        counts += Score(right, right + strays, len(label.proposers))
        if strays or right < len(label.proposers):
            named = [who.names[actor_id] for actor_id in proposers]
            wrong.append(f"proposers of {label.texts[0][:50]!r}: {named}, not {list(label.proposers)}")
    return counts


# ---------------------------------------------------------------- the pipeline over the seeds, and the table


def annotate_seeds(models: "Models", names: Sequence[str]) -> dict[str, Annotations | None]:
    """What the extractors find in the seeds of these names; None where the article was refused."""
    from onrecord.annotate import annotate
    from onrecord.annotate.syntax.analysis import analyse
    from onrecord.parse import parse

    docs = {name: parse(_seed(SEEDS / f"{name}.txt"))[0] for name in names}
    kept = [doc for doc in docs.values() if doc is not None]
    found = {
        doc.article_id: annotate(doc, syntax, models.knowledge, models.codebook, models.encoder)
        for doc, syntax in zip(kept, analyse(kept, models.nlp), strict=True)
    }
    return {name: None if doc is None else found[doc.article_id] for name, doc in docs.items()}


def _seed(path: pathlib.Path) -> Seed:
    content = path.read_bytes()
    return Seed(
        source_file=f"{path.parent.name}/{path.name}",
        source_sha256=hashlib.sha256(content).hexdigest(),
        text=content.decode("utf-8"),
    )


def table(scores: Mapping[str, Score]) -> str:
    """Scores as a Markdown table, a row per extractor and an indented one per part of its work."""
    rows = [
        "| extractor            | precision | recall |   F1 | right | found | labelled |",
        "|:---------------------|----------:|-------:|-----:|------:|------:|---------:|",
    ]
    for name, counts in scores.items():
        shown = name.replace("  ", "– ", 1)
        rows.append(
            f"| {shown:<20} | {counts.precision:>9.2f} | {counts.recall:>6.2f} | {counts.f1:.2f} "
            f"| {counts.right:>5} | {counts.found:>5} | {counts.labelled:>8} |"
        )
    return "\n".join(rows)


def disagreements(labels: Labels, found: Annotations | None, result: Result) -> Iterator[str]:
    """Every difference between findings and labels of one article, in words."""
    text = found.doc.text if found else ""
    for what in ("dates", "quotes", "proposals", "actors"):
        aligned: Alignment = getattr(result, what)
        expected: Sequence[Labelled] = getattr(labels, what)
        got: Sequence[Any] = getattr(found, what) if found else ()
        for at in aligned.missed:
            yield f"missed {what}: {expected[at].texts[0]!r}"
        for at in aligned.spurious:
            finding = got[at]
            words = finding.name if isinstance(finding, Actor) else repr(text[finding.start : finding.end])
            yield f"not labelled {what}: {words} ({getattr(finding, 'value', None) or _sort(finding)})"
    yield from result.wrong


def _sort(finding: Actor | Quote | Proposal) -> str:
    return finding.kind if isinstance(finding, Quote) else finding.type


def pins_of(scores: Mapping[str, Score]) -> dict[str, Any]:
    """What pins.json holds: the F1 of every row, and which labels it was measured on."""
    return {
        "labels_sha256": labels_sha256(),
        "f1": {name.strip(): round(counts.f1, 4) for name, counts in scores.items()},
    }


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Score the extractors on the labelled seeds.")
    parser.add_argument("--pin", action="store_true", help="rewrite pins.json with what is measured now")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every disagreement with the labels")
    options = parser.parse_args(arguments)

    from onrecord.batches.models import load_models

    labelled = read_labels()
    found = annotate_seeds(load_models(), [labels.name for labels in labelled])
    results = {labels.name: score(labels, found[labels.name]) for labels in labelled}
    if options.verbose:
        for labels in labelled:
            print(f"{labels.name}:")
            for line in disagreements(labels, found[labels.name], results[labels.name]):
                print(f"  {line}")
        print()
    scores = total(results.values())
    print(table(scores))
    if options.pin:
        PINS.write_text(json.dumps(pins_of(scores), indent=2) + "\n", "utf-8")
        print(f"\npinned in {PINS.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
