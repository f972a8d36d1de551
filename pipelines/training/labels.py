"""Labels as they are kept, to articles in pieces: attributions of PolNeAR's kind, and proposals labelled by reading."""

import csv
import gzip
import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tokenizers import Tokenizer

from onrecord.annotate.encoder import Piece, pieces
from onrecord.annotate.quotes.stretches import find_stretches, paragraph_spans
from onrecord.annotate.quotes.tagger import LABELS
from training.examples import Article, Attributions, LabelledAct, spread

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Labels of articles that others may have, too: by hash of the text, without its words.
FOUND = Path(__file__).with_name("proposals.jsonl.gz")
QUOTED = Path(__file__).with_name("quotes.jsonl.gz")
_SAYING = frozenset({"say", "tell", "add", "state", "announce", "declare", "report"})
_PARTS = (("source", "S"), ("cue", "C"), ("content", "T"))
_WITHOUT_CUE = 12  # characters of a content at which an act without a cue is found


def read_attributions(path: Path, tokenizer: Tokenizer) -> tuple[Article, ...]:
    """Articles of a file of lines `{doc_id, text, attributions}`.

    An attribution has `source`, `cue` and `content`, each a list of [start, end] into `text`, whose lines are
    paragraphs.
    """
    with path.open(encoding="utf-8") as lines:
        return tuple(_with_attributions(json.loads(line), tokenizer) for line in lines)


def _with_attributions(record: Mapping[str, Any], tokenizer: Tokenizer, *, speech_only: bool = False) -> Article:
    text, moved = spread(record["text"])
    tags = [(0, -1)] * len(text)
    for owner, attribution in enumerate(record["attributions"]):
        for part, letter in _PARTS:
            begins, inside = LABELS.index(f"B-{letter}"), LABELS.index(f"I-{letter}")
            for start, end in attribution[part]:
                for at in range(start, end):
                    tags[moved[at]] = (begins if at == start else inside, owner)
    found = _in_pieces(text, tokenizer)
    labels, owners = [], []
    for piece in found:
        inside_piece = [tag for tag in tags[piece.start : piece.end] if tag[0]]
        label, owner = min(inside_piece, key=lambda tag: (tag[0] % 2 == 0, 0)) if inside_piece else (0, -1)
        labels.append(label)
        owners.append(owner)
    named = tuple((bool(each["source"]), bool(each["cue"])) for each in record["attributions"])
    told = Attributions(tuple(labels), tuple(owners), named, speech_only)
    return Article(record["doc_id"], text, found, attributions=told)


def read_proposals(
    texts: Path, labels: Path, tokenizer: Tokenizer, names: Iterable[str] | None = None
) -> tuple[Article, ...]:
    """Articles `texts/NAME.txt`, a title and a body, with proposals from `labels/NAME.json`; of `names`, or all.

    A label has code-point offsets into the file's text: `start`, `end`, `cue_start`, `cue_end`, mentions of proposers
    and targets. What is proposed in the title is left out, as the product reads it.
    """
    chosen = sorted(path.stem for path in labels.glob("*.json")) if names is None else sorted(names)
    return tuple(_with_proposals(name, texts, labels, tokenizer) for name in chosen)


def read_found(corpus: Path, tokenizer: Tokenizer, labels: Path = FOUND) -> tuple[Article, ...]:
    """Articles of a compressed file of records `{title, text}` for which there are proposals by the hash of their text.

    Labels hold offsets into title, blank line and text, and no words. What is not in the corpus is left out.
    """
    found = found_in(corpus, labels)
    articles = (to_article(each["name"], whole, each["proposals"], tokenizer) for each, whole in found)
    return tuple(sorted(articles, key=lambda article: article.doc_id))


def read_quotes(corpus: Path, tokenizer: Tokenizer, labels: Path = QUOTED) -> tuple[Article, ...]:
    """The same for reported speech: each quote is an attribution of its words to the mention of its speaker."""
    articles = (
        _with_quotes(each["name"], whole, each["quotes"], tokenizer) for each, whole in found_in(corpus, labels)
    )
    return tuple(sorted(articles, key=lambda article: article.doc_id))


def read_speech(texts: Path, labels: Path, tokenizer: Tokenizer, names: Iterable[str]) -> tuple[Article, ...]:
    """Articles `texts/NAME.txt` with reported speech from `labels/NAME.json`, as `read_proposals` has proposals."""
    return tuple(
        _with_quotes(
            name,
            (texts / f"{name}.txt").read_text(encoding="utf-8"),
            json.loads((labels / f"{name}.json").read_text(encoding="utf-8"))["quotes"],
            tokenizer,
        )
        for name in sorted(names)
    )


def _with_quotes(name: str, whole: str, quotes: Sequence[Mapping[str, Any]], tokenizer: Tokenizer) -> Article:
    title = whole.find("\n") + 1

    def span(each: Mapping[str, Any], part: str) -> list[list[int]]:
        start, end = each[f"{part}start"], each[f"{part}end"]
        return [[start - title, end - title]] if start is not None and start >= title else []

    attributions = [
        {"source": span(each, "speaker_"), "cue": span(each, "cue_"), "content": span(each, "")}
        for each in quotes
        if each["start"] >= title
    ]
    record = {"doc_id": name, "text": whole[title:], "attributions": attributions}
    return _with_attributions(record, tokenizer, speech_only=True)


