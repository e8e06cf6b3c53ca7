package builder

import "gallerist/builder/gallery"

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
