"""One line for each step that ends, with its counts and seconds; one for each article only at level debug.

Every line is a record of the logger `onrecord` or one below it, with what it counts in `record.facts`, so a program
that embeds us can send it anywhere; here it becomes text or JSON on a stream. Dagster collects these lines where
dagster.yaml names the logger.
"""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TextIO

NAME = "onrecord"
_LOG = logging.getLogger(NAME)
_STEPS = logging.getLogger(f"{NAME}.run")
_STEPS.addHandler(logging.NullHandler())  # where nobody asked for lines, a failure is told once, by who called


@contextmanager
def step(name: str, **about: object) -> Iterator[dict[str, object]]:
    """Log what a step did when it ends: put its counts into the dictionary that this yields."""
    facts, started = dict(about), time.monotonic()
    try:
        yield facts
    except Exception as error:
        told = {**facts, "error": f"{type(error).__name__}: {error}", "seconds": round(time.monotonic() - started, 2)}
        _STEPS.error("%s failed%s", name, _text(told), extra={"facts": told, "step": name})
        raise
    facts["seconds"] = round(time.monotonic() - started, 2)
    _STEPS.info("%s%s", name, _text(facts), extra={"facts": facts, "step": name})


def _text(facts: dict[str, object]) -> str:
    return "".join(f" {key}={' '.join(str(value).split())}" for key, value in facts.items())


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time, level, step, and its counts."""

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, Any] = getattr(record, "facts", {})
        name = getattr(record, "step", None) or record.getMessage()
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "step": name, **facts}
        return json.dumps(line, ensure_ascii=True, default=str)


def send_to(stream: TextIO, *, as_json: bool, level: int = logging.INFO) -> None:
    """Write our lines to `stream` from now on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if as_json else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.handlers[:] = [handler]
    _LOG.setLevel(level)
    _LOG.propagate = False
