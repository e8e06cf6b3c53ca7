package builder

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// LetterRequest says who is to be written to, of those who were not thanked yet.
type LetterRequest struct {
	Gallery string // folder below content of a gallery or a series; "" = all
	Since   string // received on this date or later: "2026-11-01"; "" = whenever
	Pending bool   // also those for whom nothing is decided yet
}

// LetterRefusal says why there are no letters, and what to do.
type LetterRefusal struct{ Text, Hint string }

func (r *LetterRefusal) Error() string { return r.Text }

// Letter is what one person is to be sent. It holds private data.
type Letter struct {
	ID      string
	Name    string // of the contact, else as the author gave it
	Email   string
	Phone   string
	Lang    string
	Outcome string
	Subject string
	Text    string // plain, lines ended by LF
	Page    string // address of their page; "" = they have none
	Piece   string // address of what they are shown; "" = nothing
	Gallery string // its title
}

// Reached tells whether the person can be written to.
func (l *Letter) Reached() bool { return l.Email != "" || l.Phone != "" }

// Letters are those to be sent, and whom they do not go to. Nobody who has
// withdrawn is written to.
type Letters struct {
	Title   string
	List    []*Letter // by gallery and folder
	Thanked []string  // ids of those who have been thanked
	Waiting []Waiting // those who are thanked later
	Known   []string  // the id of every submission, sorted
	Nowhere bool      // the site has no address, so nor have its pages
	BOM     bool      // the table begins with a byte-order mark
}

// Waiting is somebody who is not thanked yet, and why.
type Waiting struct {
	ID  string `json:"id"`
	Why string `json:"why"`
}

// letterColumns names the columns of the table of letters.
var letterColumns = []string{"id", "name", "email", "phone", "lang", "outcome", "subject", "text", "page", "piece", "gallery"}

// Rows returns the table of those letters that can be sent, its first row the
// names of the columns.
func (l *Letters) Rows() [][]string {
	rows := [][]string{letterColumns}
	for _, x := range l.List {
		if x.Reached() {
			rows = append(rows, []string{x.ID, x.Name, x.Email, x.Phone, x.Lang, x.Outcome, x.Subject, x.Text, x.Page, x.Piece, x.Gallery})
		}
	}
	return rows
}

// WriteLetters returns the letters to those who took part and were not thanked
// yet. It writes no file and sends nothing. An error that is no *LetterRefusal
// means a broken disk or a cancelled context.
func WriteLetters(ctx context.Context, fsys fs.FS, opt Options, ask LetterRequest) (*Letters, problem.List, error) {
	r, probs, err := Plan(ctx, fsys, opt)
	if err != nil {
		return nil, probs, err
	}
	since, err := sinceOf(ask.Since, r.Config.Zone)
	if err != nil {
		return nil, probs, err
	}
	list, err := r.model.galleriesIn(ask.Gallery)
	if err != nil {
		return nil, probs, err
	}
	var again problem.List // told by Plan
	done := source.Thanked(fsys, &again)
	out := &Letters{Title: r.Config.Text.Title, BOM: r.Config.Thanks.BOM, Nowhere: r.Config.BaseURL == defaultBaseURL, Known: r.model.ids()}
	for _, g := range list {
		for _, w := range g.participants {
			t := g.thankedFor(w)
			switch why := r.model.thankedLater(t, ask.Pending); {
			case w.submission.Received.Before(since):
			case done[w.submission.ID]:
				out.Thanked = append(out.Thanked, w.submission.ID)
			case why != "":
				out.Waiting = append(out.Waiting, Waiting{w.submission.ID, why})
			default:
				out.List = append(out.List, r.letter(t))
			}
		}
	}
	return out, probs, nil
}

func sinceOf(date string, zone *time.Location) (time.Time, error) {
	if date == "" {
		return time.Time{}, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, date, zone); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.RFC3339, date)
	if err != nil {
		return t, &LetterRefusal{fmt.Sprintf("%q is not a date", date), "write it as 2026-11-01"}
	}
	return t, nil
}

