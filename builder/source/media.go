package source

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

const maxMedia = 200

// found is one file that may be media.
type found struct {
	file
	size int64
	is   format
}

// media puts a submission's files in order and joins them with what is said
// about them.
func (r *reader) media(f *folder, files []file, listed []mediaEntry) error {
	list, err := r.sniffAll(f, files)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b found) int { return natural(a.key, b.key) })
	list, side := f.setAside(list, listed)
	for _, e := range listed {
		i := slices.IndexFunc(list, func(x found) bool { return x.key == fold(e.file) })
		switch {
		case e.link != "" && f.indexOf(e.link) < 0:
			f.medium(found{is: linkedFilm}, e)
		case i >= 0:
			f.medium(list[i], e)
			list = slices.Delete(list, i, i+1)
		case f.indexOf(e.name()) >= 0:
			f.probs.Errorf(e.pos, "keep one of the two", "%q is listed twice", e.name())
		case !slices.ContainsFunc(files, func(x file) bool { return x.key == fold(e.file) }): // else it is reported
			f.noFile(e)
		}
	}
	for _, x := range list {
		f.medium(x, mediaEntry{pos: f.piece.Pos})
	}
	f.accompany(side)
	if n := len(f.piece.Media); n > maxMedia {
		f.probs.Errorf(f.piece.Pos, "make several submissions of it", "%d files are more than %d", n, maxMedia)
	}
	f.aboutFirst()
	f.cropped()
	for _, said := range f.said {
		f.say(said)
	}
	return nil
}

func (f *folder) medium(x found, e mediaEntry) {
	m := gallery.Media{File: x.name, Link: e.link, Size: x.size, Pos: e.pos, Text: e.text, Focus: e.focus, Crop: e.crop}
	if x.name != "" {
		m.Path = f.path + "/" + x.name
	}
	f.piece.Media = append(f.piece.Media, m)
	f.formats = append(f.formats, x.is)
}

func (f *folder) noFile(e mediaEntry) {
	f.probs.Errorf(e.pos, "put the file beside submission.md, or correct its name", "there is no file %q", e.name())
}

// indexOf returns which of the submission's media has a name or link, or -1.
func (f *folder) indexOf(name string) int {
	key := fold(name)
	return slices.IndexFunc(f.piece.Media, func(m gallery.Media) bool { return fold(m.Name()) == key })
}

// aboutFirst makes what is said about the first file and about the whole
// submission one.
func (f *folder) aboutFirst() {
	s := f.piece
	if len(s.Media) == 0 {
		return
	}
	first := &s.Media[0]
	if first.Text.Alt == "" {
		first.Text.Alt = s.Text.Alt
	}
	if first.Focus == nil {
		first.Focus = s.Focus
	}
	s.Text.Alt, s.Focus = first.Text.Alt, first.Focus
}

// say adds what one translation says about the files, under the names they
// have on disk.
func (f *folder) say(said saying) {
	text, media := f.piece.In[said.lang], map[string]gallery.MediaText{}
	for _, e := range said.entries {
		i := f.indexOf(e.name())
		if i < 0 {
			f.noFile(e)
			continue
		}
		media[f.piece.Media[i].Name()] = e.text
		const hint = "write it in submission.md, where it counts for all languages"
		if e.focus != nil {
			f.probs.Errorf(e.pos, hint, "%q is not translated", "media.focus")
		}
		if e.crop != nil {
			f.probs.Errorf(e.crop.Pos, hint, "%q is not translated", "media.crop")
		}
	}
	if len(f.piece.Media) > 0 {
		name := f.piece.Media[0].Name()
		first := media[name]
		first.Alt = cmp.Or(first.Alt, text.Alt)
		if text.Alt = first.Alt; text.Alt != "" {
			media[name] = first
		}
	}
	if len(media) > 0 {
		text.Media = media
	}
	f.piece.In[said.lang] = text
}

