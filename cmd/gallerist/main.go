// Command gallerist makes a site of galleries from a folder of reviewed
// submissions. Run "gallerist help" for its commands; the package builder
// explains how it works.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes, told in the help and kept.
const (
	exitGood     = 0
	exitProblems = 1 // something in the content is wrong; the rest was built
	exitUsage    = 2
	exitIO       = 3 // disk or network
	exitPublish  = 4
	exitStopped  = 130
)

// exit is an error that has been told already and only carries the code.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// hinted is an error with what to do about it.
type hinted struct {
	code int
	err  error
	hint string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

func main() {
	sparingly()
	os.Exit(Main())
}

// Main runs the command line and returns the exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot(os.Stdout, os.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitGood
	}
	var code exit
	if errors.As(err, &code) {
		return int(code)
	}
	if ctx.Err() != nil {
		fmt.Fprintln(os.Stderr, "stopped; nothing was published")
		return exitStopped
	}
	return tell(os.Stderr, err)
}

// tell prints an error with its hint and returns its exit code.
func tell(w io.Writer, err error) int {
	fmt.Fprintln(w, "gallerist:", err)
	var h *hinted
	if errors.As(err, &h) {
		if h.hint != "" {
			fmt.Fprintln(w, "  hint:", h.hint)
		}
		return h.code
	}
	return exitUsage
}

// newRoot lists the commands: one file each.
func newRoot(out, log io.Writer) *cobra.Command {
	common := &flags{out: out, log: log}
	root := &cobra.Command{
		Use:   "gallerist",
		Short: "Galleries that a brand makes together with its audience",
		Long: `Gallerist turns a folder of reviewed submissions into a site: galleries,
a page for every piece, credit lines, contributors, thanks for everybody who
took part, and feeds.

Exit codes: 0 good, 1 problems in the content (the rest was built), 2 wrong
usage, 3 disk or network, 4 publishing, 130 stopped.`,
		Example: `  gallerist new site our-gallery
  gallerist serve -s our-gallery --open
  gallerist build -s our-gallery -o public`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetOut(out)
	root.SetErr(log)
	root.AddCommand(
		newBuild(common),
		newServe(common),
		newReview(common),
		newCheck(common),
		newContactSheet(common),
		newClean(common),
		newNew(common),
		newImport(common),
		newDraw(common),
		newRights(common),
		newExport(common),
		newWithdraw(common),
		newThank(common),
		newTheme(common),
		newSchema(common),
		newVersion(common),
	)
	return root
}
