package theme

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/themes"
)

// Neither a file nor a folder is read through a symbolic link: through one, an
// original or what is private would be published as it is.
func TestLinksAreNotFollowed(t *testing.T) {
	link := func(to string) *fstest.MapFile { return &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte(to)} }
	for name, target := range map[string]string{
		"assets/pass.jpg": "../private/pass.jpg", "assets/sub": "../private", "assets": "private", "themes/mine/assets": "../../private",
	} {
		site := fstest.MapFS{"private/pass.jpg": {Data: []byte("passport")}, "themes/mine/theme.toml": {Data: []byte("name = \"Mine\"\n")}, name: link(target)}
		if _, err := fs.Stat(site, name); err != nil {
			t.Fatal(err)
		}
		th, _ := Load(LoadOptions{Site: site, Builtin: themes.FS, Name: "mine"})
		for _, f := range th.Files() {
			if strings.Contains(string(f.Bytes), "passport") {
				t.Errorf("%s: %s is published", name, f.Path)
			}
		}
	}
}

// A pipe is not waited for.
func TestPipesAreNotOpened(t *testing.T) {
	site := fstest.MapFS{"assets/x.jpg": {Mode: fs.ModeNamedPipe, Data: []byte("pipe")}}
	th, _ := Load(LoadOptions{Site: site, Builtin: themes.FS})
	for _, f := range th.Files() {
		if string(f.Bytes) == "pipe" {
			t.Error("a pipe is published")
		}
	}
}
