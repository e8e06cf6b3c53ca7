package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// live measures from a save to what a browser can show.
func (b *bench) live(ctx context.Context) (*section, error) {
	b.begin()
	s := &section{name: "live", title: "From a save to the page"}
	for _, n := range b.sizesOr(1000, 10_000) {
		t, err := b.liveSize(ctx, n)
		if err != nil {
			return nil, err
		}
		s.tables = append(s.tables, t)
		s.cover(b, n)
	}
	s.machine = b.where()
	return s, nil
}

// A preview is a server and the site that it shows.
type preview struct {
	program
	site   build
	events bool
}

// previews are the servers of the sites that were built.
func (b *bench) previews(builds []build) []preview {
	list := []preview{{program{"gallerist serve", []string{b.ours, "serve", "--quiet", "--port", "%PORT"}, builds[0].dir, builds[0].env}, builds[0], true}}
	if len(builds) > 1 {
		argv := []string{b.hugo, "server", "--bind", "127.0.0.1", "--port", "%PORT"}
		for _, flags := range [][]string{nil, {"--disableFastRender"}} {
			name := strings.Join(append([]string{"hugo server"}, flags...), " ")
			list = append(list, preview{program{name, slices.Concat(argv, flags), builds[1].dir, builds[1].env}, builds[1], false})
		}
	}
	return list
}

func (b *bench) liveSize(ctx context.Context, n int) (*table, error) {
	c := newCorpus(n)
	builds, err := b.sites(c, false)
	if err != nil {
		return nil, err
	}
	if _, err := b.turns(ctx, builds, 1); err != nil {
		return nil, err
	}
	if _, err := c.check(builds); err != nil {
		return nil, err
	}
	p := c.piece(n / 2)
	places := map[string][]string{} // by program; a server may write over the output
	for _, j := range builds {
		if places[j.name], err = showing(os.DirFS(j.output()), p); err != nil {
			return nil, err
		}
	}
	t := &table{
		title: fmt.Sprintf("%s pieces; milliseconds, medians", thousands(n)),
		head:  []string{"", "edits", "text: page", "greatest", "event", "title: page", "all pages", "greatest", "event", "ready s", "peak MiB"},
	}
	var all []edits
	for _, v := range b.previews(builds) {
		e, err := b.edited(ctx, v, p, places[v.site.name])
		if err != nil {
			return nil, err
		}
		all = append(all, e)
		t.add(append([]string{fmt.Sprintf("%s, %d pages", v.name, e.places)}, e.cells(v.events)...)...)
	}
	for i, v := range b.previews(builds)[1:] {
		t.add(append([]string{v.name + " ÷ ours"}, all[i+1].against(all[0])...)...)
	}
	return t, b.unsites()
}

// showing lists the addresses of the pages that show a piece's title, its own
// first.
func showing(fsys fs.FS, p piece) ([]string, error) {
	own := "/" + p.Gallery + "/" + p.Name + "/"
	list := []string{own}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		address := "/" + strings.TrimSuffix(name, "index.html")
		if address != own && shows(string(text), p.Title) {
			list = append(list, address)
		}
		return nil
	})
	return list, err
}

// shows tells whether a text has a title, and not only one that begins with it:
// titles end in numbers.
func shows(text, title string) bool {
	for {
		_, after, found := strings.Cut(text, title)
		if !found {
			return false
		}
		if after == "" || after[0] < '0' || after[0] > '9' {
			return true
		}
		text = after
	}
}

// edits are what became of the saves of one server.
type edits struct {
	texts, titles         []edit
	textsLost, titlesLost int // those that did not become right
	places                int
	ready                 time.Duration
	process               sample
}

const (
	mayLose    = 2           // so many edits that do not become right end a series
	longEnough = time.Minute // ends it too, after
	atLeast    = 3
)

