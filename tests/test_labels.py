"""Labels as they are kept, to what the heads are trained on: offsets into a text, to places in a window of pieces."""

import gzip
import hashlib
import json
import random
from dataclasses import replace

import pytest

from onrecord.annotate.encoder import SPEECH_ONLY
from onrecord.annotate.proposals.heads import MODALITIES, TYPES, WANTED
from onrecord.annotate.quotes.tagger import LABELS
from training.examples import UNLABELLED, LabelledAct, to_examples
from training.labels import FOUND, QUOTED, read_events, read_found, read_quotes, to_article

WHOLE = (
    "Mayor wants a bridge\n\nMayor Lena Ortiz spoke.\nShe urged the council to build a bridge, and rejected a ferry."
)


def span(words, after=0):
    start = WHOLE.index(words, after)
    return {"start": start, "end": start + len(words)}


def label(content, cue, **more):
    where = WHOLE.index("urged")
    placed = {f"cue_{side}": at for side, at in span(cue, where).items()}
    facts = {"type": "urge", "wants": "yes", "modality": "asserted", "doubt": False, "proposers": True, "targets": True}
    return span(content, where) | placed | facts | {"proposer_mentions": [], "target_mentions": []} | more


URGED = label(
    "to build a bridge",
    "urged",
    proposer_mentions=[span("Mayor Lena Ortiz", 21), span("She")],
    target_mentions=[span("the council")],
)
REJECTED = label("a ferry", "rejected", type="reject", wants="no", targets=False)


def words_of(article, places):
    return article.text[article.pieces[places[0]].start : article.pieces[places[1] - 1].end]


def test_a_label_is_placed_by_its_characters_and_the_title_is_left_out(encoder):
    article = to_article("a", WHOLE, [URGED, REJECTED], encoder.tokenizer)
    assert article.text.startswith("\n\nMayor Lena Ortiz spoke.\n\nShe")
    first, second = article.acts
    assert (words_of(article, first.cue), words_of(article, first.content)) == ("urged", "to build a bridge")
    assert [words_of(article, mention) for mention in first.proposers] == ["Mayor Lena Ortiz", "She"]
    assert [words_of(article, mention) for mention in first.targets] == ["the council"]
    assert second.targets == ()  # nobody is asked
    assert second.proposers is None  # somebody is told, who stands nowhere


def test_what_only_the_title_proposes_is_no_label(encoder):
    title = URGED | span("a bridge") | {"cue_start": 6, "cue_end": 11}
    assert to_article("a", WHOLE, [title], encoder.tokenizer).acts == ()


def test_an_act_without_a_cue_is_found_where_its_content_begins(encoder):
    (act,) = to_article("a", WHOLE, [URGED | {"cue_start": None, "cue_end": None}], encoder.tokenizer).acts
    assert act.cue[0] == act.content[0]


def test_a_window_shows_its_acts_by_their_places_and_nobody_as_its_start(encoder):
    article = to_article("a", WHOLE, [URGED, REJECTED], encoder.tokenizer)
    (example,) = to_examples(article)
    urged, rejected = example.acts.acts
    assert example.acts.cues[urged.cue] == example.acts.cues[rejected.cue] == 1
    assert sum(mark == 1 for mark in example.acts.cues) == 2
    shown = [article.pieces[place - 1] for place in range(urged.start, urged.end + 1)]
    assert article.text[shown[0].start : shown[-1].end] == "to build a bridge"
    assert rejected.target == (0,)
    assert rejected.proposer is None
    assert example.attributions is None


def test_of_a_cue_whose_content_lies_in_another_window_nothing_is_told(encoder):
    article = to_article("a", "T\n\n" + "word " * 400, [], encoder.tokenizer)
    act = LabelledAct(cue=(4, 6), content=(300, 304), type="plan")
    first, second = (each.acts for each in to_examples(replace(article, acts=(act,))))
    assert [place for place, cue in enumerate(first.cues) if cue] == [5, 6]
    assert {first.cues[5], first.cues[6]} == {UNLABELLED}
    assert not any(second.cues)
    assert first.acts == second.acts == ()


def test_windows_begin_elsewhere_each_time_and_hold_every_piece_once(encoder):
    article = to_article("a", "T\n\n" + "word " * 900, [], encoder.tokenizer)
    cuts = {tuple(len(each.numbers) for each in to_examples(article, random.Random(seed))) for seed in range(6)}
    assert len(cuts) > 1
    assert {sum(lengths) - len(lengths) for lengths in cuts} == {len(article.pieces)}


