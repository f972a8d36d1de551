"""The `onrecord` command: a thin shell. Each subcommand calls one function and prints what it did.

Exit codes: 0 done, 1 it failed or found something wrong, 2 the command line makes no sense.
"""

import io
import sys
from collections.abc import Sequence

import click

from onrecord.cli.audit import audit
from onrecord.cli.build import build
from onrecord.cli.check import check
from onrecord.cli.correct import correct
from onrecord.cli.diff import diff
from onrecord.cli.explore import explore
from onrecord.cli.export import export
from onrecord.cli.fetch import fetch
from onrecord.cli.imports import read_back
from onrecord.cli.issues import issues
from onrecord.cli.options import one_line
from onrecord.cli.publish import publish
from onrecord.cli.score import score
from onrecord.cli.show import show
from onrecord.cli.sql import sql
from onrecord.errors import SystemRefusal, UserError


class ArgumentsError(UserError):
    """A command line that makes no sense."""

    code = "OR130"


class MissingLibraryError(UserError):
    """A command that needs more than what reads releases."""

    code = "OR132"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="onrecord", message="%(version)s")
def cli() -> None:
    """Turn news articles into an open dataset of who said, proposed and promised what, and when."""


commands = (build, show, sql, explore, check, diff, publish, fetch, export, read_back, issues, audit, correct, score)
for command in commands:
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: errors that a user can mend are one line on stderr, without a traceback."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a character shows its code instead
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(arguments, prog_name="onrecord", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "onrecord"
        sys.exit(_complain(f"{where}: {ArgumentsError(one_line(error.format_message()))} (see {where} --help)", 2))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(_complain("onrecord: stopped; finished batches are kept", 130))
    except UserError as error:
        sys.exit(_complain(f"onrecord: {error}", 1))
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "onrecord":
            raise
        told = f"{error.name} is not installed; what makes releases needs it: pip install 'onrecord[build]'"
        sys.exit(_complain(f"onrecord: {MissingLibraryError(told)}", 1))
    except OSError as error:
        sys.exit(_complain(f"onrecord: {SystemRefusal(error)}", 1))


def _complain(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code
