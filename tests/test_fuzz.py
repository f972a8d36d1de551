"""Whatever file comes in, it is read or refused, in time, and what is found in it keeps its promises.

A few hundred of the cases that `make fuzz` tries by the ten thousand, and the limits: bombs, huge lines, hangs.
"""

import gzip
import re
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

import fuzz
import fuzz_cases as cases
from fuzz_cases import File
from onrecord.annotate.dates import find_dates
from onrecord.batches.extract import extract, extract_tables
from onrecord.batches.models import load_models
from onrecord.document import Cut, Document, Publication, Reason, Seed
from onrecord.parse import parse

KINDS = fuzz.kinds(fuzz.seed_articles())
QUICK = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), max_examples=60
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cases")


# ---------------------------------------------------------------- any file


@QUICK
@given(file=KINDS["random bytes"].files)
def test_any_bytes_under_any_name_are_read_or_refused(folder, file):
    fuzz.check_file(file, folder)


@QUICK
@given(file=KINDS["hostile text"].files)
def test_any_text_is_an_article_or_refused(folder, file):
    fuzz.check_file(file, folder)


@QUICK
@given(file=KINDS["hostile pages"].files)
def test_any_markup_is_an_article_or_refused(folder, file):
    fuzz.check_file(file, folder)


@QUICK
@given(file=KINDS["hostile records"].files)
def test_any_record_is_an_article_or_refused(folder, file):
    fuzz.check_file(file, folder)


@QUICK
@given(file=KINDS["damaged articles"].files)
def test_a_damaged_article_is_read_or_refused(folder, file):
    fuzz.check_file(file, folder)


@settings(QUICK, max_examples=30)
@given(file=KINDS["hostile text, annotated"].files)
def test_findings_in_any_text_keep_the_promises_of_the_schemas(folder, file):
    fuzz.check_file(file, folder, load_models())


@settings(QUICK, max_examples=30)
@given(file=KINDS["damaged articles, annotated"].files)
def test_findings_in_a_damaged_article_keep_the_promises_of_the_schemas(folder, file):
    fuzz.check_file(file, folder, load_models())


@pytest.mark.parametrize("text", ["0“0", '0"0', "said", "“", "\u0301", "By", "…", "1 reply on “"])
def test_a_scrap_given_as_an_article_is_one(folder, text):
    assert fuzz.check_file(cases.record_file(text), folder, load_models()).ends["article"] == 1


@pytest.mark.parametrize("number", range(5))
def test_findings_in_the_seeds_keep_the_promises_of_the_schemas(folder, number):
    file = cases.text_file(fuzz.seed_articles()[number])
    assert fuzz.check_file(file, folder, load_models()).ends == {"article": 1}


# ---------------------------------------------------------------- the same article

SAVED = {
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "line separators": lambda text: text.replace("\n", "\u2028"),
    "spaces at the ends of lines": lambda text: text.replace("\n", "  \n"),
    "several blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "lines of hard spaces": lambda text: text.replace("\n\n", "\n\u00a0\n"),
    "invisible characters": lambda text: "\ufeff" + text.replace("\n", "\u200b\n"),
    "hard spaces": lambda text: text.replace(". ", ".\u00a0"),
    "blank lines around": lambda text: f"\n\n{text}\n\n\n",
}


@pytest.mark.parametrize("how", SAVED)
@pytest.mark.parametrize("number", range(5))
def test_an_article_is_the_same_however_an_editor_saved_it(number, how):
    text = fuzz.seed_articles()[number]
    [doc, other] = (parse(made(t))[0] for t in (text, SAVED[how](text)))
    assert replace(other, article_id=doc.article_id, cuts=doc.cuts) == doc


# ---------------------------------------------------------------- bombs and huge lines

SENTENCE = b"The minister said that the quay would be opened in May, and that nobody would be asked to pay for it.\n\n"


