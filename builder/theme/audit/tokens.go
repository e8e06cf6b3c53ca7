package audit

import (
	"path"
	"slices"
	"strings"

	"gallerist/builder/theme"
)

// Token is a custom property that a theme's sheets set on the whole page.
type Token struct {
	Name  string // "--paper"
	Light string // its value in the light scheme
	Dark  string // in the dark one, "" where it is the same or there is no dark scheme
}

// Tokens returns the custom properties that stand on :root once all sheets of the
// theme and of the site are laid over each other, sorted by name.
func Tokens(t *theme.Theme) []Token {
	light, dark := values(t, "light"), values(t, "dark")
	var list []Token
	for name := range light {
		token := Token{Name: name, Light: light[name]}
		if dark[name] != token.Light && slices.Contains(t.Schemes, "dark") {
			token.Dark = dark[name]
		}
		list = append(list, token)
	}
	slices.SortFunc(list, func(a, b Token) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// values returns the custom properties of :root in a scheme on a screen.
func values(t *theme.Theme, scheme string) map[string]string {
	set := map[string]string{}
	for _, d := range bundle(t).decls {
		if n := len(d.within); strings.HasPrefix(d.property, "--") && n > 0 && slices.Contains(split(d.within[n-1], ','), ":root") && holds(d.within[:n-1], scheme) {
			set[d.property] = d.value
		}
	}
	return set
}

// bundle is the theme's one sheet.
func bundle(t *theme.Theme) *sheet {
	for _, f := range t.Files() {
		if path.Base(f.Path) == path.Base(t.Assets.CSS) {
			return scan(f.Path, string(f.Bytes))
		}
	}
	return scan("", "")
}

// holds reports whether all at-rules around something hold for a wide screen that
// wants the scheme and nothing special.
func holds(within []string, scheme string) bool {
	for _, w := range within {
		words := strings.ReplaceAll(w, " ", "")
		switch {
		case strings.HasPrefix(words, "@layer"):
		case strings.HasPrefix(words, "@media") && strings.Contains(words, "prefers-color-scheme:"+scheme):
		default:
			return false
		}
	}
	return true
}

// split cuts a list at a separator that stands outside of parentheses, and takes the
// blanks from the parts.
func split(list string, by byte) []string {
	var parts []string
	depth, start := 0, 0
	for i := range len(list) {
		switch c := list[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == by && depth == 0:
			parts, start = append(parts, strings.TrimSpace(list[start:i])), i+1
		}
	}
	return append(parts, strings.TrimSpace(list[start:]))
}
