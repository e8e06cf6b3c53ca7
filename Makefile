# make test   everything that must pass before a change is published
# make demo   the demo site into public/
# make themes  all themes in all ways on all pages; in make test plain is, and those
#              over it on the hard pages
# make pictures  docs/themes*.png for the README
# make views  the reference of views, docs/views.md, from the comments of the source
# make bench  whole builds and the preview beside Hugo's, into docs/benchmarks.md
# make bench-all  the same at more sizes, and how it grows; takes long
# make pgo  cmd/gallerist/default.pgo: by it the compiler knows what builds call often
# make bench-parts  Go benchmarks of parts, and the pictures' pipeline beside its peers

GO ?= go
export CGO_ENABLED ?= 0

.PHONY: test fmt vet race unit browser demo views bench bench-all bench-parts pgo tools

# Much of a test waits, for a disk, a file's time or a browser, and staticcheck uses
# one core: two of these at once keep two cores busy. The first two compile different
# things, and so the last two need not. With -O what they say does not mix.
test: fmt tools
	@$(MAKE) --no-print-directory -j2 -O browser race unit vet
	@echo "all passed"

# Looking for garbage less often saves the compiler, staticcheck and tests a fifth
# of their time, and a program as go build makes it would be compiled besides that of
# the tests (-pgo=off). What is measured is measured without.
vet race unit browser: export GOGC = 300
vet race unit browser: export GOFLAGS += -pgo=off

fmt:
	@out=$$(gofmt -l builder cmd themes); if [ -n "$$out" ]; then echo "gofmt would change: $$out"; exit 1; fi

vet:
	$(GO) vet -tags browser ./...
	$(GO) tool staticcheck -tags browser ./...

# The race detector needs cgo; nothing else does. It takes ten times the time, so
# it looks where goroutines share something: at packages as a whole but for what
# only computes in them, and elsewhere at the tests of what is done at once.
# Every test runs, here or in unit. What vet says, vet has said: -vet=off.
RACED = $(addprefix gallerist/builder/, live media publish rootfs source theme)
COMPUTES = PaletteContrast FuzzKept FuzzText BeyondPrograms TemplateProblems TestLadder$$ \
	SavedDamaged EveryProblemOccurs ^TestMemory$$/seeds/([3-9]|1.) \
	TestDirFaults/(spare_true|exchange_false|links_false|masked_true) DirKilled VerifySeesAll \
	MissingEnd Quality RenditionBytes DecoderBytes PathNamesBytes TurnedAnyhow MarkLooks TrimDies Vectors PartOnly
ATONCE = SameBytes TestPreview$$ NothingReadAgain BrokenWithin AnyOrder ConcurrentUse

# $(call any,A B) is a pattern of names with A or B.
space := $() $()
any = '$(subst $(space),|,$(strip $1))'

race: export CGO_ENABLED = 1
race: tools
	$(GO) test -race -vet=off $(RACED) -skip $(call any,$(COMPUTES))
	$(GO) test -race -vet=off ./builder ./builder/lang ./builder/review -run $(call any,$(ATONCE))

unit: tools
	$(GO) test -vet=off $(RACED) -run $(call any,$(COMPUTES))
	$(GO) test -vet=off ./cmd/gallerist ./builder ./builder/bench \
		$$($(GO) list ./... | grep -vxF "$$(printf '%s\n' $(RACED))") # the longest first

browser: tools
	@rm -f .cache/said.txt
	$(GO) test -vet=off -count=1 -tags browser ./builder/live ./cmd/gallerist -run Browser
	@[ ! -e .cache/said.txt ] || cat .cache/said.txt

# What the tests need beside Go: gcc, Chromium, and axe-core from npm.
tools:
	@sh .ci/tools

views:
	$(GO) test ./builder/theme -run ViewReference -count=1 -update

demo:
	$(GO) run ./cmd/gallerist build

themes: tools
	THOROUGH=1 $(GO) test -vet=off -count=1 -tags browser -timeout 30m ./cmd/gallerist -run BrowserThemes

pictures: tools
	$(GO) test -vet=off -count=1 -tags browser ./cmd/gallerist -run BrowserDraw -pictures

bench:
	$(GO) run ./builder/bench -doc docs/benchmarks.md start cold warm live

bench-all:
	$(GO) run ./builder/bench -doc docs/benchmarks.md start warm live grow
	$(GO) run ./builder/bench -doc docs/benchmarks.md -sizes 1000,10000,50000,200000 cold

pgo:
	$(GO) run ./builder/bench record

bench-parts:
	$(GO) test -run '^$$' -bench . -benchmem ./builder/...
	@.ci/bench
