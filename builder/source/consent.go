package source

import (
	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// What contradicts itself is told, and the stricter of the two readings counts
// until somebody has asked.

// consent reads what may be shown about the author.
func consent(s *gallery.Submission, t *strict.Table) {
	c := t.Table("consent")
	if c == nil {
		return
	}
	s.Consent = gallery.Consent{Name: c.Bool("name"), Place: c.Bool("place"), URL: c.Bool("url"), Thanks: c.Bool("thanks")}
	s.Consent.Unseen = !c.Bool("likeness") && c.Has("likeness")
	switch {
	case s.Consent.Name:
	case s.Consent.URL:
		c.Warnf("url", "ask the author, then set name = true, or url = false", "consent to show an address, but not the name, which the address tells, so neither is shown")
		s.Consent.URL = false
	case s.Consent.Thanks && c.Has("name"):
		c.Warnf("thanks", "ask the author, then set name = true, or thanks = false", "consent to be thanked by name, but not to be named, so nobody is named")
		s.Consent.Thanks = false
	case s.Consent.Place && !c.Has("name"):
		c.Warnf("place", "add name = true or name = false, as the author said", "consent to show a place, but nothing said of the name, so it is not shown")
	}
}

// minor reads whether the author is a minor, which nobody may have said.
func minor(f *folder, t *strict.Table) {
	s := f.piece
	said := t.Bool("minor")
	s.Minor, s.Adult, s.Guardian = said, t.Has("minor") && !said, opaque(t, "guardian")
	if s.Guardian != "" && !s.Minor {
		t.Warnf("guardian", "set minor = true, or take guardian out", "a guardian of somebody who is not said to be a minor, so only what may be shown of a minor is shown")
		s.Minor, s.Adult = true, false
	}
	if s.Minor && s.Consent.Name {
		tellUnnamed(f)
	}
}

// tellUnnamed tells of minors of whose names nothing may be shown, each once.
func tellUnnamed(f *folder) {
	for _, a := range gallery.PublicAuthors(f.piece) {
		if a.Name != "" {
			continue
		}
		for _, own := range f.piece.Authors {
			if own.Name != "" {
				f.probs.Notef(own.Pos, "write the first name first, as name = \"Olya P.\"; handles, addresses and what a group is called in several words are not shown of a minor", "a minor whose name does not begin with a first name, so \"a participant\" is shown")
				return
			}
		}
	}
}

// subjects reads who can be recognised in pictures and films.
func subjects(s *gallery.Submission, t *strict.Table) {
	list, nobody := t.Tables("person"), t.Bool("nobody")
	if len(list) == 0 && !nobody {
		return
	}
	s.Subjects = &gallery.Subjects{Nobody: nobody}
	if nobody && len(list) > 0 {
		t.Warnf("nobody", "take nobody out, or the tables [[person]]", "nobody can be recognised, but somebody is listed")
		s.Subjects.Nobody = false
	}
	for _, p := range list {
		s.Subjects.People = append(s.Subjects.People, subject(p))
	}
}

func subject(t *strict.Table) gallery.Subject {
	p := gallery.Subject{
		Pos: t.At(), Release: t.OneOf("release", gallery.Releases), Evidence: opaque(t, "evidence"),
		Minor: t.Bool("minor"), Guardian: opaque(t, "guardian"),
	}
	switch {
	case p.Guardian != "" && !p.Minor:
		t.Warnf("guardian", "set minor = true, or take guardian out", "a guardian of somebody in the picture who is not said to be a minor")
		p.Minor = true
	case p.Minor && p.Guardian == "" && p.Release == gallery.ReleaseGranted:
		t.Warnf("release", "add "+t.Example("guardian", `"…"`)+", the reference of the guardian's consent", "a minor in the picture without a guardian's consent")
	case empty(t, "release"):
		t.Warnf("release", "add "+t.Example("release", `"granted"`)+"; others: limited, none", "somebody in the picture, but nobody says whether they may be shown")
	}
	return p
}
