package live

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
	"sync"

	"gallerist/builder/publish"
)

// site is one good build as it is served. Files are made when asked for, and
// texts are kept.
type site struct {
	set    *publish.Set
	before *publish.Set // the last build without errors, where this one has some
	base   string

	mu   sync.Mutex // guards the map, not what it points at
	made map[string]*made
}

// made is a file that was asked for.
type made struct {
	once    sync.Once
	content []byte // nil where it is not kept
	hash    string
	page    *page    // nil for all but HTML
	uses    []string // of a style sheet: what it loads
	err     error
}

func newSite(set *publish.Set, base string) *site {
	return &site{set: set, base: base, made: map[string]*made{}}
}

// after returns the site of a build that follows s, which may be nil. While
// there are errors, what the build left out is still there as it was: whoever
// makes a slip in a page keeps that page before them.
func (s *site) after(set *publish.Set, base string, broken bool) *site {
	next := newSite(set, base)
	if s != nil && broken {
		next.before = s.before
		if next.before == nil {
			next.before = s.set
		}
	}
	return next
}

// lookup returns the file at exactly the path.
func (s *site) lookup(path string) (publish.File, bool) {
	f, ok := s.set.Lookup(path)
	if !ok && s.before != nil {
		f, ok = s.before.Lookup(path)
	}
	return f, ok
}

// make returns what became of a file; the first to ask makes it.
func (s *site) make(f publish.File) *made {
	s.mu.Lock()
	m := s.made[f.Path]
	if m == nil {
		m = new(made)
		s.made[f.Path] = m
	}
	s.mu.Unlock()
	m.once.Do(func() { m.make(f) })
	return m
}

func (m *made) make(f publish.File) {
	m.err = errors.New("the page could not be made") // stays if making it panics
	in, err := f.Open()
	if m.err = err; err != nil {
		return
	}
	defer func() { m.err = errors.Join(m.err, in.Close()) }()
	sum := sha256.New()
	if !isText(typeOf(f)) {
		_, m.err = io.Copy(sum, in)
	} else if m.content, m.err = io.ReadAll(in); m.err == nil {
		sum.Write(m.content)
	}
	m.hash = publish.Hash(sum.Sum(nil)).String()
	switch {
	case m.err != nil:
	case isHTML(typeOf(f)):
		m.page = readPage(m.content)
	case isSheet(typeOf(f)):
		m.uses = sheetUses(m.content)
	}
}

// isText says which files are small enough to be kept.
func isText(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "text" || kind == "application" && mediaType != "application/octet-stream" && mediaType != "application/pdf"
}

// etag names a file's content. A key or a hash does so without making the
// file.
func (s *site) etag(f publish.File) (string, error) {
	switch {
	case f.Key != "":
		return publish.Hash(sha256.Sum256([]byte("key " + f.Key))).String(), nil
	case f.Hash != publish.Hash{}:
		return f.Hash.String(), nil
	}
	m := s.make(f)
	return m.hash, m.err
}

// find returns the file for an address below the base, exactly as it stands:
// there is nothing to normalise, and so nothing to get around. The status is
// 404 with the site's own page for that, if it has one; a redirect is given
// where only the slash at the end is missing.
func (s *site) find(name string) (f publish.File, status int, redirect string) {
	lookup := name
	if name == "" || strings.HasSuffix(name, "/") {
		lookup += "index.html"
	}
	if f, ok := s.lookup(lookup); ok {
		return f, 200, ""
	}
	if _, ok := s.lookup(name + "/index.html"); ok && name != "" {
		return publish.File{}, 302, name + "/"
	}
	f, _ = s.lookup("404.html")
	return f, 404, ""
}

// fingerprint names what the page at an address shows: pages with equal ones look
// the same. Where only Look differs, exchanging Parts makes one of the other.
type fingerprint struct {
	Page  string `json:"print"`
	Look  string `json:"look"`
	Parts []part `json:"parts,omitempty"`
}

// tag names the page with all it shows, as an ETag.
func (p fingerprint) tag() string { return p.Page + p.Look }

// fingerprint makes the page at an address, if nobody has yet, and returns its
// fingerprint.
func (s *site) fingerprint(address string) fingerprint {
	name, inside := strings.CutPrefix(address, s.base)
	if !inside {
		return fingerprint{Page: "outside"}
	}
	f, status, _ := s.find(name)
	sum := sha256.New()
	fmt.Fprintln(sum, status, scriptHash)
	switch {
	case f.Open == nil:
		return fingerprint{Page: short(sum)}
	case !isHTML(typeOf(f)):
		fmt.Fprintln(sum, s.tagOf(f))
		return fingerprint{Page: short(sum)}
	}
	m := s.make(f)
	if m.err != nil {
		fmt.Fprintln(sum, m.err)
		return fingerprint{Page: short(sum)}
	}
	fmt.Fprintln(sum, m.page.bare)
	for _, use := range m.page.uses {
		if used, ok := s.lookup(local(address, s.base, use)); ok && !isHTML(typeOf(used)) {
			fmt.Fprintln(sum, used.Path, s.tagOf(used))
		}
	}
	look := sha256.New()
	parts := slices.Clone(m.page.parts)
	for i, p := range parts {
		if p.Kind == "sheet" || p.Kind == "icon" {
			parts[i].Tag = s.sheetTag(local(address, s.base, p.Value))
		}
		fmt.Fprintf(look, "%q\n", parts[i])
	}
	return fingerprint{Page: short(sum), Look: short(look), Parts: parts}
}

// tagOf is etag where an error is as good a name as any.
func (s *site) tagOf(f publish.File) string {
	tag, err := s.etag(f)
	if err != nil {
		return err.Error()
	}
	return tag
}

// sheetTag names a style sheet with all it loads, "" where there is no such
// file.
func (s *site) sheetTag(name string) string {
	sum := sha256.New()
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		f, ok := s.lookup(name)
		if !ok || seen[name] || isHTML(typeOf(f)) {
			return
		}
		seen[name] = true
		fmt.Fprintln(sum, name, s.tagOf(f))
		if isSheet(typeOf(f)) {
			for _, use := range s.make(f).uses {
				add(local(s.base+name, s.base, use))
			}
		}
	}
	add(name)
	if len(seen) == 0 {
		return ""
	}
	return short(sum)
}

// short is as much of a hash as names one of the versions of a page.
func short(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)[:12]) }
