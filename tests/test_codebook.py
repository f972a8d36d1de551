"""The codebook: its file, its errors, and the stance that it reads from a content."""

import pathlib
import re
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from conftest import SEEDS
from onrecord.annotate.proposals.coding.codebook import CodebookError, load_codebook, load_known
from onrecord.annotate.proposals.coding.needed import needed
from onrecord.batches import supplied
from onrecord.batches.fingerprints import fingerprint
from onrecord.cli import main
from training.needed import what_is_needed, written

DATA = pathlib.Path(__file__).resolve().parents[1] / "pipelines" / "onrecord" / "data"


@pytest.mark.parametrize(
    ("content", "act", "coded"),
    [
        ("lifting the sanctions on the island", "call_for", ("ease-sanctions", "support")),
        ("it would be premature to ease any sanctions", "oppose", ("ease-sanctions", "oppose")),
        ("the embargo should not be lifted", "call_for", ("ease-sanctions", "oppose")),
        ("to ease some sanctions if the tests stop", "offer", ("ease-sanctions", "conditional")),
        ("to ease some sanctions if the tests stop", "reject", ("ease-sanctions", "oppose")),
        ("Enforcement of sanctions must continue", "demand", ("maintain-sanctions", "support")),
        ("new sanctions on shipping firms", "plan", ("impose-sanctions", "support")),
        ("to withdraw from the nuclear deal", "threaten", ("preserve-iran-deal", "oppose")),
        ("the Iran nuclear deal must be preserved", "demand", ("preserve-iran-deal", "support")),
        ("to abide by the nuclear deal", "urge", ("preserve-iran-deal", "support")),
        ("to return to the negotiating table", "urge", ("hold-talks", "support")),
        ("to cancel the joint drills", "demand", ("military-exercises", "oppose")),
        ("to vote against holding a referendum", "plan", ("elections", "oppose")),
        ("to avoid a military conflict", "urge", ("military-action", "oppose")),
        ("to avoid a military confrontation", "reject", ("military-action", "support")),
        ("it is no longer bound by the moratorium", "threaten", ("halt-missile-nuclear-tests", "oppose")),
        ("to resign at once", "demand", ("step-down", "support")),
        ("to resign once a successor is found", "offer", ("step-down", "conditional")),
        ("the de-nuclearization of the peninsula", "commit", ("denuclearization", "support")),
        ("a swimming pool for the school", "call_for", (None, None)),
        ("to lift the minimum wage to $12", "urge", ("minimum-wage", "support")),
        ("tax cuts for small firms", "reject", ("cut-taxes", "oppose")),
        ("higher taxes on fuel", "propose", ("cut-taxes", "oppose")),
        ("to end the tax breaks of hedge funds", "demand", ("cut-taxes", "oppose")),
        ("to avert a government shutdown", "call_for", ("government-funding", "support")),
        ("another government shutdown", "threaten", ("government-funding", "oppose")),
        ("a tax on carbon", "oppose", ("carbon-price", "oppose")),
        ("to roll back the fuel efficiency standards", "plan", ("emission-standards", "oppose")),
        ("drilling off the coast", "oppose", ("fossil-fuels", "support")),
        ("to raise the age for buying a rifle", "support", ("gun-age", "support")),
        ("to lift the ban on assault weapons", "reject", ("assault-weapons", "support")),
        ("to loosen gun laws", "plan", ("gun-control", "oppose")),
        ("to repeal Obamacare", "commit", ("affordable-care-act", "oppose")),
        ("a bill that would outlaw most abortions", "reject", ("abortion", "support")),
        ("Medicare for all", "call_for", ("medicare-for-all", "support")),
        ("to reopen schools in May", "urge", ("epidemic-restrictions", "oppose")),
        ("money for a wall on the southern border", "demand", ("border-wall", "support")),
        ("to stop separating children from their parents", "demand", ("family-separation", "support")),
        ("to deport everyone without papers", "oppose", ("deportation", "oppose")),
        ("to cut legal immigration by half", "propose", ("less-immigration", "support")),
        ("to drop the tariffs on steel", "offer", ("trade-barriers", "oppose")),
        ("to walk away from the trade agreement", "threaten", ("free-trade", "oppose")),
        ("a second referendum", "call_for", ("leave-european-union", "oppose")),
        ("to purge the voter rolls", "plan", ("voting-access", "oppose")),
        ("the special prosecutor should be dismissed", "demand", ("investigate-officials", "oppose")),
        ("to hand over the minister's e-mails", "reject", ("disclosure", "oppose")),
        ("to abolish the death penalty", "propose", ("death-penalty", "oppose")),
        ("to take down the general's statue", "reject", ("monuments", "oppose")),
        ("a law against gay marriages", "oppose", ("same-sex-marriage", "support")),
        ("to close the prison at Guantánamo Bay", "plan", ("guantanamo", "support")),
        ("a halt to Israeli settlements in the West Bank", "demand", ("israeli-settlements", "oppose")),
        ("to cut the military budget", "oppose", ("spend-on-defence", "support")),
        ("to drop out of the race", "urge", ("run-for-office", "oppose")),
        ("to dismiss the charges", "request", ("drop-charges", "support")),
        ("to hold the banks accountable", "call_for", ("accountability", "support")),
        ("to block the merger of the two banks", "threaten", ("mergers", "oppose")),
        ("to prevent evictions", "plan", ("housing", "support")),  # the word of refusal is the pattern's own
        ("to obstruct the president's agenda", "support", ("agenda", "oppose")),
        ("corruption", "oppose", ("corruption", "support")),
        ("to comment on the case", "oppose", ("answer-questions", "oppose")),
        ("to work with Democrats on a budget", "offer", ("bipartisanship", "support")),
        ("to send more troops", "plan", ("send-troops", "support")),
        ("another war", "oppose", ("end-war", "support")),
        ("to enforce the laws on the books", "demand", ("respect-law", "support")),
        ("to test everyone for the virus", "propose", ("epidemic-testing", "support")),
        ("more jobs", "commit", ("create-jobs", "support")),
        ("the minimum wage must not be raised", "demand", ("minimum-wage", "oppose")),
        ("let’s not raise the minimum wage", "call_for", ("minimum-wage", "oppose")),
        ("the Green New Deal must never pass", "demand", ("green-new-deal", "oppose")),
        ("the ban on assault weapons must not be lifted", "demand", ("assault-weapons", "support")),
        ("to help people who cannot pay by raising the minimum wage", "demand", ("minimum-wage", "support")),
        ("the governor, who will not run again, should raise the minimum wage", "demand", ("minimum-wage", "support")),
        ("to raise the minimum wage before the end of the year", "demand", ("minimum-wage", "support")),
        ("to once again raise the minimum wage", "demand", ("minimum-wage", "support")),
        ("to raise the minimum wage as part of a relief bill", "demand", ("minimum-wage", "support")),
        ("to raise the minimum wage, even if prices rise", "demand", ("minimum-wage", "support")),
        ("to ease the sanctions as part of a peace deal", "offer", ("ease-sanctions", "conditional")),
        ("to raise the minimum wage if prices fall", "demand", ("minimum-wage", "conditional")),
        ("she told a long story whose end was that they should comment on it", "call_for", (None, None)),  # too far in
    ],
)
def test_a_content_is_coded_with_the_stance_on_the_label(codebook, content, act, coded):
    assert codebook.code(content, act)[:2] == coded


