//go:build unix

package publish_test

import (
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"

	"gallerist/builder/publish"
)

func TestDirSetsModes(t *testing.T) {
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	root := t.TempDir()
	out := filepath.Join(root, "public")
	sync(t, publish.NewDir(out, publish.DirOptions{}), "a/index.html", "x")
	for path, want := range map[string]fs.FileMode{".": 0o755, "a": 0o755, "a/index.html": 0o644, ".gallerist": 0o644} {
		if got := info(t, out, path).Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
}
