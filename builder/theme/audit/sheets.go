package audit

import (
	"maps"
	"path"
	"slices"
	"strings"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
)

// sheets reads the sheets of the theme and of the site.
func (a *auditor) sheets() {
	known := a.properties()
	for _, f := range a.ownFiles(".css") {
		a.sheet(scan(f.Shown, string(f.Text)), known)
	}
}

// sheet reads one; known are the custom properties that something sets.
func (a *auditor) sheet(s *sheet, known map[string]bool) {
	if s.open >= 0 {
		a.probs.Errorf(s.pos(s.open), "write the } that belongs to it", "a { is never closed")
	}
	for _, r := range s.rules {
		a.rule(s, r)
	}
	still := strings.Contains(strings.ReplaceAll(s.text, " ", ""), "prefers-reduced-motion:reduce")
	for _, d := range s.decls {
		a.declaration(s, d)
		a.unknown(s, d, known)
		a.motion(s, d, still)
	}
}

func (a *auditor) rule(s *sheet, r rule) {
	if strings.HasPrefix(r.prelude, "@") {
		if (strings.HasPrefix(r.prelude, "@media") || strings.HasPrefix(r.prelude, "@container")) && inPixels().MatchString(r.prelude) {
			a.probs.Warnf(s.pos(r.at), "write it in rem: 40rem is 640px for most, and follows those who read with large letters", "%q is measured in pixels", r.prelude)
		}
		return
	}
	for _, selector := range split(r.prelude, ',') {
		if steps, classes := depth(selector); (steps > 4 || classes > 2) && !inside(r.within, "@keyframes", "") {
			a.probs.Warnf(s.pos(r.at), "name a class of the part itself: what hangs on so much breaks when one of it moves, and a site could hardly win over it", "the selector %q is %d steps deep", selector, steps)
		}
	}
}

var (
	inPixels   = lazyregexp.New(`\d+px`)
	combinator = lazyregexp.New(`\s*[>+~]\s*|\s+`)
)

// depth counts the steps of a selector, and those of them that name a class:
// ".a li > .b" has 3 and 2.
func depth(selector string) (steps, classes int) {
	var flat strings.Builder
	open := 0
	for _, r := range selector {
		switch r {
		case '(', '[':
			open++
		case ')', ']':
			open--
		default:
			if open == 0 {
				flat.WriteRune(r)
			}
		}
	}
	for _, step := range combinator().Split(strings.Trim(flat.String(), " \t\n>+~&"), -1) {
		if steps++; strings.ContainsAny(step, ".#") {
			classes++
		}
	}
	return steps, classes
}

var (
	physical = lazyregexp.New(`^(?:(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right)|border-(?:left|right)(?:-.*)?|border-(?:top|bottom)-(?:left|right)-radius|left|right)$`)
	sides    = lazyregexp.New(`^(?:margin|padding|inset|border-width|border-color|border-style|scroll-margin|scroll-padding)$`)
	pixels   = lazyregexp.New(`(?:^|[\s(,])\d*\.?\d+px`)
)

// declaration looks at one property with its value.
func (a *auditor) declaration(s *sheet, d decl) {
	at, value := s.pos(d.at), strings.ToLower(d.value)
	switch {
	case d.property == "" && strings.HasPrefix(value, "@import"):
		a.probs.Errorf(at, "copy what you need into a sheet of the theme: a sheet is one file, and nothing is loaded from other servers", "@import loads a further file")
	case physical().MatchString(d.property):
		a.probs.Errorf(at, "write "+logical(d.property)+", so that pages from right to left need nothing more", "%q is a side of the screen, not of the text", d.property)
	case sides().MatchString(d.property) && lopsided(d.value):
		a.probs.Errorf(at, "write "+d.property+"-inline and "+d.property+"-block, so that pages from right to left need nothing more", "%q gives left and right different values", d.property+": "+d.value)
	case (d.property == "text-align" || d.property == "float" || d.property == "clear") && (value == "left" || value == "right"):
		word := map[string]string{"left": "start", "right": "end"}[value]
		if d.property != "text-align" {
			word = "inline-" + word
		}
		a.probs.Errorf(at, "write "+d.property+": "+word+", so that pages from right to left need nothing more", "%q is a side of the screen, not of the text", d.property+": "+d.value)
	case d.property == "text-overflow" || strings.HasSuffix(d.property, "line-clamp"):
		a.probs.Warnf(at, "let texts wrap: names and credit lines are never cut off", "%q cuts texts off", d.property)
	case (d.property == "font-size" || d.property == "font") && pixels().MatchString(value):
		a.probs.Warnf(at, "write it in rem, or take a token such as var(--step-0): letters in pixels do not grow for those who need them larger", "%q is measured in pixels", d.property+": "+d.value)
	case hidden(d):
		a.probs.Warnf(at, "show it always: telephones cannot hover, and neither can a keyboard", "%q shows something on hover only", d.property+": "+d.value)
	}
	if strings.Contains(value, "!important") && !inside(d.within, "@media", "prefers-reduced-motion") && !inside(d.within, "@media", "print") {
		a.probs.Warnf(at, "leave it out: each sheet is in a layer of its own, and the later ones win without it; a site could not change this", "%q is !important", d.property)
	}
	a.colour(s, d)
}

