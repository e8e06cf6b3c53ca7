package importer

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

var (
	// imageInText is a picture in Markdown: ![alt](file "title").
	imageInText = regexp.MustCompile(`!\[([^\]\n]*)\]\(\s*<?([^\s()<>]+)>?(?:\s+"([^"\n]*)")?\s*\)`)
	// figureInText is a picture as a shortcode of Hugo's shows it.
	figureInText = regexp.MustCompile(`\{\{[<%]\s*(?:figure|img|image)\s+([^{}]*?)/?[>%]\}\}(?:\s*\{\{[<%]\s*/\s*(?:figure|img|image)\s*[>%]\}\})?`)
	attribute    = regexp.MustCompile(`([a-z]+)\s*=\s*(?:"([^"]*)"|(\S+))`)
	shortcode    = regexp.MustCompile(`\{\{[<%][^{}]*[>%]\}\}`)
)

// gathering collects the media of one entry.
type gathering struct {
	l       *files
	p       *page
	e       *Entry
	folders []string
	used    map[string]int // by path, or by what a medium is called: its place
	probs   *problem.List
}

// media finds a page's pictures and films: those that its keys name, those that
// its text shows, and those that lie beside it, where it has a folder of its own.
func (l *files) media(p *page, e *Entry, folders []string, probs *problem.List) {
	g := &gathering{l, p, e, folders, map[string]int{}, probs}
	for _, key := range imageKeys {
		for _, ref := range references(p.head[key], strings.HasPrefix(key, "video")) {
			g.named(ref)
			delete(p.head, key)
		}
	}
	e.Story = g.text(e.Story)
	if own(p.name) {
		for _, name := range l.bundles[path.Dir(p.name)] {
			g.add(l.medium(name), name)
		}
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
		old.Alt, old.Caption = cmp.Or(old.Alt, m.Alt), cmp.Or(old.Caption, m.Caption)
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
		g.add(Medium{Link: ref.link, Alt: ref.alt, Caption: ref.caption}, "")
		return
	}
	file, _, _ := strings.Cut(ref.file, "?")
	found := ""
	if !strings.Contains(file, "://") {
		found = g.l.find(path.Dir(g.p.name), file, g.folders...)
	}
	m := Medium{Name: path.Base(file)}
	if found != "" {
		m = g.l.medium(found)
	}
	m.Alt, m.Caption = ref.alt, ref.caption
	g.add(m, found)
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
	s = imageInText.ReplaceAllStringFunc(s, func(whole string) string {
		m := imageInText.FindStringSubmatch(whole)
		return take(whole, reference{file: m[2], alt: strict.Line(m[1]), caption: strict.Line(m[3])})
	})
	s = figureInText.ReplaceAllStringFunc(s, func(whole string) string {
		said := map[string]string{}
		for _, a := range attribute.FindAllStringSubmatch(figureInText.FindStringSubmatch(whole)[1], -1) {
			said[a[1]] = strict.Line(a[2] + a[3])
		}
		return take(whole, reference{file: said["src"], alt: said["alt"], caption: cmp.Or(said["caption"], said["title"])})
	})
	if code := shortcode.FindString(s); code != "" {
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
type reference struct{ file, link, alt, caption string }

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
		}
		if r.link != "" && isWebAddress(r.link) || source.IsMediaName(r.file) {
			list = append(list, r)
		}
	}
	return list
}
