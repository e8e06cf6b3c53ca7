package publish

import (
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Limits of common file systems and hosts: 255 bytes a name on ext4 and in
// archives, 1024 bytes a key on S3.
const (
	maxName = 255
	maxPath = 1024
)

// marker is the file in the root of an output folder that says it is ours.
const marker = ".gallerist"

// checkPath says why a path cannot exist on every file system and host, or
// "" when it can. The reserved names and characters are Windows', listed in
// its "Naming Files, Paths, and Namespaces".
func checkPath(path string) string {
	switch {
	case path == "":
		return "is empty"
	case path == "." || !fs.ValidPath(path):
		if !utf8.ValidString(path) {
			return "is not UTF-8 text"
		}
		return "is not a plain path: it may not start or end with a slash or hold empty, \".\" or \"..\" parts"
	case len(path) > maxPath:
		return "is longer than 1024 bytes"
	}
	for i := 0; i < len(path); i++ {
		if path[i] >= utf8.RuneSelf {
			if why := checkRunes(path); why != "" {
				return why
			}
			break
		}
	}
	for rest := path; ; {
		name, more, found := strings.Cut(rest, "/")
		if why := checkName(name); why != "" {
			return why
		}
		if !found {
			break
		}
		rest = more
	}
	if first, _, _ := strings.Cut(path, "/"); strings.EqualFold(first, marker) {
		return "is kept for the program's own mark"
	}
	return ""
}

func checkRunes(path string) string {
	if !norm.NFC.IsNormalString(path) {
		return "holds letters and accents written apart (it must be in Unicode form NFC)"
	}
	for _, r := range path {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return "holds a character that cannot be seen"
		}
	}
	return ""
}

func checkName(name string) string {
	if len(name) > maxName {
		return "has a part longer than 255 bytes"
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; c {
		case '\\', ':', '*', '?', '"', '<', '>', '|':
			return "holds a character that Windows does not allow in names: \\ : * ? \" < > |"
		default:
			if c < 0x20 || c == 0x7f {
				return "holds a character that cannot be seen"
			}
		}
	}
	if last := name[len(name)-1]; last == '.' || last == ' ' {
		return "has a part that ends in a full stop or a space, which Windows drops"
	}
	base, _, _ := strings.Cut(name, ".")
	if base = strings.TrimRight(base, " "); len(base) >= len("con") && len(base) <= len("conout$") && reserved(strings.ToLower(base)) {
		return "has a part that Windows keeps for a device: con, prn, aux, nul, com1 to com9, lpt1 to lpt9"
	}
	return ""
}

func reserved(base string) bool {
	switch base {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	number, found := strings.CutPrefix(base, "com")
	if !found {
		number, found = strings.CutPrefix(base, "lpt")
	}
	switch number {
	case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
		return found
	}
	return false
}

// fold returns the form in which two paths are equal that some file system
// takes for one: without case, and with letters and accents put together.
func fold(path string) string {
	upper := false
	for i := 0; i < len(path); i++ {
		if path[i] >= utf8.RuneSelf {
			return norm.NFC.String(cases.Fold().String(norm.NFD.String(path)))
		}
		upper = upper || 'A' <= path[i] && path[i] <= 'Z'
	}
	if !upper {
		return path
	}
	return strings.ToLower(path)
}
