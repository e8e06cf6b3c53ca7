package builder

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
	"gallerist/builder/words"
)

// maxTold is how many places of one phrase are told one by one.
const maxTold = 20

// wordlist looks for the phrases of a site's list in what people sent.
type wordlist struct {
	fsys  fs.FS
	list  *words.List
	told  map[words.Entry]int
	probs *problem.List

	file string // that was read last, for places in it
	text string
	head *strict.Table
}

// tellWords warns of each place where a word of the site's list stands in what
// may be published. Without a list it does nothing.
func tellWords(fsys fs.FS, content *gallery.Site, probs *problem.List) error {
	src, err := readWords(fsys, probs)
	if src == nil || err != nil {
		return err
	}
	w := &wordlist{fsys: fsys, list: words.Parse(src, probs), told: map[words.Entry]int{}, probs: probs}
	if w.list.Empty() {
		return nil
	}
	for _, g := range content.Galleries {
		for _, s := range g.Submissions {
			if s.Status != gallery.Declined && s.Status != gallery.Withdrawn {
				w.submission(s)
			}
		}
	}
	for _, e := range slices.SortedFunc(maps.Keys(w.told), func(a, b words.Entry) int { return a.Line - b.Line }) {
		if more := w.told[e] - maxTold; more > 0 {
			probs.Warnf(problem.Pos{File: words.Name, Line: e.Line}, "search content for it; where it is an everyday word, take it off the list", "%s stands in %s more", strict.Quote(e.Phrase), counted(more, "place"))
		}
	}
	return nil
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

const (
	openText = "the list of words is not a file that can be opened"
	openHint = "put the file itself there, and give yourself the right to read it"
)

// readWords returns the list of words as it is on disk, nil where there is none or
// it cannot be read, which is reported.
func readWords(fsys fs.FS, probs *problem.List) ([]byte, error) {
	pos := problem.Pos{File: words.Name}
	info, err := fs.Lstat(fsys, words.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		probs.Errorf(pos, openHint, openText)
		return nil, nil
	}
	if err == nil && info.Size() > words.MaxSize {
		probs.Errorf(pos, "keep only what you want to be told of", "the list of words is larger than %d MB", words.MaxSize>>20)
		return nil, nil
	}
	var src []byte
	if err == nil {
		src, err = fs.ReadFile(fsys, words.Name)
	}
	if errors.Is(err, fs.ErrPermission) {
		probs.Errorf(pos, openHint, openText)
		return nil, nil
	}
	return src, err
}

func (w *wordlist) submission(s *gallery.Submission) {
	w.texts(s.File, &s.Text)
	for i, a := range s.Authors {
		w.look("name", a.Name, s.File, func(t *strict.Table) (problem.Pos, bool) {
			return keyPlace(t.Tables("author"), i, "name")
		})
	}
	for _, m := range s.Media {
		w.medium(s.File, m.Name(), m.Text)
	}
	for _, lang := range slices.Sorted(maps.Keys(s.In)) {
		in := s.In[lang]
		file := path.Join(path.Dir(s.File), "submission."+lang+".md")
		w.texts(file, &in)
		for _, name := range slices.Sorted(maps.Keys(in.Media)) {
			w.medium(file, name, in.Media[name])
		}
		for i, name := range in.Authors {
			w.look("name", name, file, func(t *strict.Table) (problem.Pos, bool) {
				return keyPlace(t.Tables("author"), i, "name")
			})
		}
	}
}

func keyPlace(list []*strict.Table, i int, key string) (problem.Pos, bool) {
	if i >= len(list) || !list[i].Has(key) {
		return problem.Pos{}, false
	}
	return list[i].Pos(key), true
}

// texts looks into the texts of one language.
func (w *wordlist) texts(file string, p *gallery.PieceText) {
	for _, x := range []struct{ what, key, text string }{
		{"title", "title", p.Title}, {"alt text", "alt", p.Alt}, {"caption", "caption", p.Caption}, {"credit line", "credit", p.Credit},
	} {
		found := w.list.Find(x.text)
		if len(found) == 0 {
			continue
		}
		if w.open(file); w.head.Has(x.key) { // what is said of a file is a part of these texts too
			w.tell(x.what, x.text, file, found, func(t *strict.Table) (problem.Pos, bool) { return t.Pos(x.key), true })
		}
	}
	w.look("story", p.Body, file, func(*strict.Table) (problem.Pos, bool) { return p.BodyAt, p.BodyAt.Line > 0 })
}

// medium looks into what is said of one file, but for what stands at the top of
// the front matter: there texts looks.
func (w *wordlist) medium(file, name string, text gallery.MediaText) {
	for _, x := range []struct{ what, key, text string }{{"alt text", "alt", text.Alt}, {"caption", "caption", text.Caption}} {
		found := w.list.Find(x.text)
		if len(found) == 0 {
			continue
		}
		place := func(t *strict.Table) (problem.Pos, bool) {
			for _, m := range t.Tables("media") {
				if m.Line("file") == strict.Clean(name) || m.String("link") == name {
					return m.Pos(x.key), m.Has(x.key)
				}
			}
			return problem.Pos{}, false
		}
		w.open(file)
		if _, own := place(w.head); own || !w.head.Has(x.key) {
			w.tell(x.what, x.text, file, found, place)
		}
	}
}

func (w *wordlist) look(what, text, file string, place func(*strict.Table) (problem.Pos, bool)) {
	if found := w.list.Find(text); len(found) > 0 {
		w.tell(what, text, file, found, place)
	}
}

// tell reports the matches of a text, each at its place in the file.
func (w *wordlist) tell(what, text, file string, found []words.Match, place func(*strict.Table) (problem.Pos, bool)) {
	w.open(file)
	begin, known := place(w.head)
	before := map[words.Entry]int{}
	for _, m := range found {
		if w.told[m.Entry]++; w.told[m.Entry] > maxTold {
			continue
		}
		pos := problem.Pos{File: file}
		if known {
			pos = w.within(begin, m.Entry, before[m.Entry], strings.Count(text, "\n"))
		}
		before[m.Entry]++
		w.probs.Warnf(pos, fmt.Sprintf("decide whether it may stay; line %d of %s lists it", m.Line, words.Name), "%s in the %s", strict.Quote(text[m.From:m.End]), what)
	}
}

// open reads a file to find places in it.
func (w *wordlist) open(file string) {
	if w.file == file {
		return
	}
	w.file, w.text, w.head = file, "", nil
	src, err := fs.ReadFile(w.fsys, file)
	if err != nil {
		return // it was there when the site was read
	}
	var probs problem.List
	w.head, _, _ = strict.FrontMatter(file, src, &probs)
	w.text = strings.TrimPrefix(string(src), "\ufeff")
}

// within returns the place of a phrase in a value that begins at begin: of the
// n-th one there, counted from 0. Where the file writes it otherwise, by escapes,
// that is the value's own.
func (w *wordlist) within(begin problem.Pos, e words.Entry, n, lines int) problem.Pos {
	from := offset(w.text, begin)
	end := from
	for range lines + 2 { // the value, and the line that may open it
		next := strings.IndexByte(w.text[end:], '\n')
		if next < 0 {
			end = len(w.text)
			break
		}
		end += next + 1
	}
	for _, m := range w.list.Find(w.text[from:end]) {
		if m.Entry != e {
			continue
		}
		if n--; n < 0 {
			return posOf(begin.File, w.text, from+m.From)
		}
	}
	return begin
}

// offset returns the byte of a place.
func offset(text string, pos problem.Pos) int {
	at := 0
	for range pos.Line - 1 {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
	}
	for range pos.Col - 1 {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// posOf returns the place of a byte.
func posOf(file, text string, at int) problem.Pos {
	line := strings.LastIndexByte(text[:at], '\n') + 1
	return problem.Pos{File: file, Line: 1 + strings.Count(text[:at], "\n"), Col: 1 + utf8.RuneCountInString(text[line:at])}
}
