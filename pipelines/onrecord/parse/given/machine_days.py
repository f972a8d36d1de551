"""Days as programs write them, beside ISO 8601: logs, databases, the C library."""

import re
from datetime import date

from onrecord.parse.head.dates import MONTHS

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}"
_FORMS = (
    # Thu Sep 27 18:20:11 2018, Thu Sep 27 18:20:11 EDT 2018
    re.compile(rf"[a-z]{{3}},? {_MONTH} +(?P<day>\d{{1,2}}) \d\d:\d\d:\d\d (?:[a-z]{{2,4}} )?(?P<year>\d{{4}})", re.I),
    # 27-SEP-18, 27-SEP-18 06.20.11 PM: Oracle
    re.compile(rf"(?P<day>\d{{1,2}})-{_MONTH}-(?P<year>\d{{2}}|\d{{4}})(?:[ T].{{0,30}})?", re.I),
    # 27/Sep/2018:18:20:11 +0000: logs of web servers
    re.compile(rf"(?P<day>\d{{1,2}})/{_MONTH}/(?P<year>\d{{4}})(?:[: ].{{0,30}})?", re.I),
    # 20180927182011, 20180927T182011Z: archives
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)T?\d{4}(?:\d\d)?Z?"),
)


def machine_day(text: str) -> date | None:
    """The day that a text is in one of these forms; None if it is in none. ValueError for a day that no month has."""
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            month, year = match["month"], int(match["year"])
            number = int(month) if month.isdigit() else MONTHS[month.casefold()]
            # Two digits as POSIX reads them: 69 to 99 are of the last century.
            century = 0 if year > 99 else 1900 if year > 68 else 2000
            return date(year + century, number, int(match["day"]))
    return None
