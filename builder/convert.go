package builder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// makeFilms makes the renditions of films that a program makes, before feeds
// say how large they are. A film that cannot be made anew is published as it
// is. They are made one after the other, for the program uses all cores.
func (ps *pictures) makeFilms(ctx context.Context, progress func(done, total int), probs *problem.List) error {
	var list []*picture
	total := 0
	for _, pic := range ps.moving() {
		if ps.converts(pic.clip.info) {
			list = append(list, pic)
			total += len(pic.clip.files)
		}
	}
	done := 0
	for _, pic := range list {
		for i := range pic.clip.files {
			if progress != nil {
				progress(done, total)
			}
			done++
			f := &pic.clip.files[i]
			var err error
			if f.size, err = ps.measure(f); err == nil {
				continue
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fault := faultOf(err)
			probs.Warnf(problem.Pos{File: f.origin}, fault.Hint, "%s; it is published as it is", fault.Text)
			pic.clip.files = []clipFile{ps.cleaned(pic.clip.info)}
			break
		}
	}
	if progress != nil && total > 0 {
		progress(total, total)
	}
	return nil
}

// moving lists the films and recordings of the site, each as often as it is
// shown.
func (ps *pictures) moving() []*picture {
	var list []*picture
	for _, pic := range ps.list {
		if pic.clipInfo() != nil {
			list = append(list, pic)
		}
	}
	return list
}

// measure returns the size of a rendition, making it the first time.
func (ps *pictures) measure(f *clipFile) (int64, error) {
	data, err := ps.studio.Remember("film size "+f.path, func() ([]byte, error) {
		in, err := f.open()
		if err != nil {
			return nil, err
		}
		n, err := io.Copy(io.Discard, in)
		return strconv.AppendInt(nil, n, 10), errors.Join(err, in.Close())
	})
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(string(data), 10, 64)
}

// faultOf makes what a program says of a film a fault of the film.
func faultOf(err error) *media.Fault {
	var fault *media.Fault
	if errors.As(err, &fault) {
		return fault
	}
	return &media.Fault{Text: fmt.Sprintf("cannot be made anew: %v", err), Hint: "export it as MP4 with H.264 and AAC"}
}
