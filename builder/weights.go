package builder

import (
	"fmt"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// Sizes that are worth a word.
const (
	heavySubmission = 50 << 20  // bytes of all files together
	heavyFile       = 100 << 20 // bytes; GitHub and GitLab.com take no larger file (docs.github.com, "About large files on GitHub")
	maxSoft         = 10        // small pictures of a gallery that are told one by one
)

// tellSizes tells of pictures that will look soft and of submissions that weigh
// far more than they need to, in one gallery. Soft is what has less than two
// fifths of the pixels, along its longer side, that the theme's widest rendition
// wants: what messengers make of photos (1280 and more) is still good.
func (ps *pictures) tellSizes(all []compared, probs *problem.List) {
	widest := 0
	for _, r := range ps.recipes {
		for _, w := range r.Widths {
			widest = max(widest, w)
		}
	}
	var soft []compared
	for _, c := range all {
		if long := max(c.info.Width, c.info.Height); !c.info.IsClip() && long*5 < widest*2 {
			soft = append(soft, c)
		}
	}
	for i, c := range soft {
		hint := fmt.Sprintf("pages show pictures up to %d wide: ask for the original, messengers make pictures small", widest)
		size := fmt.Sprintf("%d × %d pixels", c.info.Width, c.info.Height)
		if i == maxSoft-1 && len(soft) > maxSoft {
			probs.Notef(problem.Pos{File: c.file.Path}, hint, "%s will look soft on large screens; so will %s more of this gallery", size, counted(len(soft)-maxSoft, "picture"))
			break
		}
		probs.Notef(problem.Pos{File: c.file.Path}, hint, "%s will look soft on large screens", size)
	}
	heavy(all, probs)
}

// heavy tells of files and submissions that repositories suffer from.
func heavy(all []compared, probs *problem.List) {
	sum := map[*gallery.Submission]int64{}
	for _, c := range all {
		if sum[c.submission] += c.info.Size; c.info.Size > heavyFile {
			probs.Notef(problem.Pos{File: c.file.Path}, "if git keeps this site: put it on a film host and link it, keep it with Git LFS, or save it smaller", "a file of %d MB, which hosts of git repositories refuse: they take up to 100 MB", c.info.Size>>20)
			sum[c.submission] -= c.info.Size
		}
	}
	for _, c := range all {
		if n := sum[c.submission]; n > heavySubmission {
			sum[c.submission] = 0
			probs.Notef(c.submission.Pos, "if git keeps this site: everybody who works on it loads this, for ever; save films smaller, or link them", "the files of this submission weigh %d MB together", n>>20)
		}
	}
}
