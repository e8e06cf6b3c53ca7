package publish

import (
	"strings"
	"testing"
)

func TestSetRefuses(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"", "a.html", ""},
		{"a.html", "b.html", ""},
		{"a/x", "a/y", ""},
		{"", ".well-known/x", ""},
		{"", ".nojekyll", ""},
		{"", "кот/index.html", ""},
		{"", "console.html", ""},
		{"", "com10.html", ""},
		{"a.html", "a.html", `second:0: the address "a.html" is already taken by first`},
		{"a.html", "A.html", "capitals"},
		{"É.html", "é.html", "capitals"},
		{"straße", "STRASSE", "capitals"},
		{"a/x", "A/y", "capitals"},
		{"a", "a/x", "capitals"},
		{"a/x", "a", "capitals"},
		{"a/b/x", "a/B", "capitals"},
		{"", "e\u0301.html", "NFC"},
		{"", "", "empty"},
		{"", "/a", "plain path"},
		{"", "a/", "plain path"},
		{"", "a//b", "plain path"},
		{"", "../a", "plain path"},
		{"", "a/../b", "plain path"},
		{"", ".", "plain path"},
		{"", "a\\b", "Windows does not allow"},
		{"", "c:x", "Windows does not allow"},
		{"", "a\x00", "cannot be seen"},
		{"", "a\u202eb", "cannot be seen"},
		{"", "a\xff", "UTF-8"},
		{"", "con", "device"},
		{"", "x/CON.jpg", "device"},
		{"", "aux .txt", "device"},
		{"", "COM¹.txt", "device"},
		{"", "lpt9", "device"},
		{"", "a.", "full stop"},
		{"", "a /b", "full stop"},
		{"", strings.Repeat("a", 256), "255"},
		{"", strings.Repeat("a/", 600) + "a", "1024"},
		{"", ".gallerist", "own mark"},
		{"", ".Gallerist/x", "own mark"},
	} {
		var s Set
		if c.first != "" {
			s.Add(File{Path: c.first, Origin: "first"})
		}
		s.Add(File{Path: c.second, Origin: "second"})
		got := ""
		for _, p := range s.Problems() {
			got += p.String()
		}
		want := strings.ReplaceAll(c.want, "second:0:", "second:")
		if got == "" && want != "" || !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%q after %q: %q, want %q", c.second, c.first, got, want)
		}
		_, found := s.Lookup(c.second)
		if accepted := want == ""; accepted != found && c.first != c.second {
			t.Errorf("%q after %q: in the set: %v", c.second, c.first, found)
		}
	}
}

// A refused file must leave no folders behind that refuse others.
func TestSetRefusalLeavesNothing(t *testing.T) {
	var s Set
	for _, path := range []string{"a", "a/b/c", "A/q", "z"} {
		s.Add(File{Path: path})
	}
	if len(s.Problems()) != 2 || s.Len() != 2 {
		t.Errorf("%v", s.Problems())
	}
	if files := s.Files(); files[0].Path != "a" || files[1].Path != "z" {
		t.Errorf("%v", files)
	}
}

func FuzzCheckPath(f *testing.F) {
	for _, s := range []string{"a/b.html", "../x", "con", "e\u0301", "a\\b", ".gallerist"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if checkPath(path) != "" {
			return
		}
		if strings.Contains(path, "..") && strings.Contains("/"+path+"/", "/../") || strings.HasPrefix(path, "/") {
			t.Errorf("%q was accepted", path)
		}
		if fold(path) != fold(fold(path)) {
			t.Errorf("folding %q is not stable", path)
		}
	})
}
