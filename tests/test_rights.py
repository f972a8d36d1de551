"""Rights are read where they are given, stand in the articles, and are listed in the release."""

import json

import pyarrow.parquet as pq
import pytest

from onrecord.document import Seed
from onrecord.read import read_seeds
from onrecord.release.card import to_card
from onrecord.release.facts import read_facts
from onrecord.schema import load_package
from onrecord.schema.quality import load_quality
from onrecord.schema.views import load_views

BODY = "The minister said the bridge would open in May. " * 12


def _given(folder):
    (seed,) = (item for item in read_seeds(folder) if isinstance(item, Seed))
    return seed


@pytest.mark.parametrize(
    ("fields", "rights"),
    [
        ({"rights": "© Harbour Courier"}, "© Harbour Courier"),
        ({"license": "https://creativecommons.org/licenses/by/4.0/"}, "https://creativecommons.org/licenses/by/4.0/"),
        ({"copyright_notice": "Harbour Press"}, "Harbour Press"),
        ({"license": {"name": "CC BY-SA 4.0"}}, "CC BY-SA 4.0"),
        ({"license": 7, "copyright": "Harbour Press"}, "Harbour Press"),
        ({}, "All rights reserved"),
    ],
)
def test_a_record_gives_rights_by_their_usual_names_and_wins_over_its_folder(tmp_path, fields, rights):
    (tmp_path / "outlet.yml").write_text("outlet: Harbour Courier\nrights: All rights reserved\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Bridge", "text": BODY} | fields) + "\n")
    assert _given(tmp_path).given.rights == rights


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="dcterms.license" content="CC BY 4.0">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A bridge opens in May", '
        '"license": "CC BY 4.0"}</script>',
    ],
)
def test_a_page_gives_rights_in_its_markup(head):
    from onrecord.parse import receive

    page = f"<html><head>{head}</head><body><h1>A bridge opens in May</h1><p>{BODY}</p></body></html>"
    seed = Seed(source_file="a.html", source_sha256="0" * 64, text=page, form="html")
    assert receive(seed).given.rights == "CC BY 4.0"


def test_the_card_lists_each_outlet_with_its_rights(release, tmp_path):
    import shutil

    import pyarrow as pa

    folder = shutil.copytree(release, tmp_path / "release")
    rows = pq.read_table(folder / "articles.parquet")
    for column, value in (("outlet", "Harbour Courier"), ("rights", "CC BY 4.0")):
        at = rows.schema.get_field_index(column)
        rows = rows.set_column(at, rows.schema.field(at), pa.array([value, *[None] * (rows.num_rows - 1)]))
    pq.write_table(rows, folder / "articles.parquet")
    package = load_package()
    facts = read_facts(folder, package)
    card = to_card(package, "x", package.profiles["full"], facts, load_quality(), load_views())
    assert "| Harbour Courier | 1 |" in card and "| CC BY 4.0 |" in card
    assert "| unknown | 4 |" in card and "| none stated |" in card
