package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/live"
	"gallerist/builder/problem"
	"gallerist/builder/review"
	"gallerist/builder/source"
)

// reviewing is what review alone is told.
type reviewing struct {
	serving
	by string
}

func newReview(f *flags) *cobra.Command {
	var how reviewing
	cmd := &cobra.Command{
		Use:   "review [GALLERY]",
		Short: "Look through what was sent and decide, in the browser",
		Long: `Review opens a page on this machine: a contact sheet of what was sent, by where it
stands, and a large view of each piece with its pictures and films, its story, the
credit line it will have, what keeps it from the site and what to do about that,
and the pictures that look like it.

There you approve, feature, decline or put off, each by a key or a button; write
alt text, captions, tags, awards and what you changed; say by a click what must
stay in every shape, and crop by a drag; put the pictures in order; and take back
what you did. Many can be chosen and decided at once. Everything goes by the
keyboard too: press ? there.

What you decide is written into the piece's submission.md at once, and nothing but
that: its comments, its order and the words of others stay. Where somebody has
changed the file meanwhile, you are shown both and choose. "Later" is not written:
the piece comes again at the end.

GALLERY is a folder below content/; without it all galleries are on the sheet.
With --by your name is written beside each decision. The address that is printed
holds a key: who has it can decide. With --bind a tablet in your network can open
it too; what is sent is then not encrypted, so use a network you trust.`,
		Example: `  gallerist review --open
  gallerist review morning --by Vera
  gallerist review --bind 0.0.0.0 --port 8080`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			only := ""
			if len(args) > 0 {
				only = galleryName(args[0])
			}
			return f.review(cmd.Context(), only, how)
		},
	}
	f.add(cmd, "source", "now", "quiet")
	cmd.Flags().BoolVar(&how.open, "open", false, "open the page in the browser")
	cmd.Flags().Uint16VarP(&how.port, "port", "p", 1314, "`number` of the port, or of the next free one if it is taken; 0 = any")
	cmd.Flags().StringVar(&how.bind, "bind", "127.0.0.1", "`address` to listen on: 0.0.0.0 lets a tablet in your network open the page")
	cmd.Flags().StringVar(&how.by, "by", "", "`name` to be written beside each decision")
	return cmd
}

func (f *flags) review(ctx context.Context, only string, how reviewing) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	s.opt.Memory = &builder.Memory{Source: source.NewMemory(time.Now)}
	desk, probs, err := builder.OpenDesk(s.root.FS(), s.opt)
	f.printProblems(probs)
	if err != nil {
		return f.unbuilt(nil, err)
	}
	clock := time.Now
	if f.now != "" {
		start := time.Now()
		clock = func() time.Time { return s.opt.Now.Add(time.Since(start)) } // it goes: what others change is looked for every so often
	}
	door, err := live.OpenDoor(net.JoinHostPort(how.bind, strconv.Itoa(int(how.port))), how.public())
	if err != nil {
		return notOpened(err)
	}
	defer door.Close()
	page, err := review.NewServer(ctx, review.Options{
		Desk: desk, FS: s.root.FS(), Write: s.rewrite, Only: only, By: how.by, Hosts: door.Hosts, Clock: clock,
	})
	if err != nil {
		return &hinted{exitIO, err, ""}
	}
	if err := knownTo(page, only); err != nil {
		return err
	}
	decided, all := page.Counts()
	f.tellReview(door, page, how, decided, all)
	if how.open {
		openBrowser(door.URLs[0] + page.Address())
	}
	err = serveReview(ctx, door, page)
	if !f.quiet {
		now, _ := page.Counts()
		fmt.Fprintf(f.out, "\n%s written, %d of %d decided\n", count(page.Written(), "change"), now, all)
		if page.Written() > 0 {
			fmt.Fprintf(f.out, "look at the site with\n  %s serve --open%s\n", program(), f.sourceFlag())
		}
	}
	return err
}

// notOpened is the error for an address that cannot be used.
func notOpened(err error) error {
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

// knownTo refuses a gallery that is not there.
func knownTo(page *review.Server, only string) error {
	all := page.Galleries()
	if len(all) > 0 || only == "" {
		return nil
	}
	return &hinted{exitUsage, fmt.Errorf("there is no gallery %q", only), `name a folder below content/ that holds gallery.md or series.md, or leave it out for all`}
}

func (f *flags) tellReview(door *live.Door, page *review.Server, how reviewing, decided, all int) {
	if how.port != 0 && !slices.ContainsFunc(door.Hosts, func(h string) bool { return strings.HasSuffix(h, ":"+strconv.Itoa(int(how.port))) }) {
		fmt.Fprintf(f.log, "port %d is taken, so another one is used\n", how.port)
	}
	switch {
	case f.quiet:
	case all == 0:
		fmt.Fprintln(f.out, "nothing was sent yet, so there is nothing to review; the page shows what comes")
	case decided == all:
		fmt.Fprintf(f.out, "nothing waits for review: %s decided\n", allPieces(all))
	default:
		fmt.Fprintf(f.out, "%s for review, %d of %d decided\n", waits(all-decided), decided, all)
	}
	fmt.Fprintf(f.out, "the page is at %s (stop with Ctrl+C)\n", door.URLs[0]+page.Address())
	for _, other := range door.URLs[1:] {
		fmt.Fprintf(f.out, "and for others in your network at %s\n", other+page.Address())
	}
	if how.public() {
		fmt.Fprintln(f.log, "whoever has this address can decide, and what is sent is not encrypted: use a network you trust")
	}
}

func allPieces(n int) string {
	if n == 1 {
		return "the one piece is"
	}
	return fmt.Sprintf("all %d pieces are", n)
}

func waits(n int) string {
	if n == 1 {
		return "1 piece waits"
	}
	return fmt.Sprintf("%d pieces wait", n)
}

// rewrite replaces a file of the site whole, with the mode it has. Only a regular
// file is replaced.
func (s *site) rewrite(name string, data []byte) error {
	name = filepath.FromSlash(name)
	info, err := s.root.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("it is not a regular file")}
	}
	return replaceFile(s.root.Root, name, data, info.Mode().Perm())
}

// serveReview answers until ctx ends, which is no error.
func serveReview(ctx context.Context, door *live.Door, page *review.Server) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	server := &http.Server{Handler: page, BaseContext: func(net.Listener) context.Context { return ctx }, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
			stop(err)
		}
	}()
	compared := make(chan struct{})
	go func() {
		defer close(compared)
		if err := page.CompareAll(ctx); err != nil && ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "gallerist: pictures cannot be compared:", problem.Visible(err.Error()))
		}
	}()
	<-ctx.Done()
	err := context.Cause(ctx)
	end, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if server.Shutdown(end) != nil {
		server.Close()
	}
	<-compared
	if errors.Is(err, ctx.Err()) {
		return nil
	}
	return &hinted{exitIO, err, ""}
}
