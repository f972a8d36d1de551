"""Whether the latest release holds what there is: then there is nothing to assemble, check or release.

    datasets/build/assembled.json    the state that the tables of the build were made from
    datasets/build/released.json     the state that the latest release was made from, or found to be equal to

A state stands for the listing, for what could not be read, for the extracted batches, for corrections and
for the program. These files save work and know nothing of their own: without them a build assembles and compares.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from onrecord.audit.correction_files import digest as digest_of_corrections
from onrecord.batches.batch import finished
from onrecord.batches.fingerprints import extracted_folder, program
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.notes import read_notes, state_of_files
from onrecord.storage.releases import find_latest

_ASSEMBLED = "assembled.json"
_RELEASED = "released.json"


def state_of(layout: Layout, corrections: Sequence[Path] = ()) -> str:
    """16 hex digits that change whenever assembly can give another build. Reads no batch, only the dates of files."""
    digest = hashlib.sha256(program().encode() + digest_of_corrections(corrections).encode())
    for path in (layout.listing, layout.ingest / "rejections.parquet"):
        digest.update((store.sha256_of(path) if path.exists() else "").encode() + b"\0")
    for batch in finished(layout):
        digest.update(f"{batch} {state_of_files(extracted_folder(layout, batch))}\0".encode())
    return digest.hexdigest()[:16]


def mark_assembled(layout: Layout, state: str) -> None:
    """Note what the build was made from: `state` as it was before."""
    store.write_text(layout.build / _ASSEMBLED, json.dumps({"state": state}) + "\n")


def mark_released(layout: Layout, release: Path) -> None:
    """Note that `release` holds the tables of the build."""
    assembled = read_notes(layout.build / _ASSEMBLED)
    note = {"state": assembled.get("state"), "release": release.name, "files": state_of_files(release)}
    store.write_text(layout.build / _RELEASED, json.dumps(note) + "\n")


def find_released(layout: Layout, corrections: Sequence[Path] = ()) -> Path | None:
    """The latest release if it was made from the present state and no file of it was touched since, else None."""
    note, latest = read_notes(layout.build / _RELEASED), find_latest(layout.releases)
    if latest is None or note.get("release") != latest.name or note.get("files") != state_of_files(latest):
        return None
    return latest if note.get("state") == state_of(layout, corrections) else None
