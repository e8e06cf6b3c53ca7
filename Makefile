# make test   everything that must pass before a change is published
# make demo   the demo site into public/
# make bench  whole builds and the preview beside Hugo's, into docs/benchmarks.md
# make bench-all  the same at more sizes, and how it grows; takes long
# make bench-parts  Go benchmarks of parts, and the pictures' pipeline beside its peers

GO ?= go
export CGO_ENABLED ?= 0

.PHONY: test fmt vet unit browser demo bench bench-all bench-parts tools

test: fmt vet unit browser
	@echo "all passed"

fmt:
	@out=$$(gofmt -l builder cmd themes); if [ -n "$$out" ]; then echo "gofmt would change: $$out"; exit 1; fi

vet:
	$(GO) vet -tags browser ./...
	$(GO) tool staticcheck -tags browser ./...

# The race detector needs cgo; nothing else does. It takes ten times the time, so
# it looks where goroutines share something: at packages as a whole, and at the
# builder in the tests that build on all cores.
ALONE = gallerist/builder gallerist/builder/bench gallerist/builder/card gallerist/builder/media/ffmpeg gallerist/builder/media/film \
	gallerist/builder/media/heif gallerist/builder/media/hevc gallerist/builder/media/icc \
	gallerist/builder/media/likeness gallerist/builder/media/note gallerist/builder/media/webp gallerist/cmd/gallerist
SHARED = 'SameBytes|Preview|NothingReadAgain|BrokenWithin'

unit: tools
	CGO_ENABLED=1 $(GO) test -race $$($(GO) list ./... | grep -vxF "$$(printf '%s\n' $(ALONE))")
	CGO_ENABLED=1 $(GO) test -race ./builder -run $(SHARED)
	$(GO) test $(ALONE)

browser: tools
	$(GO) test -count=1 -tags browser ./builder/live ./cmd/gallerist -run Browser

# What the tests need beside Go: gcc, Chromium, and axe-core from npm.
tools:
	@sh .ci/tools

demo:
	$(GO) run ./cmd/gallerist build

bench:
	$(GO) run ./builder/bench -doc docs/benchmarks.md start cold warm live

bench-all:
	$(GO) run ./builder/bench -doc docs/benchmarks.md start warm live grow
	$(GO) run ./builder/bench -doc docs/benchmarks.md -sizes 1000,10000,50000,200000 cold

bench-parts:
	$(GO) test -run '^$$' -bench . -benchmem ./builder/...
	@.ci/bench
