package gallery

import (
	"strings"
	"unicode"
)

// Of a minor only the first name is shown: no surname, no handle by which they
// are found elsewhere, no address, no wording that may hold one of these, and of
// where they live the country.

// minorKey begins the keys of minors.
const minorKey = "minor\x00"

// OfMinor tells whether this is what may be shown of a minor.
func (p *PublicAuthor) OfMinor() bool { return strings.HasPrefix(p.Key, minorKey) }

// givenName returns what of a minor's name may be shown: its first word, and
// nothing of what is no name but a handle or an address. What a group of several
// words is called may say which school it is of.
func givenName(name string, kind AuthorKind) string {
	words := strings.Fields(name)
	if len(words) == 0 || len(words) > 1 && kind != "" && kind != Person {
		return ""
	}
	letters := false
	for _, r := range words[0] {
		switch {
		case unicode.IsLetter(r):
			letters = true
		case unicode.IsMark(r), strings.ContainsRune("-\u2010\u2011'\u2019\u02bc\u200c\u200d", r):
		default:
			return ""
		}
	}
	if !letters {
		return ""
	}
	return words[0]
}

// ofMinor takes out of what may be shown of an author what may not be of a minor.
// Their pieces are joined by an id alone, for there are many of one first name in
// a country; and never with those of a grown-up, whose page says more.
func (p *PublicAuthor) ofMinor(s *Submission, a Author) {
	if strings.ContainsFunc(a.Name, unicode.IsSpace) {
		p.Forms = Forms{}
	}
	p.Name, p.URL, p.Members = givenName(a.Name, a.Kind), "", nil
	for lang, name := range p.Names {
		if p.Names[lang] = givenName(name, a.Kind); p.Names[lang] == "" {
			delete(p.Names, lang)
		}
	}
	if p.Name == "" {
		*p = PublicAuthor{Place: p.Place, Kind: p.Kind, Roles: p.Roles}
		return
	}
	if p.Key = minorKey + a.ID; a.ID == "" {
		p.Key += "\x00" + p.Name + "\x00" + s.ID
	}
}
