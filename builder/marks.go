package builder

import (
	"cmp"
	"context"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// watermarkEdit stands for the words of the edit that a watermark is.
const watermarkEdit = "\x00watermark"

// cropEdit stands for the words of the edit that a crop is. It is told beside those
// that are recorded: nobody can know whether their words tell it.
const cropEdit = "\x00crop"

// Where a watermark stands unless told otherwise.
const (
	markCorner  = "bottom-right"
	markSize    = 0.15
	markOpacity = 0.8
)

// watermark returns what is laid on a gallery's pictures, with everything
// said; without a file, nothing is.
func (ps *pictures) watermark(g *plannedGallery) gallery.Watermark {
	var w, site gallery.Watermark
	if g.Watermark != nil {
		w = *g.Watermark
	}
	if ps.cfg.Watermark != nil {
		site = *ps.cfg.Watermark
	}
	if w.Off || site.Off && g.Watermark == nil {
		return gallery.Watermark{}
	}
	return gallery.Watermark{
		Pos: cmp.Or(w.Pos, site.Pos), File: cmp.Or(w.File, site.File), Corner: cmp.Or(w.Corner, site.Corner, markCorner),
		Size: cmp.Or(w.Size, site.Size, markSize), Opacity: cmp.Or(w.Opacity, site.Opacity, markOpacity),
	}
}

// readMarks reads the logos that galleries name, and tells of pieces that go
// without, because their authors did not agree to changes.
func (ps *pictures) readMarks(ctx context.Context, m *model, probs *problem.List) error {
	nameless := map[problem.Pos]bool{}
	for _, g := range m.galleries {
		w := ps.watermark(g)
		if w.File == "" {
			if w.Pos != (problem.Pos{}) && !nameless[w.Pos] {
				nameless[w.Pos] = true
				probs.Warnf(w.Pos, `add a line such as file = "assets/logo.png", or take the table out`, "a watermark without a file, so there is none")
			}
			continue
		}
		if _, ok := ps.marks[w]; !ok {
			mark, fault, err := ps.studio.Mark(ctx, w.File, media.Corner(w.Corner), w.Size, w.Opacity)
			if err != nil {
				return err
			}
			if fault != nil {
				probs.Errorf(w.Pos, "put a picture there, best a PNG with a transparent ground", "the watermark %q %s", w.File, fault.Text)
			}
			ps.marks[w] = mark
		}
		without := 0
		for _, p := range g.pieces {
			if len(p.pictures) > 0 && !mayBeChanged(p) {
				without++
			}
		}
		if without > 0 {
			probs.Notef(g.Pos, `where an author agreed to changes, add "retouch" to scope below [grant]`,
				"%d of %d pieces go without the watermark, because their permission does not cover changes", without, len(g.pieces))
		}
	}
	return nil
}

func mayBeChanged(p *piece) bool { return slices.Contains(p.Scope, "retouch") }

// agreedTo says whether the author agreed to a change that is recorded.
func agreedTo(p *piece) bool {
	return slices.ContainsFunc(p.Edits, func(e gallery.Edit) bool { return e.Agreed })
}

// markOf returns what is laid on a piece's pictures, nil for nothing.
func (ps *pictures) markOf(p *piece) *media.Mark {
	if w := ps.watermark(p.gallery); w.File != "" && mayBeChanged(p) {
		return ps.marks[w]
	}
	return nil
}

// note returns, as XMP, what a piece's pictures say of themselves wherever they
// go. A draft's pictures go nowhere.
func (l *locale) note(p *piece) []byte {
	if p.Draft {
		return nil
	}
	n := &media.Note{
		Credit: isolates.Replace(l.credit(p)), Copyright: isolates.Replace(l.copyright(p)), Terms: l.abs(p.path) + "#rights",
		License: gallery.Licenses[p.License], LicensorURL: p.Acquire, SourceType: p.Source, Lang: l.tag,
	}
	for _, a := range l.authors(p) {
		if a.Name != "" {
			n.Creators = append(n.Creators, a.Name)
		}
	}
	return n.XMP()
}
