"""Batches: bounded groups of inputs, and the extracted tables of each.

    datasets/ingest/listing.parquet               what the seeds folders hold now, and what their files held before;
                                                  there is a copy beside it
    datasets/ingest/rejections.parquet            what could not be read at all
    datasets/ingest/readings-<digest>.parquet     which files need not be read again
    datasets/ingest/verified.json                 which batches need not be verified again, unless something reads them
    datasets/batches/<batch>/received/            new inputs, whole, as read; written once, never changed
    datasets/batches/<batch>/<fingerprint>/       their extracted tables; written once for each state of the code
    datasets/exchange/                            what Spark is given and gives back, while it extracts

What is done is known from the batches themselves: a batch is named by the inputs that it holds, its extracted tables by
the fingerprint of the code, data and models that made them. Tables of another fingerprint are stale; they are made anew
from what was received, for the seeds may have changed since. What vanished from the seeds leaves the next release, but
stays in its batch: to forget an article for good, delete its batch as well.

What extraction loads decides on the fingerprint, so nothing is imported here.
"""

ENGINES = ("local", "spark")  # what runs extraction: processes of this machine, or Spark (spark.py)
