"""What fuzzing feeds in: files as they may arrive, from random bytes to real articles that were damaged.

A case is a `File`, its name and its bytes, whatever it tests: so each goes the way of a real one, and one that fails is
saved as a file that `onrecord show` reads. Hypothesis draws the cases from the strategies below; the sizes are drawn as
numbers of repetitions, so that a huge case is as quickly made and shrunk as a small one.
"""

import gzip
import html
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

import containers
from pages import TEMPLATES, Printed


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


# ---------------------------------------------------------------- scraps of text

# Repeated, each has a rule of some grammar start over and over: dates, quotes, bylines, captions, prompts, links.
SCRAPS = (
    "a ", "a", "1", "12 ", "1.", "1/", "1-", "12:", "1,000,", "12 March 2019 ", "March 12, 2019, ", "10/07/2017 ",
    "2019-03-12T10:30:00Z ", "Monday, ", "10:30 a.m. ", "May, ", "Sept. ", "two years and ", "from 2 to ", "’90s ",
    "two years ago ", "the end of ", "late early ", "1990s ", "Q1 ", "2018-", "between 2018 and ", "12th ", "twenty-",
    "99/99/9999 ", "30 February 2019 ", "in May 0000 ", '"', "'", "“", "”", "‘", "’", "«", "»", "„", "“‘", "“a ",
    "“Yes,” he said. ", '"a" ', "‘a’ ", "(", ")", "()", "[", "[a](b) ", "{{x}}", ".", "…", ". . . ", "a, ", "a; ",
    "a: ", "– ", "a — ", "A ", "J. ", "U.S. ", "UNITED NATIONS ", "LONDON (AP) — ", "LONDON, ", "By ", "By Ann Lee ",
    "Ann Lee, ", "Ann Lee and ", "(AP) ", "Photo: ", "(Photo by Ann Lee/AP) ", "FILE - In this ", "Getty Images ",
    "Image copyright Getty Images Image caption A quay ", "http://", "https://a.b/c?d=e&f ", "www.a", "a/", "a@b.com ",
    "%20", "&", "&amp;", "&amp;amp;", "&#65;", "&#x110000;", "&#55296;", "&quot;", "<", "<b>", '<a href="x">', "<!--",
    "]]>", "#", "* ", "_", " | ", "Home > News > ", "© ", "Copyright 2019 ", "Leave a Reply ", "1 reply on “",
    "26 replies on ", "Read more ", "Read more: ", ". Read more: A quay. ", "ALSO READ: ", "Related: ", "Share ",
    "Follow us on Twitter ", "Subscribe to our newsletter ", "We use cookies. ", "Story highlights ", "Updated: ",
    "Published 12 March 2019 ", "Posted on ", "Advertisement ", "he said that ", "according to ", "called for ", "WHO ",
    "they ", "â€™", "Ã©", "e\u0301", "\u0301", "\u200b", "\u00a0", "\u202e", "\u2066", "\ufeff", "\ufffd", "\t", "\r",
    "\r\n", "\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\U000e0041", "中", "ا", "👍🏽", "ﬁ", "ǅ", "ı", "=1+1",
    "%s", "\\", "\n", "\n\n", "a\n", "a\n\n", "Share\n", "March 12, 2019\n", "By Ann Lee\n", "Photo: A quay\n\n",
    "• a\n", "Ann says:\nMarch 2, 2019 at 10:30\nI agree.\n\n", "Read more: A quay\n\n", "1 Comment\n",
    "She told us on the day that it was better to go on and so it was done before the others\n",
)  # fmt: skip

SENTENCES = (
    "“We will open the quay by May,” said Anna Holm, the harbour minister. ",
    "He urged Beijing to lift the ban, but Moscow refused to do so. ",
    "The United States called for new talks on Monday, according to Reuters. ",
    "“Any ban,” she added, “must end.” ",
    "A senior official told reporters that the port “should be closed” next week. ",
    "Norway’s Foreign Minister: ",
    "They proposed a three-year plan, which the U.N. Security Council opposes. ",
    "Kim Jong Un said that it would not be so, and nobody has asked the workers since 2017.\n\n",
)

LONGEST = 120_000  # characters of a scrap repeated

