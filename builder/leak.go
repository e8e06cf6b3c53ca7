package builder

import (
	"cmp"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// leakScan looks for private values in what is about to be published: the
// last gate behind the allow list of gallery.Publish. A value is looked for
// as it is and in the forms in which encoders write it.
type leakScan struct {
	forms []leakForm // by first bytes
	first [1 << 16]bool
}

// leakForm is one spelling of a private value.
type leakForm struct {
	text  string
	value int // index of the value
}

// leakMin is the length under which a value is too common to be looked for.
const leakMin = 5

// newLeakScan prepares a scan for values.
func newLeakScan(values []string) *leakScan {
	s := &leakScan{}
	seen := map[string]bool{}
	for i, v := range values {
		for _, form := range leakForms(v) {
			if len(form) >= leakMin && !seen[form] {
				seen[form] = true
				s.forms = append(s.forms, leakForm{form, i})
				s.first[pair(form[0], form[1])] = true
			}
		}
	}
	slices.SortFunc(s.forms, func(a, b leakForm) int { return cmp.Compare(a.text, b.text) })
	return s
}

func pair(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// leakForms returns how a value may be written in HTML, XML, JSON and
// addresses.
func leakForms(v string) []string {
	v = strings.TrimSpace(v)
	if utf8.RuneCountInString(v) < leakMin {
		return nil
	}
	var b strings.Builder
	for _, r := range v {
		if r > 0x7e {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	forms := []string{
		v, norm.NFC.String(v), norm.NFD.String(v), html.EscapeString(v), b.String(),
		url.QueryEscape(v), url.PathEscape(v), strings.ReplaceAll(v, "@", "&#64;"),
		strings.ReplaceAll(v, "+", "&#43;"), strings.ToLower(v),
	}
	if digits := onlyDigits(v); len(digits) >= 7 && len(digits)*2 > len(v) { // a telephone number
		forms = append(forms, digits)
	}
	return forms
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
	if len(s.forms) == 0 {
		return -1
	}
	for i := 0; i+leakMin <= len(content); i++ {
		if !s.first[pair(content[i], content[i+1])] {
			continue
		}
		if v := s.at(content[i:]); v >= 0 {
			return v
		}
	}
	return -1
}

// at returns the value whose form content begins with, or -1.
func (s *leakScan) at(content []byte) int {
	head := string(content[:min(len(content), leakMin)])
	i, _ := slices.BinarySearchFunc(s.forms, head, func(f leakForm, h string) int {
		return cmp.Compare(f.text[:leakMin], h)
	})
	for ; i < len(s.forms) && s.forms[i].text[:leakMin] == head; i++ {
		if f := s.forms[i]; len(content) >= len(f.text) && string(content[:len(f.text)]) == f.text {
			return f.value
		}
	}
	return -1
}
