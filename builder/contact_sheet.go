package builder

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/contactsheet"
	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// ContactAsk says what a contact sheet is of.
type ContactAsk struct {
	Gallery  string                   // folder below content of a gallery or a series; "" = all
	Only     string                   // what Touched limits it to, in words
	Touched  func(folder string) bool // which submissions, by folder below the site's; nil = all
	Problems problem.List             // of the site
	Progress func(done, total int)
}

// ContactSheet is a folder for reviewers elsewhere: one page with the pictures it
// shows. What the public would not see of people is not in it, approved or not.
type ContactSheet struct {
	Set    *publish.Set
	Counts []ContactCount
	Unread int // submissions that cannot be read, and are not in it
}

// ContactCount is how many submissions of a state there are.
type ContactCount struct {
	State string `json:"state"` // pending held approved declined
	Count int    `json:"count"`
}

// ContactMark is a file that every contact sheet has.
const ContactMark = contactsheet.StyleName

// contactFilm is the size in bytes up to which a film is on a sheet.
const contactFilm = 25 << 20

// contactStory is how many characters of a story are shown without a box that
// scrolls.
const contactStory = 400

// contactRecipe is what is made of each picture: to look at in a row of tiles, and
// as a whole.
var contactRecipe = media.Recipe{Name: "contact", Widths: []int{480, 1440}, Formats: []string{"jpeg"}}

// contactStates are the sections of a sheet, in their order.
var contactStates = []contactsheet.Section{
	{ID: "pending", Title: "Waiting for review", Says: "Nobody has decided on these yet."},
	{ID: "held", Title: "Approved, but held back", Says: "These cannot be published as they are; each says why."},
	{ID: "approved", Title: "Approved", Says: "These are published with the next build."},
	{ID: "declined", Title: "Declined", Says: "These are not published."},
}

// contacting is a sheet under way.
type contacting struct {
	r        *Result
	l        *locale
	ask      ContactAsk
	tiles    []contactTile
	at       map[string]int // index of a tile, by id
	problems map[string]problem.List
	neutral  *strings.Replacer // puts ids in the place of paths
	jobs     []media.Job
}

// contactTile is a tile with where it belongs.
type contactTile struct {
	contactsheet.Tile
	section int
	alike   int // the first tile of those that look alike
	shown   []shownPicture
}

// shownPicture is a picture that is to be made.
type shownPicture struct{ medium, job int }

// ContactSheet returns the sheet of a site that was planned with drafts and
// compared; an error is an *UnknownGallery, a broken disk or a cancelled context.
func (r *Result) ContactSheet(ctx context.Context, ask ContactAsk) (*ContactSheet, error) {
	c := &contacting{r: r, l: r.locales[0], ask: ask, at: map[string]int{}, problems: map[string]problem.List{}}
	out := &ContactSheet{Set: &publish.Set{}}
	var dirs []string
	for _, g := range r.model.galleries {
		dirs = append(dirs, g.Dir)
	}
	if err := unknownGallery(dirs, ask.Gallery); err != nil {
		return nil, err
	}
	c.sortProblems()
	for _, g := range r.model.galleries {
		if !inGallery(g.Dir, ask.Gallery) {
			continue
		}
		if ask.Touched == nil {
			out.Unread += g.Broken
		}
		for _, w := range g.participants {
			if ask.Touched == nil || ask.Touched("content/"+w.submission.Dir) {
				c.add(g, w)
			}
		}
	}
	files, err := c.make(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		out.Set.Add(f)
	}
	sheet := c.sheet(out)
	out.Set.Add(written("index.html", configFile, "text/html", func(b *bytes.Buffer) error { return contactsheet.Write(b, sheet) }))
	out.Set.Add(made(contactsheet.StyleName, configFile, "text/css", contactsheet.Style))
	out.Set.Add(made("_headers", configFile, "text/plain", func() ([]byte, error) { return []byte(contactsheet.Headers), nil }))
	return out, nil
}

// sortProblems finds whose each problem is, and what to write for paths, which
// may name people.
func (c *contacting) sortProblems() {
	var pairs []string
	for _, g := range c.r.model.galleries {
		for _, s := range g.Submissions {
			for i, m := range s.Media {
				if m.Path != "" {
					pairs = append(pairs, m.Path, fmt.Sprintf("picture %d of %s", i+1, s.ID))
				}
			}
			pairs = append(pairs, "content/"+s.Dir, s.ID, s.Dir, s.ID)
		}
	}
	c.neutral = strings.NewReplacer(longestFirst(pairs)...)
	dirs := map[string]bool{}
	for _, g := range c.r.model.galleries {
		for _, s := range g.Submissions {
			dirs["content/"+s.Dir] = true
		}
	}
	for _, p := range c.ask.Problems {
		for dir := path.Dir(p.Pos.File); dir != "." && dir != "/"; dir = path.Dir(dir) {
			if dirs[dir] {
				c.problems[dir] = append(c.problems[dir], p)
				break
			}
		}
	}
}

