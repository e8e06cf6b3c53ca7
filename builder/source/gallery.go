package source

import (
	"cmp"
	"path"
	"slices"

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

// gallery reads gallery.md and its translations, and of the files beside it
// those that it names.
func (r *reader) gallery(f *folder, files []file, near *beside, sc *scope) error {
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
	collaborates := ofKind(t, g.Kind, gallery.Collaboration, "why", "member", "step", "result")
	contests := ofKind(t, g.Kind, gallery.Contest, "contest")
	g.Text = galleryText(d, true)
	g.Text.Title = f.title(t, g.Text.Title)
	if call := t.Table("call"); call != nil {
		g.Call = r.call(f, call)
		g.Call.Judged = contests
		f.refer(call, "examples", g.Call.Examples...)
	}
	f.refer(t, "cover", g.Cover)
	g.Watermark = Watermark(t)
	g.Edition = r.edition(f, t)
	g.Live = r.sessions(f, t)
	if collaborates {
		g.Collaboration, g.Text.Collaboration = r.collaboration(f, t, near), collaborationText(t)
	}
	if contests {
		g.Contest, g.Text.Contest = r.contest(f, t, g.Call, near), contestText(t)
		if err := r.record(f, g.Contest); err != nil {
			return err
		}
	}
	t.Allow("extra")
	sc.gallery, sc.lang = true, cmp.Or(g.Lang, r.opt.Lang)
	f.other().gallery = g
	_, err = r.translations(f, files, t, sc.lang, maxBody, func(lang string, d document) {
		if g.In == nil {
			g.In = map[string]gallery.Text{}
		}
		text := galleryText(d, true)
		sameSessions(d.head, g.Text.Live, text.Live)
		if collaborates {
			text.Collaboration = collaborationIn(d.head, g.Text.Collaboration)
		}
		if contests {
			text.Contest = contestIn(d.head, g.Text.Contest)
		}
		g.In[lang] = text
	})
	r.done(d.file, t)
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
		text.Call = callText(c)
	}
	text.Live = sessionTexts(t)
	if th := t.Table("thanks"); th != nil {
		text.Thanks = thanksText(th)
	}
	return text
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

// ofKind tells whether a gallery is of the kind whose keys these are. In one of
// another kind they are reported and taken out.
func ofKind(t *strict.Table, is, want gallery.Kind, keys ...string) bool {
	if is == want {
		return true
	}
	for _, key := range keys {
		if t.Has(key) {
			t.Errorf(key, "write "+t.Example("kind", `"`+string(want)+`"`)+", or take it out",
				"%q is for a gallery of the kind %q, but this one is of the kind %q", key, want, is)
		}
	}
	t.Take(func(path []string) bool { return len(path) == 1 && slices.Contains(keys, path[0]) })
	return false
}

// fits reports a list of a translation that is longer than the original's, to
// whose places it speaks.
func fits(t *strict.Table, key string, most int) {
	if n := len(t.Tables(key)); n > most {
		t.Errorf(key, "list the same ones in the same order", "%d of %q, but the original has %d", n, t.Name(key), most)
	}
}
