"""croissant.json: the release in Croissant 1.0, the description of data sets that machine learning tools read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.release.citation import released_on
from onrecord.release.facts import Facts
from onrecord.schema import Column, Package, Table
from onrecord.storage import store

_PARQUET = "application/x-parquet"  # as Croissant's own loader knows it
_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
    "boolean": "sc:Boolean",
}

# The context that Croissant 1.0 prescribes, word for word: its terms and their types.
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def to_croissant(
    package: Package, version: str, facts: Facts, folder: Path, doi: str | None = None
) -> Mapping[str, Any]:
    """The description of the tables in `folder`, with the digests of their files."""
    day = released_on(version)
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package.name,
        "description": package.description,
        "version": version,
        "license": package.licenses[0]["path"],
        "keywords": list(package.keywords),
        "creator": {"@type": "sc:Organization", "name": f"{package.title} contributors"},
        "citeAs": f"{package.title} contributors. {package.title} [data set], version {version}."
        + (f" https://doi.org/{doi}" if doi else ""),
        **({"url": f"https://doi.org/{doi}"} if doi else {}),
        **({"datePublished": day.isoformat()} if day else {}),
        "isLiveDataset": False,
        "distribution": [d for t in package.tables.values() for d in _files(t, facts.files[t.name], folder)],
        "recordSet": [_record_set(t, facts.files[t.name]) for t in package.tables.values()],
    }


def _files(table: Table, files: Sequence[str], folder: Path) -> Sequence[Mapping[str, Any]]:
    objects = [
        {
            "@type": "cr:FileObject",
            "@id": name,
            "name": name,
            "contentUrl": name,
            "encodingFormat": _PARQUET,
            "sha256": store.sha256_of(folder / name),
        }
        for name in files
    ]
    if len(files) == 1:
        return objects
    return [
        *objects,
        {
            "@type": "cr:FileSet",
            "@id": f"{table.name}-files",
            "containedIn": [{"@id": name} for name in files],
            "encodingFormat": _PARQUET,
            "includes": f"{table.name}/{'*/' * (files[0].count('/') - 1)}*.parquet",
        },
    ]


def _record_set(table: Table, files: Sequence[str]) -> Mapping[str, Any]:
    """Without `references`: Croissant's own loader takes one as an order to join, and fails or loses rows where a
    reference is null or two of them meet. The keys are in datapackage.json."""
    place = {"fileObject": {"@id": files[0]}} if len(files) == 1 else {"fileSet": {"@id": f"{table.name}-files"}}
    key = [{"@id": f"{table.name}/{c}"} for c in table.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": key[0] if len(key) == 1 else key,
        "field": [_field(table, c, place) for c in table.columns],
    }


def _field(table: Table, c: Column, place: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{c.name}",
        "name": f"{table.name}/{c.name}",
        "description": c.description,
        "dataType": _TYPES[c.items or c.type],
        **({"repeated": True} if c.items else {}),
        "source": {**place, "extract": {"column": c.name}},
    }
