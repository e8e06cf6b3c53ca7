package fix

import (
	"context"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/gallery"
	"gallerist/builder/source"
)

func plan(t *testing.T, fsys fs.FS, opt Options) *Plan {
	t.Helper()
	if opt.NewID == nil {
		opt.NewID = func(string) string { return "abcd2345" }
	}
	p, err := New(context.Background(), fsys, opt)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// carryOut makes the changes of a plan in memory.
func carryOut(t *testing.T, site fstest.MapFS, p *Plan) {
	t.Helper()
	for _, c := range p.Changes {
		var is []byte
		if f := site[c.File]; f != nil {
			is = f.Data
		}
		if string(is) != string(c.Before) {
			t.Errorf("%s is %q, not %q", c.File, is, c.Before)
		}
		site[c.File] = &fstest.MapFile{Data: c.After}
	}
}

func TestEncoding(t *testing.T) {
	for _, c := range []struct{ in, want, done string }{
		{"a\r\nb\r\nc\n", "a\r\nb\r\nc\r\n", "line ends: 1 of 3 lines had another one: now all have CRLF"},
		{"a\nb\r\nc\n", "a\nb\nc\n", "line ends: 1 of 3 lines had another one: now all have LF"},
		{"a\r\nb\n", "a\nb\n", "line ends: 1 of 2 lines had another one: now all have LF"},
		{"a\rb\rc", "a\nb\nc", "line ends: 2 of 2 lines had another one: now all have LF"},
		{"a\r\nb\r\n\r", "a\r\nb\r\n\r\n", "line ends: 1 of 3 lines had another one: now all have CRLF"},
		{"a\r\nb\r\n", "", ""},
		{"\ufeffa\n", "", ""},
		{"\ufeff\ufeffa\ufeff\n", "\ufeffa\n", "marks: took out 2 marks that nobody sees"},
		{"e\u0301\ne\n\u0438\u0306", "\u00e9\ne\n\u0439", "letters: in 2 lines, letters made of two characters are one now (NFC)"},
		{"\xff\r\n\n", "", ""},
		{"", "", ""},
	} {
		p := plan(t, fstest.MapFS{"content/x.md": {Data: []byte(c.in)}}, Options{})
		got, done := "", ""
		for _, x := range p.Changes {
			got, done = string(x.After), x.Done[0].What+": "+x.Done[0].How
		}
		if got != c.want || done != c.done {
			t.Errorf("%q: %q, %q", c.in, got, done)
		}
	}
}

// TestSame: what the site says is the same afterwards, but for what was wrong; and
// then there is nothing to mend.
func TestSame(t *testing.T) {
	const head = "+++\nid = \"ID\"\nstatus = \"approved\"\ntitle = \"Cafe\u0301\"\r\n[author]\nname = \"И\u0306о\"\n+++\nA sto\ufeffry.\r\n\ne\u0301\n"
	site := fstest.MapFS{
		"site.toml":                    {Data: []byte("title = \"e\u0301\"\n")},
		"content/a/gallery.md":         {Data: []byte("+++\ntitle = \"A\"\n+++\nText\r\nhere\n")},
		"content/a/b/submission.md":    {Data: []byte(strings.Replace(head, "ID", "aaaa11", 1))},
		"content/a/c/submission.md":    {Data: []byte(strings.Replace(head, "ID", "cccc11", 1))},
		"content/a/c/submission.ru.md": {Data: []byte("---\ntitle: Чай\n---\nИ\u0306\n")},
		"content/a/README.md":          {Data: []byte("e\u0301\r\n\n")},
		"content/.x/y.md":              {Data: []byte("e\u0301")},
	}
	before := said(t, site)
	carryOut(t, site, plan(t, site, Options{}))
	if after := said(t, site); !reflect.DeepEqual(after, before) {
		t.Errorf("got %v\nwant %v", after, before)
	}
	if again := plan(t, site, Options{}); len(again.Changes) > 0 {
		t.Errorf("again: %+v", again.Changes)
	}
	if string(site["content/a/README.md"].Data) != "e\u0301\r\n\n" || string(site["content/.x/y.md"].Data) != "e\u0301" {
		t.Error("files were changed that are not the site's")
	}
}

// said is what a site's submissions say.
func said(t *testing.T, site fs.FS) (list []string) {
	s, _, probs, err := source.Read(context.Background(), site, source.Options{Languages: []string{"ru"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range probs {
		list = append(list, p.Text)
	}
	for _, g := range s.Galleries {
		list = append(list, g.Text.Title, g.Text.Body)
		for _, x := range g.Submissions {
			list = append(list, x.ID, x.Text.Title, x.Text.Body, x.In["ru"].Title, x.In["ru"].Body, names(x.Authors))
		}
	}
	return list
}

func names(list []gallery.Author) (s string) {
	for _, a := range list {
		s += a.Name + ";"
	}
	return s
}

// TestMoved: contact data leave all files of a submission and are in its line,
// whatever form they had.
func TestMoved(t *testing.T) {
	site := fstest.MapFS{
		"content/a/gallery.md": {Data: []byte("+++\ntitle = \"A\"\n+++\n")},
		"content/a/b/submission.md": {Data: []byte("+++\nid = \"\"\r\nstatus = \"pending\"\r\nbirthday = 1990-02-03\r\n" +
			"author = [{ name = \"A\", Email = \"a@x.example\" }, { email = [\"=b@x.example\", \"a@x.example\"] }]\r\n[private]\r\nn = 5\r\n+++\r\n")},
		"content/a/b/submission.ru.md": {Data: []byte("---\nauthor:\n  phone: 12345\n---\n")},
	}
	p := plan(t, site, Options{})
	if len(p.Problems) > 0 || !p.Moved || p.Changes[0].File != source.ContactsFile || !p.Changes[0].Private {
		t.Errorf("%+v", p)
	}
	carryOut(t, site, p)
	for name, want := range map[string]string{
		source.ContactsFile:            "\ufeffid,email,birth,n,phone\nabcd2345,a@x.example; =b@x.example,1990-02-03,5,12345\n",
		"content/a/b/submission.md":    "+++\r\nid = \"abcd2345\"\r\nstatus = \"pending\"\r\nauthor = [{ name = \"A\" }, {}]\r\n+++\r\n",
		"content/a/b/submission.ru.md": "---\nauthor: {}\n---\n",
	} {
		if got := string(site[name].Data); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	if again := plan(t, site, Options{}); len(again.Changes) > 0 {
		t.Errorf("again: %+v", again.Changes)
	}
}

// TestOnly: no other file is changed.
func TestOnly(t *testing.T) {
	site := fstest.MapFS{
		"content/a.md": {Data: []byte("e\u0301")}, "content/b.md": {Data: []byte("e\u0301")},
		"content/s/submission.md": {Data: []byte("+++\nstatus = \"pending\"\n+++\n")},
	}
	p := plan(t, site, Options{Only: func(file string) bool { return file == "content/b.md" }})
	if len(p.Changes) != 1 || p.Changes[0].File != "content/b.md" {
		t.Errorf("%+v", p.Changes)
	}
}

// TestDemo: in the site of this repository there is nothing to mend.
func TestDemo(t *testing.T) {
	if p := plan(t, os.DirFS("../.."), Options{}); len(p.Changes)+len(p.Problems) > 0 {
		t.Errorf("%+v", p)
	}
}
