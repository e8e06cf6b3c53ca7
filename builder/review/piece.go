package review

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder"
	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// pieceView is the large view of a piece.
type pieceView struct {
	Key, Base string
	ID, File  string
	State     State
	Label     string
	Title     string // as fields
	Lang, Dir string
	Name      string
	By        string
	Kind      string
	Gallery   string
	Received  string
	Place     string
	Reviewed  string
	Story     []string
	Media     []mediumView
	Credits   []builder.CreditSummary
	Card      *cardView // nil = it has no picture
	Thanks    []thanksView
	Held      []hindrance
	Notes     []hindrance
	Problems  problem.List
	Twins     []twinView
	Fields    fields
	Awards    []awardView
	NewAward  int
	Edits     []gallery.Edit
	Agreed    bool // the author allowed all changes
	Cropped   bool
	Action    string
	Before    string
	After     string
	Next      string // picture of the piece after it
	Place1    int    // in the queue
	Of        int
	Queue     string // label of the queue
	Decided   int
	All       int
}

// mediumView is one medium, large, with what is said of it.
type mediumView struct {
	Number  int
	Name    string
	Kind    string
	Large   string // picture, or poster
	Tile    string
	Shown   string // what is published of it
	Play    string // file of a film or a recording
	Link    string
	Tracks  []trackView
	W, H    int
	Color   string
	Fault   string
	Alt     string
	Words   string
	Focus   string
	Crop    string
	X, Y    float64 // of the focus, in hundredths
	Crops   []cropView
	Part    partView
	NeedAlt bool
	First   bool
	Last    bool
}

type trackView struct{ Src, Lang string }

// cropView is how a shape is cut out of a picture: a part of it in its pixels.
type cropView struct {
	Label   string
	Box     string // for viewBox
	ShapeW  int
	ShapeH  int
	Picture string
	W, H    int
}

// cardView is how a list shows the piece, in the site's own language.
type cardView struct {
	Picture        string
	W, H           int
	Title, Lang    string
	Line, LineLang string
}

// hindrance is what keeps a piece from being published, and what to do.
type hindrance struct{ Short, Text, Hint string }

type thanksView struct {
	When       string
	Paragraphs []string
	Lang       string
}

// twinView is a picture that looks like one of this piece's.
type twinView struct {
	Own, Other string // pictures
	OwnNumber  int
	Href       string
	Name, By   string
	State      string
	Same       bool
	Received   string
	OwnTime    string
}

type awardView struct {
	Number      int
	Title, Rank string
	Finalist    bool
	Category    string
}

// piece answers with the large view.
func (s *Server) piece(w http.ResponseWriter, r *http.Request, key string) error {
	if err := s.board.refresh(r.Context()); err != nil {
		return err
	}
	e, src, err := s.read(r.Context(), key)
	if err != nil {
		return err
	}
	f := parseFilter(r.URL.Query())
	v := s.pieceView(r.Context(), e, src, f)
	fr := s.frame(v.Name, f, f.href("/piece/"+key))
	fr.Body = v
	s.show(w, http.StatusOK, "piece", fr)
	return nil
}

func (s *Server) pieceView(ctx context.Context, e *entry, src []byte, f filter) *pieceView {
	sub := e.sub
	d := readDocument(sub.File, src)
	v := &pieceView{
		Key: e.key, Base: version(src), ID: sub.ID, File: sub.File, State: s.board.state(e), Lang: e.lang(),
		Name: nameOf(sub), By: byline(sub), Kind: say("kind." + string(s.opt.Desk.Kind(ctx, e.gallery, sub))),
		Gallery: e.gallery.Text.Title, Received: s.day(sub), Story: paragraphs(sub.Text.Body),
		Credits: s.opt.Desk.Credits(ctx, e.gallery, sub), Held: s.hindrances(e), Notes: s.remarks(e),
		Fields: d.fields(sub), NewAward: d.awards, Edits: sub.Edits, Agreed: slices.Contains(sub.Grant.Scope, "retouch"), Cropped: sub.Cropped() != nil,
		Action: f.href("/piece/" + e.key),
	}
	v.Label = say("state." + string(v.State))
	if sub.Consent.Place && !sub.Minor {
		v.Place = sub.Place
	}
	if sub.Reviewed.By != "" || !sub.Reviewed.On.IsZero() {
		v.Reviewed = strings.TrimSpace(sub.Reviewed.By + " " + s.date(sub.Reviewed.On))
	}
	for i := range sub.Media {
		v.Media = append(v.Media, s.mediumView(ctx, e, i))
	}
	if len(v.Media) > 0 && v.Media[0].Tile != "" && v.Media[0].W > 0 && len(v.Credits) > 0 {
		first := v.Media[0]
		v.Card = &cardView{first.Shown, first.Part.ShownW, first.Part.ShownH, sub.Text.Title, v.Lang, v.Credits[0].Line, v.Credits[0].Lang}
	}
	for i, a := range sub.Awards {
		aw := awardView{Number: i, Title: a.Title, Finalist: a.Finalist, Category: a.Category}
		if a.Rank > 0 {
			aw.Rank = strconv.Itoa(a.Rank)
		}
		v.Awards = append(v.Awards, aw)
	}
	for _, status := range [...]gallery.Status{gallery.Approved, gallery.Declined} {
		words, tongue := s.opt.Desk.Thanks(ctx, e.gallery, sub, status)
		v.Thanks = append(v.Thanks, thanksView{say("thanks." + string(status)), words, tongue})
	}
	for _, p := range s.board.probs["content/"+sub.Dir] {
		if p.Level != problem.Note && !strings.HasPrefix(p.Text, "no alt text") {
			v.Problems = append(v.Problems, p)
		}
	}
	v.Twins = s.twinViews(e, f)
	s.stepping(v, e, f)
	return v
}

