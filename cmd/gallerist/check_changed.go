package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/gitlog"
	"gallerist/builder/problem"
	"gallerist/builder/rootfs"
)

// scope is what a proposal touches. The nil scope is everything.
type scope struct {
	base    string
	files   []string        // that differ, below the site's folder
	named   map[string]bool // they, in one spelling
	folders map[string]bool // that are touched with all they hold
	all     bool            // something that every page depends on differs
}

// changedSince asks git what differs from a base, nil for no base.
func (s *site) changedSince(ctx context.Context, base string) (*scope, error) {
	if base == "" {
		return nil, nil
	}
	repo, err := gitlog.Open(ctx, s.dir)
	var files []string
	if err == nil {
		files, err = repo.Changed(ctx, base)
	}
	if err != nil {
		code := exitUsage
		if errors.Is(err, gitlog.ErrNoGit) || gitlog.Hint(err) == "" {
			code = exitIO
		}
		return nil, &hinted{code, fmt.Errorf("what differs from %q cannot be told: %w", base, err), gitlog.Hint(err)}
	}
	files = slices.DeleteFunc(files, func(file string) bool {
		return slices.ContainsFunc(notContent, func(dir string) bool { return strings.HasPrefix(file, dir) })
	})
	return newScope(s.root, base, files), nil
}

// notContent are folders of which nothing is told: what this program keeps and
// makes, and what is private.
var notContent = []string{".gallerist/", "private/", "public/", contactFolder + "/"}

// ofEverything are files on which every page depends, or what is told of each.
var ofEverything = []string{"site.toml", "words.txt", "themes/", "languages/"}

func newScope(root *rootfs.Root, base string, files []string) *scope {
	w := &scope{base: base, files: files, named: map[string]bool{}, folders: map[string]bool{}}
	submissions := map[string]string{} // folder of the submission that a folder lies in, "" for none
	for _, file := range files {
		w.named[norm.NFC.String(file)] = true
		w.all = w.all || slices.ContainsFunc(ofEverything, func(p string) bool { return file == p || strings.HasSuffix(p, "/") && strings.HasPrefix(file, p) })
		dir := path.Dir(file)
		if name, _, _ := strings.Cut(path.Base(file), "."); (name == "gallery" || name == "series") && path.Ext(file) == ".md" {
			w.folders[norm.NFC.String(dir)] = true
		}
		if of := submissionOf(root, dir, submissions); of != "" {
			w.folders[norm.NFC.String(of)] = true
		}
	}
	return w
}

// submissionOf returns the folder of the submission that a folder lies in.
func submissionOf(root *rootfs.Root, dir string, known map[string]string) string {
	if dir == "." || dir == "/" {
		return ""
	}
	of, ok := known[dir]
	if !ok {
		if _, err := root.Lstat(path.Join(dir, "submission.md")); err == nil {
			of = dir
		} else {
			of = submissionOf(root, path.Dir(dir), known)
		}
		known[dir] = of
	}
	return of
}

// folder tells whether something in a folder, or the folder it lies in, differs.
func (w *scope) folder(dir string) bool {
	if w == nil || w.all {
		return true
	}
	for dir = norm.NFC.String(dir); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if w.folders[dir] {
			return true
		}
	}
	return false
}

// problems returns those that what differs is the cause of, as far as that is
// known.
func (w *scope) problems(list problem.List) problem.List {
	if w == nil || w.all {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(p problem.Problem) bool { return !w.causes(p) })
}

func (w *scope) causes(p problem.Problem) bool {
	file := norm.NFC.String(p.Pos.File)
	if w.named[file] || file != "" && w.folder(path.Dir(file)) {
		return true
	}
	text := norm.NFC.String(p.Text)
	if !strings.Contains(text, "/") {
		return false
	}
	for name := range w.named {
		if names(text, name) {
			return true
		}
	}
	for dir := range w.folders { // texts may leave out the folder that all have in common
		if names(text, strings.TrimPrefix(dir, "content/")) {
			return true
		}
	}
	return false
}

// names tells whether a text holds a path, and not just one that begins or ends
// with it.
func names(text, name string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 || name == "" {
			return false
		}
		begin, end := at+i, at+i+len(name)
		before, _ := utf8.DecodeLastRuneInString(text[:begin])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if (begin == 0 || !inName(before)) && (end == len(text) || !inName(after)) {
			return true
		}
		at = begin + 1
	}
}

// inName tells what a path can go on with; a slash before one is that of the
// folder all have in common.
func inName(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_' || r == '.'
}

// names lists the files for scripts.
func (w *scope) names() []string {
	if w == nil {
		return nil
	}
	return w.files
}
