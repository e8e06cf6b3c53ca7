package source

import (
	"context"
	"os"
	"testing"
	"time"
)

// TestDemo reads the repository's own content without a problem.
func TestDemo(t *testing.T) {
	site, _, probs, err := Read(context.Background(), os.DirFS("../.."), Options{
		Lang: "ru", Languages: []string{"ru", "en"}, Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range probs {
		t.Error(p)
	}
	for _, g := range site.Galleries {
		if g.Broken > 0 || g.Text.Title == "" {
			t.Errorf("%s: %d broken", g.Dir, g.Broken)
		}
		t.Log(g.Dir, len(g.Submissions))
	}
}
