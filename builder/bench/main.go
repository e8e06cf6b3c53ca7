package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// kinds are the measurements, in the order of all.
var kinds = []struct {
	name string
	do   func(*bench, context.Context) (*section, error)
}{
	{"start", (*bench).start},
	{"cold", (*bench).cold},
	{"warm", (*bench).warm},
	{"live", (*bench).live},
	{"grow", (*bench).grow},
}

// run reads the command line and measures what it asks for. Options not given
// have what is sensible for the measurement.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	b := &bench{out: out, log: log}
	set := flag.NewFlagSet("bench", flag.ContinueOnError)
	set.SetOutput(log)
	set.IntVar(&b.rounds, "rounds", 0, "rounds of each measurement (default by size: 5 to 1)")
	set.IntVar(&b.edits, "edits", 10, "edits of a kind in live")
	set.IntVar(&b.peerMax, "peer-max", 50_000, "most pieces that Hugo gets")
	sizes := set.String("sizes", "", "numbers of pieces, such as 1000,10000 (default 1000,10000; grow: 1000 to 200000)")
	set.StringVar(&b.doc, "doc", "", "Markdown `file` whose sections are written; charts are put beside it")
	set.StringVar(&b.ours, "gallerist", "", "the `program` (default: built from this module)")
	set.StringVar(&b.hugo, "hugo", "", "the `program`, or no (default: .cache/hugo, installed by go install where it is missing)")
	work := set.String("work", "", "`folder` for the sites (default /dev/shm where there is one, else the system's for temporary files)")
	set.Usage = func() {
		fmt.Fprintln(set.Output(), "usage: go run ./builder/bench [flags] start|cold|warm|live|grow|all ... | record")
		set.PrintDefaults()
	}
	if err := set.Parse(args); err != nil {
		return err
	}
	var err error
	if b.sizes, err = parseSizes(*sizes); err != nil {
		return err
	}
	if set.NArg() == 0 {
		set.Usage()
		return flag.ErrHelp
	}
	if set.NArg() == 1 && set.Arg(0) == "record" {
		b.hugo = "no"
		if err := b.open(ctx, *work); err != nil {
			return err
		}
		defer b.close()
		return b.record(ctx)
	}
	wanted := map[string]bool{}
	for _, arg := range set.Args() {
		known := arg == "all"
		for _, kind := range kinds {
			if arg == kind.name || arg == "all" {
				wanted[kind.name], known = true, true
			}
		}
		if !known {
			return fmt.Errorf("no measurement is called %q", arg)
		}
	}
	if err := b.open(ctx, *work); err != nil {
		return err
	}
	defer b.close()
	for _, kind := range kinds {
		if !wanted[kind.name] {
			continue
		}
		s, err := kind.do(b, ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
		if err := b.report(s); err != nil {
			return err
		}
	}
	return nil
}

// parseSizes reads 1000,10000.
func parseSizes(list string) ([]int, error) {
	var sizes []int
	for word := range strings.SplitSeq(list, ",") {
		if word == "" {
			continue
		}
		n := 0
		if _, err := fmt.Sscanf(word+" ", "%d ", &n); err != nil || n < 10 || n > 1_000_000 {
			return nil, fmt.Errorf("%q is no number of pieces from 10 to 1000000", word)
		}
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	return slices.Compact(sizes), nil
}
