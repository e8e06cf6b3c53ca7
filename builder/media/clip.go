package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"

	"gallerist/builder/media/film"
)

// Films and recordings are not made anew but copied without anything beside
// what plays; see the package film. The copy is made while it is read.

// clipVersion names what a cleaned film depends on besides its source.
const clipVersion = "film 1"

// ClipPath returns where the cleaned film or recording stands in the site.
func (i *Info) ClipPath() string {
	return clipPath(i.Hash, clipExt[i.Clip.Type])
}

// clipPath is ClipPath by the source's hash.
func clipPath(hash, ext string) string {
	sum := sha256.Sum256([]byte(clipVersion + "\x00" + hash))
	name := hex.EncodeToString(sum[:12])
	return "m/" + name[:2] + "/" + name + "." + ext
}

var clipExt = map[string]string{
	"video/mp4": "mp4", "video/webm": "webm", "audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/ogg": "ogg",
	"audio/wav": "wav", "audio/flac": "flac", "audio/webm": "weba",
}

// OpenClip returns a reader over the cleaned film or recording. The error is a
// *Fault where the file is the reason.
func (s *Studio) OpenClip(i *Info) (io.ReadCloser, error) {
	st, err := fs.Stat(s.fsys, i.Path)
	if err == nil && !st.Mode().IsRegular() {
		return nil, irregular()
	}
	var f fs.File
	if err == nil {
		f, err = s.fsys.Open(i.Path)
	}
	if err != nil {
		return nil, orFault(missing(err))
	}
	clean, err := s.openClip(i, f, st)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{clean, f}, nil
}

// openClip returns a reader over a file that Stat told st of, cleaned, if it is
// still the one that was probed.
func (s *Studio) openClip(i *Info, f fs.File, st fs.FileInfo) (clean io.ReadSeeker, err error) {
	r, ok := f.(io.ReaderAt)
	if !ok {
		return nil, errors.New(i.Path + ": cannot be read at any place")
	}
	if known := s.index.find(i.Path, st); known == nil || known.Hash != i.Hash {
		sum := sha256.New()
		if _, err := io.Copy(sum, io.NewSectionReader(r, 0, st.Size())); err != nil {
			return nil, err
		}
		if hex.EncodeToString(sum.Sum(nil)) != i.Hash {
			return nil, unsettled()
		}
	}
	_, film, fault, err := film.Probe(r, st.Size(), s.limits.film())
	if fault != nil {
		return nil, faultOf(fault)
	}
	if err != nil {
		return nil, err
	}
	return film.Open(r), nil
}

// orFault returns the fault as an error where there is one.
func orFault(fault *Fault, err error) error {
	if fault != nil {
		return fault
	}
	return err
}

func faultOf(f *film.Fault) *Fault { return &Fault{Text: f.Text, Hint: f.Hint} }

func (l Limits) film() film.Limits { return film.Limits{Bytes: l.FilmBytes} }

// probeClip reads what a film is and hashes it, a piece at a time.
func (s *Studio) probeClip(path string, f fs.File, st fs.FileInfo) (*Info, *Fault, error) {
	r, ok := f.(io.ReaderAt)
	if !ok {
		return nil, nil, errors.New(path + ": cannot be read at any place")
	}
	clip, clean, broken, err := film.Probe(r, st.Size(), s.limits.film())
	if broken != nil {
		return nil, faultOf(broken), nil
	}
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.New()
	n, err := io.Copy(sum, io.NewSectionReader(r, 0, st.Size()))
	if err != nil {
		return nil, nil, err
	}
	info := &Info{Path: path, Format: clip.Format, Width: clip.Width, Height: clip.Height, Size: n, Hash: hex.EncodeToString(sum.Sum(nil)),
		Taken: clip.Taken, HasGPS: clip.HasLocation, Signed: clip.Signed, Clip: *clip, ClipSize: clean.Size(), orientation: 1}
	return info, nil, s.remember(path, st, info, io.NewSectionReader(r, 0, st.Size()))
}
