# make setup   the virtual environment, htmx and the catalogues
# make demo    the product with demonstration data on http://HOST:PORT; HTTPS=1 HOST=0.0.0.0 for phones in the same room
# make test    everything quick; make test-full the long figures; make bench the benchmarks
# make check   lint, types, import contracts
# make screens the pictures of docs/screens anew
# make locks   the hashed locks anew, from pyproject.toml and package.json

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
HTTPS ?=
export HOST PORT HTTPS

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The npm of the virtual environment; it trusts the certificates that the machine trusts.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" NODE_USE_SYSTEM_CA=1 npm
CATALOGUES := $(wildcard fieldapp/translations/*/LC_MESSAGES/*.po)

# $(call apt,PACKAGES): as root install them, else say which are wanted.
apt = if [ "$$(id -u)" = 0 ]; then apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $(1); \
	else echo "Debian packages are missing, as root: apt-get install $(1)" >&2; exit 1; fi

.DELETE_ON_ERROR:
.PHONY: setup setup-dev system-packages demo test test-full bench screens check locks clean

setup: .venv/.project .venv/.catalogues static/vendor/htmx.min.js

setup-dev: setup .venv/.dev

demo: setup
	@$(BIN)/fieldapp demo

test: system-packages setup-dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PATIENT) -r fER --durations=30

# What waited in vain for a browser (its message has a call log) is tried once more, and the run lists it; nothing else is.
PATIENT := --reruns 1 --only-rerun "Call log:"

test-full: system-packages setup-dev
	$(BIN)/python -m pytest -m full -s

bench: setup-dev
	@set -e; for file in tests/bench/bench_*.py; do $(BIN)/python -m tests.bench.$$(basename $$file .py); done; $(BIN)/python -m tests.bench.bench_draw stream match-large

screens: system-packages setup-dev
	$(BIN)/python -m tests.screens

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What the tests need beside python3-venv: two browsers and a screen for the second, a database server, letters for Chinese,
# two readers of PDF.
system-packages:
	@missing=; \
	test -x /usr/bin/chromium || missing="$$missing chromium"; \
	test -x /usr/bin/WebKitWebDriver || missing="$$missing webkit2gtk-driver"; \
	test -x /usr/bin/Xvfb || missing="$$missing xvfb"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	ls /usr/share/fonts/opentype/noto/NotoSansCJK-* >/dev/null 2>&1 || missing="$$missing fonts-noto-cjk"; \
	test -x /usr/bin/pdftoppm || missing="$$missing poppler-utils"; \
	test -x /usr/bin/qpdf || missing="$$missing qpdf"; \
	test -z "$$missing" || { $(call apt,$$missing); }

.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call apt,python3-venv); }
	$(PYTHON) -m venv .venv

.venv/.run: requirements.lock | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.project: pyproject.toml .venv/.run
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.catalogues: $(CATALOGUES) | .venv/.run
	@$(if $(CATALOGUES),$(BIN)/pybabel -q compile -d fieldapp/translations -D "$(sort $(notdir $(basename $(CATALOGUES))))")
	@touch $@

node_modules/.lock: package-lock.json | .venv/.run
	$(NPM) ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

static/vendor/htmx.min.js: node_modules/.lock
	@mkdir -p $(@D)
	cp node_modules/htmx.org/dist/htmx.min.js $@

locks: setup-dev
	$(BIN)/python -m venv .venv/locks
	.venv/locks/bin/python -m pip install --quiet uv
	.venv/locks/bin/uv $(UV_COMPILE) --group setup -o requirements.lock
	.venv/locks/bin/uv $(UV_COMPILE) --group setup --group dev -c requirements.lock -o requirements-dev.lock
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts

UV_COMPILE = pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

clean:
	rm -rf .venv node_modules static/vendor
