"""What a release says about its tables: every file in it that is neither a table nor a report of what was done."""

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from onrecord.release.audited import to_section
from onrecord.release.card import to_card
from onrecord.release.citation import to_citation
from onrecord.release.croissant import to_croissant
from onrecord.release.descriptor import to_datapackage
from onrecord.release.facts import read_facts
from onrecord.release.load_sql import to_import_sql, to_load_sql, to_schema_sql, write_catalog
from onrecord.release.report import PAGE, to_report
from onrecord.schema import Package, Profile
from onrecord.schema.quality import load_quality
from onrecord.schema.views import View, load_views
from onrecord.storage.releases import DESCRIPTOR


def write_documents(folder: Path, package: Package, version: str, profile: Profile, doi: str | None = None) -> None:
    """Write them beside the tables in `folder`, which hold what `package` says. `doi` is that of the release."""
    facts, quality = read_facts(folder, package), load_quality()
    views = _readable(load_views(), package) if profile.leave_out else load_views()
    texts = {
        DESCRIPTOR: _json(to_datapackage(package, version, profile, facts, quality.measures)),
        "croissant.json": _json(to_croissant(package, version, facts, folder, doi)),
        "README.md": to_card(package, version, profile, facts, quality, views, doi, to_section(folder)),
        "CITATION.cff": to_citation(package, version, doi),
        "load.sql": to_load_sql(package, version, facts.files, views),
        "import.sql": to_import_sql(package, version, facts.files, views),
        "schema.sql": to_schema_sql(package),
        PAGE: to_report(folder, package, version, profile, facts, quality),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_catalog(folder, package, facts.files, views)


def _readable(views: Sequence[View], package: Package) -> tuple[View, ...]:
    """The views and macros that can do without what the tables of `package` leave out."""
    found = []
    with duckdb.connect() as connection:
        for table in package.tables.values():
            connection.execute(table.to_ddl())
        for view in views:
            with contextlib.suppress(duckdb.BinderException, duckdb.CatalogException):
                for statement in view.to_statements():
                    connection.execute(statement)
                found.append(view)
    return tuple(found)


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
