package review

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/amend"
	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// refusal is why something is not written, in a sentence for the reviewer.
type refusal struct{ text string }

func (r *refusal) Error() string { return r.text }

func refuse(key string, args ...any) error { return &refusal{say(key, args...)} }

// asked is what a reviewer wants of one submission.
type asked struct {
	set    fields         // only what differs from what was shown
	status gallery.Status // "" = as it is
	move   string         // name of a medium to be moved
	by     int            // -1 = up, 1 = down

	who   string
	today time.Time
}

// changes returns what of a file is to be changed, in order. No changes mean that
// it says so already.
func (d document) changes(s *gallery.Submission, a asked) ([]amend.Change, error) {
	var list []amend.Change
	set := func(path string, value any) { list = append(list, amend.Change{Path: path, Value: value}) }
	text := func(path, value string) {
		if value = strict.Line(value); value != "" {
			set(path, value)
		} else {
			set(path, nil)
		}
	}
	for _, key := range [...]string{fieldTitle, fieldCaption, fieldNote, fieldThanks} {
		if value, ok := a.set[key]; ok {
			text(key, value)
		}
	}
	if value, ok := a.set[fieldTags]; ok {
		if tags := tagsOf(value); len(tags) > 0 {
			set("tags", tags)
		} else {
			set("tags", nil)
		}
	}
	ofMedia, err := d.mediaChanges(s, a)
	if err != nil {
		return nil, err
	}
	list = append(list, ofMedia...)
	ofAwards, err := d.awardChanges(a.set)
	if err != nil {
		return nil, err
	}
	list = append(list, ofAwards...)
	if what := strict.Line(a.set[fieldEdit+"what"]); what != "" {
		at := "edit." + strconv.Itoa(d.edits) + "."
		set(at+"what", what)
		if by := strict.Line(cmp.Or(a.set[fieldEdit+"by"], a.who)); by != "" {
			set(at+"by", by)
		}
		set(at+"date", amend.Date{Time: a.today})
		set(at+"agreed", a.set[fieldEdit+"agreed"] != "")
	}
	if a.status != "" && a.status != s.Status {
		if (a.status == gallery.Approved || a.status == gallery.Featured) && len(s.Authors) == 0 {
			return nil, refuse("refused.author")
		}
		set("status", string(a.status))
		if who := strict.Line(a.who); who != "" {
			set("review.by", who)
		} else if s.Reviewed.By != "" {
			set("review.by", nil) // it was somebody else's decision
		}
		set("review.on", amend.Date{Time: a.today})
	}
	return list, nil
}

