package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// Ask says what is to be imported.
type Ask struct {
	Gallery string  // folder of the gallery, below content
	Inputs  []Input // what people sent
	Media   []Input // folders and ZIP files with the files they sent
	Kind    string  // name of the source of all inputs; "" = told for each
	Options Options
	Zone    string // name of Options.Zone, where the person said it for this import
	Salt    string // for a gallery that has none yet; from chance
}

// Plan is an import that has not been done.
type Plan struct {
	Gallery string    `json:"gallery"` // folder below content
	Inputs  []Told    `json:"inputs"`
	Folders []*Folder `json:"new"`
	// Completed are submissions that were imported before and get files that they
	// noted as missing.
	Completed []*Folder `json:"completed"`
	Known     int       `json:"known"`     // entries that were imported before
	Taken     int       `json:"withdrawn"` // of these, withdrawn since
	LeftOut   int       `json:"left_out"`  // rows and posts that cannot be imported, as the problems say
	Contacts  int       `json:"contacts"`  // lines added to private/contacts.csv
	Unused    []string  `json:"unused"`    // files given with --media that are nobody's
	Granted   int       `json:"granted"`   // of the new ones
	Named     int       `json:"named"`     // of the new ones, whose name may be shown

	Mapping *Mapping `json:"-"`
	// Undecided: there are new questions about consent, and nobody has said yet
	// which answers are a yes. Then only import.toml is to be written.
	Undecided bool   `json:"undecided"`
	Files     []File `json:"-"` // to be written before the folders, in this order
}

// Told is an input and what it was taken for.
type Told struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Entries int    `json:"entries"`
}

// Folder is a submission to be made.
type Folder struct {
	Dir     string      `json:"dir"` // below the site's folder
	ID      string      `json:"id"`
	At      problem.Pos `json:"from"`
	Missing []string    `json:"missing,omitempty"` // media that it should have, as the table names them
	Files   []File      `json:"files"`             // submission.md first
}

// File is one to be written: Data, or what Open gives.
type File struct {
	Path    string                        `json:"path"` // below the site's folder; of a Folder, below it
	From    string                        `json:"from,omitempty"`
	Data    []byte                        `json:"-"`
	Open    func() (io.ReadCloser, error) `json:"-"`
	Private bool                          `json:"-"` // for the owner's eyes only
}

// Refusal says why nothing can be imported, and what to do.
type Refusal struct{ Text, Hint string }

func (r *Refusal) Error() string { return r.Text }

func refuse(hint, text string, args ...any) error { return &Refusal{fmt.Sprintf(text, args...), hint} }

// planning is what a plan is made from.
type planning struct {
	*Plan
	ask     *Ask
	site    fs.FS
	content *gallery.Site
	gallery *gallery.Gallery
	probs   *problem.List
	was     string // import.toml
	ids     map[string]*gallery.Submission
	raw     [][]byte        // submission.md that cannot be read
	gone    map[string]bool // SHA-256 of what was withdrawn
}

// MakePlan plans an import into a site whose content was read. Problems are
// those of what is imported. A *Refusal is an error in what is asked, any other
// that the disk failed or ctx ended.
func MakePlan(ctx context.Context, site fs.FS, content *gallery.Site, ask Ask) (*Plan, problem.List, error) {
	var probs problem.List
	p := &planning{Plan: &Plan{Gallery: ask.Gallery}, ask: &ask, site: site, content: content, probs: &probs}
	err := p.make(ctx)
	return p.Plan, probs.Sorted(), err
}

func (p *planning) make(ctx context.Context) error {
	if err := p.find(); err != nil {
		return err
	}
	if err := p.readMapping(); err != nil {
		return err
	}
	entries, err := p.read(ctx)
	if err != nil {
		return err
	}
	if err := p.match(entries); err != nil {
		return err
	}
	p.known()
	if err := p.folders(ctx, entries); err != nil {
		return err
	}
	p.quiet(entries)
	return p.files(entries)
}

// quiet forgets what was to be said of entries that were imported before: it was
// said then.
func (p *planning) quiet(entries []keyed) {
	fresh, before := map[problem.Pos]bool{}, map[problem.Pos]bool{}
	for _, f := range p.Folders {
		fresh[f.At] = true
	}
	for _, e := range entries {
		before[e.At] = !fresh[e.At]
	}
	*p.probs = slices.DeleteFunc(*p.probs, func(x problem.Problem) bool { return x.Level != problem.Error && before[x.Pos] })
}

