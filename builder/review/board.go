package review

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"gallerist/builder"
	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// State is where a piece stands on the sheet: its status, or Later.
type State string

// States in the order of their columns.
const (
	Waiting  State = "pending"
	Later    State = "later" // pending, and put off until the others are decided
	Approved State = "approved"
	Featured State = "featured"
	Declined State = "declined"
)

// states lists every state, in the order of the columns.
var states = [...]State{Waiting, Later, Approved, Featured, Declined}

// entry is a submission on the sheet.
type entry struct {
	key     string // of its folder, in addresses
	sub     *gallery.Submission
	gallery *gallery.Gallery
	kind    gallery.PieceKind
	words   string // what a search looks in, lower case
	noAlt   bool
	noGrant bool
}

// board is all that is to be reviewed. It serves one caller at a time.
type board struct {
	desk    *builder.Desk
	fsys    fs.FS
	clock   func() time.Time
	only    string // folder of a gallery or series, "" = all
	entries []*entry
	byKey   map[string]*entry
	titles  []galleryName
	broken  []*gallery.Submission
	gone    int                     // withdrawn
	probs   map[string]problem.List // by the file of a submission
	stones  *gallery.Tombstones
	later   map[string]int // keys that were put off, with a number that grows
	laters  int
	looked  time.Time       // when all folders were last looked at
	news    chan<- struct{} // told when there are other pieces than before; holds one
}

// galleryName is a gallery that can be chosen.
type galleryName struct{ Dir, Title string }

// lookEvery is how long the sheet believes that nobody else has changed a file
// it does not show.
const lookEvery = 2 * time.Second

func newBoard(desk *builder.Desk, fsys fs.FS, clock func() time.Time, only string) *board {
	return &board{desk: desk, fsys: fsys, clock: clock, only: only, later: map[string]int{}, byKey: map[string]*entry{}}
}

// refresh reads what may have changed: the folders of the named files, or, where
// none is named and the last look is some time ago, all.
func (b *board) refresh(ctx context.Context, files ...string) error {
	now := b.clock()
	if len(files) == 0 {
		if !b.looked.IsZero() && now.Sub(b.looked) < lookEvery && !now.Before(b.looked) {
			return nil
		}
		b.looked = now
	}
	site, probs, err := b.desk.Read(ctx, files...)
	if err != nil {
		return err
	}
	b.take(site, probs)
	return nil
}

// take puts what was read on the board. An entry whose submission has not changed
// stays.
func (b *board) take(site *gallery.Site, probs problem.List) {
	old, fresh := b.byKey, false
	b.entries, b.byKey, b.titles, b.broken, b.gone = nil, make(map[string]*entry, len(old)), nil, nil, 0
	b.stones = site.Tombstones()
	for _, g := range site.Galleries {
		if !b.holds(g.Dir) {
			continue
		}
		b.titles = append(b.titles, galleryName{g.Dir, cmp.Or(g.Text.Title, g.Dir)})
		for _, s := range g.Submissions {
			if s.Status == gallery.Withdrawn {
				b.gone++
				continue
			}
			key := keyOf(s.Dir)
			e := old[key]
			if e == nil || e.sub != s {
				fresh = fresh || e == nil || !sameMedia(e.sub, s)
				e = newEntry(key, s, g)
			}
			e.gallery = g
			b.entries = append(b.entries, e)
			b.byKey[key] = e
		}
	}
	for _, s := range site.Broken {
		if b.holds(s.Dir) {
			b.broken = append(b.broken, s)
		}
	}
	slices.SortStableFunc(b.entries, func(x, y *entry) int {
		return cmp.Or(x.sub.Received.Compare(y.sub.Received), cmp.Compare(x.sub.Dir, y.sub.Dir))
	})
	b.probs = map[string]problem.List{}
	for _, p := range probs {
		if dir := path.Dir(p.Pos.File); dir != "." {
			b.probs[dir] = append(b.probs[dir], p)
		}
	}
	if fresh {
		select {
		case b.news <- struct{}{}:
		default:
		}
	}
}

// sameMedia says whether a submission has the same files as before.
func sameMedia(a, b *gallery.Submission) bool {
	return slices.EqualFunc(a.Media, b.Media, func(x, y gallery.Media) bool { return x.Path == y.Path && x.Size == y.Size })
}

// holds says whether a folder below content is to be reviewed.
func (b *board) holds(dir string) bool {
	return b.only == "" || dir == b.only || strings.HasPrefix(dir, b.only+"/")
}

// keyOf names a folder in addresses: opaque, so that no address is a path.
func keyOf(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

func newEntry(key string, s *gallery.Submission, g *gallery.Gallery) *entry {
	e := &entry{key: key, sub: s, kind: kindOf(s, g)}
	e.noAlt = slices.ContainsFunc(s.Media, needsAlt)
	e.noGrant = s.Grant.Status != gallery.GrantGranted
	words := []string{s.ID, path.Base(s.Dir), s.Text.Title, s.Text.Caption, s.Text.Body, s.Text.Alt}
	if !s.Consent.Name { // a folder's name may say who it is
		words = slices.Delete(words, 1, 2)
	}
	words = append(words, s.Tags...)
	for _, a := range gallery.PublicAuthors(s) {
		words = append(words, a.Name, a.Place)
	}
	e.words = strings.ToLower(strings.Join(words, "\n"))
	return e
}

// needsAlt reports a picture without a word on what it shows.
func needsAlt(m gallery.Media) bool {
	return m.File != "" && m.Text.Alt == "" && mediumOf(m) == picture
}

// medium is what sort of file a medium is, told by its name: the reader has
// refused names that say otherwise.
type medium string

const (
	picture medium = "picture"
	film    medium = "film"
	sound   medium = "sound"
	link    medium = "link"
)

func mediumOf(m gallery.Media) medium {
	switch strings.ToLower(path.Ext(m.File)) {
	case "":
		return link
	case ".mp4", ".mov", ".webm", ".m4v":
		return film
	case ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac":
		return sound
	}
	return picture
}

// kindOf tells what sort of work a submission is without opening its files.
func kindOf(s *gallery.Submission, g *gallery.Gallery) gallery.PieceKind {
	switch {
	case s.Kind != "":
		return s.Kind
	case g.Kind == gallery.Ideas:
		return gallery.Idea
	case s.Rating > 0:
		return gallery.Review
	case len(s.Media) == 0:
		return gallery.Story
	}
	switch mediumOf(s.Media[0]) {
	case picture:
		return gallery.Photo
	case sound:
		return gallery.Sound
	}
	return gallery.Video
}

// state returns the column an entry stands in.
func (b *board) state(e *entry) State {
	switch e.sub.Status {
	case gallery.Approved:
		return Approved
	case gallery.Featured:
		return Featured
	case gallery.Declined:
		return Declined
	}
	if b.later[e.key] > 0 {
		return Later
	}
	return Waiting
}

// putOff moves an entry to the end of the queue, or, on the sheet, back into it.
func (b *board) putOff(key string, off bool) {
	if !off {
		delete(b.later, key)
		return
	}
	b.laters++
	b.later[key] = b.laters
}
