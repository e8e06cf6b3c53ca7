package feed

import (
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"
)

const (
	rssFile = "feed.xml"
	rssType = "application/rss+xml"
)

// rssDocument is gorilla's root element with more namespaces.
type rssDocument struct {
	feeds.RssFeedXml
	Atom    string      `xml:"xmlns:atom,attr"`
	DC      string      `xml:"xmlns:dc,attr"`
	Media   string      `xml:"xmlns:media,attr"`
	Channel *rssChannel `xml:"channel"`
}

// rssChannel, rssItem and rssImage are gorilla's with elements more, and with
// some of theirs replaced. What people read comes first, because a browser
// shows a feed with a stylesheet in the order of the file.
type rssChannel struct {
	Title       rssText `xml:"title"`
	Description rssText `xml:"description"`
	feeds.RssFeed
	Copyright *rssText   `xml:"copyright"`
	Image     *rssImage  `xml:"image"`
	Links     []rssLink  `xml:"atom:link"`
	Items     []*rssItem `xml:"item"`
}

type rssImage struct {
	Title rssText `xml:"title"`
	feeds.RssImage
}

type rssItem struct {
	Title rssText `xml:"title"`
	feeds.RssItem
	Category []string       `xml:"category"`
	Creators []string       `xml:"dc:creator"`
	Language string         `xml:"dc:language,omitempty"`
	Rights   *rssText       `xml:"dc:rights"`
	Links    []rssLink      `xml:"atom:link"`
	Media    []mediaContent `xml:"media:content"`
}

// rssText is plain text in an element that some readers take for HTML: with &
// and < as hexadecimal references, which the RSS Advisory Board's profile
// recommends, more of them get it right.
type rssText struct {
	XML string `xml:",innerxml"`
}

var rssTextEscapes = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

func newRSSText(s string) rssText { return rssText{rssTextEscapes.Replace(s)} }

