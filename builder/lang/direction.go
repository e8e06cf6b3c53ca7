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
