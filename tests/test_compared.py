"""What reports were compared with is kept from build to build: the same rows as from the beginning, for less work."""

import hashlib
import random
import shutil
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.assemble import assemble, kept, months
from onrecord.assemble.across import candidates, initiatives, touched, utterances
from onrecord.batches.batch import INPUTS
from onrecord.batches.columns import batch_schemas
from onrecord.batches.fingerprints import extracted_folder
from onrecord.batches.listing import LISTING
from onrecord.batches.models import load_chosen_codebook
from onrecord.storage import parts, store
from onrecord.storage.layout import Layout

NOUNS = ("harbour", "quay", "bridge", "school", "river", "dock", "tunnel", "market", "tower", "garden", "ferry")
WORDS = (NOUNS, ("open", "close", "dredge", "build", "paint", "widen", "sell", "guard"), "near", "never")
OTHER_WORDS = (("piano", "violin", "choir", "opera"), ("tune", "hear", "record", "praise"), "beside", "seldom")
PEOPLE = ("Orla Brennock", "Tom Hask", "Rana Okafor", "Ivo Petrov")
STRANGERS = ("Lena Vik", "Ugo Sarti")  # only articles from 100 to 199 know them
TYPES = ("call_for", "demand", "plan", "commit", "reject", "support", "oppose", "offer")
EDITIONS = 3
PAIRS = ("utterance_pairs", "act_pairs", "answering")
COMPARED = "compared/"


def _hex(*told, length=16):
    return hashlib.sha256(repr(told).encode()).hexdigest()[:length]


def _sentence(draw, nouns, verbs, near, never):
    """Some sentence of a few, with words exchanged or cut now and then, so that many tell nearly the same."""
    of = random.Random(draw.randrange(12))
    words = ["we will"] + [f"{of.choice(verbs)} the {of.choice(nouns)} {near} the {of.choice(nouns)}" for _ in range(3)]
    if draw.random() < 0.4:
        words[draw.randrange(1, 4)] = f"{never} {draw.choice(verbs)} a {draw.choice(nouns)}"
    return " and ".join(words[: draw.randrange(2, 5)])


def _column(path, name):
    return pq.read_table(path, columns=[name])[name].to_pylist()


