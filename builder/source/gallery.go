package source

import (
	"cmp"
	"path"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// reference is an id that a gallery names.
type reference struct {
	id  string
	pos problem.Pos
	key string
}

// gallery reads gallery.md and its translations.
func (r *reader) gallery(f *folder, files []file, sc *scope) error {
	if !f.original(files, "gallery") {
		return nil
	}
	d, _, err := r.document(f, files[0].name, maxBody)
	if err != nil || d.head == nil {
		return err
	}
	t := d.head
	g := &gallery.Gallery{
		Dir: f.dir, Pos: problem.Pos{File: d.file},
		Slug: slug(t), Lang: r.lang(t), Cover: t.Line("cover"),
		Kind: gallery.Kind(t.OneOf("kind", gallery.Kinds)),
	}
	if g.Kind == "" {
		g.Kind = gallery.UGC
	}
	g.Text = galleryText(d, true)
	g.Text.Title = f.title(t, g.Text.Title)
	if call := t.Table("call"); call != nil {
		g.Call = r.call(f, call)
		f.refer(call, "examples", g.Call.Examples...)
	}
	f.refer(t, "cover", g.Cover)
	g.Watermark = Watermark(t)
	g.Edition = r.edition(f, t)
	g.Live = r.sessions(f, t)
	t.Allow("extra")
	sc.gallery, sc.lang = true, cmp.Or(g.Lang, r.opt.Lang)
	f.other().gallery = g
	_, err = r.translations(f, files, t, sc.lang, maxBody, func(lang string, d document) {
		if g.In == nil {
			g.In = map[string]gallery.Text{}
		}
		g.In[lang] = galleryText(d, true)
		sameSessions(d.head, g.Text.Live, g.In[lang].Live)
	})
	t.Done()
	return err
}

// galleryText reads the words of a gallery; those of a series have no call
// and no thanks.
func galleryText(d document, calls bool) gallery.Text {
	t := d.head
	text := gallery.Text{Title: t.Line("title"), Summary: t.Line("summary"), Body: d.body, BodyAt: d.bodyAt}
	if !calls {
		return text
	}
	if c := t.Table("call"); c != nil {
		text.Call = gallery.CallText{
			Question: c.Line("question"), Steps: c.Strings("steps"), Wants: c.Strings("wants"),
			Rights: c.Strings("rights"), After: c.String("after"),
		}
	}
	text.Live = sessionTexts(t)
	if th := t.Table("thanks"); th != nil {
		text.Thanks = gallery.ThanksText{Selected: th.String("selected"), Others: th.String("others")}
	}
	return text
}

// call reads the part of a call that is the same in all languages.
func (r *reader) call(f *folder, t *strict.Table) *gallery.Call {
	c := &gallery.Call{
		Pos: t.At(), Opens: t.Time("opens", r.opt.Zone), Closes: t.Until("closes", r.opt.Zone),
		Results: t.Time("results", r.opt.Zone), Form: webAddress(t, "form"),
		Hashtag: hashtag(t), Examples: t.Strings("examples"),
	}
	if !c.Closes.IsZero() && c.Closes.Before(c.Opens) {
		t.Errorf("closes", "exchange the two, or check the years", "the call closes before it opens")
	}
	return c
}

// hashtag returns a hashtag without its #.
func hashtag(t *strict.Table) string {
	s := strings.TrimLeft(t.Line("hashtag"), "#")
	if strings.ContainsFunc(s, func(r rune) bool { return !isWordRune(r) || r == '-' }) {
		t.Errorf("hashtag", "use letters, digits and _ only: networks cut a hashtag at anything else", "%s cannot be a hashtag", strict.Quote(s))
		return ""
	}
	return s
}

// title returns the title, or the folder's name where there is none.
func (f *folder) title(t *strict.Table, title string) string {
	if title == "" {
		t.Errorf("title", "add "+t.Example("title", `"…"`), "there is no title")
		return path.Base(f.dir)
	}
	return title
}

// refer remembers ids that are to be checked when all are known.
func (f *folder) refer(t *strict.Table, key string, ids ...string) {
	for _, id := range ids {
		if id != "" {
			o := f.other()
			o.refs = append(o.refs, reference{id, t.Pos(key), key})
		}
	}
}
