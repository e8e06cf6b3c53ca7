package source

import (
	"cmp"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// people reads the authors. Their names in other languages become part of the
// submission's translations.
func (r *reader) people(s *gallery.Submission, t *strict.Table) {
	for i, a := range t.Tables("author") {
		s.Authors = append(s.Authors, author(a))
		names := a.Table("names")
		for _, key := range names.Keys() {
			lang, name := r.canonical(key), names.Line(key)
			if !slices.Contains(r.opt.Languages, lang) {
				names.Errorf(key, "languages of the site: "+strings.Join(r.opt.Languages, ", "), "%q is not one of the site's languages", key)
				continue
			}
			in := s.In[lang]
			in.Authors = withName(in.Authors, i, name)
			setText(s, lang, in)
		}
	}
}

func author(t *strict.Table) gallery.Author {
	a := gallery.Author{
		Pos: t.At(), ID: personID(t), Name: t.Line("name"), Place: t.Line("place"),
		Kind: gallery.AuthorKind(t.OneOf("kind", gallery.AuthorKinds)), Gender: t.OneOf("gender", []string{"f", "m"}),
		Forms: forms(t), URL: webAddress(t, "url"), Country: t.Line("country"), Members: t.Strings("members"),
	}
	a.Roles, _ = roles(t)
	if len(a.Members) > 0 && a.Kind != gallery.Group {
		t.Warnf("members", "add "+t.Example("kind", `"group"`)+", or list several people as several authors", "members of what is not a group, so they are not shown")
		a.Members = nil
	}
	return a
}

// personID reads the id of a person, which joins what they made.
func personID(t *strict.Table) string {
	id := t.Line("id")
	if id != "" && (len(id) > maxID || strings.ContainsFunc(id, notID)) {
		t.Errorf("id", "use small letters a–z, digits and hyphens, at most 64", "%s cannot be an author's id", strict.Quote(id))
	}
	return id
}

// forms reads the cases of a name.
func forms(t *strict.Table) gallery.Forms {
	f := t.Table("forms")
	return gallery.Forms{Gen: f.Line("gen"), Dat: f.Line("dat"), Acc: f.Line("acc"), Ins: f.Line("ins"), Voc: f.Line("voc")}
}

// withName returns names with the ith one set.
func withName(names []string, i int, name string) []string {
	for len(names) <= i {
		names = append(names, "")
	}
	if name != "" {
		names[i] = name
	}
	return names
}

func setText(s *gallery.Submission, lang string, text gallery.PieceText) {
	if s.In == nil {
		s.In = map[string]gallery.PieceText{}
	}
	s.In[lang] = text
}

// translate reads one translation of a submission.
func (f *folder) translate(lang string, d document) {
	s, t := f.piece, d.head
	text := gallery.PieceText{
		Title: t.Line("title"), Alt: t.Line("alt"), Caption: t.Line("caption"), Credit: t.Line("credit"),
		Place: t.Line("place"), Body: d.body, BodyAt: d.bodyAt, Authors: s.In[lang].Authors,
	}
	for i, a := range t.Tables("author") {
		name := a.Line("name")
		if i < len(s.Authors) {
			text.Authors = withName(text.Authors, i, name)
		} else if i == len(s.Authors) {
			t.Errorf("author", "list the same authors in the same order", "more authors than in the original")
		}
	}
	ideaText(s, t, &text)
	text.Brand = translateEdits(t, text.Brand, len(s.Edits))
	text.Brand = translateAwards(t, text.Brand, len(s.Awards))
	text.Brand = translateVerdicts(t, text.Brand, len(s.Verdicts))
	text.Brand = translateDisclosure(s, t, text.Brand)
	setText(s, lang, text)
	f.said = append(f.said, saying{lang, mediaTexts(t)})
}

// saying is what a translation says about the files.
type saying struct {
	lang    string
	entries []mediaEntry
}

// mediaEntry is one [[media]].
type mediaEntry struct {
	file   string
	link   string
	poster string
	text   gallery.MediaText
	focus  *gallery.Point
	crop   *gallery.Crop
	pos    problem.Pos
}

// name is what the entry is known by.
func (e mediaEntry) name() string { return cmp.Or(e.file, e.link) }

func mediaTexts(t *strict.Table) []mediaEntry {
	var list []mediaEntry
	for _, m := range t.Tables("media") {
		e := mediaEntry{file: m.Line("file"), link: m.Line("link"), poster: m.Line("poster"), focus: point(m, "focus"), crop: crop(m), pos: m.Pos("file"),
			text: gallery.MediaText{Alt: m.Line("alt"), Caption: m.Line("caption")}}
		switch {
		case e.file == "" && e.link == "":
			m.Errorf("file", "add "+m.Example("file", `"…"`)+", the name of a file beside this one", "media without a file")
			continue
		case e.file != "" && e.link != "":
			m.Errorf("link", "make two entries of it", "media with both a file and a link")
			continue
		case e.link != "":
			e.pos = m.Pos("link")
			if !isFilmAddress(e.link) {
				m.Errorf("link", `write the whole address of the film's page, such as "https://vimeo.com/123"`, "%q is not an https address", e.link)
				continue
			}
		}
		list = append(list, e)
	}
	return list
}
