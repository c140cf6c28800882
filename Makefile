# What is pinned in requirements.txt runs here; `make lock` renews the pins.
BIN := .venv/bin
INSTALLED := .venv/.installed
RELEASE := policydata-statements-$(firstword $(shell cat data/VERSION))

.PHONY: build docs test support lint lock release benchmark clean

build: $(INSTALLED)
	$(BIN)/policydata build
	$(BIN)/python tools/badges.py

docs: $(INSTALLED)
	$(BIN)/python docs/build_site.py

test: $(INSTALLED)
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadgroup

# The whole suite on every Python, with the oldest libraries and the newest.
support: $(INSTALLED)
	$(BIN)/nox

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: $(INSTALLED)
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --upgrade --quiet --output-file requirements.txt

release: build
	mkdir -p dist
	for suffix in csv dta json parquet xlsx; do \
		$(BIN)/policydata export dist/$(RELEASE).$$suffix || exit 1; \
	done
	cd dist && sha256sum $(RELEASE).* > SHA256SUMS

benchmark: $(INSTALLED)
	$(BIN)/uv venv --quiet --clear benchmarks/.venv
	$(BIN)/uv pip install --quiet --python benchmarks/.venv/bin/python --requirement benchmarks/requirements.txt
	$(BIN)/python benchmarks/measure.py

clean:
	rm -rf .venv .nox .policydata-build.* build dist

$(INSTALLED): requirements.txt pyproject.toml
	@echo "Installing what requirements.txt pins into .venv: about 1 GB, one to three minutes ..."
	python3 -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	# What is linked to is not compiled by pip, and each start would compile it again.
	$(BIN)/python -m compileall -q src
	touch $@
