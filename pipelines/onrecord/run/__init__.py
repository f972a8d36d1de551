"""Runs: the Dagster definitions, the build that goes through them, its state, its logs and alerts."""
