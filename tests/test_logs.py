"""A line for each step, with what it counted: for people and for programs."""

import io
import json
import logging

import pytest

from onrecord.run.logs import NAME, send_to, step


@pytest.fixture
def log():
    """Our logger, put back as it was."""
    logger = logging.getLogger(NAME)
    before = logger.handlers[:], logger.level, logger.propagate
    yield logger
    logger.handlers[:], logger.propagate = before[0], before[2]
    logger.setLevel(before[1])


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_step_is_one_line_with_its_counts_and_seconds(log):
    send_to(stream := io.StringIO(), as_json=True)
    with step("extract", batch="b") as facts:
        facts["articles"] = 5
    (line,) = lines(stream)
    assert (line["step"], line["level"], line["batch"], line["articles"]) == ("extract", "info", "b", 5)
    assert line["seconds"] >= 0


def test_a_step_that_fails_says_why_and_the_error_goes_on(log):
    send_to(stream := io.StringIO(), as_json=True)
    with pytest.raises(ValueError), step("assemble"):
        raise ValueError("two\nlines “here”")
    (line,) = lines(stream)
    assert (line["level"], line["error"]) == ("error", "ValueError: two\nlines “here”")


@pytest.mark.parametrize("level, count", [(logging.INFO, 0), (logging.DEBUG, 1)])
def test_articles_are_told_at_debug_only(log, level, count):
    send_to(stream := io.StringIO(), as_json=True, level=level)
    logging.getLogger(f"{NAME}.batches").debug("article", extra={"facts": {"source_file": "a.txt"}})
    assert [line["source_file"] for line in lines(stream)] == ["a.txt"] * count


def test_as_text_a_step_is_one_line_too(log):
    send_to(stream := io.StringIO(), as_json=False)
    with step("check", rules=3):
        pass
    assert "INFO check rules=3 seconds=" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1
