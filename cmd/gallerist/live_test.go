package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

const lawNow = "2026-11-22"

const lawSite = `title = "Slippers"
base_url = "https://slippers.example/"
language = "en"
languages = ["en", "ru"]
theme = "mine"
`

const lawGallery = "+++\ntitle = \"%s\"\n+++\nAn introduction.\n"

const lawStory = `+++
id = "%s"
title = "%s"
alt = "A cup"
status = "approved"
place = "Moscow"
received = 2026-11-02T08:00:00+03:00
published = 2026-11-03T10:00:00+03:00

[author]
name = "%s"

[grant]
status = "granted"
scope = ["site", "feed"]

[consent]
name = true
+++
%s
`

// law holds a folder, the preview of it, and what a clean build makes of it.
type law struct {
	t     *testing.T
	rand  *rand.Rand
	dir   string
	url   string
	was   map[string]string // what the last clean build made
	made  int               // counts names
	known bool              // all pictures are in the cache that serve uses
	said  chan string       // what serve says of files
}

// serveFolder writes a small site and runs "gallerist serve" on it.
func serveFolder(t *testing.T, seed uint64, args ...string) *law {
	t.Helper()
	t.Setenv("GALLERIST_SECRET", "a secret only the tests know")
	t.Setenv("CI", "")
	l := &law{t: t, rand: rand.New(rand.NewPCG(seed, 0)), dir: t.TempDir()}
	l.write("site.toml", lawSite)
	l.write("languages/en.toml", "[site]\ntags = \"Labels\"\n")
	l.write("static/proof.txt", "It is us.\n")
	l.write("themes/mine/theme.toml", "name = \"mine\"\nextends = \"plain\"\n")
	l.write("themes/mine/partials/credit.html", "<span class=\"credit\">{{.CreditLine}}</span>\n")
	l.write("content/about.md", "+++\ntitle = \"About\"\nmenu = 1\n+++\nWe.\n")
	for _, gallery := range []string{"morning", "evening"} {
		l.write("content/"+gallery+"/gallery.md", fmt.Sprintf(lawGallery, gallery))
		for range 3 {
			l.newStory(gallery)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	out, ready := io.Pipe()
	ended := make(chan error, 1)
	root := newRoot(ready, ready)
	root.SetArgs(append([]string{"serve", "-s", l.dir, "--now", lawNow, "--port", "0"}, args...))
	go func() {
		err := root.ExecuteContext(ctx)
		ready.CloseWithError(io.EOF)
		ended <- err
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	})
	said, err := readLine(out)
	if err != nil {
		t.Fatal(err)
	}
	l.url = regexp.MustCompile(`http://\S+/`).FindString(said)
	if l.url == "" {
		t.Fatalf("serve says %q", said)
	}
	l.said = make(chan string, 10000)
	go func() {
		for line, err := readLine(out); err == nil; line, err = readLine(out) {
			select {
			case l.said <- line:
			default: // nobody wants to know
			}
		}
	}()
	return l
}

func readLine(r io.Reader) (string, error) {
	var line []byte
	for one := make([]byte, 1); ; line = append(line, one[0]) {
		if _, err := io.ReadFull(r, one); err != nil || one[0] == '\n' {
			return string(line), err
		}
	}
}

func (l *law) path(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

func (l *law) must(errs ...error) {
	l.t.Helper()
	if err := errors.Join(errs...); err != nil {
		l.t.Fatal(err)
	}
}

func (l *law) write(name, text string) {
	l.t.Helper()
	l.must(os.MkdirAll(filepath.Dir(l.path(name)), 0o755), os.WriteFile(l.path(name), []byte(text), 0o644))
}

func (l *law) read(name string) string {
	l.t.Helper()
	data, err := os.ReadFile(l.path(name))
	l.must(err)
	return string(data)
}

// word is one that was not there before.
func (l *law) word() string {
	l.made++
	return fmt.Sprintf("word%d", l.made)
}

// newStory writes a submission, some with a picture, and returns its folder.
func (l *law) newStory(gallery string) string {
	word := l.word()
	folder := "content/" + gallery + "/2026-11-02-" + word
	story := fmt.Sprintf(lawStory, "id"+word, "Title "+word, "Olya "+word, "Story "+word+".")
	picture := l.rand.IntN(2) == 0
	if picture {
		story = strings.Replace(story, "\n[author]", "\n[[media]]\nfile = \"1.jpg\"\n\n[author]", 1)
	}
	l.write(folder+"/submission.md", story)
	if picture {
		l.write(folder+"/1.jpg", l.photo())
	}
	return folder
}

// photo is a small JPEG, another one each time.
func (l *law) photo() string {
	img := image.NewRGBA(image.Rect(0, 0, 96, 64))
	shade := uint8(l.rand.IntN(256))
	for y := range 64 {
		for x := range 96 {
			img.Set(x, y, color.RGBA{uint8(x * 2), uint8(y * 3), shade, 255})
		}
	}
	var b bytes.Buffer
	l.must(jpeg.Encode(&b, img, nil))
	return b.String()
}

// one returns some path that a pattern matches, "" if there is none.
func (l *law) one(pattern string) string {
	l.t.Helper()
	found, err := filepath.Glob(l.path(pattern))
	l.must(err)
	if len(found) == 0 {
		return ""
	}
	name, err := filepath.Rel(l.dir, found[l.rand.IntN(len(found))])
	l.must(err)
	return filepath.ToSlash(name)
}

// cards is a cache of its own for a build, but for share cards, which are
// drawn once for all: their keys name everything they are made of.
type cards struct{ media.Store }

var drawn sync.Map

func (c cards) Get(key string) ([]byte, error) {
	if !strings.HasPrefix(key, "k/") {
		return c.Store.Get(key)
	}
	if value, ok := drawn.Load(key); ok {
		return bytes.Clone(value.([]byte)), nil
	}
	return nil, fs.ErrNotExist
}

func (c cards) Put(key string, value []byte) error {
	if !strings.HasPrefix(key, "k/") {
		return c.Store.Put(key, value)
	}
	drawn.Store(key, bytes.Clone(value))
	return nil
}

// build makes the site as the command build does, by somebody who remembers
// nothing, at the address that serve uses.
func (l *law) build() (files map[string]string, clean bool) {
	l.t.Helper()
	return l.buildInto(cards{media.MemStore()})
}

// buildInto is build with a cache.
func (l *law) buildInto(cache media.Store) (files map[string]string, clean bool) {
	l.t.Helper()
	f := &flags{source: l.dir, now: lawNow}
	s, err := f.open()
	l.must(err)
	defer s.root.Close()
	s.opt.Secret, _, err = s.secret(false)
	l.must(err)
	s.opt.BaseURL, s.opt.Cache = "http://localhost/", cache
	r, problems, err := builder.Build(context.Background(), s.root.FS(), s.opt)
	l.must(err)
	files = map[string]string{}
	for _, file := range r.Set.Files() {
		in, err := file.Open()
		l.must(err)
		data, err := io.ReadAll(in)
		l.must(err, in.Close())
		files[file.Path] = l.bare(file.Path, string(data))
	}
	if n := problems.Count(problem.Error); n > 0 && l.was == nil {
		l.t.Fatalf("the site is broken from the beginning: %v", problems)
	}
	return files, problems.Count(problem.Error) == 0
}

var (
	// What the preview adds to a page, and what it has to change for it.
	added = patterns(`<script src="/_gallerist/live.js"[^>]*></script>`, `<meta http-equiv="content-security-policy"[^>]*>`)
	// What a preview need not know of a picture that nobody has asked for yet:
	// its colour and how many bytes its renditions have.
	unknown = patterns(`;--c:#\w+`, `,"color":"#\w+"`, `,"size_in_bytes":\d+`, `<enclosure [^>]*>`, ` length="\d*"`, ` fileSize="\d*"`)
)

func patterns(texts ...string) (list []*regexp.Regexp) {
	for _, text := range texts {
		list = append(list, regexp.MustCompile(text))
	}
	return list
}

// bare is a file without what a preview adds or may not know.
func (l *law) bare(name, text string) string {
	var without []*regexp.Regexp
	switch filepath.Ext(name) {
	case ".html":
		without = added
	case ".xml", ".json":
	default:
		return text
	}
	if !l.known {
		without = slices.Concat(without, unknown)
	}
	for _, pattern := range without {
		text = pattern.ReplaceAllString(text, "")
	}
	return text
}

// served returns a file as the preview serves it, bare.
func (l *law) served(name string) (text string, status int) {
	l.t.Helper()
	resp, err := http.Get(l.url + (&url.URL{Path: name}).EscapedPath())
	l.must(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	l.must(err)
	return l.bare(name, string(data)), resp.StatusCode
}

// differs returns a file that is not served as a clean build makes it; last
// is looked at first.
func (l *law) differs(want map[string]string, clean bool, last string) string {
	names := []string{last}
	for name := range want {
		names = append(names, name)
	}
	for _, name := range names {
		text, ok := want[name]
		if !ok {
			continue
		}
		if got, status := l.served(name); status != http.StatusOK || got != text {
			return name
		}
	}
	for name := range l.was {
		if _, still := want[name]; still || !clean { // with an error, what it leaves out stays
			continue
		}
		if _, status := l.served(name); status != http.StatusNotFound {
			return name
		}
	}
	return ""
}

// holds waits until what is served is a clean build of the folder.
func (l *law) holds(what string) {
	l.t.Helper()
	want, clean := l.build()
	late := time.Now().Add(30 * time.Second) // only a fault lasts that long
	for last := ""; ; {
		if last = l.differs(want, clean, last); last == "" {
			break
		}
		if time.Now().After(late) {
			got, status := l.served(last)
			at, made := 0, want[last]
			for at < len(got) && at < len(made) && got[at] == made[at] {
				at++
			}
			at = max(0, at-100)
			l.t.Fatalf("after %s: %s is served (%d) as\n…%.300q\nand a clean build says\n…%.300q", what, last, status, got[min(at, len(got)):], made[min(at, len(made)):])
		}
		time.Sleep(5 * time.Millisecond) // before asking again
	}
	if clean {
		l.was = want
	} else {
		for name, text := range want {
			l.was[name] = text
		}
	}
}

// ways of saving that programs have.
var ways = []func(file, text string) error{
	func(file, text string) error { return os.WriteFile(file, []byte(text), 0o644) },
	func(file, text string) error {
		return errors.Join(os.Truncate(file, 0), os.WriteFile(file, []byte(text), 0o644))
	},
	func(file, text string) error {
		return errors.Join(os.WriteFile(file+".tmp", []byte(text), 0o644), os.Rename(file+".tmp", file))
	},
	func(file, text string) error {
		return errors.Join(os.Rename(file, file+"~"), os.WriteFile(file, []byte(text), 0o644), os.Remove(file+"~"))
	},
	func(file, text string) error {
		return errors.Join(os.Remove(file), os.WriteFile(file, []byte(text), 0o644))
	},
}

// save writes a file in one of the ways.
func (l *law) save(name, text string) {
	l.t.Helper()
	l.must(ways[l.rand.IntN(len(ways))](l.path(name), text))
}

// replaceIn puts another text for a pattern's first group in a file.
func (l *law) replaceIn(name, pattern, text string) {
	l.t.Helper()
	if name != "" {
		l.save(name, regexp.MustCompile(pattern).ReplaceAllString(l.read(name), text))
	}
}

const (
	stories = "content/*/2026-*/submission.md"
	folders = "content/*/2026-*"
)

// edits are what can happen to a folder.
var edits = map[string]func(l *law){
	"a story's words":   func(l *law) { l.replaceIn(l.one(stories), `Story \w+`, "Story "+l.word()) },
	"a title":           func(l *law) { l.replaceIn(l.one(stories), `title = "[^"]*"`, `title = "`+l.word()+`"`) },
	"a name":            func(l *law) { l.replaceIn(l.one(stories), `name = "[^"]*"`, `name = "`+l.word()+`"`) },
	"a place":           func(l *law) { l.replaceIn(l.one(stories), `place = "[^"]*"`, `place = "`+l.word()+`"`) },
	"a piece withdrawn": func(l *law) { l.replaceIn(l.one(stories), `status = "approved"`, `status = "withdrawn"`) },
	"a piece approved":  func(l *law) { l.replaceIn(l.one(stories), `status = "withdrawn"`, `status = "approved"`) },
	"a gallery's title": func(l *law) { l.replaceIn(l.one("content/*/gallery.md"), `title = "[^"]*"`, `title = "`+l.word()+`"`) },
	"a page":            func(l *law) { l.save("content/about.md", "+++\ntitle = \"About\"\n+++\n"+l.word()+"\n") },
	"the site's name":   func(l *law) { l.replaceIn("site.toml", `title = "[^"]*"`, `title = "`+l.word()+`"`) },
	"another theme":     func(l *law) { l.replaceIn("site.toml", `theme = "mine"`, `theme = "plain"`) },
	"one's own theme":   func(l *law) { l.replaceIn("site.toml", `theme = "plain"`, `theme = "mine"`) },
	"the site's words":  func(l *law) { l.save("languages/en.toml", "[site]\ntags = \""+l.word()+"\"\n") },
	"words of thanks":   func(l *law) { l.write("thanks/approved.md", l.word()+", {name}!\n") },
	"a partial":         func(l *law) { l.write("partials/footer.html", "<footer>"+l.word()+"</footer>\n") },
	"no partial":        func(l *law) { l.must(os.RemoveAll(l.path("partials"))) },
	"a theme's partial": func(l *law) { l.save("themes/mine/partials/credit.html", "<b>{{.CreditLine}} "+l.word()+"</b>\n") },
	"a layout":          func(l *law) { l.write("layouts/page.html", `{{define "main"}}`+l.word()+`{{end}}`+"\n") },
	"a broken layout":   func(l *law) { l.write("layouts/page.html", "{{if}}\n") },
	"no layout":         func(l *law) { l.must(os.RemoveAll(l.path("layouts"))) },
	"a style": func(l *law) {
		l.write("assets/css/site.css", "p{color:#"+fmt.Sprintf("%06x", l.rand.IntN(1<<24))+"}\n")
	},
	"a static file":       func(l *law) { l.write("static/files/"+l.word()+".txt", l.word()) },
	"a static file again": func(l *law) { l.save("static/proof.txt", "# "+l.word()) },
	"no static file":      func(l *law) { l.must(os.RemoveAll(l.path("static/files"))) },
	"a new piece":         func(l *law) { l.newStory("morning") },
	"pieces": func(l *law) {
		for range 5 {
			l.newStory("evening")
		}
	},
	"a piece deleted": func(l *law) {
		if name := l.one(folders); name != "" {
			l.must(os.RemoveAll(l.path(name)))
		}
	},
	"a piece deleted and put back": func(l *law) {
		if name := l.one(folders); name != "" {
			text := l.read(name + "/submission.md")
			l.must(os.RemoveAll(l.path(name)))
			l.write(name+"/submission.md", text)
		}
	},
	"a piece out and in again": func(l *law) {
		if name := l.one(folders); name != "" {
			away := filepath.Join(l.t.TempDir(), "away")
			l.must(os.Rename(l.path(name), away))
			l.holds("a piece moved out")
			l.must(os.Rename(away, l.path(name)))
		}
	},
	"a piece in another gallery": func(l *law) {
		if name := l.one("content/morning/2026-*"); name != "" {
			l.must(os.Rename(l.path(name), l.path("content/evening/"+filepath.Base(name))))
		}
	},
	"two pieces swapped": func(l *law) {
		if a, b := l.one(folders), l.one(folders); a != b {
			away := filepath.Join(l.t.TempDir(), "away")
			l.must(os.Rename(l.path(a), away), os.Rename(l.path(b), l.path(a)), os.Rename(away, l.path(b)))
		}
	},
	"a folder in capitals": func(l *law) {
		if name := l.one(folders); name != "" {
			up := filepath.Dir(name) + "/" + strings.ToUpper(filepath.Base(name))
			l.must(os.Rename(l.path(name), l.path(up)))
			l.holds("a folder renamed in capitals")
			l.must(os.Rename(l.path(up), l.path(name)))
		}
	},
	"a gallery copied": func(l *law) {
		to := "content/" + l.word()
		l.must(os.CopyFS(l.path(to), os.DirFS(l.path("content/morning"))))
		l.holds("a gallery copied")
		l.must(os.RemoveAll(l.path(to)))
	},
	"another picture under the same name and time": func(l *law) {
		if name := l.one(folders + "/1.jpg"); name != "" {
			info, err := os.Stat(l.path(name))
			l.must(err)
			l.must(os.WriteFile(l.path(name)+".part", []byte(l.photo()), 0o644),
				os.Chtimes(l.path(name)+".part", info.ModTime(), info.ModTime()), os.Rename(l.path(name)+".part", l.path(name)))
		}
	},
	"a picture that grows": func(l *law) {
		if name := l.one(folders + "/1.jpg"); name != "" {
			data := l.photo()
			out, err := os.Create(l.path(name))
			l.must(err)
			for piece := range slices.Chunk([]byte(data), 100) {
				_, err := out.Write(piece)
				l.must(err, out.Sync())
			}
			l.must(out.Close())
		}
	},
	"half a picture, then the rest": func(l *law) {
		if name := l.one(folders + "/1.jpg"); name != "" {
			data := l.photo()
			l.write(name, data[:len(data)/2])
			l.holds("half a picture")
			l.write(name, data)
		}
	},
	"broken, then mended": func(l *law) {
		if name := l.one(stories); name != "" {
			text := l.read(name)
			l.save(name, strings.Replace(text, "[author]", "[author", 1))
			l.holds("a broken story")
			l.save(name, text)
		}
	},
	"settings broken, then mended": func(l *law) { // of broken ones there is no clean build
		text := l.read("site.toml")
		l.save("site.toml", strings.Replace(text, "=", "", 1))
		l.save("site.toml", text)
	},
	"the same size within a moment": func(l *law) {
		if name := l.one(stories); name != "" {
			text := regexp.MustCompile(`Story \w+`).ReplaceAllString(l.read(name), "Story one")
			l.write(name, text)
			l.write(name, strings.Replace(text, "Story one", "Story two", 1))
			l.write(name, strings.Replace(text, "Story one", "Story six", 1))
		}
	},
	"a time of long ago": func(l *law) {
		if name := l.one(stories); name != "" {
			long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
			l.write(name, strings.Replace(l.read(name), "Story", "STORY", 1))
			l.must(os.Chtimes(l.path(name), long, long))
		}
	},
	"another branch and back": func(l *law) {
		if _, err := exec.LookPath("git"); err != nil {
			return
		}
		branch := l.word()
		l.git("add", "-A")
		l.git("commit", "-q", "--allow-empty", "-m", branch)
		l.git("branch", branch)
		l.git("checkout", "-q", "first")
		l.holds("another branch")
		l.git("checkout", "-q", branch)
	},
}

func (l *law) git(args ...string) {
	l.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=Olya", "-c", "user.email=olya@mail.example", "-c", "core.autocrlf=false"}, args...)...)
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	if out, err := cmd.CombinedOutput(); err != nil {
		l.t.Fatalf("git %s: %v: %s", args[0], err, out)
	}
}

// The law of the preview: whatever happens to a folder, what is served is
// soon, file by file, a clean build of it.
func TestPreviewIsACleanBuild(t *testing.T) {
	for name, test := range map[string]struct {
		seed uint64
		args []string
		part int // of all edits, one in so many
	}{
		"notified": {1, nil, 1},
		"polling":  {2, []string{"--poll", "100ms"}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			l := serveFolder(t, test.seed, test.args...)
			if _, err := exec.LookPath("git"); err == nil {
				l.write(".gitignore", ".gallerist/\nprivate/\n")
				l.git("init", "-q")
				l.git("add", "-A")
				l.git("commit", "-q", "-m", "first")
				l.git("branch", "first")
			}
			l.holds("the beginning")
			names := make([]string, 0, len(edits))
			for name := range edits {
				names = append(names, name)
			}
			slices.Sort(names) // the same order for the same seed
			order := l.rand.Perm(len(names))
			if testing.Short() {
				test.part = 3
			}
			for _, i := range order[:len(order)/test.part] {
				what := names[i]
				edits[what](l)
				for l.rand.IntN(4) == 0 { // more at once
					more := names[l.rand.IntN(len(names))]
					edits[more](l)
					what += " and " + more
				}
				l.holds(what)
			}
			l.buildInto(media.DirStore(l.path(".gallerist/cache")))
			l.known = true
			edits["the site's name"](l)
			l.holds("all pictures were made")
		})
	}
}

// Five hundred pieces dropped in at once, edited, and taken away again.
func TestPreviewOfManyAtOnce(t *testing.T) {
	n := 500
	if testing.Short() {
		n = 50
	}
	l := serveFolder(t, 3)
	l.holds("the beginning")
	from := l.t.TempDir()
	for i := range n {
		folder := filepath.Join(from, fmt.Sprintf("2026-11-04-many%03d", i))
		story := fmt.Sprintf(lawStory, fmt.Sprintf("many%03d", i), fmt.Sprint("Number ", i), "Olya", "Words.")
		l.must(os.Mkdir(folder, 0o755), os.WriteFile(filepath.Join(folder, "submission.md"), []byte(story), 0o644))
	}
	l.must(os.CopyFS(l.path("content/morning"), os.DirFS(from)))
	l.holds("many pieces")
	for _, i := range []int{0, n / 2, n - 1} {
		name := fmt.Sprintf("content/morning/2026-11-04-many%03d/submission.md", i)
		l.replaceIn(name, `Words`, l.word())
		l.holds("an edit of one of many")
	}
	for i := range n {
		l.must(os.RemoveAll(l.path(fmt.Sprintf("content/morning/2026-11-04-many%03d", i))))
	}
	l.holds("many pieces gone")
	if runtime.GOOS != "windows" { // an open folder cannot be moved there
		away := filepath.Join(from, "content")
		l.must(os.Rename(l.path("content"), away))
		l.holds("no content")
		l.must(os.Rename(away, l.path("content")))
		l.holds("content again")
	}
}

// A picture that takes long to arrive holds up no edit, and nobody is told that
// it is damaged.
func TestPreviewOfAPictureThatGrows(t *testing.T) {
	l := serveFolder(t, 4)
	name := "content/morning/2026-11-05-grows"
	story := fmt.Sprintf(lawStory, "grows", "Grows", "Olya", "Story one.")
	l.write(name+"/submission.md", strings.Replace(story, "\n[author]", "\n[[media]]\nfile = \"1.jpg\"\n\n[author]", 1))
	l.write(name+"/1.jpg", l.photo())
	l.holds("the beginning")
	whole := bytes.Join([][]byte{[]byte(l.photo()), make([]byte, 1<<20)}, nil) // bytes after a picture are no fault
	out, err := os.Create(l.path(name + "/1.jpg"))
	l.must(err)
	grown := 0
	grow := func() {
		n := min(grown+1, len(whole))
		_, err := out.Write(whole[grown:n])
		l.must(err)
		grown = n
	}
	other := "content/evening/gallery.md"
	late := time.Now().Add(30 * time.Second) // only a fault lasts that long
	for range 20 {
		word := l.word()
		l.replaceIn(other, `An introduction.*`, "An introduction "+word)
		for text := ""; !strings.Contains(text, word); text, _ = l.served("evening/index.html") {
			if grow(); time.Now().After(late) {
				t.Fatalf("%s is not shown while a picture grows", word)
			}
		}
		if text, status := l.served("morning/grows/index.html"); status != http.StatusOK || !strings.Contains(text, "Story one.") {
			t.Errorf("after %d bytes the picture's page is served (%d) as %.300q", grown, status, text)
		}
	}
	l.replaceIn(name+"/submission.md", `Story one`, "Story "+l.word())
	for len(l.said) > 0 {
		if line := <-l.said; strings.Contains(line, "1.jpg") {
			t.Errorf("after %d bytes: %s", grown, line)
		}
	}
	_, err = out.Write(whole[grown:])
	l.must(err, out.Close())
	l.holds("the picture was there")
}
