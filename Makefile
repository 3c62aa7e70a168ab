# Oversight. `make run` serves the demonstration, `make test` runs everything, `make help` lists the rest.
# Each target does its own set-up; what is already set up is not done again.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test test-sqlite test-postgres test-browser golden check bench soak soak-setup soak-faults-sqlite soak-faults-postgres soak-rest-sqlite soak-rest-postgres soak-journeys soak-python release release-tag release-databases deb tarball try-deb sbom licences audit verapdf nu format lock clean

PORT ?= 8000
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
SIDE_BY_SIDE := $(MAKE) --no-print-directory --jobs=2
# One process more than the processors are: some wait for programs that they start. Beside each other legs need none more.
# PostgreSQL is asked by one then, and the journeys are told by one: what they ask is a process of its own. So each
# begins once, builds each world once, and checks each page once.
WORKERS ?= $(shell expr $$(nproc) + 1)
POSTGRES ?= $(WORKERS)
JOURNEYS ?= $(WORKERS)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Every process of a run finds what another has compiled.
unexport PYTHONDONTWRITEBYTECODE

# What needs settings and no accounts gets a key that is good for nothing; the demonstration has its own.
PLAIN := OVERSIGHT_DEMO=0 SECRET_KEY=good-for-nothing-good-for-nothing-good-for-nothing-good-for-nothing
BROWSER := scripts/system.sh headless_shell || scripts/system.sh chromium
DEMO_DATA := var/demo.sqlite3
DEMO := OVERSIGHT_DEMO=1 ORIGIN=http://127.0.0.1:$(PORT) DATABASE_URL=sqlite:///$(DEMO_DATA)
PRODUCTION = OVERSIGHT_DEMO=0 DATABASE_URL=sqlite://:memory: ORIGIN=https://oversight.example.org \
	BEHIND_PROXY=1 FROM_EMAIL=oversight@oversight.example.org \
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')

help:  ## Say what there is
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1 \2/p' Makefile | while read -r name words; do printf '  make %-17s %s\n' "$$name" "$$words"; done

# A new demonstration is loaded beside the static files. One that is there may be of an earlier version.
run:  ## Serve the demonstration on http://127.0.0.1:8000 (PORT=8080 for another port)
	@test -e $(DEMO_DATA) || rm -f $(DEMO_DATA).part*
	@$(SIDE_BY_SIDE) var/.static-ready $(if $(wildcard $(DEMO_DATA)),.venv/.ready,$(DEMO_DATA))
	@$(if $(wildcard $(DEMO_DATA)),$(DEMO) $(PYTHON) manage.py migrate --verbosity 0 && $(DEMO) $(PYTHON) manage.py load_demo)
	@echo; echo "Oversight is at http://127.0.0.1:$(PORT). Ctrl-C stops it."; echo
	@$(DEMO) exec scripts/run.sh $(PORT)

# The demonstration gets its name when it is whole: an interrupted load starts again. Its PDFs need the built fonts.
$(DEMO_DATA): | $(DEMO_DATA).part static/build/.ready
	@echo "Loading the demonstration. This takes about 30 seconds, once."
	@$(DEMO).part LOG_LEVEL=WARNING $(PYTHON) manage.py load_demo --skip-checks
	@mv $@.part $@

$(DEMO_DATA).part: | .venv/.ready
	@mkdir -p $(@D)
	@$(DEMO).part $(PYTHON) manage.py migrate --verbosity 0 --skip-checks

setup:  ## Do the set-up only
	@$(SIDE_BY_SIDE) .venv/.dev-ready var/.static-ready

test: setup  ## Run the whole suite: on SQLite, and beside it what PostgreSQL could answer otherwise, then the journeys
	@WORKERS=$$(nproc) POSTGRES=0 JOURNEYS=0 MAKE="$(MAKE)" $(PYTHON) scripts/legs.py test-sqlite test-postgres test-browser

