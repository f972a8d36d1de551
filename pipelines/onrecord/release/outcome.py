"""What publishing gives: what was sent and what was there, or why nothing could be published."""

from dataclasses import dataclass

from onrecord.release.destinations import PublishError


class SendingError(PublishError):
    """Writing failed on the way; the earlier release stays in force there."""

    code = "OR101"


class BeingPublishedError(PublishError):
    """Somebody else is publishing another release of that version there."""

    code = "OR102"


class PublishedVersionError(PublishError):
    """Another release of that version is published there."""

    code = "OR103"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    address: str  # of the version's folder
    version: str
    sent: tuple[str, ...]  # files that were missing there
    mended: tuple[str, ...]  # files of a published version that were damaged or gone
    found: int  # files that were there already, whole
    latest: str  # the version that latest.json names now
