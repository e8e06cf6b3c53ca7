package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gallerist/builder/problem"
)

func text(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

const pending = "+++\nid = \"%s\"\nstatus = \"pending\"\n+++\n"

func gallerySite() fstest.MapFS {
	return fstest.MapFS{"content/g/gallery.md": text("+++\ntitle = \"G\"\n+++\n")}
}

// TestLimits: sizes and numbers that would make an archive too long.
func TestLimits(t *testing.T) {
	site := gallerySite()
	line := strings.Repeat("words ", 100) + "\n"
	site["content/g/long/submission.md"] = text(fmt.Sprintf(pending, "long") + strings.Repeat(line, 60))
	site["content/g/huge/submission.md"] = text(fmt.Sprintf(pending, "huge") + strings.Repeat(line, 200))
	site["content/g/head/submission.md"] = text("+++\n" + strings.Repeat("# "+line, 110) + "+++\n")
	site["content/g/wide/submission.md"] = text("+++\ntitle = \"" + strings.Repeat("x", 11<<10) + "\"\n+++\n")
	site["content/g/many/submission.md"] = text(fmt.Sprintf(pending, "many"))
	for i := range maxMedia + 1 {
		site[fmt.Sprintf("content/g/many/%d.png", i)] = text("\x89PNG\r\n\x1a\n")
	}
	site["content/about.md"] = text("+++\ntitle = \"A\"\n+++\n" + strings.Repeat(line, 300))
	site["content"+strings.Repeat("/d", 62)+"/x.md"] = text("x")
	_, _, probs, err := Read(context.Background(), site, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range probs {
		got = append(got, strings.ReplaceAll(fmt.Sprint(p.Pos, " ", p.Text), "/d/d/d/d/d/d/d/d/d/d", "/D"))
	}
	want := []string{
		"content/D/D/D/D/D/D/d folders stand in one another more than 60 deep",
		"content/g/head/submission.md:2 65 kB of settings are more than 64 kB",
		"content/g/huge/submission.md larger than 32 kB",
		"content/g/long/submission.md:5:1 a text of 36 kB is longer than 32 kB",
		"content/g/many/submission.md 201 files are more than 200",
		"content/g/wide/submission.md:2 a line of 12 kB is longer than 10 kB",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestContactsTooLarge says so instead of reading it.
func TestContactsTooLarge(t *testing.T) {
	site := gallerySite()
	site["private/contacts.csv"] = &fstest.MapFile{Data: make([]byte, maxContacts+1)}
	_, _, probs, err := Read(context.Background(), site, testOptions)
	if err != nil || len(probs) == 0 || probs[len(probs)-1].Text != "larger than 64 MB" {
		t.Error(probs, err)
	}
}

// TestDisk: a disk that fails is an error, an ended context too.
func TestDisk(t *testing.T) {
	for _, name := range []string{"content/g/gallery.md", "content/g/a/submission.md", "content/g/a/a.jpg", "content/x.md", "private/contacts.csv"} {
		site := gallerySite()
		site["content/g/a/submission.md"] = text(fmt.Sprintf(pending, "aaaa"))
		site[name] = text("broken\n")
		if _, _, _, err := Read(context.Background(), forbidding{site}, testOptions); err == nil || !strings.Contains(err.Error(), "input/output") {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, _, err := Read(ctx, gallerySite(), testOptions); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestAltLevel: with errors asked for, a picture without alt text takes its
// submission out.
func TestAltLevel(t *testing.T) {
	site := gallerySite()
	site["content/g/a/submission.md"] = text("+++\nid = \"aaaa\"\nstatus = \"approved\"\n[author]\n+++\n")
	site["content/g/a/a.jpg"] = text("\xff\xd8\xff")
	for level, broken := range map[problem.Level]int{problem.Error: 1, problem.Warning: 0} {
		opt := testOptions
		opt.AltLevel = level
		s, _, _, err := Read(context.Background(), site, opt)
		if err != nil || s.Galleries[0].Broken != broken || len(s.Galleries[0].Submissions) != 1-broken {
			t.Errorf("%v: %+v %v", level, s.Galleries[0], err)
		}
	}
}

// TestAnyNumberOfJobs: the result is the same however many read at a time.
func TestAnyNumberOfJobs(t *testing.T) {
	site := generated(300)
	want := ""
	for _, jobs := range []int{1, 2, 7, 64} {
		opt := testOptions
		opt.Jobs = jobs
		s, private, probs, err := Read(context.Background(), site, opt)
		if err != nil {
			t.Fatal(err)
		}
		got := asJSON(t, []any{s, private, probs})
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d jobs give another site", jobs)
		}
	}
}

// generated is a site of n submissions as import writes them, some wrong.
func generated(n int) fstest.MapFS {
	site := gallerySite()
	for i := range n {
		text, _ := os.ReadFile("testdata/usual.md")
		if i%50 == 7 {
			text = []byte(strings.Replace(string(text), "featured", "feature", 1))
		}
		site[fmt.Sprintf("content/g/2026/%d/%d-olya/submission.md", i%12, i)] = &fstest.MapFile{
			Data: []byte(strings.Replace(string(text), "m7q2k4", fmt.Sprintf("id-%05d", i), 1))}
	}
	return site
}

// BenchmarkRead reads 2,000 submissions without media from a disk; the metric
// that counts is the time of one submission.
func BenchmarkRead(b *testing.B) {
	const n = 2000
	dir := b.TempDir()
	for name, f := range generated(n) {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), f.Data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	opt := testOptions
	opt.Jobs = 1
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, err := Read(context.Background(), os.DirFS(dir), opt); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/submission")
}