def found_in(corpus: Path, labels: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """The entries of `labels` whose article is in the corpus, each with that article: title, blank line, text."""
    with gzip.open(labels, mode="rt", encoding="utf-8") as lines:
        wanted = {each["text_sha256"]: each for each in map(json.loads, lines)}
    with gzip.open(corpus, mode="rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if (each := wanted.pop(_hash(record["text"]), None)) is not None:
                title = (record["title"] or "Untitled").replace("\n", " ")
                yield each, f"{title}\n\n{record['text']}"


def _with_proposals(name: str, texts: Path, labels: Path, tokenizer: Tokenizer) -> Article:
    whole = (texts / f"{name}.txt").read_text(encoding="utf-8")
    given = json.loads((labels / f"{name}.json").read_text(encoding="utf-8"))
    return to_article(name, whole, given["proposals"], tokenizer)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def to_article(name: str, whole: str, proposals: Sequence[Mapping[str, Any]], tokenizer: Tokenizer) -> Article:
    title = whole.find("\n") + 1
    text, moved = spread(whole[title:])
    found = _in_pieces(text, tokenizer)
    ends, starts = [piece.end for piece in found], [piece.start for piece in found]

    def places(start: int | None, end: int | None) -> tuple[int, int] | None:
        """The pieces of a stretch of the file; None for one in the title, or without any."""
        if start is None or end is None or start < title:
            return None
        first = bisect_right(ends, moved[start - title])
        last = bisect_left(starts, moved[end - title - 1] + 1)
        return (first, last) if first < last else None

    def mentions(of: Sequence[Mapping[str, Any]], names: Any) -> tuple[tuple[int, int], ...] | None:
        placed = tuple(span for each in of if (span := places(each["start"], each["end"])) is not None)
        return placed if placed or not names else None

    def acts() -> Iterator[LabelledAct]:
        for each in proposals:
            content = places(each["start"], each["end"])
            if content is None:
                continue
            beginning = places(each["start"], min(each["end"], each["start"] + _WITHOUT_CUE))
            yield LabelledAct(
                cue=places(each["cue_start"], each["cue_end"]) or beginning or content,
                content=content,
                type=each["type"],
                wanted=each["wants"],
                modality=each["modality"],
                proposers=mentions(each["proposer_mentions"], each["proposers"]),
                targets=mentions(each["target_mentions"], each["targets"]),
                targets_named=bool(each["targets"]),
                doubtful=each["doubt"],
            )

    return Article(name, text, found, acts=tuple(acts()))


def read_events(path: Path, tokenizer: Tokenizer, nlp: "Language") -> tuple[Article, ...]:
    """Sentences of Zero-Shot-PLOVER's training file, but for the fifth by hash of the sentence that is scored.

    Each has source, target and category of one event. Its cue is the verb whose subject the source is, as the parser
    sees it, or what that verb reports.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if int(_hash(row["sentence"]), 16) % 5]
    return tuple(_with_event(row, tokenizer, nlp) for row in rows)


def _with_event(row: Mapping[str, str], tokenizer: Tokenizer, nlp: "Language") -> Article:
    text, spans = _unmarked(row["marked_sentence"])
    found = _in_pieces(text, tokenizer)

    def places(start: int, end: int) -> tuple[int, int] | None:
        inside = [at for at, piece in enumerate(found) if piece.start < end and piece.end > start]
        return (inside[0], inside[-1] + 1) if inside else None

    sources, targets = (
        tuple(span for start, end in spans[mark] if (span := places(start, end)) is not None) for mark in "st"
    )
    verb = _verb_of(nlp(text), spans["s"])
    cue = places(*verb) or (0, 1)
    category = "CONCEDE" if row["root_L2"] == "YIELD" else row["root_L2"]
    act = LabelledAct(cue, plover=category, proposers=sources or None, targets=targets or None)
    return Article(f"plv-{row['sentence_id']}", text, found, acts=(act,), complete=False)


def _unmarked(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """A sentence without its marks, and where what stood between them stands now."""
    text, begun = "", {"s": 0, "t": 0}
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    for part in re.split(r"(</?[st]>)", marked):
        if re.fullmatch(r"<[st]>", part):
            begun[part[1]] = len(text)
        elif re.fullmatch(r"</[st]>", part):
            spans[part[2]].append((begun[part[2]], len(text)))
        else:
            text += part
    return text, spans


def _verb_of(syntax: "Doc", sources: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Characters of the verb that a source governs; of the root of its sentence where it governs none."""
    span = syntax.char_span(*sources[0], alignment_mode="expand") if sources else syntax[:1]
    token = span.root if span is not None else syntax[0]
    while token.dep_ not in ("nsubj", "nsubjpass", "ROOT", "agent") and token.head != token:
        token = token.head
    verb = token.head
    told = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    while verb.lemma_ in _SAYING and told is not None:
        verb, told = told, next((c for c in told.children if c.dep_ == "ccomp"), None)
    return verb.idx, verb.idx + len(verb)


def _in_pieces(text: str, tokenizer: Tokenizer) -> tuple[Piece, ...]:
    return tuple(pieces(text, paragraph_spans(text), find_stretches(text), tokenizer))
