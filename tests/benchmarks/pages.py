"""Our reader of web pages beside the usual ones, on real pages with gold, by the definitions of their two sets. Prints.

    pages.py FOLDER [--each]

FOLDER holds one or both of two public sets, as their makers publish them, the pages packed with gzip:

    aeb/     article-extraction-benchmark: `<id>.html.gz`, and `ground-truth.json` with an `articleBody` for each id
    fundus/  fundus' parser tests: `<country>__<Outlet>_<day>.html.gz`, and beside each a JSON with what the versions
             of its parser found on the pages of that outlet; the one whose text is this page's is its gold

Pages whose gold is in another language than English are left out: we refuse them. `--each` prints the worst pages, too.
"""

import argparse
import gzip
import json
import re
import statistics
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from onrecord.document import Seed
from onrecord.parse import parse
from onrecord.parse.language import is_english

GRAMS = 4  # words
WORST = 12  # pages printed by --each
IN_PAGE = 0.5  # of the 4-grams of a gold text at least stand in the page that it is of
# Where the outlets of a country are: the day of a story is one that it was there.
ZONES = {
    "us": ("America/New_York", "America/Los_Angeles"),
    "ca": ("America/Halifax", "America/Vancouver"),
    "uk": ("Europe/London",),
    "au": ("Australia/Perth", "Australia/Sydney"),
    "ind": ("Asia/Kolkata",),
    "na": ("Africa/Windhoek",),
    "za": ("Africa/Johannesburg",),
    "my": ("Asia/Kuala_Lumpur",),
    "tz": ("Africa/Dar_es_Salaam",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    name: str
    html: str
    text: str
    authors: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()  # any is right: a moment is two days, in a country with several time zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    text: str | None = None  # None: a tool that only dates pages
    authors: frozenset[str] | None = None
    day: date | None = None


def read_aeb(folder: Path) -> Iterator[Gold]:
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, gold in sorted(truth.items()):
        page = folder / f"{name}.html.gz"
        if page.exists():
            yield Gold(name=name, html=_html(page), text=gold.get("articleBody", ""))


def read_fundus(folder: Path) -> Iterator[Gold]:
    for page in sorted(folder.glob("*.html.gz")):
        html = _html(page)
        written = json.loads(Path(str(page).removesuffix(".html.gz") + ".json").read_text(encoding="utf-8"))
        grams = shingles(re.sub(r"<[^>]*>", " ", html).replace("&nbsp;", " "))
        versions = {_body(version["body"]): version for version in written.values() if version.get("body")}
        text, version = max(versions.items(), key=lambda item: _share(shingles(item[0]), grams))
        if _share(shingles(text), grams) < IN_PAGE:
            print(f"  {page.name}: no version of the parser is this page's, left out")
            continue
        stamp = version.get("publishing_date")
        yield Gold(
            name=page.name.removesuffix(".html.gz"),
            html=html,
            text=text,
            authors=_names(version.get("authors") or ()),
            days=_days(datetime.fromisoformat(stamp), page.name.partition("__")[0]) if stamp else frozenset(),
        )


def _html(page: Path) -> str:
    return gzip.decompress(page.read_bytes()).decode("utf-8", "replace")


def _body(body: Mapping[str, Sequence[str] | Sequence[Mapping[str, Sequence[str]]]]) -> str:
    """Summary, headings and paragraphs, in the order of the page."""
    parts = [*body["summary"]]
    for section in body["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n\n".join(parts)


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(name.casefold().split()) for name in names)


def _days(moment: datetime, country: str) -> frozenset[date]:
    zones = ZONES[country] if moment.tzinfo else ()
    return frozenset({moment.date(), *(moment.astimezone(ZoneInfo(zone)).date() for zone in zones)})


def read_ours(html: str) -> Found:
    doc, _ = parse(Seed(source_file="page.html", source_sha256="0" * 64, text=html, form="html"))
    if doc is None:
        return Found(text="", authors=frozenset())
    return Found(text=doc.text, authors=_names(doc.authors), day=doc.published.day)


def read_trafilatura(html: str) -> Found:
    from trafilatura import bare_extraction

    found = bare_extraction(html, include_comments=False, with_metadata=True)
    if found is None:
        return Found(text="", authors=frozenset())
    authors = _names((found.author or "").split("; ")) - {""}
    return Found(text=found.text or "", authors=authors, day=date.fromisoformat(found.date) if found.date else None)


def read_newspaper(html: str) -> Found:
    from newspaper import Article

    article = Article("https://newspaper.example/", language="en")
    article.download(input_html=html)
    article.parse()
    published = article.publish_date
    return Found(text=article.text, authors=_names(article.authors), day=published.date() if published else None)


def read_htmldate(html: str) -> Found:
    from htmldate import find_date

    day = find_date(html, original_date=True)
    return Found(day=date.fromisoformat(day) if day else None)


TOOLS: dict[str, Callable[[str], Found]] = {
    "onrecord": read_ours,
    "trafilatura": read_trafilatura,
    "newspaper4k": read_newspaper,
    "htmldate": read_htmldate,
}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs; a shorter text is one run."""
    tokens = words(text)
    return Counter(tuple(tokens[at : at + GRAMS]) for at in range(max(1, len(tokens) - GRAMS + 1)) if tokens)


def _share(part: Counter[tuple[str, ...]], whole: Counter[tuple[str, ...]]) -> float:
    """The share of what `part` counts that `whole` has, too; of nothing, none."""
    return (part & whole).total() / part.total() if part else 0.0


def print_bodies(golds: Sequence[Gold], found: Mapping[str, Sequence[Found]]) -> None:
    """Precision, recall and F1 of the runs of four words: means over the pages, and F1 of these. Exact: equal words.

    As article-extraction-benchmark has it, the mean precision leaves out pages on which nothing was found.
    """
    for tool, answers in found.items():
        pairs = [
            (shingles(gold.text), shingles(answer.text or "")) for gold, answer in zip(golds, answers, strict=True)
        ]
        if answers[0].text is None:
            continue
        precision = statistics.mean([_share(own, gold) for gold, own in pairs if own] or [0.0])
        recall = statistics.mean([_share(gold, own) for gold, own in pairs if gold])
        f1 = 2 * precision * recall / (precision + recall or 1.0)
        exact = statistics.mean(words(gold.text) == words(a.text or "") for gold, a in zip(golds, answers, strict=True))
        print(f"    {tool:12} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  exact {exact:.3f}")


def print_authors(golds: Sequence[Gold], found: Mapping[str, Sequence[Found]]) -> None:
    """Precision and recall of names, over the pages whose gold has some; case and white space aside."""
    for tool, answers in found.items():
        pairs = [(gold.authors, a.authors) for gold, a in zip(golds, answers, strict=True) if gold.authors]
        if not pairs or any(own is None for _, own in pairs):
            continue
        right = sum(len(gold & own) for gold, own in pairs if own)
        precision = right / (sum(len(own) for _, own in pairs if own) or 1)
        recall = right / sum(len(gold) for gold, _ in pairs)
        print(f"    {tool:12} authors: precision {precision:.3f}  recall {recall:.3f}")


def print_days(golds: Sequence[Gold], found: Mapping[str, Sequence[Found]]) -> None:
    for tool, answers in found.items():
        days = [(gold.days, a.day) for gold, a in zip(golds, answers, strict=True) if gold.days]
        if days:
            missing = sum(day is None for _, day in days)
            right = sum(day in gold for gold, day in days)
            print(f"    {tool:12} day: {right} right, {len(days) - right - missing} wrong, {missing} missing")


def print_worst(golds: Sequence[Gold], answers: Sequence[Found]) -> None:
    """The pages on which we lose or keep most, and what else differs on them."""
    rows = []
    for gold, answer in zip(golds, answers, strict=True):
        true, own = shingles(gold.text), shingles(answer.text or "")
        lost, kept = 1 - _share(true, own), 1 - _share(own, true)
        rows.append((lost + kept, f"lost {lost:.2f} kept {kept:.2f}", gold, answer))
    for _, told, gold, _ in sorted(rows, key=lambda row: -row[0])[:WORST]:
        print(f"      {told}  {gold.name}")
    for _, _, gold, answer in rows:
        if gold.authors and gold.authors != answer.authors:
            print(f"      authors {sorted(gold.authors)}, ours {sorted(answer.authors or ())}  {gold.name}")
        if gold.days and answer.day not in gold.days:
            print(f"      day {sorted(map(str, gold.days))}, ours {answer.day}  {gold.name}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--each", action="store_true", help="print the worst pages, too")
    options.add_argument("--tools", nargs="*", choices=TOOLS, default=list(TOOLS))
    chosen = options.parse_args()
    warnings.filterwarnings("ignore")  # the tools' own
    for name, read in (("aeb", read_aeb), ("fundus", read_fundus)):
        if not (chosen.folder / name).is_dir():
            print(f"{name}: not in {chosen.folder}")
            continue
        pages = list(read(chosen.folder / name))
        golds = [gold for gold in pages if is_english(gold.text)]
        print(f"{name}: {len(golds)} pages, and {len(pages) - len(golds)} in other languages left out")
        found = {tool: [TOOLS[tool](gold.html) for gold in golds] for tool in chosen.tools}
        print_bodies(golds, found)
        print_authors(golds, found)
        print_days(golds, found)
        if chosen.each:
            print_worst(golds, found["onrecord"])


if __name__ == "__main__":
    main()
