package importer

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// item is a file in what the person gave with --media, or beside the table in
// its ZIP file.
type item struct {
	at    problem.Pos
	fsys  fs.FS
	file  string // in fsys
	key   string // its name, folded
	taken *Entry // whose it is
}

func (x *item) open() (io.ReadCloser, error) { return x.fsys.Open(x.file) }

// library is all of them, in the natural order of their names.
type library struct {
	items []*item
	ids   map[string]string // media.csv: id → folded name
}

// maxItems bounds how many files are looked at.
const maxItems = 200_000

// newLibrary lists the files that may be media.
func newLibrary(inputs []Input, probs *problem.List) (*library, error) {
	l := &library{ids: map[string]string{}}
	for _, in := range inputs {
		err := fs.WalkDir(in.FS, ".", func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case name != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "__MACOSX"):
				if e.IsDir() {
					return fs.SkipDir
				}
				return nil
			case !e.Type().IsRegular():
				return nil
			case strings.EqualFold(e.Name(), "media.csv"):
				return l.readIDs(in, name, probs)
			case !isOther(name):
				l.items = append(l.items, &item{at: in.At(name), fsys: in.FS, file: name, key: source.Fold(path.Base(name))})
			}
			if len(l.items) > maxItems {
				probs.Errorf(problem.Pos{File: in.Name}, "part it into several folders", "more than %d files: from here on nothing is looked at", maxItems)
				return fs.SkipAll
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrPermission) {
			return nil, err
		}
	}
	slices.SortStableFunc(l.items, func(a, b *item) int { return source.Natural(a.key, b.key) })
	return l, nil
}

// isOther tells files that are never somebody's media.
func isOther(name string) bool {
	return slices.Contains([]string{".csv", ".tsv", ".md", ".toml", ".json", ".html", ".ini", ".db"}, strings.ToLower(path.Ext(name)))
}

// readIDs reads media.csv: which file has which id, in its columns id and file.
func (l *library) readIDs(in Input, name string, probs *problem.List) error {
	src, err := readAll(in.FS, name)
	if err != nil {
		return err
	}
	t := ReadTable(in.At(name), src, probs)
	if t == nil {
		return nil
	}
	id, file := t.Column("id"), t.Column("file")
	if id < 0 || file < 0 {
		probs.Errorf(t.Pos, "name its columns id and file", "a list of files without a column id or file")
		return nil
	}
	for i := range t.Rows {
		cells := t.Rows[i].Cells
		for _, m := range append(mediaOf(cells[id]), Medium{ID: cells[id]}) {
			if m.ID != "" {
				l.ids[m.ID] = source.Fold(path.Base(cells[file]))
			}
		}
	}
	return nil
}

// match gives entries their files: first by id and by name, which are sure, then
// by the habit of Drive to add the sender's name, then, where the person asks for
// it, by order.
func (l *library) match(entries []*Entry, byOrder bool, probs *problem.List) {
	l.exact(entries, probs)
	l.habit(entries, probs)
	if byOrder {
		l.order(entries, probs)
	}
}

// want calls f for each medium that has no file yet.
func want(entries []*Entry, f func(e *Entry, i int)) {
	for _, e := range entries {
		for i := range e.Media {
			if m := &e.Media[i]; m.Open == nil && m.Link == "" {
				f(e, i)
			}
		}
	}
}

func (l *library) exact(entries []*Entry, probs *problem.List) {
	byName, byWord := map[string][]*item{}, map[string][]*item{}
	for _, x := range l.items {
		byName[x.key] = append(byName[x.key], x)
		for _, w := range idWords(path.Base(x.file)) {
			byWord[w] = append(byWord[w], x)
		}
	}
	want(entries, func(e *Entry, i int) {
		m := &e.Media[i]
		var found []*item
		if m.ID != "" {
			if found = byName[l.ids[m.ID]]; len(found) == 0 {
				found = byWord[m.ID]
			}
		}
		if len(found) == 0 && m.Name != "" {
			found = byName[source.Fold(m.Name)]
		}
		switch {
		case len(found) == 0:
		case len(found) > 1:
			probs.Errorf(e.At, "give each file a name of its own, in the table too", "%d files are named %q (%s, %s), so none is taken for this answer",
				len(found), path.Base(found[0].file), found[0].at.File, found[1].at.File)
		case found[0].taken == e:
			found[0].take(e, i) // listed twice
		case found[0].taken != nil:
			probs.Errorf(e.At, "if both sent a file of that name, give each a name of its own, in the table too, and import again",
				"the file %q is claimed by line %d too, which gets it", path.Base(found[0].file), found[0].taken.At.Line)
		default:
			found[0].take(e, i)
		}
	})
}

