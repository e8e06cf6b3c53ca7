package publish_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"gallerist/builder/publish"
	"gallerist/builder/publish/publishtest"
)

// TestBegin: a transaction that is begun early does what it does else, and
// leaves nothing where it is given up.
func TestBegin(t *testing.T) {
	ctx, top := context.Background(), t.TempDir()
	out := filepath.Join(top, "made", "public")
	dir := publish.NewDir(out, publish.DirOptions{State: filepath.Join(top, "state")})

	given := publish.Begin(ctx, dir)
	if err := given.Abort(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(top); err != nil || len(left) > 0 {
		t.Errorf("what was given up left %v, %v", left, err)
	}
	for _, text := range []string{"one", "two"} {
		if _, err := publish.Sync(ctx, publishtest.Set("index.html", text), publish.Begin(ctx, dir), publish.Options{}); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(out, "index.html")); err != nil || string(got) != text {
			t.Errorf("published %q, %v", got, err)
		}
	}
	refused := errors.New("refused")
	_, err := publish.Sync(ctx, publishtest.Set("index.html", "three"), publish.Begin(ctx, dir),
		publish.Options{Verify: func(string, []byte) error { return refused }})
	if got, _ := os.ReadFile(filepath.Join(out, "index.html")); !errors.Is(err, refused) || string(got) != "two" {
		t.Errorf("%v left %q", err, got)
	}
}

// TestBeginTells: what is wrong with the target is told by Sync, and a second
// build finds the folder taken from Begin on.
func TestBeginTells(t *testing.T) {
	ctx, out := context.Background(), filepath.Join(t.TempDir(), "public")
	first := publish.Begin(ctx, publish.NewDir(out, publish.DirOptions{}))
	if _, err := first.Manifest(ctx); err != nil {
		t.Fatal(err)
	}
	second := publish.Begin(ctx, publish.NewDir(out, publish.DirOptions{}))
	var told *publish.Error
	if _, err := publish.Sync(ctx, publishtest.Set("index.html", "second"), second, publish.Options{}); !errors.As(err, &told) {
		t.Errorf("a second build got %v", err)
	}
	if _, err := publish.Sync(ctx, publishtest.Set("index.html", "first"), first, publish.Options{}); err != nil {
		t.Error(err)
	}
}
