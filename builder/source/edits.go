package source

import (
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// edits reads what the brand changed.
func (r *reader) edits(f *folder, t *strict.Table) {
	for _, e := range t.Tables("edit") {
		f.piece.Edits = append(f.piece.Edits, gallery.Edit{
			Pos: e.At(), What: e.Line("what"), By: e.Line("by"), Date: r.past(f, e, "date"), Agreed: e.Bool("agreed")})
		if empty(e, "what") {
			e.Errorf("what", "add "+e.Example("what", `"logo added"`), "an edit that does not say what was done")
		}
	}
}

// translateEdits adds the words of a piece's edits in another language.
func translateEdits(t *strict.Table, b *gallery.BrandText, count int) *gallery.BrandText {
	for i, e := range sameOrder(t, "edit", count) {
		what := e.Line("what")
		untranslated(e, "by", "date", "agreed")
		if what != "" {
			b = spoken(b)
			b.Edits = withText(b.Edits, i, what)
		}
	}
	return b
}

// awards reads what a piece was given.
func awards(s *gallery.Submission, t *strict.Table) {
	for _, a := range t.Tables("award") {
		w := gallery.Award{
			Pos: a.At(), Title: a.Line("title"), Category: a.Line("category"), By: a.Line("by"), Reason: a.String("reason"),
			Rank: a.Int("rank"), Tie: a.Bool("tie"), Finalist: a.Bool("finalist")}
		switch {
		case w.Rank < 0 || w.Rank > maxRank:
			a.Errorf("rank", "1 is the first; leave rank out where there is none", "%d cannot be a rank", w.Rank)
			w.Rank = 0
		case w.Rank > 0 && w.Finalist:
			a.Warnf("finalist", "keep one of the two: who has a rank was a finalist anyway", "an award with a rank that is a finalist's too")
			w.Finalist = false
		case w.Tie && w.Rank == 0:
			a.Warnf("tie", "say which rank is shared, as "+a.Example("rank", "1"), "a tie without a rank")
			w.Tie = false
		}
		if w.Title == "" && !a.Has("rank") && !w.Finalist {
			a.Errorf("title", "add "+a.Example("rank", "1")+", "+a.Example("finalist", "true")+" or "+a.Example("title", `"Warmest morning"`), "an award that does not say what it is")
		}
		s.Awards = append(s.Awards, w)
	}
}

// maxRank is the last rank there can be: contests have no more entries.
const maxRank = 100_000

// translateAwards adds the words of a piece's awards in another language.
func translateAwards(t *strict.Table, b *gallery.BrandText, count int) *gallery.BrandText {
	for i, a := range sameOrder(t, "award", count) {
		text := gallery.AwardText{Title: a.Line("title"), Reason: a.String("reason")}
		untranslated(a, "category", "by", "rank", "tie", "finalist")
		if text != (gallery.AwardText{}) {
			b = spoken(b)
			b.Awards = slices.Grow(b.Awards, 1)
			for len(b.Awards) <= i {
				b.Awards = append(b.Awards, gallery.AwardText{})
			}
			b.Awards[i] = text
		}
	}
	return b
}

// spoken returns what b is, or a new one for nil: few translations have any.
func spoken(b *gallery.BrandText) *gallery.BrandText {
	if b == nil {
		b = &gallery.BrandText{}
	}
	return b
}

// withText returns texts with the ith one set.
func withText(texts []string, i int, text string) []string {
	for len(texts) <= i {
		texts = append(texts, "")
	}
	texts[i] = text
	return texts
}

// sameOrder returns the tables under a key of a translation, of which each says
// the words of the original's at the same place, of so many.
func sameOrder(t *strict.Table, key string, count int) []*strict.Table {
	list := t.Tables(key)
	if len(list) > count {
		t.Errorf(key, "list the same ones in the same order", "more of %q than in the original", key)
		for _, x := range list[count:] {
			x.Allow(x.Keys()...)
		}
		list = list[:count]
	}
	return list
}

// untranslated reports keys in a translation that count for all languages.
func untranslated(t *strict.Table, keys ...string) {
	for _, key := range keys {
		if t.Has(key) {
			t.Errorf(key, "take it out: it counts for all languages", "%q is not translated", t.Name(key))
			t.Allow(key)
		}
	}
}
