package builder

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says which packages of this module each may import. A row that is
// not obvious has its reason.
var layers = map[string][]string{
	"builder/problem": {},
	"builder/gallery": {"builder/problem"},
	"builder/publish": {"builder/problem", "builder/publish/publishtest"},
	"builder/strict":  {"builder/problem"},
	"builder/source":  {"builder/problem", "builder/gallery", "builder/strict", "builder/rootfs", "builder/schema", "builder/schema/schematest"}, // the last three for tests
	"builder/lang":    {"builder/problem", "builder/gallery", "builder/strict"},                                                                  // words are read strictly too
	"builder/amend": { // bytes of front matter
		"builder/problem", "builder/strict",
	},
	"builder/words": { // finds phrases in texts
		"builder/problem",
	},
	"builder/fix": { // plans; the command writes
		"builder/problem", "builder/strict", "builder/source", "builder/amend",
		"builder/gallery", // tests
	},
	"builder/media": { // pictures, films and sounds, never people
		"builder/problem", "builder/media/webp", "builder/media/heif", "builder/media/film", "builder/media/icc",
		"builder/media/note", "builder/media/likeness",
	},
	"builder/media/webp":          {},
	"builder/media/hevc":          {},
	"builder/media/heif":          {"builder/media/hevc"},
	"builder/media/heif/purego":   {}, // a module of its own, in place of the one that loads system libraries
	"builder/media/film":          {},
	"builder/media/ffmpeg":        {}, // starts a program; the command hands it over
	"builder/media/icc":           {},
	"builder/media/note":          {},
	"builder/media/likeness":      {},
	"builder/card":                {}, // draws; gets texts and pixels
	"builder/gitindex":            {},
	"builder/draw":                {},                                                                                                                                                 // draws lots
	"builder/rootfs":              {},                                                                                                                                                 // the site's folder, which nothing leads out of
	"builder/bench":               {},                                                                                                                                                 // a program that starts programs
	"builder/publish/publishtest": {"builder/problem", "builder/publish"},                                                                                                             // the contract of targets, for tests
	"builder/feed":                {"builder/problem"},                                                                                                                                // gets addresses and texts, no nouns
	"builder/lazyregexp":          {},                                                                                                                                                 // compiles late
	"builder/theme":               {"builder/problem", "builder/strict", "themes", "builder/lazyregexp"},                                                                              // tests render the built-in themes
	"builder/theme/sample":        {"builder/theme", "themes"},                                                                                                                        // views to try themes with; the last two for tests
	"builder/theme/audit":         {"builder/theme", "builder/theme/sample", "builder/problem", "builder/lang", "themes", "builder/lazyregexp"},                                       // the last two for tests
	"builder/live":                {"builder/problem", "builder/publish"},                                                                                                             // is handed a build function
	"builder/importer":            {"builder/problem", "builder/gallery", "builder/strict", "builder/source", "builder/lang", "builder/amend", "builder/media", "builder/lazyregexp"}, // plans; the command writes
	"themes":                      {},
	"builder": {
		"builder/problem", "builder/gallery", "builder/publish", "builder/strict", "builder/source", "builder/words",
		"builder/lang", "builder/media", "builder/feed", "builder/theme", "builder/card", "builder/draw", "themes",
		"builder/contactsheet", "builder/theme/sample", // the style guide of a preview
		"builder/schema", "builder/schema/schematest", // a test holds that settings and schema agree
	},
	"builder/schema": {
		"builder/gallery",
		"builder/problem", "builder/strict", "builder/schema/schematest", // for tests
	},
	"builder/schema/schematest": {
		"builder/schema", "builder/problem", "builder/strict", // what reads a file against what the schema says of it, for tests
	},
	"builder/contactsheet": {}, // a page of texts

	"builder/findings": {"builder/problem"},  // what a check found, for hosts and tools
	"builder/gitlog":   {"builder/gitindex"}, // starts git; the command hands over what it says

	"builder/review": { // a page for the owner of a folder, above builder like the command
		"builder", "builder/problem", "builder/gallery", "builder/strict", "builder/amend", "builder/media", "builder/source", // the last for tests
	},

	"cmd/gallerist/starter": {},
	"cmd/gallerist": {
		"builder", "builder/problem", "builder/publish", "builder/live", "builder/source", "builder/review", "cmd/gallerist/starter",
		"builder/rootfs",
		"builder/fix",
		"builder/importer",
		"builder/schema",
		"builder/findings", "builder/gitlog",
		"builder/theme", "builder/theme/audit", // for authors of themes
		"builder/media",                            // the cache's folder is chosen here, for builder has no os
		"builder/lang",                             // slugs of what new makes
		"builder/gitindex", "builder/media/ffmpeg", // files and programs of this machine, which builder does not know
	},
}

func TestLayers(t *testing.T) {
	root := os.DirFS("..")
	seen := map[string]bool{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "public" || d.Name() == "content") {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".go") {
			seen[path.Dir(name)] = true
			checkImports(t, root, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := range layers {
		if !seen[dir] {
			t.Errorf("the table has a row for %s, which holds no Go", dir)
		}
	}
}

func checkImports(t *testing.T, root fs.FS, name string) {
	src, err := fs.ReadFile(root, name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	dir := path.Dir(name)
	allowed, ok := layers[dir]
	if !ok {
		t.Errorf("%s: the package has no row in the table of layers", name)
	}
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		own, ok := strings.CutPrefix(imported, "gallerist/")
		if ok && own != dir && !slices.Contains(allowed, own) {
			t.Errorf("%s imports %s, which its layer may not", name, own)
		}
	}
}
