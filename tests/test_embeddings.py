"""Sentence embeddings: the model, what they code, and what a build without them does not notice.

All of it needs the model, which `make acceptance` installs; what is told without it is in test_no_embeddings.py.
"""

import json
import time

import numpy as np
import pyarrow.parquet as pq
import pytest

from conftest import ROOT
from onrecord.annotate.proposals.coding import embedder
from onrecord.annotate.proposals.coding.codebook import load_codebook, with_examples
from onrecord.annotate.proposals.coding.embedder import NoModelError, load_embedder
from onrecord.annotate.proposals.coding.examples import ALIKE
from onrecord.batches import supplied

pytestmark = pytest.mark.acceptance

# An issue each for a policy told by patterns, one told by examples, and one whose two sides are worded alike.
CODEBOOK = """
issues:
- id: till
  label: Till the soil
  definition: Turning the soil over every autumn. Leaving it alone is opposition.
  for: ['\\btill']
- id: fares
  label: Free buses
  definition: No fares on local buses.
  examples:
    for: [abolish the fares on local buses, free buses]
    against: [raise the price of bus tickets]
- id: lamps
  label: Light the lanes
  definition: Street lamps in lanes, all night.
  examples:
    for: [switch the street lamps on at night]
    against: [switch the street lamps off at night]
- id: harbour
  label: Widen the harbour
  definition: A wider harbour for large ships.
  examples:
    for: [make the harbour wider for large ships]
    against: [refuse to recognise the harbour plan, never let cruise ships into the bay]
"""
ARTICLE = """Council argues over buses

Mayor Ada Brook called for free local buses. Senator Jo Field rejected free buses in the city.

Brook urged farmers to till the land every autumn. Field called for a swimming pool for the school.
"""


@pytest.fixture(scope="module", autouse=True)
def model():
    pytest.importorskip(embedder.MODEL, reason="the sentence model is not here: make embeddings installs it")
    return load_embedder()


@pytest.fixture(scope="module")
def codebook(model, tmp_path_factory):
    path = tmp_path_factory.mktemp("codebook") / "own.yml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return with_examples(load_codebook(path), model)


# ---------------------------------------------------------------- the model


@pytest.mark.parametrize(
    ("sentence", "cosine"),
    [
        ("That is a happy dog", 0.695),
        ("That is a very happy person", 0.943),
        ("Today is a sunny day", 0.257),
    ],
)
def test_cosines_are_those_of_the_models_own_library(model, sentence, cosine):
    assert model.embed("That is a happy person") @ model.embed(sentence) == pytest.approx(cosine, abs=5e-4)


@pytest.mark.parametrize("sentence", ["", " ", "a", "quay " * 5000, "\0\ufffd\u202e", "漁港を開く"])
def test_any_text_has_a_vector_of_length_one(model, sentence):
    vector = model.embed(sentence)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_products_run_on_one_thread(model):
    model.embed("once, to load what is loaded late")
    wall, used = time.perf_counter(), time.process_time()
    for number in range(20):
        model.embed(f"{number} boats came in to the quay with the tide and left again before the storm")
    assert time.process_time() - used < 1.3 * (time.perf_counter() - wall)


def test_other_weights_are_refused(monkeypatch, tmp_path):
    folder = tmp_path / "other_model" / "model"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    (folder / "model.safetensors").write_bytes(b"other")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(embedder, "MODEL", "other_model")
    with pytest.raises(NoModelError, match="not all-MiniLM-L6-v2 as published"):
        load_embedder()


# ---------------------------------------------------------------- what they code


@pytest.mark.parametrize(
    ("content", "act", "coded"),
    [
        ("getting rid of bus fares", "call_for", ("fares", "support")),
        ("getting rid of bus fares", "reject", ("fares", "oppose")),
        ("bus fares must not be abolished", "demand", ("fares", "oppose")),
        ("to abolish fares on buses if the state pays", "offer", ("fares", "conditional")),
        ("to raise the price of a bus ticket", "plan", ("fares", "oppose")),
        ("to raise the price of a bus ticket", "oppose", ("fares", "support")),
        ("never let cruise ships into the bay", "commit", ("harbour", "oppose")),
        ("to let cruise ships into the bay", "plan", ("harbour", "support")),
        ("to let cruise ships into the bay", "reject", ("harbour", "oppose")),
        ("to refuse to recognise the harbour plan", "plan", ("harbour", "oppose")),
        ("to end free buses", "plan", (None, None)),
        ("an end to free buses", "call_for", (None, None)),
        ("free buses for people who do not own a car", "call_for", ("fares", "support")),
        ("a swimming pool for the school", "call_for", (None, None)),
        ("to switch the street lamps", "plan", (None, None)),
    ],
)
def test_content_is_coded_like_the_example_that_it_is_alike(codebook, content, act, coded):
    assert codebook.code(content, act)[:2] == (None, None)
    code = codebook.code_by_example(content, act)
    assert code[:2] == coded
    assert (code.similarity is None) == (coded[0] is None)
    assert code.similarity is None or ALIKE <= code.similarity <= 1


