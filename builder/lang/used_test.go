package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryTextIsSaid fails for texts that no page, feed or letter says: whoever
// translates should not work for nothing. A text is said where its key stands in
// the program or in a template, or the beginning that it is put together from:
// "rules.", "consent.use_", "award.rank".
func TestEveryTextIsSaid(t *testing.T) {
	whole, begin := map[string]bool{}, map[string]bool{}
	keyOrBegin := regexp.MustCompile(`^[a-z]+\.[A-Za-z0-9._-]*$`)
	inGo := func(path string) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sum, ok := n.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
				if lit, ok := sum.X.(*ast.BasicLit); ok {
					s, _ := strconv.Unquote(lit.Value)
					begin[s] = keyOrBegin.MatchString(s)
				}
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				s, _ := strconv.Unquote(lit.Value)
				if whole[s] = true; strings.HasSuffix(strings.ReplaceAll(s, "_", "."), ".") && keyOrBegin.MatchString(s) {
					begin[s] = true
				}
			}
			return true
		})
	}
	inTemplate := regexp.MustCompile(`"([a-z]+\.[a-z0-9_.]+)"`)
	for _, root := range []string{"..", filepath.Join("..", "..", "themes")} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
				inGo(path)
			case strings.HasSuffix(path, ".html"):
				text, err := os.ReadFile(path)
				for _, m := range inTemplate.FindAllSubmatch(text, -1) {
					whole[string(m[1])] = true
				}
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	said := func(key string) bool {
		if whole[key] {
			return true
		}
		for i := range key {
			if begin[key[:i]] && i > 0 {
				return true
			}
		}
		return false
	}
	for _, key := range rawKeys(t, fallback) {
		if !said(key) {
			t.Errorf("nothing says %q: take it out of all languages, or say it", key)
		}
	}
	if said("gallery.oldr") || said("piece.oldr") || !said("rules.sponsor") || !said("gallery.older") {
		t.Error("the test looks in the wrong place")
	}
}
