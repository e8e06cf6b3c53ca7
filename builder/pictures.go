package builder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"gallerist/builder/card"
	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

// picture is one medium of a published piece with its renditions; of a film
// or a recording those of its poster. Their addresses and sizes follow from
// the file's header alone, so that pages are planned before a picture is made.
type picture struct {
	media      gallery.Media
	info       *media.Info                  // of the picture or poster
	clip       *clip                        // nil for a picture
	renditions map[string][]media.Rendition // by the name in theme.toml
	color      string                       // known once the picture has been looked at
	note       []byte                       // what it says of itself wherever it goes, as XMP
	card       *card.Card                   // the piece's own share card in the site's language, without its picture
	master     string                       // the size of the picture on it
}

// pictures is all pictures, films and recordings of a site.
type pictures struct {
	fsys    fs.FS
	studio  *media.Studio
	cfg     *Config
	films   Films
	recipes []media.Recipe // by name
	drawn   bool           // share cards are drawn, not just cut
	list    []*picture

	ofPortraits []media.Recipe      // what the theme asks of portraits
	portraits   map[string]*picture // by their files
	sizes       map[string]int64    // of made renditions, by path
	files       []media.File
	clips       []clipFile
	marks       map[gallery.Watermark]*media.Mark
	cards       cards
	alike       [][2]string     // ids of submissions whose pictures are the same or look alike, once compared
	kept        map[string]bool // keys of the cache that renditions of films are kept under
}

func newPictures(fsys fs.FS, studio *media.Studio, opt Options, cfg *Config, t *theme.Theme, probs *problem.List) *pictures {
	studio.SetGround(t.Ground())
	ps := &pictures{
		fsys: fsys, studio: studio, cfg: cfg, films: opt.filmsFor(cfg, probs),
		sizes: map[string]int64{}, marks: map[gallery.Watermark]*media.Mark{}, cards: cards{}, kept: map[string]bool{},
	}
	for name, r := range t.Renditions {
		if name == renditionCard && (r.Draw != "" || !cfg.Media.Cards) {
			ps.drawn = cfg.Media.Cards
			continue
		}
		recipe := media.Recipe{Name: name, Widths: r.Widths, Ratio: r.Ratio, Size: r.Size}
		if len(r.Clamp) == 2 {
			recipe.Clamp = [2]float64(r.Clamp)
		}
		if cfg.Media.AVIF && r.Size == "" {
			recipe.Formats = []string{"avif", "webp", "jpeg"}
		}
		if name == renditionPortrait {
			ps.ofPortraits = []media.Recipe{recipe}
			continue
		}
		ps.recipes = append(ps.recipes, recipe)
	}
	slices.SortFunc(ps.recipes, func(a, b media.Recipe) int { return cmp.Compare(a.Name, b.Name) })
	return ps
}

