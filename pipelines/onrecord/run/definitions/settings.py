"""What an operator sets, in the environment of the process that loads the graph."""

from collections.abc import Mapping
from pathlib import Path

import dagster as dg

from onrecord.batches import ENGINES, supplied
from onrecord.run.alerts import check_target
from onrecord.schema.package import CHECKOUT
from onrecord.storage.layout import Layout
from onrecord.storage.locations import is_address, local_path

_ROOT = CHECKOUT or Path.cwd()
CORRECTIONS = "corrections"  # the folder beside the seeds
# Name in the environment -> what it is for, and what holds without it.
VARIABLES = {
    "ONRECORD_SEEDS": ("folders, files or addresses of articles, separated by semicolons", "seeds"),
    "ONRECORD_DATASETS": ("the folder that is written to", "datasets"),
    "ONRECORD_CORRECTIONS": ("folder of corrections; by default the folder corrections beside each seeds folder", ""),
    "ONRECORD_MEMORY": (
        "memory that DuckDB may take in a step, such as 2GB",
        "125MB for each processor, 100MB in assembly but more for many articles, 3GB at most",
    ),
    "ONRECORD_WORKERS": ("processes that extract one batch", "1"),
    "ONRECORD_ENGINE": (f"what extracts: {' or '.join(ENGINES)}", ENGINES[0]),
    "ONRECORD_EXCHANGE": ("folder or address that Spark's executors reach, too", "exchange in the datasets folder"),
    "ONRECORD_PUBLISH": ("folder or address that releases are published to", ""),
    "ONRECORD_LOOK_SECONDS": ("least time between two looks for new articles", "60"),
    "ONRECORD_NIGHTLY": ("when the nightly build starts, as cron writes it", "30 2 * * *"),
    "ONRECORD_ALERTS": ("webhooks and mail servers that are told of failures, separated by white space", ""),
    "ONRECORD_QUIET_DAYS": ("days without a new article after which they are told, too", "7"),
    supplied.HOLDERS: ("files of office-holders, separated as in PATH", ""),
    supplied.CODEBOOK: ("codebooks in place of ours, separated as in PATH", ""),
    supplied.EMBEDDINGS: ("1: compare what no pattern of the codebook matches with its examples", ""),
}


class Settings(dg.ConfigurableResource):  # type: ignore[type-arg]
    """What a run reads, local or at an address for fsspec, and where it writes.

    Relative paths count from the checkout, and without one from the folder that Dagster was started in.
    """

    seeds: list[str] = ["seeds"]  # noqa: RUF012 pydantic copies defaults
    datasets: str = "datasets"
    engine: str = ENGINES[0]
    exchange: str = ""  # of Spark; by default exchange/ in the datasets folder
    workers: int = 1
    version: str | None = None  # of the release; by default the day's date
    reread: bool = False  # read files that have not changed, too
    publish: str = ""  # address; nothing is published without
    corrections: str = ""  # folder; by default corrections/ beside each folder of seeds

    @property
    def layout(self) -> Layout:
        return Layout(_ROOT / self.datasets)

    @property
    def corrections_folders(self) -> tuple[Path, ...]:
        """The folders of corrections that are there, or the one that was named."""
        if self.corrections:
            return (_ROOT / self.corrections,)
        beside = dict.fromkeys(root.parent / CORRECTIONS for root in self.roots if isinstance(root, Path))
        return tuple(folder for folder in beside if folder.is_dir())

    @property
    def roots(self) -> list[Path | str]:
        return [seeds if is_address(seeds) else _ROOT / local_path(seeds) for seeds in self.seeds]


class Watch(dg.ConfigurableResource):  # type: ignore[type-arg]
    """When to look, and whom to tell."""

    look_seconds: int = 60
    nightly: str = "30 2 * * *"
    alerts: list[str] = []  # noqa: RUF012
    quiet_days: int = 7


def settings_of(environment: Mapping[str, str]) -> tuple[Settings, Watch]:
    """SettingError or AlertTargetError, naming the variable, for a value that cannot be used."""

    def text(name: str) -> str:
        return environment.get(name, "").strip() or VARIABLES[name][1]

    def count(name: str) -> int:
        if not text(name).isdecimal() or int(text(name)) < 1:
            raise supplied.SettingError(f"{name} is a number from 1 up ({VARIABLES[name][0]}), not {text(name)!r}")
        return int(text(name))

    if text("ONRECORD_ENGINE") not in ENGINES:
        engine = VARIABLES["ONRECORD_ENGINE"][0]
        raise supplied.SettingError(f"ONRECORD_ENGINE says {engine}, not {text('ONRECORD_ENGINE')!r}")
    alerts = text("ONRECORD_ALERTS").split()
    for target in alerts:
        check_target(target)
    settings = Settings(
        seeds=[root.strip() for root in text("ONRECORD_SEEDS").split(";") if root.strip()],
        datasets=text("ONRECORD_DATASETS"),
        engine=text("ONRECORD_ENGINE"),
        exchange=environment.get("ONRECORD_EXCHANGE", "").strip(),
        workers=count("ONRECORD_WORKERS"),
        publish=text("ONRECORD_PUBLISH"),
        corrections=text("ONRECORD_CORRECTIONS"),
    )
    watch = Watch(
        look_seconds=count("ONRECORD_LOOK_SECONDS"),
        nightly=text("ONRECORD_NIGHTLY"),
        alerts=alerts,
        quiet_days=count("ONRECORD_QUIET_DAYS"),
    )
    return settings, watch
