package media

import "gallerist/builder/media/note"

// Note is what a published picture says of itself; its XMP goes into Look.
type Note = note.Note

// Look is what is done to a picture besides cutting and scaling it.
type Look struct {
	Focus *Point // stays in the picture where its shape is cropped; nil = the middle
	Mark  *Mark  // the owner's logo, laid on top; nil = none
	Note  []byte // XMP, written into JPEG and WebP; nil = none
}

// Plan returns the renditions of a picture by the name of their recipe: in
// each format by format, best first, and in each format by width. Two
// renditions with one path are one file; so the same size asked for by two
// recipes is made once. A recipe that Check refuses gives none.
//
// A JPEG is decoded at the smallest scale that suffices for all that is
// planned of it here. The scale is part of each path, for it changes pixels.
func (s *Studio) Plan(recipes []Recipe, info *Info, look Look) map[string][]Rendition {
	plan := make(map[string][]Rendition, len(recipes))
	largest := 1
	for _, r := range recipes {
		list := r.plan(info, look)
		for i := range list {
			largest = max(largest, list[i].wholeEdge(info.whole()))
		}
		plan[r.Name] = list
	}
	scale, whole := 1, info.whole()
	if info.Format == "jpeg" {
		scale = scaleFor(whole.Width, whole.Height, largest)
		for scale < 8 && info.weight(scale) > maxWeight {
			scale *= 2
		}
	}
	ground := s.groundOf(info)
	for _, list := range plan {
		for i := range list {
			list[i].name(info, scale, ground)
		}
	}
	return plan
}

// groundOf returns what is laid under a picture, as bytes; nothing where it has
// no transparent places. Colours that are converted are laid on another ground,
// so that it comes out as the ground.
func (s *Studio) groundOf(info *Info) string {
	switch {
	case !info.Alpha:
		return ""
	case info.Profile != "" && !info.Odd:
		return string(s.opt.Ground[:]) + " 2"
	}
	return string(s.opt.Ground[:])
}

// wholeEdge returns how long the longer edge of the whole picture would be at
// the scale of the rendition.
func (r *Rendition) wholeEdge(info *Info) int {
	edge := max(info.Width, info.Height)
	return max((edge*r.Width+r.crop.W-1)/r.crop.W, (edge*r.Height+r.crop.H-1)/r.crop.H)
}
