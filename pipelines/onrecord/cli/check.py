"""`onrecord check`."""

from pathlib import Path

import click

from onrecord.cli.options import DATASETS, find, one_line, shown
from onrecord.errors import UserError


class BrokenRulesError(UserError):
    """A release that has other files than it says, or rows that break critical rules; they are printed before."""

    code = "OR131"


@click.command(short_help="Check a release: checksums, schema, every rule.")
@click.argument("release", required=False)
@DATASETS
def check(release: str | None, datasets: Path) -> None:
    """Check a release: checksums, schema, and every expectation. RELEASE is a version or a folder, a downloaded one
    too; of a public release, rules that read article bodies are left out, and without onrecord[build] those that need
    Great Expectations."""
    from onrecord.checks import has_great_expectations, load_expectations
    from onrecord.release import check_release
    from onrecord.storage.releases import profile_of, schema_version_of

    folder = find(datasets, release)
    wrong, results = check_release(folder)
    failed = [r for r in results if not r.passed]
    for line in (*wrong, *(f"{r.rule.severity}: {r}" for r in failed)):
        click.echo(one_line(line))
    if wrong or any(r.stops for r in failed):
        raise BrokenRulesError(f"{shown(folder)} is damaged or breaks its rules")
    if results:
        click.echo(f"{shown(folder)}: all files whole, {len(results)} rules run, {len(failed)} warnings")
        run = {(r.rule.table, r.rule.name) for r in results}
        left = [rule for rule in load_expectations() if (rule.table, rule.name) not in run]
        if left and has_great_expectations():
            click.echo(f"{len(left)} rules not run: they read what the profile {profile_of(folder).name} leaves out")
        elif left:
            click.echo(f"{len(left)} rules not run, for they need Great Expectations (pip install 'onrecord[build]'):")
            for table in dict.fromkeys(rule.table for rule in left):
                click.echo(f"  {table}: {', '.join(rule.name for rule in left if rule.table == table)}")
    else:
        schema = schema_version_of(folder)
        click.echo(f"{shown(folder)}: all files whole; of schema {schema}, whose rules this onrecord does not have")
