package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
)

// A file that was copied from a theme to be changed says in its first line which
// file it was, so that its owner can be told when that has changed since.

// marks are the comments of the kinds of file that can be copied: what begins and
// what ends one. That of templates swallows the end of its line, so that a copied
// partial makes the same page.
func marks(name string) (begin, end string, ok bool) {
	switch path.Ext(name) {
	case ".html":
		return "{{/* ", " */ -}}", true
	case ".css", ".js":
		return "/* ", " */", true
	case ".svg":
		return "<!-- ", " -->", true
	}
	return "", "", false
}

var copied = lazyregexp.New(`^(?:\{\{/\*|/\*|<!--) gallerist: copied from (\S+) (\S+), (\S+), ([0-9a-f]{12}) `)

func sumOf(text []byte) string {
	sum := sha256.Sum256(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum[:6])
}

// Copy returns a file that the theme gives, without what the site has in its place,
// with a first line that says which file this is. Its error is one of fs.ErrNotExist
// and fs.ErrInvalid, for a kind of file that cannot say that.
func (t *Theme) Copy(name string) (from Found, text []byte, err error) {
	begin, end, ok := marks(name)
	if !ok {
		return from, nil, fs.ErrInvalid
	}
	all := slices.DeleteFunc(t.Lookup(name), func(s Found) bool { return s.Theme == "" })
	if len(all) == 0 {
		return from, nil, fs.ErrNotExist
	}
	from = all[0]
	line := fmt.Sprintf("%sgallerist: copied from %s %s, %s, %s%s\n", begin, from.Theme, t.versionOf(from.Theme), name, sumOf(from.Text), end)
	return from, append([]byte(line), from.Text...), nil
}

// versionOf is the version of a theme on the ladder, "-" where it says none.
func (t *Theme) versionOf(name string) string {
	for _, a := range t.About() {
		if a.Name == name && a.Version != "" {
			return a.Version
		}
	}
	return "-"
}

// compareCopies tells of each copied file whose original has changed since.
func (t *Theme) compareCopies(ps *problem.List) {
	for _, name := range sortedKeys(t.templates) {
		if f := t.templates[name]; !strings.HasPrefix(name, belowPrefix) && f.name != "" && !f.own && len(f.rest) > 0 && copied().Match(f.text) {
			t.compareCopy(name+".html", ps)
		}
	}
	for _, name := range t.ladder.list("assets") {
		if _, _, ok := marks(name); ok {
			if s, _ := t.ladder.read(path.Join("assets", name)); !s.own && copied().Match(s.text) {
				t.compareCopy(path.Join("assets", name), ps)
			}
		}
	}
}

func (t *Theme) compareCopy(name string, ps *problem.List) {
	all := t.Lookup(name)
	m := copied().FindSubmatch(all[0].Text)
	if len(all) < 2 || string(m[3]) != name || string(m[4]) == sumOf(all[1].Text) {
		return
	}
	was, is := fmt.Sprintf("%s %s", m[1], m[2]), fmt.Sprintf("%s %s", all[1].Theme, t.versionOf(all[1].Theme))
	ps.Warnf(problem.Pos{File: all[0].Shown, Line: 1},
		fmt.Sprintf(`"gallerist theme eject %s --print" prints what stands there now: take over what you want of it, and its first line in place of this one`, name),
		"this is a copy out of %s, and what %s has there is another text by now", was, is)
}
