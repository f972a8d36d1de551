"""Publishing as an asset of its own, and the sensor that starts it when the latest release is not out yet."""

import time

import dagster as dg

from onrecord.release.publish import is_published, publish_latest
from onrecord.run.definitions.assets import release
from onrecord.run.definitions.settings import Settings
from onrecord.run.logs import step
from onrecord.storage.releases import find_latest

_AGAIN = 3600  # seconds until a publishing that failed is tried again


@dg.asset(group_name="release", deps=[release])
def publication(settings: Settings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The latest release where others read it: the address in ONRECORD_PUBLISH."""
    with step("publish") as facts:
        published = publish_latest(settings.layout, settings.publish)
        told: dict[str, str | int] = {
            "address": published.address,
            "sent": len(published.sent),
            "mended": len(published.mended),
            "latest": published.latest,
        }
        facts.update(told)
    return dg.MaterializeResult(metadata=told)


send_job = dg.define_asset_job("send", selection=[publication], run_tags={"dagster/max_retries": "2"})


def make_publisher(settings: Settings) -> dg.SensorDefinition:
    started = dg.DefaultSensorStatus.RUNNING if settings.publish else dg.DefaultSensorStatus.STOPPED

    @dg.sensor(job=send_job, minimum_interval_seconds=60, default_status=started)
    def publisher(settings: Settings) -> dg.RunRequest | dg.SkipReason:
        """Publishes a new release, and tries again each hour while it cannot."""
        latest = find_latest(settings.layout.releases)
        if latest is None or not settings.publish:
            return dg.SkipReason("nothing to publish, or nowhere: set ONRECORD_PUBLISH")
        if is_published(settings.layout, settings.publish):
            return dg.SkipReason(f"{latest.name} is published")
        return dg.RunRequest(f"{latest.name} {int(time.time() // _AGAIN)}")

    return publisher