// stepping fills in where the piece stands in the queue.
func (s *Server) stepping(v *pieceView, e *entry, f filter) {
	queue := s.board.queue(f)
	before, after, place := around(queue, e.key)
	v.Place1, v.Of, v.Queue = place, len(queue), say("state."+string(f.State))
	if before != nil {
		v.Before = f.href("/piece/" + before.key)
	}
	if after != nil {
		v.After = f.href("/piece/" + after.key)
		if len(after.sub.Media) > 0 {
			v.Next = pictureAddress(after, 0, "large")
		}
	}
	v.Decided, v.All = s.board.progress(f)
}

func (s *Server) day(sub *gallery.Submission) string { return s.date(sub.Received) }

// paragraphs parts a story as it was written; marks of Markdown are left in it.
func paragraphs(body string) []string {
	var list []string
	for p := range strings.SplitSeq(body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// mediumView returns one medium of an entry.
func (s *Server) mediumView(ctx context.Context, e *entry, i int) mediumView {
	m := e.sub.Media[i]
	v := mediumView{
		Number: i + 1, Name: m.Name(), Kind: string(mediumOf(m)), Link: m.Link, Alt: m.Text.Alt, Words: m.Text.Caption,
		Large: pictureAddress(e, i, "large"), Tile: pictureAddress(e, i, "tile"), Shown: pictureAddress(e, i, "shown"), Focus: focusText(m.Focus), Crop: cropText(m.Crop), Color: s.alike.colour(m),
		NeedAlt: needsAlt(m), First: i == 0, Last: i == len(e.sub.Media)-1,
	}
	at := "/file/" + e.key + "/" + strconv.Itoa(i) + "/"
	if kind := mediumOf(m); kind == film || kind == sound {
		v.Play = at + "play"
		for n, c := range m.Captions {
			v.Tracks = append(v.Tracks, trackView{at + "captions-" + strconv.Itoa(n), c.Lang})
		}
	}
	path := m.Poster
	if mediumOf(m) == picture {
		path = m.Path
	}
	if path == "" {
		return v
	}
	info, fault, err := s.opt.Desk.Studio.Probe(ctx, path)
	switch {
	case fault != nil:
		v.Fault = fault.Text + "; " + fault.Hint
		return v
	case err != nil:
		v.Fault = err.Error()
		return v
	}
	if t := s.board.stones.Original(info.Hash); t != nil {
		v.Fault = say("withdrawn.file", t.ID)
	}
	v.W, v.H = info.Width, info.Height
	v.Part = part(m.Crop, v.W, v.H)
	v.X, v.Y = v.Part.X+v.Part.W/2, v.Part.Y+v.Part.H/2
	if m.Focus != nil {
		v.X, v.Y = m.Focus.X*100, m.Focus.Y*100
	}
	if mediumOf(m) == picture {
		v.Crops = crops(v)
	}
	return v
}

// shapes are those that themes and share cards cut pictures to.
var shapes = [...]struct {
	label string
	w, h  int
}{{"crop.square", 1, 1}, {"crop.card", 40, 21}, {"crop.tall", 4, 5}}

// crops shows what of a picture stays in each shape, as package media cuts what is
// shown of it.
func crops(m mediumView) []cropView {
	var list []cropView
	p := m.Part
	left, top, w, h := p.X/100*float64(m.W), p.Y/100*float64(m.H), p.W/100*float64(m.W), p.H/100*float64(m.H)
	for _, s := range shapes {
		cw, ch := w, w*float64(s.h)/float64(s.w)
		if ch > h {
			cw, ch = h*float64(s.w)/float64(s.h), h
		}
		x := min(max(m.X/100*float64(m.W)-cw/2, left), left+w-cw)
		y := min(max(m.Y/100*float64(m.H)-ch/2, top), top+h-ch)
		box := strings.Join([]string{number(x), number(y), number(cw), number(ch)}, " ")
		list = append(list, cropView{say(s.label), box, s.w, s.h, m.Tile, m.W, m.H})
	}
	return list
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// hindrances returns what would keep an entry from being published if it were
// approved now.
func (s *Server) hindrances(e *entry) []hindrance {
	var list []hindrance
	add := func(key string, args ...any) {
		list = append(list, hindrance{say("held."+key+".short", args...), say("held."+key+".text", args...), say("held."+key+".hint", args...)})
	}
	if len(e.sub.Authors) == 0 {
		add("author")
	}
	for _, reason := range s.opt.Desk.Hindrances(e.gallery, e.sub) {
		add(reason)
	}
	for _, m := range e.sub.Media {
		if needsAlt(m) && s.opt.Desk.Config.Alt == problem.Error {
			add("alt", m.File)
		}
	}
	return list
}

// remarks returns what will be so when it is published, and is worth knowing.
func (s *Server) remarks(e *entry) []hindrance {
	var list []hindrance
	add := func(key string, args ...any) {
		list = append(list, hindrance{Text: say("note."+key, args...), Hint: say("note."+key+".hint", args...)})
	}
	sub := e.sub
	if !sub.Consent.Name {
		add("name")
	}
	if !sub.Consent.Place && !sub.Minor {
		add("place")
	}
	if sub.Minor {
		add("minor")
	}
	if sub.Disclosure.Kind != "" {
		add("disclosure", sub.Disclosure.Kind)
	}
	for _, m := range sub.Media {
		if needsAlt(m) && s.opt.Desk.Config.Alt != problem.Error {
			add("alt", m.File)
		}
	}
	if !sub.Grant.Until.IsZero() {
		add("until", s.date(sub.Grant.Until.Add(-1)))
	}
	return list
}

// twinViews returns what looks like something of an entry, side by side.
func (s *Server) twinViews(e *entry, f filter) []twinView {
	var list []twinView
	for _, t := range s.alike.twins(e.key) {
		other := s.board.byKey[t.key]
		if other == nil || t.own >= len(e.sub.Media) || t.other >= len(other.sub.Media) {
			continue
		}
		list = append(list, twinView{
			Own: pictureAddress(e, t.own, "tile"), Other: pictureAddress(other, t.other, "tile"), OwnNumber: t.own + 1,
			Href: f.at(s.board.state(other)).href("/piece/" + t.key), Name: nameOf(other.sub), By: byline(other.sub),
			State: say("state." + string(s.board.state(other))), Same: t.same, Received: s.day(other.sub), OwnTime: s.day(e.sub),
		})
	}
	return list
}

// conflictView is what a reviewer chooses from where the file has changed since it
// was shown.
type conflictView struct {
	Name   string
	File   string
	Base   string
	Action string
	Do     string
	Rows   []conflictRow
	Same   []conflictRow // what is wanted and nobody has touched
}

// conflictRow is one field, as the reviewer wants it and as the file has it now.
type conflictRow struct {
	Field, Label string
	Mine, Theirs string
	Changed      bool // the file says something else than was shown
	Wanted       bool // the reviewer has changed it
}

// conflict answers that the file is not the one that was shown, with both versions.
// Nothing is written.
func (s *Server) conflict(w http.ResponseWriter, e *entry, src []byte, f filter, form url.Values) error {
	now, set := readDocument(e.sub.File, src).fields(e.sub), changedFields(form)
	v := conflictView{Name: nameOf(e.sub), File: e.sub.File, Base: version(src), Action: f.href("/piece/" + e.key), Do: form.Get("do")}
	if status, ok := decisions[v.Do]; ok {
		set[fieldStatus] = string(status)
	} else {
		delete(set, fieldStatus)
		v.Do = "save"
	}
	var names []string
	for name := range form {
		if field, ok := strings.CutPrefix(name, "was."); ok {
			names = append(names, field)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		mine, wanted := set[name]
		row := conflictRow{Field: name, Label: fieldLabel(name), Mine: mine, Theirs: now[name], Wanted: wanted, Changed: form.Get("was."+name) != now[name]}
		switch {
		case wanted && row.Mine != row.Theirs || row.Changed && name == fieldStatus && wanted:
			v.Rows = append(v.Rows, row)
		case row.Changed:
			row.Mine = form.Get("was." + name)
			v.Same = append(v.Same, row)
		}
	}
	fr := s.frame(say("conflict.title"), f, f.href("/piece/"+e.key))
	fr.Body = v
	s.show(w, http.StatusConflict, "conflict", fr)
	return nil
}

// fieldLabel is what a field is called on the page.
func fieldLabel(name string) string {
	for _, prefix := range [...]string{fieldAlt, fieldWords, fieldFocus, fieldCrop} {
		if file, ok := strings.CutPrefix(name, prefix); ok {
			return say("field."+strings.TrimSuffix(prefix, ":")+".of", file)
		}
	}
	if rest, ok := strings.CutPrefix(name, fieldAward); ok {
		n, key, _ := strings.Cut(rest, ".")
		i, _ := strconv.Atoi(n)
		return say("field.award."+key, strconv.Itoa(i+1))
	}
	return say("field." + name)
}
