package builder

import (
	"fmt"
	"html/template"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/media"
)

// bigFolder is a site of n submissions in words, in galleries of 250.
func bigFolder(n int) fstest.MapFS {
	folder := fstest.MapFS{"site.toml": {Data: []byte("title = \"Big\"\nbase_url = \"https://big.example/\"\nlanguage = \"en\"\n")}}
	body := "A story of a morning in a *kitchen*, with a window and a cat.\n\nIt goes on for a while, since people like to tell how it was, and ends well.\n"
	for i := range n {
		g := fmt.Sprintf("content/gallery-%03d", i/250)
		folder[g+"/gallery.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Gallery\"\n+++\n")}
		name := fmt.Sprintf("Name%d", i%(n/2+1))
		folder[fmt.Sprintf("%s/s-%06d/submission.md", g, i)] = &fstest.MapFile{
			Data: []byte(submission(fmt.Sprintf("id%06d", i), name, "approved", 1+i%20, "", body)),
		}
	}
	return folder
}

// BenchmarkBuild builds 1,000 submissions in words and renders every page.
func BenchmarkBuild(b *testing.B) {
	folder := bigFolder(1000)
	b.ReportAllocs()
	for b.Loop() {
		r, _, err := Build(b.Context(), folder, Options{Now: testNow, Cache: media.MemStore()})
		if err != nil {
			b.Fatal(err)
		}
		files := r.Set.Files()
		parallel(len(files), func(i int) {
			rc, err := files[i].Open()
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, rc)
			_ = rc.Close()
		})
	}
}

// variedFolder is bigFolder with as many contributors as submissions, and with
// places and tags of which each has a few pages.
func variedFolder(n int) fstest.MapFS {
	folder := bigFolder(n)
	for i, path := range slices.Sorted(maps.Keys(folder)) {
		if strings.HasSuffix(path, "submission.md") {
			words := strings.NewReplacer(`"Name`, fmt.Sprintf(`"Name%d-`, i), `"Москва"`, fmt.Sprintf(`"Place %d"`, i%(n/100+1)),
				`"кот", "окно"`, fmt.Sprintf(`"tag %d", "mark %d"`, i%(n/50+1), i%(n/80+1)))
			folder[path].Data = []byte(words.Replace(string(folder[path].Data)))
		}
	}
	return folder
}

// BenchmarkPages makes the pages of 1,000 submissions in words, each once, of
// stories that are parsed. kept-B/page is what lives on of each.
func BenchmarkPages(b *testing.B) {
	folder := variedFolder(1000)
	b.ReportAllocs()
	pages, kept := 0, uint64(0)
	text := strings.Repeat("A story of a morning in a kitchen, with a window and a cat. ", 20)
	for b.Loop() {
		b.StopTimer()
		r, _, err := Build(b.Context(), folder, Options{Now: testNow, Cache: media.MemStore()})
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range r.Pages {
			for _, piece := range p.Images {
				piece.words[0].body.story = &story{"<p>" + template.HTML(text) + "</p>", text, shorten(text, excerptLength)}
			}
		}
		before := liveBytes()
		b.StartTimer()
		for _, f := range r.Set.Files() {
			if !strings.HasSuffix(f.Path, ".html") {
				continue
			}
			rc, err := f.Open()
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, rc)
			_ = rc.Close()
			pages++
		}
		b.StopTimer()
		kept += liveBytes() - before
		runtime.KeepAlive(r)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(pages), "ns/page")
	b.ReportMetric(float64(int64(kept))/float64(pages), "kept-B/page")
}

func liveBytes() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkStory renders a story of two paragraphs and takes its words.
func BenchmarkStory(b *testing.B) {
	m := newMarkdown("/")
	src := "A story of a *morning* in a kitchen, with [a window](https://example.org/window) and a cat.\n\n" +
		"> It goes on for a while, said the cat.\n\nPeople like to tell **how it was**, and it ends well for [everybody](https://example.org/all).\n"
	b.ReportAllocs()
	for b.Loop() {
		m.story(src)
	}
}
