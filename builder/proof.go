package builder

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"slices"
	"strings"

	"gallerist/builder/gallery"
)

// proof looks for what was withdrawn in what is about to be published: by the
// address its page had, by its id where a program would read it, by its ids in
// feeds, by the address of its author's page of thanks, and by the files that were
// made of what was sent.
type proof struct {
	scan      *leakScan
	marks     []mark
	originals map[[sha256.Size]byte]string // to the id of what was withdrawn
}

// mark is something that only what was withdrawn has.
type mark struct {
	id    string
	forms []string
	may   func(file string) bool // files that may hold it; nil = none
}

// buried is a withdrawn submission with the address that it has, or had.
type buried struct {
	*gallery.Submission
	path string
}

// newProof prepares the proof; nil where nothing was withdrawn.
func (r *Result) newProof(secret []byte) *proof {
	if len(r.model.tombstones.List) == 0 {
		return nil
	}
	x := &proof{originals: map[[sha256.Size]byte]string{}, scan: &leakScan{}}
	pages := map[string]bool{} // addresses of pages that are shown
	for _, p := range r.Pages {
		pages[p.Path] = pages[p.Path] || p.Layout != "gone"
	}
	for _, g := range r.model.galleries {
		for _, b := range g.buried {
			x.marks = append(x.marks, markID(b.ID), r.markThanks(b.ID, secret), mark{id: b.ID, forms: r.uuidsOf(b.ID)})
			if !b.Published.IsZero() && !pages[b.path] {
				x.marks = append(x.marks, r.markAddress(b))
			}
			x.marks = append(x.marks, mark{id: b.ID, forms: r.pictures.madeOf(b.Withdrawal.Originals)})
			for _, hash := range b.Withdrawal.Originals {
				if sum, err := hex.DecodeString(hash); err == nil && len(sum) == sha256.Size {
					x.originals[[sha256.Size]byte(sum)] = b.ID
				}
			}
		}
	}
	for i, m := range x.marks {
		for _, form := range m.forms {
			x.scan.forms = append(x.scan.forms, leakForm{lowerASCII(form), i})
		}
	}
	slices.SortFunc(x.scan.forms, func(a, b leakForm) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.value, b.value)) })
	x.scan.measure()
	return x
}

// distinct says whether an id is found nowhere by chance, where it stands between
// quotes: "main" is, "k2m9x1" is not.
func distinct(id string) bool {
	return len(id) >= 12 || len(id) >= 6 && strings.ContainsAny(id, "0123456789")
}

// markID is the id between quotes, as programs write it. The list of what was
// withdrawn in index.json, which may hold it, is not looked at.
func markID(id string) mark {
	if !distinct(id) {
		return mark{}
	}
	return mark{id: id, forms: []string{`"` + id + `"`, `\"` + id + `\"`, "&#34;" + id + "&#34;", "&quot;" + id + "&quot;"}}
}

// markThanks is the address of the page of thanks, which itself may hold it.
func (r *Result) markThanks(id string, secret []byte) mark {
	at := thankPath(secret, id)
	if at == "" {
		return mark{}
	}
	return mark{id: id, forms: []string{at, url.QueryEscape(at)}, may: r.only(at)}
}

// uuidsOf returns the ids of a submission in feeds.
func (r *Result) uuidsOf(id string) []string {
	list := make([]string, len(r.locales))
	for i, l := range r.locales {
		list[i] = l.itemID(&piece{Piece: &gallery.Piece{ID: id}})
	}
	return list
}

// markAddress is the address in all languages, as pages, feeds and links to share
// write it. The neutral page may hold it.
func (r *Result) markAddress(b buried) mark {
	m := mark{id: b.ID, may: r.only(b.path)}
	for _, l := range r.locales {
		at, whole := l.href(b.path), l.abs(b.path)
		m.forms = append(m.forms, whole, url.QueryEscape(whole), url.PathEscape(whole))
		for _, before := range []string{`"`, `'`, "=", "(", " ", "&#34;"} {
			m.forms = append(m.forms, before+at)
		}
	}
	return m
}

// only returns what tells the page at a path from all other files.
func (r *Result) only(at string) func(file string) bool {
	return func(file string) bool {
		return slices.ContainsFunc(r.locales, func(l *locale) bool { return file == l.prefix+at+"index.html" })
	}
}

// madeOf returns the paths of what was made of files, as far as the cache knows:
// what it has forgotten cannot be found, and is made of no file that is there.
func (ps *pictures) madeOf(hashes []string) []string {
	var list []string
	for _, hash := range hashes {
		list = append(list, ps.studio.MadeOf(hash)...)
	}
	return list
}

// find returns the id of what was withdrawn and would be shown by a file, "" for
// nothing.
func (x *proof) find(file string, content []byte) string {
	if x == nil {
		return ""
	}
	if len(x.originals) > 0 && path.Ext(file) != ".html" {
		if id := x.originals[sha256.Sum256(content)]; id != "" {
			return id
		}
	}
	if path.Base(file) == "index.json" {
		content = withoutWithdrawn(content)
	}
	i := x.scan.search(content, func(i int) bool { return x.marks[i].may != nil && x.marks[i].may(file) })
	if i < 0 {
		return ""
	}
	return x.marks[i].id
}

// withoutWithdrawn returns an index.json without its list of what was withdrawn.
func withoutWithdrawn(content []byte) []byte {
	before, list, found := bytes.Cut(content, []byte(`"withdrawn":[`)) // in a text the quotes are escaped
	if !found {
		return content
	}
	_, after, _ := bytes.Cut(list, []byte("]"))
	return slices.Concat(before, after)
}

// addBuried names all that the proof looks for, so that no page is left standing
// unsearched.
func (s *sumOf) addBuried(galleries []*plannedGallery) *sumOf {
	for _, g := range galleries {
		for _, b := range g.buried {
			s.text(b.ID, b.path).text(b.Withdrawal.Originals...)
		}
	}
	return s
}
