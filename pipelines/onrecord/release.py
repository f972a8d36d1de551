"""A checked build, frozen: one folder that explains itself, opens in DuckDB in one line, and is never changed.

<version>/<table>.parquet     the tables, sorted by primary key
<version>/datapackage.json    Data Package v2 descriptor with every table's schema
<version>/README.md           what it is, counts, data dictionary
<version>/load.sql            views over the Parquet files with comments, for any DuckDB
<version>/schema.sql          the tables as constrained DDL, for import into a database
<version>/checks.json         what was checked and how it came out
<version>/SHA256SUMS          digests of all of the above
latest                        link to the newest version; moved after the last byte is on disk
"""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from onrecord import store
from onrecord.checks import REPORT, CheckResult, check_tables
from onrecord.document import Reason
from onrecord.errors import UserError
from onrecord.schema import Package, load_package
from onrecord.store import SUMS
from onrecord.views import load_views

LATEST = "latest"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")


class ReleaseError(UserError):
    """A release that cannot be made or found; the message says what to do."""


def check_version(version: str) -> str:
    """`version` if it can name a release: letters, digits, dots, hyphens and underscores, not 'latest'."""
    if not _VERSION.fullmatch(version) or version == LATEST:
        raise ReleaseError(
            f"{version!r} cannot name a release: use letters, digits, '.', '-' and '_', such as 2026.11.21"
        )
    return version


def check_free(releases: Path, version: str) -> None:
    """ReleaseError if `version` cannot be written: no name, taken, or `latest` is something that is not ours."""
    folder, link = releases / check_version(version), releases / LATEST
    if link.exists() and not link.is_symlink():
        raise ReleaseError(f"{link} is not the link to the newest release; rename it and build again")
    # A whole folder that is not yet the latest was left by a run that was stopped before it could move the link.
    if folder.exists() and (not store.is_whole(folder) or find_latest(releases) == folder.resolve()):
        raise ReleaseError(f"release {version} exists and is never changed; choose another --version")


def write_release(build: Path, releases: Path, version: str) -> Path:
    """Freeze the checked tables in `build` as releases/<version> and point `latest` at it.

    ReleaseError if that version exists, or if the build's report is not a pass of exactly these files.
    """
    check_free(releases, version)
    folder = releases / version
    package = load_package()
    tables = {name: build / f"{name}.parquet" for name in package.tables}
    _check_report(build, tables)
    if folder.exists():
        if not is_unchanged(build, folder):
            raise ReleaseError(f"release {version} exists and is never changed; choose another --version")
        point_latest(releases, version)
        return folder
    counts = {name: pq.read_metadata(path).num_rows for name, path in tables.items()}
    with store.creating(folder) as temporary:
        for path in (*tables.values(), build / REPORT):
            shutil.copyfile(path, temporary / path.name)
        for name, text in _documents(package, version, counts).items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
        (temporary / SUMS).write_text(store.sums_of(temporary), encoding="utf-8", newline="\n")
    point_latest(releases, version)
    return folder


