package builder

import (
	"strings"
	"testing"
)

func TestLeakScan(t *testing.T) {
	scan := newLeakScan([]string{"olya@example.org", "+7 (999) 123-45-67", "улица Мира, 5", "abc"})
	for text, want := range map[string]int{
		"write to olya@example.org now": 0,
		"OLYA@EXAMPLE.ORG":              -1, // another spelling than the one received is not looked for
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
