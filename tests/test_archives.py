"""Exports of newspaper archives: three made-up articles in every layout are three, each field in its column."""

import io
import zipfile
from datetime import date
from html import escape
from textwrap import fill

import pytest

from onrecord.document import Reason
from onrecord.parse import parse
from onrecord.read import read_seeds

# Headline, author, outlet, day, section, dateline, rights, paragraphs.
ARTICLES = (
    ("Lock keepers win pay talks", "Rolf Amsel", "The Canal Gazette", date(2016, 5, 3), "Local", "LINDAU",
     "Copyright 2016 Canal Press Ltd",
     ("The lock keepers of the northern canal won a promise on Tuesday that their pay will be set anew by summer.",
      "“Nobody has looked at our wages since the dredging began,” said Ida Rosen, who speaks for them. She asked the "
      "state to put the offer in writing.",
      "The canal company said: it would answer by Friday.")),
    ("Orchard law returns to the senate", "Nadia Brook", "Valley Messenger", date(2016, 5, 4), "Politics", "PEARHAM",
     "Copyright 2016 Valley Messenger",
     ("A law that bars houses from old orchards went back to the senate on Wednesday after judges found it vague.",
      "“We shall vote for it again,” said Senator Hugo Plum.")),
    ("Ferry fares to be frozen", "Tom Vane", "Island Echo", date(2016, 5, 6), "News", "SKERRY",
     "Copyright 2016 Echo Media",
     ("Fares on the island ferries will not rise until 2018, the minister for the coast said on Friday in the hall.",
      "Fishermen opposed the plan, which leaves out freight.", "A vote is due in June.")),
)  # fmt: skip


def classic(article, number):
    title, author, outlet, day, section, place, rights, words = article
    return "\n\n".join(
        (
            f"\n{number:>30} of 3 DOCUMENTS",
            f"\n{outlet:^80}",
            f"{f'{day:%B} {day.day}, {day:%Y %A}':^80}",
            f"{'Late Edition':^80}",
            title,
            f"BYLINE: {author}",
            f"SECTION: {section}; Pg. 4",
            f"LENGTH: {len(' '.join(words).split())} words",
            f"DATELINE: {place}",
            *(fill(p, 70) for p in words),
            "LOAD-DATE: May 9, 2016",
            "LANGUAGE: ENGLISH",
            "SUBJECT: LOCKS (90%); WAGES (78%);\nCANALS (66%)",
            "GRAPHIC: A lock at dusk",
            f"{rights:^80}\n{'All Rights Reserved':^80}",
        )
    )


def shuffled(article, number):
    """The older layout with the notice of rights on top, fields in another order and some behind the text."""
    title, author, outlet, day, section, place, rights, words = article
    return "\n\n".join(
        (
            f"{number:>30} of 3 DOCUMENTS",
            f"{rights:^80}\n{'All Rights Reserved':^80}",
            f"{outlet:^80}",
            f"{f'{day:%B} {day.day}, {day:%Y}':^80}",
            f"LENGTH: 99 words\nDATELINE: {place}",
            f"HEADLINE: {title}",
            "BODY:",
            *(fill(p, 70) for p in words),
            f"SECTION: {section}; Pg. 4\nBYLINE: {author}",
            "LOAD-DATE: May 9, 2016",
        )
    )


def uni(article, number):
    title, author, outlet, day, section, place, rights, words = article
    return "\n\n".join(
        (
            title,
            outlet,
            f"{day:%B} {day.day}, {day:%Y %A}",
            f"{rights} All Rights Reserved",
            f"Section: {section}; Pg. 4",
            "Length: 99 words",
            f"Byline: {author}",
            f"Dateline: {place}",
            "Highlight: In short, this.",
            "Body",
            *words,
            "Graphic",
            "A lock at dusk.",
            "Classification",
            "Language: ENGLISH",
            "Subject: LOCKS (90%); WAGES (78%)",
            "Load-Date: May 9, 2016",
            "End of Document\n",
        )
    )


LIST = (
    "User Name: R\n\nDate and Time: 9 May 2016\n\nJob Number: 12\n\nDocuments (3)\n\n1. Lock keepers win pay talks\n\n"
    "Client/Matter: -None-\n\nSearch Terms: lock\n\nSearch Type: Terms and Connectors\n\nNarrowed by:\n\n"
    "Content Type Narrowed by\n\nNews -None-\n\n"
)


