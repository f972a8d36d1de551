"""What all our errors share: a code, which docs/operations.md explains."""

from collections.abc import Iterator
from typing import ClassVar


class UserError(Exception):
    """Something that the person at the command line can mend. The message says what happened, where, and what to do;
    it is printed after its code, without a traceback.

    Each kind that is raised has a code of its own, in tens by room. Codes are published: add, never rename one or give
    it to something else. A kind without a code only gathers those below it.
    """

    code: ClassVar[str]

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"


class SystemRefusal(UserError):
    """The operating system refused to read or write something; the message is its own."""

    code = "OR001"


def kinds(of: type[UserError] = UserError) -> Iterator[type[UserError]]:
    """Every kind of error that the loaded modules hold."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)
