"""What extraction loads once a process."""

import atexit
import gc
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.annotate.encoder import WEIGHTS, Encoder, load_encoder
from onrecord.annotate.proposals import Codebook, load_codebook, load_known, with_examples
from onrecord.annotate.proposals.coding.embedder import load_embedder
from onrecord.annotate.syntax.pipeline import load_pipeline
from onrecord.batches import supplied
from onrecord.errors import UserError
from onrecord.knowledge import Knowledge, load_knowledge
from onrecord.knowledge import rows as rows_of
from onrecord.knowledge.files import DATA
from onrecord.knowledge.holders import joined, load_holders
from onrecord.parse.publication.events import Events, events_of
from onrecord.parse.publication.offices import Terms, terms_of
from onrecord.storage.store import SUMS, sha256_of

if TYPE_CHECKING:
    from spacy.language import Language


class DamagedModelError(UserError):
    """A file of the model that is not the one it was released with."""

    code = "OR062"


@dataclass(frozen=True, slots=True)
class Models:
    nlp: "Language"
    knowledge: Knowledge
    codebook: Codebook
    terms: Terms
    events: Events
    encoder: Encoder


def load_models() -> Models:
    """Everything the extractors need, loaded once a process for each choice of what the user supplies."""
    return _load_models(supplied.holders(), supplied.digest())


@cache
def _load_models(holders: tuple[Path, ...], digest: str) -> Models:
    knowledge = load_knowledge(DATA, lambda ours, countries: joined(ours, load_holders(holders, countries)))
    events = events_of(rows_of(DATA / "events.csv"))
    codebook = load_chosen_codebook()
    made = Models(load_pipeline(), knowledge, codebook, terms_of(knowledge), events, load_encoder(whole(WEIGHTS)))
    gc.freeze()  # Python need not look for cycles in what stays: 98 ms each time, and once more at the end
    atexit.register(_unfreeze)
    return made


def _unfreeze() -> None:
    """What is frozen at the end is left to the system, but DuckDB would complain of a leak."""
    if "duckdb" in sys.modules:
        gc.unfreeze()


def whole(weights: Path) -> Path:
    """The folder of a model, if its files are those of its SHA256SUMS.

    Raises:
        DamagedModelError: one is missing or has other bytes.
    """
    for line in (weights / SUMS).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        file = weights / name
        if not file.is_file() or sha256_of(file) != digest:
            raise DamagedModelError(f"{file} is not the file that belongs to this onrecord: install it again")
    return weights


def load_chosen_codebook() -> Codebook:
    """The user's codebooks or ours, with its examples if they are to be asked; read once a process like the models."""
    return _load_codebook(supplied.codebooks(), supplied.embeddings(), supplied.digest())


@cache
def _load_codebook(files: tuple[Path, ...], by_example: bool, digest: str) -> Codebook:
    codebook = load_codebook(*files, known=load_known(supplied.NEEDED))
    return with_examples(codebook, load_embedder()) if by_example else codebook
