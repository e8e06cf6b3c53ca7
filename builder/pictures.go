package builder

import (
	"cmp"
	"context"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

// picture is one medium of a published piece with its renditions. Their
// addresses and sizes follow from the file's header alone, so that pages are
// planned before a picture is made.
type picture struct {
	media      gallery.Media
	info       *media.Info
	renditions map[string][]media.Rendition // by the name in theme.toml
	color      string                       // known once the renditions are made
}

// pictures is all pictures of a site.
type pictures struct {
	studio  *media.Studio
	recipes []media.Recipe // by name
	list    []*picture
	sizes   map[string]int64 // of made renditions, by path
	files   []media.File
}

func newPictures(fsys fs.FS, store media.Store, t *theme.Theme) *pictures {
	ps := &pictures{studio: media.New(fsys, store, media.Limits{}), sizes: map[string]int64{}}
	for name, r := range t.Renditions {
		recipe := media.Recipe{Name: name, Widths: r.Widths, Ratio: r.Ratio, Size: r.Size}
		if len(r.Clamp) == 2 {
			recipe.Clamp = [2]float64(r.Clamp)
		}
		ps.recipes = append(ps.recipes, recipe)
	}
	slices.SortFunc(ps.recipes, func(a, b media.Recipe) int { return cmp.Compare(a.Name, b.Name) })
	return ps
}

// probe reads the headers of all pieces' media and plans their renditions. A
// piece with a medium that cannot be shown is left out whole.
func (ps *pictures) probe(ctx context.Context, m *model, probs *problem.List) error {
	var mu sync.Mutex
	broken := map[*piece]bool{}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0) * 2)
	for _, p := range m.pieces {
		if len(p.Media) == 0 {
			continue
		}
		group.Go(func() error {
			faults, err := ps.probePiece(ctx, p)
			if len(faults) > 0 {
				mu.Lock()
				defer mu.Unlock()
				broken[p] = true
				*probs = append(*probs, faults...)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	m.drop(broken)
	ps.collect(m)
	return nil
}

// collect lists the pictures of the pieces that are published.
func (ps *pictures) collect(m *model) {
	ps.list = nil
	for _, p := range m.pieces {
		ps.list = append(ps.list, p.pictures...)
	}
}

func (ps *pictures) probePiece(ctx context.Context, p *piece) (problem.List, error) {
	var faults problem.List
	for i, file := range p.Media {
		info, fault, err := ps.studio.Probe(ctx, file.Path)
		if err != nil {
			return nil, err
		}
		if fault != nil {
			faults.Errorf(problem.Pos{File: file.Path}, fault.Hint, "%s; %q is left out", fault.Text, p.ID)
			continue
		}
		pic := &picture{media: file, info: info, renditions: map[string][]media.Rendition{}}
		for _, r := range ps.recipes {
			if i == 0 || r.Name == renditionPlate { // lists show a piece's first picture only
				pic.renditions[r.Name] = r.Plan(info, pic.focus(p, i))
			}
		}
		p.pictures = append(p.pictures, pic)
	}
	return faults, nil
}

// focus returns the point of the picture that crops must keep.
func (pic *picture) focus(p *piece, i int) *media.Point {
	f := pic.media.Focus
	if f == nil && i == 0 {
		f = p.Focus
	}
	if f == nil {
		return nil
	}
	return &media.Point{X: f.X, Y: f.Y}
}

// make makes what the cache does not hold. A picture that turns out to be
// broken takes its piece out, so make runs before anything is joined.
func (ps *pictures) make(ctx context.Context, m *model, progress func(done, total int), probs *problem.List) error {
	jobs := make([]media.Job, 0, len(ps.list))
	for _, pic := range ps.list {
		job := media.Job{Info: pic.info}
		for _, r := range ps.recipes {
			job.Renditions = append(job.Renditions, pic.renditions[r.Name]...)
		}
		jobs = append(jobs, job)
	}
	results, err := ps.studio.Make(ctx, jobs, progress)
	if err != nil {
		return err
	}
	broken := map[*picture]bool{}
	for i, src := range results.Sources {
		ps.list[i].color = src.Color
		if src.Fault != nil {
			broken[ps.list[i]] = true
			probs.Errorf(problem.Pos{File: ps.list[i].media.Path}, src.Fault.Hint, "%s", src.Fault.Text)
		}
	}
	ps.files = results.Files
	for _, f := range results.Files {
		ps.sizes[f.Path] = f.Size
	}
	if len(broken) == 0 {
		return nil
	}
	out := map[*piece]bool{}
	for _, p := range m.pieces {
		out[p] = slices.ContainsFunc(p.pictures, func(pic *picture) bool { return broken[pic] })
	}
	m.drop(out)
	ps.collect(m)
	wanted := ps.wanted()
	ps.files = slices.DeleteFunc(ps.files, func(f media.File) bool { return !wanted[f.Path] })
	return nil
}

// wanted returns the paths of all renditions of the pictures in the list.
func (ps *pictures) wanted() map[string]bool {
	paths := map[string]bool{}
	for _, pic := range ps.list {
		for _, list := range pic.renditions {
			for _, r := range list {
				paths[r.Path] = true
			}
		}
	}
	return paths
}

// planned lists every rendition once, by its source and address.
func (ps *pictures) planned(base string) []Picture {
	var list []Picture
	seen := map[string]bool{}
	for _, pic := range ps.list {
		for _, recipe := range ps.recipes {
			for _, r := range pic.renditions[recipe.Name] {
				if !seen[r.Path] {
					seen[r.Path] = true
					list = append(list, Picture{base + r.Path, r.Type, r.Width, r.Height, pic.info.Path})
				}
			}
		}
	}
	return list
}

// largest returns the widest JPEG of a rendition, nil where there is none.
func (l *locale) largest(pic *picture, rendition string) *media.Rendition {
	var best *media.Rendition
	for i, r := range pic.renditions[rendition] {
		if r.Type == media.TypeJPEG && (best == nil || r.Width > best.Width) {
			best = &pic.renditions[rendition][i]
		}
	}
	return best
}

// picture returns a piece's i-th picture in one of the theme's renditions.
func (l *locale) picture(p *piece, i int, rendition string) *theme.Picture {
	pic := p.pictures[i]
	out := &theme.Picture{Alt: l.alt(p, i), Lang: l.langAttr(l.altLang(p, i))}
	for _, r := range pic.renditions[rendition] {
		if r.Type == media.TypeJPEG {
			out.Srcset = addSize(out.Srcset, l.file(r.Path), r.Width)
			if r.Width > out.Width {
				out.Src, out.Width, out.Height = l.file(r.Path), r.Width, r.Height
			}
			continue
		}
		if n := len(out.Sources); n == 0 || out.Sources[n-1].Type != r.Type {
			out.Sources = append(out.Sources, theme.Source{Type: r.Type})
		}
		s := &out.Sources[len(out.Sources)-1]
		s.Srcset = addSize(s.Srcset, l.file(r.Path), r.Width)
	}
	if out.Height > 0 {
		out.Sizes = l.theme.Sizes(rendition, float64(out.Width)/float64(out.Height))
	}
	return out
}

// addSize adds a candidate to a srcset.
func addSize(srcset, href string, width int) string {
	if srcset != "" {
		srcset += ", "
	}
	return srcset + href + " " + strconv.Itoa(width) + "w"
}

// feedRendition returns the JPEG that feeds link: the smallest that is at
// least 1200 pixels wide or, where all are narrower, the widest.
func (l *locale) feedRendition(pic *picture) *media.Rendition {
	best := l.largest(pic, renditionPlate)
	for i, r := range pic.renditions[renditionPlate] {
		if r.Type == media.TypeJPEG && r.Width >= 1200 && r.Width < best.Width {
			best = &pic.renditions[renditionPlate][i]
		}
	}
	return best
}
