"""What the server of victims imports once: a build's imports and models take ten times as long as its small build."""

import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "yes"

import s3fs  # noqa: F401

from onrecord.batches.fingerprints import fingerprint
from onrecord.batches.models import load_models
from onrecord.checks.engine import load_great_expectations
from onrecord.release import publish  # noqa: F401

load_great_expectations()
load_models()
fingerprint()
