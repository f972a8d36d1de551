"""What users found when they audited a release before this one, for the card: apart from our own figures.

`onrecord audit report` keeps the figures beside the release that was judged (storage.releases.audited_file). The next
release takes a copy, audited.json, so that its public profile tells the same.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.release.markdown import to_cell
from onrecord.storage.releases import audited_file

AUDITED = "audited.json"
_PARTS = {"none": "being one"}  # what it is called where it is right
_NAMES = {"quotes", "proposals", "dates", "mentions"}


def find_audited(before: Path | None) -> str | None:
    """The figures that are kept of the release before, or that it took over itself; None if nobody audited any.

    A file that is damaged counts as none: it is a note beside the releases, and no release waits for it.
    """
    for path in () if before is None else (audited_file(before), before / AUDITED):
        try:
            text = path.read_text(encoding="utf-8")
            _section(json.loads(text))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
        return text
    return None


def to_section(folder: Path) -> str | None:
    """The part of the card for the figures that lie in a release's folder; None without."""
    path = folder / AUDITED
    if not path.is_file():
        return None
    return _section(json.loads(path.read_text(encoding="utf-8")))


def _section(told: Mapping[str, Any]) -> str:
    lines = ["| table | kind | right | of | % | 95 % interval |", "| --- | --- | ---: | ---: | ---: | --- |"]
    lines += [f"| {' | '.join(row)} |" for row in _rows(told)]
    more = "\n".join(f"- {line}" for line in _notes(told))
    return f"""## Audited by users

Judged by people who use this dataset, on a random sample of release {to_cell(told["release"])}:
{int(told["judgments"]):,} judgments by {int(told["judges"]):,} of them. The figures
are theirs, of their articles; ours stand below.

{chr(10).join(lines)}

{more}
"""


def _rows(told: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for table in told["tables"]:
        if table["table"] not in _NAMES:
            raise ValueError(table["table"])
        for kind, share in {"all": table["precision"], **table["by_kind"]}.items():
            if share["of"]:
                interval = f"{100 * share['low']:.1f} to {100 * share['high']:.1f}"
                counts = (f"{int(share['right']):,}", f"{int(share['of']):,}", f"{100 * share['value']:.1f}")
                yield (table["table"], to_cell(kind), *counts, interval)


def _notes(told: Mapping[str, Any]) -> Iterator[str]:
    for table in told["tables"]:
        name = table["table"]
        parts = [(thing, share) for thing, share in table["of_parts"].items() if share["of"]]
        if parts:
            told_of = ", ".join(f"{_PARTS.get(thing, thing)} {100 * share['value']:.1f} %" for thing, share in parts)
            yield f"{name}: right in {to_cell(told_of, 300)}"
        if found := table["recall"]:
            yield (
                f"{name}: recall {100 * found['value']:.1f} % ({100 * found['low']:.1f} to {100 * found['high']:.1f}), "
                f"in {int(found['articles']):,} articles read as a whole"
            )
        if table["brier"] is not None:
            yield f"{name}: Brier score of confidence {table['brier']:.3f}"
        if chosen := table["threshold"]:
            second = table["second"]
            more = (
                f", {100 * second['value']:.1f} % of {int(second['of']):,} in a second sample"
                if second and second["of"]
                else ""
            )
            yield (
                f"{name}: with a confidence of {chosen['confidence']:.2f} and above, {100 * chosen['value']:.1f} % are "
                f"right in what it is about ({int(chosen['of']):,} rows){more}"
            )
        agreed = table["agreement"]
        if agreed and agreed["alpha"] is not None:
            rows = f"{int(agreed['judges'])} judges, {int(agreed['rows']):,} rows"
            yield f"{name}: agreement of {rows}: Krippendorff's alpha {agreed['alpha']:.2f}"
