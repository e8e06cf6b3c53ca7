package importer

import (
	"cmp"
	"path"
	"strings"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

var (
	// imageInText is a picture in Markdown: ![alt](file "title").
	imageInText = lazyregexp.New(`!\[([^\]\n]*)\]\(\s*<?([^\s()<>]+)>?(?:\s+"([^"\n]*)")?\s*\)`)
	// figureInText is a picture as a shortcode of Hugo's shows it.
	figureInText = lazyregexp.New(`\{\{[<%]\s*(?:figure|img|image)\s+([^{}]*?)/?[>%]\}\}(?:\s*\{\{[<%]\s*/\s*(?:figure|img|image)\s*[>%]\}\})?`)
	attribute    = lazyregexp.New(`([a-z]+)\s*=\s*(?:"([^"]*)"|(\S+))`)
	shortcode    = lazyregexp.New(`\{\{[<%][^{}]*[>%]\}\}`)
)

// gathering collects the media of one entry.
type gathering struct {
	l       *files
	p       *page
	e       *Entry
	folders []string
	used    map[string]int  // by path, or by what a medium is called: its place
	listed  map[string]bool // paths of those that are named for themselves
	wanted  []wanted
	probs   *problem.List
}

// media finds a page's pictures and films: those that its keys name, those that
// its text shows, and those that lie beside it, where it has a folder of its own.
func (l *files) media(p *page, e *Entry, folders []string, probs *problem.List) {
	g := &gathering{l, p, e, folders, map[string]int{}, map[string]bool{}, nil, probs}
	for _, key := range imageKeys {
		for _, ref := range references(p.head[key], strings.HasPrefix(key, "video")) {
			g.named(ref)
			delete(p.head, key)
		}
	}
	e.Story = g.text(e.Story)
	g.addPosters()
	if own(p.name) {
		for _, name := range l.bundles[path.Dir(p.name)] {
			g.add(l.medium(name), name)
		}
	}
	g.posters()
}

// posters tells the pictures that are only posters: those that a film names and
// those that are named like one, unless they are listed for themselves.
func (g *gathering) posters() {
	films := map[string]bool{}
	stem := func(m *Medium) string { return source.Fold(strings.TrimSuffix(m.path, path.Ext(m.path))) }
	for i := range g.e.Media {
		if m := &g.e.Media[i]; m.path != "" && !source.IsPictureName(m.path) {
			films[stem(m)] = true
		}
	}
	for i := range g.e.Media {
		m := &g.e.Media[i]
		m.aside = (m.aside || m.path != "" && films[stem(m)] && source.IsPictureName(m.path)) && !g.listed[m.path]
	}
}

// add adds a medium once; found is its path, "" where it is not there.
func (g *gathering) add(m Medium, found string) {
	key := found
	if key == "" {
		key = "?" + m.Name + m.Link
	}
	if i, ok := g.used[key]; ok {
		old := &g.e.Media[i]
		old.Alt, old.Caption, old.poster = cmp.Or(old.Alt, m.Alt), cmp.Or(old.Caption, m.Caption), cmp.Or(old.poster, m.poster)
		if old.Front == nil {
			old.Front = m.Front
		}
		old.aside = old.aside || m.aside
		return
	}
	g.used[key] = len(g.e.Media)
	g.e.Media = append(g.e.Media, m)
	if other, ok := g.l.claimed[found]; ok {
		g.probs.Warnf(g.p.at, "leave it with whom it belongs to, and take it out of the other piece", "%q is also in %s", m.Name, other)
	} else if found != "" {
		g.l.claimed[found] = g.p.name
	}
}

// named adds a medium that a key or a text names.
func (g *gathering) named(ref reference) {
	if ref.link != "" {
		g.add(Medium{Link: ref.link, Alt: ref.alt, Caption: ref.caption, Front: ref.front}, "")
		g.wanted = append(g.wanted, wanted{"?" + ref.link, ref.poster})
		return
	}
	m, found := g.file(ref.file)
	m.Alt, m.Caption, m.Front = ref.alt, ref.caption, ref.front
	g.listed[found] = true
	g.add(m, found)
	g.wanted = append(g.wanted, wanted{cmp.Or(found, "?"+m.Name), ref.poster})
}

// file returns a medium by how a page names it, and its path; "" where it is not
// there.
func (g *gathering) file(name string) (m Medium, found string) {
	name, _, _ = strings.Cut(name, "?")
	if !strings.Contains(name, "://") {
		found = g.l.find(path.Dir(g.p.name), name, g.folders...)
	}
	if found == "" {
		return Medium{Name: path.Base(name)}, ""
	}
	return g.l.medium(found), found
}

// wanted is a poster that a film names.
type wanted struct{ film, poster string } // film as in gathering.used

// addPosters adds the posters that films name, after all that is named for itself.
func (g *gathering) addPosters() {
	for _, w := range g.wanted {
		if w.poster == "" {
			continue
		}
		m, found := g.file(w.poster)
		m.aside = true
		g.add(m, found)
		g.e.Media[g.used[w.film]].poster = found
	}
}

// text takes pictures out of a text and adds them. Those of other sites stay.
func (g *gathering) text(s string) string {
	take := func(whole string, ref reference) string {
		if ref.file == "" || strings.Contains(ref.file, "://") {
			return whole
		}
		g.named(ref)
		return ""
	}
	s = imageInText().ReplaceAllStringFunc(s, func(whole string) string {
		m := imageInText().FindStringSubmatch(whole)
		return take(whole, reference{file: m[2], alt: strict.Line(m[1]), caption: strict.Line(m[3])})
	})
	s = figureInText().ReplaceAllStringFunc(s, func(whole string) string {
		said := map[string]string{}
		for _, a := range attribute().FindAllStringSubmatch(figureInText().FindStringSubmatch(whole)[1], -1) {
			said[a[1]] = strict.Line(a[2] + a[3])
		}
		return take(whole, reference{file: said["src"], alt: said["alt"], caption: cmp.Or(said["caption"], said["title"])})
	})
	if code := shortcode().FindString(s); code != "" {
		g.probs.Warnf(g.p.at, "take it out of submission.md, or write what it should say", "its text holds %s, which means nothing here", strict.Quote(code))
	}
	return strings.TrimSpace(s)
}

// own tells pages that have a folder of their own.
func own(name string) bool {
	stem, _ := languageOf(path.Base(name))
	return stem == "index" || stem == "submission"
}

// bundle parts the media among the pages with a folder of their own: each is
// that page's whose folder is the next above it.
func (l *files) bundle(pages []*page) {
	l.bundles = map[string][]string{}
	for _, p := range pages {
		if own(p.name) {
			l.bundles[path.Dir(p.name)] = nil
		}
	}
	for _, name := range l.paths {
		if !source.IsMediaName(name) {
			continue
		}
		for dir := path.Dir(name); ; dir = path.Dir(dir) {
			if _, ok := l.bundles[dir]; ok {
				l.bundles[dir] = append(l.bundles[dir], name)
				break
			}
			if dir == "." {
				break
			}
		}
	}
}

// within reports whether a folder is another or lies in it.
func within(dir, in string) bool {
	return in == "." || dir == in || strings.HasPrefix(dir, in+"/")
}

// reference is a medium as front matter names it.
type reference struct {
	file, link, alt, caption string
	poster                   string         // of a film
	front                    map[string]any // what is ours besides
}

// references reads a text, a table or a list of these; of films, addresses
// elsewhere too. What is none is none.
func references(v any, film bool) (list []reference) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			list = append(list, references(x, film)...)
		}
	case string:
		s := strict.Line(v)
		if source.IsMediaName(strings.SplitN(s, "?", 2)[0]) {
			list = append(list, reference{file: s})
		} else if film && isWebAddress(s) {
			list = append(list, reference{link: s})
		}
	case map[string]any:
		m := &page{head: map[string]any{}}
		for key, x := range v {
			m.head[strings.ToLower(key)] = x
		}
		r := reference{
			file: m.line("file", "image", "src", "path", "photo", "video", "url", "name"), link: m.line("link"),
			alt: m.line("alt", "image_alt"), caption: m.line("caption", "title", "description"),
			front: m.oursOfMedia(),
		}
		if poster := m.line("poster"); source.IsMediaName(poster) {
			r.poster = poster
		}
		if r.link != "" && isWebAddress(r.link) || source.IsMediaName(r.file) {
			list = append(list, r)
		}
	}
	return list
}

// oursOfMedia takes what a table says of a medium in our own words.
func (p *page) oursOfMedia() map[string]any {
	front := map[string]any{}
	if v := p.head["focus"]; isParts(v, 2) {
		front["focus"] = p.take("focus")
	}
	if v := p.head["crop"]; isParts(v, 4) { // or what was cut away for a reason would be shown again
		front["crop"] = p.take("crop")
	}
	if len(front) == 0 {
		return nil
	}
	return front
}

// isParts tells a list of n numbers from 0 to 1: a place in a picture, a part of it.
func isParts(v any, n int) bool {
	list, ok := v.([]any)
	for _, x := range list {
		part := -1.0
		switch x := x.(type) {
		case int64:
			part = float64(x)
		case float64:
			part = x
		}
		ok = ok && part >= 0 && part <= 1
	}
	return ok && len(list) == n
}
