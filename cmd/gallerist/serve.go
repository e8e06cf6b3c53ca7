package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/live"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
	"gallerist/builder/source"
)

// serving is what serve alone is told.
type serving struct {
	bind string
	port uint16
	poll time.Duration
	open bool

	styleguide bool // shows the theme piece by piece
}

// pollMin keeps the disk from being looked at all the time.
const pollMin = 100 * time.Millisecond

func newServe(f *flags) *cobra.Command {
	var how serving
	cmd := &cobra.Command{
		Use:     "serve",
		Aliases: []string{"server"},
		Short:   "Show the site on this machine and rebuild it while you edit",
		Long: `Serve builds the site in memory and shows it on this machine only. It watches
the site's folder: after each change the pages in the browser that have changed
show it at once, and what is wrong is shown over them and told here, once.

With --bind others in your network can see the site too, for example on a
phone: everything, drafts as well if you show them.

With --styleguide a page at /_styleguide/ shows all that the theme's pages are
made of, in every state: its colours with their contrasts, its type in three
scripts, cards of every kind with short, long and withheld names, lists of no
piece up to many, calls, ways through pages. It follows your edits of the theme
like any page, and is never built into the site.`,
		Example: `  gallerist serve --open
  gallerist serve --drafts
  gallerist serve --bind 0.0.0.0 --port 8080
  gallerist serve --styleguide --open --theme broadsheet`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.serve(cmd.Context(), how) },
	}
	f.add(cmd, "source", "now", "theme", "drafts", "quiet")
	cmd.Flags().BoolVar(&how.open, "open", false, "open the site in the browser")
	cmd.Flags().BoolVar(&how.styleguide, "styleguide", false, "show the theme piece by piece at /_styleguide/ too")
	cmd.Flags().Uint16VarP(&how.port, "port", "p", 1313, "`number` of the port, or of the next free one if it is taken; 0 = any")
	cmd.Flags().StringVar(&how.bind, "bind", "127.0.0.1", "`address` to listen on: 0.0.0.0 lets everybody in your network see the site")
	cmd.Flags().DurationVar(&how.poll, "poll", 0, "look at all files that often, such as 2s, where changes on a network drive are not noticed")
	return cmd
}

// public says whether others can reach the address to listen on.
func (how serving) public() bool {
	ip, err := netip.ParseAddr(how.bind)
	return how.bind != "" && !strings.EqualFold(how.bind, "localhost") && (err != nil || !ip.IsLoopback())
}

func (f *flags) serve(ctx context.Context, how serving) error {
	if how.poll != 0 && how.poll < pollMin {
		return &hinted{exitUsage, fmt.Errorf("--poll %s is too often", how.poll), "choose 1s or more; without --poll changes are noticed at once on most disks"}
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	if s.opt.Secret, _, err = s.secret(true); err != nil {
		return err
	}
	s.opt.BaseURL, s.opt.Styleguide = "http://localhost/", how.styleguide
	folder, err := filepath.Abs(f.source)
	if err != nil {
		return &hinted{exitIO, err, ""}
	}
	s.read = source.NewMemory(time.Now)
	s.opt.Memory = &builder.Memory{Source: s.read}
	told := &journal{f: f, folder: folder, clock: time.Now}
	var shown atomic.Pointer[builder.Result]
	err = live.Serve(ctx, live.Options{
		Addr:   net.JoinHostPort(how.bind, strconv.Itoa(int(how.port))),
		Public: how.public(),
		Poll:   how.poll,
		Watch:  []string{f.source},
		Ignore: func(path string) bool {
			switch below, _ := filepath.Rel(folder, path); below {
			case "public", "private", ".gallerist", ".git":
				return true
			}
			return false
		},
		Build: func(ctx context.Context, c live.Change) (*publish.Set, problem.List, error) {
			s.look(folder, c)
			if f.now == "" {
				s.opt.Now, _ = parseNow("") // a preview left open over midnight
			}
			r, probs, err := builder.Preview(ctx, s.root.FS(), s.opt)
			if errors.Is(err, builder.ErrSettings) {
				return nil, probs, nil // the last good site stays, with the problems over it
			}
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
		Source: s.lines,
		OnReady: func(urls []string) {
			told.ready(urls, how)
			if how.open {
				openBrowser(how.first(urls[0]))
			}
		},
		OnBuild: told.built,
		OnPoll:  told.note,
		OnLater: told.later,
	})
	told.end()
	if err == nil || ctx.Err() != nil {
		return nil
	}
	var refused *live.Error
	if !errors.As(err, &refused) {
		return &hinted{exitIO, err, ""}
	}
	code := exitIO
	if refused.Err == nil { // it is the address itself
		code = exitUsage
	}
	return &hinted{code, err, refused.Hint}
}

// first returns the address to look at first.
func (how serving) first(url string) string {
	if how.styleguide {
		return url + "_styleguide/"
	}
	return url
}

// lines reads a file whose lines are shown with a problem. Nothing private is.
func (s *site) lines(file string) ([]byte, error) {
	if top, _, _ := strings.Cut(file, "/"); top == "private" || !fs.ValidPath(file) {
		return nil, fs.ErrPermission
	}
	info, err := s.root.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > 1<<20 {
		return nil, fs.ErrInvalid
	}
	return s.root.ReadFile(file)
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
