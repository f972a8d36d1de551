"""Small files that save work and know nothing of their own."""

import hashlib
import json
from pathlib import Path


def read_notes(path: Path) -> dict[str, str]:
    """A file of JSON that saves work; nothing of it, if it is missing or damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def state_of_files(folder: Path) -> str:
    """16 hex digits that change whenever a file in a folder, or below it, is written, replaced or moved in the usual
    ways."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found = path.lstat()
        facts = (path.relative_to(folder).as_posix(), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
