package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/strict"
)

// NewFile is a file to be written, below the site's folder.
type NewFile struct {
	Path string
	Data []byte
}

// NewSite returns the files of a new site with one gallery and one sample
// submission. starter holds the templates: see package starter.
func NewSite(starter fs.FS, title string) ([]NewFile, error) {
	title = strict.Line(strict.Clean(title))
	words := strings.NewReplacer("{{title}}", TOMLText(title), "{{name}}", title)
	var files []NewFile
	err := fs.WalkDir(starter, "site", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(starter, name)
		if err == nil && utf8.Valid(data) {
			data = []byte(words.Replace(string(data)))
		}
		files = append(files, NewFile{strings.TrimPrefix(name, "site/"), data})
		return err
	})
	return files, err
}

// NewGallery returns the file of a new gallery in dir, which stands below
// content whether it says so or not. An empty title is made from the folder.
func NewGallery(site, starter fs.FS, dir, title string) ([]NewFile, error) {
	dir, err := newFolder(site, dir)
	if err != nil {
		return nil, err
	}
	if title = strict.Line(strict.Clean(title)); title == "" {
		title = path.Base(dir)
	}
	return fill(starter, "gallery.md", dir, "{{title}}", TOMLText(title))
}

// NewSubmission returns the file of a new submission, received at a moment,
// in the folder name below a gallery that is there. The id is the caller's
// choice, best at random; it must be 4 to 64 of a–z, 0–9 and hyphens.
func NewSubmission(site, starter fs.FS, galleryDir, name, id string, received time.Time) ([]NewFile, error) {
	if len(id) < 4 || len(id) > maxID || strings.ContainsFunc(id, notID) {
		return nil, fmt.Errorf("%q cannot be an id: use 4 to 64 small letters a–z, digits and hyphens", id)
	}
	dir, err := newFolder(site, galleryDir+"/"+name)
	if err != nil {
		return nil, err
	}
	if !inGallery(site, path.Dir(dir)) {
		return nil, fmt.Errorf("there is no gallery in %s: make one with \"gallerist new gallery\"", path.Dir(dir))
	}
	return fill(starter, "submission.md", dir, "{{id}}", TOMLText(id), "{{received}}", received.Format(time.RFC3339))
}

func fill(starter fs.FS, name, dir string, words ...string) ([]NewFile, error) {
	data, err := fs.ReadFile(starter, name)
	if err != nil {
		return nil, err
	}
	return []NewFile{{dir + "/" + name, []byte(strings.NewReplacer(words...).Replace(string(data)))}}, nil
}

// newFolder returns dir below content, when nothing that says what a folder
// is stands there yet and every system can have such a name.
func newFolder(site fs.FS, dir string) (string, error) {
	dir = path.Clean(strings.ReplaceAll(dir, "\\", "/"))
	dir = contentDir + "/" + strings.TrimPrefix(dir, contentDir+"/")
	if !fs.ValidPath(dir) || dir == contentDir+"/." || dir == contentDir+"/"+contentDir {
		return "", fmt.Errorf("%q is not a folder below content", dir)
	}
	for _, part := range strings.Split(dir, "/") {
		if strings.ContainsAny(part, `:*?"<>|`) || strings.ContainsFunc(part, isControl) || strings.HasPrefix(part, ".") ||
			strings.HasSuffix(part, ".") || strings.Trim(part, " ") != part || len(part) > 100 {
			return "", fmt.Errorf("%q cannot be the name of a folder: use letters, digits and hyphens", part)
		}
	}
	for _, base := range []string{"gallery.md", "series.md", "submission.md"} {
		if _, err := fs.Stat(site, dir+"/"+base); !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("%s holds %s already", dir, base)
		}
	}
	return dir, nil
}

func isControl(r rune) bool { return unicode.IsControl(r) || strict.Clean(string(r)) == "" }

func inGallery(site fs.FS, dir string) bool {
	for ; dir != "." && dir != contentDir; dir = path.Dir(dir) {
		if _, err := fs.Stat(site, dir+"/gallery.md"); err == nil {
			return true
		}
	}
	return false
}

// TOMLText writes a text as TOML does.
func TOMLText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}