// find finds the gallery.
func (p *planning) find() error {
	var dirs []string
	for _, g := range p.content.Galleries {
		if g.Dir == p.ask.Gallery {
			p.gallery = g
			return nil
		}
		dirs = append(dirs, g.Dir)
	}
	if len(dirs) == 0 {
		return refuse(`make one with "gallerist new gallery"`, "the site has no gallery to import into")
	}
	return refuse(problem.DidYouMean(p.ask.Gallery, dirs), "there is no gallery in content/%s", p.ask.Gallery)
}

// mappingPath is where import.toml stands.
func (p *planning) mappingPath() string { return "content/" + p.gallery.Dir + "/" + MappingFile }

func (p *planning) readMapping() error {
	file := p.mappingPath()
	info, err := fs.Lstat(p.site, file)
	var src []byte
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return refuse("put the file itself there", "%s is not a regular file, so it is not opened", file)
	default:
		if src, err = fs.ReadFile(p.site, file); err != nil {
			return err
		}
	}
	m := ReadMapping(file, src, p.probs)
	if m == nil {
		return refuse("mend it first, or bring back an earlier version", "without %s nothing is imported", file)
	}
	p.Mapping, p.was, p.ask.Options.Mapping = m, string(src), m
	if !m.Saved {
		m.Salt = p.ask.Salt
		p.terms()
	}
	if p.ask.Options.Lang == "" {
		p.ask.Options.Lang = p.gallery.Lang
	}
	return p.zone()
}

// zone settles by which clocks times are: as the first import said.
func (p *planning) zone() error {
	m, opt := p.Mapping, &p.ask.Options
	if m.Zone == "" {
		return nil
	}
	if p.ask.Zone != "" && p.ask.Zone != m.Zone {
		return refuse("leave --zone out; with another zone all answers would be taken for new ones", "%s says that times are those of %q", p.mappingPath(), m.Zone)
	}
	loc, err := loadZone(m.Zone)
	if err != nil {
		return refuse(`use a name of the IANA list such as "Europe/Moscow"`, "unknown time zone %q in %s", m.Zone, p.mappingPath())
	}
	opt.Zone = loc
	return nil
}

// terms takes what the gallery's call asks for.
func (p *planning) terms() {
	t := &p.Mapping.Grant
	if c := p.gallery.Call; c != nil {
		*t = Terms{Version: c.Terms, Scope: c.Scope, Months: c.Months}
	}
	if len(t.Scope) == 0 {
		t.Scope = []string{"site"}
	}
	for _, a := range p.content.Articles {
		if t.Version != "" && a.Terms != nil && a.Terms.Version == t.Version {
			t.Text = a.Terms.Hash[:gallery.HashMin]
		}
	}
}

// keyed is an entry with its id.
type keyed struct {
	*Entry
	id    string
	alone string // the id it would have, were it the only one of its second; "" = it is
}

// read reads all inputs.
func (p *planning) read(ctx context.Context) ([]keyed, error) {
	var all []keyed
	at := map[string]problem.Pos{}
	for _, in := range p.ask.Inputs {
		kind, err := p.kind(in)
		if err != nil {
			return nil, err
		}
		before := len(*p.probs)
		entries, err := kind.Source.Read(ctx, in, &p.ask.Options, p.probs)
		if err != nil {
			return nil, err
		}
		for _, x := range (*p.probs)[before:] {
			if x.Level == problem.Error && x.Pos.File != p.Mapping.Pos.File {
				p.LeftOut++
			}
		}
		p.Inputs = append(p.Inputs, Told{in.Name, kind.Name, len(entries)})
		for i := range entries {
			id := p.id(kind, entries[i].Key)
			if other, twice := at[id]; twice {
				p.probs.Notef(entries[i].At, "nothing: it is taken once", "the same answer as in %s", other)
				continue
			}
			at[id] = entries[i].At
			k := keyed{Entry: &entries[i], id: id}
			if entries[i].alone != "" {
				k.alone = p.id(kind, entries[i].alone)
			}
			all = append(all, k)
		}
	}
	return all, nil
}

// kind tells what an input is.
func (p *planning) kind(in Input) (Kind, error) {
	var names []string
	for _, k := range Kinds() {
		names = append(names, k.Name)
		if p.ask.Kind == k.Name || p.ask.Kind == "" && k.Source.Tells(in) {
			return k, nil
		}
	}
	if p.ask.Kind != "" {
		return Kind{}, refuse(problem.DidYouMean(p.ask.Kind, names), "unknown kind %q", p.ask.Kind)
	}
	return Kind{}, refuse("say what it is with --from; known here: "+strings.Join(names, ", "), "nobody can tell what %q is", in.Name)
}

