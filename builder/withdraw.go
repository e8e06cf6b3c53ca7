package builder

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/draw"
	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// Withdrawing is the withdrawal of submissions, planned: what it does to the
// site's folder, and what goes from the site with it.
type Withdrawing struct {
	Taken []*Taken `json:"submissions"`

	Pages      []string        `json:"pages"`      // addresses that go
	Feeds      []string        `json:"feeds"`      // files below the site that hold an item of theirs now
	Renditions int             `json:"renditions"` // pictures, films and cards that go
	Moves      []Move          `json:"moves"`
	Mentions   []problem.Pos   `json:"mentions"` // places in texts that lead to addresses that go
	History    []string        `json:"history"`  // folders that versions of git remember
	Kept       []source.Kept   `json:"private"`  // places in the private folder
	Names      map[string]bool `json:"-"`        // ids that hold a name of their author
}

// Taken is one of them.
type Taken struct {
	ID         string          `json:"id"`
	File       string          `json:"file"`   // the submission.md
	Folder     string          `json:"folder"` // as it is named afterwards
	Published  bool            `json:"published"`
	Neutral    string          `json:"neutral_page,omitempty"` // address at which a neutral page stays
	Thanks     bool            `json:"thanks_page"`
	References []WithdrawnName `json:"references"`
	Awards     []string        `json:"awards"`
	Draw       string          `json:"draw,omitempty"` // file with its ticket
	Originals  []string        `json:"originals"`
	Stay       []string        `json:"stay"`
	Steps      []source.Step   `json:"steps"`
	submission *gallery.Submission
	address    string // of its page, "" = it has none
	stone      source.Tombstone
}

// WithdrawnName is a place in some front matter that names a withdrawn
// submission by its id.
type WithdrawnName struct {
	Pos problem.Pos `json:"pos"`
	Key string      `json:"key"`
}

// Move is the page of somebody else whose address would change, because the
// withdrawn one had the better right to it.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
	File string `json:"file"`
	Slug string `json:"slug"` // that keeps the address
}

// WithdrawRefusal says why nothing can be withdrawn, and what to do.
type WithdrawRefusal struct{ Text, Hint string }

func (r *WithdrawRefusal) Error() string { return r.Text }

// PlanWithdrawal plans the withdrawal of submissions, named by their ids or
// folders, on a day. Nothing is changed. An error is a *WithdrawRefusal, or the
// disk's.
func PlanWithdrawal(ctx context.Context, fsys fs.FS, opt Options, names []string, day time.Time) (*Withdrawing, problem.List, error) {
	var content *gallery.Site
	opt.edit = func(s *gallery.Site) { content = s }
	before, probs, err := Plan(ctx, fsys, opt)
	if err != nil {
		return nil, probs, err
	}
	w := &Withdrawing{Names: map[string]bool{}, History: []string{}, Kept: []source.Kept{}}
	for _, name := range names {
		s, err := findSubmission(content, name)
		if err != nil {
			return nil, probs, err
		}
		if slices.ContainsFunc(w.Taken, func(t *Taken) bool { return t.submission == s }) {
			continue
		}
		t, err := before.take(fsys, s, content, day, w)
		if err != nil {
			return nil, probs, err
		}
		w.Taken = append(w.Taken, t)
	}
	opt.edit = w.withdraw
	after, _, err := Plan(ctx, fsys, opt)
	if err != nil {
		return nil, probs, err
	}
	w.compare(before, after)
	w.mention(fsys, before)
	for _, t := range w.Taken {
		t.Thanks = after.page(thankPath(opt.Secret, t.ID)) != nil
		w.Kept = append(w.Kept, source.KeptOf(fsys, t.ID)...)
		w.History = append(w.History, path.Dir(t.File))
	}
	return w, probs, nil
}

