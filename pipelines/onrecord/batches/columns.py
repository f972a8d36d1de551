"""Columns of a batch's files."""

from functools import cache

import pyarrow as pa

from onrecord.annotate.rows import CORPUS_ONLY, ROWS
from onrecord.schema import load_package

KEY = pa.field("input_id", pa.string(), nullable=False)  # which input a row came from; not part of any release

# What assembly needs to find versions and copies of an article; not part of any release. Null: no address, no words.
SIGNATURES = pa.schema(
    [
        KEY,
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("address", pa.string()),
        pa.field("as_of", pa.timestamp("us", "UTC")),  # see document.Given
        pa.field("shingles", pa.int64()),
        pa.field("signature", pa.binary()),
        pa.field("lead", pa.binary()),
    ]
)

# What proposals are about that no issue of the codebook fits (document.Topic); not part of any release.
_OF_TOPIC = ("article_id", "proposal_id", "topic", "label", "stance")
_TOPICS = pa.schema([KEY, *(pa.field(name, pa.string(), nullable=False) for name in _OF_TOPIC)])


@cache
def batch_schemas() -> dict[str, pa.Schema]:
    """Arrow schemas of a batch's files: the release's columns that an article knows, preceded by input_id, the
    signatures and the topics."""
    tables = load_package().tables
    released = {
        name: pa.schema([KEY, *tables[name].without(CORPUS_ONLY.get(name, ())).to_arrow()])
        for name in (*ROWS, "rejections")
    }
    return {**released, "signatures": SIGNATURES, "topics": _TOPICS}
