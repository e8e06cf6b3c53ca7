package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// resolve returns path absolute and with all symbolic links followed, also
// when its last parts do not exist yet.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for dir := path; ; {
		real, err := filepath.EvalSymlinks(dir)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return "", err
		}
		rest, dir = filepath.Join(filepath.Base(dir), rest), filepath.Dir(dir)
	}
}

// checkPlace refuses an output whose replacement would cost somebody their
// files: root, home, the site's own folder or one above it, its sources or a
// folder inside those.
func (d *Dir) checkPlace() error {
	const hint = "choose a folder of its own for the output, such as \"public\""
	if d.root == filepath.Dir(d.root) {
		return &Error{Path: d.root, Text: "the output may not be the root of the disk", Hint: hint}
	}
	if home, err := os.UserHomeDir(); err == nil && holds(d.root, home) {
		return &Error{Path: d.root, Text: "the output may not be the home folder or one above it", Hint: hint}
	}
	if d.opt.Site != "" && holds(d.root, d.opt.Site) {
		return &Error{Path: d.root, Text: "the output may not be the site's own folder or one above it", Hint: hint}
	}
	for _, source := range d.opt.Sources {
		if holds(d.root, source) || holds(source, d.root) {
			return &Error{Path: d.root, Text: "the output may not lie in or around the site's folder " + filepath.Base(source), Hint: hint}
		}
	}
	if d.opt.State != "" && holds(d.root, d.opt.State) {
		return &Error{Path: d.root, Text: "the output may not hold the program's own cache", Hint: hint}
	}
	return nil
}

// holds says whether outer is inner or one of the folders above it, by name
// or, where names deceive (capitals, mounts), by being the same folder.
func holds(outer, inner string) bool {
	inner, err := resolve(inner)
	if err != nil {
		return false
	}
	outerInfo, err := os.Stat(outer)
	known := err == nil
	for {
		if strings.EqualFold(outer, inner) {
			return true
		}
		if info, err := os.Stat(inner); known && err == nil && os.SameFile(outerInfo, info) {
			return true
		}
		up := filepath.Dir(inner)
		if up == inner {
			return false
		}
		inner = up
	}
}

// checkOurs refuses an output folder that holds anything and was not made by
// us, and one that has become a git work tree.
func (d *Dir) checkOurs() error {
	info, err := os.Lstat(d.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(d.root, err)
	}
	if !info.IsDir() {
		return &Error{Path: d.root, Text: "the output is a file, not a folder", Hint: "choose another name for the output folder"}
	}
	entries, err := os.ReadDir(d.root)
	if err != nil {
		return explain(d.root, err)
	}
	ours := len(entries) == 0
	for _, e := range entries {
		ours = ours || e.Name() == marker && e.Type().IsRegular()
		if e.Name() == ".git" {
			return &Error{Path: d.root, Text: "the output folder holds a git repository, which would be lost", Hint: "publish into a folder of its own and copy from there"}
		}
	}
	if !ours {
		return &Error{
			Path: d.root, Text: "the output folder holds files that gallerist did not make",
			Hint: "choose an empty folder; if nothing in this one is needed, delete it and build again",
		}
	}
	return nil
}
