package main

import (
	"errors"
	"fmt"
	"html"
	"io/fs"
	"math"
	"path"
	"regexp"
	"strings"
)

// output is what lies in a finished site's folder, by kind.
type output struct {
	files, html  int
	bytes        int64
	pieces       int // pages of one
	galleries    int // lists, without their further pages
	contributors int
	tags         int
	lists        int // pages of all those lists
	indexes      int // of contributors, of tags
	rss          int
	sitemap      bool
}

// survey counts the output of the workload in a folder. Both programs put it at
// the same addresses but for the feeds' names.
func (c corpus) survey(fsys fs.FS) (output, error) {
	var o output
	galleries := map[string]bool{}
	for i := range c.galleries {
		galleries[c.room(i).Name] = true
	}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		o.files++
		o.bytes += info.Size()
		switch path.Ext(name) {
		case ".html":
			o.html++
			o.page(galleries, strings.Split(name, "/"))
		case ".xml":
			switch path.Base(name) {
			case "feed.xml", "index.xml":
				o.rss++
			case "sitemap.xml":
				o.sitemap = true
			}
		}
		return nil
	})
	return o, err
}

// page counts one HTML file by its place.
func (o *output) page(galleries map[string]bool, parts []string) {
	dir := parts[:len(parts)-1]
	further := len(dir) > 2 && dir[len(dir)-2] == "page"
	if further {
		dir = dir[:len(dir)-2]
	}
	count := func(kind *int) {
		o.lists++
		if !further {
			*kind++
		}
	}
	switch {
	case len(dir) == 1 && galleries[dir[0]]:
		count(&o.galleries)
	case len(dir) == 2 && dir[0] == "contributors":
		count(&o.contributors)
	case len(dir) == 2 && dir[0] == "tags":
		count(&o.tags)
	case len(dir) == 1 && (dir[0] == "contributors" || dir[0] == "tags"):
		o.indexes++
	case len(dir) == 2 && galleries[dir[0]] && dir[1] != "thanks" && dir[1] != "call":
		o.pieces++
	}
}

// tolerance is the part of all pages by which their number may differ, beside a
// page a list: the last page of ours holds up to 47 pieces.
const tolerance = 0.02

// same says where two outputs are not of the same work.
func (c corpus) same(a, b output) error {
	var list []error
	exactly := func(what string, a, b int) {
		if a != b {
			list = append(list, fmt.Errorf("%s: %d and %d", what, a, b))
		}
	}
	exactly("pieces", a.pieces, b.pieces)
	exactly("pieces written and built", c.pieces, a.pieces)
	exactly("galleries", a.galleries, b.galleries)
	exactly("contributors", a.contributors, b.contributors)
	exactly("tags", a.tags, b.tags)
	exactly("indexes", a.indexes, b.indexes)
	exactly("RSS feeds", a.rss, b.rss)
	if !a.sitemap || !b.sitemap {
		list = append(list, errors.New("a sitemap is missing"))
	}
	allowed := tolerance*float64(max(a.html, b.html)) + float64(a.galleries+a.tags)
	if math.Abs(float64(a.html-b.html)) > allowed {
		list = append(list, fmt.Errorf("HTML pages: %d and %d", a.html, b.html))
	}
	if err := errors.Join(list...); err != nil {
		return fmt.Errorf("the two sites are not the same work: %w", err)
	}
	return nil
}

// look reads the pages of some pieces, the first, the last and some between,
// and says which of them lacks its title, its author or its words.
func (c corpus) look(fsys fs.FS) error {
	const looks = 8
	for k := range looks {
		p := c.piece(k * (c.pieces - 1) / (looks - 1))
		name := p.Gallery + "/" + p.Name + "/index.html"
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		text := plainText(string(src))
		for _, part := range []string{p.Title, "Story by " + p.Author.Name + ", " + p.Author.Place, p.words()} {
			if !strings.Contains(text, part) {
				return fmt.Errorf("%s does not say %q", name, part)
			}
		}
	}
	return nil
}

var (
	markup = regexp.MustCompile(`(?s)<(script|style).*?</(script|style)>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
	marks  = regexp.MustCompile(`(?m)\]\([^)]*\)|^[->] |[*\[]`)
)

// plainText returns what a reader sees of HTML, on one line.
func plainText(src string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(markup.ReplaceAllString(src, "")), " "))
}

// words returns the first paragraph of a piece as a reader sees it.
func (p piece) words() string {
	text, _, _ := strings.Cut(p.Text, "\n\n")
	return strings.TrimSpace(spaces.ReplaceAllString(marks.ReplaceAllString(text, ""), " "))
}
