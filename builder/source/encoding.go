package source

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"gallerist/builder/strict"
)

// Spreadsheets save tables in three encodings that matter here: UTF-8, UTF-16
// ("Unicode text") and, in Russian and Ukrainian Windows, Windows-1251. The
// first two are certain; the third is taken only where what comes out are words.

// DecodeTable returns the text of a table and whether its encoding is known.
// guessed is true for Windows-1251.
func DecodeTable(src []byte) (text []byte, guessed, ok bool) {
	if text, is := decodeUTF16(src); is {
		return text, false, text != nil
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if utf8.Valid(src) {
		return src, false, true
	}
	text, err := charmap.Windows1251.NewDecoder().Bytes(src)
	if err != nil || !plausible(string(text)) {
		return nil, false, false
	}
	return text, true, true
}

// decodeUTF16 tells UTF-16 by its byte-order mark, or by the first letter of a
// line of column names, which is a Latin one. The text is nil where it is broken.
func decodeUTF16(src []byte) (text []byte, is bool) {
	if len(src) < 2 {
		return nil, false
	}
	var order binary.ByteOrder
	switch {
	case src[0] == 0xff && src[1] == 0xfe, src[0] != 0 && src[1] == 0:
		order = binary.LittleEndian
	case src[0] == 0xfe && src[1] == 0xff, src[0] == 0 && src[1] != 0:
		order = binary.BigEndian
	default:
		return nil, false
	}
	if len(src)%2 != 0 {
		return nil, true
	}
	units := make([]uint16, len(src)/2)
	for i := range units {
		units[i] = order.Uint16(src[2*i:])
	}
	runes := utf16.Decode(units)
	if len(runes) > 0 && runes[0] == '\ufeff' {
		runes = runes[1:]
	}
	for _, r := range runes {
		if r == utf8.RuneError || r == 0 {
			return nil, true
		}
	}
	return []byte(string(runes)), true
}

// plausible reports whether a text decoded as Windows-1251 was that: nearly all
// its words with Cyrillic letters have no others, small letters behind capital
// ones, and the letters that are frequent in Slavic languages. KOI8-R comes out
// with small and capital letters exchanged, the encodings of DOS and of old Macs
// with signs within words, Western ones with single Cyrillic letters in Latin
// words.
func plausible(text string) bool {
	words, good, letters, frequent := 0, 0, 0, 0
	for _, word := range strings.FieldsFunc(text, isBetweenWords) {
		word = strings.TrimRight(strings.TrimLeft(word, "«„“"), "»“”")
		if strings.IndexFunc(word, isBeyondASCII) < 0 {
			continue
		}
		words++
		if isCyrillicWord(word) {
			good++
		}
		for _, r := range word {
			if r > unicode.MaxASCII {
				letters++
				if strings.ContainsRune("оеаинтсрвлкяі", unicode.ToLower(r)) {
					frequent++
				}
			}
		}
	}
	return words > 0 && good*20 >= words*19 && frequent*4 >= letters
}

func isBeyondASCII(r rune) bool { return r > unicode.MaxASCII }

// isBetweenWords tells what stands between words of a table: ASCII but for
// letters, and marks that may touch a word on either side.
func isBetweenWords(r rune) bool {
	if r <= unicode.MaxASCII {
		return !unicode.IsLetter(r)
	}
	return strings.ContainsRune("’–—…№\u00a0", r)
}

// isCyrillicWord reports whether a word has letters of Russian, Ukrainian or
// Belarusian only, written as names and words are: олЯ is none.
func isCyrillicWord(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	rest := word[size:]
	for _, r := range word {
		if (r < 'А' || r > 'я') && !strings.ContainsRune("ЁёІіЇїЄєҐґЎў", r) {
			return false
		}
	}
	lower, upper := strings.ToLower(rest), strings.ToUpper(rest)
	return rest == lower || unicode.IsUpper(first) && rest == upper
}

// table returns a reader of CSV and the column names of its first line, in
// small letters. Cells are parted by commas, semicolons or tabs: by what makes a
// column "id" of the first line, or as a line "sep=;" before it says.
func table(src []byte) (*csv.Reader, []string, error) {
	if !bytes.ContainsRune(src, '\n') { // of old Macs
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	var said rune
	if rest, ok := bytes.CutPrefix(src, []byte("sep=")); ok {
		if said, _ = utf8.DecodeRune(rest); !strings.ContainsRune(",;\t|", said) {
			said = 0
		}
	}
	var in *csv.Reader
	var header []string
	var err error
	for _, comma := range []rune{said, ',', ';', '\t'} {
		if comma == 0 || said != 0 && comma != said {
			continue
		}
		in = csv.NewReader(bytes.NewReader(src))
		in.Comma = comma
		if said != 0 {
			in.FieldsPerRecord = -1
			_, _ = in.Read() // the line that says so
			in.FieldsPerRecord = 0
		}
		header, err = in.Read()
		for i := range header {
			header[i] = strings.ToLower(strict.Line(strict.Clean(header[i])))
		}
		if slices.Contains(header, "id") {
			break
		}
	}
	return in, header, err
}