// take gives a file to an entry.
func (x *item) take(e *Entry, i int) {
	x.taken = e
	e.Media[i].Open = x.open
	e.Media[i].from = x
}

// idWords returns the parts of a name that may be the id of a file in Drive.
func idWords(name string) (list []string) {
	stem := strings.TrimSuffix(name, path.Ext(name))
	for _, w := range append(strings.FieldsFunc(stem, func(r rune) bool { return strings.ContainsRune(" ()[].,=", r) }), stem) {
		if len(w) >= 20 && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// habitOf parts the name that Drive gives an uploaded file, "IMG_1 - Olya
// Petrova.jpg", into the name it had and its sender.
func habitOf(name string) (own, sender string, ok bool) {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	at := strings.LastIndex(stem, " - ")
	if at <= 0 {
		return "", "", false
	}
	return source.Fold(stem[:at] + ext), source.Fold(strict.Line(stem[at+3:])), true
}

// habit matches names with the sender's behind. A file that several entries could
// mean is given to none.
func (l *library) habit(entries []*Entry, probs *problem.List) {
	byOwn, bySender := map[string][]*item{}, map[string][]*item{}
	for _, x := range l.items {
		if own, sender, ok := habitOf(path.Base(x.file)); ok && x.taken == nil {
			byOwn[own], bySender[sender] = append(byOwn[own], x), append(bySender[sender], x)
		}
	}
	if len(byOwn) == 0 {
		return
	}
	senders, named := map[string]int{}, map[*item][]claim{}
	for _, e := range entries {
		for _, s := range e.senders() {
			senders[s]++
		}
	}
	unnamed := map[*Entry][]int{}
	want(entries, func(e *Entry, i int) {
		if e.Media[i].Name == "" {
			unnamed[e] = append(unnamed[e], i)
			return
		}
		found := byOwn[source.Fold(e.Media[i].Name)]
		if len(found) > 1 {
			own := e.senders()
			found = slices.DeleteFunc(slices.Clone(found), func(x *item) bool {
				_, sender, _ := habitOf(path.Base(x.file))
				return !slices.Contains(own, sender)
			})
		}
		if len(found) == 1 {
			named[found[0]] = append(named[found[0]], claim{e, i})
		}
	})
	for _, x := range l.items {
		switch claims := named[x]; {
		case len(claims) == 1:
			x.take(claims[0].e, claims[0].i)
		case len(claims) > 1:
			probs.Errorf(claims[1].e.At, "write in the column of files which file is whose", "the file %q could be that of line %d too, so neither gets it", path.Base(x.file), claims[0].e.At.Line)
		}
	}
	for _, e := range entries {
		for _, s := range e.senders() {
			free := slices.DeleteFunc(slices.Clone(bySender[s]), func(x *item) bool { return x.taken != nil })
			if len(unnamed[e]) == 0 || len(free) != len(unnamed[e]) || senders[s] > 1 {
				continue
			}
			for n, i := range unnamed[e] {
				free[n].take(e, i)
			}
			break
		}
	}
}

// claim is a medium of an entry.
type claim struct {
	e *Entry
	i int
}

// senders are the names by which somebody may be known elsewhere, folded.
func (e *Entry) senders() (list []string) {
	add := func(s string) {
		if s = source.Fold(strict.Line(s)); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, a := range e.Authors {
		add(a.Name)
	}
	for _, c := range e.Contact {
		if c.Column == "name" || c.Column == "email" {
			add(c.Value)
		}
	}
	return list
}

// order matches what is left by its order.
func (l *library) order(entries []*Entry, probs *problem.List) {
	var claims []claim
	want(entries, func(e *Entry, i int) { claims = append(claims, claim{e, i}) })
	var free []*item
	for _, x := range l.items {
		if x.taken == nil {
			free = append(free, x)
		}
	}
	switch {
	case len(claims) == 0:
	case len(claims) != len(free):
		probs.Errorf(claims[0].e.At, "put exactly the files that were sent into the folder, or write their names into the table", "%s without an owner and %s of answers are not as many, so none is matched by order",
			many(len(free), "file"), many(len(claims), "file"))
	default:
		for n, c := range claims {
			free[n].take(c.e, c.i)
		}
	}
}

// look reads the beginning of a medium: the ending its name should have, or in
// words why it is not taken.
func look(m *Medium) (ext, refused, hint string, err error) {
	f, err := m.Open()
	if err != nil {
		return "", "", "", err
	}
	defer f.Close() // it was only read
	buf := make([]byte, source.BeginLen)
	n, err := io.ReadFull(f, buf)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", "", "", err
	}
	_, ext, refused, hint = source.TakenAs(buf[:n])
	return ext, refused, hint, nil
}
