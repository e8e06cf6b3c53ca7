package builder

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/lang"
)

// leakScan looks for private values in what is about to be published: the
// last gate behind the allow list of gallery.Publish. A value is looked for
// as it is, in small and capital Latin letters, and in the forms in which
// encoders write it, also one inside the other; a telephone number by its
// digits, however they are grouped.
//
// Forms are looked for by Wu and Manber's way (A Fast Algorithm for
// Multi-Pattern Searching, 1994): a window as long as the shortest form is
// moved on by as much as the two bytes at its end allow.
type leakScan struct {
	forms  []leakForm // by first bytes
	first  [1 << 16]bool
	window int            // length of the shortest form; 0 = there is none
	shift  [1 << 16]uint8 // by the last two bytes of the window
	phones map[uint64]int // by the last phoneDigits digits, to the value
}

// leakForm is one spelling of a private value, in small letters.
type leakForm struct {
	text  string
	value int // index of the value
}

const (
	leakMin     = 5 // length under which a value is too common to be looked for
	phoneDigits = 9 // what is left of a number without its prefixes
	phoneGroups = 7 // groups of digits; rows of more are no telephone number
)

// newLeakScan prepares a scan for values.
func newLeakScan(values []string) *leakScan {
	s := &leakScan{phones: map[uint64]int{}}
	seen := map[string]bool{}
	for i, v := range values {
		for _, form := range leakForms(v) {
			form = lowerASCII(form)
			if len(form) >= leakMin && !seen[form] {
				seen[form] = true
				s.forms = append(s.forms, leakForm{form, i})
			}
		}
		if digits := telephone(v); len(digits) >= phoneDigits {
			n, _ := strconv.ParseUint(digits[len(digits)-phoneDigits:], 10, 64)
			s.phones[n] = i
		}
	}
	slices.SortFunc(s.forms, func(a, b leakForm) int { return cmp.Compare(a.text, b.text) })
	s.measure()
	return s
}

// measure finds out how far the window may move.
func (s *leakScan) measure() {
	if len(s.forms) == 0 {
		return
	}
	s.window = 1 << 8 // shifts are bytes
	for _, f := range s.forms {
		s.window = min(s.window, len(f.text))
	}
	last := s.window - 2 // where the pair at the window's end begins
	for i := range s.shift {
		s.shift[i] = uint8(last + 1)
	}
	for _, f := range s.forms {
		for at := range last + 1 {
			for _, p := range spelledPairs(f.text[at], f.text[at+1]) {
				s.shift[p] = min(s.shift[p], uint8(last-at))
			}
		}
		for _, p := range spelledPairs(f.text[0], f.text[1]) {
			s.first[p] = true
		}
	}
}

// spelledPairs are two bytes in small and capital letters.
func spelledPairs(a, b byte) [4]uint16 {
	A, B := capital(a), capital(b)
	return [4]uint16{pair(a, b), pair(a, B), pair(A, b), pair(A, B)}
}

func pair(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

func small(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func capital(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - ('a' - 'A')
	}
	return c
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = small(c)
	}
	return string(b)
}

// leakForms returns how a value may be written in HTML, XML, JSON and
// addresses, and in HTML within XML or JSON, which feeds hold.
func leakForms(v string) []string {
	v = strings.TrimSpace(v)
	if utf8.RuneCountInString(v) < leakMin {
		return nil
	}
	var forms []string
	for _, plain := range []string{v, norm.NFC.String(v), norm.NFD.String(v), strings.ToLower(v)} {
		escaped := html.EscapeString(plain)
		for _, text := range []string{
			plain, escaped, strings.ReplaceAll(escaped, "+", "&#43;"), strings.ReplaceAll(escaped, "@", "&#64;"),
			strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(plain),
		} {
			forms = append(forms, text, html.EscapeString(text), jsonForm(text, true), jsonForm(text, false))
		}
		forms = append(forms, jsonASCII(plain), url.QueryEscape(plain), url.PathEscape(plain))
	}
	if strings.Contains(v, "@") { // an address of a page made of it
		forms = append(forms, lang.Slugs(v)...)
	}
	return append(forms, telephone(v))
}

// jsonForm returns a text as encoding/json writes it, without the quotes.
func jsonForm(s string, escapeHTML bool) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(escapeHTML)
	if err := e.Encode(s); err != nil {
		return s // a string does not fail
	}
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), `"`), "\"\n")
}

// jsonASCII returns a text as encoders write it that write ASCII only.
func jsonASCII(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > 0x7e {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// telephone returns the digits of a telephone number, "" for other values.
func telephone(v string) string {
	if digits := onlyDigits(v); len(digits) >= 7 && len(digits)*2 > len(strings.TrimSpace(v)) {
		return digits
	}
	return ""
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// find returns the index of the first private value in content, or -1.
func (s *leakScan) find(content []byte) int {
	if v := s.search(content, nil); v >= 0 {
		return v
	}
	return s.findPhone(content)
}

// search returns the index of the first value of which content holds a form, or
// -1; those that may be passed over are, where may is not nil.
func (s *leakScan) search(content []byte, may func(value int) bool) int {
	if s.window == 0 {
		return -1
	}
	for end := s.window - 1; end < len(content); {
		if n := s.shift[pair(content[end-1], content[end])]; n > 0 {
			end += int(n)
			continue
		}
		begin := end + 1 - s.window
		if s.first[pair(content[begin], content[begin+1])] {
			if v := s.at(content[begin:], may); v >= 0 {
				return v
			}
		}
		end++
	}
	return -1
}

// at returns the value whose form content begins with, or -1.
func (s *leakScan) at(content []byte, may func(value int) bool) int {
	var head [leakMin]byte
	for i := range head {
		head[i] = small(content[i])
	}
	i, _ := slices.BinarySearchFunc(s.forms, head, func(f leakForm, h [leakMin]byte) int {
		return cmp.Compare(f.text[:leakMin], string(h[:]))
	})
	for ; i < len(s.forms) && s.forms[i].text[:leakMin] == string(head[:]); i++ {
		if hasFold(content, s.forms[i].text) && (may == nil || !may(s.forms[i].value)) {
			return s.forms[i].value
		}
	}
	return -1
}

// hasFold reports whether content begins with a form, whatever the case of
// its Latin letters.
func hasFold(content []byte, form string) bool {
	if len(content) < len(form) {
		return false
	}
	for i := range len(form) {
		if small(content[i]) != form[i] {
			return false
		}
	}
	return true
}

// findPhone returns the value of a telephone number in content, or -1: groups
// of digits with the usual marks between them.
func (s *leakScan) findPhone(content []byte) int {
	if len(s.phones) == 0 {
		return -1
	}
	const modulus = 1_000_000_000 // phoneDigits digits
	var number uint64
	digits, groups, gap := 0, 0, 0
	for i, c := range content {
		if c < '0' || c > '9' {
			if gap++; gap > 3 || digits > 0 && !betweenDigits(c) {
				digits, groups = 0, 0
			}
			continue
		}
		if gap > 0 || digits == 0 {
			groups++
		}
		number, digits, gap = (number*10+uint64(c-'0'))%modulus, digits+1, 0
		if digits < phoneDigits || groups > phoneGroups || i+1 < len(content) && content[i+1] >= '0' && content[i+1] <= '9' {
			continue
		}
		if v, ok := s.phones[number]; ok {
			return v
		}
	}
	return -1
}

// betweenDigits tells what stands between the digits of a telephone number:
// the bytes of a no-break space among them.
func betweenDigits(c byte) bool {
	return c == ' ' || c == '-' || c == '(' || c == ')' || c == 0xc2 || c == 0xa0
}