test-sqlite: setup  ## Run the suite on SQLite: the quick one
	env -u DATABASE_URL $(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-postgres: setup  ## Run what PostgreSQL could answer otherwise, on one that is started for it
	@scripts/system.sh postgres
	$(PYTHON) scripts/with_postgres.py $(PYTEST) -n $(POSTGRES) --dist loadfile --no-loadscope-reorder

test-browser: setup  ## Run the journeys in Chromium
	@$(BROWSER)
	env -u DATABASE_URL $(PYTEST) -m "journey and not soak" -n $(JOURNEYS) --dist worksteal tests/journeys

golden: setup  ## Write the golden texts of the pages again, after a change of words (tests/golden)
	env -u DATABASE_URL WRITE_GOLDEN=1 $(PYTEST) -q tests/golden

check: .venv/.dev-ready  ## Run the linters and the type checker
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	$(PLAIN) .venv/bin/python -m mypy
	find templates -name '*.html' -exec .venv/bin/djade --check {} +
	$(PRODUCTION) $(PYTHON) manage.py check --deploy --offline --fail-level WARNING
	$(PLAIN) $(PYTHON) manage.py makemigrations --check --dry-run

bench: setup  ## Measure pages, work, spreadsheets and PDFs, with verdicts (BENCH="--plans" for more)
	@scripts/system.sh postgres
	$(PLAIN) $(PYTHON) scripts/with_postgres.py --durable $(PYTHON) -m tests.bench $(BENCH)
	for rows in 2000 10000; do $(PLAIN) $(PYTHON) -m tests.bench --sqlite --tracked $$rows --no-sheets --no-pdf; done
	$(PLAIN) $(PYTHON) -m tests.bench.upload

# What goes by the clock runs alone; all else has as many processes as the machine has processors.
LEG = -p tests.soak_report --leg $@
BESIDE := -n $$(nproc) --dist loadfile --no-loadscope-reorder --ignore tests/faults --ignore tests/operations --ignore tests/journeys
ON_SQLITE = env -u DATABASE_URL $(PYTEST) $(LEG) -m "soak or hypothesis or journey"
ON_POSTGRES = $(PYTHON) scripts/with_postgres.py $(PYTEST) $(LEG) -m "(hypothesis or soak or sqlite_alone) and not (soak and sqlite_alone)"

soak:  ## Run what takes too long for each change, on both engines, and write docs/soak-results.md
	@failed=0; \
	for leg in soak-faults-sqlite soak-faults-postgres soak-rest-sqlite soak-rest-postgres soak-journeys soak-python; do \
		$(MAKE) $$leg || failed=1; \
	done; \
	$(PYTHON) -m tests.soak_results; exit $$failed

soak-setup: setup
	@scripts/system.sh postgres pgbouncer faketime unshare libreoffice
	@$(BROWSER)

soak-faults-sqlite: soak-setup
	$(ON_SQLITE) tests/faults tests/operations

soak-faults-postgres: soak-setup
	$(ON_POSTGRES) tests/faults tests/operations

soak-rest-sqlite: soak-setup
	$(ON_SQLITE) $(BESIDE)

soak-rest-postgres: soak-setup
	$(ON_POSTGRES) $(BESIDE)

# In processes of their own: what drives the browser keeps connections apart, so that nothing is undone that was built before it.
soak-journeys: soak-setup
	$(ON_SQLITE) -n $$(nproc) --dist worksteal tests/journeys

# The suite under the oldest Python that serves, or under 3.13 where .venv has that one.
OTHER = $(shell $(PYTHON) -c 'import sys; print("3.13" if sys.version_info[:2] == (3, 12) else "3.12")')
soak-python: soak-setup
	@if python=$$(scripts/find_python.sh $(OTHER)); then \
		"$$python" -m venv --clear var/python-$(OTHER) && \
		var/python-$(OTHER)/bin/pip install --quiet --require-hashes --requirement requirements.txt --requirement requirements-dev.txt && \
		env -u DATABASE_URL var/python-$(OTHER)/bin/python -m pytest $(LEG) -n $$(nproc) --dist loadfile --no-loadscope-reorder; \
	else echo "Not run: there is no Python $(OTHER) here."; fi

release-databases: setup  ## Keep a small database of this version, for later versions to migrate (tests/releases)
	@scripts/system.sh postgres
	env -u DATABASE_URL $(PYTHON) -m tests.releases.keep
	$(PYTHON) scripts/with_postgres.py $(PYTHON) -m tests.releases.keep

release: setup  ## Build a release into var/releases (VERSION=0.4.0); commits nothing
	@scripts/system.sh postgres
	$(PYTHON) scripts/release.py prepare $(VERSION)

release-tag:  ## Commit and tag the release that was built (VERSION=0.4.0); pushes nothing
	$(PYTHON) scripts/release.py tag $(VERSION)

deb: setup  ## Make one file that installs Oversight on Debian 13, in var/
	$(PYTHON) packaging/make_package.py deb

tarball: setup  ## The same as a tarball with a script, for a machine without dpkg
	$(PYTHON) packaging/make_package.py tarball

try-deb: deb  ## Install the package in a fresh Debian and sign in, as root (TRY="--database postgresql")
	packaging/try.sh $(TRY)

sbom: setup  ## Name all that Oversight is made of, in var/ (CycloneDX; with each release)
	$(PYTHON) scripts/dependencies.py sbom var/oversight-$$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml).cdx.json

