package importer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryProblemOccurs: each text that this package can report stands in a
// script of the command, or in a test here where a script would take long.
func TestEveryProblemOccurs(t *testing.T) {
	var wants strings.Builder
	scripts, _ := filepath.Glob("../../cmd/gallerist/testdata/script/*.txtar")
	tests, _ := filepath.Glob("*_test.go")
	for _, name := range append(scripts, tests...) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wants.WriteString(strings.NewReplacer(`\"`, `"`, `\[`, "[", `\]`, "]", `\.`, ".", `\(`, "(", `\)`, ")", `\+`, "+", `\?`, "?").Replace(string(data)))
	}
	// where a text stands among the arguments of what reports it
	place := map[string]int{"Errorf": 2, "Warnf": 2, "Notef": 2, "wrongf": 1, "refuse": 1}
	found := 0
	sources, _ := filepath.Glob("*.go")
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			called := ""
			switch fun := call.Fun.(type) {
			case *ast.SelectorExpr:
				called = fun.Sel.Name
			case *ast.Ident:
				called = fun.Name
			}
			i, ok := place[called]
			if !ok || len(call.Args) <= i {
				return true
			}
			if lit, ok := call.Args[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				found++
				pattern := regexp.MustCompile(`%(?:%|\[?\d*\]?[a-z])`).ReplaceAllString(regexp.QuoteMeta(text), ".*")
				if strings.Trim(pattern, ".*") != "" && !regexp.MustCompile(pattern).MatchString(wants.String()) {
					t.Errorf("%s: no script and no test shows %q", name, text)
				}
			}
			return true
		})
	}
	if found < 40 {
		t.Errorf("only %d problems found in the code", found)
	}
}
