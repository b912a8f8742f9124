# make run    the portal on this machine
# make test   style, layers and all tests, on SQLite and PostgreSQL
# make bench  how quick it is        make fmt  format        make lock  pin newer versions

LIBRARIES = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
PYTHON_PACKAGES = $(if $(PYTHON),,python3 python3-venv)
TEST_PACKAGES = libatomic1 postgresql poppler-utils softhsm2
TEMPLATES = $(shell find templates -name '*.html')
UNDER_TEST = env -u DEBUG -u DATABASE_URL SECRET_KEY=prov-$$(head -c 48 /dev/urandom | base64 -w 0) HTTPS=1

BIN = .venv/bin
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install run test check bench fmt lock

install:
	@sh enamnd/server/packages.sh $(LIBRARIES) $(PYTHON_PACKAGES)
	@sh enamnd/server/environment.sh requirements.lock
	@mkdir -p var

run: install
	@exec $(BIN)/python -m enamnd.server

test: check
	@bash tests/on_both_databases.sh

check: install
	@sh enamnd/server/packages.sh $(TEST_PACKAGES)
	@sh enamnd/server/packages.sh chromium-headless-shell || sh enamnd/server/packages.sh chromium
	@sh enamnd/server/environment.sh tests/requirements.lock
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	@echo $(BIN)/djade --check templates
	@$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/lint-imports --no-logo
	$(UNDER_TEST) $(BIN)/python manage.py makemigrations --check --dry-run
	$(UNDER_TEST) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: install
	@sh enamnd/server/packages.sh chromium
	@sh enamnd/server/environment.sh tests/requirements.lock
	@exec $(BIN)/python -m tests.bench

fmt:
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES)

lock:
	uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-emit-index-url \
	    pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-emit-index-url \
	    --constraint requirements.lock --group dev --output-file tests/requirements.lock