def test_an_example_word_for_word_counts_however_near_others_are(model, tmp_path):
    path = tmp_path / "own.yml"
    listed = "{for: [end gun control], against: [gun control]}"
    path.write_text(f"issues: [{{id: a, label: L, definition: D, examples: {listed}}}]", encoding="utf-8")
    own = with_examples(load_codebook(path), model)
    assert own.code_by_example("to end gun control", "plan")[:2] == ("a", "support")
    assert own.code_by_example("gun control", "plan")[:2] == ("a", "oppose")


def test_what_is_as_near_to_another_issue_has_none(model, tmp_path):
    path = tmp_path / "own.yml"
    entry = "{{id: {}, label: L, definition: D, examples: {{for: [{}]}}}}"
    texts = ("abolish the fares on local buses", "abolish the fares on all local buses")
    path.write_text(f"issues: [{', '.join(map(entry.format, 'ab', texts))}]", encoding="utf-8")
    content = "to abolish the fare on some local bus"
    assert with_examples(load_codebook(path), model).code_by_example(content, "plan").issue_id is None


def test_a_codebook_without_examples_stays_as_it_is(model, tmp_path):
    path = tmp_path / "own.yml"
    path.write_text("issues: [{id: a, label: L, definition: D, for: [tax]}]", encoding="utf-8")
    assert with_examples(load_codebook(path), model).code_by_example("a higher levy", "plan").issue_id is None


def test_every_example_of_our_codebook_is_coded_with_its_own_issue_and_side(model):
    own = load_codebook(*supplied.OUR_CODEBOOKS)
    asked = with_examples(own, model)
    examples = [example for issue in own.issues for example in issue.examples]
    assert len(examples) > 100
    for example in examples:
        found = asked.comparison.nearest(example.text)
        assert found is not None, example
        assert found.example == example
        assert asked.code_by_example(example.text, "plan")[:2] == (
            example.issue_id,
            "oppose" if example.contrary else "support",
        )


def test_the_examples_of_the_documentation_read_and_code(model, tmp_path):
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    path = tmp_path / "own.yml"
    path.write_text(page.split("```yaml\n")[2].split("```")[0], encoding="utf-8")
    own = with_examples(load_codebook(path), model)
    assert own.code_by_example("stricter gun control", "call_for")[:2] == ("gun-control", "support")
    assert own.code_by_example("to arm teachers", "propose")[:2] == ("gun-control", "oppose")


# ---------------------------------------------------------------- in a build


def test_embeddings_code_what_patterns_leave_and_change_nothing_else(run, monkeypatch, tmp_path):
    for name in (supplied.CODEBOOK, supplied.EMBEDDINGS):
        monkeypatch.setenv(name, "")
    (tmp_path / "own.yml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    datasets = tmp_path / "datasets"
    given = ("--seeds", tmp_path / "article.txt", "--codebook", tmp_path / "own.yml", "--datasets", datasets)
    rows = {}
    for version, options in {"1": (), "2": ("--embeddings", "--workers", "2")}.items():
        code, _, error = run("build", *given, "--version", version, *options)
        assert code == 0, error
        assert ("note: told by examples only" in error) == (version == "1")
        rows[version] = pq.read_table(datasets / "releases" / version / "proposals.parquet").to_pylist()
    coded = [(row["issue_id"], row["stance"], row["issue_similarity"] is not None) for row in rows["2"]]
    assert coded == [
        ("fares", "support", True), ("fares", "oppose", True), ("till", "support", False), (None, None, False),
    ]  # fmt: skip
    assert [row["issue_id"] for row in rows["1"]] == [None, None, "till", None]
    for version, counts in {"1": [0, 0, 0, 0], "2": [3, 3, 2, 0]}.items():  # by issue_id
        issues = pq.read_table(datasets / "releases" / version / "issues.parquet")
        assert issues.column("examples").to_pylist() == counts
    own = {"issue_id", "stance", "issue_similarity"}
    stripped = [[{k: v for k, v in row.items() if k not in own} for row in rows[version]] for version in rows]
    assert stripped[0] == stripped[1]


def test_a_codebook_without_examples_is_told(run, monkeypatch, tmp_path):
    for name in (supplied.CODEBOOK, supplied.EMBEDDINGS):
        monkeypatch.setenv(name, "")
    (tmp_path / "own.yml").write_text("issues: [{id: a, label: L, definition: D, for: [tax]}]", encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    _, _, error = run("show", "--embeddings", "--codebook", tmp_path / "own.yml", tmp_path / "article.txt")
    assert "note: the codebook has no examples" in error


def test_show_takes_them_too(run, monkeypatch, tmp_path):
    for name in (supplied.CODEBOOK, supplied.EMBEDDINGS):
        monkeypatch.setenv(name, "")
    (tmp_path / "own.yml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    _, printed, _ = run("show", "--json", "--embeddings", "--codebook", tmp_path / "own.yml", tmp_path / "article.txt")
    assert json.loads(printed)["proposals"][0]["issue_id"] == "fares"
