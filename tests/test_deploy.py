"""What docs/operations.md tells operators to install is what the commands and settings understand."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from onrecord.cli import cli
from onrecord.run.definitions.settings import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
TEXTS = {
    p.relative_to(ROOT).as_posix(): p.read_text() for p in (*DEPLOY.rglob("*.*"), ROOT / "Dockerfile") if p.is_file()
}
TEXTS["docs/operations.md"] = (ROOT / "docs" / "operations.md").read_text()


@pytest.mark.parametrize("name", TEXTS)
def test_every_variable_is_one_that_the_program_reads(name):
    assert set(re.findall(r"\bONRECORD_\w+", TEXTS[name])) <= set(VARIABLES)


@pytest.mark.parametrize("name", TEXTS)
def test_every_onrecord_command_has_options_that_exist(name):
    text = re.sub(r"\\\n", " ", TEXTS[name]).replace(", ", " ").replace('"', " ")
    for command, rest in re.findall(r"\bonrecord (build|publish|check)\b([^\n`|#;]*)", text):
        known = {option for parameter in cli.commands[command].params for option in parameter.opts}
        used = {word.partition("=")[0].rstrip("]") for word in rest.split() if word.startswith("--")}
        assert used <= known, command


def test_the_page_names_every_variable():
    assert set(VARIABLES) <= set(re.findall(r"`(ONRECORD_\w+)`", TEXTS["docs/operations.md"]))


def test_links_of_the_page_lead_to_files():
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", TEXTS["docs/operations.md"])
    assert [t for t in targets if not (ROOT / "docs" / t).exists()] == []


def test_what_the_image_copies_is_there_and_not_ignored():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for line in re.findall(r"^COPY (.+)$", TEXTS["Dockerfile"], re.MULTILINE):
        for source in shlex.split(line)[:-1]:
            assert (ROOT / source).exists()
            assert f"!{source}" in ignored


def test_an_edit_of_readme_changes_no_layer():
    assert "!README.md" not in (ROOT / ".dockerignore").read_text().splitlines()


def test_no_image_runs_as_root():
    stages = re.split(r"^FROM ", TEXTS["Dockerfile"], flags=re.MULTILINE)[2:]
    assert stages and all(re.search(r"^USER [1-9]\d*$", stage, re.MULTILINE) for stage in stages)


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".yml")])
def test_manifests_are_yaml(name):
    assert all(isinstance(part, dict) for part in yaml.safe_load_all(TEXTS[name]))


@pytest.mark.acceptance
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_takes_the_units(tmp_path):
    units = []
    for path in (DEPLOY / "systemd").iterdir():  # the program is elsewhere here
        unit = tmp_path / path.name.replace("@.", "@daemon.")
        unit.write_text(path.read_text().replace("/opt/onrecord/.venv/bin/onrecord", "/bin/true"))
        units.append(str(unit))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
