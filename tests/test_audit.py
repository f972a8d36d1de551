"""Samples, judgments, sheets, and the figures that are made of them."""

import csv
import io
import json
import math

import pytest

from conftest import ROOT
from onrecord.audit import figures
from onrecord.audit.agreement import agreement
from onrecord.audit.figures import Judged, wilson
from onrecord.audit.items import plain, read_article, read_items, to_screen
from onrecord.audit.judged import (
    BadJudgmentError,
    Judgment,
    add_judgments,
    missed_in,
    read_judgment,
    read_judgments,
    to_line,
)
from onrecord.audit.sampling import ROWS, draw_articles, draw_rows
from onrecord.audit.sheets import read_sheet, to_sheet
from onrecord.audit.summary import report, to_json
from onrecord.explore.query import open_release

ROW = "0123456789abcdef:q:1-9"
AT = "2026-11-30T10:00:00Z"


def judgment(row_id=ROW, verdict="right", **others):
    return Judgment(**{"release": "r", "row_id": row_id, "verdict": verdict, "who": "anna", "at": AT, **others})


def judged(verdict="right", confidence=0.9, kind="direct", wrong=(), parts=()):
    return Judged(
        row_id=ROW, table="quotes", kind=kind, article_id="a", outlet=None, month=None, confidence=confidence,
        verdict=verdict, wrong=wrong, claim=verdict, parts=dict(parts),
    )  # fmt: skip


@pytest.fixture(scope="module")
def opened(release):
    with open_release(release) as connection:
        yield connection


# ---------------------------------------------------------------- samples


@pytest.mark.parametrize("table", ROWS)
def test_the_same_seed_draws_the_same_rows_and_another_one_others(opened, table):
    first = draw_rows(opened, table, 10, 7)
    assert len(set(first)) == 10
    assert draw_rows(opened, table, 10, 7) == first
    assert any(set(draw_rows(opened, table, 10, seed)) != set(first) for seed in (8, 9, 10))