// findSubmission returns the submission with an id or in a folder.
func findSubmission(content *gallery.Site, name string) (*gallery.Submission, error) {
	var found []*gallery.Submission
	var ids []string
	folder := strings.TrimPrefix(path.Clean(strings.ReplaceAll(strings.TrimSuffix(name, "/submission.md"), `\`, "/")), "content/")
	look := func(s *gallery.Submission) {
		if ids = append(ids, s.ID); s.ID != "" && (s.ID == name || s.Dir == folder) {
			found = append(found, s)
		}
	}
	for _, g := range content.Galleries {
		for _, s := range g.Submissions {
			look(s)
		}
	}
	for _, s := range content.Broken {
		look(s)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		hint := `name it by the id in its submission.md, or by its folder; one that cannot be read must be mended first, see "gallerist check"`
		if near := problem.Suggest(name, ids); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return nil, &WithdrawRefusal{fmt.Sprintf("there is no submission %q", name), hint}
	}
	return nil, &WithdrawRefusal{fmt.Sprintf("%s and %s have the id %q", found[0].File, found[1].File, name),
		"give one of the two an id of its own, or name the folder"}
}

// take plans what is done to one submission.
func (r *Result) take(fsys fs.FS, s *gallery.Submission, content *gallery.Site, day time.Time, w *Withdrawing) (*Taken, error) {
	t := &Taken{ID: s.ID, File: s.File, submission: s, References: []WithdrawnName{}, Awards: []string{}}
	words := authorWords(s)
	w.Names[s.ID] = namesPerson(s.ID, words)
	stone := source.Tombstone{Folder: r.folderWithout(s, words), Date: day, Published: s.Published, Slug: s.Slug}
	if p := r.pieceOf(s.ID); p != nil {
		t.Published, t.Awards = true, awardLines(p)
		if stone.Published = p.Published; stone.Published.IsZero() {
			stone.Published = day
		}
	} else if s.Status == gallery.Pending || s.Status != gallery.Withdrawn && stone.Published.After(r.model.now) {
		stone.Published = time.Time{} // it never was
	}
	if !stone.Published.IsZero() {
		t.address = r.addressOf(s)
	}
	if last := path.Base(t.address); t.address != "" {
		stone.Slug = last
		if own, _ := plainSlug(r.model.cfg.Language, stone.Folder); own == last {
			stone.Slug = ""
		}
	}
	if namesPerson(stone.Slug, words) || namesPerson(path.Base(t.address), words) {
		stone.Slug, stone.Published = "", time.Time{}
	}
	taking, err := source.TakeBack(fsys, s, stone)
	if errors.Is(err, fs.ErrExist) {
		return nil, &WithdrawRefusal{fmt.Sprintf("%s is to be renamed to %q, which is there already", path.Dir(s.File), stone.Folder), "move that folder away, or rename this one yourself"}
	}
	if err != nil {
		return nil, err
	}
	t.Steps = append([]source.Step{}, taking.Steps...)
	t.Stay, t.Originals = append([]string{}, taking.Stay...), append([]string{}, taking.Originals...)
	t.Folder, t.stone = path.Join(path.Dir(path.Dir(s.File)), stone.Folder), stone
	for _, ref := range content.References {
		if ref.ID == s.ID && path.Dir(ref.Pos.File) != path.Dir(s.File) {
			t.References = append(t.References, WithdrawnName{ref.Pos, ref.Key})
		}
	}
	for _, g := range r.model.galleries {
		if g.drawn != nil && slices.ContainsFunc(g.drawn.Tickets, func(ticket draw.Ticket) bool { return ticket.ID == s.ID }) {
			t.Draw = path.Join("content", g.Dir, "draw.txt")
		}
	}
	return t, nil
}

// folderWithout returns the name of a submission's folder: a new one where it
// names the author.
func (r *Result) folderWithout(s *gallery.Submission, words []string) string {
	base := path.Base(path.Dir(s.File))
	if s.Withdrawal.Unfinished != "" {
		return s.Withdrawal.Unfinished
	}
	slug, date := plainSlug(r.model.cfg.Language, base)
	if !namesPerson(slug, words) {
		return base
	}
	if date == "" && !s.Received.IsZero() {
		date = s.Received.Format(time.DateOnly) + "-"
	}
	id := s.ID
	if namesPerson(id, words) {
		id = "w-" + shortHash(id)
	}
	return date + id
}

// plainSlug returns the address that a folder's name gives, and the date that
// stands before it.
func plainSlug(language, name string) (slug, date string) {
	date = leadingDate.FindString(name)
	if rest := name[len(date):]; rest != "" {
		return slugOr(language, rest, name), date
	}
	return slugOr(language, name, name), ""
}

// pieceOf returns the published piece with an id, or nil.
func (r *Result) pieceOf(id string) *piece {
	i := slices.IndexFunc(r.model.pieces, func(p *piece) bool { return p.ID == id && !p.Draft })
	if i < 0 {
		return nil
	}
	return r.model.pieces[i]
}

// page returns the page at a path, or nil.
func (r *Result) page(path string) *Page {
	i := slices.IndexFunc(r.Pages, func(p *Page) bool { return path != "" && p.Path == path })
	if i < 0 {
		return nil
	}
	return r.Pages[i]
}

// addressOf returns the address of a submission's page, whether or not there is
// one; "" = it has none.
func (r *Result) addressOf(s *gallery.Submission) string {
	for _, g := range r.model.galleries {
		if i := slices.Index(g.Submissions, s); i >= 0 {
			return g.path + assignSlugs(r.model.cfg.Language, g, new(problem.List))[i] + "/"
		}
	}
	return ""
}

// awardLines says what a piece has won.
func awardLines(p *piece) []string {
	list := []string{}
	for _, a := range p.Awards {
		line := cmp.Or(a.Title, a.Category)
		switch {
		case a.Rank > 0:
			line = strings.TrimSuffix(fmt.Sprintf("place %d: %s", a.Rank, line), ": ")
		case a.Finalist:
			line = strings.TrimSuffix("finalist: "+line, ": ")
		}
		list = append(list, line)
	}
	return list
}

// withdraw does to what was read what the steps do to the folder.
func (w *Withdrawing) withdraw(content *gallery.Site) {
	for _, t := range w.Taken {
		for _, g := range content.Galleries {
			for i, s := range g.Submissions {
				if s.ID == t.ID {
					g.Submissions[i] = t.read(s)
				}
			}
		}
	}
}

// read is a submission as it will be read.
func (t *Taken) read(s *gallery.Submission) *gallery.Submission {
	file := path.Join(t.Folder, path.Base(t.File))
	return &gallery.Submission{
		Dir: strings.TrimPrefix(norm.NFC.String(t.Folder), "content/"), File: file, Pos: problem.Pos{File: file}, Digest: sha256.Sum256([]byte(file)),
		ID: s.ID, Slug: t.stone.Slug, Status: gallery.Withdrawn, Received: s.Received, Published: t.stone.Published,
		Withdrawal: gallery.Withdrawal{Date: t.stone.Date, Originals: t.Originals},
	}
}

// compare notes what one plan has and the other has not.
func (w *Withdrawing) compare(before, after *Result) {
	w.Pages, w.Feeds, w.Moves = []string{}, []string{}, []Move{}
	own := map[string]bool{} // addresses of the withdrawn
	for _, t := range w.Taken {
		own[t.address] = t.address != ""
	}
	was := map[string]*Page{} // of other pieces, by origin and language
	for _, p := range before.Pages {
		if _, stays := after.Set.Lookup(p.File); !stays || own[p.Path] && p.Layout != "gone" {
			w.Pages = append(w.Pages, p.URL)
		}
		if p.Layout == "submission" {
			was[p.Origin+"\x00"+p.Lang] = p
		}
	}
	left := after.made()
	for path := range before.made() {
		if !left[path] {
			w.Renditions++
		}
	}
	for _, p := range after.Pages {
		if old := was[p.Origin+"\x00"+p.Lang]; p.Layout == "submission" && old != nil && old.Path != p.Path && p.Lang == after.Config.Language {
			w.Moves = append(w.Moves, Move{old.URL, p.URL, "content/" + p.Origin + "/submission.md", path.Base(old.Path)})
		}
		for _, t := range w.Taken {
			if p.Layout == "gone" && p.Path == t.address && p.Lang == after.Config.Language {
				t.Neutral = p.URL
			}
		}
	}
	gone := func(p *piece) bool { return own[p.path] }
	feeds := func(dir string, list []*piece) {
		if slices.ContainsFunc(list[:min(len(list), feedItems)], gone) {
			w.Feeds = append(w.Feeds, dir+after.Config.Feeds.Formats[0].File)
		}
	}
	m := before.model
	feeds("", m.pieces)
	for _, s := range m.series {
		feeds(s.path, s.pieces)
	}
	for _, g := range m.galleries {
		feeds(g.path, g.pieces)
	}
}

// made returns the paths of everything that is made of pictures and films.
func (r *Result) made() map[string]bool {
	paths := r.pictures.published() // not yet files, where they are only planned
	for _, f := range r.Set.Files() {
		if strings.HasPrefix(f.Path, "m/") {
			paths[f.Path] = true
		}
	}
	return paths
}

// mention notes where texts of the site's folder lead to addresses that go.
func (w *Withdrawing) mention(fsys fs.FS, before *Result) {
	w.Mentions = []problem.Pos{}
	addresses := map[string]bool{}
	for _, t := range w.Taken {
		if t.address != "" {
			addresses["/"+t.address] = true
		}
	}
	if len(addresses) == 0 {
		return
	}
	list := slices.Sorted(maps.Keys(addresses))
	_ = fs.WalkDir(fsys, "content", func(file string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || path.Ext(file) != ".md" || slices.ContainsFunc(w.Taken, func(t *Taken) bool { return path.Dir(t.File) == path.Dir(file) }) {
			return nil // what cannot be read is told already
		}
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			for _, address := range list {
				if at := bytes.Index(line, []byte(address)); at >= 0 {
					w.Mentions = append(w.Mentions, problem.Pos{File: file, Line: i + 1, Col: 1 + len([]rune(string(line[:at])))})
				}
			}
		}
		return nil
	})
}

// Prune deletes from the cache whatever this site does not need, so that nothing
// is left there of what was withdrawn.
func (r *Result) Prune(ctx context.Context) error {
	ps := r.pictures
	cards := make(map[string]bool, len(ps.cards))
	for _, c := range ps.cards {
		cards[media.RememberedKey(c.key)] = true
	}
	var films []string
	for _, p := range r.model.pieces {
		for _, pic := range p.pictures {
			if info := pic.clipInfo(); info != nil {
				films = append(films, info.Path)
			}
		}
	}
	return ps.studio.Prune(ctx, ps.jobs(), films, func(key string) bool { return cards[key] || ps.kept[key] })
}
