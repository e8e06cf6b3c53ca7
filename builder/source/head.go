package source

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Limits of bodies, in bytes.
const (
	maxStory = 32 << 10
	maxBody  = 256 << 10
	maxHead  = 65 << 10 // front matter with its fences; package strict holds the exact limit
)

// document is one Markdown file: its front matter and its body. A nil head
// could not be read.
type document struct {
	file   string
	head   *strict.Table
	body   string
	bodyAt problem.Pos
}

// sources are buffers for files that are read, parsed and forgotten.
var sources = sync.Pool{New: func() any { return new([]byte) }}

// document reads a Markdown file of the folder. Private keys are taken out of
// the head and returned apart.
func (r *reader) document(f *folder, name string, maxBody int) (d document, private []string, err error) {
	d.file = f.path + "/" + name
	buf := sources.Get().(*[]byte)
	defer sources.Put(buf)
	src, err := r.readFile(f, d.file, int64(maxBody+maxHead), *buf)
	if errors.Is(err, errTooLarge) {
		f.probs.Errorf(problem.Pos{File: d.file}, "shorten the text", "larger than %d kB", maxBody>>10)
		f.broken = true
		return d, nil, nil
	}
	if err != nil {
		return d, nil, r.unreadable(f, d.file, err)
	}
	*buf = src
	if f.unread != nil {
		f.sum.file(name, src)
	}
	d.head, d.body, d.bodyAt = strict.FrontMatter(d.file, src, &f.probs) // keeps nothing of src
	if len(d.body) > maxBody {
		f.probs.Errorf(d.bodyAt, "shorten the text", "a text of %d kB is longer than %d kB", (len(d.body)+1023)>>10, maxBody>>10)
		d.body = ""
	}
	for _, t := range d.head.Take(IsPrivate) {
		f.probs.Errorf(t.Pos, "take it out here: contact data belongs in private/contacts.csv, in a line that begins with the submission's id; \"gallerist check --fix\" moves it",
			"%q is private", strings.Join(t.Path, "."))
		private = appendValues(private, t.Value)
	}
	if len(private) > 0 {
		o := f.other()
		o.private = append(o.private, private...)
	}
	return d, private, nil
}

// IsPrivate tells the keys that hold contact data, by the path that leads to one.
func IsPrivate(path []string) bool {
	switch strings.ToLower(path[len(path)-1]) {
	case "private", "email", "e-mail", "e_mail", "mail", "phone", "telephone", "mobile",
		"birth", "birthday", "birthdate", "birth_date", "date_of_birth", "address", "passport":
		return true
	}
	return false
}

// appendValues adds every text and number in a value.
func appendValues(list []string, v any) []string {
	switch v := v.(type) {
	case nil, bool:
	case []any:
		for _, x := range v {
			list = appendValues(list, x)
		}
	case map[string]any:
		for _, x := range v {
			list = appendValues(list, x) // sorted later, with all others
		}
	default:
		list = append(list, strings.TrimSpace(fmt.Sprint(v)))
	}
	return list
}

// translations reads the translations among files, whose first is the
// original; base is the original's head and own its language. use is given
// each one and its language, and asks for what can be translated.
func (r *reader) translations(f *folder, files []file, base *strict.Table, own string, maxBody int, use func(lang string, d document)) (private []string, err error) {
	if len(files) == 1 {
		return nil, nil
	}
	known := base.Asked()
	for _, x := range files[1:] {
		lang, ok := r.translationLang(f, files[0], x, own)
		if !ok {
			continue
		}
		d, values, err := r.document(f, x.name, maxBody)
		if err != nil {
			return nil, err
		}
		private = append(private, values...)
		if d.head == nil {
			continue
		}
		use(lang, d)
		translated := d.head.Asked()
		for _, key := range d.head.Keys() {
			if slices.Contains(known, key) && !slices.Contains(translated, key) {
				d.head.Errorf(key, "take it out: it counts for all languages and belongs in "+files[0].name, "%q is not translated", key)
				d.head.Allow(key)
			}
		}
		d.head.Done()
		d.head.Free()
	}
	return private, nil
}

// translationLang returns the language of a translation by its name.
func (r *reader) translationLang(f *folder, original, x file, own string) (string, bool) {
	pos := problem.Pos{File: f.path + "/" + x.name}
	part := strings.TrimPrefix(strings.TrimSuffix(x.key, ".md"), strings.TrimSuffix(original.key, ".md")+".")
	for _, l := range r.opt.Languages {
		if !strings.EqualFold(l, part) {
			continue
		}
		if l == own {
			f.probs.Errorf(pos, "put its words into "+original.name+", or set lang there", "%s is already in the language %q", original.name, l)
			return "", false
		}
		return l, true
	}
	f.probs.Warnf(pos, "languages of the site: "+strings.Join(r.opt.Languages, ", ")+"; more are added to languages in site.toml",
		"%q is not one of the site's languages, so this translation is not used", part)
	return "", false
}

// original reports translations without an original and names in capitals. It
// returns whether the first file is the original.
func (f *folder) original(files []file, base string) bool {
	x := files[0]
	switch {
	case x.key != base+".md":
		f.probs.Errorf(f.at(x.name), "add "+base+".md beside it", "a translation of %s.md, which is not there", base)
	case x.name != base+".md":
		f.probs.Errorf(f.at(x.name), "rename it to "+base+".md", "the name should be in small letters")
	default:
		return true
	}
	return false
}

// lang returns the language a file says it is in.
func (r *reader) lang(t *strict.Table) string {
	s := t.Line("lang")
	if s == "" {
		return ""
	}
	tag := r.canonical(s)
	if tag == "" {
		t.Errorf("lang", "write a language tag such as en, ru or pt-BR", "unknown language %s", strict.Quote(s))
	}
	return tag
}

// slug returns the last part of an address: letters, digits, - and _.
func slug(t *strict.Table) string {
	s := t.Line("slug")
	if strings.ContainsFunc(s, func(r rune) bool { return !isWordRune(r) }) || len(s) > 100 {
		t.Errorf("slug", "use letters, digits and hyphens, such as morning-with-olya", "%s cannot be part of an address", strict.Quote(s))
		return ""
	}
	return strings.ToLower(s)
}

// webAddress returns an http or https address.
func webAddress(t *strict.Table, key string) string {
	s := t.String(key)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(s, " \t\n\\\"<>") {
		return s
	}
	t.Errorf(key, "write the whole address, beginning with https://", "%s is not a web address", strict.Quote(s))
	return ""
}

// past returns a time that should not lie in the future.
func (r *reader) past(f *folder, t *strict.Table, key string) time.Time {
	at := t.Time(key, r.opt.Zone)
	if at.After(f.latest) {
		f.latest = at
	}
	if !r.opt.Now.IsZero() && at.After(r.opt.Now) {
		t.Warnf(key, "check the year and the day", "%q lies in the future", t.Name(key))
	}
	return at
}

// point returns a focal point: two numbers from 0 to 1.
func point(t *strict.Table, key string) *gallery.Point {
	if !t.Has(key) {
		t.Allow(key)
		return nil
	}
	xy := t.Floats(key)
	if xy == nil {
		return nil
	}
	if len(xy) != 2 || min(xy[0], xy[1]) < 0 || max(xy[0], xy[1]) > 1 {
		t.Errorf(key, "write how far from the left and from the top, such as [0.5, 0.25] for the middle of the upper half",
			"%q should be two numbers from 0 to 1", key)
		return nil
	}
	return &gallery.Point{X: xy[0], Y: xy[1]}
}