def test_each_kind_is_in_the_sample_by_its_share(opened):
    ((total,),) = opened.execute("SELECT count(*) FROM current_quotes").fetchall()
    drawn = draw_rows(opened, "quotes", total // 2, 7)
    query = "SELECT kind, count(*), count(*) FILTER (list_contains($ids, quote_id)) FROM current_quotes GROUP BY kind"
    for _, rows, chosen in opened.execute(query, {"ids": list(drawn)}).fetchall():
        assert abs(chosen - rows / 2) <= 1


@pytest.mark.parametrize("table", ROWS)
def test_a_second_sample_is_of_other_rows(opened, table):
    first = draw_rows(opened, table, 10, 7)
    second = draw_rows(opened, table, 10, 8, [7])
    third = draw_rows(opened, table, 10, 8, [7, 9])
    assert len({*first, *second}) == 20
    assert not {*third} & {*first, *draw_rows(opened, table, 10, 9)}
    assert set(draw_articles(opened, 3, 8, [7])).isdisjoint(draw_articles(opened, 3, 7))


def test_a_sample_of_more_than_there_is_is_all(opened):
    ids = {row[0] for row in opened.execute("SELECT quote_id FROM current_quotes").fetchall()}
    assert set(draw_rows(opened, "quotes", 10_000, 7)) == ids
    assert len(draw_articles(opened, 10_000, 7)) == 5
    assert draw_articles(opened, 0, 7) == ()


def test_a_row_is_shown_with_the_words_around_it(opened):
    (item,) = read_items(opened, "quotes", draw_rows(opened, "quotes", 1, 7))
    article = read_article(opened, item.article_id, ["quotes"])
    assert item.before + item.words + item.after in article.text
    assert f"⟦{item.words}⟧" in to_screen(item)
    assert item in article.found
    (far,) = read_items(opened, "quotes", [item.row_id], widely=True)
    assert far.before.endswith(item.before) and far.after.startswith(item.after)
    assert len(far.before) > len(item.before)


def test_who_speaks_is_shown_where_the_article_introduces_them(opened):
    ids = draw_rows(opened, "quotes", 10_000, 7)
    told = [dict(item.facts) for item in read_items(opened, "quotes", ids)]
    named = [facts for facts in told if facts["speaker" if "speaker" in facts else "polarity"] == "Artyom Lukin"]
    assert named and all("a professor at Far Eastern" in facts["introduced"] for facts in named)


def test_rows_of_a_release_without_bodies_are_shown_without_the_text_around(release, tmp_path):
    from onrecord.release import write_profile

    with open_release(write_profile(release, tmp_path / "public")) as connection:
        for table in ROWS:
            (item,) = read_items(connection, table, draw_rows(connection, table, 1, 7))
            assert item.words and (item.before, item.after) == ("", "")
            assert "introduced" not in dict(item.facts)


def test_confidence_does_not_lead_a_judge(opened):
    (item,) = read_items(opened, "quotes", draw_rows(opened, "quotes", 1, 7))
    assert "confidence" not in to_screen(item) + to_sheet([item], [])


def test_nothing_that_a_terminal_obeys_is_shown():
    assert plain("a\x1b[31mb\u202ec\td\ne") == "a\ufffd[31mb\ufffdc d\ne"


# ---------------------------------------------------------------- judgments


def test_a_judgment_survives_its_line():
    told = judgment(verdict="wrong", wrong=("speaker", "words"), value="“Ann\nQuill”", reason="x")
    assert read_judgment(json.loads(to_line(told))) == told


@pytest.mark.parametrize(
    "field, value",
    [
        ("release", None),
        ("row_id", "../x"),
        ("row_id", 7),
        ("verdict", "maybe"),
        ("wrong", ["everything"]),
        ("wrong", "words"),
        ("value", "x" * 2001),
        ("who", 3),
        ("at", "yesterday"),
    ],
)
def test_what_is_no_judgment_is_told_by_its_field(field, value):
    raw = {**json.loads(to_line(judgment())), field: value}
    with pytest.raises(BadJudgmentError, match=field if field not in ("value", "who") else "value, reason or who"):
        read_judgment(raw)


def test_the_last_judgment_of_each_person_and_row_counts(tmp_path):
    file = tmp_path / "judgments.jsonl"
    add_judgments(file, [judgment(), judgment(verdict="wrong", at="2026-11-30T11:00:00Z"), judgment(who="ben")])
    found, damaged = read_judgments([file])
    assert {(j.who, j.verdict) for j in found} == {("anna", "wrong"), ("ben", "right")}
    assert damaged == 0


def test_files_without_names_are_of_several_people(tmp_path):
    files = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for file, verdict in zip(files, ("right", "wrong"), strict=True):
        add_judgments(file, [judgment(who=None, verdict=verdict)])
    assert [(j.who, j.verdict) for j in read_judgments(files)[0]] == [("one.jsonl", "right"), ("other.jsonl", "wrong")]
    assert [j.who for j in read_judgments(files[:1])[0]] == [None]


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "7", '{"release": "r"}', '{"release": "r", "row_id": "x' + "[" * 50_000, "\x00", '"' * 9]
)
def test_a_damaged_line_costs_no_other_judgment(tmp_path, line):
    file = tmp_path / "judgments.jsonl"
    file.write_text(to_line(judgment()) + line, encoding="utf-8")
    add_judgments(file, [judgment(who="ben")])
    found, damaged = read_judgments([file])
    assert [j.who for j in found] == ["anna", "ben"]
    assert damaged == bool(line)


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "j").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadJudgmentError, match="cannot be read"):
        read_judgments([tmp_path / "j"])


@pytest.mark.parametrize(
    "value, found",
    [
        ("quote: We will\nproposal: to cut tolls", [("quotes", "We will"), ("proposals", "to cut tolls")]),
        ("Quotes: a; b; date: May", [("quotes", "a; b"), ("dates", "May")]),
        ("just words", [("quotes", "just words")]),
        ("actor: Ann Quill", [("mentions", "Ann Quill")]),
        (None, []),
        (" \n quote: ", []),
    ],
)
def test_what_was_missed_is_read_by_its_kind(value, found):
    assert list(missed_in(judgment("0123456789abcdef", "wrong", wrong=("missing",), value=value))) == found


# ---------------------------------------------------------------- sheets