// match gives entries the files that were sent with them.
func (p *planning) match(entries []keyed) error {
	l, err := newLibrary(append(slices.Clone(p.ask.Media), tablesWithMedia(p.ask.Inputs)...), p.probs)
	if err != nil {
		return err
	}
	list := make([]*Entry, len(entries))
	for i := range entries {
		list[i] = entries[i].Entry
	}
	l.match(list, p.ask.Options.ByOrder, p.probs)
	for _, x := range l.items {
		if x.taken == nil {
			p.Unused = append(p.Unused, x.at.File)
		}
	}
	slices.Sort(p.Unused)
	return nil
}

// tablesWithMedia returns the inputs that are a table among other files.
func tablesWithMedia(inputs []Input) (list []Input) {
	for _, in := range inputs {
		if in.File != "" {
			continue
		}
		if _, ok := tableIn(in); ok {
			list = append(list, in)
		}
	}
	return list
}

// known collects the ids of the site, wherever their folders are, and what was
// withdrawn.
func (p *planning) known() {
	p.ids, p.gone = map[string]*gallery.Submission{}, map[string]bool{}
	for _, g := range p.content.Galleries {
		for _, s := range g.Submissions {
			p.ids[s.ID] = s
			for _, hash := range s.Withdrawal.Originals {
				p.gone[hash] = true
			}
		}
	}
	for _, s := range p.content.Broken {
		if s.ID != "" {
			p.ids[s.ID] = s
			continue
		}
		if src, err := fs.ReadFile(p.site, s.File); err == nil {
			p.raw = append(p.raw, src)
		}
	}
}

// isKnown reports whether an id is in the site, also in a file that cannot be
// read at the moment.
func (p *planning) isKnown(id string) bool {
	if s, ok := p.ids[id]; ok {
		if s.Status == gallery.Withdrawn {
			p.Taken++
		}
		return true
	}
	return slices.ContainsFunc(p.raw, func(src []byte) bool { return bytes.Contains(src, []byte(id)) })
}

// files lists what is to be written before the folders.
func (p *planning) files(entries []keyed) error {
	if len(entries) == 0 {
		return nil
	}
	p.Undecided = len(p.ask.Options.Accept) == 0 && p.Mapping.undecided()
	text, err := p.Mapping.Text(p.was)
	if err != nil {
		p.probs.Warnf(p.Mapping.Pos, "write the new questions below [columns] yourself", "%v", err)
	} else if text != p.was && (len(p.Folders) > 0 || p.Undecided || p.was != "") {
		p.Files = append(p.Files, File{Path: p.mappingPath(), Data: []byte(text)})
	}
	fresh := map[string]bool{}
	for _, f := range p.Folders {
		fresh[f.ID] = true
	}
	var contacts []source.NewContact
	for _, e := range entries {
		if c := e.contact(); fresh[e.id] && len(c) > 0 {
			contacts = append(contacts, source.NewContact{ID: e.id, Cells: c})
		}
	}
	if len(contacts) == 0 {
		return nil
	}
	return p.contacts(contacts)
}

func (p *planning) contacts(list []source.NewContact) error {
	var was []byte
	info, err := fs.Lstat(p.site, source.ContactsFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular() || info.Size() > source.MaxContacts:
		return refuse("put the table itself there", "%s is not a regular file, or too large", source.ContactsFile)
	default:
		if was, err = fs.ReadFile(p.site, source.ContactsFile); err != nil {
			return err
		}
	}
	after, n, err := source.AppendContacts(was, list)
	if err != nil {
		return refuse("mend the table, so that no address is lost, then import again", "%s cannot be added to: %v", source.ContactsFile, err)
	}
	if p.Contacts = n; n > 0 {
		p.Files = append(p.Files, File{Path: source.ContactsFile, Data: after, Private: true})
	}
	return nil
}

// contact returns the cells for private/contacts.csv.
func (e *Entry) contact() (list []source.ContactCell) {
	for _, c := range e.Contact {
		if c.Value != "" {
			list = append(list, source.ContactCell{Column: strings.ToLower(c.Column), Value: c.Value})
		}
	}
	return list
}

// undecided reports whether there is a new question about consent of which no
// answer gives anything yet.
func (m *Mapping) undecided() bool {
	return slices.ContainsFunc(m.Columns, func(c Column) bool {
		return c.Fresh && !c.Own && c.Field == "consent" && !slices.ContainsFunc(m.Answers, func(a Answer) bool { return a.Question == c.Question && len(a.Gives) > 0 })
	})
}

// parent returns the folder of a gallery, with its year and month where they are
// wanted.
func (p *planning) parent(e *Entry, shard bool) string {
	dir := "content/" + p.gallery.Dir
	if at := e.when(); shard && !at.IsZero() {
		dir = path.Join(dir, at.Format("2006"), at.Format("01"))
	}
	return dir
}
