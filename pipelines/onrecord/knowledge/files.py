"""Where the tables of what is known lie."""

from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