// galleriesIn returns the gallery of a folder, those of a series, or all.
func (m *model) galleriesIn(dir string) ([]*plannedGallery, error) {
	var list []*plannedGallery
	var dirs []string
	for _, g := range m.galleries {
		if dirs = append(dirs, g.Dir); dir == "" || g.Dir == dir || g.series != nil && g.series.Dir == dir {
			list = append(list, g)
		}
	}
	if dir != "" && len(list) == 0 {
		return nil, &LetterRefusal{fmt.Sprintf("there is no gallery in content/%s", dir), problem.DidYouMean(dir, dirs)}
	}
	return list, nil
}

// ids returns the id of every submission.
func (m *model) ids() []string {
	var list []string
	for _, g := range m.galleries {
		for _, s := range g.Submissions {
			list = append(list, s.ID)
		}
	}
	slices.Sort(list)
	return list
}

// thankedLater says why somebody is not thanked yet, "" if they are: nobody is
// told that they were chosen and later, when nobody writes any more, that they won.
func (m *model) thankedLater(t thanked, pending bool) string {
	switch {
	case pending:
		return ""
	case t.outcome == gallery.ThanksPending:
		return "nothing is decided yet"
	case !t.gallery.Announced(m.now):
		return "the results are not announced yet"
	}
	return ""
}

// letter writes to one person, in their language.
func (r *Result) letter(t thanked) *Letter {
	l := r.localeFor(r.model.languageFor(t.gallery, t.submission))
	contact := r.private.Contacts[t.submission.ID]
	x := &Letter{
		ID: t.submission.ID, Name: contact.Name, Email: contact.Email, Phone: contact.Phone, Lang: l.tag,
		Outcome: string(t.outcome), Gallery: l.galleryText(t.gallery).Title,
	}
	if x.Name == "" && len(t.submission.Authors) > 0 {
		x.Name = t.submission.Authors[0].Name
	}
	if path := thankPath(l.secret, x.ID); path != "" && r.Config.Pages.Thanks {
		x.Page = l.abs(path)
	}
	if t.shown != nil {
		x.Piece = l.abs(t.shown.path)
	}
	x.Subject, x.Text = l.letterText(t, x.Page)
	return x
}

func (r *Result) localeFor(tag string) *locale {
	for _, l := range r.locales {
		if l.tag == tag {
			return l
		}
	}
	return r.locales[0]
}

// letterText returns the subject and the text of a letter. Paragraphs that name
// what is not there are left out.
func (l *locale) letterText(t thanked, page string) (subject, text string) {
	values := l.thankValues(t, page)
	words, _ := l.thankWords(t)
	values["words"] = value{text: strings.Join(l.filled(words, values), "\n\n")}
	values["greeting"] = value{text: l.greeting(t)}
	frame := l.letterFrame()
	if own := l.m.templates[l.tag][gallery.ThanksLetter]; own != nil {
		frame = own.Paragraphs
	}
	text = strings.Join(l.filled(frame, values), "\n\n") + "\n"
	return isolates.Replace(l.letterSubject(t, values)), isolates.Replace(text)
}

// filled returns those paragraphs of which everything is there.
func (l *locale) filled(paragraphs []string, values map[string]value) []string {
	var list []string
	for _, p := range paragraphs {
		if l.has(p, values) {
			list = append(list, l.plain(p, values))
		}
	}
	return list
}

// letterSubject returns the subject of a letter: the template's for the outcome,
// else that of all letters, else the language's.
func (l *locale) letterSubject(t thanked, values map[string]value) string {
	for _, name := range []string{string(t.outcome), gallery.ThanksLetter} {
		if own := l.m.templates[l.tag][name]; own != nil && own.Subject != "" && l.has(own.Subject, values) {
			return l.plain(own.Subject, values)
		}
	}
	return l.plain(l.Label("thanks.subject"), values)
}

// letterFrame returns the letter of the language.
func (l *locale) letterFrame() []string {
	withdraw := l.Label("thanks.withdraw", "{withdraw}")
	if l.m.cfg.Thanks.Withdraw == "" {
		withdraw = l.Label("thanks.withdraw_reply")
	}
	return []string{
		"{greeting}", "{words}", l.Label("thanks.letter_page"), l.Label("thanks.letter_piece"), l.Label("thanks.letter_call"), withdraw, "{site}",
	}
}

// Outcomes lists what letters can be about, the best for whoever gets one first.
func Outcomes() []gallery.ThanksOutcome { return slices.Clone(gallery.ThanksOutcomes) }
