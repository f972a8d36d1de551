"""From data/codebooks to data/needed.json, what a text must hold for a pattern of ours to match it. Nothing is learned.

python -m training.needed

Each start of the program would else read 699 regular expressions, of which it tries a dozen.
"""

import json
from collections.abc import Mapping

from onrecord.annotate.proposals.coding.codebook import digest_of, load_codebook
from onrecord.batches.supplied import NEEDED, OUR_CODEBOOKS


def what_is_needed() -> Mapping[str, list[str]]:
    """What `load_known` reads: by the digest of an issue's patterns, of which strings one stands in what they match."""
    issues = load_codebook(*OUR_CODEBOOKS).issues
    return {digest_of((*issue.favour, *issue.against)): sorted(issue.needed) for issue in issues}


def written(needs: Mapping[str, list[str]]) -> str:
    lines = (f"{json.dumps(digest)}: {json.dumps(strings, ensure_ascii=False)}" for digest, strings in needs.items())
    return "{\n" + ",\n".join(sorted(lines)) + "\n}\n"


if __name__ == "__main__":
    NEEDED.write_text(written(what_is_needed()), encoding="utf-8")
