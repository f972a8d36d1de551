"""Text of others in a terminal."""

_CONTROLS = {c: 0xFFFD for c in (*range(32), *range(127, 160)) if c not in (9, 10)}  # terminals would obey them


def harmless(text: str) -> str:
    """The text without characters that steer a terminal. One for one, so offsets stay."""
    return text.translate(_CONTROLS)
