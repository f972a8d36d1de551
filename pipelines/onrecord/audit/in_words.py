"""The report of an audit as lines for a terminal."""

from collections.abc import Iterator, Mapping

from onrecord.audit.agreement import Agreement, has_library
from onrecord.audit.figures import Rated
from onrecord.audit.items import plain
from onrecord.audit.sampling import ROWS
from onrecord.audit.summary import AuditReport, TableFigures

_SHOWN = 10  # outlets and months that are listed
_PARTS = {"none": "being one"}  # what it is called where it is right


def to_text(told: AuditReport) -> str:
    """The whole report; names of outlets come from articles, so nothing in them is obeyed."""
    return plain("\n".join(_lines(told)))


def _lines(told: AuditReport) -> Iterator[str]:
    judges = ", ".join(told.judges) or "nobody"
    yield f"release   {told.release}: {told.judgments:,} judgments by {judges}; {told.articles:,} whole articles read"
    if told.damaged or told.gone:
        yield f"left out  {told.damaged:,} damaged lines, {told.gone:,} rows that this release does not have"
    for table in told.tables:
        yield ""
        yield from _table(table, told.wanted)


def _table(table: TableFigures, wanted: float) -> Iterator[str]:
    yield f"{table.table:<10}precision {_share(table.all)}"
    yield from _by("", table.by_kind)
    if table.wrong:
        yield "  wrong     " + ", ".join(f"{count:,} {what}" for what, count in table.wrong.items())
    if len(table.of_parts) > 1:
        yield "  right in  " + ", ".join(
            f"{_PARTS.get(thing, thing)} {_short(share)}" for thing, share in table.of_parts.items()
        )
    if table.agreement:
        yield _agreed(table.agreement)
    if table.recall:
        found = table.recall
        interval = f"{found.low:.1%} to {found.high:.1%}"
        yield (
            f"  recall    {found.value:.1%} ({interval}): {found.found:.1f} found and {found.missed:,} missed in "
            f"{found.articles:,} articles"
        )
    if table.reliability:
        about = ", ".join(_PARTS.get(thing, thing) for thing in ROWS[table.table].sure_of)
        yield f"  confidence, against what is right of that which it is about ({about}); Brier score {table.brier:.3f}"
        for step in table.reliability:
            yield f"    {step.low:.1f} to {step.low + 0.1:.1f}  says {step.said:.1%}, is {_share(step.share)}"
    if table.threshold:
        chosen = table.threshold
        yield (
            f"  for {chosen.wanted:.0%}   take confidence >= {chosen.confidence:.2f}: {_share(chosen.share)}, "
            f"{chosen.kept:.0%} of the rows"
        )
    elif table.reliability:
        yield f"  for {wanted:.0%}   no confidence is high enough in the judged rows, or fewer than 20 are judged"
    if table.second:
        yield f"            on a second sample {_share(table.second)}"
    if len(table.by_outlet) > 1:
        yield from _by("by outlet", table.by_outlet)
    if len(table.by_month) > 1:
        yield from _by("by month", table.by_month)


def _by(head: str, shares: Mapping[str, Rated]) -> Iterator[str]:
    if head:
        yield f"  {head}"
    for name, share in list(shares.items())[:_SHOWN]:
        yield f"    {name:<24} {_share(share)}"
    if len(shares) > _SHOWN:
        yield f"    and {len(shares) - _SHOWN:,} more"


def _agreed(agreed: Agreement) -> str:
    alpha = "not computed" if agreed.alpha is None else f"{agreed.alpha:.2f}"
    if agreed.alpha is None and not has_library():
        alpha += " (pip install 'onrecord[audit]')"
    alike = f"{agreed.same:,} of {agreed.rows:,} rows alike"
    return f"  agreed    {agreed.judges:,} judges, {alike}; Krippendorff's alpha {alpha}"


def _short(share: Rated) -> str:
    return "unknown" if share.value is None else f"{share.value:.0%}"


def _share(share: Rated) -> str:
    unsure = f", {share.unsure:,} unsure" if share.unsure else ""
    if share.value is None:
        return f"none judged{unsure}"
    return f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%}): {share.right:,} of {share.of:,}{unsure}"
