package lang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/gallery"
)

// maxNames is how many names a credit line holds; of more, the first ones
// stand and the rest are counted. Pages list everybody beside the line.
const maxNames = 6

// Credit is what a credit line is made from.
type Credit struct {
	Kind     gallery.PieceKind
	People   []gallery.PublicAuthor
	Override string // the author's own wording
}

// Note tells how a credit line was made, for people who check it.
type Note string

// Ways of making a credit line.
const (
	NoteOwn      Note = "author's own wording"
	NoteGiven    Note = "form of the name as given"
	NoteComputed Note = "form of the name computed"
	NotePlain    Note = "name not inflected"
)

// CreditLine returns the sentence that says who made a piece: "Photo by Olya,
// Moscow". The author's own wording wins. Places that all share stand once at
// the end, different ones after each name: "Photo by Olya (Moscow) and Lev
// (Kazan)". Authors with different roles, or several, are named by what they did:
// "Dance: Olya; choreography: Lev". People who are not named are a participant or,
// beside others, counted: "Photo by Olya and 2 more people".
func (l *Language) CreditLine(c Credit) string {
	line, _ := l.credit(c)
	return line
}

// CreditNote tells how CreditLine makes its line for c.
func (l *Language) CreditNote(c Credit) Note {
	_, note := l.credit(c)
	return note
}

func (l *Language) credit(c Credit) (string, Note) {
	if own := clean(c.Override); own != "" {
		return own, NoteOwn
	}
	if len(c.People) == 0 {
		c.People = []gallery.PublicAuthor{{}}
	}
	if rolesDiffer(c.People) {
		return l.roleLine(c), NotePlain
	}
	kind := "credit." + string(c.Kind)
	if !l.Has(kind + ".by") {
		kind = "credit." + string(gallery.Photo)
	}
	if names, note, ok := l.inflected(c.People, genitive); ok {
		return l.phrase(c.People, names, true, func(s string) string { return l.Label(kind+".by", s) }), note
	}
	label := l.Label(kind + ".label")
	return l.phrase(c.People, l.plainNames(c.People), false, func(s string) string {
		return l.join("credit.plain", "label", label, "names", s)
	}), NotePlain
}

// AltFallback returns what stands for a picture that nobody described: the
// kind of piece and its authors, without places and own wording.
func (l *Language) AltFallback(c Credit) string {
	people := slices.Clone(c.People)
	for i := range people {
		people[i].Place = ""
	}
	return l.CreditLine(Credit{Kind: c.Kind, People: people})
}

// PersonName returns how a contributor is called in this language: the name
// given for it, else the name as it is, else "a participant".
func (l *Language) PersonName(a gallery.PublicAuthor) string {
	if name := l.nameOf(a); name != "" {
		return name
	}
	return l.Label("credit.nameless")
}

// People lists contributors as in a sentence, for "Belongs to …" and the
// like. Those without a name are counted at the end.
func (l *Language) People(people []gallery.PublicAuthor) string {
	if len(people) == 0 {
		people = []gallery.PublicAuthor{{}}
	}
	if len(people) == 1 {
		if name := l.nameOf(people[0]); name != "" {
			return l.isolate(name)
		}
	}
	people = slices.Clone(people)
	for i := range people {
		people[i].Place = ""
	}
	return l.phrase(people, l.plainNames(people), false, func(s string) string { return s })
}

// Owner says whom a piece belongs to.
func (l *Language) Owner(people []gallery.PublicAuthor) string {
	if !slices.ContainsFunc(people, func(a gallery.PublicAuthor) bool { return l.nameOf(a) != "" }) {
		return l.Label("piece.owner_nameless")
	}
	text := ""
	if names, ok := l.owners(people); ok {
		text = l.Plural("piece.owner_dative", len(people), "name", names)
	} else {
		text = l.Plural("piece.owner", len(people), "name", l.People(people))
	}
	return strings.Replace(text, "..", ".", 1) // the stop of an initial ends its sentence too
}

// owners lists names in the dative, or returns false where the language has
// none, one of them is uncertain or somebody is not named.
func (l *Language) owners(people []gallery.PublicAuthor) (string, bool) {
	if !l.Has("piece.owner_dative") || len(people) > maxNames {
		return "", false
	}
	names, _, ok := l.inflected(people, dative)
	if !ok || slices.Contains(names, "") {
		return "", false
	}
	for i := range names {
		names[i] = l.isolate(names[i])
	}
	return l.List(names), true
}

