package builder

import (
	"context"
	"slices"

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

// compare tells of files in one gallery that are the same and of pictures that
// look alike, pending ones too, and of those that would not be shown.
func (ps *pictures) compare(ctx context.Context, content *gallery.Site, progress func(done, total int), probs *problem.List) error {
	lists := make([][]compared, len(content.Galleries))
	total := 0
	for i, g := range content.Galleries {
		var err error
		if lists[i], err = ps.comparable(ctx, content.Tombstones(), g, probs); err != nil {
			return err
		}
		ps.tellSizes(lists[i], probs)
		total += len(lists[i])
	}
	before := 0
	for _, list := range lists {
		step := func(done, _ int) {
			if progress != nil {
				progress(before+done, total)
			}
		}
		if err := ps.compareIn(ctx, list, step, probs); err != nil {
			return err
		}
		before += len(list)
	}
	return nil
}

// compareIn compares what is in one gallery.
func (ps *pictures) compareIn(ctx context.Context, all []compared, progress func(done, total int), probs *problem.List) error {
	told := ps.tellSame(all, probs)
	list := slices.DeleteFunc(slices.Clone(all), func(c compared) bool { return c.info.IsClip() })
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
	for _, pair := range media.Alike(sources) {
		ps.note(list[pair[0]], list[pair[1]])
		tellAlike(list[pair[0]], list[pair[1]], told, probs)
	}
	return nil
}

// comparable lists the pictures, films and recordings of a gallery, in the
// order of its submissions.
func (ps *pictures) comparable(ctx context.Context, gone *gallery.Tombstones, g *gallery.Gallery, probs *problem.List) ([]compared, error) {
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
			if fault != nil {
				c.broken(fault, probs)
				continue
			}
			if t := gone.Original(info.Hash); t != nil {
				if s.Status == gallery.Pending {
					probs.Warnf(problem.Pos{File: m.Path}, sentAgainHint(t), "this file was withdrawn as %q; %q cannot be published as it is", t.ID, s.ID)
				}
				continue
			}
			list = append(list, c)
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

// note keeps which submissions look alike, for those who look at them.
func (ps *pictures) note(a, b compared) {
	if a.submission != b.submission {
		ps.alike = append(ps.alike, [2]string{a.submission.ID, b.submission.ID})
	}
}

// tellSame tells of files that are one, each of them once, and returns the
// paths of those it named.
func (ps *pictures) tellSame(list []compared, probs *problem.List) map[string]bool {
	told := map[string]bool{}
	first, own := map[string]compared{}, map[string]compared{}
	for _, c := range list {
		key := c.submission.ID + "/" + c.info.Hash
		hint := "delete one of the two"
		other, ok := own[key]
		if !ok {
			own[key] = c
			hint = "decline one of the two, or ask who made it"
			other, ok = first[c.info.Hash]
		}
		if !ok {
			first[c.info.Hash] = c
			continue
		}
		told[c.file.Path] = true
		ps.note(other, c)
		probs.Warnf(problem.Pos{File: c.file.Path}, hint, "the same %s as %s", c.noun(), other.file.Path)
	}
	return told
}

func (c compared) noun() string {
	switch {
	case !c.info.IsClip():
		return "picture"
	case c.info.Clip.Sound:
		return "recording"
	}
	return "film"
}

// tellAlike names each picture once, however many it looks like. It leaves out
// what has been told, and pictures of one submission, which may well be alike.
func tellAlike(a, b compared, told map[string]bool, probs *problem.List) {
	if a.submission != b.submission && !told[a.file.Path] && !told[b.file.Path] {
		told[b.file.Path] = true
		probs.Notef(problem.Pos{File: b.file.Path}, "look at the two side by side", "looks like %s", a.file.Path)
	}
}
