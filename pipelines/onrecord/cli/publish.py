"""`onrecord publish`."""

from pathlib import Path

import click

from onrecord.cli.options import DATASETS, find


@click.command()
@click.argument("release", required=False)
@click.option(
    "--to",
    "address",
    required=True,
    envvar="ONRECORD_PUBLISH",
    show_envvar=True,
    help="Folder, address for fsspec such as s3://bucket/prefix or gs://bucket/prefix, or hf://datasets/owner/name, "
    "a dataset at Hugging Face.",
)
@DATASETS
@click.option(
    "--profile",
    type=click.Choice(["public", "full"]),
    default="public",
    show_default=True,
    help="public leaves article bodies out: they are their publishers'. full is for a place that only you can read.",
)
@click.option("--take-back", is_flag=True, help="Let latest.json name this version even if it names a newer one.")
@click.option(
    "--doi",
    is_flag=True,
    help="Also deposit it in Zenodo, for a DOI that CITATION.cff, card and Croissant then name. Needs ZENODO_TOKEN in "
    "the environment; a version that is published already cannot get one.",
)
@click.option("--explorer", is_flag=True, help="Also write its pages for browsers, into explorer/ beside it.")
@click.option("--zenodo", default="https://zenodo.org", show_default=True, help="Another service with Zenodo's API.")
def publish(
    release: str | None,
    address: str,
    datasets: Path,
    profile: str,
    take_back: bool,
    doi: bool,
    explorer: bool,
    zenodo: str,
) -> None:
    """Copy a release to where others read it. RELEASE is a version or a folder; by default the latest.

    Its files first, then SHA256SUMS, then latest/, and latest.json last: who follows that never sees half of a
    release. Stopped, it goes on where it was; what is published is never replaced by other bytes.
    """
    from onrecord.cli.explore import tell
    from onrecord.explore.site.sending import send_site
    from onrecord.release import in_profile
    from onrecord.release.publish import publish as run_publish
    from onrecord.release.zenodo import deposit_release, reserve
    from onrecord.storage.layout import Layout
    from onrecord.storage.releases import version_of

    found = find(datasets, release)
    deposit = reserve(version_of(found), Layout(datasets).build, zenodo) if doi else None
    with in_profile(found, profile, deposit.doi if deposit else None) as folder:
        published = run_publish(folder, address, take_back=take_back)
        if deposit:
            deposit_release(deposit, folder)
        site = send_site(folder, address) if explorer else None
    click.echo(f"sent      {len(published.sent)} files, {published.found} were there already")
    if published.mended:
        click.echo(f"mended    {', '.join(published.mended)}: damaged or gone there")
    click.echo(f"published {published.version} in {published.address}, profile {profile}")
    moved = published.latest == published.version
    click.echo(f"latest    {published.latest}" + ("" if moved else ", which is newer; --take-back names this one"))
    if deposit:
        click.echo(f"deposited {deposit.doi} at {deposit.address}")
    if site:
        tell(*site, profile)