def test_issues_have_rows_for_their_table(codebook):
    rows = codebook.rows()
    assert [set(row) for row in rows] == [{"issue_id", "label", "opposite_of", "definition", "examples"}] * len(rows)
    assert len({row["issue_id"] for row in rows}) == len(rows)


def test_maintaining_sanctions_is_the_opposite_of_easing_them(codebook):
    assert [row["issue_id"] for row in codebook.rows() if row["opposite_of"] == "ease-sanctions"] == [
        "maintain-sanctions"
    ]


GOOD = "{id: tax, label: Raise taxes, definition: Any tax., for: ['tax']}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- just a list", "under 'issues'"),
        ("issues: []", "under 'issues'"),
        ("issues: [", "not a YAML file"),
        ("issues: [tax]", "entry 1: expected a mapping"),
        ("issues: [{id: tax, label: Raise taxes, for: ['tax']}]", r"\('tax'\): definition must be a text"),
        (f"issues: [{GOOD}, {GOOD}]", "entry tax: a second entry"),
        (f"issues: [{GOOD.replace('for:', 'opposite_of: cut, for:')}]", "opposite_of must be an issue"),
        (f"issues: [{GOOD.replace('for:', 'opposite_of: [cut], for:')}]", "opposite_of must be the id"),
        ("issues: [{id: Tax It, label: L, definition: D, for: ['tax']}]", "id may hold only"),
        ("issues: [{id: tax, label: L, definition: D, for: ['(tax']}]", r"'\(tax' is not a regular expression"),
        ("issues: [{id: tax, label: L, definition: D, for: [1]}]", "for: 1 is not a text"),
        ("issues: [{id: tax, label: L, definition: D, for: ['']}]", "'' matches no words at all"),
        ("issues: [{id: tax, label: L, definition: D, against: ['x*']}]", r"'x\*' matches no words at all"),
        (f"issues: {'[' * 5000}", "not a YAML file"),
        ("issues: [{id: tax, label: L, definition: D}]", "at least one pattern, or examples at least one text"),
        ("issues: [{id: tax, label: L, definition: D, examples: {}}]", "at least one pattern, or examples"),
        ("issues: [{id: tax, label: L, definition: D, examples: [x]}]", "examples: expected lists of texts under for"),
        ("issues: [{id: tax, label: L, definition: D, examples: {pro: [x]}}]", "examples: unknown key pro"),
        (
            "issues: [{id: a, label: L, definition: D, examples: {for: [x], against: [X ]}}]",
            "entry a: 'X' is an example of a, too",
        ),
        (
            f"issues: [{GOOD}, {GOOD.replace('id: tax', 'id: toll')}]".replace("}", ", examples: {for: [x]}}"),
            "entry toll: 'x' is an example of tax, too",
        ),
        ("issues: [{id: tax, label: L, definition: D, examples: {for: x}}]", "examples: for: expected a list"),
        ("issues: [{id: tax, label: L, definition: D, examples: {against: ['']}}]", "against: '' is not a text"),
        ('issues: [{id: tax, label: L, definition: D, examples: {for: ["\\ud800"]}}]', "is not a text|not a YAML file"),
        ("issues: [{id: tax, label: L, definition: D, for: ['t'], stance: x}]", "unknown key stance"),
    ],
)
def test_a_broken_codebook_is_refused_by_the_name_of_its_entry(tmp_path, text, message):
    path = tmp_path / "codebook.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        load_codebook(path)


