"""One stage of a build in a process of its own, with its seconds and its greatest memory, as one line of JSON.

stages.py STAGE DATASETS      assemble, check or release
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.storage.layout import Layout


def _assemble(layout: Layout) -> object:
    from onrecord.assemble import assemble
    from onrecord.batches.models import load_chosen_codebook

    return dict(assemble(layout, load_chosen_codebook()))


def _check(layout: Layout) -> object:
    from onrecord.batches.fingerprints import program
    from onrecord.checks import check_build, write_report

    results, kept = check_build(layout.build, program())
    write_report(layout.build, results)
    failed = [str(r)[:300] for r in results if not r.passed]
    return {"rules": len(results), "months": len(kept.run), "failed": failed}


def _release(layout: Layout) -> object:
    from onrecord.release import write_release

    versions = [p for p in layout.releases.glob("v*") if p.is_dir()]
    folder = write_release(layout.build, layout.releases, f"v{len(versions) + 1}")
    return {"bytes": sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())}


STAGES: Mapping[str, Callable[[Layout], object]] = {"assemble": _assemble, "check": _check, "release": _release}


def main(stage: str, datasets: str) -> None:
    if stage == "check":
        import great_expectations  # noqa: F401 - ten seconds that are no part of the stage

    start, before = time.monotonic(), os.times()
    found = STAGES[stage](Layout(Path(datasets)))
    after = os.times()
    told = {
        "stage": stage,
        "seconds": round(time.monotonic() - start, 2),
        "cpu": round(after.user - before.user + after.system - before.system, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "found": found,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
