"""Trying again what failed for a moment only: a timeout, a broken connection, a server that was busy."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

PAUSES = (0.5, 2.0, 8.0)  # seconds before the second, third and fourth attempt
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})  # of HTTP: the next answer may be another one
# By name, for none of these libraries is needed to read a folder: aiohttp, botocore, urllib3.
_BROKEN = frozenset({"ClientConnectionError", "ClientPayloadError", "HTTPClientError", "IncompleteRead"})

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def retrying(call: Callable[[], _Result]) -> _Result:
    """What `call` returns; it is called again, after a pause that grows, for as long as its errors may pass.

    Errors that will not pass, such as a missing file or a forbidden one, and the last one are raised as they are.
    """
    for pause in PAUSES:
        try:
            return call()
        except Exception as error:
            if not is_transient(error):
                raise
            _log.warning("%s: %s; trying again in %s s", type(error).__name__, error, pause)
            time.sleep(pause)
    return call()


def is_transient(error: BaseException) -> bool:
    """Whether the same request may succeed later, by what kind of error it is, or by its HTTP status.

    File systems wrap what their clients raise, and not always truly: fsspec tells of a busy server as of a missing
    file. So if an error itself does not say, what it came from does.
    """
    for link in _causes(error):
        if _is_broken(link):
            return True
        if (status := _status(link)) is not None:
            return status in _BUSY
    return False


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that an error of aiohttp, botocore or gcsfs bears."""
    response = getattr(error, "response", None)
    if isinstance(response, Mapping):
        found = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    else:
        found = getattr(error, "status", None) or getattr(error, "code", None)
    return found if isinstance(found, int) else None


def _is_broken(error: BaseException) -> bool:
    return isinstance(error, TimeoutError | ConnectionError) or any(c.__name__ in _BROKEN for c in type(error).__mro__)