@pytest.mark.parametrize(
    "file, reason",
    [
        (File("a.txt", b"The quay is open. " * 60_000), Reason.TOO_LARGE),
        (File("a.txt.gz", gzip.compress(bytes(50_000_000), 9, mtime=0)), Reason.TOO_LARGE),
        (File("a.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * 50_000_000, 9, mtime=0)), Reason.TOO_LARGE),
        (File("a.json.gz", gzip.compress(b"[" * 50_000_000, 9, mtime=0)), Reason.TOO_LARGE),
        (File("a.json", b"[" * 200_000), Reason.BAD_RECORD),
        (File("a.jsonl", b'{"text": ' * 200_000), Reason.BAD_RECORD),
        (File("a.html.gz", gzip.compress(b"<p>" * 20_000_000, 9, mtime=0)), Reason.TOO_LARGE),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_bomb_is_refused_with_a_reason(folder, file, reason):
    assert set(fuzz.check_file(file, folder).ends) == {reason}


@pytest.mark.parametrize("scrap", ["a", "1", "“", "&amp;", "<b>", "\u0301", "\n", "a\n\n"])
def test_a_huge_line_is_no_reason_to_hang(folder, scrap):
    text = SENTENCE.decode() * 3 + scrap * (100_000 // len(scrap))
    assert fuzz.check_file(cases.text_file(text), folder).seconds < fuzz.SECONDS


# ---------------------------------------------------------------- growth

GRAMMARS = {
    "letters": "a ", "digits": "1", "dates": "12 March 2019 ", "slashes": "1/", "quotes": "“a ", "straight quotes": '"',
    "apostrophes": "’", "bylines": "By Ann Lee ", "names": "Ann Lee, ", "captions": "(Photo by Ann Lee/AP) ",
    "links": "https://a.b/c?d=e&f ", "brackets": "(", "escapes": "&amp;", "tags": "<b>", "mojibake": "â€™",
    "accents": "\u0301", "captions in lines": "Photo: A quay\n\n", "lines": "a\n", "prompts": "Read more: A quay\n\n",
    "comments": "Ann says:\nMarch 2, 2019 at 10:30\nI agree.\n\n",
}  # fmt: skip


@pytest.mark.parametrize("scrap", GRAMMARS.values(), ids=GRAMMARS)
def test_parsing_four_times_as_much_does_not_take_much_more_than_four_times_as_long(scrap):
    assert fuzz.grows_too_fast(scrap, 8_000) is None


@pytest.mark.parametrize("scrap", ["12 March 2019 ", "1/", "two years and ", "2018-", "May, ", "the end of ", "Q1 "])
def test_finding_dates_in_four_times_as_much_does_not_take_much_more_than_four_times_as_long(scrap):
    def seconds(size):
        doc = Document(
            article_id="0" * 16, source_file="a.txt", source_sha256="0" * 64, text=scrap * (size // len(scrap))
        )
        start = time.process_time()
        find_dates(doc)
        return time.process_time() - start

    assert any(seconds(8_000) <= fuzz.RATIO * seconds(2_000) + fuzz.NEGLIGIBLE for _ in range(3))


# ---------------------------------------------------------------- the time limit


class Hanging:
    """A language model that never comes back from the articles with a certain word in them."""

    def __init__(self, nlp, hang):
        self.nlp, self.hang = nlp, hang

    def pipe(self, paragraphs):
        found = list(paragraphs)
        if "mermaid" in "".join(found):
            self.hang()
        return self.nlp.pipe(found)


def loop():
    while True:
        pass


def backtrack():
    re.match(r"(a+)+b", "a" * 40)


def swallow():
    """What libraries do with errors."""
    try:
        loop()
    except Exception:
        raise RuntimeError("swallowed") from None


@pytest.mark.parametrize(
    "hang",
    [loop, backtrack, swallow],
    ids=["in Python", "in a regular expression", "in a library that catches errors"],
)
def test_an_article_that_hangs_is_refused_and_the_next_one_is_read(monkeypatch, nlp, hang):
    monkeypatch.setattr("onrecord.batches.extract.SECONDS", 0.3)
    models = replace(load_models(), nlp=Hanging(nlp, hang))
    monkeypatch.setattr("onrecord.batches.extract.load_models", lambda: models)
    text = SENTENCE.decode() * 2
    inputs = [("1" * 32, made(text + "A mermaid came.")), ("2" * 32, made(text))]
    batch = extract_tables(inputs)
    [refused] = batch["rejections"].to_pylist()
    assert (refused["reason"], refused["stage"], refused["input_id"]) == ("timeout", "annotate", "1" * 32)
    assert batch["articles"]["input_id"].to_pylist() == ["2" * 32]


def test_the_time_limit_of_one_article_does_not_count_for_the_next(monkeypatch, nlp):
    monkeypatch.setattr("onrecord.batches.extract.SECONDS", 0.5)
    models = replace(load_models(), nlp=nlp)
    for _ in range(12):
        found, refused = extract(made(SENTENCE.decode() * 20), models)
        assert found is not None and not refused


def made(text: str) -> Seed:
    return Seed(source_file="seeds/a.txt", source_sha256="0" * 64, text=text)


# ---------------------------------------------------------------- the fuzzer itself

DOC = Document(article_id="0" * 16, source_file="seeds/a.txt", source_sha256="0" * 64, text="The quay.\n\nIt is open.")


@pytest.mark.parametrize(
    "broken",
    [
        {"text": "The quay.\nIt is open."},
        {"text": "The quay.\n\n\n\nIt is open."},
        {"text": " The quay."},
        {"text": "The \ud800 quay."},
        {"title": "The\nquay"},
        {"authors": ("",)},
        {"cuts": (Cut(3, 3, "title"),)},
        {"cuts": (Cut(4, 9, "title"), Cut(8, 12, "byline"))},
        {"cuts": (Cut(4, 9_999, "title"),)},
        {"published": Publication(basis="stated", day=date(2019, 3, 12))},
    ],
)
def test_a_document_that_breaks_a_promise_is_noticed(broken):
    fuzz.check_document(DOC, made(DOC.text))
    with pytest.raises((AssertionError, UnicodeEncodeError)):
        fuzz.check_document(replace(DOC, **broken), made(DOC.text))


def test_the_same_seed_draws_the_same_cases():
    first, second = (fuzz.drawn(KINDS["damaged articles"].files, 20, "7") for _ in range(2))
    assert first == second
    assert len(set(first)) > 10


def test_a_failing_case_is_shrunk_to_what_fails(folder):
    file = File("a.txt", SENTENCE * 4 + b"MERMAID" + SENTENCE * 4)

    def try_case(smaller):
        return fuzz.Trial("any", smaller, None, "Error: in a" if b"MERMAID" in smaller.content else None)

    assert fuzz.shrunk(try_case(file), try_case).content == b"MERMAID"