licences: setup  ## Write the page of the dependencies' licences again, after a change of the locks
	$(PYTHON) scripts/dependencies.py licences

audit: setup  ## Ask for known vulnerabilities of the dependencies (status 3: a database could not be asked)
	@scripts/audit.sh

verapdf: setup  ## Hold the demonstration's PDFs against veraPDF (VERAPDF=/path/to/verapdf)
	$(PYTHON) scripts/verapdf.py

nu: setup  ## Hold every page against the Nu HTML checker, on Java (VNU=/path/to/vnu.jar, of npm's vnu-jar)
	rm -rf var/markup && mkdir -p var/markup
	env -u DATABASE_URL MARKUP_TO=$(CURDIR)/var/markup $(PYTEST) -q tests/golden
	java -jar $(VNU) --Werror --skip-non-html var/markup

format: .venv/.dev-ready  ## Format Python and templates
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates -name '*.html' -exec .venv/bin/djade {} +

lock: .venv/.dev-ready  ## Write the locks again from pyproject.toml and requirements-node.in
	scripts/lock.sh

clean:  ## Remove what set-up made (the data in var/ stays, except static files)
	rm -rf .venv node_modules static/build var/static var/node .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# What takes long in set-up and needs only Python's own library goes side by side: packages from PyPI, those of npm.
.venv/.made: scripts/find_python.sh
	python=$$(scripts/find_python.sh) && { $(PYTHON) -c '' 2>/dev/null || "$$python" -m venv --clear .venv; }
	touch $@

.venv/.ready: .venv/.made requirements.txt scripts/system.sh
	$(PYTHON) -m pip install --quiet --no-compile --require-hashes --requirement requirements.txt
	scripts/system.sh pdf
	touch $@

# What tests and linters need beside it, and all of it compiled by all processors, where pip takes one. So is our own
# code: legs that begin together would each compile all of it. The tests themselves are pytest's to compile.
.venv/.dev-ready: .venv/.ready requirements-dev.txt
	$(PYTHON) -m pip install --quiet --no-compile --require-hashes --requirement requirements.txt --requirement requirements-dev.txt
	$(PYTHON) -W ignore -m compileall -qq -j 0 -x '/(mypyc?|pip|lexers)/|/(test_\w+|conftest)\.py' .venv/lib oversight recommendations tests || true
	touch $@

node_modules/.ready: package.json package-lock.json .npmrc scripts/front_end.py | .venv/.made
	$(PYTHON) scripts/front_end.py install
	touch $@

static/build/.ready: node_modules/.ready scripts/front_end.py $(wildcard static/scss/*.scss static/js/*.js) | .venv/.ready
	$(PYTHON) scripts/front_end.py build
	touch $@

var/.static-ready: .venv/.ready static/build/.ready $(wildcard static/images/*)
	@mkdir -p var
	$(PLAIN) $(PYTHON) manage.py collectstatic --no-input --clear --verbosity 0 --ignore scss --ignore js
	touch $@