// hidden reports whether a rule for things hovered over alone changes whether something
// can be seen.
func hidden(d decl) bool {
	if d.property != "display" && d.property != "visibility" && d.property != "opacity" || len(d.within) == 0 {
		return false
	}
	for _, selector := range split(d.within[len(d.within)-1], ',') {
		if !strings.Contains(selector, ":hover") || strings.Contains(selector, ":focus") {
			return false
		}
	}
	return true
}

// logical is the property that says the same of the text's sides.
func logical(property string) string {
	if property == "left" || property == "right" {
		return "inset-inline-" + map[string]string{"left": "start", "right": "end"}[property]
	}
	r := strings.NewReplacer("top-left", "start-start", "top-right", "start-end", "bottom-left", "end-start", "bottom-right", "end-end",
		"-left", "-inline-start", "-right", "-inline-end")
	return r.Replace(property)
}

// lopsided reports whether four values, for top, right, bottom and left, give the
// two sides different ones.
func lopsided(value string) bool {
	parts := split(strings.Join(strings.Fields(value), " "), ' ')
	return len(parts) == 4 && parts[1] != parts[3]
}

// motion tells of what moves for those too who asked for less of it.
func (a *auditor) motion(s *sheet, d decl, still bool) {
	moves := strings.HasPrefix(d.property, "animation") || d.property == "navigation"
	if !moves || still || d.value == "none" || inside(d.within, "@media", "prefers-reduced-motion") {
		return
	}
	a.probs.Warnf(s.pos(d.at), "put it into @media (prefers-reduced-motion: no-preference) { … }", "%q moves for those too who asked for less motion", d.property)
}

var (
	setsProperty = lazyregexp.New(`--[\w-]+`)
	usesProperty = lazyregexp.New(`var\(\s*(--[\w-]+)\s*([,)])`)
)

// properties are the custom properties that anything sets: a sheet that is used, the
// palette, or a template in an attribute.
func (a *auditor) properties() map[string]bool {
	known := map[string]bool{"--r": true, "--c": true, "--s": true, "--x": true, "--y": true}
	for _, d := range bundle(a.theme).decls {
		if strings.HasPrefix(d.property, "--") {
			known[d.property] = true
		}
	}
	for _, name := range a.theme.Paths() {
		f := a.theme.Lookup(name)[0]
		switch path.Ext(name) {
		case ".css":
			for _, d := range scan(f.Shown, string(f.Text)).decls {
				known[d.property] = true
			}
		case ".html", ".js":
			for _, p := range setsProperty().FindAllString(string(f.Text), -1) {
				known[p] = true
			}
		}
	}
	return known
}

// unknown tells of custom properties that nothing sets. One with a value to fall back
// to is meant to be absent at times.
func (a *auditor) unknown(s *sheet, d decl, known map[string]bool) {
	for _, m := range usesProperty().FindAllStringSubmatch(d.value, -1) {
		if m[2] == ")" && !known[m[1]] {
			a.probs.Errorf(s.pos(d.at), didYouMean(m[1], known), "nothing sets %q", m[1])
		}
	}
}

// didYouMean proposes the property that was meant; a list of all would be too long.
func didYouMean(name string, known map[string]bool) string {
	if near := problem.Suggest(name, slices.Sorted(maps.Keys(known))); near != "" {
		return "did you mean \"" + near + "\"?"
	}
	return "\"gallerist theme show\" lists the tokens; one of your own belongs into tokens.css"
}
