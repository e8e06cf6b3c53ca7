package source

import (
	"cmp"
	"path"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// articles reads the plain pages of a folder and returns the files that are
// none.
func (r *reader) articles(f *folder, files []file) (rest []file, err error) {
	pages := map[string][]file{}
	var order []string
	for _, x := range files {
		base, lang, ok := markdownName(x.key)
		switch {
		case !ok || ignored(x.key):
			rest = append(rest, x)
			continue
		case pages[base] == nil:
			order = append(order, base)
		}
		if lang == "" { // the original stands first
			pages[base] = append([]file{x}, pages[base]...)
		} else {
			pages[base] = append(pages[base], x)
		}
	}
	for _, base := range order {
		if err := r.article(f, pages[base], base); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

func (r *reader) article(f *folder, files []file, base string) error {
	if _, lang, _ := markdownName(files[0].key); lang != "" {
		f.probs.Errorf(problem.Pos{File: f.path + "/" + files[0].name}, "add it, or rename this page without the dot",
			"a translation of %s.md, which is not there", base)
		return nil
	}
	d, _, err := r.document(f, files[0].name, maxBody)
	if err != nil || d.head == nil {
		return err
	}
	t := d.head
	a := &gallery.Article{
		File: path.Join(f.dir, norm.NFC.String(files[0].name)), Pos: problem.Pos{File: d.file},
		Slug: slug(t), Lang: r.lang(t), Menu: t.Int("menu"), Text: articleText(d),
	}
	if a.Text.Title == "" {
		t.Errorf("title", "add "+t.Example("title", `"…"`), "there is no title")
		a.Text.Title = base
	}
	a.Terms = r.terms(t, d.body)
	t.Allow("extra")
	o := f.other()
	o.articles = append(o.articles, a)
	_, err = r.translations(f, files, t, cmp.Or(a.Lang, r.opt.Lang), maxBody, func(lang string, d document) {
		if a.In == nil {
			a.In = map[string]gallery.ArticleText{}
		}
		a.In[lang] = articleText(d)
	})
	r.done(d.file, t)
	return err
}

func articleText(d document) gallery.ArticleText {
	return gallery.ArticleText{Title: d.head.Line("title"), Summary: d.head.Line("summary"), Body: d.body, BodyAt: d.bodyAt}
}
