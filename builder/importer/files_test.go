package importer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"gallerist/builder/problem"
)

// troubled is a file system of which some files make trouble.
type troubled struct {
	fs.FS
	trouble map[string]error
}

func (f troubled) Open(name string) (fs.File, error) {
	if err := f.trouble[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.FS.Open(name)
}

func TestUnreadable(t *testing.T) {
	in := folder(map[string]string{
		"a.md": "---\ntitle: A\n---\n", "b.md": "---\ntitle: B\n---\n", "c.md": "---\ntitle: C\n---\n",
		"d.yml": "title: " + strings.Repeat("D", 1<<20), "e/f.md": "---\ntitle: F\n---\n",
	})
	in.FS = troubled{in.FS, map[string]error{"b.md": fs.ErrPermission, "c.md": fs.ErrNotExist, "e": fs.ErrPermission}}
	var probs problem.List
	l, err := walk(context.Background(), in, &probs)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := l.pages(context.Background(), &probs, func(name string) bool { return isPage(name, true) })
	if err != nil || len(pages) != 1 {
		t.Errorf("%d pages, %v", len(pages), err)
	}
	same(t, "problems", told1(probs.Sorted()), `
photos/b.md: may not be read
  hint: give yourself the right to read it
photos/c.md: is not there any more
  hint: put the file itself there
photos/d.yml: larger than 1 MB
  hint: export less at a time
photos/e: may not be read
  hint: give yourself the right to read it`)

	broken := errors.New("the disk is broken")
	in.FS = troubled{folder(map[string]string{"a.jpg": string(photo(t, 1, "", ""))}).FS, map[string]error{"a.jpg": broken}}
	if _, err := (photoFolder{}).Read(context.Background(), in, &Options{}, &probs); !errors.Is(err, broken) {
		t.Errorf("of a broken disk: %v", err)
	}
}

func TestWalkMost(t *testing.T) {
	many := map[string]string{}
	for i := range 12 {
		many[fmt.Sprintf("%d.jpg", i)] = "x"
	}
	var probs problem.List
	l, err := walkMost(context.Background(), folder(many), 10, &probs)
	if err != nil || len(l.paths) != 10 || !strings.Contains(told1(probs), "photos: more than 10 files: the rest is not looked at\n  hint: import its folders one by one") {
		t.Errorf("%d files, %v\n%s", len(l.paths), err, told1(probs))
	}
}

func TestFind(t *testing.T) {
	in := folder(map[string]string{
		"site/content/a/1.jpg": "", "site/content/b/1.jpg": "", "site/static/img/2.JPG": "", "site/img/3.jpg": "",
		"site/content/b/only.jpg": "", "export/media/posts/1/4.jpg": "", "other/posts/1/4.jpg": "",
	})
	l, err := walk(context.Background(), in, new(problem.List))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ dir, ref, want string }{
		{"site/content/a", "1.jpg", "site/content/a/1.jpg"},
		{"site/content/a", "./1.jpg", "site/content/a/1.jpg"},
		{"site/content/a", "/img/2.jpg", "site/static/img/2.JPG"},
		{"site/content/a", "img/3.jpg", "site/img/3.jpg"},
		{"site/content/a", "../b/1.jpg", "site/content/b/1.jpg"},
		{"site/content/a", "only.jpg", ""}, // another piece's
		{"elsewhere", "media/posts/1/4.jpg", "export/media/posts/1/4.jpg"},
		{"elsewhere", "x/1.jpg", ""}, // several could be meant
		{"elsewhere", "x/posts/1/4.jpg", ""},
		{".", "../../../etc/passwd", ""},
	}
	for _, test := range tests {
		if got := l.find(test.dir, test.ref, mediaFolders...); got != test.want {
			t.Errorf("%q from %q is %q, want %q", test.ref, test.dir, got, test.want)
		}
	}
}

// FuzzPage: whatever front matter says, nothing breaks, and what is private is
// neither shown nor told.
func FuzzPage(f *testing.F) {
	f.Add("---\ntitle: A\nauthor: {email: olya@mail.example}\nimages: [1.jpg, {image: 2.jpg, alt: B}]\nphone: 1\n---\n![x](1.jpg)")
	f.Add("+++\ndate = 2026-11-02\n[[resources]]\nsrc = \"*\"\n+++\n{{< figure src=1.jpg >}}")
	f.Add("{\"title\": \"A\", \"params\": {\"by\": [\"a <a@b.example>\"]}}\nwords")
	f.Fuzz(func(t *testing.T, src string) {
		in := folder(map[string]string{"a/index.md": src, "a/1.jpg": "1"})
		for _, s := range []Source{decap{}, hugo{}} {
			entries, probs := readAny(t, s, in)
			for _, e := range entries {
				shown := fmt.Sprint(e.Title, " ", e.Alt, " ", e.Caption, " ", e.Place, " ", e.Authors, " ", e.Front)
				for _, c := range e.Contact {
					if len(c.Value) >= 6 && strings.Contains(c.Value, "@") && strings.Contains(shown, c.Value) {
						t.Errorf("shows %q in %q", c.Value, shown)
					}
				}
				for _, m := range e.Media {
					if m.Open == nil {
						continue
					}
					if r, err := m.Open(); err != nil {
						t.Error(err)
					} else {
						r.Close()
					}
				}
			}
			_ = told1(probs)
		}
	})
}
