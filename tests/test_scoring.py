"""The labels are faithful to the seeds, and the scorer counts as it says."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.document import Actor, Annotations, Date, Document, Mention, Party, Proposal, Publication, Quote
from onrecord.schema import load_package
from scoring import (
    GOLD,
    ActorLabel,
    Labels,
    ProposalLabel,
    Score,
    contradicts,
    dice,
    labels_sha256,
    plain,
    read_labels,
    score,
    table,
    total,
)

LABELS = read_labels()
EVERY_SEED = pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels.name)


def perfect(labels: Labels) -> Annotations:
    """The findings of an extractor that agrees with every label. Spans point into the seed itself."""
    names = {label.name for label in labels.actors}
    described = {name for quote in labels.quotes for name in quote.speakers} - names
    actors = [
        Actor(actor_id=label.name, name=label.name, type=label.type, country=label.countries[0], link_method="name")
        for label in labels.actors
    ] + [Actor(actor_id=name, name=name, type="person", link_method="unnamed") for name in sorted(described)]
    mentions = [
        Mention(
            start=labels.text.index(form), end=labels.text.index(form) + len(form), actor_id=label.name, form="name"
        )
        for label in labels.actors
        for form in label.texts
    ]
    dates = []
    for label in labels.dates:
        start = nth(labels.text, label.texts[0], label.occurrence)
        end = start + len(label.texts[0])
        dates.append(Date(start=start, end=end, type=label.type, value=label.values[0], mod=label.mod, rule="label"))
    quotes = []
    for quote in labels.quotes:
        start = labels.text.index(quote.texts[0])
        quotes.append(
            Quote(
                start=start,
                end=start + len(quote.texts[0]),
                kind=quote.kind,
                speaker_actor_id=quote.speakers[0],
                speaker=None,
                cue=None,
                group=quote.group,
                attribution="cue",
                confidence=1.0,
            )
        )
    return Annotations(
        doc=Document(
            article_id="0" * 16,
            source_file=labels.name,
            source_sha256="0" * 64,
            text=labels.text,
            title=labels.metadata["title"][0],
            outlet=labels.metadata["outlet"][0],
            authors=labels.authors,
            dateline=labels.metadata["dateline"][0],
            section=labels.metadata["section"][0],
            published=Publication(basis=labels.metadata["published_basis"][0], day=labels.metadata["published"][0]),
        ),
        actors=tuple(actors),
        mentions=tuple(mentions),
        dates=tuple(dates),
        quotes=tuple(quotes),
        proposals=tuple(proposal(labels, label) for label in labels.proposals),
    )


def proposal(labels: Labels, label: ProposalLabel) -> Proposal:
    start = labels.text.index(label.texts[0])
    return Proposal(
        start=start,
        end=start + len(label.texts[0]),
        type=label.types[0],
        cue=None,
        parties=tuple(Party(actor_id=name, role="proposer", text=None) for name in label.proposers),
        rule="heads",
        confidence=1.0,
    )


def nth(text: str, words: str, occurrence: int) -> int:
    at = -1
    for _ in range(occurrence):
        at = text.index(words, at + 1)
    return at


def with_body_only(found: Annotations, labels: Labels) -> Annotations:
    """The same with the article's lines as text; its spans point nowhere then."""
    doc = replace(found.doc, text="\n\n".join([*labels.body, *labels.body_or_not]))
    return Annotations(doc=doc)


# ---------------------------------------------------------------- the labels


def test_every_seed_is_labelled():
    assert [labels.name for labels in LABELS] == sorted(path.stem for path in (GOLD.parents[1] / "seeds").glob("*.txt"))


@EVERY_SEED
def test_every_labelled_string_stands_in_the_seed(labels):
    strings = [
        text for label in (*labels.dates, *labels.actors, *labels.quotes, *labels.proposals) for text in label.texts
    ]
    strings += [string for quote in labels.quotes for string in (quote.mention, quote.cue) if string is not None]
    strings += [*labels.not_quotes, *labels.authors]
    strings += [
        labels.metadata[key][0] for key in ("title", "dateline", "section") if labels.metadata[key][0] is not None
    ]
    assert [string for string in strings if string not in labels.text] == []


