package source

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// submission reads submission.md, its translations and its media.
func (r *reader) submission(f *folder, heads, others []file, sc scope) error {
	at := f.at(heads[0].name)
	f.piece = &gallery.Submission{Dir: f.dir, File: at.File, Pos: at}
	f.unread = &unread{sum: newSum(f.piece.File, sc.lang)}
	defer f.finish()
	if !f.original(heads, "submission") {
		return nil
	}
	d, private, err := r.document(f, heads[0].name, maxStory)
	if err != nil || d.head == nil {
		return err
	}
	s, t := f.piece, d.head
	defer t.Free()
	s.Private = private
	s.Keys = places(t)
	r.about(f, d)
	r.people(s, t)
	r.rights(f, t)
	r.idea(f, t)
	r.edits(f, t)
	awards(s, t)
	verdicts(s, t)
	t.Allow("extra")
	texts := mediaTexts(t)
	private, err = r.translations(f, heads, t, cmp.Or(s.Lang, sc.lang), maxStory, func(lang string, d document) {
		f.translate(lang, d)
	})
	r.done(d.file, t)
	s.Private = append(s.Private, private...)
	if err != nil {
		return err
	}
	if err := r.media(f, others, texts); err != nil {
		return err
	}
	f.tagged()
	f.rests()
	r.ready(f, s)
	return nil
}

// finish ends the reading of a submission, with or without success.
func (f *folder) finish() {
	f.broken = f.broken || f.probs.Count(problem.Error) > 0
	for i := range f.piece.Media {
		f.sum.medium(&f.piece.Media[i], f.formats[i])
	}
	f.piece.Digest = f.sum.end()
	f.unread = nil
}

// places notes where the keys stand that others may report.
func places(t *strict.Table) []gallery.KeyPlace {
	grant := t.Table("grant")
	var room [16]gallery.KeyPlace
	list := room[:0]
	for i, key := range gallery.ReportedKeys {
		in := t
		if below, ok := strings.CutPrefix(key, "grant."); ok {
			key, in = below, grant
		}
		if in.Has(key) {
			at := in.Pos(key)
			list = append(list, gallery.KeyPlace{Line: int32(at.Line), Col: uint16(at.Col), Key: gallery.ReportedKey(i)}) // a line has 10 kB at most
		}
	}
	return slices.Clone(list)
}

// about reads what the work is.
func (r *reader) about(f *folder, d document) {
	s, t := f.piece, d.head
	s.ID = readID(t, s.Dir)
	s.Slug, s.Lang = slug(t), r.lang(t)
	s.Kind = gallery.PieceKind(t.OneOf("kind", gallery.PieceKinds))
	s.Text = gallery.PieceText{
		Title: t.Line("title"), Alt: t.Line("alt"), Caption: t.Line("caption"), Credit: t.Line("credit"),
		Body: d.body, BodyAt: d.bodyAt,
	}
	s.Place, s.Tags = t.Line("place"), t.Strings("tags")
	s.Received, s.Taken = r.past(f, t, "received"), r.past(f, t, "taken")
	s.Published = t.Time("published", r.opt.Zone)
	s.Focus = point(t, "focus")
	f.crop = crop(t)
	products(s, t)
	rating(s, t)
	s.Source = t.OneOf("source_type", gallery.SourceTypes)
}

// readID returns the id. Where it is missing the hint offers one made from
// the folder, so that it is the same each time.
func readID(t *strict.Table, dir string) string {
	id := t.Line("id")
	switch {
	case id == "" && !empty(t, "id"): // of another type, which is reported
	case id == "":
		t.Errorf("id", "add "+t.Example("id", `"`+idFor(dir)+`"`)+" and never change it: feeds know the piece by it", "there is no id")
	case len(id) < 4 || len(id) > maxID || strings.ContainsFunc(id, notID):
		t.Errorf("id", "use 4 to 64 small letters a–z, digits and hyphens, such as "+idFor(dir), "%s cannot be an id", strict.Quote(id))
		return ""
	}
	return id
}

// empty reports whether a key is absent or an empty text.
func empty(t *strict.Table, key string) bool {
	return t.Empty(key)
}

// maxID is the length an id may have, in bytes.
const maxID = 64

func notID(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }

func idFor(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
}

func isWordRune(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.Nd) || r == '-' || r == '_'
}

