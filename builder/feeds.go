package builder

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gallerist/builder/feed"
	"gallerist/builder/gallery"
	"gallerist/builder/publish"
)

// feedItems is how many of the newest pieces a feed holds.
const feedItems = 50

// feedFiles returns the feeds of the site and of each gallery, and each
// gallery's index.
func (l *locale) feedFiles(set *publish.Set) {
	l.addFeeds(set, channel{origin: configFile}, l.m.pieces)
	l.calendarFiles(set)
	for _, s := range l.m.series {
		t := l.seriesText(s)
		l.addFeeds(set, channel{s.path, s.Pos.File, s.Dir, t.Title, t.Summary}, s.pieces)
	}
	for _, g := range l.m.galleries {
		t := l.galleryText(g)
		l.addFeeds(set, channel{g.path, g.Pos.File, g.Dir, t.Title, t.Summary}, g.pieces)
		index := written(l.prefix+g.path+"index.json", g.Pos.File, "application/json", func(b *bytes.Buffer) error {
			return l.indexJSON(b, g)
		})
		if g.board != nil {
			l.addChanges(set, g)
		}
		if !l.m.cfg.Feeds.Index {
			continue
		}
		index.Key = l.keys.of(index.Path, newSum().number(g.received).text(g.withdrawn...), g.pieces...)
		set.Add(index)
	}
}

// made is a file whose bytes are made when it is opened.
func made(path, origin, mime string, content func() ([]byte, error)) publish.File {
	return publish.File{Path: path, Origin: origin, Type: mime, Open: func() (io.ReadCloser, error) {
		b, err := content()
		if err != nil {
			return nil, err
		}
		return &finished{bytes.NewBuffer(b)}, nil
	}}
}

// finished reads a content that is in memory and stays there, without a copy.
type finished struct{ *bytes.Buffer }

func (finished) Close() error { return nil }

// written is a file that is written when it is opened, into a buffer that is
// used again.
func written(path, origin, mime string, write func(*bytes.Buffer) error) publish.File {
	return publish.File{Path: path, Origin: origin, Type: mime, Open: func() (io.ReadCloser, error) {
		b := rendered.Get().(*bytes.Buffer)
		b.Reset()
		if err := write(b); err != nil {
			rendered.Put(b)
			return nil, err
		}
		return &page{Buffer: b}, nil
	}}
}

// channel is what a feed is of: the site, a series or a gallery.
type channel struct {
	path    string // of its page; "" = the site's
	origin  string
	dir     string // the folder, which its id is made of
	title   string // "" = the site's
	summary string
}

func (l *locale) addFeeds(set *publish.Set, of channel, pieces []*piece) {
	l.addFormats(set, of.path, of.origin, pieces, func() *feed.Feed { return l.feed(of, pieces) })
}

// addFormats adds a feed below a path in each format; pieces are what it is
// made of.
func (l *locale) addFormats(set *publish.Set, path, origin string, pieces []*piece, make func() *feed.Feed) {
	shared := &sharedFeed{make: make, readers: len(l.m.cfg.Feeds.Formats)}
	for _, format := range l.m.cfg.Feeds.Formats {
		file := written(l.prefix+path+format.File, origin, "", func(b *bytes.Buffer) error {
			return format.Write(b, shared.get())
		})
		file.Key = l.keys.of(file.Path, newSum(), pieces...)
		set.Add(file)
	}
}

// sharedFeed is one feed for all formats, which say the same. It is forgotten
// when each has had it.
type sharedFeed struct {
	make    func() *feed.Feed
	readers int // formats
	mu      sync.Mutex
	feed    *feed.Feed
	had     int
}

func (s *sharedFeed) get() *feed.Feed {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.feed == nil {
		s.feed = feed.Clean(s.make())
	}
	f := s.feed
	if s.had++; s.had == s.readers {
		s.feed, s.had = nil, 0
	}
	return f
}

