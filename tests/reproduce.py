"""Rebuild the latest committed release from seeds/ in a temporary folder and compare every byte.

Releases before it are given to the build, which redirects the ids of the last one to those of today.
"""

import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    committed = (ROOT / "datasets" / "releases" / "latest").resolve()
    if not committed.is_dir():
        print("there is no committed release; make one with `make dataset`")
        return 1
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    with tempfile.TemporaryDirectory() as datasets:
        folders = sorted(committed.parent.iterdir())
        before = [folder for folder in folders if folder.is_dir() and not folder.is_symlink()]
        before = before[: before.index(committed)]
        for folder in before:
            shutil.copytree(folder, Path(datasets) / "releases" / folder.name)
        if before:
            (Path(datasets) / "releases" / "latest").symlink_to(before[-1].name)
        command = [sys.executable, "-m", "onrecord.cli", "build", "--datasets", datasets, "--version", committed.name]
        subprocess.run(command, check=True, env=environment)
        rebuilt = Path(datasets) / "releases" / committed.name
        names = sorted({p.name for folder in (committed, rebuilt) for p in folder.iterdir()})
        _, differing, missing = filecmp.cmpfiles(committed, rebuilt, names, shallow=False)
        if differing or missing:
            print(f"release {committed.name} is not reproduced: {', '.join(sorted(differing + missing))} differ")
            return 1
        print(f"release {committed.name} is reproduced: {len(names)} files, byte for byte")
        return 0


if __name__ == "__main__":
    sys.exit(main())
