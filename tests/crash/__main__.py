"""The nightly job: kills and damages by the hundred, and their counts: make crash OPTIONS="--kills 20 --seed 7"."""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path
from random import Random

from crash import damage, kills
from crash.full_disk import try_full_disks
from crash.victims import Fate, build_with_dagster

CHAIN = 4  # victims in a row before a run is let finish


def main() -> int:
    parser = argparse.ArgumentParser(prog="make crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="of builds, a quarter more of publishings")
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.nice(5)
    random, started, wrong = Random(options.seed), time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="onrecord-crash-") as name:
        folder = Path(name)
        scenes = kills.make_scenes(folder / "scenes")
        wrong += _kill(scenes, options.kills, folder / "trial", random)
        wrong += _damage(scenes[1], options.damages, folder / "trial", random)
        for line in try_full_disks(scenes[0], folder / "disk"):
            print(line)
            wrong += [line] if "WRONG" in line else []
    print(f"{len(wrong)} wrong, {time.monotonic() - started:.0f} s, seed {options.seed}")
    return 1 if wrong else 0


def _kill(scenes: Iterable[kills.Scene], count: int, folder: Path, random: Random) -> list[str]:
    counts: Counter[str] = Counter()
    wrong, runs = [], 0
    for number, scene in enumerate(cycle(scenes)):
        if counts.total() >= count + count // 4:
            break
        if number % 25 == 24:  # now and then the whole of it, through Dagster, with every rule
            trials = [kills.try_build(scene, [Fate(seconds=random.uniform(1, 15))], folder, build_with_dagster)]
        else:
            trials = [kills.try_build(scene, kills.draw_fates(scene.undisturbed, CHAIN, random), folder)]
        trials.append(kills.try_publish(scene, Fate(change=random.randint(1, 110)), folder))
        for trial in trials:
            runs += len(trial.ends)
            killed = [end for end in trial.ends if end.was_killed]
            counts.update(end.phase for end in killed)
            wrong += [f"{trial.scene}, killed {[str(end.fate) for end in killed]}: {w}" for w in trial.wrong]
        if number % 5 == 4:
            print(f"... {counts.total()} kills, {len(wrong)} wrong: {dict(counts)}", flush=True)
    print(
        f"{counts.total()} kills in {runs} runs: {', '.join(f'{n} in {phase}' for phase, n in sorted(counts.items()))}"
    )
    print("\n".join(wrong) or "nothing lost, doubled, half there or made again; every next run finished")
    return wrong


def _damage(scene: kills.Scene, count: int, folder: Path, random: Random) -> list[str]:
    names = damage.files_to_damage(scene)
    kinds = sorted({damage.kind_of(name) for name in names})
    results: Counter[tuple[str, str]] = Counter()
    wrong = []
    for number in range(count):  # each kind as often: there are many files of some
        kind = kinds[number % len(kinds)]
        name = random.choice([n for n in names if damage.kind_of(n) == kind])
        outcome = damage.try_damage(scene, name, random.choice(list(damage.DAMAGES)), folder, random)
        is_well = outcome.result in ("mended", "told")
        results[kind, outcome.result if is_well else "WRONG"] += 1
        wrong += [] if is_well else [f"{outcome.file}, {outcome.damage}: {outcome.result}"]
    for kind in kinds:
        print(f"{kind:30}", ", ".join(f"{n} {result}" for (k, result), n in sorted(results.items()) if k == kind))
    print("\n".join(wrong) or f"{count} damages, none went unnoticed")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
