"""The day of publication is the outlet's own, whatever clock its systems keep."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from onrecord.document import Reason
from onrecord.parse import parse
from onrecord.read import read_seeds

WORDS = "The library board agreed on Thursday to open on Sundays. “People asked for years,” said Ana Ruiz, its head."
# A city, its zone, and hours there that are another day in UTC, or the same.
EVENINGS = [
    (zone, datetime(2022, month, 9, hour, 40, tzinfo=ZoneInfo(zone)))
    for zone in ("America/Los_Angeles", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Sydney")
    for month, hour in ((1, 23), (7, 18), (7, 2), (1, 12))
]


def published(path):
    (seed,) = read_seeds(path)
    return parse(seed)[0].published


def record(tmp_path, **fields):
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Library to open on Sundays", "text": WORDS} | fields))
    return published(tmp_path / "a.jsonl")


def page(tmp_path, moment, *, address=None, printed=""):
    (tmp_path / "a.html").write_text(
        f"<html><head><link rel='canonical' href='{address or 'https://paper.example/library'}'>"
        f"<meta property='article:published_time' content='{moment:%Y-%m-%dT%H:%M:%SZ}'></head><body><article>"
        f"<h1>Library to open on Sundays</h1><span class='posted-on'>{printed}</span><p>{WORDS}</p>"
        f"<p>{WORDS.replace('Sundays', 'Saturdays')}</p></article></body></html>"
    )
    return published(tmp_path / "a.html")


@pytest.mark.parametrize("zone, local", EVENINGS, ids=lambda v: f"{v}")
def test_the_day_in_the_address_or_on_the_page_is_that_of_a_moment_in_utc(tmp_path, zone, local):
    moment = local.astimezone(ZoneInfo("UTC"))
    address = f"https://paper.example/{local:%Y/%m/%d}/library"
    assert record(tmp_path, url=address, published_at=f"{moment:%Y-%m-%dT%H:%M:%SZ}").day == local.date()
    assert page(tmp_path, moment, address=address).day == local.date()
    assert page(tmp_path, moment, printed=f"{local:%B %d, %Y at %H:%M}").day == local.date()
    assert page(tmp_path, moment, address=address, printed=f"Posted {local:%d %B %Y}").day == local.date()
    (tmp_path / "outlet.yml").write_text(f"timezone: {zone}\n")
    (tmp_path / "a.html").unlink()
    record(tmp_path, published_at=int(moment.timestamp()))
    assert published(tmp_path).day == local.date()


@pytest.mark.parametrize(
    "fields, day",
    [
        ({"date": "2022-01-10T04:40:00Z"}, date(2022, 1, 10)),  # nothing else is known
        ({"date": "2022-01-10T04:40:00+01:00", "url": "https://p.example/2022/01/09/a"}, date(2022, 1, 10)),
        ({"date": "2022-01-10", "url": "https://p.example/2022/01/09/a"}, date(2022, 1, 10)),
        ({"date": "2022-01-10T00:00:00Z", "url": "https://p.example/2022/01/09/a"}, date(2022, 1, 10)),  # a day
        ({"date": "2022-01-10T18:40:00Z", "url": "https://p.example/2022/01/09/a"}, date(2022, 1, 10)),  # nowhere then
        ({"date": "2022-01-10T04:40:00Z", "url": "https://p.example/2021/12/01/a"}, date(2022, 1, 10)),
    ],
)
def test_what_is_no_moment_in_utc_or_not_the_day_of_it_stays(tmp_path, fields, day):
    assert record(tmp_path, **fields).day == day


def test_where_address_and_printed_day_differ_and_nothing_decides_they_are_the_bounds(tmp_path):
    fields = {"url": "https://p.example/2022/01/09/a", "date": "2022-01-10T04:40:00Z"}
    text = f"January 10, 2022\n\n{WORDS}"
    found = record(tmp_path, text=text, **fields)
    assert (found.day, found.earliest, found.latest) == (None, date(2022, 1, 9), date(2022, 1, 10))
    (tmp_path / "outlet.yml").write_text("timezone: America/Chicago\n")
    (seed,) = read_seeds(tmp_path)
    assert parse(seed)[0].published.day == date(2022, 1, 9)


def test_a_time_zone_that_is_none_is_refused(tmp_path):
    (tmp_path / "outlet.yml").write_text("timezone: Atlantis/Centre\n")
    (tmp_path / "a.txt").write_text(WORDS)
    refused, _ = read_seeds(tmp_path)
    assert refused.reason == Reason.BAD_METADATA


@pytest.mark.parametrize(
    "value",
    [
        "Thu Jan  6 18:20:11 2022",
        "Thu Jan 06 18:20:11 EST 2022",
        "06-JAN-22",
        "6-Jan-2022",
        "06/Jan/2022:18:20:11 +0100",
        "20220106182011",
        "20220106T182011Z",
    ],
)
def test_days_as_programs_write_them_are_read(tmp_path, value):
    assert record(tmp_path, date=value).day == date(2022, 1, 6)


@pytest.mark.parametrize(
    "path, edtf",
    [
        ("news/20220106/library", "2022-01-06"),
        ("20220106-library", "2022-01-06"),
        ("article/20221399/library", None),
        ("2022-1/library", None),
        ("2022-01/library", "2022-01"),
        ("2022/1/library", "2022-01"),
        ("story/12022010677", None),
    ],
)
def test_days_in_addresses(tmp_path, path, edtf):
    assert record(tmp_path, url=f"https://paper.example/{path}").edtf == edtf
