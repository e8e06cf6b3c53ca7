package review

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/gallery"
)

// filter says which entries are looked at, as the address has it.
type filter struct {
	Gallery string // folder, "" = all
	State   State  // "" = Waiting on a sheet
	Missing string // "alt", "grant" or ""
	Kind    gallery.PieceKind
	Tag     string
	Query   string
	Page    int // from 1
}

func parseFilter(q url.Values) filter {
	f := filter{
		Gallery: q.Get("gallery"), State: State(q.Get("state")), Missing: q.Get("missing"),
		Kind: gallery.PieceKind(q.Get("kind")), Tag: q.Get("tag"), Query: strings.TrimSpace(q.Get("q")),
	}
	if !slices.Contains(states[:], f.State) {
		f.State = Waiting
	}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	f.Page = max(1, f.Page)
	return f
}

// values returns the filter as an address has it, without what is not set.
func (f filter) values() url.Values {
	q := url.Values{}
	set := func(key, value string) {
		if value != "" {
			q.Set(key, value)
		}
	}
	set("gallery", f.Gallery)
	if f.State != Waiting {
		set("state", string(f.State))
	}
	set("missing", f.Missing)
	set("kind", string(f.Kind))
	set("tag", f.Tag)
	set("q", f.Query)
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return q
}

// narrowed says whether anything but state and page is asked for.
func (f filter) narrowed() bool {
	return f.Missing != "" || f.Kind != "" || f.Tag != "" || f.Query != ""
}

// at returns the same filter for another state, from its first page.
func (f filter) at(s State) filter {
	f.State, f.Page = s, 1
	return f
}

// href is an address below the root with the filter.
func (f filter) href(path string) string {
	if q := f.values().Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// holds says whether an entry is asked for, whatever its state.
func (f filter) holds(e *entry) bool {
	switch {
	case f.Gallery != "" && e.gallery.Dir != f.Gallery && !strings.HasPrefix(e.gallery.Dir, f.Gallery+"/"):
		return false
	case f.Missing == "alt" && !e.noAlt, f.Missing == "grant" && !e.noGrant:
		return false
	case f.Kind != "" && e.kind != f.Kind:
		return false
	case f.Tag != "" && !slices.Contains(e.sub.Tags, f.Tag):
		return false
	}
	for word := range strings.FieldsSeq(strings.ToLower(f.Query)) {
		if !strings.Contains(e.words, word) {
			return false
		}
	}
	return true
}

// columns returns what a filter holds by state, in the order of review.
func (b *board) columns(f filter) map[State][]*entry {
	m := map[State][]*entry{}
	for _, e := range b.entries {
		if f.holds(e) {
			s := b.state(e)
			m[s] = append(m[s], e)
		}
	}
	slices.SortStableFunc(m[Later], func(x, y *entry) int { return b.later[x.key] - b.later[y.key] })
	return m
}

// queue returns what is stepped through: of what waits, those put off come last.
func (b *board) queue(f filter) []*entry {
	m := b.columns(f)
	if f.State == Waiting {
		return append(m[Waiting], m[Later]...)
	}
	return m[f.State]
}

// around returns the entries before and after one in a queue, and its place from
// 1; 0 where it is not in it. After the last comes the first.
func around(queue []*entry, key string) (before, after *entry, place int) {
	i := slices.IndexFunc(queue, func(e *entry) bool { return e.key == key })
	if i < 0 {
		if len(queue) > 0 {
			after = queue[0]
		}
		return nil, after, 0
	}
	if i > 0 {
		before = queue[i-1]
	}
	switch {
	case i+1 < len(queue):
		after = queue[i+1]
	case i > 0:
		after = queue[0]
	}
	return before, after, i + 1
}

// choices are the values that a filter can have among some entries.
type choices struct {
	Kinds []gallery.PieceKind
	Tags  []string
}

// maxTags bounds the list of tags to choose from; a search finds the others.
const maxTags = 200

func (b *board) choices(f filter) choices {
	f = filter{Gallery: f.Gallery}
	kinds, tags := map[gallery.PieceKind]bool{}, map[string]bool{}
	for _, e := range b.entries {
		if !f.holds(e) {
			continue
		}
		kinds[e.kind] = true
		for _, tag := range e.sub.Tags {
			tags[tag] = true
		}
	}
	var c choices
	for _, k := range gallery.PieceKinds {
		if kinds[gallery.PieceKind(k)] {
			c.Kinds = append(c.Kinds, gallery.PieceKind(k))
		}
	}
	for tag := range tags {
		c.Tags = append(c.Tags, tag)
	}
	slices.Sort(c.Tags)
	c.Tags = c.Tags[:min(len(c.Tags), maxTags)]
	return c
}
