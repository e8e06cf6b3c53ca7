package source

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// names that people have, as a table holds them.
var sampleNames = []string{
	"Оля Петрова", "Лев", "Анна-Мария Ким", "Пётр Ёлкин", "МАША", "вова", "Юлия Щербакова", "Ґалаґан Їжакевич", "Софія", "Іван",
	"Андрэй Ўладзіміравіч", "Зинаида «Зина» Мухина", "Хрюша", "Эмма Цой", "Глеб", "Ия", "ООО «Тапочки»",
}

// writeTable makes a table of n lines.
func writeTable(rng *rand.Rand, n int) string {
	var b strings.Builder
	b.WriteString("id,name,city,note\r\n")
	for range n {
		b.WriteString("m7q2k4,\"" + sampleNames[rng.IntN(len(sampleNames))] + "\"," + []string{"Москва", "Ростов-на-Дону", "Київ", ""}[rng.IntN(4)] + ",+7 999\r\n")
	}
	return b.String()
}

// TestEncodings: a table is read in each encoding that spreadsheets save, and in
// no other one.
func TestEncodings(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2026))
	for range 300 {
		text := writeTable(rng, 1+rng.IntN(6))
		for name, e := range map[string]encoding.Encoding{
			"UTF-8":             encoding.Nop,
			"UTF-8 with a mark": unicode.UTF8BOM,
			"UTF-16LE":          unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
			"UTF-16BE":          unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
			"UTF-16LE, no mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
			"UTF-16BE, no mark": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
			"Windows-1251":      charmap.Windows1251,
			"KOI8-U":            charmap.KOI8U,
			"DOS (866)":         charmap.CodePage866,
			"old Macs":          charmap.MacintoshCyrillic,
		} {
			src, err := e.NewEncoder().Bytes([]byte(text))
			if err != nil { // a letter that the encoding has not
				continue
			}
			got, guessed, ok := DecodeTable(src)
			refused := strings.HasPrefix(name, "KOI") || strings.HasPrefix(name, "DOS") || strings.HasPrefix(name, "old")
			switch {
			case refused && ok:
				t.Errorf("%s: %q is read as %q", name, text, got)
			case !refused && (!ok || string(got) != text || guessed != (name == "Windows-1251")):
				t.Errorf("%s: %q is read as %q", name, text, got)
			}
		}
	}
}

// TestWesternTables: Latin letters with marks are never taken for Cyrillic ones.
func TestWesternTables(t *testing.T) {
	for _, name := range []string{"José Muñoz", "Jürgen Groß", "François", "Åsa", "Ö", "Łukasz Żak", "Ağaoğlu İpek", "Mária"} {
		for _, e := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1250, charmap.Windows1254, charmap.CodePage850} {
			src, err := e.NewEncoder().Bytes([]byte("id,name\nm7q2k4," + name + "\n"))
			if err != nil {
				continue
			}
			if got, _, ok := DecodeTable(src); ok {
				t.Errorf("%v: %s is read as %q", e, name, got)
			}
		}
	}
}

// FuzzDecodeTable: whatever a file holds, what is read of it is text.
func FuzzDecodeTable(f *testing.F) {
	f.Add([]byte("id,name\nx,Оля\n"))
	f.Add([]byte("\xff\xfei\x00d\x00\n\x00"))
	f.Add([]byte("\xfe\xff\x00i\x00d\xd8\x00"))
	f.Add([]byte("sep=;\nid;\xce\xeb\xff\n"))
	f.Add([]byte("i\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		text, _, ok := DecodeTable(src)
		if !ok {
			return
		}
		if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 && bytes.IndexByte(src, 0) < 0 {
			t.Errorf("%q is read as %q", src, text)
		}
		if in, _, _ := table(text); in == nil {
			t.Errorf("%q has no reader", text)
		}
	})
}
