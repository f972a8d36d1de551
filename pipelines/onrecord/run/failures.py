"""Why a step of a run failed, from what Dagster keeps of it: a text."""

import re
from typing import TYPE_CHECKING

from onrecord.errors import UserError, kinds

if TYPE_CHECKING:
    import dagster as dg

_CLASS = re.compile(r"onrecord\.[\w.]+: (?=OR\d{3}: )")  # before an error of ours, whose code says more


class BuildFailed(UserError):
    """A build that made no release; the kinds below say why."""


class StepFailed(BuildFailed):
    """A step failed with an error that is not ours."""

    code = "OR123"


def message_of(event: "dg.DagsterEvent") -> str:
    """The error of a failed step, with its class unless it is ours, which has a code."""
    error = event.step_failure_data.error
    cause = error and (error.cause or error)
    return _CLASS.sub("", cause.message.strip(), count=1) if cause else "no error was given"


def error_of(event: "dg.DagsterEvent") -> UserError:
    """The error of a failed step as the step raised it, if it is one of ours; else StepFailed."""
    message = message_of(event)
    code, _, told = message.partition(": ")
    kind = next((kind for kind in kinds() if getattr(kind, "code", None) == code), None)
    return kind(told) if kind else StepFailed(f"step {event.step_key} failed: {message}")