@EVERY_SEED
def test_every_labelled_date_occurs_that_often(labels):
    assert all(labels.text.count(label.texts[0]) >= label.occurrence for label in labels.dates)
    assert len({(label.texts[0], label.occurrence) for label in labels.dates}) == len(labels.dates)


@EVERY_SEED
def test_labels_use_the_words_of_the_schemas(labels):
    tables = load_package().tables

    def allowed(table_name: str, column: str) -> set[str]:
        return set(next(c.enum for c in tables[table_name].columns if c.name == column))

    assert {label.type for label in labels.dates} <= allowed("dates", "type")
    assert {label.mod for label in labels.dates} <= allowed("dates", "mod") | {None}
    assert {label.type for label in labels.actors} <= allowed("actors", "type")
    assert {label.kind for label in labels.quotes} <= allowed("quotes", "kind")
    assert {kind for label in labels.proposals for kind in label.types} <= allowed("proposals", "type")
    assert {stance for label in labels.proposals for stance in label.stances} <= allowed("proposals", "stance") | {None}
    assert set(labels.metadata["published_basis"]) <= allowed("articles", "published_basis")


@EVERY_SEED
def test_every_proposer_and_target_is_a_labelled_actor(labels):
    named = {name for label in labels.proposals for name in (*label.proposers, *label.targets)}
    assert named <= {label.name for label in labels.actors}


@EVERY_SEED
def test_speakers_are_labelled_actors_or_described_in_the_words_of_the_seed(labels):
    names = {label.name for label in labels.actors}
    speakers = {name for label in labels.quotes for name in (*label.speakers, *label.or_speakers)}
    assert [name for name in speakers - names if name not in labels.text] == []


@EVERY_SEED
def test_body_and_furniture_are_all_of_the_seed(labels):
    assert labels.body
    assert all(line in labels.text for line in (*labels.body, *labels.body_or_not))
    assert labels.metadata["title"][0] not in labels.body


def test_the_hash_of_the_labels_follows_their_content(tmp_path):
    (tmp_path / "a.yml").write_text("dates: []\n")
    before = labels_sha256(tmp_path)
    (tmp_path / "a.yml").write_text("dates: [] \n")
    assert labels_sha256(tmp_path) != before


# ---------------------------------------------------------------- the scorer


@EVERY_SEED
@pytest.mark.parametrize(
    "row",
    [
        "metadata",
        "dates",
        "  expressions only",
        "actors",
        "  type and country",
        "quotes",
        "  direct",
        "  mixed",
        "  indirect",
        "  speakers",
        "proposals",
        "  types",
        "  proposers",
    ],
)
def test_the_labels_themselves_score_one(labels, row):
    counts = score(labels, perfect(labels)).scores[row]
    assert counts.right == counts.found == counts.labelled


@EVERY_SEED
def test_the_labelled_lines_score_one_as_body(labels):
    counts = score(labels, with_body_only(perfect(labels), labels)).scores["body paragraphs"]
    assert counts.right == counts.found == counts.labelled > 0


@EVERY_SEED
def test_lines_around_the_article_lower_the_precision_of_the_body(labels):
    counts = score(labels, perfect(labels)).scores["body paragraphs"]
    assert counts.recall == 1.0 > counts.precision


@EVERY_SEED
def test_a_refused_article_scores_nothing_and_misses_everything(labels):
    scores = score(labels, None).scores
    assert {counts.right for counts in scores.values()} == {counts.found for counts in scores.values()} == {0}
    assert all(
        scores[row].labelled > 0 for row in ("metadata", "body paragraphs", "dates", "actors", "quotes", "proposals")
    )


