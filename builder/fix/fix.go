// Package fix mends in a site's folder what can be mended without asking: the
// way texts are encoded, how lines end, contact data where they do not belong,
// and submissions without an id. What the site says stays the same.
//
// Texts become composed (NFC), the lines of a file end all as most of them do,
// and marks that nobody sees (U+FEFF within a text) go: that is how texts are read
// anyway. Keys with contact data move from front matter into
// private/contacts.csv, into the line of their submission. What is not certain
// is told and left: values that differ from those of the submission's line, data of
// files that are no submission's. Two submissions with one id stay as they are, for
// feeds may know either by it; check names them.
//
// New only reads. Whoever carries a plan out writes its changes in their order,
// each only where the file is still as it was read.
package fix

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// Options says what is mended and how.
type Options struct {
	NewID func(file string) string // returns an id for a submission.md; asked again where another has it
	Only  func(file string) bool   // the files that may be changed; nil = all
}

// Change is a file as it is and as it should be.
type Change struct {
	File          string
	Before, After []byte // Before is nil where there is no file yet
	Private       bool   // nobody but the owner may read it
	Done          []Done
}

// Done says what was done to a file: in a word, and in words. It holds no private
// value.
type Done struct {
	What string `json:"what"`
	How  string `json:"how"`
}

// Moved is what is done to a file from which contact data go into another.
const Moved = "private"

// Plan is what would be changed, and what was found and is left.
type Plan struct {
	Changes  []Change
	Problems problem.List
	Moved    bool // contact data are taken out of files
}

// maxFile is how large a file is at most that is looked at, in bytes.
const maxFile = 1 << 20

// document is a Markdown file of content.
type document struct {
	Change
	text []byte      // as it should be, so far
	head head        // of its front matter, nil where it has none that can be read
	id   string      // of the submission it belongs to, "" for none
	of   *document   // the submission that it translates
	pos  problem.Pos // of the file
}

type head = map[string]any

// planner is one planning.
type planner struct {
	fsys fs.FS
	opt  Options
	ctx  context.Context
	docs []*document
	ids  map[string]int // how many submissions have an id
	plan Plan
}

// New returns what is to be mended in the site whose folder is the root of fsys.
// An error means that the disk failed or that ctx ended.
func New(ctx context.Context, fsys fs.FS, opt Options) (*Plan, error) {
	p := &planner{fsys: fsys, opt: opt, ctx: ctx, ids: map[string]int{}}
	if err := p.read(); err != nil {
		return nil, err
	}
	for _, d := range p.docs {
		p.identify(d)
	}
	if err := p.contacts(); err != nil {
		return nil, err
	}
	for _, d := range p.docs {
		if !bytes.Equal(d.text, d.Before) {
			d.After = d.text
			p.plan.Changes = append(p.plan.Changes, d.Change)
		}
	}
	p.plan.Problems = p.plan.Problems.Sorted()
	return &p.plan, nil
}

// read reads the settings and all Markdown of content.
func (p *planner) read() error {
	if err := p.file("site.toml"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := fs.WalkDir(p.fsys, "content", func(name string, d fs.DirEntry, err error) error {
		switch {
		case p.ctx.Err() != nil:
			return p.ctx.Err()
		case errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist):
			return nil // check tells it
		case err != nil:
			return err
		case strings.HasPrefix(d.Name(), ".") && d.IsDir():
			return fs.SkipDir
		case !d.Type().IsRegular(), strings.HasPrefix(d.Name(), "."), !strings.EqualFold(path.Ext(name), ".md"), strings.EqualFold(d.Name(), "README.md"):
			return nil
		}
		return p.file(name)
	})
	if err != nil {
		return err
	}
	p.belong()
	return nil
}

// file reads a file and mends how its text is encoded.
func (p *planner) file(name string) error {
	if info, err := fs.Lstat(p.fsys, name); err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil // check tells it
	}
	src, err := fs.ReadFile(p.fsys, name)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !utf8.Valid(src) {
		return nil
	}
	d := &document{Change: Change{File: name, Before: src}, text: src, pos: problem.Pos{File: name}}
	d.encode()
	if !p.may(name) {
		d.text, d.Done = src, nil
	}
	if name != "site.toml" {
		var probs problem.List
		t, _, _ := strict.FrontMatter(name, d.text, &probs)
		if probs.Count(problem.Error) == 0 {
			d.head = t.Exact()
			t.Free()
		}
	}
	p.docs = append(p.docs, d)
	return nil
}

func (p *planner) may(file string) bool { return p.opt.Only == nil || p.opt.Only(file) }

// belong finds the submissions, and the translations of each.
func (p *planner) belong() {
	in := map[string]*document{}
	for _, d := range p.docs {
		if path.Base(d.File) == "submission.md" && d.head != nil {
			in[path.Dir(d.File)] = d
			if s, ok := d.head["id"].(string); ok {
				d.id = strings.TrimSpace(s)
			}
			if d.id != "" {
				p.ids[d.id]++
			}
		}
	}
	for _, d := range p.docs {
		name := strings.ToLower(path.Base(d.File))
		if of := in[path.Dir(d.File)]; of != nil && of != d && strings.HasPrefix(name, "submission.") {
			d.of = of
		}
	}
}

// identify gives a submission an id that has none.
func (p *planner) identify(d *document) {
	if path.Base(d.File) != "submission.md" || d.head == nil || d.id != "" || !p.may(d.File) {
		return
	}
	if v, ok := d.head["id"]; ok && v != "" && v != nil {
		return // of another type, or blanks: check tells it
	}
	id := p.opt.NewID(d.File)
	for p.ids[id] > 0 {
		id = p.opt.NewID(d.File)
	}
	if p.amend(d, set("id", id)) {
		d.id = id
		p.ids[id]++
		d.did("id", "gave it "+id)
	}
}

func (d *document) did(what, how string) { d.Done = append(d.Done, Done{what, how}) }

// owner returns the id of the submission that a file belongs to, "" where it is
// none's or more than one's.
func (p *planner) owner(d *document) string {
	if d.of != nil {
		d = d.of
	}
	if d.id == "" || p.ids[d.id] != 1 || !source.IsID(d.id) {
		return ""
	}
	return d.id
}

func sortedKeys(t head) []string {
	keys := make([]string, 0, len(t))
	for key := range t {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