def test_a_sheet_is_read_back_as_it_was_filled_in(opened, tmp_path):
    items = read_items(opened, "quotes", draw_rows(opened, "quotes", 4, 7))
    articles = [read_article(opened, each, ["quotes"]) for each in draw_articles(opened, 1, 7)]
    rows = list(csv.DictReader(io.StringIO(to_sheet(items, articles))))
    assert [row["words"] for row in rows[:4]] == [item.words for item in items]
    for row, verdict, wrong in zip(
        rows, ("right", "Wrong", "", "unsure", "wrong"), ("", "speaker, words", "", "", "missing"), strict=True
    ):
        row.update(verdict=verdict, wrong=wrong)
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # as spreadsheets save it
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    found = list(read_sheet(path, release="r", who="ben", at=AT))
    assert [(j.row_id, j.verdict, j.wrong) for j in found] == [
        (items[0].row_id, "right", ()),
        (items[1].row_id, "wrong", ("speaker", "words")),
        (items[3].row_id, "unsure", ()),
        (articles[0].article_id, "wrong", ("missing",)),
    ]


def test_no_cell_of_a_sheet_is_a_formula(opened):
    (item,) = read_items(opened, "quotes", draw_rows(opened, "quotes", 1, 7))
    hostile = type(item)(
        **{**{n: getattr(item, n) for n in item.__dataclass_fields__}, "words": "=cmd()", "title": "@x"}
    )
    (row,) = csv.DictReader(io.StringIO(to_sheet([hostile], [])))
    assert (row["words"], row["title"]) == ("'=cmd()", "'@x")


