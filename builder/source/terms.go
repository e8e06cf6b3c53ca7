package source

import (
	"crypto/sha256"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// terms reads that a plain page is the text of the terms, nil where it is not.
func (r *reader) terms(t *strict.Table, body string) *gallery.Terms {
	version := t.Line("terms")
	if version == "" {
		return nil
	}
	x := &gallery.Terms{Pos: t.Pos("terms"), Version: version, Since: t.Time("date", r.opt.Zone), Hash: gallery.TermsHash(body)}
	switch {
	case body == "":
		t.Errorf("terms", "write the text below the front matter: people agree to it", "terms without a text")
		return nil
	case !t.Has("date"):
		t.Warnf("terms", "add "+t.Example("date", "2026-10-01"), "terms that do not say since when they hold")
	}
	return x
}

// textHash reads the beginning of the hash of the terms that an author saw.
func textHash(t *strict.Table) string {
	s := strings.ToLower(t.Line("text"))
	if s == "" {
		return ""
	}
	if len(s) < gallery.HashMin || len(s) > 2*sha256.Size || strings.Trim(s, "0123456789abcdef") != "" {
		t.Errorf("text", "copy the first 12 characters or more of the SHA-256 that the page of the terms shows", "%s is not the beginning of a hash", strict.Quote(s))
		return ""
	}
	return s
}
