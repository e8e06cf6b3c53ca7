package theme_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"gallerist/builder/theme"
	"gallerist/themes"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the golden files")

// echo says the key of each label, so that tests do not hang on words.
type echo struct{}

func (echo) Label(key string, args ...any) string {
	for _, a := range args {
		if s, ok := a.(string); ok {
			key += " " + s
		}
	}
	return key
}

func (echo) Plural(key string, n int, args ...any) string { return key }

func (echo) OtherDir(tag string) string {
	if tag == "ar" {
		return "rtl"
	}
	return ""
}

// plain loads plain and fails on any problem.
func plain(t testing.TB, minify bool) (*theme.Theme, *theme.Renderer) {
	t.Helper()
	th, problems := theme.Load(theme.LoadOptions{Builtin: themes.FS, Minify: minify})
	r, more := th.For(echo{})
	for _, p := range append(problems, more...) {
		t.Error(p)
	}
	return th, r
}

func render(t testing.TB, r *theme.Renderer, v view) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Render(&b, v.layout, v.data); err != nil {
		t.Fatalf("%s: %v", v.layout, err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	th, r := plain(t, false)
	for _, v := range views(th, 5) {
		t.Run(v.layout, func(t *testing.T) {
			got := sheetName.ReplaceAllString(render(t, r, v), "/assets/$1.css")
			file := filepath.Join("testdata", "golden", v.layout+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs; look at it and run the test with -update", file)
			}
		})
	}
}

// Every page has the landmarks, one heading of the first rank, and each of its
// attributes id once.
func TestOutline(t *testing.T) {
	th, r := plain(t, true)
	for _, v := range views(th, 24) {
		count, ids := map[string]int{}, map[string]int{}
		for n := range parseHTML(t, render(t, r, v)).Descendants() {
			count[n.Data]++
			for _, a := range n.Attr {
				if a.Key == "id" {
					ids[a.Val]++
				}
			}
		}
		for _, tag := range []string{"h1", "main", "header", "footer", "title"} {
			if n := count[tag]; n != 1 && (tag != "header" || n == 0) {
				t.Errorf("%s has %d of <%s>", v.layout, n, tag)
			}
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s has id %q %d times", v.layout, id, n)
			}
		}
	}
}

// A minified page is the same page.
func TestMinifiedIsTheSame(t *testing.T) {
	th, long := plain(t, false)
	_, short := plain(t, true)
	for _, v := range views(th, 5) {
		a, b := render(t, long, v), render(t, short, v)
		a, b = sheetName.ReplaceAllString(a, "$1"), sheetName.ReplaceAllString(b, "$1") // minified, it has another hash
		if len(b) >= len(a) {
			t.Errorf("%s: %d bytes, and minified %d", v.layout, len(a), len(b))
		}
		if x, y := outline(parseHTML(t, a)), outline(parseHTML(t, b)); x != y {
			t.Errorf("%s is another page when minified:\n%s\n%s", v.layout, x, y)
		}
	}
}

// sheetName is the address of a style sheet.
var sheetName = regexp.MustCompile(`/assets/(\w+)-[0-9a-f]{10}\.css`)

// outline writes elements, attributes and words, without the white space that
// is not seen.
func outline(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key + "=" + a.Val)
			}
		case html.TextNode:
			b.WriteString(strings.Join(strings.Fields(n.Data), " "))
		}
	}
	return b.String()
}

func parseHTML(t testing.TB, s string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// The weights that the theme promises: a page of 24 pieces in 6 kB as sent and in
// no more than 600 elements; the style sheet, of all kinds of pages and fetched
// once, in 7 kB.
func TestBudgets(t *testing.T) {
	th, r := plain(t, true)
	for _, f := range th.Files() {
		if strings.HasSuffix(f.Path, ".css") && zipped(f.Bytes) > 7<<10 {
			t.Errorf("%s has %d bytes as sent", f.Path, zipped(f.Bytes))
		}
	}
	for _, v := range views(th, 24) {
		page := render(t, r, v)
		if n := zipped([]byte(page)); n > 6<<10 {
			t.Errorf("%s has %d bytes as sent", v.layout, n)
		}
		elements := 0
		for n := range parseHTML(t, page).Descendants() {
			if n.Type == html.ElementNode {
				elements++
			}
		}
		if elements > 600 {
			t.Errorf("%s has %d elements", v.layout, elements)
		}
	}
}

func zipped(b []byte) int {
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
	w.Write(b)
	w.Close()
	return z.Len()
}

// One renderer serves several goroutines, and every page is the same each time.
func TestRenderTwice(t *testing.T) {
	th, r := plain(t, true)
	_, again := plain(t, true)
	var wg sync.WaitGroup
	for _, v := range views(th, 3) {
		want := render(t, again, v)
		for range 2 {
			wg.Go(func() {
				var b bytes.Buffer
				if err := r.Render(&b, v.layout, v.data); err != nil || b.String() != want {
					t.Errorf("%s differs the second time (%v)", v.layout, err)
				}
			})
		}
	}
	wg.Wait()
}

func TestUnknownLayout(t *testing.T) {
	_, r := plain(t, false)
	if err := r.Render(io.Discard, "nowhere", nil); err == nil || !strings.Contains(err.Error(), `"nowhere"`) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkRender(b *testing.B) {
	th, r := plain(b, true)
	for _, v := range views(th, 24) {
		if v.layout != "gallery" && v.layout != "submission" && v.layout != "contributor" {
			continue
		}
		b.Run(v.layout, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := r.Render(io.Discard, v.layout, v.data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		th, _ := theme.Load(theme.LoadOptions{Builtin: themes.FS, Minify: true})
		th.For(echo{})
	}
}
