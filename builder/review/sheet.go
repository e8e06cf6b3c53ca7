package review

import (
	"io/fs"
	"net/http"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// How many tiles a sheet has: of the state that is looked at, and of each of the
// others, which lead to their own sheets.
const (
	sheetSize = 60
	sideSize  = 6
)

// sheetView is the contact sheet.
type sheetView struct {
	Columns   []column
	Now       column // the one that is looked at
	Filter    filter
	Choices   choices
	Galleries []galleryName
	Decided   int
	All       int
	Gone      int
	Broken    []brokenView
	Compared  int
	Compare   int
	Bulk      string // where ticked ones are decided on
	Clear     string // the sheet without filters
	Empty     string
}

// column is one state.
type column struct {
	State   State
	Label   string
	Count   int
	Tiles   []tile
	Href    string
	Now     bool
	More    string // the next tiles
	Before  string // the tiles before
	From    int
	To      int
	Explain string
}

// tile is a piece on the sheet.
type tile struct {
	Key, Base string
	Href      string
	Title     string
	Lang      string
	By        string
	Picture   string
	Color     string
	Words     string // where there is no picture
	Kind      string
	Count     int
	Missing   []string
	Twins     bool
}

// brokenView is a submission that cannot be read.
type brokenView struct {
	File, Text, Hint string
}

// sheet answers with the contact sheet.
func (s *Server) sheet(w http.ResponseWriter, r *http.Request) error {
	if err := s.board.refresh(r.Context()); err != nil {
		return err
	}
	f := parseFilter(r.URL.Query())
	columns := s.board.columns(f)
	v := sheetView{Filter: f, Choices: s.board.choices(f), Galleries: s.board.titles, Gone: s.board.gone, Bulk: f.href("/bulk"), Clear: filter{Gallery: f.Gallery}.at(f.State).href("/")}
	v.Decided, v.All = s.board.progress(f)
	v.Compared, v.Compare = s.alike.progress()
	for _, state := range states {
		if state == Later && len(columns[Later]) == 0 && f.State != Later {
			continue
		}
		c := s.column(f, state, columns[state])
		if c.Now {
			v.Now = c
		}
		v.Columns = append(v.Columns, c)
	}
	for _, b := range s.board.broken {
		v.Broken = append(v.Broken, s.brokenOf(b))
	}
	switch {
	case v.Now.Count > 0:
	case f.narrowed():
		v.Empty = say("empty.filter")
	case f.State == Waiting && v.All > 0:
		v.Empty = say("empty.done")
	default:
		v.Empty = say("empty." + string(f.State))
	}
	fr := s.frame(say("sheet.title"), f, f.href("/"))
	fr.Body = v
	s.show(w, http.StatusOK, "sheet", fr)
	return nil
}

// column returns one state with a page of its tiles.
func (s *Server) column(f filter, state State, list []*entry) column {
	own := f.at(state)
	c := column{State: state, Label: say("state." + string(state)), Count: len(list), Href: own.href("/"), Now: state == f.State, Explain: say("explain." + string(state))}
	from, size := 0, sideSize
	if c.Now {
		size = sheetSize
		from = min((f.Page-1)*sheetSize, max(0, (len(list)-1)/sheetSize*sheetSize))
		if from > 0 {
			own.Page = from / sheetSize
			c.Before = own.href("/")
		}
		if from+size < len(list) {
			own.Page = from/sheetSize + 2
			c.More = own.href("/")
		}
	}
	to := min(len(list), from+size)
	c.From, c.To = from+1, to
	for _, e := range list[from:to] {
		c.Tiles = append(c.Tiles, s.tile(f.at(state), e, c.Now))
	}
	return c
}

// tile returns a piece as the sheet shows it. Only one that can be ticked needs
// the content of its file.
func (s *Server) tile(f filter, e *entry, ticked bool) tile {
	t := tile{
		Key: e.key, Href: f.href("/piece/" + e.key), Title: nameOf(e.sub), Lang: e.lang(), By: byline(e.sub),
		Kind: say("kind." + string(e.kind)), Count: len(e.sub.Media), Twins: len(s.alike.twins(e.key)) > 0,
	}
	if ticked {
		if src, err := fs.ReadFile(s.opt.FS, e.sub.File); err == nil {
			t.Base = version(src)
		}
	}
	if len(e.sub.Media) > 0 {
		t.Picture, t.Color = pictureAddress(e, 0, "shown"), s.alike.colour(e.sub.Media[0])
	}
	if t.Picture == "" {
		t.Words = shorten(e.sub.Text.Caption+" "+e.sub.Text.Body, 140)
	}
	if e.noAlt {
		t.Missing = append(t.Missing, say("flag.alt"))
	}
	if e.noGrant {
		t.Missing = append(t.Missing, say("flag.grant"))
	}
	return t
}

// lang is the language of a piece's words, "" where nobody says.
func (e *entry) lang() string {
	if e.sub.Lang != "" {
		return e.sub.Lang
	}
	return e.gallery.Lang
}

func (s *Server) brokenOf(b *gallery.Submission) brokenView {
	v := brokenView{File: b.File, Text: say("broken.unknown")}
	for _, p := range s.board.probs["content/"+b.Dir] {
		if p.Level == problem.Error {
			v.Text, v.Hint = p.Text, p.Hint
			break
		}
	}
	return v
}

// progress counts what is decided of all that a gallery's filter holds.
func (b *board) progress(f filter) (decided, all int) {
	f = filter{Gallery: f.Gallery}
	for _, e := range b.entries {
		if !f.holds(e) {
			continue
		}
		all++
		if s := b.state(e); s != Waiting && s != Later {
			decided++
		}
	}
	return decided, all
}
