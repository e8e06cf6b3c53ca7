package importer

import (
	"context"
	"path"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// decap reads the entries of a CMS that keeps files, as Decap and Sveltia do: a
// file with front matter each, in a folder of its own (index.md) or beside
// others, with its pictures beside it or in the site's folder of media. The
// folder to give is that of the site, or that of the entries.
//
// All come in as pending, whatever they were: what was decided elsewhere was
// decided about something else. Files of keys alone (YAML, TOML, JSON) are read
// where there is no Markdown with front matter. An entry is known by its path below the folder
// that is imported.
type decap struct{}

// mediaFolders are where sites keep what their pages name from the site's root.
var mediaFolders = []string{"static", "public", "assets", "src", "source"}

// Tells reports whether any Markdown file begins with front matter.
func (decap) Tells(in Input) bool {
	return in.any(func(name string) bool {
		return isPage(name, false) && !machinery(name) && !settings(name) && fenced(in, name)
	})
}

// machinery tells what is part of a site's works and no content.
func machinery(name string) bool {
	for _, part := range strings.Split(path.Dir(name), "/") {
		switch strings.ToLower(part) {
		case "node_modules", "admin", "themes", "layouts", "archetypes", "i18n", "_includes", "_layouts", "vendor":
			return true
		}
	}
	return false
}

// settings tells files that are no entries: settings of programs, and what another
// site of ours says of its galleries.
func settings(name string) bool {
	stem, _ := languageOf(path.Base(name))
	switch base := strings.ToLower(stem + path.Ext(name)); base {
	case "package.json", "package-lock.json", "tsconfig.json", "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml", "config.yml",
		"config.json", "site.toml", "gallery.md", "series.md", "_config.yml", "netlify.toml", "docker-compose.yml", "import.toml", "vercel.json", "manifest.json":
		return true
	}
	return false
}

// Read returns an entry for each file with keys.
func (decap) Read(ctx context.Context, in Input, opt *Options, probs *problem.List) ([]Entry, error) {
	l, err := walk(ctx, in, probs)
	if err != nil {
		return nil, err
	}
	is := func(name string) bool {
		return isPage(name, false) && !machinery(name) && !settings(name) && fenced(in, name)
	}
	if !slices.ContainsFunc(l.paths, is) {
		is = func(name string) bool { return isPage(name, true) && !machinery(name) && !settings(name) }
	}
	pages, err := l.pages(ctx, probs, is)
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 && probs.Count(problem.Error) == 0 {
		probs.Errorf(in.At("."), "give the folder in which the CMS keeps its entries", "there are no entries in it: no file with front matter")
	}
	return l.entries(pages, opt, mediaFolders, probs, l.unlessGone(probs)), nil
}

// unlessGone leaves out what another site has taken back.
func (l *files) unlessGone(probs *problem.List) func(p *page, e *Entry) bool {
	return func(p *page, e *Entry) bool {
		if plainLine(p.head["status"]) != string(gallery.Withdrawn) {
			return true
		}
		probs.Notef(e.At, "its author does not want it shown", "not taken: a piece that was withdrawn")
		return false
	}
}

// pages reads the files of which is says that they are pages. Translations of
// another one are told and left out.
func (l *files) pages(ctx context.Context, probs *problem.List, is func(name string) bool) (list []*page, err error) {
	var names, translated []string
	for _, name := range l.paths {
		if is(name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		stem, lang := languageOf(name)
		if lang != "" && slices.Contains(names, stem+path.Ext(name)) {
			translated = append(translated, name)
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := readPage(l.in, name, probs)
		if err != nil {
			return nil, err
		}
		if p != nil && p.head != nil {
			list = append(list, p)
		}
	}
	if len(translated) > 0 {
		probs.Notef(l.in.At(translated[0]), "write it into submission.LANG.md beside the piece, with what differs alone", "not taken: a translation of another file%s", others(translated[1:]))
	}
	l.bundle(list)
	return list, nil
}

// entries makes entries of pages. refine, which may be nil, sees the page of
// each before what is left of it is put aside; false leaves it out.
func (l *files) entries(pages []*page, opt *Options, folders []string, probs *problem.List, refine func(p *page, e *Entry) bool) (list []Entry) {
	unknown := map[string]int{}
	permissions := 0
	for _, p := range pages {
		e := l.entryOf(p, opt, folders, probs)
		if len(e.Story) > source.MaxStory {
			probs.Errorf(e.At, "shorten the text, or make a plain page of it", "a text of %d kB is longer than %d kB, so this piece is left out", (len(e.Story)+1023)>>10, source.MaxStory>>10)
			continue
		}
		if refine != nil && !refine(p, &e) {
			continue
		}
		for _, key := range p.rest(&e, probs) {
			unknown[key]++
			if key == "grant" || key == "consent" {
				permissions++
			}
		}
		list = append(list, e)
	}
	if permissions > 0 {
		probs.Notef(l.in.At("."), "where you hold their answers, write [grant] and [consent] into submission.md", "what these files say of permission is kept below [extra] and allows nothing")
		delete(unknown, "grant")
		delete(unknown, "consent")
	}
	if len(unknown) > 0 {
		probs.Notef(l.in.At("."), "nothing needs to be done: they are not shown", "keys that have no meaning here are kept below [extra]: %s", strings.Join(sorted(unknown), ", "))
	}
	return list
}
