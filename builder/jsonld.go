package builder

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Structured data (schema.org, as Google's image metadata wants it): it must
// stand on every page that shows a picture. The types hold only what is used;
// encoding/json escapes <, > and &, so that no value can end the script.

type ldGraph struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

type ldPerson struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type ldImage struct {
	Type          string     `json:"@type"`
	ID            string     `json:"@id,omitempty"`
	ContentURL    string     `json:"contentUrl"`
	URL           string     `json:"url,omitempty"`
	Name          string     `json:"name,omitempty"`
	Description   string     `json:"description,omitempty"`
	Caption       string     `json:"caption,omitempty"`
	Width         int        `json:"width,omitempty"`
	Height        int        `json:"height,omitempty"`
	Creator       []ldPerson `json:"creator,omitempty"`
	CreditText    string     `json:"creditText"`
	Copyright     string     `json:"copyrightNotice"`
	License       string     `json:"license,omitempty"`
	Acquire       string     `json:"acquireLicensePage,omitempty"`
	DatePublished string     `json:"datePublished,omitempty"`
	InLanguage    string     `json:"inLanguage,omitempty"`
	Award         []string   `json:"award,omitempty"`
}

// ldClip is a VideoObject or an AudioObject, which want a picture, a name and
// the date since when they are there.
type ldClip struct {
	Type        string     `json:"@type"`
	Name        string     `json:"name"`
	Description string     `json:"description,omitempty"`
	Thumbnail   string     `json:"thumbnailUrl,omitempty"`
	UploadDate  string     `json:"uploadDate"`
	Duration    string     `json:"duration,omitempty"`
	ContentURL  string     `json:"contentUrl,omitempty"`
	URL         string     `json:"url"`
	Width       int        `json:"width,omitempty"`
	Height      int        `json:"height,omitempty"`
	Creator     []ldPerson `json:"creator,omitempty"`
	CreditText  string     `json:"creditText"`
	Copyright   string     `json:"copyrightNotice"`
	License     string     `json:"license,omitempty"`
	InLanguage  string     `json:"inLanguage,omitempty"`
}

type ldGallery struct {
	Type        string     `json:"@type"`
	Name        string     `json:"name"`
	Description string     `json:"description,omitempty"`
	URL         string     `json:"url"`
	InLanguage  string     `json:"inLanguage"`
	Images      []*ldImage `json:"image,omitempty"`
}

type ldWork struct {
	Type          string     `json:"@type"`
	Name          string     `json:"name,omitempty"`
	URL           string     `json:"url"`
	Author        []ldPerson `json:"author,omitempty"`
	Text          string     `json:"text,omitempty"`
	CreditText    string     `json:"creditText"`
	Copyright     string     `json:"copyrightNotice"`
	License       string     `json:"license,omitempty"`
	DatePublished string     `json:"datePublished,omitempty"`
	InLanguage    string     `json:"inLanguage,omitempty"`
}

type ldSite struct {
	Type       string `json:"@type"`
	Name       string `json:"name"`
	URL        string `json:"url"`
	InLanguage string `json:"inLanguage"`
	About      string `json:"description,omitempty"`
}

type ldProfile struct {
	Type   string   `json:"@type"`
	URL    string   `json:"url"`
	Entity ldPerson `json:"mainEntity"`
}

type ldCrumbs struct {
	Type  string    `json:"@type"`
	Items []ldCrumb `json:"itemListElement"`
}

type ldCrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

const (
	ldOpen  = `<script type="application/ld+json">`
	ldClose = "</script>"
)

// ldScript returns nodes as a whole script element.
func ldScript(nodes ...any) template.HTML {
	var b bytes.Buffer
	b.WriteString(ldOpen)
	if err := json.NewEncoder(&b).Encode(ldGraph{"https://schema.org", nodes}); err != nil {
		return "" // plain structs of strings and numbers do not fail
	}
	return template.HTML(string(bytes.TrimRight(b.Bytes(), "\n")) + ldClose)
}

// scriptHash returns the source expression that lets a page hold its
// structured data and no script at all (Content Security Policy Level 3).
func scriptHash(ld template.HTML) string {
	if ld == "" {
		return "'none'"
	}
	text := strings.TrimSuffix(strings.TrimPrefix(string(ld), ldOpen), ldClose)
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// ldCreators returns a piece's named authors.
func (l *locale) ldCreators(p *piece) []ldPerson {
	var list []ldPerson
	for i, c := range p.people {
		if c == nil {
			continue
		}
		list = append(list, ldPerson{kindLD(c.Kind), l.author(p, i).Name, l.abs(c.path)})
	}
	return list
}

// ldPictures returns a node for each picture of a piece.
func (l *locale) ldPictures(p *piece) []*ldImage {
	var list []*ldImage
	t := l.pieceText(p)
	for i, pic := range p.pictures {
		big := l.largest(pic, renditionPlate)
		if big == nil || pic.clip != nil {
			continue
		}
		list = append(list, &ldImage{
			Type: "ImageObject", ContentURL: l.absFile(big.Path), URL: l.abs(p.path),
			Name: t.Title, Description: l.alt(p, i), Caption: t.Caption,
			Width: big.Width, Height: big.Height,
			Creator: l.ldCreators(p), CreditText: l.credit(p), Copyright: l.copyright(p),
			License: l.licenseURL(p), Acquire: p.Acquire,
			DatePublished: l.stamp(p.Published), InLanguage: l.languageOfPiece(p), Award: l.awards(p),
		})
	}
	return list
}

// ldClips returns a node for each film and recording of a piece. A poster of
// words is no picture of one.
func (l *locale) ldClips(p *piece) []*ldClip {
	var list []*ldClip
	t := l.pieceText(p)
	for i, pic := range p.pictures {
		if pic.clip == nil {
			continue
		}
		n := &ldClip{
			Type: "VideoObject", Name: l.titleOf(p), Description: cmp.Or(t.Caption, l.alt(p, i)), UploadDate: l.stamp(p.Published), URL: l.abs(p.path),
			Creator: l.ldCreators(p), CreditText: l.credit(p), Copyright: l.copyright(p), License: l.licenseURL(p), InLanguage: l.languageOfPiece(p),
		}
		if big := l.largest(pic, renditionPlate); big != nil {
			n.Thumbnail = l.absFile(big.Path)
		}
		if info := pic.clip.info; info != nil {
			best := pic.clip.files[len(pic.clip.files)-1]
			n.ContentURL, n.Width, n.Height = l.absFile(best.path), best.width, best.height
			n.Duration = "PT" + strconv.Itoa(int(math.Ceil(info.Clip.Seconds))) + "S"
			if info.Clip.Sound {
				n.Type = "AudioObject"
			}
		} else {
			n.URL = pic.clip.link
		}
		list = append(list, n)
	}
	return list
}

// ldPiece returns the structured data of a piece's own page.
func (l *locale) ldPiece(p *piece) template.HTML {
	var nodes []any
	for _, img := range l.ldPictures(p) {
		nodes = append(nodes, img)
	}
	for _, c := range l.ldClips(p) {
		nodes = append(nodes, c)
	}
	if len(nodes) == 0 {
		t := l.pieceText(p)
		nodes = append(nodes, ldWork{
			Type: "CreativeWork", Name: t.Title, URL: l.abs(p.path), Author: l.ldCreators(p),
			Text: shorten(l.body(p).plain, 5000), CreditText: l.credit(p), Copyright: l.copyright(p),
			License: l.licenseURL(p), DatePublished: l.stamp(p.Published), InLanguage: l.languageOfPiece(p),
		})
	}
	g := l.galleryText(p.gallery)
	nodes = append(nodes, ldCrumbs{"BreadcrumbList", []ldCrumb{
		{"ListItem", 1, l.text.Title, l.abs("")},
		{"ListItem", 2, g.Title, l.abs(p.gallery.path)},
		{"ListItem", 3, l.titleOf(p), l.abs(p.path)},
	}})
	return ldScript(nodes...)
}

// ldGalleryOf returns the structured data of a page of a gallery.
func (l *locale) ldGalleryOf(g *plannedGallery, path string, shown []*piece) template.HTML {
	t := l.galleryText(g)
	return l.ldList(t.Title, t.Summary, path, shown)
}

// ldList returns the structured data of a list of pieces.
func (l *locale) ldList(name, summary, path string, shown []*piece) template.HTML {
	node := ldGallery{Type: "ImageGallery", Name: name, Description: summary, URL: l.abs(path), InLanguage: l.tag}
	for _, p := range shown {
		if list := l.ldPictures(p); len(list) > 0 {
			first := *list[0]
			first.Description, first.Caption, first.Award, first.InLanguage = "", "", nil, ""
			node.Images = append(node.Images, &first)
		}
	}
	return ldScript(node)
}