// edited starts a server and edits a piece: its text, and then its title.
func (b *bench) edited(ctx context.Context, v preview, p piece, places []string) (edits, error) {
	fmt.Fprintf(b.log, "bench: %s\n", v.name)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := serve(ctx, v.program, places[0], p.Title)
	if err != nil {
		return edits{}, err
	}
	defer s.end()
	e := edits{places: len(places), ready: s.ready}
	for _, place := range places { // as somebody who has looked at each
		if _, err := s.get(ctx, place); err != nil {
			return e, fmt.Errorf("%s: %s: %w", v.name, place, err)
		}
	}
	if v.events {
		if err := s.listen(ctx, places[0]); err != nil {
			return e, err
		}
	}
	e.texts, e.textsLost, err = b.series(ctx, s, places[:1], "text", func(token string) error {
		changed := p
		changed.Text += "\nOnce more: " + token + ".\n"
		return v.site.savePiece(changed)
	})
	if err != nil {
		return e, err
	}
	e.titles, e.titlesLost, err = b.series(ctx, s, places, "title", func(token string) error {
		changed := p
		changed.Title = "Renamed " + token
		return v.site.savePiece(changed)
	})
	if err != nil {
		return e, err
	}
	e.process = s.end()
	return e, v.site.savePiece(p)
}

// series makes edits of one kind, each when the server has come to rest. Each
// saves another word, which the places are to say.
func (b *bench) series(ctx context.Context, s *server, places []string, word string, saves func(token string) error) (list []edit, lost int, err error) {
	begun := time.Now()
	for k := 0; k < b.edits && lost < mayLose && (k < atLeast || time.Since(begun) < longEnough); k++ {
		if err := s.rest(ctx); err != nil {
			return nil, 0, err
		}
		token := fmt.Sprintf("%s%dx", word, k)
		e, err := s.edit(ctx, func() error { return saves(token) }, places, token)
		switch {
		case errors.Is(err, errNever):
			fmt.Fprintln(b.log, "bench:", err)
			lost++
		case err != nil:
			return nil, 0, err
		default:
			list = append(list, e)
		}
	}
	return list, lost, nil
}

func pages(list []edit) []float64  { return of(list, func(e edit) time.Duration { return e.page }) }
func alls(list []edit) []float64   { return of(list, func(e edit) time.Duration { return e.all }) }
func reload(list []edit) []float64 { return of(list, func(e edit) time.Duration { return e.event }) }

// seen is when both the pages and the event were there.
func seen(list []edit) []float64 {
	return of(list, func(e edit) time.Duration { return max(e.all, e.event) })
}

func of(list []edit, what func(edit) time.Duration) []float64 {
	times := make([]time.Duration, len(list))
	for i, e := range list {
		times[i] = what(e)
	}
	return milliseconds(times)
}

// cells are the figures of a server's row.
func (e edits) cells(events bool) []string {
	event := func(list []edit) string {
		if !events {
			return ""
		}
		return never(reload(list), 0)
	}
	return []string{
		fmt.Sprintf("%d + %d", len(e.texts)+e.textsLost, len(e.titles)+e.titlesLost),
		never(pages(e.texts), e.textsLost), greatest(alls(e.texts)), event(e.texts),
		never(pages(e.titles), e.titlesLost), never(alls(e.titles), e.titlesLost), greatest(alls(e.titles)), event(e.titles),
		figure(e.ready.Seconds()), mebibytes(float64(e.process.peak)),
	}
}

// against is how many times as long a peer takes: its pages against our pages
// and event.
func (e edits) against(ours edits) []string {
	by := func(theirs, ours []float64) string {
		if len(theirs) == 0 || len(ours) == 0 {
			return ""
		}
		return figure(median(theirs) / median(ours))
	}
	return []string{
		"", by(pages(e.texts), seen(ours.texts)), "", "", by(pages(e.titles), pages(ours.titles)), by(alls(e.titles), seen(ours.titles)), "", "",
		figure(e.ready.Seconds() / ours.ready.Seconds()), figure(float64(e.process.peak) / float64(max(ours.process.peak, 1))),
	}
}

// never writes a median, and how many edits got lost.
func never(list []float64, lost int) string {
	switch {
	case len(list) == 0:
		return "never"
	case lost > 0:
		return fmt.Sprintf("%s, %d never", figure(median(list)), lost)
	}
	return figure(median(list))
}

func greatest(list []float64) string {
	if len(list) == 0 {
		return ""
	}
	return figure(slices.Max(list))
}