@pytest.mark.parametrize(("labels", "kind", "least"), [(FOUND, "proposals", 500), (QUOTED, "quotes", 500)])
def test_labels_of_others_articles_hold_hashes_and_offsets_and_no_words(labels, kind, least):
    with gzip.open(labels, mode="rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    assert len(entries) >= least
    codes = {*TYPES, *WANTED, *MODALITIES, "direct", "mixed", "indirect", "said", "denied", "asked", "assertion"}
    codes |= {"belief", "knowledge"}
    for entry in entries:
        assert set(entry) == {"name", "text_sha256", kind}
        assert entry["name"] == f"n3k_{entry['text_sha256'][:16]}"
        assert set(texts_in(entry[kind])) <= codes


def texts_in(value):
    """Every text in a JSON value, however deep, but for the names of fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def test_labels_find_their_text_by_its_hash(tmp_path, encoder):
    title, _, text = WHOLE.partition("\n\n")
    labels, corpus = tmp_path / "labels.gz", tmp_path / "corpus.gz"
    entry = {"name": "n", "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "proposals": [URGED]}
    labels.write_bytes(gzip.compress((json.dumps(entry) + "\n").encode(), mtime=0))
    records = [{"title": title, "text": text}, {"title": title, "text": text + " "}]
    corpus.write_bytes(gzip.compress("".join(json.dumps(each) + "\n" for each in records).encode(), mtime=0))
    (article,) = read_found(corpus, encoder.tokenizer, labels)
    assert article.doc_id == "n"
    assert len(article.acts) == 1


def test_a_quote_is_an_attribution_to_the_mention_of_its_speaker(tmp_path, encoder):
    text = "Rain fell.\n\n“It is wet,” Lena Ortiz said."
    whole = f"T\n\n{text}"
    spans = {
        f"{part}{side}": at
        for part, words in (("", "It is wet"), ("speaker_", "Lena Ortiz"), ("cue_", "said"))
        for side, at in (("start", whole.index(words)), ("end", whole.index(words) + len(words)))
    }
    labels, corpus = tmp_path / "labels.gz", tmp_path / "corpus.gz"
    entry = {"name": "n", "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "quotes": [spans]}
    labels.write_bytes(gzip.compress((json.dumps(entry) + "\n").encode(), mtime=0))
    corpus.write_bytes(gzip.compress((json.dumps({"title": "T", "text": text}) + "\n").encode(), mtime=0))
    (article,) = read_quotes(corpus, encoder.tokenizer, labels)
    marked = {
        LABELS[label]: article.text[piece.start : piece.end]
        for piece, label in zip(article.pieces, article.attributions.labels, strict=True)
        if label
    }
    assert marked["B-T"] == "It"
    assert marked["I-T"] == "wet"
    assert marked["B-C"] == "said"
    assert marked["B-S"] == "Lena"
    assert set(article.attributions.owners) == {-1, 0}
    (example,) = to_examples(replace(article, acts=()))
    assert example.features[0] == SPEECH_ONLY  # thoughts and feelings are not labelled there
    assert example.acts is not None


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("<s>France</s> urged <t>Iran</t> to free the crew.", "urged"),
        ("<s>Oslo</s> said on Monday that it condemned <t>Moscow</t>.", "condemned"),
    ],
)
def test_the_cue_of_an_event_is_the_verb_whose_subject_its_source_is(tmp_path, encoder, nlp, marked, cue):
    columns = ["sentence_id", "sentence", "marked_sentence", "root_L2"]
    plain = marked
    for mark in ("<s>", "</s>", "<t>", "</t>"):
        plain = plain.replace(mark, "")
    tail = next(t for t in ("", " ", "  ", "   ") if int(hashlib.sha256((plain + t).encode()).hexdigest(), 16) % 5)
    path = tmp_path / "events.tsv"
    path.write_text("\t".join(columns) + "\n" + "\t".join(["1", plain + tail, marked, "YIELD"]) + "\n", "utf-8")
    (article,) = read_events(path, encoder.tokenizer, nlp)
    (act,) = article.acts
    assert article.text == plain
    assert words_of(article, act.cue) == cue
    assert act.plover == "CONCEDE"
    (example,) = to_examples(article)
    assert example.acts.cues is None  # not all of its proposals are labelled
