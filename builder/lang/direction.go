package lang

import "strings"

// OtherDir returns the direction of texts in a language, "ltr" or "rtl", where
// it is another than this language's, else "": what stands in an attribute dir
// beside lang.
func (l *Language) OtherDir(tag string) string {
	if dir := direction(tag); dir != l.meta.dir {
		return dir
	}
	return ""
}

// direction returns the direction that a language is written in: that of its
// script (UAX #9), where the tag names none that of its usual one (CLDR,
// likelySubtags).
func direction(tag string) string {
	base, rest, _ := strings.Cut(tag, "-")
	if script, _, _ := strings.Cut(rest, "-"); len(script) == 4 && script[0] > '9' {
		base = script
	}
	switch strings.ToLower(base) {
	case "ar", "arc", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc",
		"luz", "mzn", "nqo", "pnb", "ps", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
		"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa":
		return "rtl"
	}
	return "ltr"
}

// Code sets what is read from left to right in every language, such as a version,
// a seed or a checksum, for a sentence of this one: beside Arabic words the parts
// of "2026-10" would change places (UAX #9, W2).
func (l *Language) Code(s string) string {
	if l.meta.dir != "rtl" || s == "" {
		return s
	}
	return "\u2066" + s + "\u2069"
}
