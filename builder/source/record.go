package source

import (
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// A folder's record is all that is remembered of it, as bytes. Its own texts
// are parts of the record, so that no file stays in memory for a few words of
// it, and a memory is saved by writing the records as they are.

// pack makes the record of a folder that has just been read and is nobody
// else's yet, and lets its texts be those of the record.
func (f *folder) pack(zone *time.Location) {
	if !f.savable() {
		return
	}
	f.record = f.encode()
	c := readerOf(f.record, zone)
	c.folder(f)
	if c.free() != nil {
		panic("source: a record that cannot be read") // a test packs every field there is
	}
}

// savable says whether a folder may stand in a file: without a private value,
// and to be taken as it was.
func (f *folder) savable() bool { return f.asItWas() && (f.others == nil || len(f.private) == 0) }

// encode returns a folder's record: of one that is not savable, its names only.
func (f *folder) encode() string {
	c := writer()
	defer c.free()
	c.folder(f)
	return string(c.buf)
}

// decode reads a folder's record.
func decode(record string, zone *time.Location) (*folder, error) {
	f := &folder{record: record}
	c := readerOf(record, zone)
	c.folder(f)
	return f, c.free()
}

func (c *coder) folder(f *folder) {
	file := f.path // the longest name of the folder
	if f.piece != nil && strings.HasPrefix(f.piece.File, f.path) {
		file = f.piece.File
	}
	c.name(&file)
	c.part(&f.path, file)
	c.part(&f.dir, f.path)
	list(c, &f.dirs, (*coder).dir)
	known := !c.reading && f.savable()
	if c.bool(&known); !known {
		f.fleeting = f.fleeting || c.reading
		return
	}
	c.scope(&f.in)
	c.scope(&f.out)
	list(c, (*[]problem.Problem)(&f.probs), (*coder).problem)
	pointer(c, &f.others, (*coder).others)
	pointer(c, &f.piece, (*coder).submission)
	c.bool(&f.broken)
	number(c, &f.own.Changed)
	number(c, &f.own.Inode)
	list(c, &f.stamps, func(c *coder, s *stamp) { c.stamp(s, file) })
	c.time(&f.now)
	c.time(&f.latest)
}

// others has nothing private.
func (c *coder) others(o *others) {
	pointer(c, &o.series, (*coder).series)
	pointer(c, &o.gallery, (*coder).gallery)
	list(c, &o.articles, func(c *coder, a **gallery.Article) { pointer(c, a, (*coder).article) })
	list(c, &o.refs, (*coder).reference)
}

func (c *coder) dir(d *file) {
	c.text(&d.name)
	c.part(&d.key, d.name)
}

func (c *coder) scope(s *scope) {
	number(c, &s.depth)
	c.bool(&s.gallery)
	c.bool(&s.piece)
	c.text(&s.lang)
}

func (c *coder) stamp(s *stamp, file string) {
	c.part(&s.Name, file)
	number(c, &s.Kind)
	number(c, &s.Size)
	number(c, &s.Mtime)
	number(c, &s.Ctime)
	number(c, &s.Inode)
}

func (c *coder) reference(r *reference) {
	c.text(&r.id)
	c.pos(&r.pos)
	c.text(&r.key)
}

func (c *coder) pos(p *problem.Pos) {
	c.name(&p.File)
	number(c, &p.Line)
	number(c, &p.Col)
}

func (c *coder) problem(p *problem.Problem) {
	c.pos(&p.Pos)
	number(c, &p.Level)
	c.text(&p.Text)
	c.text(&p.Hint)
}

func (c *coder) texts(p *[]string) { list(c, p, (*coder).text) }

func (c *coder) series(s *gallery.Series) {
	c.text(&s.Dir)
	c.pos(&s.Pos)
	c.text(&s.Slug)
	c.text(&s.Lang)
	c.text(&s.Every)
	c.time(&s.Next)
	c.text(&s.Hashtag)
	c.galleryText(&s.Text)
	byText(c, &s.In, (*coder).galleryText)
}

func (c *coder) galleryText(t *gallery.Text) {
	plain(c, t)
}

// gallery leaves out what is filled in afterwards: its series, its submissions.
func (c *coder) gallery(g *gallery.Gallery) {
	c.text(&g.Dir)
	c.pos(&g.Pos)
	c.text(&g.Slug)
	textOf(c, &g.Kind)
	c.text(&g.Lang)
	c.galleryText(&g.Text)
	byText(c, &g.In, (*coder).galleryText)
	c.text(&g.Cover)
	plain(c, &g.Call)
	plain(c, &g.Watermark)
	plain(c, &g.Edition)
	plain(c, &g.Live)
	plain(c, &g.Contest)
	plain(c, &g.Collaboration)
}

func (c *coder) article(a *gallery.Article) {
	c.text(&a.File)
	c.pos(&a.Pos)
	c.text(&a.Slug)
	c.text(&a.Lang)
	number(c, &a.Menu)
	pointer(c, &a.Terms, (*coder).terms)
	c.articleText(&a.Text)
	byText(c, &a.In, (*coder).articleText)
}

func (c *coder) terms(t *gallery.Terms) {
	c.pos(&t.Pos)
	c.text(&t.Version)
	c.time(&t.Since)
	c.text(&t.Hash)
}

func (c *coder) articleText(t *gallery.ArticleText) {
	c.text(&t.Title)
	c.text(&t.Summary)
	c.text(&t.Body)
	c.pos(&t.BodyAt)
}
