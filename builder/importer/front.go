package importer

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/source"
)

// front writes front matter, TOML with its equal signs below each other.
type front struct {
	b     strings.Builder
	lines []line
}

type line struct{ key, value string }

// set adds a key with a value; none for nothing.
func (f *front) set(key, value string) {
	if value != "" {
		f.lines = append(f.lines, line{bareKey(key), value})
	}
}

func (f *front) text(key, s string) {
	if s != "" {
		f.set(key, source.TOMLText(s))
	}
}

func (f *front) yes(key string, b *bool) {
	if b != nil {
		f.set(key, strconv.FormatBool(*b))
	}
}

func (f *front) list(key string, list []string) {
	if len(list) == 0 {
		return
	}
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = source.TOMLText(s)
	}
	f.set(key, "["+strings.Join(quoted, ", ")+"]")
}

// end writes the keys that were set below a header, "" for those above all
// tables.
func (f *front) end(header string) {
	if len(f.lines) == 0 {
		return
	}
	if header != "" {
		f.b.WriteString("\n" + header + "\n")
	}
	width := 0
	for _, l := range f.lines {
		width = max(width, len([]rune(l.key)))
	}
	for _, l := range f.lines {
		f.b.WriteString(l.key + strings.Repeat(" ", width-len([]rune(l.key))) + " = " + l.value + "\n")
	}
	f.lines = nil
}

// bareKey quotes a key where TOML wants it.
func bareKey(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return source.TOMLText(s)
		}
	}
	if s == "" {
		return `""`
	}
	return s
}

// day writes a date, moment a moment.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Truncate(time.Second).Format(time.RFC3339)
}

// file is a medium that will lie in the folder, under its name there.
type file struct {
	Medium
	name string
}

// markdown returns the submission.md of an entry. missing are the files that it
// should have and has not.
func (e *Entry) markdown(id, lang string, files []file, missing []string) []byte {
	f := &front{}
	f.b.WriteString("+++\n")
	f.text("id", id)
	f.text("title", e.Title)
	f.text("kind", string(e.Kind))
	f.text("alt", e.Alt)
	f.text("caption", e.Caption)
	f.text("place", e.Place)
	f.list("tags", e.Tags)
	if e.Lang != lang {
		f.text("lang", e.Lang)
	}
	f.set("received", moment(e.Received))
	if h, m, s := e.Taken.Clock(); h+m+s == 0 {
		f.set("taken", day(e.Taken))
	} else {
		f.set("taken", moment(e.Taken))
	}
	f.text("status", string(gallery.Pending))
	f.text("license", e.License)
	f.yes("minor", e.Minor)
	own := map[string]bool{"id": true, "status": true, "review": true, "published": true}
	for _, l := range f.lines {
		own[l.key] = true
	}
	f.more(e.Front, own)
	f.end("")
	f.authors(e.Authors)
	f.rights(e)
	f.media(files)
	f.tables(e.Front, "", map[string]bool{"author": len(e.Authors) > 0, "media": len(files) > 0, "grant": true, "consent": e.Consent != Consent{}, "review": true})
	if len(missing) > 0 {
		f.list(missingKey, missing)
		f.end("[extra]")
	}
	f.b.WriteString("+++\n")
	if e.Story != "" {
		f.b.WriteString(e.Story + "\n")
	}
	return []byte(f.b.String())
}

func (f *front) authors(list []gallery.Author) {
	header := "[author]"
	if len(list) > 1 {
		header = "[[author]]"
	}
	for _, a := range list {
		f.text("id", a.ID)
		f.text("name", a.Name)
		f.text("place", a.Place)
		f.text("country", a.Country)
		f.text("kind", string(a.Kind))
		f.text("gender", a.Gender)
		f.text("url", a.URL)
		if len(a.Roles) == 1 {
			f.text("role", a.Roles[0])
		} else {
			f.list("roles", a.Roles)
		}
		f.list("members", a.Members)
		f.end(header)
	}
}

func (f *front) rights(e *Entry) {
	g := &e.Grant
	f.text("status", string(g.Status))
	if g.Status == "" {
		f.text("status", string(gallery.GrantNone))
	}
	f.text("terms", g.Terms)
	f.text("text", g.Text)
	f.set("date", day(g.Date))
	f.list("scope", g.Scope)
	f.set("until", day(g.Until))
	f.text("method", g.Method)
	f.text("evidence", g.Evidence)
	f.text("territory", g.Territory)
	f.end("[grant]")
	f.yes("name", e.Consent.Name)
	f.yes("place", e.Consent.Place)
	f.yes("url", e.Consent.URL)
	f.yes("thanks", e.Consent.Thanks)
	f.yes("likeness", e.Consent.Likeness)
	f.end("[consent]")
}

// media lists files where their names do not say all: their order, or something
// that is said of one. A poster stands beside its film.
func (f *front) media(files []file) {
	names := map[string]string{} // as they are here, by where they were
	for _, x := range files {
		names[x.path] = x.name
	}
	said, last := false, ""
	var list []file
	for _, x := range files {
		if x.aside {
			continue
		}
		said = said || x.Alt != "" || x.Caption != "" || x.Link != "" || len(x.Front) > 0 || x.poster != "" || source.Natural(source.Fold(last), source.Fold(x.name)) > 0
		last = x.name
		list = append(list, x)
	}
	if !said {
		return
	}
	for _, x := range list {
		f.text("file", x.name)
		f.text("link", x.Link)
		if x.poster != "" {
			f.text("poster", names[x.poster])
		}
		f.text("alt", x.Alt)
		f.text("caption", x.Caption)
		f.more(x.Front, nil)
		f.end("[[media]]")
	}
}

// more sets the values of a table that are no tables.
func (f *front) more(values map[string]any, not map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if v := values[key]; !not[key] && !isTable(v) {
			f.set(key, tomlValue(v))
		}
	}
}

// tables writes the tables of a table below its path.
func (f *front) tables(values map[string]any, path string, not map[string]bool) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if not[key] || !isTable(values[key]) {
			continue
		}
		name := path + bareKey(key)
		each, header := []any{values[key]}, "["+name+"]"
		if list, ok := values[key].([]any); ok {
			each, header = list, "[["+name+"]]"
		}
		for _, v := range each {
			table := v.(map[string]any)
			f.more(table, nil)
			if len(f.lines) == 0 && header[1] == '[' {
				f.b.WriteString("\n" + header + "\n")
			}
			f.end(header)
			f.tables(table, name+".", nil)
		}
	}
}

// isTable tells tables, and lists of tables alone, from values.
func isTable(v any) bool {
	if list, ok := v.([]any); ok {
		return len(list) > 0 && !slices.ContainsFunc(list, func(x any) bool { return !isTable(x) || x == nil })
	}
	_, ok := v.(map[string]any)
	return ok
}

// tomlValue writes a value in one line.
func tomlValue(v any) string {
	switch v := v.(type) {
	case string:
		return source.TOMLText(v)
	case time.Time:
		return moment(v)
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return tomlValue(list)
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = tomlValue(x)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, bareKey(key)+" = "+tomlValue(v[key]))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.ContainsAny(s, ".") {
			s += ".0"
		}
		return s
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}
