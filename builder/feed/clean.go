package feed

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Clean returns a copy of f whose strings may be written as they are and whose
// defaults are filled in, so that the formats cannot differ in what they say.
// Each Format does it; where one feed is written in several formats, it is
// done once if it is done before. The copy must not be changed.
func Clean(f *Feed) *Feed {
	if f.clean {
		return f
	}
	c := *f
	c.clean = true
	c.ID, c.Home, c.At = address(f.ID), address(f.Home), address(f.At)
	c.Icon, c.Logo, c.Hub = webAddress(f.Icon), webAddress(f.Logo), webAddress(f.Hub)
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
	c.ID, c.URL, c.License = address(it.ID), address(it.URL), webAddress(it.License)
	c.CreditLine, c.Rights = text(it.CreditLine), text(it.Rights)
	c.Title = orElse(text(it.Title), c.CreditLine)
	c.Award, c.Disclosure = text(it.Award), text(it.Disclosure)
	c.Summary = joinSentences(c.Award, joinSentences(c.Disclosure, text(it.Summary)))
	c.HTML = strings.TrimSpace(printable(it.HTML))
	c.Language, c.TitleLang = language(it.Language), language(it.TitleLang)
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
		c.Images[i] = cleanImage(m)
	}
	c.Files = make([]File, len(it.Files))
	for i, f := range it.Files {
		c.Files[i] = cleanFile(f)
	}
	return c
}

func cleanImage(m Image) Image {
	m.URL, m.Type = address(m.URL), mimeType(m.Type)
	m.Alt, m.Credit = text(m.Alt), text(m.Credit)
	m.Length, m.Width, m.Height = max(m.Length, 0), max(m.Width, 0), max(m.Height, 0)
	return m
}

func cleanFile(f File) File {
	f.URL, f.Type, f.Title = address(f.URL), mimeType(f.Type), text(f.Title)
	f.Length, f.Width, f.Height = max(f.Length, 0), max(f.Width, 0), max(f.Height, 0)
	if !(f.Seconds >= 0.001 && f.Seconds < 1e6) { // also what is not a number
		f.Seconds = 0
	}
	return f
}

func cleanAuthor(a Author) Author {
	c := Author{Name: text(a.Name), URL: webAddress(a.URL)}
	for _, role := range a.Roles {
		if role = strings.ToLower(text(role)); role != "" {
			c.Roles = append(c.Roles, role)
		}
	}
	return c
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

// plainLine reports whether text would surely change nothing in s: letters of
// most scripts with single spaces between words.
func plainLine(s string) bool {
	space := true // a space at the start is one too many
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c == ' ' && space || rare[c] && odd(s[i:]) || c == 0xe2 && (strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029")) {
			return false
		}
		space = c == ' '
	}
	return (!space || s == "") && utf8.ValidString(s)
}

// rare marks the bytes that an unwelcome character has, and few others have:
// control characters, and the first bytes of U+0080–U+00BF, U+F000–U+FFFF and
// all from U+10000 on.
var rare = func() (t [256]bool) {
	for c := range t {
		t[c] = c < ' ' && c != '\t' && c != '\n' || c == 0x7f || c == 0xc2 || c >= 0xef
	}
	return t
}()

// odd reports whether s, which begins with a rare byte, begins with a character
// that printable drops or replaces.
func odd(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unwelcome(r)
}

// printable drops from s the characters that no XML 1.0 document may hold, the
// other control characters and the noncharacters of Unicode. Line ends become
// \n, as an XML parser would make them. Bytes that are not UTF-8 become U+FFFD.
func printable(s string) string {
	common := true
	for i := 0; i < len(s) && common; i++ {
		common = !rare[s[i]] || !odd(s[i:])
	}
	if common && utf8.ValidString(s) {
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
	if escapes(s) == 0 {
		return s
	}
	s = punycode(strings.TrimSpace(printable(s)))
	var b strings.Builder
	b.Grow(len(s) + 2*escapes(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; mustEscape(s, i) {
			b.WriteByte('%')
			b.WriteByte("0123456789ABCDEF"[c>>4])
			b.WriteByte("0123456789ABCDEF"[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// webAddress is address for what may be left out: "" unless it is on the web.
func webAddress(s string) string {
	s = address(s)
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// escapes counts the bytes of s that may not stand in a URI.
func escapes(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if mustEscape(s, i) {
			n++
		}
	}
	return n
}

// mustEscape reports whether the byte at i may not stand in a URI. A percent
// sign may if it already stands for a byte.
func mustEscape(s string, i int) bool {
	c := s[i]
	if c == '%' {
		return i+2 >= len(s) || !hexDigit(s[i+1]) || !hexDigit(s[i+2])
	}
	return notInURI[c]
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

var notInURI = func() (t [256]bool) {
	for c := range t {
		t[c] = c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"{}|\\^`", byte(c)) >= 0
	}
	return t
}()

// punycode returns an address with its host name in ASCII.
func punycode(s string) string {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return s
	}
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	if escapes(rest[:end]) == 0 {
		return s
	}
	name, port, _ := strings.Cut(rest[:end], ":")
	name, err := idna.Lookup.ToASCII(name)
	if err != nil {
		return s
	}
	if port != "" {
		name += ":" + port
	}
	return scheme + "://" + name + rest[end:]
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