func (l *locale) feed(of channel, pieces []*piece) *feed.Feed {
	f := &feed.Feed{
		ID: l.feedID(of.dir), Title: cmp.Or(of.title, l.text.Title), Description: cmp.Or(of.summary, l.text.Description, l.text.Tagline),
		Language: l.tag, Home: l.abs(of.path), At: l.abs(of.path), Author: feed.Author{Name: l.text.Title, URL: l.abs("")},
		Rights: l.text.Copyright, Updated: noUpdate,
	}
	f.Items = make([]feed.Item, 0, min(len(pieces), feedItems))
	for _, p := range pieces {
		if len(f.Items) == feedItems {
			break
		}
		if p.Draft || !slices.Contains(p.Scope, "feed") {
			continue
		}
		if at := p.updated(); at.After(f.Updated) {
			f.Updated = at
		}
		f.Items = append(f.Items, l.feedItem(p))
	}
	return f
}

// noUpdate is the date of a feed without items: there is no clock to ask.
var noUpdate = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// permanentID names something for ever: neither a new title nor a new address
// of the site changes it.
func (l *locale) permanentID(site, name string) string {
	if l.prefix != "" {
		name += "/" + l.tag
	}
	return "urn:uuid:" + nameUUID(site, name)
}

// nameUUID is a name-based UUID (RFC 9562, version 5) of something of a site.
func nameUUID(site, name string) string {
	sum := sha1.Sum([]byte("gallerist\x00" + site + "\x00" + name))
	u := sum[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// itemID is a piece's id in feeds: that of its submission, and of the site
// where it has been given one.
func (l *locale) itemID(p *piece) string { return l.permanentID(l.m.cfg.ID, p.ID) }

// feedID is a feed's own id. A site without an id has no better name than its
// address.
func (l *locale) feedID(dir string) string {
	return l.permanentID(cmp.Or(l.m.cfg.ID, l.m.cfg.BaseURL), "feed/"+dir)
}

func (l *locale) feedItem(p *piece) feed.Item {
	t := l.pieceText(p)
	it := feed.Item{
		ID: l.itemID(p), URL: l.abs(p.path), Title: l.titleOf(p), CreditLine: l.credit(p),
		Summary: cmp.Or(t.Caption, shorten(l.body(p).plain, 280)),
		Award:   l.awardSentence(p), Disclosure: l.disclosure(p), Published: p.Published, Updated: p.updated(),
		License: gallery.Licenses[p.License], Rights: l.copyright(p), Language: l.languageOfPiece(p), TitleLang: l.titleLang(p),
	}
	it.Dir = l.OtherDir(l.storyLang(p))
	it.Authors = l.feedAuthors(p)
	for i, pic := range p.pictures {
		it.Files = append(it.Files, l.clipFilesOf(p, pic)...)
		if r := l.feedRendition(pic); r != nil {
			it.Images = append(it.Images, feed.Image{
				URL: l.absFile(r.Path), Type: r.Type, Length: l.m.pictures.sizes[r.Path],
				Width: r.Width, Height: r.Height, Alt: l.alt(p, i),
			})
		}
	}
	for _, tag := range p.tags {
		it.Tags = append(it.Tags, l.termName(tag))
	}
	if it.Before = l.reviewLine(p); it.Before != "" {
		it.Summary = strings.TrimSpace(it.Before + ". " + it.Summary)
	}
	if p.idea != nil {
		it.After = l.also(p)
	}
	it.HTML = feed.ItemHTML(it, string(l.body(p).html))
	return it
}

func (l *locale) feedAuthors(p *piece) []feed.Author {
	list := make([]feed.Author, 0, len(p.Authors))
	for i, a := range l.authors(p) {
		author := feed.Author{Name: a.Name, Roles: a.Roles}
		if c := p.people[i]; c != nil {
			author.URL = l.abs(c.path)
		}
		list = append(list, author)
	}
	return list
}

// clipFilesOf returns a film or a recording in all its renditions.
func (l *locale) clipFilesOf(p *piece, pic *picture) []feed.File {
	if pic.clip == nil || pic.clip.info == nil {
		return nil
	}
	var list []feed.File
	for _, f := range pic.clip.files {
		list = append(list, feed.File{
			URL: l.absFile(f.path), Type: f.plainType(), Title: l.titleOf(p), Length: f.size,
			Width: f.width, Height: f.height, Seconds: pic.clip.info.Clip.Seconds,
		})
	}
	return list
}

// indexEntry is a piece in a gallery's index.json, which lists for other sites and
// programs what its author allows to be shown there. Its shape is documented in content/README.md and changes only by
// addition.
type indexEntry struct {
	ID         string         `json:"id"`
	URL        string         `json:"url"`
	Kind       string         `json:"kind"`
	Title      string         `json:"title"`
	CreditLine string         `json:"credit_line"`
	Authors    []indexAuthor  `json:"authors"`
	Place      string         `json:"place,omitempty"`
	Tags       []string       `json:"tags"`
	Featured   bool           `json:"featured,omitempty"`
	License    string         `json:"license,omitempty"`
	Awards     []string       `json:"awards,omitempty"`
	Official   bool           `json:"official,omitempty"` // a contest's winner, shown as the brand's own
	Disclosure string         `json:"disclosure,omitempty"`
	Rating     int            `json:"rating,omitempty"` // of the first product, of 5
	Products   []indexProduct `json:"products,omitempty"`
	Received   string         `json:"received,omitempty"`
	Published  string         `json:"published"`
	Pictures   []indexPicture `json:"pictures"` // of a film or a recording its poster
	Clips      []indexClip    `json:"clips,omitempty"`
	Idea       *indexIdea     `json:"idea,omitempty"`
}

// indexProduct is what a review is about or a picture shows.
type indexProduct struct {
	Name    string   `json:"name"`
	URL     string   `json:"url,omitempty"`
	GTIN    string   `json:"gtin,omitempty"`
	Price   string   `json:"price,omitempty"`
	Picture string   `json:"picture,omitempty"` // address of one of the entry's pictures
	X       *float64 `json:"x,omitempty"`       // where in it, of its width from the left
	Y       *float64 `json:"y,omitempty"`       // of its height from the top
}

type indexClip struct {
	URL     string  `json:"url"` // of the file or, for a film elsewhere, of its page
	Type    string  `json:"type,omitempty"`
	Width   int     `json:"width,omitempty"`
	Height  int     `json:"height,omitempty"`
	Seconds float64 `json:"seconds,omitempty"`
}

type indexAuthor struct {
	Name  string   `json:"name"`
	Role  string   `json:"role,omitempty"` // the first of Roles
	Roles []string `json:"roles,omitempty"`
	URL   string   `json:"url,omitempty"`
}

type indexPicture struct {
	URL    string            `json:"url"`
	Width  int               `json:"width"`
	Height int               `json:"height"`
	Alt    string            `json:"alt"`
	Color  string            `json:"color,omitempty"`
	Sizes  map[string]string `json:"sizes"` // JPEG by width
}

func (l *locale) indexJSON(b *bytes.Buffer, g *plannedGallery) error {
	b.Grow(512 * len(g.pieces))
	w := jsonWriter{b: b.AvailableBuffer(), file: true}
	w.object(func() {
		w.number("version", 1)
		w.text("title", l.galleryText(g).Title)
		w.text("url", l.abs(g.path))
		w.text("language", l.tag)
		w.text("kind", string(g.Kind))
		w.number("received", g.received)
		w.list("items", func() {
			for _, p := range g.pieces {
				if !p.Draft && slices.Contains(p.Scope, "embed") {
					e := l.indexEntry(p)
					e.write(&w)
				}
			}
		})
		w.texts("withdrawn", g.withdrawn) // ids that copies elsewhere must drop
	})
	b.Write(append(w.b, '\n')) // into its own room, mostly
	return w.err
}

// write writes an entry as the tags of its fields say, in their order; a test
// holds it to encoding/json, which writes what few entries have.
func (e *indexEntry) write(w *jsonWriter) {
	w.object(func() {
		w.text("id", e.ID)
		w.text("url", e.URL)
		w.text("kind", e.Kind)
		w.text("title", e.Title)
		w.text("credit_line", e.CreditLine)
		w.list("authors", func() {
			for i := range e.Authors {
				e.Authors[i].write(w)
			}
		})
		w.optional("place", e.Place)
		w.texts("tags", e.Tags)
		w.optionalFlag("featured", e.Featured)
		w.optional("license", e.License)
		w.optionalTexts("awards", e.Awards)
		w.optionalFlag("official", e.Official)
		w.optional("disclosure", e.Disclosure)
		w.optionalNumber("rating", e.Rating)
		if len(e.Products) > 0 {
			w.any("products", e.Products)
		}
		w.optional("received", e.Received)
		w.text("published", e.Published)
		if len(e.Pictures) > 0 {
			w.any("pictures", e.Pictures)
		} else {
			w.texts("pictures", nil)
		}
		if len(e.Clips) > 0 {
			w.any("clips", e.Clips)
		}
		if e.Idea != nil {
			w.any("idea", e.Idea)
		}
	})
}

func (a *indexAuthor) write(w *jsonWriter) {
	w.object(func() {
		w.text("name", a.Name)
		w.optional("role", a.Role)
		w.optionalTexts("roles", a.Roles)
		w.optional("url", a.URL)
	})
}

func (l *locale) indexEntry(p *piece) indexEntry {
	e := indexEntry{
		ID: p.ID, URL: l.abs(p.path), Kind: string(p.Kind), Title: l.titleOf(p), CreditLine: l.credit(p),
		Authors: []indexAuthor{}, Tags: []string{}, Featured: p.Featured, License: p.License,
		Awards: l.awards(p), Official: p.official(), Disclosure: l.disclosure(p), Received: l.stamp(p.Received), Published: l.stamp(p.Published), Pictures: []indexPicture{},
	}
	if p.place != nil {
		e.Place = l.termName(p.place)
	}
	for i, a := range l.authors(p) {
		author := indexAuthor{Name: cmp.Or(a.Name, l.Label("credit.nameless")), Roles: a.Roles}
		if len(a.Roles) > 0 {
			author.Role = a.Roles[0]
		}
		if c := p.people[i]; c != nil {
			author.URL = l.abs(c.path)
		}
		e.Authors = append(e.Authors, author)
	}
	for _, t := range p.tags {
		e.Tags = append(e.Tags, l.termName(t))
	}
	if p.idea != nil {
		e.Idea = l.indexIdea(p)
	}
	e.Rating, e.Products = p.Rating, l.indexProducts(p)
	for i, pic := range p.pictures {
		e.Clips = append(e.Clips, l.indexClips(p, pic)...)
		big := l.largest(pic, renditionPlate)
		if big == nil {
			continue
		}
		item := indexPicture{
			URL: l.absFile(big.Path), Width: big.Width, Height: big.Height,
			Alt: l.alt(p, i), Color: pic.color, Sizes: map[string]string{},
		}
		for _, r := range pic.renditions[renditionPlate] {
			if r.Type == big.Type {
				item.Sizes[strconv.Itoa(r.Width)] = l.absFile(r.Path)
			}
		}
		e.Pictures = append(e.Pictures, item)
	}
	return e
}

func (l *locale) indexProducts(p *piece) []indexProduct {
	var list []indexProduct
	for _, x := range p.Products {
		item := indexProduct{Name: l.word(x.Name), URL: x.URL, GTIN: x.GTIN, Price: l.word(x.Price)}
		for _, pic := range p.pictures {
			if x.File == "" || pic.media.File != x.File {
				continue
			}
			if big := l.largest(pic, renditionPlate); big != nil {
				item.Picture = l.absFile(big.Path)
			}
			if x.At != nil {
				item.X, item.Y = &x.At.X, &x.At.Y
			}
		}
		list = append(list, item)
	}
	return list
}

func (l *locale) indexClips(p *piece, pic *picture) []indexClip {
	if pic.clip != nil && pic.clip.link != "" {
		return []indexClip{{URL: pic.clip.link}}
	}
	var list []indexClip
	for _, f := range l.clipFilesOf(p, pic) {
		list = append(list, indexClip{f.URL, f.Type, f.Width, f.Height, f.Seconds})
	}
	return list
}
