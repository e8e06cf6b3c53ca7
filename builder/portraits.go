package builder

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// A portrait is a picture without a piece: of somebody whom a gallery.md names.
// It is made in the theme's rendition "portrait" alone and carries no note: whom
// it shows its page says.

// named lists everybody whom the gallery.md itself names: a team, a jury.
func (g *plannedGallery) named() []gallery.Member {
	var list []gallery.Member
	if g.Collaboration != nil {
		list = append(list, g.Collaboration.Team...)
	}
	if g.Contest != nil {
		list = append(list, g.Contest.Jury...)
	}
	return list
}

// probePortraits reads the headers of all portraits. One that cannot be shown
// is left out.
func (ps *pictures) probePortraits(ctx context.Context, m *model, probs *problem.List) error {
	ps.portraits = map[string]*picture{}
	for _, g := range m.galleries {
		for _, each := range g.named() {
			if each.Portrait == nil || ps.portraits[each.Portrait.Path] != nil {
				continue
			}
			info, fault, err := ps.studio.Probe(ctx, each.Portrait.Path)
			if err != nil {
				return err
			}
			if fault != nil {
				tellPortrait(each.Portrait.Path, fault, probs)
				continue
			}
			if m.sentAgain(info.Path, info.Hash, "the portrait", probs) {
				continue
			}
			tell(info, probs)
			ps.portraits[each.Portrait.Path] = &picture{media: *each.Portrait, info: info}
		}
	}
	return nil
}

func tellPortrait(path string, fault *media.Fault, probs *problem.List) {
	probs.Errorf(problem.Pos{File: path}, fault.Hint, "%s; the portrait is left out", fault.Text)
}

// portraitsInOrder lists the portraits by their files.
func (ps *pictures) portraitsInOrder() []*picture {
	list := make([]*picture, 0, len(ps.portraits))
	for _, path := range slices.Sorted(maps.Keys(ps.portraits)) {
		list = append(list, ps.portraits[path])
	}
	return list
}

// planPortraits decides what is made of each.
func (ps *pictures) planPortraits() {
	for _, pic := range ps.portraits {
		look := media.Look{Focus: &media.Point{X: 0.5, Y: 0.4}} // faces stand above the middle
		if f := pic.media.Focus; f != nil {
			*look.Focus = media.Point{X: f.X, Y: f.Y}
		}
		pic.renditions = ps.studio.Plan(ps.ofPortraits, pic.info, look)
	}
}

// dropPortraits takes out those that turned out to be broken.
func (ps *pictures) dropPortraits(broken map[*picture]*media.Fault, probs *problem.List) {
	for path, pic := range ps.portraits {
		if fault := broken[pic]; fault != nil {
			tellPortrait(path, fault, probs)
			delete(ps.portraits, path)
		}
	}
}

// portraits names what pages show of portraits.
func (k *keys) portraits(s *sumOf) {
	for _, pic := range k.l.m.pictures.portraitsInOrder() {
		s.text(pic.media.Path)
		k.addPicture(s, pic)
	}
}

// contributorBy returns the contributor with an id of their own, nil where
// nobody published has it.
func (m *model) contributorBy(id string) *contributor {
	at, found := slices.BinarySearchFunc(m.contributors, id, func(c *contributor, id string) int { return cmp.Compare(c.Key, id) })
	if id == "" || !found {
		return nil
	}
	return m.contributors[at]
}
