"""Which corrections agree: where two want different things of one row, none of them is applied."""

import json
from collections.abc import Iterable, Sequence

from onrecord.audit.correction_files import RowCorrection, Value

_SPEAKER = "speaker_actor_id"  # pieces of one utterance have one


def contradicted(targets: Iterable[tuple[RowCorrection, str, str | None]]) -> dict[str, str]:
    """Ids of corrections that contradict others, each with the ids of these, in words.

    `targets` are corrections, each with the id of the row, or of the actor, that it is about now, and the group of that
    row if it is a quote. Nothing depends on their order.
    """
    wants: dict[tuple[str, ...], dict[str, set[str]]] = {}  # what is decided -> what is wanted -> by which corrections

    def want(key: tuple[str, ...], value: object, correction: RowCorrection) -> None:
        told = json.dumps(value, sort_keys=True, default=str)
        wants.setdefault(key, {}).setdefault(told, set()).add(correction.correction_id)

    for correction, row, group in targets:
        if correction.action == "merge":
            want(("merge", row), correction.into, correction)
        elif correction.action == "split":
            for article in correction.articles:
                new = sorted(correction.new.items(), key=lambda item: item[0])
                want(("split", row, article), correction.into or new, correction)
        else:
            want(("row", row), "removed" if correction.action == "remove" else "there", correction)
            for column, value in correction.set.items():
                want(("value", group if group and column == _SPEAKER else row, column), _set(value), correction)
    found: dict[str, set[str]] = {}
    for values in wants.values():
        if len(values) > 1:
            everyone = set().union(*values.values())
            for ids in values.values():
                for correction_id in ids:
                    found.setdefault(correction_id, set()).update(everyone - ids)
    return {key: "contradicts " + ", ".join(sorted(found[key])) for key in sorted(found)}


def _set(value: Value) -> object:
    return sorted(value) if isinstance(value, list) else value


def in_circles(merges: Sequence[tuple[RowCorrection, str, str]]) -> dict[str, str]:
    """Ids of corrections that merge actors in a circle, given each with the actor that goes and where it goes."""
    into = {gone: kept for _, gone, kept in merges}
    found = {}
    for correction, gone, _ in merges:
        at, seen = into[gone], {gone}
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if at == gone:
            found[correction.correction_id] = "merges actors in a circle"
    return found
