"""How good the extractors are: what was measured, on what, when, and by which command, as schemas/quality.yml says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from onrecord.schema import SCHEMAS, SchemaError, load_package

_QUALITY = SCHEMAS / "quality.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure. It was measured on labelled articles, never on the release that it stands in."""

    id: str
    tables: tuple[str, ...]  # that it is about
    of: str  # what was compared with what
    sample: str  # size of the set, and whether it was tuned on
    measure: str  # F1, precision, recall, share right ...
    value: float  # in per cent
    comparison: str | None  # other tools, or people, on the same set
    measured: date
    command: str

    def to_json(self) -> Mapping[str, Any]:
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        found |= {"tables": list(self.tables), "measured": self.measured.isoformat(), "unit": "%"}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    measures: tuple[Measure, ...]
    limits: tuple[str, ...]  # known weak spots and biases, in sentences


@cache
def load_quality(path: Path = _QUALITY) -> Quality:
    """SchemaError for a file that cannot be used."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        measures = tuple(_measure(m) for m in raw["measures"])
        limits = tuple(str(line) for line in raw["limits"])
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise SchemaError(f"{path.name}: {error}") from error
    if len({m.id for m in measures}) < len(measures):
        raise SchemaError(f"{path.name}: two measures have the same id")
    return Quality(measures=measures, limits=limits)


def _measure(raw: Mapping[str, Any]) -> Measure:
    if unknown := set(raw["tables"]) - set(load_package().tables):
        raise ValueError(f"{raw['id']}: no table {min(unknown)}")
    if not 0 <= raw["value"] <= 100 or not isinstance(raw["measured"], date):
        raise ValueError(f"{raw['id']}: needs a value in per cent and the day of measuring")
    return Measure(**{"comparison": None, **raw, "tables": tuple(raw["tables"])})