def displayed(article, number, between="\n"):
    title, author, outlet, day, section, _, rights, words = article
    head = (section.upper(), title)
    facts = ("99 words", f"{day.day} {day:%B %Y}", "06:15", outlet, "CODE", "4", "English", rights)
    end = f"{rights.removeprefix('Copyright 2016 ')}\n\nDocument CODE00002016{day:%m%d}ec5300{number}lq\n\n"
    return f"{between.join(head)}\n\n{author}\n{between}{between.join(facts)}\n\n" + "\n\n".join((*words, end))


def coded(article, number):
    title, author, outlet, day, section, _, rights, words = article
    return (
        f"SE  {section}\nHD  {title}\nBY  {author}\nWC  99 words\nPD  {day.day} {day:%B %Y}\nET  06:15\nSN  {outlet}\n"
        f"SC  CODE\nPG  4\nLA  English\nCY  {rights}\nLP\n\n{words[0]}\n\nTD\n\n" + "\n\n".join(words[1:]) + "\n\n"
        f"NS  gvote : Elections\nRE  uk : United Kingdom\nPUB  Canal Press\n"
        f"AN  Document CODE00002016{day:%m%d}ec5300{number}lq\n\n"
    )


def displayed_page(article, number):
    title, author, outlet, day, section, _, rights, words = article
    facts = ("99 words", f"{day.day} {day:%B %Y}", "06:15", outlet, "CODE", "English", rights)
    return (
        f'<div class="article enArticle"><div>{section}</div><div id="hd"><span class="enHeadline">{title}</span></div>'
        f'<div class="author">{author}</div>'
        + "".join(f"<div>{escape(fact)}</div>" for fact in facts)
        + "".join(f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>' for p in words)
        + f"<p>Document CODE00002016{day:%m%d}ec5300{number}lq</p></div>"
    )


def coded_page(article, number):
    title, author, outlet, day, section, _, rights, words = article
    rows = {"SE": section, "HD": title, "BY": author, "WC": "99 words", "PD": f"{day.day} {day:%B %Y}", "SN": outlet,
            "LA": "English", "CY": rights}  # fmt: skip
    texts = "".join(f'<p class="articleParagraph">{escape(p)}</p>' for p in words[1:])
    return (
        '<div class="article enArticle"><table>'
        + "".join(f"<tr><td><b>{code}</b></td><td>{escape(value)}</td></tr>" for code, value in rows.items())
        + f'<tr><td><b>LP</b></td><td><p class="articleParagraph">{escape(words[0])}</p></td></tr>'
        f"<tr><td><b>TD</b></td><td>{texts}</td></tr><tr><td><b>NS</b></td><td>gvote : Elections</td></tr>"
        f"<tr><td><b>AN</b></td><td>Document CODE00002016{day:%m%d}ec5300{number}lq</td></tr></table></div>"
    )


def proquest(article, number):
    title, author, outlet, day, section, place, rights, words = article
    surname_first = ", ".join(reversed(author.split()))
    return (
        f"{'_' * 60}\n\nDocument {number} of 3\n\n{title}\n\nAuthor: {surname_first}\n\n"
        f"Publication info: {outlet}; Lindau [Lindau]. {day:%d %b %Y}: 4.\n\nAbstract: In short, this.\n\n"
        f"Links: http://resolver.example/a\n\nFull text: " + "\n\n".join(words) + "\n\n"
        f"Subject: Locks; Wages\n\nTitle: {title}\n\nPublication title: {outlet}\n\nSection: {section}\n\n"
        f"Publication date: {day:%b} {day.day}, {day.year}\n\nDateline: {place}\n\nSource type: Newspapers\n\n"
        f"ProQuest document ID: 12345{number}\n\nCopyright: {rights}\n\nLast updated: 2017-11-20\n\n"
    )


def whole(layout, start="", end=""):
    return start + "".join(layout(article, number) + "\n" for number, article in enumerate(ARTICLES, 1)) + end


def docx(text):
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def rtf(text):
    coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
    return ("{\\rtf1\\ansi\\deff0 " + coded.replace("\n", "\\par\n") + "}").encode("ascii")


def in_zip(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Files (3).DOCX", docx(text))
    return out.getvalue()


SEARCH = "Search Summary\nText\tlock\nDate\tAll Dates\n"
UNDERSCORES = "_" * 60 + "\n\nContact ProQuest\nCopyright 2017 ProQuest LLC\n"
EXPORTS = {
    "older.txt": whole(classic).encode(),
    "older_western.TXT": whole(classic).replace("\n", "\r\n").encode("cp1252"),
    "older_in_another_order.txt": whole(shuffled).encode(),
    "uni.txt": whole(uni).encode(),
    "uni_listed.docx": docx(whole(uni, LIST)),
    "uni.rtf": rtf(whole(uni)),
    "uni.zip": in_zip(whole(uni, LIST)),
    "factiva.txt": whole(displayed, end=SEARCH).encode(),
    "factiva.rtf": rtf(whole(displayed, end=SEARCH)),
    "factiva_coded.txt": whole(coded).encode(),
    "factiva.html": f"<html><body>{whole(displayed_page)}<div>{SEARCH}</div></body></html>".encode(),
    "factiva_coded.html": f"<html><body>{whole(coded_page)}</body></html>".encode(),
    "proquest.txt": whole(proquest, end=UNDERSCORES).encode(),
}


def documents(path):
    return [parse(seed)[0] for seed in read_seeds(path)]


@pytest.mark.parametrize("name", EXPORTS)
def test_three_articles_of_an_export_are_three_articles_with_every_field_in_its_column(tmp_path, name):
    (tmp_path / name).write_bytes(EXPORTS[name])
    docs = documents(tmp_path / name)
    has_place = not name.startswith("factiva")
    told = [(d.title, d.authors, d.outlet, d.published.day, d.section, d.dateline, d.text.split("\n\n")) for d in docs]
    assert told == [
        (title, (author,), outlet, day, section, place if has_place else None, list(words))
        for title, author, outlet, day, section, place, _, words in ARTICLES
    ]
    assert all(doc.rights.startswith(article[6]) for doc, article in zip(docs, ARTICLES, strict=True))
    inner = "/Files (3).DOCX" if name.endswith("zip") else ""
    assert [doc.source_file for doc in docs] == [f"{name}{inner}#{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "LENGTH: 30 words\n\nOne.\n\nLENGTH: 45 words\n\nTwo.",
        "One.\n\nLoad-Date: May 9, 2016\n\nTwo.\n\nLoad-Date: May 10, 2016\n",
        "Article 1 of 2\n\nOne.\n\nArticle 2 of 2\n\nTwo.",
    ],
)
def test_what_looks_like_several_articles_and_cannot_be_told_apart_is_refused(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    (refused,) = read_seeds(tmp_path)
    assert refused.reason == Reason.BAD_RECORD
    assert "2 articles by their lines" in refused.detail


def test_an_article_of_an_export_without_a_text_is_refused_and_the_others_are_kept(tmp_path):
    empty = classic(ARTICLES[0], 1).replace("The lock keepers", "LANGUAGE: ENGLISH\n\nThe").split("LANGUAGE:")[0]
    (tmp_path / "a.txt").write_text(empty + "\n\n" + classic(ARTICLES[1], 2))
    refused, seed = read_seeds(tmp_path)
    assert (refused.reason, seed.given.title) == (Reason.BAD_RECORD, ARTICLES[1][0])


@pytest.mark.parametrize(
    "name, raw, reason",
    [
        ("a.docx", b"PK\x03\x04", Reason.UNREADABLE),
        ("a.docx", in_zip("x"), Reason.UNREADABLE),
        ("a.rtf", b"plain", Reason.UNREADABLE),
        ("a.rtf", b"{\\rtf1 " + b"x" * 9_000_000, Reason.TOO_LARGE),
    ],
)
def test_documents_that_are_none_are_refused(tmp_path, name, raw, reason):
    (tmp_path / name).write_bytes(raw)
    (refused,) = read_seeds(tmp_path)
    assert refused.reason == reason


@pytest.mark.parametrize("name, packed", [("a.docx", docx), ("a.rtf", rtf)])
def test_a_document_that_is_no_export_is_one_article(tmp_path, name, packed):
    title, author, _, day, *_, words = ARTICLES[0]
    (tmp_path / name).write_bytes(packed("\n".join((title, f"By {author}", f"{day:%B} {day.day}, {day.year}", *words))))
    (doc,) = documents(tmp_path / name)
    assert (doc.title, doc.authors, doc.published.day) == (title, (author,), day)
    assert doc.text.split("\n\n") == list(words)
