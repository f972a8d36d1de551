"""`onrecord explore`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import DATASETS, find, shown

if TYPE_CHECKING:
    from onrecord.explore.site.writing import Written


@click.command(short_help="Look at a release in a browser.")
@click.argument("release", required=False)
@DATASETS
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to answer on.  [default: a free one]")
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the pages into this folder, for any web server, in place of answering here.",
)
@click.option(
    "--profile",
    type=click.Choice(["public", "full"]),
    default="public",
    show_default=True,
    help="With --to: public leaves article bodies out: they are their publishers'. full is for a place that only you "
    "can read.",
)
def explore(
    release: str | None, datasets: Path, port: int, no_browser: bool, folder: Path | None, profile: str
) -> None:
    """Look at a release in a browser: articles with what was found in them, who said and wants what, networks, SQL.
    RELEASE is a version or a folder; by default the latest.

    It answers on this machine only, to whoever has the address that it prints, until Ctrl-C.
    """
    found = find(datasets, release)
    if folder is None:
        _serve(found, port, not no_browser)
        return
    from onrecord.explore.site.writing import write_site
    from onrecord.release import in_profile

    with in_profile(found, profile) as chosen:
        written = write_site(chosen, folder)
    tell(written, shown(written.folder.absolute()), profile)
    click.echo(f"look      python -m http.server --directory {shown(folder.absolute())}, then http://localhost:8000")


def tell(written: "Written", place: str, profile: str) -> None:
    """Say what was written."""
    click.echo(f"explorer  {written.version}: {written.files:,} files, {written.size / 1e6:.1f} MB, in {place}")
    click.echo(f"profile   {profile}" + (": without the articles' bodies" if profile == "public" else ""))
    if not written.has_sql:
        click.echo("sql       left out: the page needs DuckDB's engine, which `make vendor` fetches")


def _serve(release: Path, port: int, open_browser: bool) -> None:
    import contextlib
    import socket
    import threading
    import webbrowser

    import uvicorn

    from onrecord.explore.site.guard import HOST, new_token
    from onrecord.explore.site.opened import Opened
    from onrecord.explore.site.server import to_app

    token = new_token()
    with contextlib.closing(Opened(release)) as opened, socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        port = listening.getsockname()[1]
        address = f"http://{HOST}:{port}/?token={token}"
        click.echo(f"release   {opened.version}, {opened.profile}")
        click.echo(f"look      {address}")
        click.echo("          Ctrl-C ends it")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        threading.Thread(target=opened.prepare, daemon=True).start()
        app = to_app(opened, token=token, port=port)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listening])
