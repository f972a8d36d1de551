"""A user's office-holders: their form, how they are joined with ours, and when a name means one of them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc

import onrecord
from onrecord.annotate.actors import find_actors
from onrecord.batches import supplied
from onrecord.batches.fingerprints import fingerprint
from onrecord.cli import main
from onrecord.document import Document, Publication
from onrecord.knowledge import load_knowledge
from onrecord.knowledge.entities import Office, Person
from onrecord.knowledge.holders import HoldersError, joined, load_holders

DATA = Path(onrecord.__file__).parent / "data"
HEADER = "country,position,person,qid,start,end,relation\n"
COUNTRIES = {"GBR", "PRK", "USA"}


@pytest.fixture
def csv(tmp_path):
    def write(*lines, header=HEADER):
        path = tmp_path / "holders.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def test_terms_of_one_id_make_one_person(csv):
    path = csv(
        "GBR,Minister of Justice,Ann Quill,Q900001,2015-05,2016,",
        "GBR,Foreign Secretary,Ann Mary Quill,Q900001,2016-07-13,,",
        "GBR,Foreign Secretary,Ann Mary Quill,Q900001,2012-01-01,2012-02-01,",
    )
    (ann,) = load_holders([path], COUNTRIES)
    assert (ann.name, ann.aliases, ann.country, ann.wikidata_id) == ("Ann Mary Quill", ("Ann Quill",), "GBR", "Q900001")
    assert Office("Minister of Justice", date(2015, 5, 1), date(2016, 12, 31)) in ann.offices
    assert Office("Foreign Secretary", date(2016, 7, 13), None) in ann.offices


def test_relatives_are_no_office_holders(csv):
    assert load_holders([csv("GBR,,Bo Quill,Q900002,,,child of Q900001")], COUNTRIES) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("XYZ,Minister,Ann Quill,Q1,2001,,", "line 2, column country: 'XYZ'"),
        ("GBR,Minister,Ann Quill,1,2001,,", "line 2, column qid: '1' is no Wikidata id"),
        ("GBR,Minister,,Q1,2001,,", "line 2, column person"),
        ("GBR,Minister,Ann Quill,Q1,2001-13,,", "line 2, column start: '2001-13' is no date"),
        ("GBR,Minister,Ann Quill,Q1,2001,May 2003,", "line 2, column end: 'May 2003'"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(line, message, csv):
    with pytest.raises(HoldersError, match=r"holders\.csv, line 2, column"):
        load_holders([csv(line)], COUNTRIES)
    with pytest.raises(HoldersError) as error:
        load_holders([csv(line)], COUNTRIES)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_column_is_named(csv):
    with pytest.raises(HoldersError, match="line 1: no column qid"):
        load_holders([csv(header="country,position,person,start,end\n")], COUNTRIES)


def test_the_command_line_tells_a_wrong_line_in_one_line(csv, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv(supplied.HOLDERS, "")
    with pytest.raises(SystemExit) as ended:
        main(["build", "--datasets", str(tmp_path), "--kb", str(csv("XYZ,Minister,Ann Quill,Q1,2001,,"))])
    assert ended.value.code == 1
    assert "column country" in capsys.readouterr().err


def test_the_fingerprint_of_batches_changes_with_the_content_of_the_files(csv, monkeypatch):
    monkeypatch.setenv(supplied.HOLDERS, "")
    without = fingerprint()
    supplied.choose_holders([csv("GBR,Minister,Ann Quill,Q1,2001,,")])
    one = fingerprint()
    supplied.choose_holders([csv("GBR,Minister,Ann Quill,Q1,20011,,".replace("20011", "2002-01"))])
    assert len({without, one, fingerprint()}) == 3


OURS = Person(
    "Ann Quill", "Q900001", "GBR", "f", (Office("Prime Minister", date(2010, 1, 1), date(2011, 1, 1)),), ("A. Quill",)
)


def test_what_the_file_states_wins_and_what_it_does_not_state_stays():
    terms = (Office("Prime Minister", date(2010, 2, 1), date(2012, 1, 1)),)
    theirs = Person("Anne Quill", "Q900001", "GBR", None, terms, ())
    both = replace(theirs, name="Ann Quill", gender="f", aliases=("A. Quill", "Anne Quill"))
    assert joined([OURS], [theirs]) == (both,)


def test_a_term_that_the_file_does_not_touch_stays():
    later = (Office("Prime Minister", date(2020, 1, 1), None),)
    (both,) = joined([OURS], [replace(OURS, offices=later)])
    assert set(both.offices) == {*OURS.offices, *later}


TWO = (
    "PRK,Chief of General Staff,Pak Il-song,Q900010,2009-02,2012-07,",
    "PRK,Minister of Foreign Affairs,Pak Il-song,Q900011,2016-05-13,2020-01-18,",
)


@pytest.fixture
def links(nlp, csv):
    """Wikidata ids of the people in a text, under an office-holder file with these lines."""

    def find(text, *lines, day=None):
        knowledge = load_knowledge(DATA, lambda ours, countries: joined(ours, load_holders([csv(*lines)], countries)))
        published = Publication(day=day, basis="given" if day else "unknown")
        doc = Document(article_id="a", source_file="a", source_sha256="0" * 64, text=text, published=published)
        cast = find_actors(doc, Doc.from_docs([nlp(text)]), knowledge)
        return [actor.wikidata_id for actor in cast.people()]

    return find


@pytest.mark.parametrize(("day", "qid"), [(date(2011, 3, 1), "Q900010"), (date(2018, 3, 1), "Q900011")])
def test_of_two_namesakes_the_one_in_office_on_the_day_is_meant(day, qid, links):
    assert links("North Korea sent Pak Il-song to the talks.", *TWO, day=day) == [qid]


def test_of_two_namesakes_the_one_whose_office_is_printed_is_meant(links):
    assert links("North Korea's Foreign Minister Pak Il-song left.", *TWO, day=date(2011, 3, 1)) == ["Q900011"]


def test_of_two_namesakes_nobody_is_meant_without_evidence(links):
    assert links("North Korea sent Pak Il-song to the talks.", *TWO) == [None]


@pytest.mark.parametrize(
    ("text", "qids"),
    [
        ("Britain sent Peter Quillington to the talks.", ["Q900020"]),
        ("The guitarist Peter Quillington sang in Nashville.", [None]),
        ("The Canadian senator Peter Quillington spoke in London.", [None]),
    ],
)
def test_a_name_of_the_file_is_linked_only_where_the_article_supports_it(text, qids, links):
    line = "GBR,Minister of Justice,Peter Quillington,Q900020,2015-05-11,2016-07-14,"
    assert links(text, line, day=date(2016, 1, 1)) == qids


def test_long_after_the_office_the_name_is_linked_no_more(links):
    line = "GBR,Minister of Justice,Peter Quillington,Q900020,2001,2002,"
    assert links("Britain sent Peter Quillington to the talks.", line, day=date(2019, 1, 1)) == [None]
