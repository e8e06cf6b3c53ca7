package strict

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
)

// FrontMatter splits a Markdown file into its front matter, TOML between
// lines of +++ or YAML between lines of ---, and its body, which is clean
// text without blank lines before and after; bodyAt is where it begins. A
// file without front matter has an empty head. When the head cannot be read
// the reason is added to probs and head is nil.
func FrontMatter(file string, src []byte, probs *problem.List) (head *Table, body string, bodyAt problem.Pos) {
	text, ok := prepare(file, src, probs)
	if !ok {
		return nil, "", problem.Pos{File: file}
	}
	d := newDoc(file, probs)
	first, rest, _ := strings.Cut(text, "\n")
	fence := strings.TrimRight(first, " \t")
	if fence != "+++" && fence != "---" {
		body, line := trimBody(text, 1)
		return d.table("", place{}), body, problem.Pos{File: file, Line: line, Col: 1}
	}
	inner, after, lines, ok := cutFence(rest, fence)
	if !ok {
		probs.Errorf(problem.Pos{File: file, Line: 1, Col: 1}, "end it with a line of "+fence, "the front matter is not closed")
		return nil, "", problem.Pos{File: file}
	}
	if fence == "+++" {
		head = readTOML(d, inner, 2)
	} else {
		d.yaml = true
		head = readYAML(d, inner, 2)
	}
	body, line := trimBody(after, 3+lines)
	return head, body, problem.Pos{File: file, Line: line, Col: 1}
}

// cutFence returns what stands before and after the first line that is the
// fence, and how many lines stand before.
func cutFence(s, fence string) (before, after string, lines int, ok bool) {
	for at := 0; at < len(s); lines++ {
		end, next := len(s), len(s)
		if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
			end, next = at+n, at+n+1
		}
		if strings.TrimRight(s[at:end], " \t") == fence {
			return s[:at], s[next:], lines, true
		}
		at = next
	}
	return "", "", 0, false
}

// trimBody cleans a body whose first line has the given number, and returns
// it with the number of its first line that is not blank.
func trimBody(s string, line int) (string, int) {
	for {
		first, rest, more := strings.Cut(s, "\n")
		if !more || strings.TrimSpace(first) != "" {
			break
		}
		s = rest
		line++
	}
	return strings.TrimRight(Clean(s), " \t\n"), line
}

// prepare turns a file's bytes into text: UTF-8 without byte order mark, line
// breaks as \n.
func prepare(file string, src []byte, probs *problem.List) (string, bool) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if !utf8.Valid(src) {
		probs.Errorf(badByte(file, src), "save the file as UTF-8", "a byte that is not UTF-8 text")
		return "", false
	}
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	return string(src), true
}

func badByte(file string, src []byte) problem.Pos {
	at := 0
	for {
		r, n := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && n <= 1 {
			break
		}
		at += n
	}
	p := placeAt(string(src[:at]), at, 1)
	return problem.Pos{File: file, Line: int(p.line), Col: int(p.col)}
}

// checkSize holds the limits that can be told without reading the format.
func (d *doc) checkSize(text string, firstLine int) bool {
	if len(text) > maxSize {
		d.probs.Errorf(problem.Pos{File: d.file, Line: firstLine}, "keep long texts in the body, below the front matter",
			"%d kB of settings are more than %d kB", (len(text)+1023)>>10, maxSize>>10)
		return false
	}
	if len(text) <= maxLine {
		return true
	}
	for line, rest := firstLine, text; rest != ""; line++ {
		var this string
		this, rest, _ = strings.Cut(rest, "\n")
		if len(this) > maxLine {
			d.probs.Errorf(problem.Pos{File: d.file, Line: line}, "break it into shorter lines",
				"a line of %d kB is longer than %d kB", (len(this)+1023)>>10, maxLine>>10)
			return false
		}
	}
	return true
}