// longestFirst sorts pairs of a text and what stands for it, so that of two texts
// the one is tried first that begins with the other.
func longestFirst(pairs []string) []string {
	type pair [2]string
	list := make([]pair, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, pair{pairs[i], pairs[i+1]})
	}
	slices.SortFunc(list, func(a, b pair) int { return cmp.Or(len(b[0])-len(a[0]), strings.Compare(a[0], b[0])) })
	out := pairs[:0]
	for _, p := range list {
		out = append(out, p[0], p[1])
	}
	return out
}

// add adds the tile of somebody who took part.
func (c *contacting) add(g *plannedGallery, w *participant) {
	s, l := w.submission, c.l
	hide := redactor(hiddenWords(s))
	t := contactTile{section: contactSection(w), alike: len(c.tiles)}
	t.Tile = contactsheet.Tile{
		ID: s.ID, State: contactStates[t.section].Title, Gallery: l.galleryText(g).Title, Folder: shownFolder(c.r.Config.Language, s),
		Received: l.m.dayOf(s.Received), Licence: s.License, Grant: grantWords(s),
	}
	if s.Status == gallery.Featured && t.section == sectionApproved {
		t.State = "Approved and featured"
	}
	if p := w.piece; p != nil {
		text := p.Text
		t.Lang = l.m.languageOf(p)
		t.Long = len([]rune(text.Body)) > contactStory
		t.Title, t.Caption, t.Story = hide(text.Title), hide(text.Caption), hide(strings.TrimSpace(text.Body))
		t.Credit, t.Told = hide(isolates.Replace(l.credit(p))), hide(l.disclosure(p))
		for _, tag := range p.Tags {
			t.Tags = append(t.Tags, hide(tag))
		}
		c.media(&t, p, hide)
	}
	c.missing(&t, g, w, hide)
	c.at[s.ID] = len(c.tiles)
	c.tiles = append(c.tiles, t)
}

// Indexes of contactStates.
const (
	sectionPending = iota
	sectionHeld
	sectionApproved
	sectionDeclined
)

func contactSection(w *participant) int {
	switch {
	case w.submission.Status == gallery.Declined:
		return sectionDeclined
	case w.submission.Status == gallery.Pending:
		return sectionPending
	case w.refused != "" || w.piece == nil:
		return sectionHeld
	}
	return sectionApproved
}

// grantWords says what an author allowed.
func grantWords(s *gallery.Submission) string {
	if s.Grant.Status != gallery.GrantGranted {
		return string(cmp.Or(s.Grant.Status, gallery.GrantNone))
	}
	words := "granted for " + strings.Join(s.Grant.Scope, ", ")
	if len(s.Grant.Scope) == 0 {
		words = "granted for nothing"
	}
	return words
}

// media lists what a piece shows, and what is to be made for it.
func (c *contacting) media(t *contactTile, p *piece, hide func(string) string) {
	text := p.Text
	for i, pic := range p.pictures {
		said := text.Media[pic.media.File]
		m := contactsheet.Medium{Number: i + 1, Alt: cmp.Or(said.Alt, pic.media.Text.Alt), Caption: hide(cmp.Or(said.Caption, pic.media.Text.Caption))}
		if m.Alt == "" && i == 0 {
			m.Alt = text.Alt
		}
		m.Alt = hide(m.Alt)
		switch clip := pic.clip; {
		case clip == nil:
		case clip.info == nil:
			m.Elsewhere = clip.link
		case clip.info.ClipSize > contactFilm:
			m.Note = fmt.Sprintf("A film of %d MB, which is too large for this sheet: look at it in the folder.", clip.info.ClipSize>>20)
		default:
			m.Film, m.Sound = clip.info.ClipPath(), clip.info.Clip.Sound
		}
		t.Media = append(t.Media, m)
		if pic.shows() {
			plan := c.r.pictures.studio.Plan([]media.Recipe{contactRecipe}, pic.info, media.Look{})
			t.shown = append(t.shown, shownPicture{i, len(c.jobs)})
			c.jobs = append(c.jobs, media.Job{Info: pic.info, Renditions: plan[contactRecipe.Name]})
		}
	}
}

// make makes the pictures and returns the files of the sheet that are media.
func (c *contacting) make(ctx context.Context) ([]publish.File, error) {
	results, err := c.r.pictures.studio.Make(ctx, c.jobs, c.ask.Progress)
	if err != nil {
		return nil, err
	}
	var list []publish.File
	seen := map[string]bool{}
	add := func(f publish.File) {
		if !seen[f.Path] {
			seen[f.Path] = true
			list = append(list, f)
		}
	}
	origins := map[string]string{}
	for i := range c.tiles {
		t := &c.tiles[i]
		for _, s := range t.shown {
			m := &t.Media[s.medium]
			if fault := results.Sources[s.job].Fault; fault != nil {
				m.Note = fault.Text + ": " + fault.Hint
				continue
			}
			renditions := c.jobs[s.job].Renditions
			small, large := renditions[0], renditions[len(renditions)-1]
			m.Small, m.Large, m.Width, m.Height = small.Path, large.Path, small.Width, small.Height
			for _, rendition := range renditions {
				origins[rendition.Path] = c.jobs[s.job].Info.Path
			}
		}
	}
	for _, f := range results.Files {
		if origin, ok := origins[f.Path]; ok {
			add(publish.File{Path: f.Path, Origin: origin, Type: f.Type, Size: f.Size, Hash: f.Hash, Open: c.r.telling(f.Open, origin)})
		}
	}
	for _, p := range c.r.model.pieces {
		at, ok := c.at[p.ID]
		if !ok {
			continue
		}
		for i, pic := range p.pictures {
			if info := pic.clipInfo(); info != nil && c.tiles[at].Media[i].Film != "" {
				open := func() (io.ReadCloser, error) { return c.r.pictures.studio.OpenClip(info) }
				add(publish.File{Path: info.ClipPath(), Origin: info.Path, Type: info.Clip.Type, Size: info.ClipSize, Open: c.r.telling(open, info.Path)})
			}
		}
	}
	return list, nil
}

