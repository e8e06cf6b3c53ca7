package importer

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"gallerist/builder/amend"
	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// missingKey is where submission.md notes which files it should have and has not.
const missingKey = "missing"

// lackName is how a missing file is noted: by its name, where it has one that is
// no secret, else by its place among the files of the entry.
func lackName(i int, m *Medium) string {
	if m.Name != "" && m.ID == "" {
		return m.Name
	}
	return "file " + strconv.Itoa(i+1)
}

// complete plans to bring a submission that was imported before the files that it
// notes as missing and that are here now. Only as long as it is pending: what
// somebody has decided on stays as they saw it.
func (p *planning) complete(e keyed) error {
	s := p.ids[e.id]
	if s == nil || s.Status != gallery.Pending || !slices.ContainsFunc(e.Media, func(m Medium) bool { return m.Open != nil }) {
		return nil
	}
	src, err := fs.ReadFile(p.site, s.File)
	if err != nil {
		return err
	}
	var probs problem.List
	head, _, _ := strict.FrontMatter(s.File, src, &probs)
	extra := head.Table("extra")
	noted := extra.Strings(missingKey)
	if len(noted) == 0 {
		return nil
	}
	f := &Folder{Dir: path.Dir(s.File), ID: e.id, At: e.At}
	used := map[string]bool{}
	for i := range e.Media {
		m := &e.Media[i]
		at := slices.Index(noted, lackName(i, m))
		if m.Open == nil || at < 0 {
			continue
		}
		ext, ok, err := p.taken(e, m)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		noted = slices.Delete(noted, at, at+1)
		if err := p.bring(f, e, m, ext, used); err != nil {
			return err
		}
	}
	change := amend.Change{Path: "extra." + missingKey, Value: noted}
	if len(noted) == 0 {
		if change.Value = nil; len(extra.Keys()) == 1 {
			change.Path = "extra"
		}
	}
	after, err := amend.Apply(s.File, src, change)
	if err != nil { // it says which line of submission.md cannot be changed
		p.probs.Warnf(problem.Pos{File: s.File}, "put the file there yourself, and take its name out of "+missingKey, "%v", err)
		return nil
	}
	if string(after) != string(src) {
		f.Files = append(f.Files, File{Path: "submission.md", Data: after})
		p.Completed = append(p.Completed, f)
	}
	return nil
}

// bring adds a file under a name that is free, unless it is there already.
func (p *planning) bring(f *Folder, e keyed, m *Medium, ext string, used map[string]bool) error {
	for {
		name := mediaName(e.Entry, m, ext, used)
		there, err := p.site.Open(f.Dir + "/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			from := ""
			if m.from != nil {
				from = m.from.at.File
			}
			f.Files = append(f.Files, File{Path: name, From: from, Open: m.Open})
			return nil
		}
		if err != nil {
			return err
		}
		there.Close()
		old, err := source.HashOf(p.site, f.Dir+"/"+name)
		if err != nil {
			return err
		}
		if now, err := hashOf(m); err != nil || now == old {
			return err
		}
	}
}