@EVERY_SEED
def test_a_wrong_speaker_lowers_the_speakers_and_nothing_else(labels):
    found = perfect(labels)
    assert found.quotes
    at = next(at for at, label in enumerate(labels.quotes) if not label.optional)
    stranger = Actor(actor_id="stranger", name="Nobody Known", type="group", link_method="unnamed")
    quotes = list(found.quotes)
    quotes[at] = replace(quotes[at], speaker_actor_id="stranger")
    before = score(labels, found).scores
    after = score(labels, replace(found, actors=(*found.actors, stranger), quotes=tuple(quotes))).scores
    assert {row for row in before if before[row] != after[row]} == {"  speakers"}
    assert after["  speakers"].right == before["  speakers"].right - 1


def test_a_description_that_is_not_resolved_to_its_person_is_a_wrong_speaker():
    labels = LABELS[2]
    found = perfect(labels)
    described = Actor(actor_id="unresolved", name="a Pentagon official", type="person", link_method="unnamed")
    quotes = (replace(found.quotes[0], speaker_actor_id="unresolved"), *found.quotes[1:])
    counts = score(labels, replace(found, actors=(*found.actors, described), quotes=quotes)).scores["  speakers"]
    assert counts.right == counts.found - 1


@EVERY_SEED
def test_no_speaker_lowers_recall_but_not_precision(labels):
    found = perfect(labels)
    nobody = tuple(replace(quote, speaker_actor_id=None) for quote in found.quotes[1:])
    counts = score(labels, replace(found, quotes=(found.quotes[0], *nobody))).scores["  speakers"]
    assert counts.found <= 1
    assert counts.right == counts.found


@EVERY_SEED
def test_a_wrong_proposer_lowers_the_proposers_and_nothing_else(labels):
    found = perfect(labels)
    at = next(at for at, label in enumerate(labels.proposals) if not label.optional)
    proposals = list(found.proposals)
    stranger = Actor(actor_id="stranger", name="Nobody Known", type="group", link_method="unnamed")
    proposals[at] = replace(proposals[at], parties=(Party(actor_id="stranger", role="proposer", text=None),))
    before = score(labels, found).scores
    after = score(labels, replace(found, actors=(*found.actors, stranger), proposals=tuple(proposals))).scores
    assert {row for row in before if before[row] != after[row]} == {"  proposers"}


@EVERY_SEED
def test_a_wrong_value_lowers_the_dates_but_not_their_expressions(labels):
    found = perfect(labels)
    at = next(at for at, label in enumerate(labels.dates) if not label.optional)
    dates = list(found.dates)
    dates[at] = replace(dates[at], value="1066-10-14")
    before = score(labels, found).scores
    after = score(labels, replace(found, dates=tuple(dates))).scores
    assert after["dates"].right == before["dates"].right - 1
    assert after["dates"].found == before["dates"].found
    assert after["  expressions only"] == before["  expressions only"]


@EVERY_SEED
def test_a_wrong_kind_lowers_its_kinds_but_not_the_quotes(labels):
    found = perfect(labels)
    at = next(at for at, label in enumerate(labels.quotes) if label.kind == "indirect" and not label.optional)
    quotes = list(found.quotes)
    quotes[at] = replace(quotes[at], kind="direct")
    before = score(labels, found).scores
    after = score(labels, replace(found, quotes=tuple(quotes))).scores
    assert after["quotes"] == before["quotes"]
    assert after["  direct"].found == before["  direct"].found + 1
    assert after["  indirect"].right == before["  indirect"].right - 1


@EVERY_SEED
def test_an_invented_row_lowers_precision(labels):
    found = perfect(labels)
    [word] = labels.text.split()[:1]
    invented = replace(found.quotes[0], start=0, end=len(word))
    counts = score(labels, replace(found, quotes=(*found.quotes, invented))).scores["quotes"]
    assert counts.recall == 1.0
    assert counts.found == counts.labelled + 1


