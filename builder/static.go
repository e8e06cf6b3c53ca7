package builder

import (
	"io"
	"io/fs"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// staticDir holds files of the owner that go into the site as they are: a
// CNAME, a verification file. Pictures of people do not belong there.
const staticDir = "static"

func (m *model) addStatic(set *publish.Set, fsys fs.FS, probs *problem.List) {
	if info, err := fs.Lstat(fsys, staticDir); err == nil && !info.IsDir() {
		probs.Errorf(problem.Pos{File: staticDir}, "put the folder itself here", "not a folder, so it is not opened")
		return
	}
	_ = fs.WalkDir(fsys, staticDir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if name != staticDir {
				probs.Errorf(problem.Pos{File: name}, "check its permissions", "this folder cannot be read")
			}
			return nil
		case strings.HasPrefix(d.Name(), ".") && d.IsDir() && d.Name() != ".well-known":
			return fs.SkipDir
		case !d.Type().IsRegular() || strings.HasPrefix(d.Name(), "."):
			return nil
		case m.standsAgain(fsys, name, probs):
			return nil
		}
		set.Add(publish.File{
			Path: strings.TrimPrefix(name, staticDir+"/"), Origin: name,
			Open: func() (io.ReadCloser, error) { return fsys.Open(name) },
		})
		return nil
	})
}
