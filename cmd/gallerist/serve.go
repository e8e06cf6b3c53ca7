package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/live"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

func newServe(f *flags) *cobra.Command {
	var open bool
	var addr string
	cmd := &cobra.Command{
		Use:     "serve",
		Aliases: []string{"server"},
		Short:   "Show the site on this machine and rebuild it while you edit",
		Long: `Serve builds the site in memory and shows it on this machine only. It watches
the site's folder: after each change the page in the browser is reloaded where
it changed, and what is wrong is shown over it.`,
		Example: `  gallerist serve --open
  gallerist serve --drafts`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.serve(cmd.Context(), addr, open) },
	}
	f.add(cmd, "source", "now", "theme", "drafts", "quiet")
	cmd.Flags().BoolVar(&open, "open", false, "open the site in the browser")
	cmd.Flags().StringVar(&addr, "addr", "", "`host:port` of this machine to listen on (default 127.0.0.1:1313, or the next free port)")
	return cmd
}

func (f *flags) serve(ctx context.Context, addr string, open bool) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	if s.opt.Secret, _, err = s.secret(true); err != nil {
		return err
	}
	s.opt.BaseURL = "http://localhost/"
	folder, err := filepath.Abs(f.source)
	if err != nil {
		return &hinted{exitIO, err, ""}
	}
	var shown atomic.Pointer[builder.Result]
	err = live.Serve(ctx, live.Options{
		Addr:  addr,
		Watch: []string{f.source},
		Ignore: func(path string) bool {
			switch below, _ := filepath.Rel(folder, path); below {
			case "public", "private", ".gallerist", ".git":
				return true
			}
			return false
		},
		Build: func(ctx context.Context, _ live.Change) (*publish.Set, problem.List, error) {
			if f.now == "" {
				s.opt.Now, _ = parseNow("") // a preview left open over midnight
			}
			bar := f.newBar()
			s.opt.Progress = bar.update
			r, probs, err := builder.Preview(ctx, s.root.FS(), s.opt)
			bar.done()
			if err != nil {
				return nil, probs, err
			}
			shown.Store(r)
			return r.Set, probs, nil
		},
		Later: func() problem.List {
			if r := shown.Load(); r != nil {
				return r.Rendered()
			}
			return nil
		},
		OnReady: func(url string) {
			fmt.Fprintf(f.out, "the site is at %s (stop with Ctrl+C)\n", url)
			if open {
				openBrowser(url)
			}
		},
		OnBuild: f.printBuild,
		OnLater: f.printProblems,
	})
	if err != nil && ctx.Err() == nil {
		return &hinted{exitIO, err, ""}
	}
	return nil
}

// openBrowser asks the desktop to show url; where it cannot, the address on
// the screen does.
func openBrowser(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	_ = exec.Command(name, args...).Start()
}

// printBuild tells what a rebuild came to.
func (f *flags) printBuild(r live.Report) {
	f.printProblems(r.Problems)
	switch errors, warnings := r.Problems.Count(problem.Error), r.Problems.Count(problem.Warning); {
	case r.Err != nil:
		fmt.Fprintln(f.log, "gallerist:", r.Err)
	case f.quiet:
	case errors > 0 && warnings > 0:
		fmt.Fprintf(f.log, "built %s, with %s and %s\n", count(r.Files, "file"), count(errors, "error"), count(warnings, "warning"))
	case errors > 0:
		fmt.Fprintf(f.log, "built %s, with %s\n", count(r.Files, "file"), count(errors, "error"))
	case warnings > 0:
		fmt.Fprintf(f.log, "built %s, with %s\n", count(r.Files, "file"), count(warnings, "warning"))
	default:
		fmt.Fprintf(f.log, "built %s\n", count(r.Files, "file"))
	}
}
