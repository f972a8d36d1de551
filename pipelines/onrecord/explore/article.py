"""One article for the eye: its text with the findings marked in place, then every finding in a list."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.annotate.rows import ROWS, rejection_row
from onrecord.document import Annotations, Date, Document, Proposal, Publication, Quote, Rejected, Seed, TurnedDown
from onrecord.explore.terminal import harmless
from onrecord.parse import receive
from onrecord.parse.lines import repair
from onrecord.parse.page import MOST_TAGS, count_tags
from onrecord.parse.page.left_out import find_left_out

_STYLES = {"Q": "green", "P": "yellow", "D": "cyan", "speaker": "bold magenta", "cue": "italic"}
_SHOWN = 160  # characters of a finding in the lists
_COLUMN = 24  # characters across, but for the last column
PAGE = 120  # of a page that goes to a file, or to a terminal that is wider


def to_tables(found: Annotations | None, refused: Iterable[Rejected]) -> dict[str, list[dict[str, Any]]]:
    """The rows that the article would give, by table."""
    tables = {name: list(to_rows(found)) if found else [] for name, to_rows in ROWS.items()}
    return {**tables, "rejections": [rejection_row(r) for r in refused]}


def to_page(
    found: Annotations | None, refused: tuple[Rejected, ...], seed: Seed | None = None, *, why: bool = False
) -> RenderableType:
    """The article as something rich can print. Quotes are marked Q1, proposals P1, dates D1 where they end.

    `seed` is what it was read from; the lists of what was cut, and of what else its page shows, take their words from
    there. With `why`, how proposals were found, and what was turned down.
    """
    parts: list[RenderableType] = []
    if found:
        parts += [_head(found.doc), Padding(_marked(found), (1, 2)), *_lists(found)]
        if why:
            parts += _reasons(found)
        if found.doc.cuts and seed:
            text = repair(receive(seed).text)
            cuts = ((c.rule, f"{c.start}-{c.end}", text[c.start : c.end]) for c in found.doc.cuts)
            parts.append(_list("Cut from the seed", ("", "characters", "words"), cuts))
    if seed and seed.form == "html":
        left_out = find_left_out(seed.text, receive(seed).text) if count_tags(seed.text) <= MOST_TAGS else ()
        parts.append(_list("On the page, and not in its text", ("where", "words"), left_out))
    if refused:
        rejected = ((r.reason, r.source_file, r.stage, r.detail) for r in refused)
        parts.append(_list("Rejected", ("", "file", "stage", "detail"), rejected))
    return Group(*parts)


def _head(doc: Document) -> RenderableType:
    origin = [doc.source_file, doc.article_id, f"{len(doc.text.split())} words"]
    if doc.repairs:
        origin.append(f"mended: {', '.join(doc.repairs)}")
    if doc.truncated:
        origin.append("cut off by whoever delivered it")
    facts = [doc.outlet, ", ".join(doc.authors), _published(doc.published), doc.section, doc.dateline]
    return Group(
        Text(harmless(doc.title or "(no title)"), style="bold"),
        Text(harmless(" · ".join(f for f in facts if f))),
        Text(harmless(" · ".join(origin)), style="dim"),
    )


def _published(published: Publication) -> str:
    if published.basis == "unknown":
        return "publication date unknown"
    evidence = f": {published.evidence!r}" if published.evidence else ""
    return f"published {published.edtf or published.day} ({published.basis}{evidence})"


def _likeness(proposal: Proposal) -> str:
    """The cosine with the example that told the issue."""
    return f" {proposal.issue_similarity:.2f}" if proposal.issue_similarity is not None else ""


def _marked(found: Annotations) -> Text:
    text = found.doc.text
    body = Text(harmless(text))
    labels: list[tuple[int, str, str]] = []
    findings: Iterable[tuple[str, tuple[Quote | Proposal | Date, ...]]] = (
        ("D", found.dates),
        ("P", found.proposals),
        ("Q", found.quotes),
    )
    for kind, spans in findings:
        for number, span in enumerate(spans, 1):
            style = _STYLES[kind] + (" underline" if kind == "P" else "")
            body.stylize(style, span.start, span.end)
            labels.append((span.end, f"[{kind}{number}]", _STYLES[kind]))
    for quote in found.quotes:
        for name, place in (("speaker", quote.speaker), ("cue", quote.cue)):
            if place:
                body.stylize(_STYLES[name], *place)
    pieces = []
    at = 0
    for end, label, style in sorted(labels):
        pieces += [body[at:end], Text(label, style=f"dim {style}")]
        at = end
    return Text.assemble(*pieces, body[at:])


def _reasons(found: Annotations) -> Iterator[RenderableType]:
    text = found.doc.text

    def row(label: str, proposal: Proposal | TurnedDown, *reason: str) -> tuple[str, ...]:
        cue = text[slice(*proposal.cue)] if proposal.cue else ""
        how = f"{proposal.rule} {proposal.confidence:.2f}"
        return (label, how, *reason, proposal.type, cue, text[proposal.start : proposal.end])

    kept = (row(f"P{number}", proposal) for number, proposal in enumerate(found.proposals, 1))
    yield _list("Why they are proposals", ("", "found by", "type", "cue", "content"), kept)
    turned = (row("", each, each.reason) for each in found.turned_down)
    yield _list("Turned down", ("", "found by", "since", "type", "cue", "content"), turned)


def _lists(found: Annotations) -> Iterator[RenderableType]:
    names = {a.actor_id: a.name for a in found.actors}
    text = found.doc.text
    yield _list(
        "Quotes",
        ("", "kind", "speaker", "said as", "how", "words"),
        (
            (
                f"Q{number}",
                q.kind if q.polarity == "said" else f"{q.kind} {q.polarity}",
                ", ".join(names[actor] for actor in (q.speaker_actor_id, *q.joint_speakers) if actor) or "?",
                text[slice(*q.speaker)] if q.speaker else "",
                f"{q.attribution} {q.confidence:.2f}",
                text[q.start : q.end],
            )
            for number, q in enumerate(found.quotes, 1)
        ),
    )
    yield _list(
        "Proposals",
        ("", "type", "who", "to whom", "issue", "content"),
        (
            (
                f"P{number}",
                p.type,
                ", ".join(names[a.actor_id] for a in p.parties if a.role == "proposer") or "?",
                ", ".join(names[a.actor_id] for a in p.parties if a.role == "target"),
                f"{p.stance} {p.issue_id}{_likeness(p)}" if p.issue_id else "",
                text[p.start : p.end],
            )
            for number, p in enumerate(found.proposals, 1)
        ),
    )
    yield _list(
        "Dates",
        ("", "value", "from", "to", "against", "words"),
        (
            (f"D{number}", d.value, d.earliest, d.latest, d.anchor, text[d.start : d.end])
            for number, d in enumerate(found.dates, 1)
        ),
    )
    counts = Counter(m.actor_id for m in found.mentions)
    forms = {a: dict.fromkeys(text[m.start : m.end] for m in found.mentions if m.actor_id == a) for a in names}
    yield _list(
        "Actors",
        ("name", "type", "country", "id", "mentions", "forms"),
        (
            (a.name, a.type, a.country, a.actor_id, counts[a.actor_id], "; ".join(forms[a.actor_id]))
            for a in sorted(found.actors, key=lambda a: (-counts[a.actor_id], a.name))
        ),
    )


def _list(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> RenderableType:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        expand=True,
    )
    for column in columns[:-1]:
        table.add_column(column, max_width=_COLUMN, overflow="fold", no_wrap=column in ("", "id"))
    table.add_column(columns[-1], ratio=1, overflow="fold")  # the words themselves get what is left
    for row in rows:
        table.add_row(*(Text(_short("" if value is None else str(value))) for value in row))
    return Padding(table, (0, 0, 1, 0)) if table.row_count else Text(f"{title}: none\n", style="dim")


def _short(value: str) -> str:
    value = " ".join(harmless(value).split())
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