// optional returns nil, which is no element, for an empty text.
func optional(s string) *rssText {
	if s == "" {
		return nil
	}
	t := newRSSText(s)
	return &t
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type mediaContent struct {
	URL         string        `xml:"url,attr"`
	FileSize    int64         `xml:"fileSize,attr,omitempty"`
	Type        string        `xml:"type,attr"`
	Medium      string        `xml:"medium,attr,omitempty"`
	Width       int           `xml:"width,attr,omitempty"`
	Height      int           `xml:"height,attr,omitempty"`
	Duration    float64       `xml:"duration,attr,omitempty"`
	Title       *mediaText    `xml:"media:title"`
	Description *mediaText    `xml:"media:description"`
	Credits     []mediaCredit `xml:"media:credit"`
	Copyright   *mediaRights  `xml:"media:copyright"`
}

type mediaText struct {
	Type string `xml:"type,attr"`
	rssText
}

type mediaCredit struct {
	Role   string `xml:"role,attr,omitempty"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Name   string `xml:",chardata"`
}

type mediaRights struct {
	URL string `xml:"url,attr,omitempty"`
	rssText
}

func writeRSS(w io.Writer, f *Feed) error {
	f = Clean(f)
	return writeXML(w, f.Stylesheet, newRSS(f).write)
}

func newRSS(f *Feed) *rssDocument {
	channel := &rssChannel{
		RssFeed: feeds.RssFeed{
			Link: f.Home, Language: f.Language, Generator: generator,
			LastBuildDate: rssDate(f.Updated),
		},
		Title:       newRSSText(f.Title),
		Description: newRSSText(f.Description),
		Copyright:   optional(f.Rights),
		Links:       []rssLink{{Href: f.At + rssFile, Rel: "self", Type: rssType}},
		Items:       make([]*rssItem, len(f.Items)),
	}
	if picture := orElse(f.Logo, f.Icon); picture != "" {
		// Its title and link must be the channel's own.
		channel.Image = &rssImage{channel.Title, feeds.RssImage{Url: picture, Link: f.Home}}
	}
	if f.Hub != "" {
		channel.Links = append(channel.Links, rssLink{Href: f.Hub, Rel: "hub"})
	}
	for i := range f.Items {
		channel.Items[i] = newRSSItem(&f.Items[i], f.Home)
	}
	return &rssDocument{
		RssFeedXml: feeds.RssFeedXml{Version: "2.0", ContentNamespace: nsContent},
		Atom:       nsAtom, DC: nsDC, Media: nsMedia, Channel: channel,
	}
}

func newRSSItem(it *Item, home string) *rssItem {
	item := &rssItem{
		RssItem: feeds.RssItem{
			Link:    it.URL,
			Guid:    &feeds.RssGuid{Id: it.ID, IsPermaLink: "false"},
			PubDate: rssDate(it.Published),
		},
		Title:    newRSSText(it.Title),
		Category: it.Tags,
		Language: it.Language,
		Rights:   optional(it.Rights),
		Media:    newMedia(it, home),
	}
	// A description is HTML even when it is short. Some readers take the last
	// of the two, so the whole stands last; alone, it is the description.
	if item.Description = html.EscapeString(it.Summary); it.HTML != "" && it.Summary != "" {
		item.Content = &feeds.RssContent{Content: it.HTML}
	} else if it.HTML != "" {
		item.Description = it.HTML
	}
	if url, mime, length, ok := it.enclosure(); ok {
		item.Enclosure = &feeds.RssEnclosure{Url: url, Type: mime, Length: strconv.FormatInt(length, 10)}
	}
	for _, a := range it.Authors {
		item.Creators = append(item.Creators, a.Name)
	}
	if it.License != "" {
		item.Links = []rssLink{{Href: it.License, Rel: "license"}}
	}
	return item
}

func newMedia(it *Item, home string) []mediaContent {
	credits := newCredits(it.Authors, home)
	var rights *mediaRights
	if it.Rights != "" || it.License != "" {
		rights = &mediaRights{it.License, newRSSText(orElse(it.Rights, it.License))}
	}
	all := make([]mediaContent, 0, len(it.Files)+len(it.Images))
	for _, f := range it.Files {
		all = append(all, mediaContent{
			URL: f.URL, FileSize: f.Length, Type: f.Type, Medium: medium(f.Type),
			Width: f.Width, Height: f.Height, Duration: f.Seconds,
			Title: plain(orElse(f.Title, it.Title)), Credits: credits, Copyright: rights,
		})
	}
	for _, m := range it.Images {
		all = append(all, mediaContent{
			URL: m.URL, FileSize: m.Length, Type: m.Type, Medium: "image",
			Width: m.Width, Height: m.Height,
			Title: plain(it.Title), Description: plain(m.Alt), Credits: credits, Copyright: rights,
		})
	}
	return all
}

func plain(s string) *mediaText {
	if s == "" {
		return nil
	}
	return &mediaText{"plain", newRSSText(s)}
}

func medium(mime string) string {
	switch kind, _, _ := strings.Cut(mime, "/"); kind {
	case "video", "audio", "image":
		return kind
	}
	return ""
}

// ebuRoles are those roles of Media RSS's default scheme, urn:ebu, that people
// have who make things together, sorted.
var ebuRoles = []string{
	"actor", "animator", "art director", "author", "camera operator",
	"choir", "choreographer", "composer", "conductor", "consultant",
	"costume designer", "dancer", "director", "editor", "ensemble", "expert",
	"graphic designer", "hairdresser", "illustrator", "interviewer",
	"lighting director", "lyricist", "make up artist", "music arranger",
	"music group", "musician", "orchestra", "participant", "photographer",
	"producer", "production manager", "reporter", "set designer", "singer",
	"sound designer", "sound mixer", "sound recordist", "special effects",
	"subtitles", "technical director", "translation", "visual editor",
	"visual effects", "wardrobe",
}

// newCredits names those who made a piece, once for each role. A role that is not the EBU's must
// belong to a scheme of its own, which is named by an address of the site: a
// urn: there crashes the W3C's feed validator.
func newCredits(authors []Author, home string) []mediaCredit {
	credits := make([]mediaCredit, 0, len(authors))
	for _, a := range authors {
		if len(a.Roles) == 0 {
			credits = append(credits, mediaCredit{Name: a.Name})
		}
		for _, role := range a.Roles {
			c := mediaCredit{Role: role, Name: a.Name}
			if _, known := slices.BinarySearch(ebuRoles, role); !known {
				c.Scheme = home + "#roles"
			}
			credits = append(credits, c)
		}
	}
	return credits
}

// rssDate writes an RFC 822 date with the year in four digits and the zone in
// digits; "" for a time that is unknown.
func rssDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC1123Z)
}
