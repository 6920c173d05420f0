# make demo    an environment, the graph of examples/ in outputs/, and what to do with it
# make check   ruff, mypy, the doctests and all tests that need no browser, server, cluster, other
#              process or package: two minutes on two cores, before every commit
# make test    everything that must pass, with all it needs (browser included), by two processes
#              (JOBS=4: by four); fifteen minutes on two cores
# make freeze  whether the reader gives what it gave: for each text of examples/, of the rules, the
#              tests and the gold written for the project, for 600 articles if they are beside the
#              checkout, and for the graphs of both; tells which texts and lines are others
#              (UPDATE=1 keeps what it gives now, QUICK=1 reads what make check does)
# make soak    the random tests (updates, kills, faults, damage, mutated files, decisions, a
#              cluster whose processes die) 50 times as long; takes hours
# make train   teaches the reader more, from gold/ and the texts beside the checkout (TEXTS=FILES):
#              it labels texts, learns from the labels and the gold, the arbiter is fitted
#              anew, what it gets right is measured, and how far that lies from the shipped
#              reader is told; takes hours
# make lint    ruff and mypy
# make bench   what the rules reach on gold beside the checkout (GOLD=FOLDER), how pages of
#              10,000 and 50,000 nodes move beside plain pyvis and follow their filters, how soon
#              one with 3,000 documents is there, how soon a server shows what lies around a
#              thing among 50,000, how the endpoint bears runaway
#              queries and 64 clients, how fast a build is beside jieba, and how it grows
#              (BENCH="FOLDER --sizes 600,2400")
# make bench-scale  how builds of 1,000 to 64,000 made-up documents grow, on this machine and on
#              Spark, station by station (SCALE="--sizes 1000,4000 --engine local"), and how fast
#              graph servers take a graph; writes the tables of docs/explanation/scale.md. Takes hours, and
#              goes on with what bench/scale.json lacks (SCALE=--again measures all anew)
# make audit   known weaknesses of just the packages that are installed (PyPI's advisories)
# make bundles the SPARQL editor and the charts of kg serve, bundled anew from kg/serve/editor and
#              kg/serve/plot (npm's registry)
# make docs    what is built from the code: outputs/, the pictures, the blocks of the READMEs and of
#              docs/, the text for package indexes, the tables of docs/explanation/scale.md
# make site    the documentation as a site in site/, which opens without server and network
# make release-check  builds what would be released, twice: the wheels must be the same bytes, and
#              a bare environment with the wheel must make the graph of examples/ (RELEASE=python3.13:
#              with another Python)
# make wheelhouse  packs Zhengtu and all that it needs into wheelhouse/, for a machine without a
#              network (EXTRAS=report,office: with these extras)
# make clean   remove what was made, the environment included

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
JOBS ?= 2
# What `make train` learns from: files of articles, a line of JSON each.
TEXTS ?= $(wildcard ../shared/corpus/train/texts.jsonl ../shared/corpus/news/*.xz)
# More documents with gold for the arbiter, and where what the reader says of texts is kept.
ALSO ?= $(wildcard ../shared/corpus/dev ../shared/corpus/real ../shared/corpus/seeds)
LABELS ?= .cache/labels
# The tests of a module stay in one worker (tests/testing/collection/scheduling.py), in the order of
# tests/conftest.py.
PYTEST := $(BIN)/python -m pytest --numprocesses $(JOBS)
# The tests start hundreds of processes, each of which would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo check test freeze soak train lint audit bench bench-scale bundles docs site release-check wheelhouse clean browser compiler curl shells java virtuoso

demo: $(VENV)/.installed
	$(BIN)/kg build examples -o outputs
	@echo
	@echo "Open outputs/graph.html in a browser. Then try:"
	@echo "  $(BIN)/kg ask investments"
	@echo "  $(BIN)/kg explain 合肥市"
	@echo "  $(BIN)/kg view --around 合肥市 -o hefei.html"

check: lint
	$(PYTEST) -m quick

test: $(VENV)/.developing browser compiler curl shells java virtuoso
	$(BIN)/ruff check kg tests bench docs
	$(BIN)/mypy
	$(BIN)/python -m tests.testing.browser.node install
	$(PYTEST)

freeze: $(VENV)/.developing
	$(BIN)/python -m tests.testing.making.freeze $(if $(UPDATE),--update,$(if $(QUICK),--quick))

soak: $(VENV)/.developing compiler java
	KG_SOAK=50 $(BIN)/python -m pytest tests/base/test_spool.py tests/extract/test_robust.py \
	  tests/serve/http/test_limits.py tests/whole/test_bad_input.py tests/run/test_updates.py \
	  tests/run/test_crash.py tests/run/reading/test_hostile.py tests/read/test_archive.py \
	  tests/run/spark

train: $(VENV)/.developing
	$(PIP) 'torch>=2.4,<3'
	$(BIN)/python -m kg.run.train label $(TEXTS) --gold gold --most 12500 -o $(LABELS)
	$(BIN)/python -m kg.run.train network $(TEXTS) --gold gold --labels $(LABELS) \
	  --start kg/extract/model/reader.weights -o $(LABELS)/reader.weights
	$(BIN)/python -m kg.run.train memory $(TEXTS) --gold gold --labels $(LABELS) -o kg/extract/arbiter/memory.json
	$(BIN)/python -m kg.run.train arbiter $(TEXTS) --gold gold --reader $(LABELS)/reader.weights \
	  --also $(ALSO) -o kg/extract/arbiter/weights.json
	mv $(LABELS)/reader.weights kg/extract/model/reader.weights
	$(BIN)/python -m kg.run.train verdicts $(TEXTS) --gold gold -o kg/extract/arbiter/weights.json
	$(BIN)/python -m kg.run.train precision $(TEXTS) --gold gold -o kg/extract/arbiter/precision.json \
	  --figures kg/run/train/figures.json

lint: $(VENV)/.developing
	$(BIN)/ruff check kg tests bench docs
	$(BIN)/mypy

# pip-audit has many dependencies of its own, which must not be among what is checked.
# Strict: a mirror that knows no advisories would otherwise pass as having found none.
audit: $(VENV)/.developing
	@test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit && \
	  $(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check \
	  'pip-audit>=2.7,<3'; } || { echo "make audit: pip-audit could not be installed;" \
	  "PyPI must be reachable" >&2; exit 1; }
	@$(BIN)/python -m pip freeze --exclude-editable > $(VENV)/audit/installed.txt
	@$(VENV)/audit/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off \
	  -r $(VENV)/audit/installed.txt || { echo "make audit: either findings stand above, or" \
	  "PyPI told no advisories (no network, or a mirror without them)" >&2; exit 1; }

bench: $(VENV)/.developing browser
	KG_READER=rules $(BIN)/python bench/quality.py $(GOLD)
	$(BIN)/python bench/explorer.py
	$(BIN)/python bench/endpoint.py outputs
	$(BIN)/python bench/mixed.py outputs
	$(BIN)/python bench/filters.py
	$(BIN)/python bench/documents.py
	$(BIN)/python bench/around.py
	$(BIN)/python bench/speed.py $(BENCH)

bench-scale: $(VENV)/.developing java virtuoso
	$(BIN)/python bench/scale.py --json bench/scale.json $(SCALE)
	$(BIN)/python bench/loading.py --json bench/loading.json
	$(BIN)/python bench/planned.py

bundles: $(VENV)/.developing
	$(BIN)/python -m tests.testing.browser.node bundles

docs: $(VENV)/.developing browser
	$(BIN)/kg build examples -o outputs
	$(BIN)/python -m tests.testing.making.screenshots outputs docs/pictures
	$(BIN)/python -m tests.testing.making.readme
	$(BIN)/python bench/planned.py

site: $(VENV)/.developing
	$(BIN)/python docs/staged.py site

# twine has many dependencies of its own, so that it gets an environment of its own.
RELEASE ?= $(PYTHON)
wheelhouse: $(VENV)/.installed
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheelhouse \
	  ".$(if $(EXTRAS),[$(EXTRAS)])"
	@echo "Copy wheelhouse/ to the other machine, and there:"
	@echo "  pip install --no-index --find-links wheelhouse 'zhengtu$(if $(EXTRAS),[$(EXTRAS)])'"

release-check:
	@test -x $(VENV)/release/bin/twine || { $(PYTHON) -m venv $(VENV)/release && \
	  $(VENV)/release/bin/python -m pip install --quiet --disable-pip-version-check \
	  'build>=1.2,<2' 'twine>=6,<8' 'readme-renderer[md]>=44,<47'; }
	sh .ci/release $(VENV)/release/bin/python $(RELEASE)

clean:
	rm -rf $(VENV) build dist site *.egg-info outputs/store outputs/report.json outputs/view.html
	rm -rf .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find kg tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# Editable, so that a change of ontology/ or kg/ shows at once.
$(VENV)/.installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable .
	touch $@

$(VENV)/.developing: setup.cfg pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable '.[dev]'
	touch $@ $(VENV)/.installed

# Debian keeps venv apart from python3: without python3-venv an environment has no pip.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Python 3.11 or later is needed: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh .ci/debian python3-venv
	$(PYTHON) -m venv $(VENV)

compiler:
	@command -v cc >/dev/null || sh .ci/debian gcc libc6-dev

browser:
	@command -v chromium >/dev/null || sh .ci/debian chromium fonts-noto-cjk
	@command -v chromium-headless-shell >/dev/null || sh .ci/debian chromium-headless-shell || \
	  echo "make: the tests open pages in Chromium with windows, which takes twice as long" >&2

shells:
	@command -v zsh fish groff >/dev/null || sh .ci/debian zsh fish groff

curl:
	@command -v curl >/dev/null || sh .ci/debian curl

java:
	@command -v java >/dev/null || sh .ci/debian openjdk-17-jre-headless

# A graph server of others, which kg load is tested with; the tests start one of their own.
virtuoso:
	@command -v virtuoso-t >/dev/null || sh .ci/debian virtuoso-opensource-7
