package feed

import (
	"hash/fnv"
	"io"
	"strconv"
	"time"

	"github.com/gorilla/feeds"
)

const (
	atomFile = "atom.xml"
	atomType = "application/atom+xml"
)

type atomFeed struct {
	feeds.AtomFeed
	Lang      string           `xml:"xml:lang,attr,omitempty"`
	Links     []feeds.AtomLink `xml:"link"`
	Generator string           `xml:"generator"`
	Entries   []*atomEntry     `xml:"entry"`
}

type atomEntry struct {
	Title atomText `xml:"title"`
	feeds.AtomEntry
	Lang     string             `xml:"xml:lang,attr,omitempty"`
	Authors  []feeds.AtomPerson `xml:"author"`
	Category []atomCategory     `xml:"category"`
}

// atomText is a text that may be in another language than its entry.
type atomText struct {
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func writeAtom(w io.Writer, f *Feed) error {
	f = Clean(f)
	return writeXML(w, f.Stylesheet, newAtom(f).write)
}

func newAtom(f *Feed) *atomFeed {
	root := &atomFeed{
		AtomFeed: feeds.AtomFeed{
			Xmlns: nsAtom, Id: f.ID, Title: f.Title, Subtitle: f.Description,
			Updated: atomDate(f.Updated), Icon: f.Icon, Logo: f.Logo, Rights: f.Rights,
			Author: &feeds.AtomAuthor{AtomPerson: newPerson(f.Author)},
		},
		Lang:      f.Language,
		Generator: generator,
		Links: []feeds.AtomLink{
			{Href: f.Home, Rel: "alternate", Type: "text/html"},
			{Href: f.At + atomFile, Rel: "self", Type: atomType},
		},
		Entries: make([]*atomEntry, len(f.Items)),
	}
	if f.Hub != "" {
		root.Links = append(root.Links, feeds.AtomLink{Href: f.Hub, Rel: "hub"})
	}
	taken := make(map[time.Time]bool, len(f.Items))
	for i := range f.Items {
		entry := newEntry(&f.Items[i])
		entry.Updated = atomDate(distinct(&f.Items[i], taken))
		root.Entries[i] = entry
	}
	return root
}

func newEntry(it *Item) *atomEntry {
	entry := &atomEntry{
		AtomEntry: feeds.AtomEntry{
			Id: it.ID, Rights: it.Rights,
			Links: []feeds.AtomLink{{Href: it.URL, Rel: "alternate", Type: "text/html"}},
		},
		Title: atomText{Text: it.Title},
		Lang:  it.Language,
	}
	if it.TitleLang != "" && it.TitleLang != it.Language {
		entry.Title.Lang = it.TitleLang
	}
	if !it.Published.IsZero() {
		entry.Published = atomDate(it.Published)
	}
	if it.Summary != "" {
		entry.Summary = &feeds.AtomSummary{Type: "text", Content: it.Summary}
	}
	if it.HTML != "" {
		entry.Content = &feeds.AtomContent{Type: "html", Content: it.HTML}
	}
	if url, mime, length, ok := it.enclosure(); ok {
		link := feeds.AtomLink{Href: url, Rel: "enclosure", Type: mime}
		if length > 0 {
			link.Length = strconv.FormatInt(length, 10)
		}
		entry.Links = append(entry.Links, link)
	}
	if it.License != "" {
		entry.Links = append(entry.Links, feeds.AtomLink{Href: it.License, Rel: "license"})
	}
	for _, a := range it.Authors {
		entry.Authors = append(entry.Authors, newPerson(a))
	}
	for _, tag := range it.Tags {
		entry.Category = append(entry.Category, atomCategory{Term: tag})
	}
	return entry
}

func newPerson(a Author) feeds.AtomPerson {
	return feeds.AtomPerson{Name: a.Name, Uri: a.URL}
}

// distinct returns a moment of the item's updated second that no entry has
// taken; see the package comment.
func distinct(it *Item, taken map[time.Time]bool) time.Time {
	h := fnv.New64a()
	io.WriteString(h, it.ID)
	second := it.Updated
	at := h.Sum64() % 1e6
	for taken[second.Add(time.Duration(at)*time.Microsecond)] {
		at = (at + 1) % 1e6
	}
	t := second.Add(time.Duration(at) * time.Microsecond)
	taken[t] = true
	return t
}

// atomDate writes an RFC 3339 date. Atom cannot leave one out, so an unknown
// time is the start of Unix time: an old date that no reader takes for news.
func atomDate(t time.Time) string {
	if t.Year() <= 1 {
		t = t.AddDate(1970-t.Year(), 0, 0)
	}
	return t.Format("2006-01-02T15:04:05.999999Z07:00")
}
