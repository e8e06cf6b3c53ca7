package feed

import (
	"encoding/json"
	"io"
	"time"

	"github.com/gorilla/feeds"
)

const (
	jsonFile = "feed.json"
	jsonType = "application/feed+json"
)

const jsonVersion = "https://jsonfeed.org/version/1.1"

type jsonFeed struct {
	feeds.JSONFeed
	Items []jsonItem `json:"items"` // [] when there is nothing yet
}

type jsonItem struct {
	feeds.JSONItem
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAttachment struct {
	URL     string  `json:"url"`
	Type    string  `json:"mime_type"`
	Title   string  `json:"title,omitempty"`
	Size    int64   `json:"size_in_bytes,omitempty"`
	Seconds float64 `json:"duration_in_seconds,omitempty"`
}

func writeJSON(w io.Writer, f *Feed) error {
	f = Clean(f)
	root := &jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version: jsonVersion, Title: f.Title, Language: f.Language,
			HomePageUrl: f.Home, FeedUrl: f.At + jsonFile, Description: f.Description,
			Icon: f.Logo, Favicon: f.Icon, Authors: newJSONAuthors([]Author{f.Author}),
		},
		Items: make([]jsonItem, len(f.Items)),
	}
	if f.Expired {
		root.Expired = &f.Expired
	}
	if f.Hub != "" {
		root.Hubs = []*feeds.JSONHub{{Type: "WebSub", Url: f.Hub}}
	}
	for i := range f.Items {
		root.Items[i] = newJSONItem(&f.Items[i])
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // a feed is never part of a page
	return e.Encode(root)
}

func newJSONItem(it *Item) jsonItem {
	item := jsonItem{
		JSONItem: feeds.JSONItem{
			Id: it.ID, Url: it.URL, Title: it.Title, Summary: it.Summary, ContentHTML: it.HTML,
			PublishedDate: known(&it.Published), ModifiedDate: known(&it.Updated),
			Authors: newJSONAuthors(it.Authors), Tags: it.Tags,
		},
		Language: it.Language,
	}
	if it.HTML == "" { // one of the two must be there
		item.ContentText = orElse(it.Summary, orElse(it.Title, it.URL))
	}
	if len(it.Images) > 0 {
		item.Image = it.Images[0].URL
	}
	for _, f := range it.Files {
		item.Attachments = append(item.Attachments, jsonAttachment{f.URL, f.Type, f.Title, f.Length, f.Seconds})
	}
	for _, m := range it.Images {
		// Without a title: equal titles would make them versions of one picture.
		item.Attachments = append(item.Attachments, jsonAttachment{URL: m.URL, Type: m.Type, Size: m.Length})
	}
	return item
}

func newJSONAuthors(authors []Author) []*feeds.JSONAuthor {
	var all []*feeds.JSONAuthor
	for _, a := range authors {
		if a.Name != "" {
			all = append(all, &feeds.JSONAuthor{Name: a.Name, Url: a.URL})
		}
	}
	return all
}

func known(t *time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return t
}
