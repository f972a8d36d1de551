"""What a run tells while it extracts."""

import logging
from collections.abc import Iterable, Iterator

import pyarrow as pa

_LOG = logging.getLogger(__name__)


def logged(chunks: Iterable[dict[str, pa.Table]], batch: str) -> Iterator[dict[str, pa.Table]]:
    for chunk in chunks:
        if _LOG.isEnabledFor(logging.DEBUG):
            for row in chunk["articles"].select(["source_file", "article_id", "word_count"]).to_pylist():
                _LOG.debug("article", extra={"facts": {"batch": batch, **row}})
        yield chunk


def with_progress(chunks: Iterable[dict[str, pa.Table]], batch: str, total: int) -> Iterable[dict[str, pa.Table]]:
    """A progress bar while chunks come in, if somebody is watching."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    description = f"extracting batch {batch[-6:]}"
    return track(chunks, description, total=total, console=console, transient=True, disable=not console.is_terminal)
