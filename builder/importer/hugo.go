package importer

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// hugo reads a gallery made with Hugo: each page bundle, a folder with index.md
// and pictures, is a piece, with what its front matter says of its resources. A
// page without a folder of its own is one where it names or shows pictures.
// What stands in _index.md is the text of a list, and the gallery here has its
// own.
//
// The folder to give is that of the site, or one below it. A piece is known by
// its path below the folder that is imported.
type hugo struct{}

// Tells reports whether there is a settings file of Hugo's, a list page, or a
// page that speaks of its resources.
func (hugo) Tells(in Input) bool {
	return in.any(func(name string) bool {
		switch base := path.Base(name); {
		case base == "hugo.toml" || base == "hugo.yaml" || base == "hugo.json":
			return true
		case base == "_index.md" || strings.HasPrefix(base, "_index.") && strings.HasSuffix(base, ".md"):
			return true
		case base == "index.md":
			head := string(in.begins(name, 64<<10))
			return fenced(in, name) && (strings.Contains(head, "[[resources]]") || strings.Contains(head, "\nresources:"))
		}
		return false
	})
}

// Read returns an entry for each page that has pictures or films.
func (hugo) Read(ctx context.Context, in Input, opt *Options, probs *problem.List) ([]Entry, error) {
	l, err := walk(ctx, in, probs)
	if err != nil {
		return nil, err
	}
	root := l.content()
	var lists, without []string
	pages, err := l.pages(ctx, probs, func(name string) bool {
		if !isPage(name, false) || machinery(name) || !within(path.Dir(name), root) {
			return false
		}
		if stem, _ := languageOf(path.Base(name)); stem == "_index" {
			lists = append(lists, name)
			return false
		}
		return fenced(in, name)
	})
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		merge(p)
	}
	entries := l.entries(pages, opt, mediaFolders, probs, func(p *page, e *Entry) bool {
		resources(p, e)
		if len(e.Media) == 0 {
			without = append(without, p.name)
			return false
		}
		return true
	})
	if len(lists) > 0 {
		probs.Notef(in.At(lists[0]), "write what you want to keep of it into gallery.md", "not taken: the text of a list%s", others(lists[1:]))
		for _, name := range lists {
			l.stray(path.Dir(name), probs)
		}
	}
	if len(without) > 0 {
		probs.Notef(in.At(without[0]), "make a submission or a plain page of it by hand, if you want it", "not taken: no picture or film belongs to it%s", others(without[1:]))
	}
	return entries, nil
}

// content returns the folder "content" that lies highest, "." without one.
func (l *files) content() string {
	best := "."
	for _, name := range l.paths {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if path.Base(dir) == "content" && !machinery(dir+"/x") && (best == "." || strings.Count(dir, "/") < strings.Count(best, "/")) {
				best = dir
			}
		}
	}
	return best
}

// merge moves what stands below params to the top, where it means the same.
func merge(p *page) {
	params, _ := p.take("params").(map[string]any)
	for key, v := range params {
		if key = strings.ToLower(key); hollow(p.head[key]) {
			p.head[key] = v
		}
	}
}

// stray tells of media beside a list page, which belong to no piece.
func (l *files) stray(dir string, probs *problem.List) {
	var names []string
	for _, name := range l.paths {
		if path.Dir(name) == dir && source.IsMediaName(name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		probs.Warnf(l.in.At(names[0]), "import this folder with --from folder to make one piece of each", "not taken: it lies beside a list and belongs to no piece%s", others(names[1:]))
	}
}

// resources applies what front matter says of resources to a page's media: each
// table is about the files that its src matches. Whom the tables name are the
// authors where the page names none. What nobody needs of them is left.
func resources(p *page, e *Entry) {
	tables, _ := p.take("resources").([]any)
	said := len(e.Authors) > 0
	var left []any
	for _, x := range tables {
		table, ok := x.(map[string]any)
		if !ok {
			continue
		}
		r := &page{head: map[string]any{}}
		for key, v := range table {
			r.head[strings.ToLower(key)] = v
		}
		merge(r)
		src, alt, caption := r.line("src"), r.line("alt"), r.line("caption", "title", "description")
		front := r.oursOfMedia()
		if name := r.line("byline", "photographer", "author", "credit"); name != "" && !said &&
			!slices.ContainsFunc(e.Authors, func(a gallery.Author) bool { return a.Name == name }) {
			e.Authors = append(e.Authors, gallery.Author{Name: name})
		}
		about(e.Media, src, alt, caption, front)
		if full(r.head) != nil {
			r.head["src"] = src
			left = append(left, r.head)
		}
	}
	if len(left) > 0 {
		p.head["resources"] = left
	}
}

// about says something of the media that a pattern matches. ":counter" stands
// for their number.
func about(media []Medium, src, alt, caption string, front map[string]any) {
	n := 0
	for i := range media {
		m := &media[i]
		if ok, err := path.Match(source.Fold(path.Base(src)), source.Fold(m.Name)); err != nil || !ok || src == "" {
			continue
		}
		n++
		count := strings.NewReplacer(":counter", strconv.Itoa(n))
		if m.Alt == "" {
			m.Alt = count.Replace(alt)
		}
		if m.Front == nil {
			m.Front = front
		}
		if m.Caption == "" {
			m.Caption = count.Replace(caption)
		}
	}
}
