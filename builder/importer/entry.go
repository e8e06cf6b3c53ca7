package importer

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// entry makes an entry of a row; false: it is left out, which is told.
func (r *rows) entry(i int) (Entry, bool) {
	row := &r.Rows[i]
	e := Entry{At: r.At(row)}
	var ok bool
	if e.Received, e.exact, ok = r.moment("received", i); !ok {
		r.probs.Errorf(e.At, "write it as 2026-11-30 18:00:00", "the time %q in the column %q cannot be read, so this row is left out", r.cell(row, "received"), r.name("received"))
		return e, false
	}
	if e.Taken, _, ok = r.moment("taken", i); !ok {
		r.probs.Warnf(e.At, "write it as 2026-11-30", "the date %q in the column %q cannot be read", r.cell(row, "taken"), r.name("taken"))
	}
	var author gallery.Author
	var story []string
	var agreed agreed
	for c, field := range r.fields {
		cell := row.Cells[c]
		if cell == "" {
			continue
		}
		switch field {
		case "title":
			e.Title = strict.Line(cell)
		case "alt":
			e.Alt = strict.Line(cell)
		case "caption":
			e.Caption = strict.Line(cell)
		case "story":
			story = append(story, Escape(cell))
		case "place":
			e.Place = strict.Line(cell)
		case "lang":
			e.Lang = r.lang(&e, cell)
		case "license":
			e.License = r.license(&e, cell)
		case "tags":
			e.Tags = append(e.Tags, tagsOf(cell)...)
		case "media":
			e.Media = append(e.Media, mediaOf(cell)...)
		case "author.name":
			author.Name = strict.Line(cell)
		case "author.place":
			author.Place = strict.Line(cell)
		case "author.country":
			author.Country = strict.Line(cell)
		case "author.url":
			author.URL = r.address(&e, r.Columns[c], cell)
		case "author.role":
			author.Roles = tagsOf(strings.ToLower(cell))
		case "age":
			e.Minor = r.minor(&e, r.Columns[c], cell)
		case "consent":
			if before := agreed.unknown; !before {
				if r.m.agree(r.Columns[c], cell, r.opt.Agreed, &agreed); agreed.unknown {
					r.unknown[[2]string{r.Columns[c], sameSpace(cell)}]++
				}
			}
		default:
			if isContact(field) {
				e.Contact = append(e.Contact, Contact{strings.TrimPrefix(field, contactField), strict.Line(cell)})
			}
		}
	}
	e.Story = strings.Join(story, "\n\n")
	if len(e.Story) > source.MaxStory {
		r.probs.Errorf(e.At, "shorten the text in the table, or make a plain page of it", "a text of %d kB is longer than %d kB, so this row is left out", (len(e.Story)+1023)>>10, source.MaxStory>>10)
		return e, false
	}
	if author.Name != "" || author.Place != "" || author.URL != "" {
		e.Authors = []gallery.Author{author}
	}
	r.grant(&e, &agreed)
	r.leaks(&e)
	return e, true
}

// cell and name return what stands in the column of a field, and its name.
func (r *rows) cell(row *Row, field string) string { return row.Cells[slices.Index(r.fields, field)] }
func (r *rows) name(field string) string           { return r.Columns[slices.Index(r.fields, field)] }

// leaks warns of words that hold the contact data of the same row.
func (r *rows) leaks(e *Entry) {
	for _, c := range e.Contact {
		if len(c.Value) < 6 || c.Column == "name" {
			continue
		}
		for where, text := range map[string]string{"title": e.Title, "alt": e.Alt, "caption": e.Caption, "story": e.Story} {
			if strings.Contains(text, c.Value) {
				r.probs.Warnf(e.At, "take it out of submission.md before it is published", "the %s holds the %s of the same row, which is private", where, c.Column)
			}
		}
	}
}

func tagsOf(cell string) (list []string) {
	for _, t := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|\n", r) }) {
		if t = strings.TrimLeft(strict.Line(t), "#"); t != "" && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// lang returns the language that an answer names, by its tag.
func (r *rows) lang(e *Entry, cell string) string {
	tag := languageNamed(cell)
	if tag == "" {
		r.probs.Warnf(e.At, "write lang into submission.md, such as lang = \"en\", if the text is in another language than the gallery",
			"%q in the column %q is not the name of a language that is known here", cell, r.name("lang"))
	}
	return tag
}

// license returns the identifier of a licence, with spaces for hyphens too.
func (r *rows) license(e *Entry, cell string) string {
	id := strings.ToUpper(strings.Join(strings.Fields(cell), "-"))
	for known := range gallery.Licenses {
		if strings.ToUpper(known) == id {
			return known
		}
	}
	r.probs.Warnf(e.At, "write license into submission.md, such as license = \"CC-BY-4.0\", if that is what was meant", "the license %q is not known, so all rights stay with the author", cell)
	return ""
}

// minor tells from an age in years whether somebody is a minor.
func (r *rows) minor(e *Entry, column, cell string) *bool {
	n, err := strconv.Atoi(cell)
	if err != nil || n < 1 || n > 130 {
		r.probs.Warnf(e.At, "write minor = true or minor = false into submission.md, once you know", "the answer to %q is no age", column)
		return nil
	}
	minor := n < 18
	return &minor
}

// address makes a web address of an answer: of a handle too, where the question
// says whose it is.
func (r *rows) address(e *Entry, column, cell string) string {
	u, err := url.Parse(cell)
	if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(cell, " \t\n\\\"<>") {
		return cell
	}
	handle := strings.TrimPrefix(cell, "@")
	plain := !strings.ContainsFunc(handle, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '.'
	})
	for name, at := range map[string]string{"instagram": "https://www.instagram.com/", "инстаграм": "https://www.instagram.com/", "telegram": "https://t.me/", "телеграм": "https://t.me/"} {
		if plain && strings.Contains(strings.ToLower(column), name) {
			return at + handle
		}
	}
	if rest, ok := strings.CutPrefix(cell, "www."); ok && strings.Contains(rest, ".") && !strings.ContainsAny(rest, " \n") {
		return "https://" + cell
	}
	r.probs.Notef(e.At, "write the whole address into submission.md: url = \"https://…\" below [author]", "the answer to %q is no web address, so it is not taken", column)
	return ""
}

// linkName returns the file name at the end of an address; the rest of it may be
// a secret.
func linkName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if name := path.Base(u.Path); name != "/" && name != "." {
		return name
	}
	return ""
}