// probe reads the headers of all pieces' media. A piece with a medium that
// cannot be shown is left out whole.
func (ps *pictures) probe(ctx context.Context, m *model, probs *problem.List) error {
	var mu sync.Mutex
	broken := map[*piece]bool{}
	group, inGroup := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0) * 2)
	for _, p := range m.pieces {
		if len(p.Media) == 0 {
			continue
		}
		group.Go(func() error {
			found, err := ps.probePiece(inGroup, m, p)
			if len(found) > 0 {
				mu.Lock()
				defer mu.Unlock()
				broken[p] = found.Count(problem.Error) > 0
				*probs = append(*probs, found...)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	m.drop(broken)
	for _, p := range m.pieces {
		p.Kind = kindOf(p)
	}
	return ps.probePortraits(ctx, m, probs)
}

func (ps *pictures) probePiece(ctx context.Context, m *model, p *piece) (problem.List, error) {
	var probs problem.List
	for _, file := range p.Media {
		if file.Link != "" {
			p.pictures = append(p.pictures, &picture{media: file, clip: &clip{link: file.Link}})
			continue
		}
		info, fault, err := ps.studio.Probe(ctx, file.Path)
		if err != nil {
			return nil, err
		}
		if fault != nil {
			probs.Errorf(problem.Pos{File: file.Path}, fault.Hint, "%s; %q is left out", fault.Text, p.ID)
			continue
		}
		if m.sentAgain(info.Path, info.Hash, strconv.Quote(p.ID), &probs) {
			continue
		}
		tell(info, &probs)
		pic := &picture{media: file, info: info}
		if c := file.Crop; c != nil {
			pic.info = info.Cut(media.Area{X: c.X, Y: c.Y, W: c.W, H: c.H})
		}
		if info.IsClip() {
			ps.tellPartly(info, &probs)
			pic.info, pic.clip = nil, &clip{info: info}
		}
		p.pictures = append(p.pictures, pic)
	}
	return probs, nil
}

// tell notes what a file carries that what is published of it does not.
func tell(info *media.Info, probs *problem.List) {
	pos := problem.Pos{File: info.Path}
	if info.Odd {
		probs.Warnf(pos, "export it as sRGB if its colours look dull", "its colour profile %q cannot be converted, so it is shown as if it had none", info.Profile)
	}
	if info.Animated {
		probs.Warnf(pos, "put it there as an MP4 film if it should move", "it moves, and only its first picture is shown")
	}
	if info.Signed {
		probs.Notef(pos, "keep the original; what is published of it cannot carry them", "it carries Content Credentials, which are not checked here")
	}
}

// tellPartly warns of a film or a recording that some browsers do not play.
func (ps *pictures) tellPartly(info *media.Info, probs *problem.List) {
	if info.Clip.Partly == "" || ps.converts(info) {
		return
	}
	hint := "export it as MP4 with H.264 and AAC"
	if info.Clip.Sound {
		hint = "export it as M4A or MP3"
	}
	probs.Warnf(problem.Pos{File: info.Path}, hint, "%s", info.Clip.Partly)
}

// tellPlaces notes that files say where they were taken, once for all of them:
// most phones write it.
func (ps *pictures) tellPlaces(m *model, probs *problem.List) {
	var files []string
	for _, p := range m.pieces {
		for _, pic := range p.pictures {
			for _, info := range []*media.Info{pic.info, pic.clipInfo()} {
				if info != nil && info.HasGPS {
					files = append(files, info.Path)
				}
			}
		}
	}
	for _, pic := range ps.portraits {
		if pic.info.HasGPS {
			files = append(files, pic.info.Path)
		}
	}
	if len(files) == 0 {
		return
	}
	text := "it says where it was taken"
	switch more := len(files) - 1; more {
	case 0:
	case 1:
		text += ", and so does 1 more file"
	default:
		text += fmt.Sprintf(", and so do %d more files", more)
	}
	probs.Notef(problem.Pos{File: slices.Min(files)}, "nothing to do: what is published does not say so", "%s", text)
}

// plan decides what is made of each picture.
func (ps *pictures) plan(ctx context.Context, m *model, locales []*locale, probs *problem.List) error {
	if err := ps.readMarks(ctx, m, probs); err != nil {
		return err
	}
	own := locales[0]
	for _, p := range m.pieces {
		mark := ps.markOf(p)
		if c := p.Cropped(); c != nil {
			p.Edits = append(slices.Clone(p.Edits), gallery.Edit{What: cropEdit, By: own.text.Title, Agreed: !mayBeChanged(p) && agreedTo(p)})
		}
		if mark != nil {
			p.Edits = append(slices.Clone(p.Edits), gallery.Edit{What: watermarkEdit, By: own.text.Title})
		}
		var xmp []byte
		if len(p.pictures) > 0 {
			xmp = own.note(p)
		}
		for i, pic := range p.pictures {
			pic.note = xmp
			if pic.clip != nil {
				if err := ps.planClip(ctx, own, p, pic, probs); err != nil {
					return err
				}
			}
			if pic.info == nil {
				continue
			}
			recipes := ps.recipes
			if i > 0 { // lists show a piece's first picture only
				recipes = slices.DeleteFunc(slices.Clone(recipes), func(r media.Recipe) bool { return r.Name != renditionPlate })
			} else if r, ok := ps.masterRecipe(locales, p, pic.info); ok && pic.shows() {
				recipes = append(slices.Clone(recipes), r)
			}
			pic.renditions = ps.studio.Plan(recipes, pic.info, media.Look{Focus: pic.focus(p, i), Mark: mark, Note: xmp})
		}
	}
	ps.planPortraits()
	ps.tellPlaces(m, probs)
	ps.collect(m)
	return nil
}

// collect lists the pictures and clips of the pieces that are published, and
// the portraits.
func (ps *pictures) collect(m *model) {
	ps.list, ps.clips = nil, nil
	for _, p := range m.pieces {
		for _, pic := range p.pictures {
			if pic.info != nil {
				ps.list = append(ps.list, pic)
			}
			if pic.clip != nil {
				ps.clips = append(append(ps.clips, pic.clip.files...), pic.clip.track...)
			}
		}
	}
	ps.list = append(ps.list, ps.portraitsInOrder()...)
}

// focus returns the point of the picture that must stay in every shape.
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

// jobs lists what is wanted of each picture.
func (ps *pictures) jobs() []media.Job {
	jobs := make([]media.Job, 0, len(ps.list))
	for _, pic := range ps.list {
		job := media.Job{Info: pic.info}
		for _, list := range pic.renditions {
			job.Renditions = append(job.Renditions, list...)
		}
		jobs = append(jobs, job)
	}
	return jobs
}

// Trim keeps the cache below the bound that site.toml sets, if it sets one.
// What this site needs stays; of the rest the least recently used goes first.
func (r *Result) Trim(ctx context.Context) error {
	if r.Config.Media.CacheBytes == 0 {
		return nil
	}
	ps := r.pictures
	return ps.studio.Trim(ctx, ps.jobs(), r.Config.Media.CacheBytes, func(key string) bool { return ps.kept[key] || ps.studio.Uses(key) })
}

// make makes what the cache does not hold or, where it may be later, plans to.
// A picture that turns out to be broken takes its piece out, so make runs
// before anything is joined.
func (ps *pictures) make(ctx context.Context, m *model, later bool, progress func(done, total int), probs *problem.List) error {
	jobs := ps.jobs()
	var results *media.Results
	var err error
	if later {
		results, err = ps.studio.Later(ctx, jobs)
	} else {
		results, err = ps.studio.Make(ctx, jobs, progress)
	}
	if err != nil {
		return err
	}
	broken := map[*picture]*media.Fault{}
	for i, src := range results.Sources {
		ps.list[i].color = src.Color
		if src.Fault != nil {
			broken[ps.list[i]] = src.Fault
		}
	}
	ps.files = results.Files
	for _, f := range results.Files {
		ps.sizes[f.Path] = f.Size
	}
	if len(broken) > 0 {
		out := map[*piece]bool{}
		for _, p := range m.pieces {
			for _, pic := range p.pictures {
				if fault := broken[pic]; fault != nil {
					out[p] = true
					probs.Errorf(problem.Pos{File: pic.info.Path}, fault.Hint, "%s; %q is left out", fault.Text, p.ID)
				}
			}
		}
		m.drop(out)
		ps.dropPortraits(broken, probs)
		ps.collect(m)
	}
	published := ps.published()
	ps.files = slices.DeleteFunc(ps.files, func(f media.File) bool { return !published[f.Path] })
	return nil
}

// published returns the paths of all renditions that are files of the site.
func (ps *pictures) published() map[string]bool {
	paths := map[string]bool{}
	for _, pic := range ps.list {
		for name, list := range pic.renditions {
			for _, r := range list {
				if name != renditionMaster {
					paths[r.Path] = true
				}
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
		for _, recipe := range slices.Concat(ps.recipes, ps.ofPortraits) {
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

// telling returns an opening of a file made from a picture that tells what is
// wrong with the picture, which may come out only now.
func (r *Result) telling(open func() (io.ReadCloser, error), origin string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		in, err := open()
		var fault *media.Fault
		if errors.As(err, &fault) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.rendered.Errorf(problem.Pos{File: origin}, fault.Hint, "%s", fault.Text)
			return nil, fmt.Errorf("%s %w", origin, fault)
		}
		return in, err
	}
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
	out := l.rendered(p.pictures[i], rendition)
	out.Alt, out.Lang = l.alt(p, i), l.langAttr(l.altLang(p, i))
	return out
}

// rendered returns a picture in one of the theme's renditions, without words.
func (l *locale) rendered(pic *picture, rendition string) *theme.Picture {
	out := &theme.Picture{}
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

// originOf returns what a rendition is made of, for messages.
func (ps *pictures) origins() map[string]string {
	origins := make(map[string]string, len(ps.files))
	for _, pic := range ps.list {
		for _, list := range pic.renditions {
			for _, r := range list {
				origins[r.Path] = strings.TrimSuffix(pic.info.Path, posterSuffix)
			}
		}
	}
	return origins
}
