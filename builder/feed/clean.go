package feed

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// clean returns a copy of f whose strings may be written as they are and whose
// defaults are filled in, so that the formats cannot differ in what they say.
func clean(f *Feed) *Feed {
	c := *f
	c.ID, c.Home, c.At = address(f.ID), address(f.Home), address(f.At)
	c.Icon, c.Logo, c.Hub = address(f.Icon), address(f.Logo), address(f.Hub)
	c.Stylesheet = address(f.Stylesheet)
	c.Title, c.Rights = text(f.Title), text(f.Rights)
	c.Description = orElse(text(f.Description), c.Title)
	c.Language = language(f.Language)
	c.Author = cleanAuthor(f.Author)
	c.Author.Name = orElse(c.Author.Name, c.Title)
	c.Items = make([]Item, len(f.Items))
	newest := time.Time{}
	for i := range f.Items {
		c.Items[i] = cleanItem(&f.Items[i])
		if t := c.Items[i].Updated; t.After(newest) {
			newest = t
		}
	}
	if c.Updated = moment(f.Updated); c.Updated.IsZero() {
		c.Updated = newest
	}
	return &c
}

func cleanItem(it *Item) Item {
	c := *it
	c.ID, c.URL, c.License = address(it.ID), address(it.URL), address(it.License)
	c.CreditLine, c.Rights = text(it.CreditLine), text(it.Rights)
	c.Title = orElse(text(it.Title), c.CreditLine)
	c.Disclosure = text(it.Disclosure)
	c.Summary = joinSentences(c.Disclosure, text(it.Summary))
	c.HTML = strings.TrimSpace(printable(it.HTML))
	c.Language = language(it.Language)
	c.Published, c.Updated = moment(it.Published), moment(it.Updated)
	if c.Updated.Before(c.Published) {
		c.Updated = c.Published
	}
	c.Authors = nil
	for _, a := range it.Authors {
		if a = cleanAuthor(a); a.Name != "" {
			c.Authors = append(c.Authors, a)
		}
	}
	c.Tags = nil
	for _, tag := range it.Tags {
		if tag = text(tag); tag != "" {
			c.Tags = append(c.Tags, tag)
		}
	}
	c.Images = make([]Image, len(it.Images))
	for i, m := range it.Images {
		m.URL, m.Type = address(m.URL), mimeType(m.Type)
		m.Alt, m.Credit = text(m.Alt), text(m.Credit)
		m.Length, m.Width, m.Height = max(m.Length, 0), max(m.Width, 0), max(m.Height, 0)
		c.Images[i] = m
	}
	c.Files = make([]File, len(it.Files))
	for i, f := range it.Files {
		f.URL, f.Type, f.Title = address(f.URL), mimeType(f.Type), text(f.Title)
		f.Length, f.Width, f.Height = max(f.Length, 0), max(f.Width, 0), max(f.Height, 0)
		if !(f.Seconds >= 0.001 && f.Seconds < 1e6) { // also what is not a number
			f.Seconds = 0
		}
		c.Files[i] = f
	}
	return c
}

func cleanAuthor(a Author) Author {
	return Author{Name: text(a.Name), URL: address(a.URL), Role: strings.ToLower(text(a.Role))}
}

func orElse(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}

func joinSentences(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// moment returns t as it is written: UTC, whole seconds, a year of four digits.
func moment(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Second)
	if y := t.Year(); y < 1 || y > 9999 {
		return time.Time{}
	}
	return t
}

// text returns s as one line without what is not for reading.
func text(s string) string {
	if plainLine(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(printable(s), breaks), " ")
}

// breaks tells the spaces that only lay a text out. A no-break space says
// something: French sets one before a colon.
func breaks(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\u2028' || r == '\u2029'
}

// plainLine reports whether text would change nothing in s, for the usual case
// of visible ASCII with single spaces.
func plainLine(s string) bool {
	space := true // a space at the start is one too many
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' && space, c < ' ', c >= 0x7f:
			return false
		default:
			space = c == ' '
		}
	}
	return !space || s == ""
}

// printable drops from s the characters that no XML 1.0 document may hold, the
// other control characters and the noncharacters of Unicode. Line ends become
// \n, as an XML parser would make them. Bytes that are not UTF-8 become U+FFFD.
func printable(s string) string {
	if !strings.ContainsFunc(s, unwelcome) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				b.WriteByte('\n')
			}
		case r == 0x85: // next line
			b.WriteByte('\n')
		case !unwelcome(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unwelcome(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0:
		return true
	}
	return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}

// address returns an address or ID in ASCII: what may not stand in a URI
// (RFC 3986) is written with percent signs, host names as Punycode.
func address(s string) string {
	if !strings.ContainsFunc(s, notInURI) && !strings.Contains(s, "%") {
		return s
	}
	s = strings.TrimSpace(printable(s))
	if u, err := url.Parse(s); err == nil && u.Host != "" {
		if host, err := idna.Lookup.ToASCII(u.Hostname()); err == nil && host != u.Hostname() {
			if port := u.Port(); port != "" {
				host += ":" + port
			}
			u.Host = host
			s = u.String()
		}
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; notInURI(rune(c)) || c == '%' && !escape(s[i:]) {
			b.WriteByte('%')
			b.WriteByte("0123456789ABCDEF"[c>>4])
			b.WriteByte("0123456789ABCDEF"[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// escape reports whether s begins with a percent sign that stands for a byte.
func escape(s string) bool {
	return len(s) > 2 && hexDigit(s[1]) && hexDigit(s[2])
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func notInURI(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("<>\"{}|\\^`", r)
}

// language returns s if it has the shape of a language tag, else "".
func language(s string) string {
	for i, part := range strings.Split(s, "-") {
		if part == "" || len(part) > 8 {
			return ""
		}
		for _, r := range part {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
			if !letter && (i == 0 || r < '0' || r > '9') {
				return ""
			}
		}
	}
	return s
}

// mimeType returns s if it has the shape of a MIME type, else the type of
// bytes of which nothing is known.
func mimeType(s string) string {
	kind, sub, ok := strings.Cut(s, "/")
	odd := func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("()<>@,:\\\"/[]?", r) }
	if !ok || kind == "" || sub == "" || strings.ContainsFunc(kind+sub, odd) {
		return "application/octet-stream"
	}
	return s
}
