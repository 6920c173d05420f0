"""The tests; `make check` and `make test` run them, and CONTRIBUTING.md tells which when."""
