# Two commands are enough: `make run` and `make test`. Each sets up what it needs and says so before.
.PHONY: run test bench bench-detect package directory-pack deny help

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## the app; without a display, the main job in the terminal
	@scripts/run.sh

test: ## all tests, cheapest first: what CI runs
	@scripts/test.sh

bench: ## rows a second and memory, into docs/benchmarks.md
	@scripts/bench.sh

bench-detect: ## flags beside general detectors on simulated ledgers, as in docs/detection.md
	@scripts/bench-detect.sh

package: ## .deb and .rpm of this machine's kind
	@scripts/package.sh

directory-pack: ## the directory as one signed file; makes a developer key where there is none
	@scripts/directory-pack.sh

deny: ## licences and known defects of the dependencies, where cargo-deny is installed
	@scripts/deny.sh