// ThankYou greets those who sent something: "Thank you, Masha!". A name that may
// not be shown, or whose form is not known, is left out, and with it everybody's.
func (l *Language) ThankYou(people ...gallery.PublicAuthor) string {
	if names := l.Addressed(people...); names != "" {
		return l.join("thanks.hello", "name", names)
	}
	return l.Label("thanks.hello_nameless")
}

// Addressed returns what people are called when one speaks to them: in the
// vocative that they gave; without one as they are, but in languages that need
// one (language.vocative) not at all. It returns "" where somebody has no name.
func (l *Language) Addressed(people ...gallery.PublicAuthor) string {
	names := l.plainNames(people)
	for i, a := range people {
		if names[i] == "" {
			return ""
		}
		if voc := clean(a.Forms.Voc); voc != "" {
			names[i] = voc
		} else if l.meta.vocative == "given" {
			return ""
		}
		names[i] = l.isolate(names[i])
	}
	if len(names) > maxNames {
		return ""
	}
	return l.List(names)
}

// nameOf returns the cleaned name in this language or "".
func (l *Language) nameOf(a gallery.PublicAuthor) string {
	for _, tag := range [2]string{l.tag, l.base} {
		if s := clean(a.Names[tag]); s != "" {
			return s
		}
	}
	return clean(a.Name)
}

// plainNames returns the names as they are, "" for those not named.
func (l *Language) plainNames(people []gallery.PublicAuthor) []string {
	names := make([]string, len(people))
	for i, a := range people {
		names[i] = l.nameOf(a)
	}
	return names
}

// inflected returns the names in a case, or false where one of them cannot be
// formed with certainty. In languages without cases they stay as they are.
func (l *Language) inflected(people []gallery.PublicAuthor, to nameCase) ([]string, Note, bool) {
	names, note := l.plainNames(people), NotePlain
	if l.meta.nameCase != "genitive" {
		return names, note, true
	}
	for i, a := range people {
		if names[i] == "" {
			continue
		}
		given := a.Forms.Gen
		if to == dative {
			given = a.Forms.Dat
		}
		if given = clean(given); given != "" {
			names[i] = given
			if note == NotePlain {
				note = NoteGiven
			}
			continue
		}
		form, ok := inflect(names[i], a.Gender, to)
		if !ok || a.Kind != "" && a.Kind != gallery.Person {
			return nil, NotePlain, false
		}
		names[i], note = form, NoteComputed
	}
	return names, note, true
}

// phrase joins names and places around the pattern by.
func (l *Language) phrase(people []gallery.PublicAuthor, names []string, inflected bool, by func(string) string) string {
	suffix := ""
	if inflected && l.meta.nameCase != "" {
		suffix = "_" + l.meta.nameCase
	}
	common, place := l.commonPlace(people)
	var items []string
	nameless := 0
	for i, name := range names {
		switch {
		case name == "":
			nameless++
			continue
		case !common && clean(people[i].Place) != "":
			items = append(items, l.join("credit.person", "name", l.isolate(name), "place", l.isolate(clean(people[i].Place))))
		default:
			items = append(items, l.isolate(name))
		}
	}
	line := by(l.List(l.counted(items, nameless, suffix)))
	if common && place != "" {
		line = l.join("credit.place", "line", line, "place", l.isolate(place))
	}
	return line
}

// counted shortens a long list of names and adds how many are missing in it.
func (l *Language) counted(items []string, nameless int, suffix string) []string {
	switch {
	case len(items) == 0 && nameless == 1:
		return []string{l.Label("credit.nameless" + suffix)}
	case len(items) == 0:
		return []string{l.Plural("credit.nameless_several"+suffix, nameless)}
	}
	if len(items) > maxNames {
		nameless += len(items) - (maxNames - 1)
		items = items[:maxNames-1]
	}
	if nameless > 0 {
		items = append(items, l.Plural("credit.more"+suffix, nameless))
	}
	return items
}

// commonPlace returns the place that all people share, "" included.
func (l *Language) commonPlace(people []gallery.PublicAuthor) (bool, string) {
	place := clean(people[0].Place)
	for _, a := range people[1:] {
		if clean(a.Place) != place {
			return false, ""
		}
	}
	return true, place
}

// rolesDiffer reports whether the people are to be named by what they did: they
// did different things, or somebody did several.
func rolesDiffer(people []gallery.PublicAuthor) bool {
	for _, a := range people {
		if len(a.Roles) > 1 || !slices.Equal(a.Roles, people[0].Roles) {
			return true
		}
	}
	return false
}

