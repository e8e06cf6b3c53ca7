package review

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"

	"gallerist/builder/amend"
)

// version names the content of a file as a page was made from it.
func version(src []byte) string {
	sum := sha256.Sum256(src)
	return hex.EncodeToString(sum[:12])
}

// written is a file that was changed here.
type written struct {
	key           string // of its entry
	file          string
	before, after []byte
}

// deed is what one undo takes back: decisions of one request.
type deed struct {
	what  string // in words: "approved"
	list  []written
	later []string // keys that were put off
}

// maxDeeds bounds how far back one can undo.
const maxDeeds = 500

// read returns the bytes of an entry's file, and the entry as these bytes say it
// is. Another one may have been changing it meanwhile, so both are read until
// they agree.
func (s *Server) read(ctx context.Context, key string) (*entry, []byte, error) {
	e := s.board.byKey[key]
	if e == nil {
		return nil, nil, fs.ErrNotExist
	}
	var src []byte
	for range 4 {
		before, err := fs.ReadFile(s.opt.FS, e.sub.File)
		if err != nil {
			return nil, nil, err
		}
		if err := s.board.refresh(ctx, e.sub.File); err != nil {
			return nil, nil, err
		}
		if e = s.board.byKey[key]; e == nil {
			return nil, nil, fs.ErrNotExist
		}
		if src, err = fs.ReadFile(s.opt.FS, e.sub.File); err != nil {
			return nil, nil, err
		}
		if bytes.Equal(before, src) {
			break
		}
	}
	return e, src, nil
}

// write changes an entry's file, which has the content src, and returns what was
// written; nil where there is nothing to change.
func (s *Server) write(ctx context.Context, e *entry, src []byte, a asked) (*written, error) {
	changes, err := readDocument(e.sub.File, src).changes(e.sub, a)
	if err != nil {
		return nil, err
	}
	after, err := amend.Apply(e.sub.File, src, changes...)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(src, after) {
		return nil, nil
	}
	if err := s.opt.Write(e.sub.File, after); err != nil {
		return nil, err
	}
	s.written++
	return &written{e.key, e.sub.File, src, after}, s.board.refresh(ctx, e.sub.File)
}

// remember lets a deed be undone.
func (s *Server) remember(d deed) {
	if len(d.list)+len(d.later) == 0 {
		return
	}
	s.deeds = append(s.deeds, d)
	if extra := len(s.deeds) - maxDeeds; extra > 0 {
		s.deeds = append(s.deeds[:0:0], s.deeds[extra:]...)
	}
}

// undo takes the last deed back, whole or not at all: each file must be as it was
// written here. It returns the entry to show.
func (s *Server) undo(ctx context.Context) (key string, err error) {
	if len(s.deeds) == 0 {
		return "", refuse("undo.nothing")
	}
	d := s.deeds[len(s.deeds)-1]
	for _, w := range d.list {
		if now, err := fs.ReadFile(s.opt.FS, w.file); err != nil || !bytes.Equal(now, w.after) {
			s.deeds = s.deeds[:len(s.deeds)-1] // what follows can be undone
			return w.key, refuse("undo.changed", w.file)
		}
	}
	s.deeds = s.deeds[:len(s.deeds)-1]
	var files []string
	for _, w := range d.list {
		if err := s.opt.Write(w.file, w.before); err != nil {
			return w.key, err
		}
		files = append(files, w.file)
		key = w.key
	}
	for _, k := range d.later {
		s.board.putOff(k, false)
		key = k
	}
	if len(files) > 0 {
		err = s.board.refresh(ctx, files...)
	}
	if len(d.list)+len(d.later) > 1 {
		key = ""
	}
	return key, err
}
