"""CITATION.cff: how the release is cited, for GitHub, Zenodo and Zotero."""

import re
from datetime import date

import yaml

from onrecord.schema import Package

_DAY = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.\d+)?")


def to_citation(package: Package, version: str, doi: str | None = None) -> str:
    """The file. The day of release is in it if the version is made of one, and a DOI if it was deposited."""
    day = released_on(version)
    content = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite this release, and the articles for what they say.",
        "type": "dataset",
        "title": package.title,
        "abstract": package.description,
        "version": version,
        "authors": [{"name": f"{package.title} contributors"}],
        "license": package.licenses[0]["name"],
        "keywords": list(package.keywords),
    }
    if day:
        content["date-released"] = day.isoformat()
    if doi:
        content["doi"] = doi
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def released_on(version: str) -> date | None:
    """The day that a version such as 2026.11.21.2 names."""
    if not (match := _DAY.fullmatch(version)):
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
