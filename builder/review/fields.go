package review

import (
	"math"
	"strconv"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Fields are what a reviewer can set, by the name that the form has for it, as
// text: "title", "tags" with commas, "alt:1.jpg", "focus:1.jpg" as two fractions,
// "crop:1.jpg" as four,
// "award:0.rank". What is not said is "".
//
// They are read from the bytes of the file, so that what the form shows and what
// is compared before it is written are one.
type fields map[string]string

// Names of fields, and how those of media and awards begin.
const (
	fieldTitle   = "title"
	fieldCaption = "caption"
	fieldTags    = "tags"
	fieldNote    = "review.note"
	fieldThanks  = "thanks.words"
	fieldStatus  = "status"

	fieldAlt   = "alt:"
	fieldWords = "caption:"
	fieldFocus = "focus:"
	fieldCrop  = "crop:" // four inputs of one name
	fieldAward = "award:"
	fieldEdit  = "edit." // of one that is added
)

// document is a submission.md as its bytes say.
type document struct {
	head    *strict.Table
	entries []listed // its [[media]], in order
	awards  int
	edits   int
	pinned  bool // a product is marked in the first picture, which it does not name
}

// listed is one of [[media]].
type listed struct {
	file, link, poster string
	alt, caption       string
	focus, crop        []float64
}

func (l listed) name() string {
	if l.file != "" {
		return l.file
	}
	return l.link
}

// readDocument reads the front matter of a submission.md; what is wrong with it
// has been told by package source.
func readDocument(file string, src []byte) document {
	var unsaid problem.List
	head, _, _ := strict.FrontMatter(file, src, &unsaid)
	d := document{head: head}
	if head == nil {
		return d
	}
	for _, m := range head.Tables("media") {
		d.entries = append(d.entries, listed{
			file: m.Line("file"), link: m.Line("link"), poster: m.Line("poster"),
			alt: m.Line("alt"), caption: m.Line("caption"), focus: m.Floats("focus"), crop: m.Floats("crop"),
		})
	}
	for _, p := range head.Tables("product") {
		d.pinned = d.pinned || p.Has("x") && !p.Has("file")
	}
	d.awards, d.edits = len(head.Tables("award")), len(head.Tables("edit"))
	return d
}

// fields returns what a submission says of itself.
func (d document) fields(s *gallery.Submission) fields {
	f := fields{
		fieldStatus: string(s.Status), fieldTitle: s.Text.Title, fieldCaption: s.Text.Caption, fieldTags: strings.Join(s.Tags, ", "),
		fieldNote: "", fieldThanks: strict.Line(s.ThankWords),
	}
	if d.head != nil {
		if r := d.head.Table("review"); r != nil {
			f[fieldNote] = r.Line("note")
		}
	}
	for _, m := range s.Media {
		f[fieldAlt+m.Name()], f[fieldWords+m.Name()], f[fieldFocus+m.Name()] = m.Text.Alt, m.Text.Caption, focusText(m.Focus)
		if mediumOf(m) == picture {
			f[fieldCrop+m.Name()] = cropText(m.Crop)
		}
	}
	for i, a := range s.Awards {
		at := fieldAward + strconv.Itoa(i) + "."
		f[at+"title"], f[at+"rank"], f[at+"finalist"] = a.Title, "", flagText(a.Finalist)
		if a.Rank > 0 {
			f[at+"rank"] = strconv.Itoa(a.Rank)
		}
	}
	return f
}

func flagText(on bool) string {
	if on {
		return "yes"
	}
	return ""
}

// focusText writes a point as a form has it: hundredths are as exact as a click.
func focusText(p *gallery.Point) string {
	if p == nil {
		return ""
	}
	return fraction(p.X) + " " + fraction(p.Y)
}

func fraction(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// parseFocus reads a point; ok is false where the text is neither one nor empty.
func parseFocus(text string) (p *gallery.Point, ok bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
	if len(parts) == 0 {
		return nil, true
	}
	if len(parts) != 2 {
		return nil, false
	}
	x, errX := strconv.ParseFloat(parts[0], 64)
	y, errY := strconv.ParseFloat(parts[1], 64)
	if errX != nil || errY != nil || !(x >= 0 && x <= 1 && y >= 0 && y <= 1) {
		return nil, false
	}
	return &gallery.Point{X: round(x), Y: round(y)}, true
}

// round keeps three digits, as people would write them.
func round(x float64) float64 { return math.Round(x*1000) / 1000 }

// tagsOf parts a text with commas into tags, each once.
func tagsOf(text string) []string {
	var tags []string
	seen := map[string]bool{}
	for tag := range strings.SplitSeq(text, ",") {
		if tag = strict.Line(tag); tag != "" && !seen[tag] {
			seen[tag] = true
			tags = append(tags, tag)
		}
	}
	return tags
}
