"""The publication date that follows from what came beside the text, what the text prints, and the address."""

import re
from datetime import date

from onrecord.document import Given, Publication
from onrecord.parse.given.days import certain, edtf_of, is_swap, month_days
from onrecord.parse.given.local_day import local_days
from onrecord.parse.head.dates import MONTHS

# .../2018/09/27/quay-opens, .../2018/sep/27/quay-opens, .../2018-09-27-quay-opens, .../2018/09/quay-opens
# /2019-4/ is an issue and no month.
_DATED_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<mark>[/-])(?P<month>\d\d?|[a-z]{3})"
    r"(?:(?P=mark)(?P<day>\d\d?)(?=[/_-]|$)|(?<!-\d)/)"
)
# .../20180927/quay-opens
_COMPACT_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?=[/_-][a-z]|/$)", re.IGNORECASE
)


def known_publication(given: Given, stated: Publication | None) -> Publication | None:
    """The publication date that came beside the text, else the stated one, else that of the address; None without any.

    Of a moment in UTC the outlet's own day is taken (`local_day`). Where only bounds came, the date that the text
    prints or that stands in the address decides, if it is one of the days that can be meant.
    """
    addressed = address_day(given.url)
    if given.published and given.published_at:
        is_printed = stated and not (stated.evidence or "").endswith("; updated")
        told = (addressed.day if addressed else None, stated.day if stated and is_printed else None)
        earliest, latest = local_days(given.published_at, told, given.timezone)
        if earliest != latest:
            return Publication(basis="given", earliest=earliest, latest=latest, edtf=edtf_of(earliest, latest))
        return certain("given", earliest, None)
    if given.published:
        return certain("given", given.published, None)
    if given.published_bounds is None:
        return addressed if stated and addressed and _decides(addressed, stated) else stated or addressed
    first, last = given.published_bounds
    bounds = Publication(basis="given", earliest=first, latest=last, edtf=edtf_of(first, last))
    return next((other for other in (stated, addressed) if other and _decides(other, bounds)), bounds)


def _decides(other: Publication, bounds: Publication) -> bool:
    """Whether another date is one of the days that can be meant where only bounds are known."""
    first, last = bounds.earliest, bounds.latest
    if bounds.day or not other.day or not first or not last:
        return False
    return other.day in (first, last) if is_swap(first, last) else first <= other.day <= last


def address_day(url: str | None) -> Publication | None:
    """The day, or the bounds of the month, under which a site files the article."""
    dated = _DATED_ADDRESS.search(url or "") or _COMPACT_ADDRESS.search(url or "")
    if dated is None:
        return None
    try:
        year, month = int(dated["year"]), MONTHS.get(dated["month"]) or int(dated["month"])
        if dated["day"]:
            return certain("given", date(year, month, int(dated["day"])), dated[0])
        first, last = month_days(year, month)
    except ValueError:  # numbers that are no date
        return None
    return Publication(basis="given", earliest=first, latest=last, edtf=edtf_of(first, last), evidence=dated[0])
