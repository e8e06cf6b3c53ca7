package builder

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/publish"
	"gallerist/builder/source"
)

// ExportUses lists what an export can be for: scopes of a grant that name a use
// outside the site.
var ExportUses = []string{"social", "print", "ads", "web", "embed"}

// ExportAsk says what to export.
type ExportAsk struct {
	Use     string // one of ExportUses
	Gallery string // folder below content of a gallery or a series; "" = all
}

// Export is what may be used elsewhere: the files that are to stand in a folder,
// and what is not among them.
type Export struct {
	Set    *publish.Set
	Pieces []ExportPiece
	Left   []ExportLeft
	Broken int // submissions that cannot be read
}

// ExportPiece is a piece with what must be told wherever it is used.
type ExportPiece struct {
	ID         string       `json:"id"`
	Files      []ExportFile `json:"files"`
	Title      string       `json:"title"`
	Credit     string       `json:"credit"`
	Disclosure string       `json:"disclosure,omitempty"`
	Licence    string       `json:"licence"` // to everybody: an SPDX identifier or ""
	Address    string       `json:"address"` // of its page
	Gallery    string       `json:"gallery"`
	Until      string       `json:"until"` // the last day on which it may be used; "" = without end
	Territory  string       `json:"territory"`
}

// ExportFile is one of its files.
type ExportFile struct {
	Name string `json:"name"`
	Alt  string `json:"alt"` // of a picture
}

// ExportLeft is an approved submission that is not exported, and why.
type ExportLeft struct {
	ID     string `json:"id"`
	Folder string `json:"folder"`
	Why    string `json:"why"`
}

// exportCSV and exportText tell of each file what must be told with it.
const (
	exportCSV  = "credits.csv"
	exportText = "credits.txt"
)

// ExportMark is a file that every export has.
const ExportMark = exportCSV

// Export returns what the permissions allow to be used elsewhere. Of each picture
// there is the largest rendition, which says whose it is, of a film or recording
// its cleaned copy, of a piece of words its words; never an original. An error is
// an *UnknownGallery.
func (r *Result) Export(ask ExportAsk) (*Export, error) {
	m, l := r.model, r.locales[0]
	var dirs []string
	e := &exporting{Export: &Export{Set: &publish.Set{}}, r: r, l: l, ask: ask, files: map[string]media.File{}, names: map[string]bool{}}
	for _, f := range r.pictures.files {
		e.files[f.Path] = f
	}
	for _, g := range m.galleries {
		dirs = append(dirs, g.Dir)
		if !inGallery(g.Dir, ask.Gallery) {
			continue
		}
		e.Broken += g.Broken
		for _, w := range g.participants {
			e.add(g, w)
		}
	}
	if err := unknownGallery(dirs, ask.Gallery); err != nil {
		return nil, err
	}
	rows := exportRows(e.Pieces)
	e.Set.Add(written(exportCSV, configFile, "text/csv", func(b *bytes.Buffer) error { return source.WriteCSV(b, true, rows) }))
	e.Set.Add(written(exportText, configFile, "text/plain", func(b *bytes.Buffer) error { e.tell(b); return nil }))
	return e.Export, nil
}

// exporting is an export under way.
type exporting struct {
	*Export
	r     *Result
	l     *locale
	ask   ExportAsk
	files map[string]media.File // renditions by path
	names map[string]bool       // of pieces, taken
}

// add adds somebody's piece, or why it is left out. What review has not approved
// is nobody's to miss.
func (e *exporting) add(g *plannedGallery, w *participant) {
	s := w.submission
	if s.Status != gallery.Approved && s.Status != gallery.Featured {
		return
	}
	why := exportRefusals[w.refused]
	switch {
	case why != "":
	case w.piece == nil:
		why = `it cannot be shown; "gallerist check" tells why`
	case !slices.Contains(s.Grant.Scope, e.ask.Use):
		why = fmt.Sprintf("its permission does not cover %q", e.ask.Use)
	default:
		if why = e.piece(g, w.piece, s); why == "" {
			return
		}
	}
	e.Left = append(e.Left, ExportLeft{ID: s.ID, Folder: s.Dir, Why: why})
}

// exportRefusals says why an approved piece is not published.
var exportRefusals = map[string]string{
	gallery.RefusedGrant:     "there is no granted permission",
	gallery.RefusedExpired:   "its permission has ended",
	gallery.RefusedScope:     "its permission does not cover the site, so nobody has made anything of it",
	gallery.RefusedGuardian:  "it is by a minor without a guardian's consent",
	gallery.RefusedAge:       "nobody says whether its author is a minor",
	gallery.RefusedRelease:   "it shows people who did not allow it",
	gallery.RefusedEdit:      "it was changed without its author's agreement",
	gallery.RefusedCrop:      "it is cropped without its author's agreement",
	gallery.RefusedScheduled: "it waits for its day",
	gallery.RefusedUnknown:   "nobody has reviewed it",
}

