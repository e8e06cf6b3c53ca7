package review

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
)

// Sizes in which pictures are shown, by the length of the longer edge.
const (
	tileEdge  = 480
	largeEdge = 1600
)

var recipes = map[string]media.Recipe{
	"tile":  {Name: "tile", Widths: []int{tileEdge}, Formats: []string{"jpeg"}},
	"shown": {Name: "shown", Widths: []int{tileEdge}, Formats: []string{"jpeg"}}, // what is published of it
	"large": {Name: "large", Widths: []int{largeEdge}, Formats: []string{"jpeg"}},
}

// medium answers with a picture of a piece in one of the sizes, or with the file of
// a film or a recording, or of its captions.
func (s *Server) medium(w http.ResponseWriter, r *http.Request, sort, key, number, size string) {
	m, ok := s.find(key, number)
	if !ok {
		s.missing(w)
		return
	}
	var err error
	switch {
	case sort == "picture":
		recipe, known := recipes[size]
		path := m.Poster
		if mediumOf(m) == picture {
			path = m.Path
		}
		if !known || path == "" {
			s.missing(w)
			return
		}
		var crop *gallery.Crop
		if size == "shown" {
			crop = m.Crop
		}
		err = s.rendition(w, r, path, crop, recipe)
	case size == "play" && m.Path != "" && mediumOf(m) != picture:
		err = s.file(w, r, m.Path)
	default:
		var i int
		if i, err = strconv.Atoi(strings.TrimPrefix(size, "captions-")); err != nil || i < 0 || i >= len(m.Captions) || !strings.HasPrefix(size, "captions-") {
			s.missing(w)
			return
		}
		err = s.file(w, r, m.Captions[i].Path)
	}
	var fault *media.Fault
	switch {
	case err == nil, r.Context().Err() != nil:
	case errors.As(err, &fault), errors.Is(err, fs.ErrNotExist):
		http.Error(w, err.Error(), http.StatusNotFound)
	default:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// find returns a medium of an entry by its place.
func (s *Server) find(key, number string) (gallery.Media, bool) {
	i, err := strconv.Atoi(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.board.byKey[key]
	if e == nil || err != nil || i < 0 || i >= len(e.sub.Media) {
		return gallery.Media{}, false
	}
	return e.sub.Media[i], true
}

// rendition answers with a part of a picture, nil for all of it, that is made where
// the cache has not got it.
func (s *Server) rendition(w http.ResponseWriter, r *http.Request, path string, crop *gallery.Crop, recipe media.Recipe) error {
	studio := s.opt.Desk.Studio
	info, fault, err := studio.Probe(r.Context(), path)
	if fault != nil {
		return fault
	}
	if err != nil {
		return err
	}
	info = shownOf(info, crop)
	list := studio.Plan([]media.Recipe{recipe}, info, media.Look{})[recipe.Name]
	if len(list) == 0 {
		return fs.ErrNotExist
	}
	made := list[len(list)-1]
	w.Header().Set("Content-Type", made.Type)
	w.Header().Set("ETag", `"`+made.Path+`"`)
	w.Header().Set("Cache-Control", "private, max-age=3600")
	if r.Header.Get("If-None-Match") == `"`+made.Path+`"` {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	data, err := s.make(r.Context(), info, made)
	if err != nil {
		w.Header().Del("ETag")
		w.Header().Set("Cache-Control", "no-store")
		return err
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// make makes a rendition, some of them at once; what nobody waits for any more is
// not made.
func (s *Server) make(ctx context.Context, info *media.Info, made media.Rendition) ([]byte, error) {
	select {
	case s.making <- struct{}{}:
		defer func() { <-s.making }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	in, err := s.opt.Desk.Studio.Open(info, made)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// fileTypes are the media types of films, recordings and captions.
var fileTypes = map[string]string{
	".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg",
	".opus": "audio/ogg", ".wav": "audio/wav", ".flac": "audio/flac", ".vtt": "text/vtt; charset=utf-8",
}

// file answers with a film, a recording or captions as they are.
func (s *Server) file(w http.ResponseWriter, r *http.Request, path string) error {
	f, err := s.opt.FS.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	in, ok := f.(io.ReadSeeker)
	kind := fileTypes[strings.ToLower(path[max(0, strings.LastIndexByte(path, '.')):])]
	if !ok || kind == "" || !st.Mode().IsRegular() {
		return fs.ErrNotExist
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", st.ModTime(), in)
	return nil
}