def _check_report(build: Path, tables: Mapping[str, Path]) -> None:
    try:
        report = json.loads((build / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"the build has no readable {REPORT}; run the checks first ({error})") from error
    if report["tables"] != {name: store.sha256_of(path) for name, path in tables.items()}:
        raise ReleaseError("the build changed after its checks; run them again")
    if not report["passed"]:
        raise ReleaseError(f"the build failed its checks; see {REPORT}")


def point_latest(releases: Path, version: str) -> None:
    """Move `latest`, in one step, to releases/<version>."""
    with store.replacing(releases / LATEST) as temporary:
        temporary.symlink_to(version, target_is_directory=True)


def find_release(releases: Path, version: str | None = None) -> Path:
    """The folder of a version, by default the latest. ReleaseError, naming those that exist, if there is none."""
    folder = releases / (version or LATEST)
    if not folder.is_dir():
        known = ", ".join(_versions(releases)) or "none"
        raise ReleaseError(f"no release {version or LATEST} in {releases}; there are: {known}")
    return folder.resolve()


def find_latest(releases: Path) -> Path | None:
    """The folder of the latest release, None before the first."""
    return find_release(releases) if (releases / LATEST).is_dir() else None


def next_version(releases: Path, today: date) -> str:
    """The day as YYYY.MM.DD, with .1, .2 ... after it for further releases on the same day."""
    day, taken = today.strftime("%Y.%m.%d"), set(_versions(releases))
    return next(v for v in (day, *(f"{day}.{n}" for n in range(1, 1000))) if v not in taken)


def _versions(releases: Path) -> list[str]:
    return sorted(p.name for p in releases.glob("*") if p.is_dir() and p.name != LATEST and not p.name.startswith("."))


def is_unchanged(build: Path, release: Path) -> bool:
    """True if the build's tables are byte for byte those of `release`, and nothing there is damaged."""
    names = [f"{name}.parquet" for name in load_package().tables]
    return store.is_whole(release) and all(
        (release / n).is_file() and store.sha256_of(build / n) == store.sha256_of(release / n) for n in names
    )


def read_sums(release: Path) -> dict[str, str]:
    """File name -> SHA-256 as SHA256SUMS says. ReleaseError if the file is missing or damaged."""
    try:
        lines = (release / SUMS).read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{release / SUMS} cannot be read; build or download the release anew ({error})") from error


def schema_version_of(release: Path) -> str:
    """The schema of a release's tables. ReleaseError if its descriptor cannot be read."""
    try:
        descriptor = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
        return str(descriptor.get("schemaVersion", "1.0"))  # the first schema did not say
    except (OSError, ValueError, AttributeError) as error:
        raise ReleaseError(f"{release / 'datapackage.json'} cannot be read ({error})") from error


def check_release(release: Path) -> tuple[list[str], tuple[CheckResult, ...]]:
    """What is wrong with the files of a release, in words, and the outcome of every rule if they can be read.

    The rules are those of the present schema: of a release of another one only the files are checked.
    """
    wrong = []
    sums = read_sums(release)
    for name, digest in sorted(sums.items()):
        path = release / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif store.sha256_of(path) != digest:
            wrong.append(f"{name}: corrupt, its SHA-256 is not the one in {SUMS}")
    wrong += [f"{p.name}: not part of the release" for p in sorted(release.iterdir()) if p.name not in {*sums, SUMS}]
    if not wrong and schema_version_of(release) != load_package().schema_version:
        return [], ()
    for name, table in load_package().tables.items():
        path = release / f"{name}.parquet"
        if any(w.startswith(path.name) for w in wrong):
            continue
        if not path.is_file():
            wrong.append(f"{path.name}: missing")
        elif not pq.read_schema(path).equals(table.to_arrow(), check_metadata=False):
            wrong.append(f"{path.name}: its columns are not those of schema {load_package().schema_version}")
    return wrong, () if wrong else check_tables(release)


def _documents(package: Package, version: str, counts: Mapping[str, int]) -> dict[str, str]:
    return {
        "datapackage.json": json.dumps(to_datapackage(package, version), indent=2, ensure_ascii=False) + "\n",
        "README.md": to_readme(package, version, counts),
        "load.sql": to_load_sql(package, version),
        "schema.sql": "\n".join(table.to_ddl() for table in package.tables.values()),
    }


def to_datapackage(package: Package, version: str) -> dict[str, object]:
    """The Data Package v2 descriptor. Sizes and digests are left out: SHA256SUMS has them, and validators of Parquet
    reject `bytes`."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "version": version,
        "schemaVersion": package.schema_version,
        "licenses": [dict(licence) for licence in package.licenses],
        "resources": [table.to_resource() for table in package.tables.values()],
    }


def to_load_sql(package: Package, version: str) -> str:
    """Views over the Parquet files with comments. The folder is found from where DuckDB runs, or given by a variable,
    because views over relative paths would only work inside the folder."""
    tried = [f"{version}/load.sql", "load.sql", f"*/{version}/load.sql", f"*/*/{version}/load.sql"]
    globs = " UNION ALL ".join(f"SELECT {i} AS place, file FROM glob('{t}')" for i, t in enumerate(tried))
    lines = [
        f"-- On Record {version}: views over the Parquet files of this folder, with comments.",
        "-- Run it in DuckDB inside this folder or in one that holds it: duckdb -init load.sql, or .read load.sql.",
        "-- From anywhere else, first: SET VARIABLE onrecord_dir = '/path/to/this/folder';",
        # A variable of its own: onrecord_dir is the user's, and what an earlier load.sql found is another release's.
        # [, * and ? in a folder's name are patterns for DuckDB's readers, unless they stand in brackets.
        "SET VARIABLE onrecord_found = regexp_replace(coalesce(",
        "  getvariable('onrecord_dir'),",
        f"  (SELECT coalesce(nullif(left(file, -9), ''), '.') FROM ({globs}) ORDER BY place, file LIMIT 1),",
        f"  error('load.sql: no folder {version} here; first SET VARIABLE onrecord_dir to where it is')",
        r"), '([\[*?])', '[\1]', 'g');",
    ]
    for table in package.tables.values():
        lines.append(
            f'CREATE OR REPLACE VIEW "{table.name}" AS '
            f"FROM read_parquet(coalesce(getvariable('onrecord_found'), '.') || '/{table.name}.parquet');"
        )
        lines.append(table.to_comments("VIEW"))
    lines += [statement for view in load_views() for statement in view.to_statements()]
    return "\n".join(lines) + "\n"


def to_readme(package: Package, version: str, counts: Mapping[str, int]) -> str:
    """What a person finds who has only the folder: counts, how to open it, the data dictionary, codes, rights."""
    rows = "\n".join(
        f"| [{t.name}](#{t.name}) | {counts[t.name]:,} | {t.description} |" for t in package.tables.values()
    )
    views = "\n".join(f"| {v.name} | {v.comment} |" for v in load_views())
    reasons = "\n".join(f"| {r.value} | {r.meaning} |" for r in Reason)
    return f"""# {package.title} {version}

{package.description} Schema {package.schema_version}.

| table | rows | one row is |
| --- | --- | --- |
{rows}

## Open it

In DuckDB, in this folder or in the one that holds it:

```sql
.read load.sql
SELECT a.title, s.name AS speaker, q.text
FROM current_quotes q JOIN articles a USING (article_id) JOIN actors s ON q.speaker_actor_id = s.actor_id;
```

load.sql makes a view of each table, and these:

| view | what it holds |
| --- | --- |
{views}

Without load.sql: `SELECT * FROM 'quotes.parquet'`. In pandas, polars, R arrow: read the Parquet files; the meaning of
each column travels in the file as field metadata. `sha256sum -c SHA256SUMS` tells whether all files are whole, and
`onrecord check` also runs every rule of checks.json again. schema.sql creates empty tables with keys and constraints.

Offsets count Unicode code points from 0, end exclusive: in SQL `articles.text[start + 1 : end]`, in Python
`text[start:end]`. Null means that the article does not say.

## Data dictionary

{chr(10).join(t.to_dictionary() for t in package.tables.values())}
### Codes in rejections.reason

| reason | meaning |
| --- | --- |
{reasons}

## Rights

The annotations are under {package.licenses[0]["title"]}. The text of the articles belongs to their publishers and is
here as evidence for the annotations.
"""