marks = st.text("“”‘’\"'«»„‚`´()[]{}<>", max_size=12)
numbers = st.text("0123456789/-.,: ", max_size=12)
controls = st.text(st.characters(categories=("Cc", "Cf", "Zl", "Zp", "Zs")), max_size=8)
accents = st.text(st.characters(categories=("Mn", "Me", "Sk", "Lm")), max_size=8)
pieces = st.one_of(
    st.sampled_from(SCRAPS), st.sampled_from(SENTENCES), st.text(max_size=12), marks, numbers, controls, accents
)
soups = st.lists(pieces, max_size=30).map("".join)
articles_of_soup = st.lists(st.one_of(st.sampled_from(SENTENCES), pieces), min_size=4, max_size=40).map("".join)


@st.composite
def huge_lines(draw: st.DrawFn) -> str:
    """A scrap or two, thousands of times, with a little of something else around."""
    scrap = draw(st.one_of(st.sampled_from(SCRAPS), soups.filter(bool)))
    count = draw(st.integers(1, max(1, LONGEST // len(scrap) // draw(st.sampled_from([1, 10, 100])))))
    return draw(pieces) + scrap * count + draw(pieces)


# Huge ones cost a hundred times as much as the others, so they are rare.
hostile_texts = st.integers(0, 39).flatmap(lambda n: huge_lines() if n == 39 else articles_of_soup if n % 2 else soups)


def text_file(text: str) -> File:
    return File("case.txt", text.encode("utf-8", "replace"))


# ---------------------------------------------------------------- bytes

ENDINGS = (
    ".txt", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".TXT", ".pdf", "", ".csv", ".tsv", ".xlsx", ".parquet",
    ".warc",
    ".rss", ".md", ".docx", ".rtf", ".zip", ".jl.bz2", ".jl.xz", ".jl.zst", ".php",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "koi8-r", "shift-jis", "utf-7")
MAGIC = (
    b"", b"\x1f\x8b", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n", b"\xff\xfe", b"\xef\xbb\xbf",
    b"<!DOCTYPE html>", b'<?xml version="1.0" encoding="utf-16"?>', b'<meta charset="nonsense">', b"[", b'{"text": "',
)  # fmt: skip


@st.composite
def byte_files(draw: st.DrawFn) -> File:
    """Bytes of any kind under any name, packed with gzip or not, whole or cut short."""
    text = soups.map(lambda text: text.encode("utf-8", "replace"))
    encoded = st.builds(lambda text, code: text.encode(code, "replace"), soups, st.sampled_from(ENCODINGS))
    content = draw(st.sampled_from(MAGIC)) + draw(st.one_of(st.binary(max_size=400), text, encoded))
    name = "case" + draw(st.sampled_from(ENDINGS))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        name, content = name + ".gz", gzip.compress(content, 1, mtime=0)
    if draw(st.integers(0, 3)) == 3:
        content = content[: draw(st.integers(0, len(content)))] + draw(st.binary(max_size=4))
    return File(name, content)


@st.composite
def container_files(draw: st.DrawFn) -> File:
    """Tables, crawls, exports of archives and packed files with hostile texts in them, whole or with bytes changed."""
    texts = draw(st.lists(hostile_texts, min_size=1, max_size=3))
    name, make = draw(st.sampled_from(sorted(containers.MAKERS.items())))
    content = bytearray(make([text.encode("utf-8", "replace").decode("utf-8") for text in texts]))
    for _ in range(draw(st.sampled_from([0, 0, 1, 4])) if content else 0):
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=4))
    if draw(st.integers(0, 5)) == 5:
        content = content[: draw(st.integers(0, len(content)))]
    return File(f"case{name}", bytes(content))


# ---------------------------------------------------------------- pages

TAGS = (
    "div", "p", "span", "a", "article", "nav", "header", "footer", "aside", "h1", "h2", "table", "tr", "td", "ul", "li",
    "script", "style", "svg", "iframe", "noscript", "template", "textarea", "title", "blockquote", "br", "figure",
    "figcaption", "time", "meta", "x" * 300,
)  # fmt: skip
MARKUP = (
    "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE", "<?xml", "&", "&amp;", "&#0;", "&#xD800;",
    "&#x110000;", "&nbsp", "&CounterClockwiseContourIntegral;", 'class="', "'", '"', "=", "\x00", "<p", "<p ", "</p >",
    '<meta property="article:published_time" content="2019-02-30T99:00">', '<meta name="author" content="">',
    '<link rel="canonical" href="//[">', '<meta http-equiv="refresh" content="0">', "<base href=javascript:x>",
    '<script type="application/ld+json">', '{"@type":"NewsArticle","datePublished":', '{"@graph":[[{}]]}', "</script>",
    '<time datetime="2019">', '<html lang="xx">', "<frameset>", "<plaintext>", "<math><mi>", "<svg><foreignObject>",
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn) -> str:
    tag, text = draw(st.sampled_from(TAGS)), draw(st.one_of(st.sampled_from(SENTENCES), pieces))
    return draw(st.sampled_from([f"<{tag}>{text}</{tag}>", f"<{tag}>{text}", f'<{tag} class="{text}">', f"</{tag}>"]))


@st.composite
def deep_pages(draw: st.DrawFn) -> str:
    """One element in itself, thousands of times; closed, or not."""
    tag, depth = draw(st.sampled_from(TAGS)), draw(st.integers(1, 20_000 // draw(st.sampled_from([1, 10, 100]))))
    return f"<{tag}>" * depth + draw(st.sampled_from(SENTENCES)) * 5 + f"</{tag}>" * draw(st.sampled_from([0, depth]))


@st.composite
def hostile_pages(draw: st.DrawFn) -> File:
    """Pages with something of an article in them, and markup that is none."""
    if draw(st.integers(0, 39)) == 39:
        text = draw(deep_pages())
    else:
        text = "".join(draw(st.lists(st.one_of(elements(), st.sampled_from(MARKUP), pieces), max_size=30)))
    if draw(st.booleans()):
        page = page_of(draw(articles_of_soup), draw(st.sampled_from(sorted(TEMPLATES))), draw(pieces))
        at = draw(st.integers(0, 999)) * len(page) // 1000
        text = page[:at] + text + page[at:]
    return File("case.html", text.encode("utf-8", "replace"))


def page_of(text: str, template: str, title: str) -> str:
    """An article as a page with all that stands around one."""
    printed = Printed(
        url="https://quay.example/2019/03/12/a",
        title=title,
        outlet="Quay Courier",
        authors=("Ann Lee",),
        published=date(2019, 3, 12),
        paragraphs=tuple(text.split("\n\n")),
        caption="The quay on Monday. (Photo by Ann Lee/AP)",
    )
    return TEMPLATES[template](printed)


# ---------------------------------------------------------------- records

FIELDS = (
    "text", "maintext", "body", "content", "html", "url", "title", "published", "date", "outlet", "authors", "author",
    "section", "language", "\ud800",
)  # fmt: skip
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), soups, numbers, st.text(st.characters(), max_size=5),
        st.sampled_from(["2019-02-30", "2019-03-12T10:30:00+99:00", "0000-00-00", "http://[", "\ud800", "1e999", ""]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


@st.composite
def hostile_records(draw: st.DrawFn) -> File:
    """Records whose fields hold anything, some of their lines broken."""
    fields = st.dictionaries(st.sampled_from(FIELDS), values, max_size=6)
    records = draw(st.lists(st.builds(lambda text, more: {"text": text} | more, hostile_texts, fields), max_size=3))
    ascii_only = draw(st.booleans())
    lines = [json.dumps(r, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass") for r in records]
    if lines and draw(st.integers(0, 3)) == 3:
        at = draw(st.integers(0, len(lines[0])))
        lines[0] = lines[0][:at] + draw(st.binary(max_size=3)) + lines[0][at + draw(st.integers(0, 3)) :]
    if draw(st.integers(0, 9)) == 9:
        lines.append(b"[" * draw(st.integers(1, 20_000)))
    name = draw(st.sampled_from(["case.jsonl", "case.json"]))
    return File(name, b"\n".join(lines) if name == "case.jsonl" else b"[" + b",".join(lines) + b"]")


# ---------------------------------------------------------------- articles

# What may happen to a stretch of an article, given as stretch, dice -> what stands there instead.
OF_A_STRETCH: Mapping[str, Callable[[str, random.Random], str]] = {
    "deleted": lambda stretch, dice: "",
    "repeated": lambda stretch, dice: stretch * dice.choice([2, 2, 2, 3, 40]),
    "upper": lambda stretch, dice: stretch.upper(),
    "lower": lambda stretch, dice: stretch.lower(),
    "cases swapped": lambda stretch, dice: stretch.swapcase(),
    "lines joined": lambda stretch, dice: stretch.replace("\n", dice.choice(["", " "])),
    "lines split": lambda stretch, dice: stretch.replace(". ", dice.choice([".\n", ".\n\n"])),
    "broken": lambda stretch, dice: f"\n{stretch}",
    "marked": lambda stretch, dice: dice.choice("“”‘’\"'()[]—…") + stretch,
    "scrap": lambda stretch, dice: dice.choice(SCRAPS) + stretch,
    "scrap line": lambda stretch, dice: f"\n\n{dice.choice(SCRAPS)}\n\n{stretch}",
    "mojibake": lambda stretch, dice: stretch.encode().decode(dice.choice(["cp1252", "latin-1", "cp437"]), "replace"),
    "escaped": lambda stretch, dice: html.escape(stretch),
    "spaces lost": lambda stretch, dice: stretch.replace(" ", ""),
    "letters noised": lambda stretch, dice: "".join(dice.choice([c, c, c, c, "", "x", " "]) for c in stretch),
    "reversed": lambda stretch, dice: stretch[::-1],
}

# What may happen to a whole article, given as text, another one, dice -> text.
OF_A_TEXT: Mapping[str, Callable[[str, str, random.Random], str]] = {
    "shuffled": lambda text, other, dice: "\n\n".join(dice.sample(paragraphs := text.split("\n\n"), len(paragraphs))),
    "spliced": lambda text, other, dice: text[: dice.randrange(len(text))] + other[dice.randrange(len(other)) :],
    "single spaced": lambda text, other, dice: text.replace("\n\n", "\n"),
    "one line": lambda text, other, dice: " ".join(text.split()),
    "wrapped": lambda text, other, dice: "\n".join(text[i : i + 72] for i in range(0, len(text), 72)),
    "carriage returns": lambda text, other, dice: text.replace("\n", dice.choice(["\r\n", "\r"])),
    "straight marks": lambda text, other, dice: text.translate(str.maketrans("“”‘’", "\"\"''")),
    "marks lost": lambda text, other, dice: text.replace(dice.choice("“”"), ""),
    # In the middle of a character, as far as a text can hold that.
    "cut short": lambda text, other, dice: text.encode()[: dice.randrange(1, len(text) + 1)].decode("utf-8", "replace"),
}


@st.composite
def mutated(draw: st.DrawFn, articles: Sequence[str], *, longest: int | None = None) -> str:
    """An article, or `longest` characters of it, damaged once or several times."""
    text = draw(st.sampled_from(articles))
    if longest is not None:
        at = draw(st.integers(0, max(0, len(text) - longest)))
        text = text[at : at + longest]
    return draw(damaged(text, draw(st.sampled_from(articles)), draw(st.integers(1, 5))))


@st.composite
def damaged(draw: st.DrawFn, text: str, other: str, times: int) -> str:
    """A text after this many accidents."""
    for _ in range(times):
        if not text:
            break
        how = draw(st.sampled_from([*OF_A_STRETCH, *OF_A_TEXT]))
        dice = random.Random(draw(st.integers(0, 999)))
        start = draw(st.integers(0, 999)) * len(text) // 1000
        end = min(len(text), start + draw(st.sampled_from([1, 8, 80, 800])))
        if how in OF_A_TEXT:
            text = OF_A_TEXT[how](text, other, dice)
        else:
            text = text[:start] + OF_A_STRETCH[how](text[start:end], dice) + text[end:]
    return text


@st.composite
def mutated_articles(draw: st.DrawFn, articles: Sequence[str]) -> File:
    """A damaged article as a text, a record or a page; now and then the page or the bytes are damaged, too."""
    text = draw(mutated(articles))
    name = draw(st.sampled_from(["case.txt", "case.txt", "case.jsonl", "case.html"]))
    title = text.split("\n", 1)[0][:200]
    if name == "case.jsonl":
        text = json.dumps({"text": text, "title": title, "url": "https://example.org/a"})
    elif name == "case.html":
        page = page_of(text, draw(st.sampled_from(sorted(TEMPLATES))), title)
        text = draw(damaged(page, draw(st.sampled_from(MARKUP)), draw(st.integers(0, 3))))
    content = text.encode("utf-8", "replace")
    if draw(st.integers(0, 9)) == 9:
        at = draw(st.integers(0, 999)) * len(content) // 1000
        content = content[:at] + content[at + 1 :]
    return File(name, content)


def mutated_excerpts(articles: Sequence[str], longest: int) -> st.SearchStrategy[File]:
    """Damaged parts of articles, short enough to be annotated by the hundred."""
    return mutated(articles, longest=longest).map(record_file)


def record_file(text: str) -> File:
    """A text as the record of an article, which is never refused for being short."""
    return File("case.jsonl", json.dumps({"text": text, "title": "Quay opens", "published": "2019-03-12"}).encode())
