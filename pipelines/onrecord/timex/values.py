"""What the parts of a match stand for: its year, day, time of day and amount."""

from onrecord.timex.match import Match

TURN = {
    "LAST": -1, "PAST": -1, "PREVIOUS": -1, "NEXT": 1, "COMING": 1, "FOLLOWING": 1, "THIS": 0, "CURRENT": 0,
    "THAT": 0, "SAME": 0, "EARLIER": -1, "LATER": 1,
}  # fmt: skip
_FROM_TEXT = {"THAT", "SAME", "PREVIOUS", "FOLLOWING"}  # these count from the date last named, not from today


_HALVES = {"Y": "6M", "TM": "30S", "TH": "30M"}  # half of a unit, after so many whole ones


def year_of(match: Match, part: str = "year") -> int | None:
    tokens = match.parts(part)
    if not tokens:
        return None
    meaning = tokens[0].meaning
    if tokens[0].kind == "APOSYEAR":
        return full_year(int(str(meaning)[1:]))
    return int(meaning) if isinstance(meaning, (int, float)) else None


def full_year(two_digits: int) -> int:
    """The year of a two-digit year, 1930 to 2029."""
    return two_digits + (1900 if two_digits >= 30 else 2000)


def day_of(match: Match) -> int | None:
    day = match.number("day")
    return day if 1 <= day <= 31 else None


def time_of(match: Match) -> str:
    """The time of day of a match: TMO, TNI, T17:00 or nothing."""
    if match.has("part"):
        return f"T{match.word('part')}"
    if match.has("noon"):
        return f"T{match.word('noon')}"
    clock = match.word("clock") if match.has("clock") else match.word("clock24") if match.has("clock24") else ""
    if not clock:
        return ""
    hour, _, rest = clock.replace(".", ":").partition(":")
    n = int(hour)
    if n > 24:
        return ""
    if match.has("ampm"):
        n = n % 12 + (12 if match.word("ampm")[0] in "pP" else 0)
    return f"T{n:02d}:{rest or '00'}"


def base_of(kind: str) -> str:
    """What "last", "that" .. count from: publication or text."""
    return "text" if kind in _FROM_TEXT else "publication"


def amount_of(match: Match) -> str | None:
    """The TIMEX3 length of a count and a unit: P3M, PT5H, P10Y, PXW."""
    unit = match.word("unit")
    if not match.has("n") and not match.has("couple"):
        return {"TS": "PTXS", "TM": "PTXM", "TH": "PTXH", "E": "PXY", "C": "PXY", "F": "PXW"}.get(unit, f"PX{unit}")
    meaning = match.parts("n" if match.has("n") else "couple")[0].meaning
    number = float(meaning) if isinstance(meaning, (int, float)) else 1.0
    if match.has("andhalf"):
        number += 0.5
    if match.has("fraction"):
        above, _, below = match.word("fraction").partition("/")
        number += int(above) / (int(below) or 1)
    if number > 100_000:
        return None
    factor, code = {
        "E": (10, "Y"), "C": (100, "Y"), "Q": (3, "M"), "F": (2, "W"), "TS": (1, "S"), "TM": (1, "M"), "TH": (1, "H"),
    }.get(unit, (1, unit))  # fmt: skip
    number *= factor
    prefix = "PT" if unit[0] == "T" else "P"
    if number != int(number):
        if unit in _HALVES and number % 1 == 0.5:
            return f"{prefix}{int(number)}{code}{_HALVES[unit]}"
        return f"{prefix}{number:g}{code}"
    return f"{prefix}{int(number)}{code}"
