"""The places in a datasets folder."""

from dataclasses import dataclass
from pathlib import Path

RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in a datasets folder."""

    datasets: Path

    @property
    def ingest(self) -> Path:
        return self.datasets / "ingest"

    @property
    def batches(self) -> Path:
        return self.datasets / "batches"

    @property
    def listing(self) -> Path:
        return self.ingest / "listing.parquet"

    def received(self, batch: str) -> Path:
        """The inputs of a batch."""
        return self.batches / batch / RECEIVED / "inputs.parquet"

    @property
    def exchange(self) -> Path:
        """What waits for an engine on other machines, and what it made, if no other place is named."""
        return self.datasets / "exchange"

    @property
    def build(self) -> Path:
        return self.datasets / "build"

    @property
    def releases(self) -> Path:
        return self.datasets / "releases"


def batch_names(layout: Layout) -> list[str]:
    return sorted(p.name for p in layout.batches.glob("*") if p.is_dir() and not p.name.startswith("."))


def received_files(layout: Layout) -> list[Path]:
    return [path for b in batch_names(layout) if (path := layout.received(b)).exists()]