// piece adds a piece with its files. It returns why there are none.
func (e *exporting) piece(g *plannedGallery, p *piece, s *gallery.Submission) (why string) {
	l := e.l
	x := ExportPiece{
		ID: p.ID, Title: isolates.Replace(l.titleOf(p)), Credit: isolates.Replace(l.credit(p)), Disclosure: l.disclosure(p), Licence: p.License,
		Address: l.abs(p.path), Gallery: g.Dir, Territory: s.Grant.Territory,
	}
	if !s.Grant.Until.IsZero() {
		x.Until = l.m.dayOf(s.Grant.Until.Add(-time.Second))
	}
	name := e.nameOf(p)
	if len(p.pictures) == 0 {
		x.Files = append(x.Files, e.words(p, name, x))
	}
	for i, pic := range p.pictures {
		files, not := e.medium(p, i, pic, fmt.Sprintf("%s-%d", name, i+1))
		x.Files, why = append(x.Files, files...), cmp.Or(why, not)
	}
	if len(x.Files) == 0 {
		return why
	}
	e.Pieces = append(e.Pieces, x)
	return ""
}

// nameOf returns what a piece's files begin with: where its page is, which names
// nobody who does not want to be named.
func (e *exporting) nameOf(p *piece) string {
	name := strings.ReplaceAll(strings.TrimSuffix(p.path, "/"), "/", "-")
	if e.names[name] {
		name += "-" + p.ID
	}
	e.names[name] = true
	return name
}

// medium adds one picture, film or recording and returns its files, or why there
// are none.
func (e *exporting) medium(p *piece, i int, pic *picture, name string) (files []ExportFile, why string) {
	switch c := pic.clip; {
	case c == nil || e.ask.Use == "print" && pic.shows():
		best := e.l.largest(pic, renditionPlate)
		if best == nil {
			return nil, "its picture has no rendition"
		}
		from := e.files[best.Path]
		e.Set.Add(publish.File{Path: name + ".jpg", Origin: pic.info.Path, Type: best.Type, Open: e.r.telling(from.Open, pic.info.Path)})
		return []ExportFile{{name + ".jpg", e.l.alt(p, i)}}, ""
	case e.ask.Use == "print":
		return nil, "a film or a recording cannot be printed"
	case c.info == nil:
		return nil, "the film is on " + hostName(c.link) + ", and nothing of it is here"
	default:
		for _, f := range append([]clipFile{largestClip(c.files)}, c.track...) {
			file := name + path.Ext(f.path)
			if f.lang != "" {
				file = name + "." + f.lang + path.Ext(f.path)
			}
			e.Set.Add(publish.File{Path: file, Origin: f.origin, Type: f.plainType(), Open: e.r.telling(f.open, f.origin)})
			files = append(files, ExportFile{Name: file})
		}
		return files, ""
	}
}

// largestClip returns the rendition of a film with the most pixels.
func largestClip(files []clipFile) clipFile {
	return slices.MaxFunc(files, func(a, b clipFile) int { return cmp.Compare(a.width*a.height, b.width*b.height) })
}

// words adds what a piece of words says.
func (e *exporting) words(p *piece, name string, x ExportPiece) ExportFile {
	t := e.l.pieceText(p)
	var b strings.Builder
	for _, part := range []string{t.Title, t.Caption, t.Body, x.Credit, x.Disclosure} {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString(part + "\n\n")
		}
	}
	text := strings.TrimSuffix(b.String(), "\n")
	e.Set.Add(made(name+".txt", p.Dir, "text/plain", func() ([]byte, error) { return []byte(text), nil }))
	return ExportFile{Name: name + ".txt"}
}

// exportRows is the table of what must be told of each file.
func exportRows(pieces []ExportPiece) [][]string {
	rows := [][]string{{"file", "id", "title", "credit", "disclosure", "alt", "licence", "address", "gallery", "until", "territory"}}
	for _, p := range pieces {
		for _, f := range p.Files {
			rows = append(rows, []string{
				f.Name, p.ID, p.Title, p.Credit, p.Disclosure, f.Alt, cmp.Or(p.Licence, "all rights reserved"), p.Address, p.Gallery, p.Until, p.Territory,
			})
		}
	}
	return rows
}

// tell writes the same for people.
func (e *exporting) tell(b *bytes.Buffer) {
	fmt.Fprintf(b, "For %s, made on %s. Show the credit line wherever you use a file, and what is told below it.\n"+
		"These are copies: take away what is past its last day, and export again before you use one later, for its author can take it back.\n",
		useWords[e.ask.Use], e.l.m.dayOf(e.l.m.now))
	for _, p := range e.Pieces {
		b.WriteString("\n")
		for _, f := range p.Files {
			fmt.Fprintf(b, "%s\n", f.Name)
		}
		for _, line := range []string{p.Credit, p.Disclosure, licenceText(p.Licence), p.Address} {
			if line != "" {
				fmt.Fprintf(b, "  %s\n", line)
			}
		}
		if p.Until != "" {
			fmt.Fprintf(b, "  until %s\n", p.Until)
		}
		if p.Territory != "" {
			fmt.Fprintf(b, "  only in: %s\n", p.Territory)
		}
	}
}

// useWords names the uses in a sentence.
var useWords = map[string]string{
	"social": "social media", "print": "print", "ads": "advertising", "web": "other sites of yours", "embed": "sites that embed your pages",
}

// licenceText names a licence with its address.
func licenceText(licence string) string {
	if licence == "" {
		return "all rights reserved"
	}
	return strings.TrimSpace(licence + " " + gallery.Licenses[licence])
}
