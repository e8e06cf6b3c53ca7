package publish

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// TestDirSpare: publications exchange the same two trees, and leave both alike:
// the spare one has the very files of the other.
func TestDirSpare(t *testing.T) {
	root, open := scene(t, true)
	names := []string{filepath.Join(root, "public"), filepath.Join(root, "cache", "state.spare")}
	trees := []os.FileInfo{infoOf(t, names[0]), infoOf(t, names[1])}
	for i, site := range []map[string]string{newSite, oldSite, newSite, {"index.html": "small"}, {"index.html/x": "smaller"}, {"index.html": "small"}, oldSite} {
		publishSite(t, open(osDisk{}), site)
		mendedTo(t, root, site)
		if got := siteAt(t, names[1]); !maps.Equal(got, site) {
			t.Errorf("the spare tree holds %v", got)
		}
		for path := range site {
			if !os.SameFile(infoOf(t, filepath.Join(names[0], path)), infoOf(t, filepath.Join(names[1], path))) {
				t.Errorf("%s is there twice", path)
			}
		}
		if !os.SameFile(infoOf(t, names[0]), trees[(i+1)%2]) || !os.SameFile(infoOf(t, names[1]), trees[i%2]) {
			t.Errorf("publication %d did not exchange the two trees", i)
		}
	}
}

func infoOf(t *testing.T, name string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// TestDirSpareWork counts what is done to a site of many folders of which one
// file changes: nothing that grows with the folders.
func TestDirSpareWork(t *testing.T) {
	root := t.TempDir()
	d := NewDir(filepath.Join(root, "public"), DirOptions{State: filepath.Join(root, "state")})
	sets := []*Set{bigSite(200, "", true), bigSite(200, "!", true)}
	for i, most := range []int32{3000, 2000, 40, 40} {
		count := &faultyDisk{disk: osDisk{}}
		d.disk = count
		r, err := Sync(t.Context(), sets[i%2], d, Options{})
		if err != nil || i > 0 && r.Written != 2 {
			t.Fatal(r.Written, err)
		}
		if n := count.steps.Load(); n > most || n < 10 {
			t.Errorf("publication %d took %d steps", i, n)
		}
	}
}

// TestDirDropsSpare: where much changed there is no use for the old tree, and
// nothing of what was taken down stays.
func TestDirDropsSpare(t *testing.T) {
	root, open := scene(t, false)
	publishSite(t, open(osDisk{}), map[string]string{"index.html": "another", "b.html": "site"})
	if _, err := os.Stat(filepath.Join(root, "cache", "state.spare")); !os.IsNotExist(err) {
		t.Errorf("a spare tree was kept: %v", err)
	}
	tidy(t, root)
}

// TestDirWithoutState keeps no spare tree, for there is no place for it.
func TestDirWithoutState(t *testing.T) {
	root := t.TempDir()
	for _, site := range []map[string]string{oldSite, newSite, oldSite} {
		publishSite(t, NewDir(filepath.Join(root, "public"), DirOptions{}), site)
		if got := siteAt(t, root); len(got) != len(site) {
			t.Errorf("there is %v", got)
		}
	}
}
