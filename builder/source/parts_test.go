package source

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestNatural(t *testing.T) {
	want := []string{"", "1.jpg", "02.jpg", "2.jpg", "10.jpg", "a", "a1", "a1b", "a2", "a10", "b007", "b7x", "photo", "фото 2", "фото 10"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, natural)
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// FuzzNatural: an order that does not contradict itself.
func FuzzNatural(f *testing.F) {
	f.Add("1.jpg", "10.jpg", "01.jpg")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if natural(a, b) != -natural(b, a) || natural(a, a) != 0 || natural(a, b) == 0 && a != b {
			t.Errorf("%q %q", a, b)
		}
		if natural(a, b) <= 0 && natural(b, c) <= 0 && natural(a, c) > 0 {
			t.Errorf("%q <= %q <= %q", a, b, c)
		}
	})
}

func TestFold(t *testing.T) {
	for _, same := range [][2]string{{"A.JPG", "a.jpg"}, {"\u0439", "\u0438\u0306"}, {"ÉCLAIR", "e\u0301clair"}, {"ОЛЯ", "оля"}, {"straße", "STRASSE"}} {
		if fold(same[0]) != fold(same[1]) {
			t.Errorf("%q and %q fold to %q and %q", same[0], same[1], fold(same[0]), fold(same[1]))
		}
	}
}

// FuzzSniff: any bytes have a format, the same with more behind them where
// that many decided already.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff"))
	f.Add([]byte("\xff\xff\xff\xffftypmif1"))
	f.Add([]byte("BM\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if is := sniff(b[:min(len(b), sniffLen)]); is == "" {
			t.Error("no format")
		}
	})
}

// FuzzRead: whatever a submission's files hold, reading ends without an
// error, and twice alike.
func FuzzRead(f *testing.F) {
	f.Add("+++\nid = \"abcd\"\nstatus = \"approved\"\n[author]\nname = \"x\"\n+++\nbody", "+++\ntitle = \"x\"\n[[media]]\nfile = \"a.jpg\"\n+++\n", "\xff\xd8\xff", "id,email\nabcd,a@b.c")
	f.Add("---\nid: abcd\nmedia: [{file: A.jpg}]\nauthor: [{names: {ru: x}}]\n---\n", "---\nauthor: [{name: y}, {}]\n---", "<svg", "\"")
	f.Add("+++\nid = \"abcd\"\nstatus = \"approved\"\nrating = 5\n[[product]]\nname = \"x\"\nfile = \"A.JPG\"\nx = 0.5\ny = 1\ngtin = \"96385074\"\n[[edit]]\nwhat = \"cut\"\n[[award]]\nrank = 1\n[disclosure]\nkind = \"gift\"\n+++\n",
		"+++\n[[edit]]\nwhat = \"x\"\n[[edit]]\n[[award]]\nreason = \"y\"\n+++\n", "\xff\xd8\xff", "")
	f.Fuzz(func(t *testing.T, head, translation, media, contacts string) {
		site := gallerySite()
		site["content/g/a/submission.md"] = text(head)
		site["content/g/a/submission.ru.md"] = text(translation)
		site["content/g/a/a.jpg"] = text(media)
		site["private/contacts.csv"] = text(contacts)
		var got [2]string
		for i := range got {
			s, private, probs, err := Read(context.Background(), site, testOptions)
			if err != nil {
				t.Fatal(err)
			}
			got[i] = asJSON(t, []any{s, private, probs})
			for _, v := range private.Values {
				for _, p := range probs {
					if strings.Contains(v, "@") && strings.Contains(p.Text+p.Hint, v) && !strings.Contains(translation+head, v) {
						t.Errorf("%s shows %q", p, v)
					}
				}
			}
		}
		if got[0] != got[1] {
			t.Error("read twice, two results")
		}
	})
}