@pytest.mark.parametrize(
    "content, told",
    [
        (b"a,b\n1,2\n", "no column"),
        (b"\xff", "cannot be read"),
        (b"row_id,verdict,wrong,value,reason\nx,right,,,\n", "row 2"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told(tmp_path, content, told):
    (tmp_path / "s.csv").write_bytes(content)
    with pytest.raises(BadJudgmentError, match=told):
        list(read_sheet(tmp_path / "s.csv", release="r", who=None, at=AT))


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize(
    "right, of, low, high",
    # Table 1 of Newcombe 1998, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_the_published_one(right, of, low, high):
    found = wilson(right, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_there_is_no_share():
    assert (wilson(0, 0).value, wilson(0, 0).low, wilson(0, 0).high) == (None, 0.0, 1.0)


@pytest.mark.parametrize(
    "verdicts, expected",
    [
        (["right"], "right"),
        (["right", "wrong"], "unsure"),
        (["wrong", "wrong", "right"], "wrong"),
        (["right", "right", "unsure"], "right"),
    ],
)
def test_the_verdict_of_most_judges_counts(verdicts, expected):
    assert figures.verdict_of([judgment(verdict=v) for v in verdicts])[0] == expected


def test_what_is_right_of_a_row_is_told_apart():
    given = [judgment(verdict="wrong", wrong=("type",)), judgment(who="ben")]
    assert figures.verdict_of(given) == ("unsure", ())
    assert figures.verdict_of(given, {"none", "words"}) == ("right", ())
    assert figures.parts_of(given, ("none", "words", "type")) == {"none": "right", "words": "right", "type": "unsure"}
    nothing = [judgment(verdict="wrong", wrong=("none",))]
    assert figures.parts_of(nothing, ("none", "words")) == {"none": "wrong", "words": "unsure"}
    not_said = [judgment(verdict="wrong")]  # of what is wrong with it
    assert figures.verdict_of(not_said, {"words"})[0] == "wrong"
    rows = [judged(parts={"none": "right", "words": "wrong"}), judged(parts={"none": "wrong", "words": "unsure"})]
    found = figures.precision_of_parts(rows)
    assert {name: (share.right, share.of) for name, share in found.items()} == {"none": (1, 2), "words": (0, 1)}


def test_unsure_rows_are_counted_and_in_no_share():
    found = figures.precision([judged(), judged("wrong"), judged("unsure")])
    assert (found.right, found.of, found.unsure) == (1, 2, 1)


def test_what_is_wrong_is_counted():
    rows = [judged("wrong", wrong=("speaker", "words")), judged("wrong", wrong=("speaker",)), judged("wrong"), judged()]
    assert figures.wrong_counts(rows) == {"speaker": 2, "other": 1, "words": 1}


def test_confidence_is_compared_with_what_is_right():
    rows = [judged(confidence=0.95)] * 9 + [judged("wrong", 0.95), judged("wrong", 0.3), judged(confidence=None)]
    high, low = figures.reliability(rows)
    assert (high.share.right, high.share.of, low.share.right, low.share.of) == (9, 10, 0, 1)
    assert high.said == pytest.approx(0.95)
    assert figures.brier(rows) == pytest.approx((9 * 0.05**2 + 0.95**2 + 0.3**2) / 11)


def test_the_threshold_is_the_least_confidence_that_reaches_the_wanted_precision():
    rows = [judged(confidence=0.9)] * 20 + [judged("wrong", 0.8)] * 2 + [judged("wrong", 0.5)] * 5
    found = figures.threshold(rows, 0.9)
    assert (found.confidence, found.share.right, found.share.of) == (0.8, 20, 22)
    assert found.kept == pytest.approx(22 / 27)
    assert figures.threshold(rows, 0.99).confidence == 0.9
    assert figures.threshold([judged("wrong", 0.9)] * 30, 0.9) is None
    assert figures.threshold([judged()] * 19, 0.9) is None
    tried = figures.beyond([judged(confidence=0.8), judged("wrong", 0.9), judged(confidence=0.7)], found.confidence)
    assert (tried.right, tried.of) == (1, 2)


def test_recall_is_of_what_the_articles_hold():
    found = figures.recall([(9.0, 1), (6.0, 4)])
    assert (found.value, found.missed) == (0.75, 5)
    assert (found.low, found.high) == (0.6, 0.9)
    assert figures.recall([(0.0, 0)]) is None


def test_agreement_of_two_judges_is_krippendorffs():
    # Krippendorff 2011, example A, two observers of ten units with binary data: alpha 0.095
    one, other = "0100000010", "1111001010"
    code = {"0": "wrong", "1": "right"}
    given = [
        judgment(f"{at:016x}:q:1-2", code[value], who=who)
        for who, row in (("a", one), ("b", other))
        for at, value in enumerate(row)
    ]
    found = agreement(given)
    same = sum(a == b for a, b in zip(one, other, strict=True))
    assert (found.judges, found.rows, found.same) == (2, 10, same)
    # By hand: 1 - (n - 1) * disagreements / (zeros * ones), over the 20 values.
    ones = (one + other).count("1")
    assert found.alpha == pytest.approx(1 - 19 * 2 * (10 - same) / (2 * ones * (20 - ones)))


def test_one_judge_agrees_with_nobody():
    assert agreement([judgment()]) is None
    assert agreement([judgment(), judgment(who="ben", verdict="unsure")]) is None


# ---------------------------------------------------------------- the report and the commands


def test_the_report_adds_up_what_was_judged(opened):
    drawn = draw_rows(opened, "quotes", 30, 7)
    given = [judgment(row_id) for row_id in drawn]
    given[::5] = [judgment(row_id, "wrong", wrong=("words",)) for row_id in drawn[::5]]
    given += [judgment("ffffffffffffffff:q:1-2"), judgment("ffffffffffffffff:z:1-2")]
    (article,) = draw_articles(opened, 1, 7)
    given.append(judgment(article, "wrong", wrong=("missing",), value="quote: a; proposal: b"))
    told = report(opened, "test", given, wanted=0.5)
    quotes, proposals = told.tables
    assert (quotes.all.right, quotes.all.of, told.gone, told.articles) == (24, 30, 1, 1)
    assert sum(share.of for share in quotes.by_kind.values()) == 30
    assert (quotes.recall.missed, proposals.recall.missed) == (1, 1)
    assert 0 < quotes.recall.value < 1
    written = json.loads(json.dumps(to_json(told)))
    assert written["tables"][0]["precision"]["value"] == 0.8
    assert written["tables"][0]["of_parts"]["words"]["value"] == 0.8
    assert "anna" not in json.dumps(written)
    assert all(math.isfinite(step["said"]) for step in written["tables"][0]["reliability"])


def test_the_threshold_is_tried_on_the_rows_of_a_second_sample(opened):
    first, second = draw_rows(opened, "quotes", 30, 7), draw_rows(opened, "quotes", 30, 8, [7])
    right = [judgment(row_id) for row_id in first]
    wrong = [judgment(row_id, "wrong", wrong=("type",)) for row_id in (*first[:9], *second)]
    (quotes,) = report(opened, "test", right, second=wrong, wanted=0.9).tables
    # of another type than it says: that is not what confidence is about; rows of the first sample are no second one
    assert quotes.second.right == quotes.second.of >= 25  # those that are sure enough
    (quotes,) = report(opened, "test", right, wanted=0.9).tables
    assert quotes.second is None


def test_a_sample_is_judged_in_the_terminal_and_reported(run, own_release, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("r\nw\nspeaker\nAnn Quill\nthe text says so\nu\nq\n"))
    code, printed, _ = run("audit", "--release", own_release, "--n", 4, "--who", "anna")
    assert code == 0 and "3 now" in printed
    lines = (own_release.parent / "test.judgments.jsonl").read_text().splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["right", "wrong", "unsure"]
    assert json.loads(lines[1])["wrong"] == ["speaker"]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "5 to judge" in run("audit", "--release", own_release, "--n", 4, "--who", "anna")[1]
    code, printed, _ = run("audit", "report", "--release", own_release)
    assert code == 0 and "1 of 2, 1 unsure" in printed and "1 speaker" in printed
    assert "being one 100%" in printed and "speaker 50%" in printed
    assert json.loads((own_release.parent / "test.audited.json").read_text())["judges"] == 1


def test_a_sheet_goes_out_and_comes_back(run, own_release, tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert run("audit", "--release", own_release, "--n", 3, "--articles", 1, "--csv", sheet)[0] == 0
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8"), newline="")))
    assert len(rows) == 7
    rows[0]["verdict"] = "right"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    code, printed, _ = run("audit", "read", sheet, "--release", own_release, "--judgments", tmp_path / "j.jsonl")
    assert (code, "1 rows" in printed) == (0, True)
    code, printed, _ = run("audit", "report", "--release", own_release, "--judgments", tmp_path / "j.jsonl", "--json")
    assert json.loads(printed)["judgments"] == 1


def test_options_before_a_command_are_refused_and_not_forgotten(run):
    code, _, told = run("audit", "--release", "a", "report")
    assert code == 2 and "onrecord audit report --release" in told


def test_the_page_on_audits_lists_every_word_for_what_is_wrong():
    from onrecord.audit.judged import WRONG

    page = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    assert all(word in page for word in WRONG)


# ---------------------------------------------------------------- the next release's card


FIGURES = {"right": 8, "of": 10, "unsure": 1, "value": 0.8, "low": 0.49, "high": 0.94}
KEPT = {
    "release": "2026.1", "judges": 2, "judgments": 11, "articles_read": 3, "rows_gone": 0,
    "tables": [{
        "table": "quotes", "precision": FIGURES, "by_kind": {"direct": FIGURES}, "by_outlet": {}, "by_month": {},
        "wrong": {}, "reliability": [], "brier": 0.1, "of_parts": {"none": FIGURES}, "second": FIGURES,
        "agreement": {"judges": 2, "rows": 5, "same": 4, "alpha": 0.61},
        "threshold": {"wanted": 0.9, "confidence": 0.85, "kept": 0.5, **FIGURES},
        "recall": {"articles": 3, "found": 9, "missed": 1, "value": 0.9, "low": 0.7, "high": 1.0},
    }],
}  # fmt: skip


def test_the_card_of_the_next_release_tells_what_users_found_apart_from_our_figures(own_release, tmp_path):
    from onrecord.release import write_profile
    from onrecord.release.freeze import write_release

    build = own_release.parents[1] / "build"
    build.mkdir()
    for path in own_release.glob("*.parquet"):
        (build / path.name).write_bytes(path.read_bytes())
    (build / "checks.json").write_bytes((own_release / "checks.json").read_bytes())
    (own_release.parent / "test.audited.json").write_text(json.dumps(KEPT))
    (own_release.parent / "latest").symlink_to("test")
    card = (write_release(build, own_release.parent, "next") / "README.md").read_text(encoding="utf-8")
    assert card.index("## Audited by users") < card.index("## How good it is")
    for told in (
        "| quotes | direct | 8 | 10 | 80.0 | 49.0 to 94.0 |",
        "recall 90.0 %",
        "alpha 0.61",
        "0.85 and above",
        "80.0 % of 10 in a second",
    ):
        assert told in card
    public = write_profile(own_release.parent / "next", tmp_path / "public")
    assert "## Audited by users" in (public / "README.md").read_text(encoding="utf-8")
    third = write_release(build, own_release.parent, "third")  # nobody audited the one before, whose figures stay
    assert "## Audited by users" in (third / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", json.dumps({**KEPT, "judges": "x"}), json.dumps({**KEPT, "tables": [7]})]
)
def test_figures_that_are_damaged_count_as_none(tmp_path, content):
    from onrecord.release.audited import find_audited

    (tmp_path / "a").mkdir()
    (tmp_path / "a.audited.json").write_text(content)
    assert find_audited(tmp_path / "a") is None
    (tmp_path / "a.audited.json").write_text(json.dumps(KEPT))
    assert find_audited(tmp_path / "a") == json.dumps(KEPT)
