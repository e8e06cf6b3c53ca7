package builder

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gallerist/builder/publish"
)

// wideFolder is the small site with a gallery of 60 pieces, more than a feed
// holds, and more galleries than are remembered.
func wideFolder() fstest.MapFS {
	folder := testFolder()
	for i := range 100 {
		g := "content/wide"
		if i >= 60 {
			g = fmt.Sprintf("content/small-%02d", i%12)
		}
		folder[g+"/gallery.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Галерея\"\n+++\n")}
		text := submission(fmt.Sprintf("wide%03d", i), fmt.Sprintf("Оля%d", i%40), "approved", 1+i%20, "", fmt.Sprintf("Рассказ *номер* %d.", i))
		folder[fmt.Sprintf("%s/s-%03d/submission.md", g, i)] = &fstest.MapFile{Data: []byte(text)}
		if i%5 == 0 {
			folder[fmt.Sprintf("%s/s-%03d/submission.en.md", g, i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("+++\ntitle = \"Number %d\"\n+++\nA *story*, number %d.\n", i, i))}
		}
	}
	return folder
}

// What pages remember and forget changes nothing: files opened once in order,
// and again in any order by several readers, are the same.
func TestOpenedInAnyOrder(t *testing.T) {
	want, _, _ := buildFolder(t, wideFolder())
	r, _, err := Build(context.Background(), wideFolder(), Options{Now: testNow, Secret: testSecret, Cache: newTestStore()})
	if err != nil {
		t.Fatal(err)
	}
	files := slices.Clone(r.Set.Files())
	for seed := range uint64(2) {
		shuffled := rand.New(rand.NewPCG(seed, 0))
		shuffled.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		var readers sync.WaitGroup
		for part := range slices.Chunk(files, len(files)/4+1) {
			readers.Go(func() { sameAs(t, want, part) })
		}
		readers.Wait()
	}
}

func sameAs(t *testing.T, want map[string]string, files []publish.File) {
	for _, f := range files {
		if got := open(t, f.Open); got != want[f.Path] {
			t.Errorf("%s differs near %q", f.Path, firstDifference(got, want[f.Path]))
		}
	}
}

// A large site's stories and cards do not all stay in memory.
func TestForgotten(t *testing.T) {
	_, _, r := buildFolder(t, wideFolder())
	stories, cards := 0, 0
	for _, p := range r.model.pieces {
		wide := strings.HasPrefix(p.path, "wide/")
		if b := &p.words[0].body; wide && b.story == nil && b.short != nil {
			stories++
		}
		for _, l := range r.locales {
			if p.words[l.index].cards[plainCard].Load() != nil {
				cards++
			}
		}
	}
	if want := 60 - feedItems; stories != want {
		t.Errorf("%d stories that no feed shows are forgotten, want %d", stories, want)
	}
	if all := len(r.model.pieces) * len(r.locales); cards == 0 || cards >= all {
		t.Errorf("%d cards of %d are remembered", cards, all)
	}
}
