package builder

import (
	"context"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// compared is a picture of a submission that may still be published.
type compared struct {
	submission *gallery.Submission
	file       gallery.Media
	info       *media.Info
}

// compare tells of pictures in one gallery that are the same or look alike,
// pending ones too, and of those that would not be shown.
func (ps *pictures) compare(ctx context.Context, content *gallery.Site, progress func(done, total int), probs *problem.List) error {
	for _, g := range content.Galleries {
		list, err := ps.comparable(ctx, g, probs)
		if err != nil {
			return err
		}
		infos := make([]*media.Info, len(list))
		for i, c := range list {
			infos[i] = c.info
		}
		sources, err := ps.studio.Look(ctx, infos, progress)
		if err != nil {
			return err
		}
		for i, src := range sources {
			if src.Fault != nil {
				list[i].broken(src.Fault, probs)
			}
		}
		tellSame(list, probs)
		for _, pair := range media.Alike(sources) {
			tellAlike(list[pair[0]], list[pair[1]], probs)
		}
	}
	return nil
}

// comparable lists the pictures of a gallery, in the order of its submissions.
func (ps *pictures) comparable(ctx context.Context, g *gallery.Gallery, probs *problem.List) ([]compared, error) {
	var list []compared
	for _, s := range g.Submissions {
		if s.Status == gallery.Declined || s.Status == gallery.Withdrawn {
			continue
		}
		for _, m := range s.Media {
			if m.Path == "" {
				continue
			}
			info, fault, err := ps.studio.Probe(ctx, m.Path)
			if err != nil {
				return nil, err
			}
			c := compared{s, m, info}
			switch {
			case fault != nil:
				c.broken(fault, probs)
			case !info.IsClip():
				list = append(list, c)
			}
		}
	}
	return list, nil
}

// broken tells of a picture that cannot be shown, where the build has not.
func (c compared) broken(fault *media.Fault, probs *problem.List) {
	if c.submission.Status == gallery.Pending {
		probs.Warnf(problem.Pos{File: c.file.Path}, fault.Hint, "%s; %q cannot be published as it is", fault.Text, c.submission.ID)
	}
}

func tellSame(list []compared, probs *problem.List) {
	first := map[string]compared{}
	for _, c := range list {
		if other, ok := first[c.info.Hash]; ok {
			probs.Warnf(problem.Pos{File: c.file.Path}, "decline one of the two, or ask who made it", "the same picture as %s", other.file.Path)
			continue
		}
		first[c.info.Hash] = c
	}
}

// tellAlike leaves out what tellSame has told, and pictures of one submission,
// which may well be alike.
func tellAlike(a, b compared, probs *problem.List) {
	if a.info.Hash != b.info.Hash && a.submission != b.submission {
		probs.Notef(problem.Pos{File: b.file.Path}, "look at the two side by side", "looks like %s", a.file.Path)
	}
}
