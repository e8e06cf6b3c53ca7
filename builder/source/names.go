package source

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// fold returns a name as names are compared: composed and case folded, which
// is how other file systems see it.
func fold(name string) string {
	for i := 0; i < len(name); i++ {
		if name[i] >= utf8.RuneSelf {
			return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
		}
	}
	return strings.ToLower(name)
}

// natural compares names so that 2.jpg comes before 10.jpg.
func natural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		dx, dy := digits(x), digits(y)
		if dx == 0 || dy == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		nx, ny := strings.TrimLeft(x[:dx], "0"), strings.TrimLeft(y[:dy], "0")
		if c := cmp.Or(cmp.Compare(len(nx), len(ny)), cmp.Compare(nx, ny)); c != 0 {
			return c
		}
		x, y = x[dx:], y[dy:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// markdownName parts "about.en.md" into "about" and "en"; lang is "" when the
// last part of the base is no language tag.
func markdownName(name string) (base, lang string, ok bool) {
	base, ok = strings.CutSuffix(name, ".md")
	if !ok {
		return "", "", false
	}
	if i := strings.LastIndexByte(base, '.'); i > 0 && isTag(base[i+1:]) {
		return base[:i], base[i+1:], true
	}
	return base, "", true
}

// isTag reports whether s has the shape of a language tag: en, pt-BR, zh-Hant.
func isTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) > 8 || len(part) < 2 || i == 0 && len(part) > 3 {
			return false
		}
		for _, c := range []byte(part) {
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

// canonical returns a language tag as it is usually written, "" when s is
// none.
func (r *reader) canonical(s string) string {
	if slices.Contains(r.opt.Languages, s) {
		return s
	}
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und || !isTag(s) {
		return ""
	}
	return tag.String()
}