// rights reads where review and the author's permission stand.
func (r *reader) rights(f *folder, t *strict.Table) {
	s := f.piece
	s.Status = gallery.Status(t.OneOf("status", gallery.Statuses))
	if empty(t, "status") {
		t.Errorf("status", "add "+t.Example("status", `"pending"`)+"; others: "+strings.Join(gallery.Statuses[1:], ", "), "there is no status")
	}
	if rv := t.Table("review"); rv != nil {
		s.Reviewed = gallery.Decision{By: rv.Line("by"), On: rv.Time("on", r.opt.Zone)}
		rv.Allow("note")
	}
	s.License = license(t)
	s.Copyright, s.Acquire = t.Line("copyright"), webAddress(t, "acquire_url")
	if g := t.Table("grant"); g != nil {
		s.Grant = gallery.Grant{
			Status: gallery.GrantStatus(g.OneOf("status", gallery.GrantStatuses)), Terms: g.Line("terms"), Text: textHash(g),
			Date: r.past(f, g, "date"), Scope: g.SomeOf("scope", gallery.Scopes), Until: g.Until("until", r.opt.Zone),
			Method: g.OneOf("method", gallery.GrantMethods), Evidence: opaque(g, "evidence"), Territory: g.Line("territory"),
		}
	}
	if s.Grant.Status == "" {
		s.Grant.Status = gallery.GrantNone
	}
	consent(s, t)
	minor(f, t)
	subjects(s, t)
	r.withdrawal(f, t)
	disclosure(s, t)
	if x := t.Table("thanks"); x != nil {
		s.ThankWords = thankWords(x, "words", toShown)
	}
}

// opaque returns a reference into the private store, which must not itself be
// an e-mail address.
func opaque(t *strict.Table, key string) string {
	s := t.Line(key)
	if strings.Contains(s, "@") {
		t.Errorf(key, "write a reference that means nothing to others, such as mail-17, and keep the address in private/contacts.csv", "%q holds an e-mail address, which is private", key)
		return ""
	}
	return s
}

// license returns a licence of gallery.Licenses or one of one's own.
func license(t *strict.Table) string {
	s := t.Line("license")
	if _, ok := gallery.Licenses[s]; ok || s == "" {
		return s
	}
	if own, ok := strings.CutPrefix(s, "LicenseRef-"); ok && own != "" && !strings.ContainsFunc(own, notSPDX) {
		return s
	}
	hint := "write an SPDX identifier such as CC-BY-4.0, or LicenseRef- and a name of your own; leave license out where the author keeps all rights"
	if near := problem.Suggest(s, slices.Sorted(maps.Keys(gallery.Licenses))); near != "" {
		hint = "did you mean \"" + near + "\"?"
	}
	t.Errorf("license", hint, "unknown license %s", strict.Quote(s))
	return ""
}

func notSPDX(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.'
}

// ready checks what an approved submission must have.
func (r *reader) ready(f *folder, s *gallery.Submission) {
	if s.Status != gallery.Approved && s.Status != gallery.Featured {
		return
	}
	if len(s.Authors) == 0 {
		f.probs.Errorf(s.Pos, "add [author] and name = \"…\" below; an author who wants no name has consent.name = false", "%s without an author", s.Status)
	}
	if s.Minor || !s.Consent.Name {
		for _, m := range s.Media {
			if m.Link != "" {
				f.probs.Warnf(m.Pos, "ask for the film itself, or for consent to the name", "the link is left out: the page it leads to says whose film it is, and the author is not to be named")
			}
		}
	}
	for i, m := range s.Media {
		if m.Text.Alt != "" || !f.formats[i].isPicture() {
			continue
		}
		hint := "say in alt what the picture shows, for people who do not see it"
		if i > 0 {
			hint = fmt.Sprintf("list the file under media, as file = %q, and say in alt what it shows, for people who do not see it", m.File)
		}
		f.probs = append(f.probs, problem.Problem{Pos: s.Pos, Level: r.opt.AltLevel, Text: fmt.Sprintf("no alt text for %q", m.File), Hint: hint})
	}
	if len(s.Media) == 0 && s.Text.Body == "" && s.Text.Caption == "" && f.probs.Count(problem.Error) == 0 {
		f.probs.Warnf(s.Pos, "add a picture, a caption or a story", "%s, but there is nothing to show", s.Status)
	}
}
