"""A sample as a sheet for spreadsheets: one row each, the last columns empty for whoever judges, and read back."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.audit.items import Item, WholeArticle
from onrecord.audit.judged import BadJudgmentError, Judgment, read_judgment

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TOLD = ("row_id", "table", "kind", "outlet", "published", "title", "url", "before", "words", "after")
_ASKED = ("verdict", "wrong", "value", "reason")


def to_sheet(items: Sequence[Item], articles: Sequence[WholeArticle]) -> str:
    """CSV (RFC 4180). `verdict` is to be filled in with right, wrong or unsure, `wrong` with words of judged.WRONG.

    Of an article, `value` takes what was missed, one finding a line: `quote: ...`, `proposal: ...`. A text that a
    spreadsheet would run as a formula has an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*_TOLD, "facts", *_ASKED])
    for item in items:
        facts = "; ".join(f"{name}: {value}" for name, value in item.facts)
        told = [getattr(item, name) for name in _TOLD]
        writer.writerow([_cell(value) for value in (*told, facts)] + [""] * len(_ASKED))
    for article in articles:
        found = "\n".join(f"{item.table[:-1]} ({item.kind}): {item.words}" for item in article.found)
        told = [article.article_id, "articles", "", article.outlet, article.published, article.title, article.url]
        writer.writerow([_cell(value) for value in (*told, "", article.text, "", found)] + [""] * len(_ASKED))
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def read_sheet(path: Path, *, release: str, who: str | None, at: str) -> Iterator[Judgment]:
    """The judgments in a sheet that was filled in; rows without a verdict are left out.

    BadJudgmentError, with the line, for a sheet without these columns or a cell that is no verdict.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadJudgmentError(f"{path} cannot be read as a sheet ({error})") from error
    if rows and (lacking := {"row_id", *_ASKED} - rows[0].keys()):
        raise BadJudgmentError(f"{path} has no column {min(lacking)}: it is no sheet of onrecord audit --csv")
    for number, row in enumerate(rows, 2):
        given = {name: (row[name] or "").strip() for name in ("row_id", *_ASKED)}
        if not given["verdict"]:
            continue
        found = {
            "release": release,
            "row_id": given["row_id"],
            "verdict": given["verdict"].lower(),
            "wrong": given["wrong"].replace(",", " ").split(),
            "value": given["value"] or None,
            "reason": given["reason"] or None,
            "who": who,
            "at": at,
        }
        try:
            yield read_judgment(found)
        except BadJudgmentError as error:
            raise BadJudgmentError(f"{path}, row {number}: {error.args[0]}") from error
