package source

import (
	"io/fs"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// Watermark reads the table [watermark] of site.toml or gallery.md, nil where
// there is none.
func Watermark(t *strict.Table) *gallery.Watermark {
	w := t.Table("watermark")
	if w == nil {
		return nil
	}
	mark := &gallery.Watermark{
		Pos: w.At(), Off: w.Bool("off"), File: w.Line("file"), Corner: w.OneOf("corner", gallery.WatermarkCorners),
		Size: w.Float("size"), Opacity: w.Float("opacity"),
	}
	if mark.File != "" && !fs.ValidPath(mark.File) {
		w.Errorf("file", `write it from the site's folder, such as "assets/logo.png"`, "%q is not a file of the site", mark.File)
		mark.File, mark.Off = "", true
	}
	if w.Has("size") && !(mark.Size > 0 && mark.Size <= 1) {
		w.Errorf("size", "write a part of the picture's shorter edge, such as 0.15", "a watermark of the size %g", mark.Size)
		mark.Size = 0
	}
	if w.Has("opacity") && !(mark.Opacity > 0 && mark.Opacity <= 1) {
		w.Errorf("opacity", "write a part of 1, such as 0.8", "a watermark of the opacity %g", mark.Opacity)
		mark.Opacity = 0
	}
	return mark
}
