package gallery

import (
	"path"
	"strings"

	"gallerist/builder/problem"
)

// Subjects says who can be recognised in a submission's pictures and films,
// whether they made it or not. Nothing of it is public.
type Subjects struct {
	Nobody bool // nobody can be
	People []Subject
}

// Subject is somebody who can be recognised.
type Subject struct {
	Pos      problem.Pos
	Release  string // one of Releases; "" = nobody said
	Evidence string // opaque reference into the private store
	Minor    bool
	Guardian string // opaque reference to a guardian's consent
}

// What somebody allowed who can be recognised.
const (
	ReleaseGranted = "granted"
	ReleaseLimited = "limited"
	ReleaseNone    = "none"
)

// Releases lists what people can have allowed.
var Releases = []string{ReleaseGranted, ReleaseLimited, ReleaseNone}

// Released tells whether somebody may be shown: a child by a guardian's consent.
func (p Subject) Released() bool {
	return p.Release == ReleaseGranted && (!p.Minor || p.Guardian != "")
}

// unreleased returns who in a submission's media may not be shown, and whether
// there is somebody, or nobody said who there is.
func (s *Submission) unreleased() (who *Subject, missing bool) {
	if !s.isPicture() {
		return nil, false
	}
	if s.Subjects == nil {
		return nil, true
	}
	for i, p := range s.Subjects.People {
		if !p.Released() {
			return &s.Subjects.People[i], true
		}
	}
	return nil, false
}

// sounds are the ends of names of recordings, in which nobody is seen.
const sounds = " .mp3 .m4a .ogg .oga .opus .wav .flac "

// isPicture tells whether there is something in which people can be seen. A file
// that may be a film or a recording is a film here.
func (s *Submission) isPicture() bool {
	for _, m := range s.Media {
		if m.File == "" || m.Poster != "" || !strings.Contains(sounds, " "+strings.ToLower(path.Ext(m.File))+" ") {
			return true
		}
	}
	return false
}