// missing lists what is to be put right, the gravest first: what would refuse the
// piece once it is approved, then the problems.
func (c *contacting) missing(t *contactTile, g *plannedGallery, w *participant, hide func(string) string) {
	s := w.submission
	approved := *s
	if s.Status == gallery.Pending {
		approved.Status = gallery.Approved
	}
	policy := c.r.model.policy(g.Gallery)
	policy.Drafts = false
	if _, refusal := gallery.Publish(&approved, policy); refusal != nil && exportRefusals[refusal.Reason] != "" && s.Status != gallery.Declined {
		t.Missing = append(t.Missing, contactsheet.Missing{Level: contactsheet.Needed, Text: exportRefusals[refusal.Reason]})
	}
	list := slices.Clone(c.problems["content/"+s.Dir])
	slices.SortStableFunc(list, func(a, b problem.Problem) int { return cmp.Compare(a.Level, b.Level) })
	var files []string
	for i, m := range s.Media {
		files = append(files, strconv.Quote(m.File), fmt.Sprintf("picture %d", i+1))
	}
	own := strings.NewReplacer(files...)
	said := func(text string) string { return hide(problem.Visible(c.neutral.Replace(own.Replace(text)))) }
	for _, p := range list {
		t.Missing = append(t.Missing, contactsheet.Missing{Level: p.Level.String(), Where: contactPlace(s, p.Pos), Text: said(p.Text), Hint: said(p.Hint)})
	}
}

// contactPlace names a place in a submission without the name of a file, which
// may be anybody's.
func contactPlace(s *gallery.Submission, pos problem.Pos) string {
	if pos.File == s.File && pos.Line > 0 {
		return "line " + strconv.Itoa(pos.Line)
	}
	for i, m := range s.Media {
		if m.Path != "" && pos.File == m.Path {
			return "picture " + strconv.Itoa(i+1)
		}
	}
	return ""
}

// sheet puts the tiles into their sections, and those that look alike together,
// where the one of them stands that comes first.
func (c *contacting) sheet(out *ContactSheet) *contactsheet.Sheet {
	c.joinAlike()
	s := &contactsheet.Sheet{
		Title: c.l.text.Title, Lang: c.l.tag, Made: c.l.m.dayOf(c.l.m.now), Only: c.ask.Only,
	}
	if out.Unread > 0 {
		s.Elsewhere = out.Unread
	}
	together := map[int][]int{}
	for i, t := range c.tiles {
		together[t.alike] = append(together[t.alike], i)
	}
	for at, section := range contactStates {
		for i, t := range c.tiles {
			if t.section == at {
				section.Count++
			}
			members := together[t.alike]
			if t.alike != i || c.sectionOf(members) != at {
				continue
			}
			group := contactsheet.Group{Alike: len(members) > 1}
			for _, m := range members {
				group.Tiles = append(group.Tiles, c.tiles[m].Tile)
			}
			section.Groups = append(section.Groups, group)
		}
		if section.Count > 0 || len(section.Groups) > 0 {
			s.Sections = append(s.Sections, section)
			out.Counts = append(out.Counts, ContactCount{section.ID, section.Count})
		}
	}
	return s
}

func (c *contacting) sectionOf(members []int) int {
	section := sectionDeclined
	for _, m := range members {
		section = min(section, c.tiles[m].section)
	}
	return section
}

// joinAlike finds the tiles that look alike, also by way of others.
func (c *contacting) joinAlike() {
	first := func(i int) int {
		for c.tiles[i].alike != i {
			i = c.tiles[i].alike
		}
		return i
	}
	for _, pair := range c.r.pictures.alike {
		a, okA := c.at[pair[0]]
		b, okB := c.at[pair[1]]
		if !okA || !okB {
			continue
		}
		if x, y := first(a), first(b); x != y {
			c.tiles[max(x, y)].alike = min(x, y)
		}
		for _, of := range [][2]int{{a, b}, {b, a}} {
			if t := &c.tiles[of[0]]; !slices.Contains(t.Alike, c.tiles[of[1]].ID) {
				t.Alike = append(t.Alike, c.tiles[of[1]].ID)
			}
		}
	}
	for i := range c.tiles {
		c.tiles[i].alike = first(i)
	}
}
