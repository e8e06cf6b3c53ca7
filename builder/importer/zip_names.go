package importer

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Names in ZIP files are UTF-8 where bit 11 of the flags says so, or in the extra
// field 0x7075 (APPNOTE 4.4.4 and 4.6.9). Elsewhere they are bytes of whatever
// the packing system used: UTF-8 on Macs, cp866 on Russian Windows, Windows-1251
// by some programs there, cp850 and cp437 on Western ones. These are told apart
// by all names of the file together.

// zipNames returns the names of files, slash-separated and composed, and how those
// were read for which that is a guess; "" = there is none.
func zipNames(files []*zip.File) (list []string, guessed string) {
	list = make([]string, len(files))
	var unknown []int
	for i, f := range files {
		name := f.Name
		if said := unicodePath(f); said != "" {
			name = said
		}
		if !utf8.ValidString(name) {
			unknown = append(unknown, i)
		}
		list[i] = name
	}
	if len(unknown) > 0 {
		var all strings.Builder
		for _, i := range unknown {
			all.WriteString(list[i] + "/")
		}
		page, name := codePage(all.String())
		for _, i := range unknown {
			list[i] = decode(page, list[i])
		}
		guessed = name
	}
	for i, name := range list {
		list[i] = norm.NFC.String(strings.ReplaceAll(name, `\`, "/"))
	}
	return list, guessed
}

// unicodePath returns the name that the extra field 0x7075 gives, where it
// belongs to the name that the entry has.
func unicodePath(f *zip.File) string {
	for b := f.Extra; len(b) >= 4; {
		tag, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if b = b[4:]; size > len(b) {
			return ""
		}
		field := b[:size]
		b = b[size:]
		if tag != 0x7075 || size < 6 || field[0] != 1 {
			continue
		}
		if name := field[5:]; binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(f.Name)) && utf8.Valid(name) {
			return string(name)
		}
	}
	return ""
}

// codePage guesses in which letters a text is.
func codePage(text string) (*charmap.Charmap, string) {
	switch {
	case cyrillic(decode(charmap.CodePage866, text)):
		return charmap.CodePage866, "cp866"
	case cyrillic(decode(charmap.Windows1251, text)):
		return charmap.Windows1251, "Windows-1251"
	case letters(decode(charmap.CodePage437, text)):
		return charmap.CodePage437, "cp437"
	case letters(decode(charmap.CodePage850, text)):
		return charmap.CodePage850, "cp850"
	}
	return charmap.CodePage437, "cp437" // what the format says (APPNOTE, appendix D)
}

func decode(page *charmap.Charmap, text string) string {
	var b bytes.Buffer
	for i := range len(text) {
		b.WriteRune(page.DecodeByte(text[i]))
	}
	return b.String()
}

// cyrillic reports whether the words of a text that are not ASCII are Russian,
// Ukrainian or Belarusian ones, as people write them.
func cyrillic(text string) bool {
	words, good, all, frequent := 0, 0, 0, 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r <= unicode.MaxASCII && !unicode.IsLetter(r) }) {
		word = strings.Trim(word, "«»„“”’–—…№\u00a0")
		if strings.IndexFunc(word, beyondASCII) < 0 {
			continue
		}
		words++
		if cyrillicWord(word) {
			good++
		}
		for _, r := range word {
			if r > unicode.MaxASCII {
				all++
				if strings.ContainsRune("оеаинтсрвлкяі", unicode.ToLower(r)) {
					frequent++
				}
			}
		}
	}
	return words > 0 && good*10 >= words*9 && frequent*4 >= all
}

func beyondASCII(r rune) bool { return r > unicode.MaxASCII }

// cyrillicWord reports whether a word has Cyrillic letters alone. In none of the
// other code pages do these look like that.
func cyrillicWord(word string) bool {
	for _, r := range word {
		if (r < 'А' || r > 'я') && !strings.ContainsRune("ЁёІіЇїЄєҐґЎў", r) {
			return false
		}
	}
	return true
}

// letters reports whether whatever is not ASCII in a text is a letter.
func letters(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return r > unicode.MaxASCII && !unicode.IsLetter(r) && !strings.ContainsRune("ªº°«»¿¡", r)
	}) < 0
}
