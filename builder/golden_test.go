package builder

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldenFiles are those outputs of the small site that are looked at word by
// word. Pages have their tags on lines of their own, for readable differences.
var goldenFiles = []string{
	"index.html", "morning/index.html", "morning/olya/index.html", "en/morning/olya/index.html", "morning/call/index.html",
	"morning/thanks/index.html", "contributors/index.html", "contributors/olya-moskva/index.html", "tags/index.html",
	"about/index.html", "404.html", "morning/x-gone/index.html", "morning/feed.xml", "morning/atom.xml", "morning/feed.json",
	"morning/index.json", "sitemap.xml", "robots.txt",
}

var (
	tagEnd    = regexp.MustCompile(`(</?[a-z][^>]*>)`)
	rendition = regexp.MustCompile(`m/[0-9a-f]{2}/[0-9a-f]{24}`)
	assets    = regexp.MustCompile(`(assets/[a-z]+)-[0-9a-f]{10}`)
	lengths   = regexp.MustCompile(`(length|fileSize)="\d+"|"size_in_bytes":\d+`)
)

// readable breaks markup into lines and hides what a change of a style sheet
// or a picture encoder alone would change.
func readable(path, content string) string {
	if strings.HasSuffix(path, ".html") {
		content = tagEnd.ReplaceAllString(content, "$1\n")
	}
	content = strings.NewReplacer(",\"", ",\n\"", "}, {", "},\n{").Replace(content)
	content = rendition.ReplaceAllString(content, "m/…")
	content = assets.ReplaceAllString(content, "$1-…")
	content = lengths.ReplaceAllString(content, "$1=…")
	return regexp.MustCompile(`\n\s*\n+`).ReplaceAllString(content, "\n")
}

func TestGolden(t *testing.T) {
	files, _, _ := buildFolder(t, testFolder())
	goldenPages(t, files, goldenFiles...)
}

// goldenPages holds files against those of testdata/golden, or writes these.
func goldenPages(t *testing.T, files map[string]string, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if files[path] == "" {
			t.Errorf("there is no %s", path)
			continue
		}
		got := readable(path, files[path])
		name := filepath.Join("testdata", "golden", strings.ReplaceAll(path, "/", "_"))
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs (run go test ./builder -run Golden -update and look at the change):\n%s", path, diff)
		}
	}
}
