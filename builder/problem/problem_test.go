package problem

import "testing"

func TestString(t *testing.T) {
	p := Problem{Pos: Pos{"content/a/submission.md", 4, 8}, Text: `unknown role "photografer"`, Hint: `did you mean "photographer"?`}
	want := "content/a/submission.md:4:8: unknown role \"photografer\"\n  hint: did you mean \"photographer\"?"
	if p.String() != want {
		t.Errorf("got %q, want %q", p, want)
	}
	evil := Problem{Pos: Pos{File: "a\x1b[2J.md"}, Level: Warning, Text: "x\u202ey"}
	if got, want := evil.String(), `a\u001b[2J.md: warning: x\u202ey`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSorted(t *testing.T) {
	var l List
	l.Warnf(Pos{"b", 1, 1}, "", "w")
	l.Errorf(Pos{"a", 2, 1}, "", "x %d", 1)
	l.Errorf(Pos{"a", 1, 9}, "", "y")
	l.Errorf(Pos{"a", 2, 1}, "", "x %d", 1)
	got := ""
	for _, p := range l.Sorted() {
		got += p.String() + ";"
	}
	if want := "a:1:9: y;a:2:1: x 1;b:1:1: warning: w;"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if l.Count(Error) != 3 || l.Count(Warning) != 1 {
		t.Errorf("counts: %d errors, %d warnings", l.Count(Error), l.Count(Warning))
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"f", "title", "place", "published", "photographer", "status"}
	for word, want := range map[string]string{
		"titel": "title", "plase": "place", "Photografer": "photographer",
		"publishd": "published", "ststus": "status", "titles": "title", "xyz": "", "colour": "", "q": "", "": "",
	} {
		if got := Suggest(word, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
}