class World:
    """Articles by number and edition, the same whenever they are asked for. The tenth and twentieth are copies; a third
    of all knows two people with a country, the others without, and an eighth has no day."""

    def __init__(self, seed, articles=22):
        self.seed, self.articles = seed, articles

    def rows(self, number, edition):
        """Rows of the tables of a batch, of one article. Editions of an article are versions of one file."""
        of = number - 7 if number % 10 == 9 else number
        draw = random.Random(f"{self.seed} {of} {edition}")
        article, source = _hex(self.seed, number, edition), {"input_id": _hex(self.seed, number, edition, length=32)}
        own = {**source, "article_id": article}
        day = date(2020, 3, 1) + timedelta(days=draw.randrange(70))
        days = dict.fromkeys(("published", "published_earliest", "published_latest"), None if of % 8 == 1 else day)
        rows = {name: [] for name in batch_schemas()}
        rows["articles"].append({
            **own, **days, "source_file": f"{number}.txt", "source_sha256": _hex(article, length=64), "authors": [],
            "language": "en", "published_basis": "unknown" if of % 8 == 1 else "given", "repairs": [],
            "truncated": False, "text": "made up", "word_count": 2, "outlet": f"outlet {number % 5}",
        })  # fmt: skip
        base = np.random.default_rng(of).integers(0, 2**32, 160, dtype=np.uint32).astype("<u4")
        base[: 3 * edition] += 1  # editions are alike, copies are equal
        rows["signatures"].append({
            **own, "shingles": 100, "signature": base[:128].tobytes(), "lead": base[128:].tobytes()
        })  # fmt: skip
        people = {}
        for name in STRANGERS if 100 <= of < 200 else PEOPLE:
            country = "IRL" if of % 3 == 0 and name in PEOPLE[:2] else None
            people[name] = f"x:{_hex(name, country)}"
            rows["actors"].append({
                **source, "actor_id": people[name], "name": name, "type": "person", "country": country,
                "roles": [f"minister of {name}"], "link_method": "name",
            })  # fmt: skip
            if draw.random() < 0.7:
                self._add_mention(rows, own, people[name], name, len(rows["mentions"]) * 30)
        words = OTHER_WORDS if of >= 200 else WORDS
        for at in range(4):
            self._add_quote(rows, own, draw, people, at * 200, days["published"], words)
        for at in range(3):
            self._add_proposal(rows, own, draw, people, at * 200 + 20, words)
        return rows

    @staticmethod
    def _add_mention(rows, own, person, name, start):
        rows["mentions"].append({
            **own, "mention_id": f"{own['article_id']}:m:{start}", "start": start, "end": start + len(name),
            "text": name, "actor_id": person, "form": "name", "link_confidence": 0.9,
        })  # fmt: skip

    @staticmethod
    def _add_quote(rows, own, draw, people, start, day, words):
        quote_id = f"{own['article_id']}:q:{start}-{start + 150}"
        speakers = draw.sample(sorted(people), 2 if draw.random() < 0.2 else 1)
        said = (day or date(2020, 4, 1)) - timedelta(days=draw.randrange(20)) if draw.random() < 0.3 else None
        rows["quotes"].append({
            **own, "quote_id": quote_id, "group_id": quote_id, "start": start, "end": start + 150,
            "text": _sentence(draw, *words), "kind": draw.choice(("direct", "direct", "indirect")),
            "speaker_actor_id": people[speakers[0]], "said_earliest": said, "said_latest": said, "attribution": "cue",
            "attitude": "assertion", "polarity": draw.choice(("said", "said", "denied")), "confidence": 0.9,
        })  # fmt: skip
        rows["quote_speakers"] += [
            {"input_id": own["input_id"], "quote_id": quote_id, "actor_id": people[name], "place": place + 1}
            for place, name in enumerate(speakers)
        ]

    @staticmethod
    def _add_proposal(rows, own, draw, people, start, words):
        proposal_id = f"{own['article_id']}:p:{start}-{start + 90}"
        sides = draw.sample(sorted(people), 2)
        rows["proposals"].append({
            **own, "proposal_id": proposal_id, "start": start, "end": start + 90, "text": _sentence(draw, *words),
            "type": draw.choice(TYPES), "wanted": "yes", "modality": "asserted", "rule": "heads", "confidence": 0.9,
            "quote_id": rows["quotes"][start // 200]["quote_id"] if draw.random() < 0.5 else None,
        })  # fmt: skip
        roles = [("proposer", sides[0]), *([("target", sides[1])] if draw.random() < 0.7 else [])]
        rows["proposal_actors"] += [
            {"input_id": own["input_id"], "proposal_id": proposal_id, "actor_id": people[name], "role": role}
            for role, name in roles
        ]
        if draw.random() < 0.4:
            topic = draw.choice(words[0] if PEOPLE[0] in people else ("lighthouse", "pier"))
            rows["topics"].append({
                **own, "proposal_id": proposal_id, "topic": topic, "label": topic.title(),
                "stance": draw.choice(("support", "oppose")),
            })  # fmt: skip

    def build(self, layout, editions, batch):
        """Assemble a corpus, by number the newest edition of each; what is new comes in a batch of this name. Returns
        the bytes of the tables."""
        there = [(n, e) for n, newest in sorted(editions.items()) for e in range(newest + 1)]
        held = {each for path in layout.batches.glob("*/*/inputs.parquet") for each in _column(path, "input_id")}
        self._extract(layout, batch, [each for each in there if _hex(self.seed, *each, length=32) not in held])
        listed = [
            {"input_id": _hex(self.seed, n, e, length=32), "source_file": f"{n}.txt", "source_sha256": "0" * 64,
             "version": e + 1, "is_current": e == editions[n], "is_present": True} for n, e in there
        ]  # fmt: skip
        store.write_table(layout.listing, pa.Table.from_pylist(listed, LISTING).to_batches(), LISTING)
        refused = pa.schema(list(batch_schemas()["rejections"])[1:])
        store.write_table(layout.ingest / "rejections.parquet", refused.empty_table().to_batches(), refused)
        assemble(layout, load_chosen_codebook())
        tables = store.files_in(layout.build).items()
        return {name: path.read_bytes() for name, path in tables if name.endswith(".parquet") and COMPARED not in name}

    def _extract(self, layout, batch, new):
        if not new:
            return
        folder = extracted_folder(layout, batch)
        found = [self.rows(*each) for each in new]
        for name, schema in batch_schemas().items():
            rows = pa.Table.from_pylist([row for rows in found for row in rows[name]], schema)
            store.write_table(folder / f"{name}.parquet", rows.to_batches(), schema)
        inputs = pa.table({"input_id": [rows["articles"][0]["input_id"] for rows in found]}, INPUTS)
        store.write_table(folder / "inputs.parquet", inputs.to_batches(), INPUTS)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Fewer of the fullest than there are reports in a key, and some slices."""
    monkeypatch.setattr(candidates, "_FULLEST", 2)
    monkeypatch.setattr(candidates, "_OF_REPORT", 6_000_000)
    monkeypatch.setattr(touched, "_OF_CELL", 6_000_000)


@pytest.fixture
def work(monkeypatch):
    """How often each function that reads words or compares was called."""
    counts = Counter()

    def counted(module, name):
        function = getattr(module, name)

        def count(*arguments, **named):
            counts[name] += 1
            return function(*arguments, **named)

        monkeypatch.setattr(module, name, count)

    for module, names in ((utterances, ("same_words", "to_words")), (initiatives, ("same_act", "compare"))):
        for name in names:
            counted(module, name)
    return counts


def _days(seed, articles):
    """What the corpus holds on each of some days: articles come, change and vanish in some order."""
    draw = random.Random(seed)
    editions = dict.fromkeys(draw.sample(range(articles), articles * 2 // 3), 0)
    yield dict(editions)
    for _ in range(4):
        for number in draw.sample(range(articles), 3):
            editions[number] = min(editions.get(number, -1) + 1, EDITIONS - 1)
        for number in draw.sample(sorted(editions), draw.randrange(3)):
            del editions[number]
        yield dict(editions)


def _kept(layout):
    """The pairs that are kept, by kind, in the order of their values."""
    files = {name: layout.build / "compared" / f"{name}.parquet" for name in PAIRS}
    return {name: sorted(map(repr, pq.read_table(path).to_pylist())) for name, path in files.items()}


@pytest.mark.parametrize("seed, cut_from", [(0, parts.CUT_FROM), (1, 5)], ids=["whole", "cut by month"])
def test_days_give_the_pairs_and_tables_of_a_build_from_the_beginning(seed, cut_from, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "CUT_FROM", cut_from)
    world, grown = World(seed), Layout(tmp_path / "grown")
    for day, editions in enumerate(_days(seed, world.articles)):
        tables = world.build(grown, editions, f"{day:012x}")
        whole = Layout(tmp_path / f"whole{day}")
        expected = world.build(whole, editions, "f" * 12)
        assert (day, _kept(grown)) == (day, _kept(whole))
        assert (day, tables) == (day, expected)
    assert min(map(len, _kept(grown).values())) > 5
    assert _column(grown.build / "actor_redirects.parquet", "old_id")
    for relation in ("duplicate_of", "supersedes"):
        assert any(value for path in parts.files_of(grown.build, "articles") for value in _column(path, relation))


# ---------------------------------------------------------------- less work

ALL, MORE = dict.fromkeys(range(8), 0), dict.fromkeys(range(100, 107), 0)
UNLIKE = dict.fromkeys(range(200, 207), 0)  # by the people of ALL, in other words


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A datasets folder in which ALL was built. Not to be changed."""
    layout = Layout(tmp_path_factory.mktemp("built"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_FULLEST", 2)
        tables = World(0).build(layout, ALL, "0" * 12)
    return layout, tables


@pytest.fixture
def copied(built, tmp_path):
    """A copy of `built`, and the bytes of its tables."""
    shutil.copytree(built[0].datasets, tmp_path / "copied")
    return Layout(tmp_path / "copied"), built[1]


def test_nothing_is_compared_again_where_nothing_changed(copied, work):
    layout, tables = copied
    assert World(0).build(layout, ALL, "1" * 12) == tables
    assert not work


@pytest.mark.parametrize("more", [MORE, UNLIKE], ids=["of other people", "in other words"])
def test_reports_that_share_no_words_and_speaker_with_a_new_one_are_not_compared_again(more, copied, work, tmp_path):
    World(0).build(Layout(tmp_path / "alone"), more, "1" * 12)
    alone = dict(work)
    assert alone.keys() == {"to_words", "same_words", "same_act", "compare"}
    work.clear()
    World(0).build(copied[0], {**ALL, **more}, "1" * 12)
    assert work == alone


# ---------------------------------------------------------------- what cannot be kept


def _truncate(folder):
    path = folder / "told_quotes.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def _change_a_row(folder):
    path = folder / "utterance_pairs.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.set_column(2, "similarity", pa.array([0.1] * len(rows))), path)


HARMS = {
    "truncated": _truncate,
    "a row changed": _change_a_row,
    "a file gone": lambda folder: (folder / "act_reports.parquet").unlink(),
    "all gone": shutil.rmtree,
    "made by another program": lambda folder: (folder / "program.txt").write_text("another\n"),
    "made by another program, and whole": lambda folder: (
        (folder / "program.txt").write_text("another\n"),
        (folder / store.SUMS).write_text(store.sums_of(folder)),
    ),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_what_is_damaged_or_of_another_program_counts_for_nothing(copied, work, harm):
    layout, tables = copied
    harm(layout.build / "compared")
    assert World(0).build(layout, ALL, "1" * 12) == tables
    assert work["to_words"] == 8 * (4 * 2 + 3)  # each text, and of quotes what is in marks
    assert store.is_whole(layout.build / "compared")


def test_what_another_corpus_kept_changes_nothing(copied, tmp_path):
    layout, tables = copied
    other = Layout(tmp_path / "other")
    World(1).build(other, ALL, "0" * 12)
    shutil.rmtree(layout.build / "compared")
    shutil.copytree(other.build / "compared", layout.build / "compared")
    assert World(0).build(layout, ALL, "1" * 12) == tables


@pytest.mark.parametrize("place", ["while it compares", "while it replaces"])
def test_a_build_that_ends_midway_leaves_what_was_kept_or_nothing(copied, monkeypatch, place):
    layout, tables = copied
    folder = layout.build / "compared"
    before = store.sums_of(folder)

    def end(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if place == "while it compares":
            patch.setattr(initiatives, "find_answers", end)
        else:
            patch.setattr(kept.Path, "rename", end)
        with pytest.raises(KeyboardInterrupt):
            World(0).build(layout, {**ALL, **MORE}, "1" * 12)
    assert not folder.exists() or store.sums_of(folder) == before
    assert list(layout.build.glob(".tmp-*")) == []
    assert World(0).build(layout, ALL, "2" * 12) == tables


def test_rows_are_taken_from_a_months_file_only_if_it_was_made_of_what_is_kept(tmp_path, monkeypatch):
    """A build that ended between its months and what it keeps: an article changed in the months, and changes back."""
    monkeypatch.setattr(parts, "CUT_FROM", 3)
    world, layout = World(0), Layout(tmp_path / "datasets")
    tables = world.build(layout, ALL, "0" * 12)
    shutil.copytree(layout.build / "compared", tmp_path / "kept")
    assert world.build(layout, {**ALL, 3: 1}, "1" * 12) != tables
    shutil.rmtree(layout.build / "compared")
    shutil.copytree(tmp_path / "kept", layout.build / "compared")
    assert world.build(layout, ALL, "2" * 12) == tables


def test_a_pair_is_not_kept_of_a_quote_that_became_too_short_to_be_compared(copied, tmp_path):
    layout, _ = copied
    pairs = pq.read_table(layout.build / "compared" / "utterance_pairs.parquet").to_pylist()
    former = extracted_folder(layout, "0" * 12)
    rows = pq.read_table(former / "quotes.parquet")
    texts = [
        "Yes, yes." if row["group_id"] == pairs[0]["told"] else row["text"]
        for row in rows.select(["group_id", "text"]).to_pylist()
    ]
    rows = rows.set_column(rows.column_names.index("text"), "text", pa.array(texts))
    store.write_table(former / "quotes.parquet", rows.to_batches(), rows.schema)
    former.parent.rename(former.parent.with_name("1" * 12))
    whole = Layout(tmp_path / "whole")
    shutil.copytree(layout.batches, whole.batches)
    assert World(0).build(layout, ALL, "2" * 12) == World(0).build(whole, ALL, "2" * 12)


def test_only_batches_of_what_is_new_are_read_to_write_months(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "CUT_FROM", 3)
    world, layout, opened = World(0), Layout(tmp_path / "datasets"), []
    world.build(layout, ALL, "0" * 12)
    open_batches = months.open_batches
    monkeypatch.setattr(months, "open_batches", lambda *given: opened.append(given[2]) or open_batches(*given))
    world.build(layout, {**ALL, **MORE}, "1" * 12)
    assert opened == [["1" * 12]]


def test_what_is_kept_is_no_part_of_a_release(datasets, release):
    assert store.is_whole(datasets / "build" / "compared")
    assert not [name for name in store.files_in(release) if "compared" in name or "told" in name]
