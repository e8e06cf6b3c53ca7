package builder

import (
	"fmt"
	"io"
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