// awardChanges sets what is said of awards. The one behind the last is new; one
// that says nothing any more goes.
func (d document) awardChanges(set fields) ([]amend.Change, error) {
	var list []amend.Change
	for i := d.awards; i >= 0; i-- { // from the last, so that numbers hold when one goes
		at := fieldAward + strconv.Itoa(i) + "."
		title, hasTitle := set[at+"title"]
		rank, hasRank := set[at+"rank"]
		final, hasFinal := set[at+"finalist"]
		path := "award." + strconv.Itoa(i)
		if set[at+"gone"] != "" {
			if i < d.awards {
				list = append(list, amend.Change{Path: path})
			}
			continue
		}
		if i == d.awards && title == "" && rank == "" && final == "" {
			continue
		}
		if hasTitle {
			list = append(list, amend.Change{Path: path + ".title", Value: orNil(strict.Line(title))})
		}
		if hasRank {
			var value any
			if rank = strings.TrimSpace(rank); rank != "" {
				n, err := strconv.Atoi(rank)
				if err != nil || n < 1 || n > 100_000 {
					return nil, refuse("refused.rank", rank)
				}
				value = n
			}
			list = append(list, amend.Change{Path: path + ".rank", Value: value})
		}
		if hasFinal {
			var value any
			if final != "" {
				value = true
			}
			list = append(list, amend.Change{Path: path + ".finalist", Value: value})
		}
	}
	return list, nil
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// described is a medium with what is said of it.
type described struct {
	name         string
	link         bool
	alt, caption string
	focus        *gallery.Point
	crop         *gallery.Crop
	poster       string
	first        bool // it was the first one
}

// mediaChanges sets what is said of media and their order. What is said of the
// first stands above all tables where it stood there; another one is listed, and
// with it all before it, since what is listed comes first. So is a crop, unless
// there is but one picture: it must stay with its own.
func (d document) mediaChanges(s *gallery.Submission, a asked) ([]amend.Change, error) {
	now, err := d.described(s, a)
	if err != nil {
		return nil, err
	}
	order := now
	if a.move != "" {
		if order, err = moved(s, d.pinned, now, a.move, a.by); err != nil {
			return nil, err
		}
	}
	if len(order) == 0 {
		return nil, nil
	}
	var list []amend.Change
	set := func(path string, value any) { list = append(list, amend.Change{Path: path, Value: value}) }
	stays := order[0].first
	above := func(key string) bool { // what is said of the first stands above all tables
		return stays && (len(d.entries) == 0 || !d.says(0, key)) && (key != "crop" || len(order) == 1)
	}
	if stays {
		if above("alt") {
			set("alt", orNil(order[0].alt))
		}
		if above("focus") {
			set("focus", pointOrNil(order[0].focus))
		}
		if above("crop") {
			set("crop", cropOrNil(order[0].crop))
		}
	} else {
		set("alt", nil)
		set("focus", nil)
	}
	for i := range d.listed(now, order, above) {
		m, path := order[i], "media."+strconv.Itoa(i)
		var was listed
		if i < len(d.entries) {
			was = d.entries[i]
		}
		put := func(key string, old, value any) {
			if old != value {
				set(path+"."+key, value)
			}
		}
		file, address := m.name, ""
		if m.link {
			file, address = "", m.name
		}
		put("file", orNil(was.file), orNil(file))
		put("link", orNil(was.link), orNil(address))
		put("poster", orNil(was.poster), orNil(m.poster))
		if i > 0 || !above("alt") {
			put("alt", orNil(was.alt), orNil(m.alt))
		}
		put("caption", orNil(was.caption), orNil(m.caption))
		if (i > 0 || !above("focus")) && !samePoint(was.focus, m.focus) {
			set(path+".focus", pointOrNil(m.focus))
		}
		if (i > 0 || !above("crop")) && !sameCrop(was.crop, m.crop) {
			set(path+".crop", cropOrNil(m.crop))
		}
	}
	return list, nil
}

// says tells whether an entry of [[media]] has a key of its own.
func (d document) says(i int, key string) bool {
	switch {
	case i >= len(d.entries):
		return false
	case key == "alt":
		return d.entries[i].alt != ""
	case key == "crop":
		return d.entries[i].crop != nil
	}
	return d.entries[i].focus != nil
}

// listed returns how many media must be listed.
func (d document) listed(now, order []described, above func(string) bool) int {
	n := len(d.entries)
	for i, m := range order {
		own := m.caption != "" || i > 0 && (m.alt != "" || m.focus != nil || m.crop != nil) ||
			i == 0 && (m.alt != "" && !above("alt") || m.focus != nil && !above("focus") || m.crop != nil && !above("crop"))
		if own || m.name != now[i].name {
			n = max(n, i+1)
		}
	}
	return n
}

// described returns a submission's media as they are to be described, in the
// order they have.
func (d document) described(s *gallery.Submission, a asked) ([]described, error) {
	posters := map[string]string{}
	for _, e := range d.entries {
		posters[e.name()] = e.poster
	}
	list := make([]described, len(s.Media))
	for i, m := range s.Media {
		x := described{name: m.Name(), link: m.Link != "", alt: m.Text.Alt, caption: m.Text.Caption, focus: m.Focus, crop: m.Crop, poster: posters[m.Name()], first: i == 0}
		if alt, ok := a.set[fieldAlt+x.name]; ok {
			x.alt = strict.Line(alt)
		}
		if caption, ok := a.set[fieldWords+x.name]; ok {
			x.caption = strict.Line(caption)
		}
		if text, ok := a.set[fieldFocus+x.name]; ok {
			p, ok := parseFocus(text)
			if !ok {
				return nil, refuse("refused.focus", text)
			}
			x.focus = p
		}
		if text, ok := a.set[fieldCrop+x.name]; ok && mediumOf(m) == picture {
			if x.crop, ok = parseCrop(text); !ok {
				return nil, refuse("refused.crop", text)
			}
		}
		list[i] = x
	}
	return list, nil
}

// moved returns the media with one of them a place further up or down. What is
// said elsewhere of the first one, without naming it, keeps it there: in a
// translation, or, where it is pinned, of a product.
func moved(s *gallery.Submission, pinned bool, list []described, name string, by int) ([]described, error) {
	i := slices.IndexFunc(list, func(x described) bool { return x.name == name })
	to := i + by
	if i < 0 || to < 0 || to >= len(list) {
		return list, nil
	}
	if i == 0 || to == 0 {
		for lang, t := range s.In {
			if t.Alt != "" && t.Media[list[0].name].Alt == t.Alt {
				return nil, refuse("refused.order.translation", "submission."+lang+".md")
			}
		}
		if pinned {
			return nil, refuse("refused.order.product")
		}
	}
	list = slices.Clone(list)
	list[i], list[to] = list[to], list[i]
	return list, nil
}

func pointOrNil(p *gallery.Point) any {
	if p == nil {
		return nil
	}
	return []float64{p.X, p.Y}
}

func samePoint(was []float64, p *gallery.Point) bool {
	if p == nil {
		return was == nil
	}
	return slices.Equal(was, []float64{p.X, p.Y})
}

// sentence returns an error as the reviewer is told of it.
func sentence(err error) string {
	var r *refusal
	var not *amend.Error
	switch {
	case errors.As(err, &r):
		return r.text
	case errors.As(err, &not):
		return fmt.Sprintf("%s: %s; %s", not.Pos, not.Text, not.Hint)
	}
	return err.Error()
}
