"""The wheel, installed away from the checkout, does what the checkout does; what only reads releases needs little."""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv

import pytest

from conftest import ROOT, SEEDS
from onrecord.batches.models import DamagedModelError, whole
from onrecord.knowledge.files import DATA
from onrecord.release.publish import publish

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
ARTICLE = {
    "title": "Ferry board votes",
    "outlet": "Fjord Post",
    "published": "2021-05-03",
    "text": "The ferry board voted on Monday to keep the old landing. “It is paid for,” said Laura Meyer, who chairs "
    "it. "
    "She called for lower fares, and said the board would decide on them by June 30.",
}


@pytest.fixture(scope="module")
def wheel(make_once):
    def build(folder):
        # A copy: building writes beside the code, where other tests look.
        source = folder / "source"
        shutil.copytree(
            ROOT / "pipelines", source / "pipelines", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
        )
        for name in ("schemas", "expectations"):
            shutil.copytree(ROOT / name, source / name)
        for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "MANIFEST.in"):
            shutil.copy(ROOT / name, source)
        command = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
        subprocess.run(command, check=True)

    (found,) = make_once("wheel", build).glob("onrecord-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """installed(*arguments, cwd=...) runs the installed command with this environment's libraries."""
    site = tmp_path_factory.mktemp("site")
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)

    def run(*arguments, cwd):
        # The checkout is on this environment's path, too, but behind.
        environment = {**os.environ, "PYTHONPATH": str(site)}
        command = [sys.executable, "-m", "onrecord.cli", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)

    place = subprocess.run(
        [sys.executable, "-c", "import onrecord; print(onrecord.__file__)"],
        env={**os.environ, "PYTHONPATH": str(site)}, cwd=site, capture_output=True, text=True,
    )  # fmt: skip
    assert place.stdout.startswith(str(site))
    return run


def test_the_installed_program_builds_reads_checks_and_publishes_where_the_user_stands(installed, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.jsonl").write_text(json.dumps(ARTICLE))
    for arguments, told in (
        (("build", "--version", "first"), "new release, in datasets/releases/first"),
        (("sql", "SELECT speaker, content FROM statements, demands"), "Laura Meyer"),
        (("check",), "all files whole"),
        (("publish", "--to", tmp_path / "public"), "public"),
        (("export", "graphml", "--network", "affiliation"), "affiliation.graphml"),
    ):
        done = installed(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), arguments
        assert told in done.stdout, arguments


def test_without_seeds_the_installed_program_says_what_it_looked_for(installed, tmp_path):
    done = installed("build", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "seeds" in done.stderr


@pytest.mark.parametrize("name", ["encoder.onnx", "tagger.json", "tokenizer.json"])
def test_a_model_with_other_bytes_is_not_loaded(tmp_path, name):
    weights = shutil.copytree(DATA / "encoder", tmp_path / "encoder")
    assert whole(weights) == weights
    with (weights / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(DamagedModelError, match=name):
        whole(weights)


def _names(lock):
    return set(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))


def test_a_build_is_locked_to_what_the_tests_ran_with_and_needs_less():
    build, everything = _names("requirements-build.lock"), _names("requirements.lock")
    assert build < everything
    assert {name for name, _ in build}.isdisjoint(
        {"pytest", "polars", "mypy", "ruff", "moto", "ipykernel", "matplotlib"}
    )


def test_every_library_is_named_by_what_needs_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base = " ".join(project["dependencies"])
    assert not re.search(r"spacy|dagster|great-expectations|onnxruntime|pandas", base)


@pytest.fixture(scope="module")
def published(release, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    publish(release, str(folder))
    return folder


@pytest.mark.parametrize("command", ["sql", "diff", "export", "check", "explore", "publish", "fetch"])
def test_what_reads_a_release_loads_nothing_that_only_builds_need(command, published, tmp_path):
    arguments = {
        "sql": ["SELECT 1"],
        "diff": ["latest"],
        "export": ["graphml", "--help"],
        "check": ["--help"],
        "explore": ["--to", str(tmp_path / "site")],
        "publish": ["--to", str(tmp_path / "public")],
        "fetch": [str(published), "--to", str(tmp_path / "fetched")],
    }[command]
    script = (
        "import sys\n"
        "from onrecord.cli import main\n"
        "heavy = ('spacy', 'dagster', 'great_expectations', 'onnxruntime', 'pandas', 'numpy', 'lxml', 'ftfy')\n"
        "sys.modules.update(dict.fromkeys(heavy))\n"
        f"main({[command, *arguments]!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_command_that_needs_more_says_what_to_install(tmp_path):
    script = (
        "import sys\n"
        "from onrecord.cli import main\n"
        "sys.modules['dagster'] = None\n"
        "main(['build'])\n"
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "OR132: dagster" in done.stderr and "pip install 'onrecord[build]'" in done.stderr


def test_without_great_expectations_a_check_runs_what_is_sql_and_names_the_rest(run, release, monkeypatch):
    monkeypatch.setattr("onrecord.checks.run.importlib.util.find_spec", lambda name: None)
    code, out, _ = run("check", release)
    assert code == 0
    assert re.search(r"all files whole, \d\d+ rules run", out)
    assert "pip install 'onrecord[build]'" in out
    assert "quotes: " in out and "kind__values_to_be_in_set" in out


# ---------------------------------------------------------------- with everything fetched


def _environment(folder, *requirements):
    """An empty environment with these requirements; the test is skipped where they cannot be fetched."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", "-q", "install", *requirements],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip(f"cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    return folder / "bin"


@pytest.mark.acceptance
def test_the_wheel_in_an_empty_environment_makes_the_same_bytes(wheel, release, tmp_path):
    lock = ["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements-build.lock")]
    scripts = _environment(tmp_path / "env", *lock)
    subprocess.run([scripts / "python", "-m", "pip", "-q", "install", "--no-deps", wheel], check=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DAGSTER_HOME")}
    command = [scripts / "onrecord", "build", "--seeds", SEEDS, "--version", "test"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    made = tmp_path / "datasets" / "releases" / "test"
    names = sorted({path.name for folder in (made, release) for path in folder.iterdir()})
    assert filecmp.cmpfiles(made, release, names, shallow=False)[1:] == ([], [])


@pytest.mark.acceptance
def test_what_reads_a_release_takes_less_than_350_megabytes(wheel, release, tmp_path):
    scripts = _environment(tmp_path / "env", str(wheel))
    command = [scripts / "onrecord", "sql", "--release", release, "SELECT count(*) AS quotes FROM quotes"]
    done = subprocess.run(command, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    subprocess.run([scripts / "onrecord", "check", release], cwd=tmp_path, check=True, env={"PATH": os.environ["PATH"]})
    files = [path for path in (tmp_path / "env").rglob("*") if path.is_file() and not path.is_symlink()]
    # What `make vendor` fetched for the SQL page is in no wheel that is made of a clean checkout: 7 MB.
    size = sum(path.stat().st_size for path in files if "explore/site/static/engine" not in path.as_posix())
    assert size < 350e6
