"""How long one article may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 120  # of processor time for one article; the longest that are let in take some 20


class TooSlowError(BaseException):
    """An article took more processor time than it may. No Exception: libraries catch those and go on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError inside once this process has computed for so long, and every second after that.

    Processor time, not the clock: a busy machine refuses nothing that an idle one takes. The signal interrupts Python
    and its regular expressions; it needs the main thread, where every engine extracts. Elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # again and again: raised in a destructor it would be lost
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
