package theme

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
)

// A setting with a token is a custom property of the style sheet: what the
// site says in site.toml stands in the layer of tokens, after the theme's own.

// familyList is a list of families as in font-family: names, in quotation
// marks or not, with commas between them.
var familyList = lazyregexp.New(`^("[\pL\pN _.-]+"|'[\pL\pN _.-]+'|[\pL_-][\pL\pN _-]*)(\s*,\s*("[\pL\pN _.-]+"|'[\pL\pN _.-]+'|[\pL_-][\pL\pN _-]*))*$`)

// tokenName is the name of a custom property without its hyphens.
var tokenName = lazyregexp.New(`^[a-z][a-z0-9]*(-{1,2}[a-z0-9]+)*$`)

// isFontFile says whether the value of a setting of type "font" is a file.
func isFontFile(value string) bool { return path.Ext(value) == ".woff2" }

// ownTokens returns the rules that say what the site set.
func (t *Theme) ownTokens() string {
	var faces, tokens strings.Builder
	for _, name := range sortedKeys(t.tokens) {
		value := t.Settings[name]
		text := fmt.Sprint(value)
		if text == "" || t.tokens[name].fallback == value {
			continue
		}
		if t.tokens[name].kind == "font" && isFontFile(text) {
			href := t.hrefs[text]
			if href == "" {
				continue // told by preloadFonts
			}
			family := "Site " + name
			fmt.Fprintf(&faces, "@font-face{font-family:%q;src:url(%s) format(\"woff2\");font-weight:100 900;font-display:swap}\n", family, path.Base(href))
			text = fmt.Sprintf("%q,system-ui,sans-serif", family)
		}
		fmt.Fprintf(&tokens, "--%s:%s;", t.tokens[name].token, text)
	}
	if tokens.Len() == 0 {
		return ""
	}
	return fmt.Sprintf("@layer tokens{\n%s:root{%s}\n}\n", faces.String(), tokens.String())
}

// preloadFonts fills Fonts with what a page in each script wants before its
// first view: the theme's face of the script, or the site's own faces.
func (t *Theme) preloadFonts(ps *problem.List) {
	t.Fonts = map[string][]Preload{}
	own := []Preload{}
	replaced := false
	for _, name := range sortedKeys(t.tokens) {
		s := t.tokens[name]
		text, _ := t.Settings[name].(string)
		if s.kind != "font" || text == "" || text == s.fallback {
			continue
		}
		replaced = replaced || s.token == "font-display"
		if !isFontFile(text) {
			continue
		}
		if t.hrefs[text] == "" {
			ps.Errorf(t.options.Pos, "put the file there, or write a list of families such as \"Georgia, serif\"", "setting %q of the theme %q: no file %q", name, t.Name, text)
			continue
		}
		own = append(own, Preload{t.hrefs[text], published[".woff2"]})
	}
	for _, script := range fontScripts {
		list := slices.Clone(own)
		if file := t.fonts[script]; file != "" && !replaced {
			for _, name := range t.wanted("fonts", []string{file}, ps) {
				list = append(list, Preload{t.hrefs[name], published[".woff2"]})
			}
		}
		t.Fonts[script] = list
	}
}

// fontScripts are the writing systems that a theme may have a face for, by
// the names of its table [fonts].
var fontScripts = []string{"arabic", "armenian", "chinese", "cyrillic", "devanagari", "georgian", "greek", "hebrew", "japanese", "korean", "latin", "thai"}
