"""datapackage.json: the release as a Data Package, version 2, with every table's schema."""

from collections.abc import Mapping
from typing import Any

from onrecord.release.facts import Facts
from onrecord.schema import Package, Profile, Table
from onrecord.schema.quality import Measure

PARQUET = "application/vnd.apache.parquet"


def to_datapackage(
    package: Package, version: str, profile: Profile, facts: Facts, measures: tuple[Measure, ...]
) -> Mapping[str, Any]:
    """The descriptor. Sizes and digests are left out: SHA256SUMS has them, and validators of Parquet reject `bytes`."""
    resources = []
    for table in package.tables.values():
        files = facts.files[table.name]
        path = files[0] if len(files) == 1 else list(files)
        resources.append(_resource(table) | {"path": path, "rowCount": facts.counts[table.name]})
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "version": version,
        "schemaVersion": package.schema_version,
        "releaseProfile": profile.name,
        "licenses": [dict(licence) for licence in package.licenses],
        "resources": resources,
        "quality": [measure.to_json() for measure in measures],
    }


def _resource(table: Table) -> dict[str, Any]:
    """Data Package v2 resource descriptor with its Table Schema."""
    fields = []
    for c in table.columns:
        field: dict[str, Any] = {"name": c.name, "type": c.type, "description": c.description}
        if c.items:
            field["arrayItem"] = {"type": c.items}
        if c.unit:
            field["unit"] = c.unit
        if constraints := c.to_constraints():
            field["constraints"] = constraints
        fields.append(field)
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "format": "parquet",
        "mediatype": PARQUET,
        "schema": {
            "fields": fields,
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {
                    "fields": list(k.columns),
                    # Table Schema writes a reference to the table itself as an empty name.
                    "reference": {
                        "resource": "" if k.table == table.name else k.table,
                        "fields": list(k.references),
                    },
                }
                for k in table.foreign_keys
            ],
        },
    }
