"""A checked build, frozen: one folder that explains itself, opens in one line in any tool, and is never changed.

Its bytes are a function of the seeds, the code, its version, and the release that it follows, for the ids in
actor_redirects and for what CHANGES.md compares with. How and when the seeds arrived leaves no trace.

<version>/<table>.parquet     the tables; in a large release a folder with a file a month (storage.parts)
<version>/README.md           the dataset card: what it is, how made, how good, whose, and what each column means
<version>/report.html         the same for the eye: counts, charts, samples, quality; it loads and runs nothing
<version>/CHANGES.md          what is new since the release before
<version>/CITATION.cff        how to cite it
<version>/datapackage.json    Data Package v2 descriptor with every table's schema and the measured quality
<version>/croissant.json      the same for machine learning tools
<version>/load.sql            views over the Parquet files with comments, for any DuckDB; onrecord.duckdb has them made
<version>/import.sql          the tables with keys, filled, in a database of the user's; schema.sql makes them empty
<version>/checks.json         what was checked and how it came out
<version>/SHA256SUMS          digests of all of the above
latest                        link to the newest version; moved after the last byte is on disk
"""

from onrecord.release.diff import diff_releases
from onrecord.release.freeze import (
    PUBLIC,
    check_free,
    choose_version,
    in_profile,
    is_unchanged,
    write_profile,
    write_release,
)
from onrecord.release.verify import check_release

__all__ = [
    "PUBLIC",
    "check_free",
    "check_release",
    "choose_version",
    "diff_releases",
    "in_profile",
    "is_unchanged",
    "write_profile",
    "write_release",
]
