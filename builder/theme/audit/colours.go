package audit

import (
	"path"
	"strings"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

var (
	quoted     = lazyregexp.New(`"[^"]*"|'[^']*'|(?i:url)\([^)]*\)`)
	hexColour  = lazyregexp.New(`#[0-9a-fA-F]{3,8}\b`)
	function   = lazyregexp.New(`(?i)\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*[\d.-]`)
	word       = lazyregexp.New(`[a-zA-Z][a-zA-Z-]*`)
	takesColor = lazyregexp.New(`color|background|border|outline|shadow|^fill$|^stroke$|decoration`)
)

// colour tells of colours that do not stand in tokens.css. The site's own last
// sheet may have them, and a mask has none.
func (a *auditor) colour(s *sheet, d decl) {
	switch path.Base(s.shown) {
	case "tokens.css", "tokens.more.css", "site.css":
		return
	}
	if strings.Contains(d.property, "mask") {
		return
	}
	value := quoted().ReplaceAllString(d.value, "")
	found := hexColour().FindString(value)
	if found == "" {
		found = strings.TrimRight(function().FindString(value), "0123456789.- (")
	}
	if found == "" && takesColor().MatchString(d.property) {
		for _, w := range word().FindAllString(value, -1) {
			if _, ok := theme.ParseCSS(w); ok && found == "" {
				found = w
			}
		}
	}
	if found != "" {
		a.probs.Errorf(s.pos(d.at), "give it a name in tokens.css, such as --chip: "+found+", and write var(--chip) here: then a site can change it, and the dark scheme too",
			"the colour %q stands outside of tokens.css", found)
	}
}

// pair is a text or a mark on a ground, with the contrast that it needs at least
// (WCAG 2.2: 4.5 for text, 3 for what is not text; 7 is what running text gets here).
type pair struct {
	on, ground string
	least      float64
}

func pairs() []pair {
	list := []pair{{"--on-fill", "--fill", 4.5}, {"--on-chip", "--chip", 4.5}}
	for _, ground := range []string{"--paper", "--paper-2"} {
		list = append(list, pair{"--ink", ground, 7}, pair{"--ink-2", ground, 4.5}, pair{"--accent", ground, 4.5}, pair{"--mark", ground, 3})
	}
	for _, ground := range []string{"--tint-1", "--tint-2", "--tint-3"} {
		list = append(list, pair{"--ink", ground, 7}, pair{"--ink-2", ground, 4.5})
	}
	return list
}

// contrasts computes the contrast of the pairs of which the theme or the site sets a
// colour itself: the palette's own are right.
func (a *auditor) contrasts() {
	set := a.ownTokens()
	for _, scheme := range a.theme.Schemes {
		all := values(a.theme, scheme)
		for _, p := range pairs() {
			at, own := set[p.on]
			if !own {
				at, own = set[p.ground]
			}
			x, ok := resolve(all, p.on, 0)
			y, ok2 := resolve(all, p.ground, 0)
			if !own || !ok || !ok2 {
				continue
			}
			if c := theme.Contrast(x, y); c < p.least {
				a.probs.Errorf(at, "make one of the two lighter or darker until it has; many cannot read it so",
					"%s on %s has a contrast of %.1f in the %s scheme, and needs %.1f", p.on, p.ground, c, scheme, p.least)
			}
		}
	}
}

// ownTokens are the custom properties that the theme's own sheets and the site's set
// on the page, with the last place of each.
func (a *auditor) ownTokens() map[string]problem.Pos {
	set := map[string]problem.Pos{}
	for _, f := range a.ownFiles(".css") {
		s := scan(f.Shown, string(f.Text))
		for _, d := range s.decls {
			if n := len(d.within); strings.HasPrefix(d.property, "--") && n > 0 && d.within[n-1] == ":root" && !inside(d.within, "@media", "print") {
				set[d.property] = s.pos(d.at)
			}
		}
	}
	return set
}

// resolve returns the colour of a custom property, through those that it names.
func resolve(all map[string]string, name string, depth int) (theme.Color, bool) {
	value := strings.TrimSpace(all[name])
	if inner, ok := strings.CutPrefix(value, "var("); ok && depth < 8 {
		return resolve(all, strings.TrimSpace(strings.TrimSuffix(inner, ")")), depth+1)
	}
	return theme.ParseCSS(value)
}