@EVERY_SEED
def test_optional_labels_may_be_missing(labels):
    found = perfect(labels)
    required = {
        name: tuple(
            finding
            for finding, label in zip(getattr(found, name), getattr(labels, name), strict=False)
            if not label.optional
        )
        for name in ("dates", "quotes", "proposals")
    }
    scores = score(labels, replace(found, **required)).scores
    for row in required:
        assert scores[row] == score(labels, found).scores[row]
        assert scores[row].f1 == 1.0


def test_groups_and_persons_only_described_are_not_held_against_the_extractor():
    labels = LABELS[0]
    found = perfect(labels)
    described = (
        Actor(actor_id="g", name="fishermen", type="group", link_method="name"),
        Actor(actor_id="p", name="a senior official", type="person", link_method="unnamed"),
    )
    assert score(labels, replace(found, actors=(*found.actors, *described))).scores["actors"].precision == 1.0


def test_words_without_a_calendar_value_are_not_held_against_the_extractor():
    labels = LABELS[0]
    found = perfect(labels)
    now = Date(start=0, end=5, type="DATE", value="PRESENT_REF", rule="now")
    assert score(labels, replace(found, dates=(*found.dates, now))).scores["dates"].precision == 1.0


def test_an_actor_is_recognized_by_a_form_of_its_name():
    label = ActorLabel(
        texts=("U.S.", "Washington"), optional=False, name="United States", type="state", countries=("USA",)
    )
    labels = replace(LABELS[0], actors=(label,))
    found = Annotations(
        doc=replace(perfect(LABELS[0]).doc, text="Washington said so."),
        actors=(Actor(actor_id="state:USA", name="United States of America", type="state", link_method="kb"),),
        mentions=(Mention(start=0, end=10, actor_id="state:USA", form="metonym"),),
    )
    assert score(labels, found).scores["actors"] == Score(1, 1, 1)


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ("to open the quay", "to open the quay", 1.0),
        ("to open the quay", "To open the Quay.", 1.0),
        ("open it", "close that", 0.0),
        ("the the", "the", 2 / 3),
        ("", "", 0.0),
    ],
)
def test_dice_counts_tokens_with_repetition(one, other, expected):
    assert dice(one, other) == pytest.approx(expected)


@pytest.mark.parametrize(
    "name, expected",
    [("the U.S.", "us"), ("China’s Foreign Minister", "china foreign minister"), ("A Quay", "quay"), ("The", "")],
)
def test_names_are_compared_without_article_stops_and_possessive(name, expected):
    assert plain(name) == expected


MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)


@pytest.mark.parametrize(
    "one, other, expected",
    [
        ((MAY, JUNE), (JUNE, JULY), False),
        ((MAY, MAY), (JUNE, None), True),
        ((None, None), (JUNE, JULY), False),
        ((JULY, None), (MAY, JUNE), True),
        ((JULY, None), (MAY, None), False),
    ],
)
def test_intervals_contradict_each_other_if_no_day_is_common(one, other, expected):
    assert contradicts(one, other) is expected


def test_a_publication_day_outside_the_labelled_interval_is_wrong():
    labels = replace(LABELS[0], published_between=(MAY, JUNE))
    found = perfect(labels)
    doc = replace(found.doc, published=replace(found.doc.published, earliest=JULY, latest=JULY))
    before, after = score(labels, found).scores["metadata"], score(labels, replace(found, doc=doc)).scores["metadata"]
    assert after.found == before.found + 1


def test_counts_of_articles_add_up():
    results = [score(labels, perfect(labels)) for labels in LABELS]
    assert total(results)["quotes"].right == sum(result.scores["quotes"].right for result in results)


def test_the_table_has_a_row_for_every_score():
    shown = table({"dates": Score(1, 2, 4), "  values": Score()})
    assert shown.splitlines()[2].split() == [
        "|",
        "dates",
        "|",
        "0.50",
        "|",
        "0.25",
        "|",
        "0.33",
        "|",
        "1",
        "|",
        "2",
        "|",
        "4",
        "|",
    ]
    assert "– values" in shown.splitlines()[3]