// sniffAll looks into each file.
func (r *reader) sniffAll(f *folder, files []file) ([]found, error) {
	var list []found
	for _, x := range files {
		if ignored(x.key) {
			continue
		}
		name := f.path + "/" + x.name
		if is, size, ok := r.known(f, x); ok && promises(x, is) { // else there is a word to be said
			list = append(list, found{x, size, is})
			continue
		}
		begin, size, err := r.begin(name)
		if err != nil {
			if err := r.unreadable(f, name, err); err != nil {
				return nil, err
			}
			continue
		}
		if is, ok := f.judge(x, begin); ok {
			list = append(list, found{x, size, is})
		}
	}
	return list, nil
}

// formatsKnown maps the names that Options.Known gives.
var formatsKnown = map[string]format{
	"jpeg": jpegFile, "png": pngFile, "webp": webpFile, "gif": gifFile, "avif": avifFile, "heic": heicFile,
	"mp4": mp4File, "mov": movFile, "webm": webmFile, "mp3": mp3File, "m4a": m4aFile, "ogg": oggFile, "wav": wavFile, "flac": flacFile,
}

// known returns the format and size of a file that need not be opened: because
// somebody remembers it, or because nobody is going to look at it.
func (r *reader) known(f *folder, x file) (format, int64, bool) {
	name := f.path + "/" + x.name
	if f.piece.Status != gallery.Declined && f.piece.Status != gallery.Withdrawn {
		return r.remembered(name)
	}
	st, err := fs.Lstat(r.fsys, name)
	if err != nil || !st.Mode().IsRegular() {
		return "", 0, false
	}
	is := extensions[strings.TrimPrefix(path.Ext(x.key), ".")]
	return is, st.Size(), is.isTaken()
}

// remembered returns the format and size of a file that somebody remembers.
func (r *reader) remembered(name string) (format, int64, bool) {
	if r.opt.Known == nil {
		return "", 0, false
	}
	st, err := fs.Lstat(r.fsys, name)
	if err != nil || !st.Mode().IsRegular() {
		return "", 0, false
	}
	is := formatsKnown[r.opt.Known(name, st)]
	return is, st.Size(), is.isTaken()
}

// isTaken tells the formats of media from those that are refused.
func (f format) isTaken() bool { return (f.isPicture() || f.isMoving()) && refusals[f].hint == "" }

// begin returns a file's first bytes and its size.
func (r *reader) begin(name string) ([]byte, int64, error) {
	in, err := r.fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fs.ErrNotExist
	}
	buf := make([]byte, min(info.Size(), sniffLen))
	n, err := io.ReadFull(in, buf)
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		err = nil
	}
	return buf[:n], info.Size(), err
}

// judge decides by its first bytes whether a file is media, and reports why
// not, or that its name says something else.
func (f *folder) judge(x file, begin []byte) (format, bool) {
	pos := problem.Pos{File: f.path + "/" + x.name}
	is := sniff(begin)
	ext := strings.TrimPrefix(path.Ext(x.key), ".")
	named, known := extensions[ext]
	switch {
	case is == lfsPointer:
		f.probs.Errorf(pos, "run \"git lfs pull\"", "only a pointer to a file kept in Git LFS")
	case refusals[is].hint != "" && (known || is != textFile && is != htmlFile && is != otherFile && is != emptyFile):
		what := "picture"
		if named.isMoving() {
			what = "film or sound"
		}
		f.probs.Errorf(pos, refusals[is].hint, "%s", strings.Replace(refusals[is].text, "WHAT", what, 1))
	case refusals[is].hint != "":
		f.probs.Notef(pos, "delete it, or begin its name with a dot", "nobody uses this file")
	default:
		if !promises(x, is) {
			f.probs.Notef(pos, "rename it, so that other programs are not misled", "its content is %s, whatever its name says", is)
		}
		return is, true
	}
	return is, false
}

// promises says whether a file's name says what is in it. MP4, MOV and M4A are
// one format in three guises, which no program minds.
func promises(x file, is format) bool {
	named := extensions[strings.TrimPrefix(path.Ext(x.key), ".")]
	guises := []format{mp4File, movFile, m4aFile}
	return named == is || slices.Contains(guises, named) && slices.Contains(guises, is)
}
