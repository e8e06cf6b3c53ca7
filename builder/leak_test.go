package builder

import (
	"slices"
	"strings"
	"testing"
)

func TestLeakScan(t *testing.T) {
	scan := newLeakScan([]string{"olya@example.org", "+7 (999) 123-45-67", "улица Мира, 5", "O'Neil+tag@x.example", "abc"})
	for text, want := range map[string]int{
		"write to olya@example.org now": 0,
		"OLYA@EXAMPLE.ORG":              0,
		"/morning/olya-example-org/":    0,
		"8 (999) 123 45 67":             1,
		"7 999 123\u00a045\u00a067":     1,
		"12 8-999-123-45-67 5":          1,
		"999 123 45":                    -1,
		"9 9 9 1 2 3 4 5 6 7":           -1, // a row of numbers
		"o&#39;neil&#43;tag@x.example":  3,  // by a template
		`o\u0026#39;neil+tag@x.example`: 3,  // HTML within JSON
		"o&amp;#39;neil+tag@x.example":  3,  // HTML within XML
		"mailto:olya%40example.org":     0,
		"olya&#64;example.org":          0,
		"tel:+79991234567":              1,
		"call 79991234567":              1,
		"&#43;7 (999) 123-45-67":        1,
		`"\u0443\u043b\u0438\u0446\u0430 \u041c\u0438\u0440\u0430, 5"`: 2,
		"живёт на: улица Мира, 5":                                      2,
		"abc abc":          -1, // too short to be a secret
		"olya@example.com": -1,
		"":                 -1,
	} {
		if got := scan.find([]byte(text)); got != want {
			t.Errorf("find(%q) = %d, want %d", text, got, want)
		}
	}
	if got := newLeakScan(nil).find([]byte("anything")); got != -1 {
		t.Errorf("an empty scan found %d", got)
	}
}

func FuzzLeakScan(f *testing.F) {
	f.Add("before ", "olya@example.org", " after")
	f.Fuzz(func(t *testing.T, before, value, after string) {
		scan := newLeakScan([]string{value})
		found := scan.find([]byte(before + value + after))
		if len(strings.TrimSpace(value)) >= leakMin*4 && strings.TrimSpace(value) == value && found != 0 {
			t.Errorf("%q was not found", value)
		}
	})
}

// What moves on by leaps finds what one does that looks at every place.
func FuzzLeakScanLeaps(f *testing.F) {
	f.Add("see OLYA@example.org, or anna.b", "olya@example.org\nanna.b")
	f.Add("aaaaaaaab", "aaaaab")
	f.Fuzz(func(t *testing.T, text, values string) {
		scan := newLeakScan(strings.Split(values, "\n"))
		clear(scan.phones) // found otherwise
		found := false
		for i := range len(text) {
			found = found || slices.ContainsFunc(scan.forms, func(f leakForm) bool { return hasFold([]byte(text[i:]), f.text) })
		}
		if got := scan.find([]byte(text)); (got >= 0) != found {
			t.Errorf("find(%q) = %d", text, got)
		}
	})
}

func BenchmarkLeakScan(b *testing.B) {
	values := make([]string, 5000)
	for i := range values {
		values[i] = strings.Repeat(string(rune('a'+i%26)), 3) + string(rune('0'+i%10)) + "@example.org"
	}
	scan := newLeakScan(values)
	page := []byte(strings.Repeat("<p>Фото от Оли, Москва. A latte on the balcony at sunrise.</p>\n", 150))
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		scan.find(page)
	}
}
