"""Whether a release, wherever it came from, is what it says: its files, its schema, and every rule."""

from pathlib import Path

import pyarrow.parquet as pq

from onrecord.checks import CheckResult, check_in_sql, check_tables, has_great_expectations
from onrecord.schema import load_package
from onrecord.storage import store
from onrecord.storage.parts import files_of
from onrecord.storage.releases import profile_of, read_sums, schema_version_of
from onrecord.storage.store import SUMS


def check_release(release: Path) -> tuple[list[str], tuple[CheckResult, ...]]:
    """What is wrong with the files of a release, in words, and the outcome of every rule if they can be read.

    The rules are those of the present schema: of a release of another one only the files are checked. Rules that read
    what the release's profile leaves out are not run; they were, before it was left out. Without Great Expectations
    installed only those in SQL are run.
    """
    wrong = []
    sums, files = read_sums(release), store.files_in(release)
    for name, digest in sorted(sums.items()):
        if name not in files:
            wrong.append(f"{name}: missing")
        elif store.sha256_of(files[name]) != digest:
            wrong.append(f"{name}: corrupt, its SHA-256 is not the one in {SUMS}")
    wrong += [f"{name}: not part of the release" for name in files if name not in {*sums, SUMS}]
    if wrong:
        return wrong, ()
    package = load_package()
    if schema_version_of(release) != package.schema_version:
        return [], ()
    profile = profile_of(release)
    for name, table in package.under(profile).tables.items():
        parts = files_of(release, name)
        if not parts:
            wrong.append(f"{name}.parquet: missing")
        for path in parts:
            if not pq.read_schema(path).equals(table.to_arrow(), check_metadata=False):
                place = path.relative_to(release).as_posix()
                wrong.append(f"{place}: its columns are not those of schema {package.schema_version}")
    check = check_tables if has_great_expectations() else check_in_sql
    return wrong, () if wrong else check(release, profile=profile)
