"""The release as linked data, in the words of schema.org (for dataset search) and of DCAT (for data portals)."""

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.release.citation import released_on
from onrecord.release.descriptor import PARQUET
from onrecord.release.facts import Facts
from onrecord.schema import Package
from onrecord.schema.quality import Measure

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
}


def to_linked_data(
    package: Package, version: str, facts: Facts, measures: Sequence[Measure], sums: Mapping[str, str]
) -> Mapping[str, Any]:
    """JSON-LD for the head of the release's page: one node that is a schema.org Dataset and a DCAT one.

    `sums` gives the SHA-256 of each table's files.
    """
    day = released_on(version)
    licence = package.licenses[0]["path"]
    counts = ", ".join(f"{facts.counts[name]:,} {name}" for name in ("articles", "quotes", "proposals"))
    covered = "/".join(d.isoformat() if d else ".." for d in facts.published)
    node: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": ["Dataset", "dcat:Dataset"],
        "name": f"{package.title} {version}",
        "dct:title": f"{package.title} {version}",
        "description": f"{package.description} {counts}.",
        "dct:description": package.description,
        "identifier": f"{package.name}/{version}",
        "dct:identifier": f"{package.name}/{version}",
        "version": version,
        "license": licence,
        "dct:license": {"@id": licence},
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "dct:language": {"@id": "http://id.loc.gov/vocabulary/iso639-1/en"},
        "keywords": list(package.keywords),
        "dcat:keyword": list(package.keywords),
        "creator": {"@type": "Organization", "name": f"{package.title} contributors"},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f"{table.name}.{c.name}", "description": c.description}
            for table in package.tables.values()
            for c in table.columns
        ],
        "distribution": [
            {
                "@type": ["DataDownload", "dcat:Distribution"],
                "name": name,
                "contentUrl": name,
                "dcat:downloadURL": {"@id": name},
                "encodingFormat": PARQUET,
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{PARQUET}"},
                "sha256": sums[name],
            }
            for files in facts.files.values()
            for name in files
        ],
        "dqv:hasQualityMeasurement": [
            {"@type": "dqv:QualityMeasurement", "dqv:value": m.value, "name": m.measure, "description": m.of}
            for m in measures
        ],
    }
    if any(facts.published):
        node["temporalCoverage"] = covered
        node["dct:temporal"] = covered
    if day:
        node["datePublished"] = day.isoformat()
        node["dct:issued"] = day.isoformat()
    return node