def test_a_codebook_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path, tmp_path / "none.yml"):
        with pytest.raises(CodebookError, match=f"{path.name}: cannot be read"):
            load_codebook(path)


def test_a_pattern_with_capitals_matches_as_one_without(tmp_path):
    path = tmp_path / "codebook.yml"
    path.write_text("issues: [{id: nato, label: L, definition: D, for: ['\\bNATO\\b']}]", encoding="utf-8")
    assert load_codebook(path).code("to join NATO", "plan")[:2] == ("nato", "support")


def test_a_user_codebook_replaces_the_issues(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text(f"issues: [{GOOD}]", encoding="utf-8")
    assert load_codebook(path).code("to raise the tax", "plan")[:2] == ("tax", "support")


def test_our_codebooks_are_named_after_their_debates():
    """The first match wins: what is told by name stands first, what fits any debate last, and no file is left out."""
    debates = [path.stem for path in supplied.OUR_CODEBOOKS]
    assert sorted(debates) == sorted(path.stem for path in (DATA / "codebooks").iterdir())
    assert (debates[0], debates[-1]) == ("conflicts", "government")


def test_issues_of_several_files_follow_each_other_and_the_first_that_matches_wins(tmp_path):
    for name, issue in (("b", "toll"), ("a", "tax")):
        (tmp_path / name).write_text(f"issues: [{GOOD.replace('id: tax', f'id: {issue}')}]", encoding="utf-8")
    both = load_codebook(tmp_path / "b", tmp_path / "a")
    assert [issue.issue_id for issue in both.issues] == ["toll", "tax"]
    assert both.code("to raise the tax", "plan").issue_id == "toll"


def test_an_issue_can_be_the_opposite_of_one_in_another_file_but_no_id_stands_in_two(tmp_path):
    (tmp_path / "a").write_text(f"issues: [{GOOD}]", encoding="utf-8")
    (tmp_path / "b").write_text(f"issues: [{GOOD.replace('id: tax', 'id: cut, opposite_of: tax')}]", encoding="utf-8")
    assert load_codebook(tmp_path / "a", tmp_path / "b").issues[1].opposite_of == "tax"
    with pytest.raises(CodebookError, match="b: entry cut: opposite_of"):
        load_codebook(tmp_path / "b")
    with pytest.raises(CodebookError, match="a: entry tax: a second entry"):
        load_codebook(tmp_path / "a", tmp_path / "a")


SOIL = """
issues:
- id: till
  label: Till the soil
  definition: Turning the soil over every autumn. Leaving it alone is opposition.
  for: ['\\btill']
  against: ['\\bleav\\w* the soil\\b']
"""
ARTICLE = """Farmers at odds over the plough

The union of farmers called for a return to tilling the land every autumn.

Minister Ada Brook urged growers to leave the soil alone for five years.
"""


def test_a_build_codes_by_the_codebook_that_it_is_given(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(supplied.CODEBOOK, "")
    (tmp_path / "soil.yml").write_text(SOIL, encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    folder = tmp_path / "datasets"
    given = {"seeds": tmp_path / "article.txt", "datasets": folder, "version": "1", "codebook": tmp_path / "soil.yml"}
    main(["build", *(f"--{option}={value}" for option, value in given.items())])
    release = folder / "releases" / "1"
    assert [row["issue_id"] for row in pq.read_table(release / "issues.parquet").to_pylist()] == ["till"]
    rows = pq.read_table(release / "proposals.parquet").to_pylist()
    assert [(row["issue_id"], row["stance"]) for row in rows] == [("till", "support"), ("till", "oppose")]


def test_the_command_line_tells_a_broken_codebook_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(supplied.CODEBOOK, "")
    (tmp_path / "soil.yml").write_text("issues: [till]", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["build", "--datasets", str(tmp_path / "datasets"), "--codebook", str(tmp_path / "soil.yml")])
    assert ended.value.code == 1
    assert "entry 1: expected a mapping" in capsys.readouterr().err
    assert not (tmp_path / "datasets").exists()


def test_the_fingerprint_of_batches_changes_with_the_codebook(tmp_path, monkeypatch):
    monkeypatch.setenv(supplied.CODEBOOK, "")
    without = fingerprint()
    (tmp_path / "soil.yml").write_text(SOIL, encoding="utf-8")
    supplied.choose_codebooks([tmp_path / "soil.yml"])
    assert fingerprint() != without


def test_the_codebook_of_the_documentation_reads_and_codes(tmp_path):
    page = (DATA.parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    path = tmp_path / "own.yml"
    path.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    own = load_codebook(path)
    assert own.code("a limit of 30 in all towns", "call_for")[:2] == ("speed-limit", "support")
    assert own.code("to keep the limit of 50", "urge")[:2] == ("speed-limit", "oppose")
    assert own.code("to abolish fares", "reject")[:2] == ("free-buses", "oppose")


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        (r"\bminimum wages?\b", {"minimum wage"}),
        (r"\b(?:lift|rais)\w*\b.{0,25}\btariffs?\b", {"tariff"}),
        (r"(?:gun|weapons?) (?:control|laws)", {"control", "laws"}),
        (r"(?:peace|truce){1,2}", {"peace", "truce"}),
        (r"(?:peace|truce)?", set()),
        (r"\w+ing|ban", {"ing", "ban"}),
        (r"\w+|ban", set()),
        (r"(?<!no )ban(?!d)", {"ban"}),
        (r"(?i:Ban)", set()),
        (r"[ab]|\d", set()),
    ],
)
def test_what_a_text_must_hold_for_a_pattern_to_match_it(pattern, strings):
    assert needed(re.compile(pattern)) == strings
    assert needed(re.compile(pattern, re.IGNORECASE)) == set()


def test_patterns_that_are_not_tried_would_not_have_matched():
    codebook = load_codebook(*supplied.codebooks())
    untold = replace(codebook, issues=tuple(replace(issue, needed=frozenset()) for issue in codebook.issues))
    assert any(issue.needed for issue in codebook.issues)
    said = [line for seed in sorted(SEEDS.glob("*.txt")) for line in seed.read_text(encoding="utf-8").split(". ")]
    assert [codebook.code(words, "urge") for words in said] == [untold.code(words, "urge") for words in said]


def test_what_our_patterns_need_is_written_down():
    told = "data/needed.json is of other patterns: python -m training.needed"
    assert supplied.NEEDED.read_text(encoding="utf-8") == written(what_is_needed()), told


def test_a_known_pattern_is_first_compiled_when_it_is_asked_and_any_other_when_it_is_read(tmp_path):
    ours = load_codebook(*supplied.OUR_CODEBOOKS, known=load_known(supplied.NEEDED))

    def compiled():
        return [p for issue in ours.issues for p in (*issue.favour, *issue.against) if "compiled" in vars(p)]

    assert compiled() == []
    assert ours.code("to raise the minimum wage", "urge").issue_id is not None
    assert 0 < len(compiled()) < 20
    assert ours == load_codebook(*supplied.OUR_CODEBOOKS)
    (tmp_path / "own.yml").write_text("issues: [{id: a, label: L, definition: D, for: ['(']}]", encoding="utf-8")
    with pytest.raises(CodebookError, match="is not a regular expression"):
        load_codebook(tmp_path / "own.yml", known=load_known(supplied.NEEDED))
