"""Packages that only some addresses and kinds of files need: they are extras, and may be missing."""

from onrecord.errors import UserError


class MissingPackageError(UserError):
    """An address, or a file, of a kind that needs a package which is not installed."""

    code = "OR043"


def missing(name: str, extra: str) -> MissingPackageError:
    """The error that a file of this name cannot be read without the packages of an extra."""
    return MissingPackageError(f"{name} needs a package that is not installed: pip install 'onrecord[{extra}]'")