// work is a role with those who had it. Role "" is that of the author.
type work struct {
	role   string
	people []gallery.PublicAuthor
	who    []int // which people
}

// worksOf lists the roles in the order in which they first occur. An author
// without a role made the piece itself.
func worksOf(people []gallery.PublicAuthor) []work {
	var list []work
	for i, a := range people {
		roles := a.Roles
		if len(roles) == 0 {
			roles = []string{""}
		}
		for _, role := range roles {
			at := slices.IndexFunc(list, func(w work) bool { return w.role == role })
			if at < 0 {
				at = len(list)
				list = append(list, work{role: role})
			}
			list[at].people, list[at].who = append(list[at].people, a), append(list[at].who, i)
		}
	}
	return list
}

// roleLine names people by what they did, each role once. Roles that the same
// people had stand together: "Choreography and editing: Olya; dance: Lev".
func (l *Language) roleLine(c Credit) string {
	works := worksOf(c.People)
	line := ""
	for len(works) > 0 {
		same := works[0]
		var labels []string
		works = slices.DeleteFunc(works, func(w work) bool {
			if !slices.Equal(w.who, same.who) {
				return false
			}
			labels = append(labels, l.work(w.role, c.Kind))
			return true
		})
		label := l.List(labels)
		part := l.phrase(same.people, l.plainNames(same.people), false, func(s string) string {
			return l.join("credit.plain", "label", label, "names", s)
		})
		if line == "" {
			line = part
		} else {
			line = l.join("credit.roles", "line", line, "part", part)
		}
	}
	return changeFirst(line, l.upper)
}

// Works returns what somebody did, as one says it behind their name:
// "choreography, editing"; "" for an author without a role.
func (l *Language) Works(roles []string) string {
	words := make([]string, len(roles))
	for i, role := range roles {
		words[i] = l.work(role, "")
	}
	return strings.Join(words, l.Comma())
}

// work returns the word for what somebody with the role did.
func (l *Language) work(role string, kind gallery.PieceKind) string {
	switch {
	case role != "" && l.Has("works."+role):
		return l.Label("works." + role)
	case role != "":
		return clean(l.Role(role))
	case l.Has("credit." + string(kind) + ".label"):
		return l.within(l.Label("credit." + string(kind) + ".label"))
	}
	return l.Label("works.author")
}

// within returns a label as it stands within a line: German nouns stay as they
// are.
func (l *Language) within(label string) string {
	if l.base == "de" {
		return label
	}
	return changeFirst(label, l.lower)
}

// changeFirst returns s with its first letter in the case that change gives.
func changeFirst(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(change(r)) + s[n:]
}

// clean makes a name fit for a line of text: valid UTF-8, single spaces, no
// control characters and none that reorder or hide text. Joiners stay: emoji
// and several scripts are spelled with them.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	return scrub(s)
}

func scrub(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), hides(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// isClean reports whether scrub would surely change nothing.
func isClean(s string) bool {
	before := ' '
	for i, r := range s {
		switch {
		case r > ' ' && r <= '~', r > 0xad && r < 0x590: // nearly all
		case r == ' ' && before != ' ':
		case r == ' ', unicode.IsSpace(r), unicode.IsControl(r), hides(r):
			return false
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			return false
		}
		before = r
	}
	return before != ' ' || s == ""
}

// hides reports characters that reorder text or are not seen.
func hides(r rune) bool {
	return r == 0x61c || r == 0x200b || r == 0x200e || r == 0x200f || r >= 0x2028 && r <= 0x202e ||
		r >= 0x2060 && r <= 0x206f || r == 0xfeff || r == 0xad
}

// Isolate makes a name fit to stand in a sentence of the language, whatever
// direction it is written in.
func (l *Language) Isolate(name string) string { return l.isolate(clean(name)) }

// isolate sets s between isolates where it holds letters that are written in
// the other direction than the language, so that commas and brackets beside
// it stay where they belong.
func (l *Language) isolate(s string) string {
	rtl := l.meta.dir == "rtl"
	for _, r := range s {
		if rightToLeft(r) != rtl && unicode.IsLetter(r) {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

// rightToLeft reports letters of the blocks that Unicode keeps for scripts
// written from right to left.
func rightToLeft(r rune) bool {
	return r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff ||
		r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff
}
