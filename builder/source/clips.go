package source

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// A film or a recording may have two sorts of files beside it: its poster, a
// picture, and its captions, WebVTT files. Those named like it are taken
// without a word: walk.mp4, walk.jpg, walk.vtt, walk.en.vtt.

// aside is what accompanies films and recordings.
type aside struct {
	posters  map[string]found // by the folded name of the film, or its link
	captions []found
}

// setAside takes posters and captions out of a submission's files.
func (f *folder) setAside(list []found, listed []mediaEntry) ([]found, aside) {
	if len(list) == 0 && len(listed) == 0 {
		return nil, aside{}
	}
	side := aside{posters: map[string]found{}}
	own := map[string]bool{} // pictures that are listed for themselves
	for _, e := range listed {
		own[fold(e.file)] = true
	}
	take := func(of, poster string) bool {
		i := slices.IndexFunc(list, func(x found) bool { return x.key == poster && x.is.isPicture() })
		if i >= 0 {
			side.posters[of] = list[i]
		}
		return i >= 0
	}
	for _, e := range listed {
		if e.poster != "" && !take(fold(e.name()), fold(e.poster)) {
			f.probs.Warnf(e.pos, "put the picture beside submission.md, or correct its name", "there is no picture %q for the poster; the film is shown without it", e.poster)
		}
	}
	for _, x := range list {
		if _, has := side.posters[x.key]; has || !x.is.isMoving() {
			continue
		}
		for _, y := range list {
			if y.is.isPicture() && stem(y.key) == stem(x.key) && !own[y.key] && take(x.key, y.key) {
				break
			}
		}
	}
	var rest []found
	for _, x := range list {
		switch {
		case x.is == vttFile:
			side.captions = append(side.captions, x)
		case !side.isPoster(x) || own[x.key]:
			rest = append(rest, x)
		}
	}
	return rest, side
}

func (s aside) isPoster(x found) bool {
	for _, p := range s.posters {
		if p.key == x.key {
			return true
		}
	}
	return false
}

// accompany gives posters and captions to the media they belong to.
func (f *folder) accompany(side aside) {
	for i := range f.piece.Media {
		m := &f.piece.Media[i]
		if p, ok := side.posters[fold(m.Name())]; ok {
			m.Poster = f.path + "/" + p.name
		}
		if !f.formats[i].isMoving() && m.Poster != "" {
			f.probs.Errorf(m.Pos, "take the line out: a picture is its own poster", "%q is a picture and has a poster", m.File)
		}
	}
	for _, x := range side.captions {
		name := strings.TrimSuffix(x.key, ".vtt")
		i := slices.IndexFunc(f.piece.Media, func(m gallery.Media) bool { return m.File != "" && belongs(name, stem(fold(m.File))) })
		if i < 0 || !f.formats[i].isMoving() {
			f.probs.Warnf(problem.Pos{File: f.path + "/" + x.name}, "name them like the film they belong to: walk.vtt or walk.en.vtt for walk.mp4", "captions of no film")
			continue
		}
		m := &f.piece.Media[i]
		m.Captions = append(m.Captions, gallery.Captions{Path: f.path + "/" + x.name, Lang: strings.TrimPrefix(strings.TrimPrefix(name, stem(fold(m.File))), ".")})
	}
}

// belongs says whether captions called name, without ".vtt", are those of the
// film called of, without its extension.
func belongs(name, of string) bool {
	rest, ok := strings.CutPrefix(name, of)
	return ok && (rest == "" || rest[0] == '.' && len(rest) > 2 && !strings.Contains(rest[1:], "."))
}

func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// isFilmAddress says whether a link leads to a page that can be linked to
// from a page of the site.
func isFilmAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil
}
