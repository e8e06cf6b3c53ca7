package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// page is a file of another site as read: front matter and Markdown, or keys
// alone.
type page struct {
	name string // path in the input
	at   problem.Pos
	head map[string]any // by keys in small letters: string, bool, int64, float64, []any, map[string]any
	body string
}

const maxPage = 1 << 20

// isPage tells files that may be pages, by name: Markdown, or data where that is
// asked for.
func isPage(name string, data bool) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx":
		return !strings.EqualFold(path.Base(name), "readme.md")
	case ".yml", ".yaml", ".toml", ".json":
		return data
	}
	return false
}

// fenced reports whether a Markdown file begins with front matter.
func fenced(in Input, name string) bool {
	b := bytes.TrimPrefix(in.begins(name, 16), []byte("\ufeff"))
	for _, fence := range []string{"+++\n", "+++\r", "---\n", "---\r", "{\n", "{\r", `{"`} {
		if bytes.HasPrefix(b, []byte(fence)) {
			return true
		}
	}
	return false
}

// readPage reads a page. nil: it cannot be read, which is told.
func readPage(in Input, name string, probs *problem.List) (*page, error) {
	src, err := in.read(name, maxPage)
	if ok, err := in.readable(name, maxPage, err, probs); !ok {
		return nil, err
	}
	p := &page{name: name, at: in.At(name)}
	at := p.at.File
	var t *strict.Table
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".json" || bytes.HasPrefix(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("{")) && ext[1] == 'm':
		return p, p.json(src, ext == ".json", probs)
	case ext == ".toml":
		t = strict.TOML(at, src, 1, probs)
	case ext == ".yml" || ext == ".yaml":
		t = strict.YAML(at, src, 1, probs)
	default:
		t, p.body, _ = strict.FrontMatter(at, src, probs)
	}
	if t == nil {
		return nil, nil
	}
	p.head = map[string]any{}
	for _, key := range t.Keys() {
		p.head[strings.ToLower(key)] = t.Raw(key)
	}
	return p, nil
}

// json reads an object, and the Markdown behind it.
func (p *page) json(src []byte, alone bool, probs *problem.List) error {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	var head map[string]any
	err := dec.Decode(&head)
	rest := src[min(dec.InputOffset(), int64(len(src))):]
	if err == nil && alone && len(bytes.TrimSpace(rest)) > 0 {
		err = errors.New("there is more behind it")
	}
	p.head = map[string]any{}
	if err != nil {
		at := p.at
		var wrong *json.SyntaxError
		if errors.As(err, &wrong) {
			at.Line = 1 + bytes.Count(src[:min(wrong.Offset, int64(len(src)))], []byte("\n"))
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			at.Line = 1 + bytes.Count(src, []byte("\n"))
		}
		probs.Errorf(at, "compare it with a file that is in order; often a comma or a quote is missing in the line before", "this is no JSON, so the file is left out")
		p.head = nil
		return nil
	}
	for key, value := range head {
		p.head[strings.ToLower(key)] = plainJSON(value)
	}
	p.body = strings.TrimSpace(strict.Clean(string(rest)))
	return nil
}

// plainJSON makes what package strict gives of what package json gives.
func plainJSON(v any) any {
	switch v := v.(type) {
	case string:
		return strict.Clean(v)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64() // out of range: the nearest there is
		return f
	case []any:
		for i := range v {
			v[i] = plainJSON(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = plainJSON(v[key])
		}
	}
	return v
}

// take returns the value of the first of the keys that has one, and takes it out
// of the page.
func (p *page) take(keys ...string) any {
	for _, key := range keys {
		if v, ok := p.head[key]; ok && !hollow(v) {
			delete(p.head, key)
			return v
		}
	}
	return nil
}

// hollow tells values that say nothing.
func hollow(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// line returns a text of one line under the first of the keys that has one.
// Others, such as lists, stay.
func (p *page) line(keys ...string) string {
	for _, key := range keys {
		if s := plainLine(p.head[key]); s != "" {
			delete(p.head, key)
			return s
		}
	}
	return ""
}

// plainLine returns a value that is a text or a number as a text of one line.
func plainLine(v any) string {
	switch v := v.(type) {
	case string:
		return strict.Line(v)
	case int64, float64:
		return fmt.Sprint(v)
	}
	return ""
}

// textList returns a list of texts; one text can be several, parted by commas.
func textList(v any) (list []string) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if s := plainLine(x); s != "" && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	case string:
		for s := range strings.SplitSeq(v, ",") {
			if s = strict.Line(s); s != "" && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list
}

// dateForms are how front matter writes dates.
var dateForms = []string{
	time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -0700 MST",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02", "2006/01/02", time.RFC1123Z, time.RFC1123,
}

// date returns the moment under the first of the keys that has a value, by the
// clocks of zone where it does not say by which.
func (p *page) date(zone *time.Location, probs *problem.List, keys ...string) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	for _, key := range keys {
		s := plainLine(p.head[key])
		if s == "" {
			continue
		}
		delete(p.head, key)
		for _, form := range dateForms {
			if t, err := time.ParseInLocation(form, s, zone); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
				return t
			}
		}
		probs.Warnf(p.at, "write it as 2026-11-30", "the date %s under %q cannot be read", strict.Quote(s), key)
		return time.Time{}
	}
	return time.Time{}
}

// languageOf parts "index.ru.md" into "index" and "ru"; "" where the middle is no
// language.
func languageOf(name string) (stem, lang string) {
	stem = strings.TrimSuffix(name, path.Ext(name))
	ext := strings.TrimPrefix(path.Ext(stem), ".")
	if len(ext) < 2 || len(ext) > 7 {
		return stem, ""
	}
	tag, err := language.Parse(ext)
	if err != nil {
		return stem, ""
	}
	return strings.TrimSuffix(stem, "."+ext), tag.String()
}
