# On Record in a container; docs/operations.md says how it is run.
#   docker build -t onrecord .                                     one build, then it ends
#   docker build -t onrecord-dagster --target dagster .            Dagster's web server or daemon
#   docker build -t onrecord-kubernetes --target kubernetes .      the same with each run a Kubernetes job
FROM python:3.13.9-slim-trixie AS base

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    DAGSTER_DISABLE_TELEMETRY=yes

WORKDIR /opt/onrecord
# The lock names every package with its digest, those for s3:// and https:// among them.
COPY requirements-build.lock ./
RUN python -m pip install --no-deps --require-hashes -r requirements-build.lock
# What changes seldom stands first. The long description of the package is empty here: an edit of README costs no layer.
COPY pyproject.toml setup.py LICENSE ./
RUN touch README.md
COPY schemas schemas
COPY expectations expectations
COPY pipelines pipelines
COPY dagster.yaml ./
RUN python -m pip install --no-deps --no-build-isolation -e . \
 && python -m compileall -q pipelines \
 && useradd --uid 10001 --home-dir /data --shell /usr/sbin/nologin onrecord \
 && install -d -o onrecord -g onrecord /data /data/dagster /data/datasets \
 && install -o onrecord -g onrecord -m 644 dagster.yaml /data/dagster/dagster.yaml

ENV ONRECORD_SEEDS=/seeds \
    ONRECORD_DATASETS=/data/datasets

FROM base AS dagster
ENV DAGSTER_HOME=/data/dagster
USER 10001
EXPOSE 3000
HEALTHCHECK --interval=60s --timeout=10s --start-period=120s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/server_info', timeout=8)"]
CMD ["dagster-webserver", "--host", "0.0.0.0", "--port", "3000"]

# Of the same releases as dagster in the lock: dagster 1.13.27 is 0.29.27 of its libraries.
FROM base AS kubernetes
RUN python -m pip install dagster-k8s==0.29.27 dagster-postgres==0.29.27
USER 10001
EXPOSE 4000
HEALTHCHECK --interval=60s --timeout=10s --start-period=120s CMD ["dagster", "api", "grpc-health-check", "--port", "4000"]
CMD ["dagster", "api", "grpc", "--module-name", "onrecord.run.definitions", "--host", "0.0.0.0", "--port", "4000"]

# A build ends by itself and has no port to ask: its exit code tells.
FROM base AS onrecord
USER 10001
HEALTHCHECK NONE
CMD ["onrecord", "build", "--seeds", "/seeds", "--datasets", "/data/datasets"]
