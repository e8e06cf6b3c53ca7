package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// rows makes entries of the rows of a table.
type rows struct {
	*Table
	*shape
	opt   *Options
	m     *Mapping
	probs *problem.List

	fields  []string // of the columns
	stamps  map[int][]stamp
	order   string // of dates
	zone    *time.Location
	unknown map[[2]string]int // answers that nobody has accepted or refused, counted
	skipped map[string]int    // rows that are no answers, by reason
}

// entries reads all rows.
func (r *rows) entries() []Entry {
	r.columns()
	if !r.dates() {
		return nil
	}
	r.unknown, r.skipped = map[[2]string]int{}, map[string]int{}
	list := make([]Entry, 0, len(r.Rows))
	of := make([]*Row, 0, len(r.Rows))
	for i := range r.Rows {
		row := &r.Rows[i]
		if r.row != nil {
			if why := r.row(r.Table, row); why != "" {
				r.skipped[why]++
				continue
			}
		}
		if e, ok := r.entry(i); ok {
			list, of = append(list, e), append(of, row)
		}
	}
	r.tell()
	return r.distinct(list, r.keys(list, of))
}

// tell tells of what concerns several rows, once.
func (r *rows) tell() {
	for why, n := range r.skipped {
		r.probs.Notef(r.Pos, "nothing: they are no answers yet", "%s left out: %s", many(n, "row"), why)
	}
	for key, n := range r.unknown {
		at := r.Pos
		if r.m.Saved {
			at = r.m.Pos
		}
		r.probs.Warnf(at, "add a table [[consent]] with question, answer and gives to "+MappingFile+", gives = [] if it is a no; if it is a yes, set the permission in the submissions that are there already",
			"%s said %q to %q, which is not an accepted answer, so nothing is taken for granted", people(n), key[1], key[0])
	}
}

// dates reads the columns of dates and tells their order and zone. false: that
// cannot be, which is told.
func (r *rows) dates() bool {
	r.stamps = map[int][]stamp{}
	var all []stamp
	for i, f := range r.fields {
		if f != "received" && f != "taken" {
			continue
		}
		r.stamps[i] = stampsOf(r.Table, i)
		for _, st := range r.stamps[i] {
			if !st.isZero() {
				all = append(all, st)
			}
		}
	}
	return r.orderOf(all) && r.zoneOf(all)
}

// orderOf settles in which order dates are written.
func (r *rows) orderOf(all []stamp) bool {
	r.order = r.m.DateOrder
	if r.opt.DateOrder != "" {
		r.order = r.opt.DateOrder
	}
	found, sure := orderOf(all)
	switch plain := slices.ContainsFunc(all, func(s stamp) bool { return !s.first }); {
	case !plain:
		return true
	case r.order == "" && found == "" && !sure:
		r.probs.Errorf(r.Pos, "say it: --date-order dmy where the day comes first, mdy where the month does",
			"every date in it, such as %q, can be read in two ways", r.example())
		return false
	case r.order == "" && found == "":
		r.probs.Errorf(r.Pos, "write all dates in one way", "in some dates the day comes first, in others the month")
		return false
	case r.order == "":
		r.order = found
	case found != "" && found != r.order && sure:
		r.probs.Errorf(r.Pos, "look at the dates, and at date_order in "+MappingFile, "its dates are not in the order %s, but in %s", r.order, found)
		return false
	}
	if r.m.DateOrder == "" {
		r.m.DateOrder = r.order
	}
	return true
}

// example is a date that can be read in two ways.
func (r *rows) example() string {
	for column := range r.fields {
		for at, st := range r.stamps[column] {
			a, okA := st.date("dmy")
			b, okB := st.date("mdy")
			if okA && okB && !a.Equal(b) {
				return r.Rows[at].Cells[column]
			}
		}
	}
	return ""
}

// zoneOf settles by which clocks times without a zone are.
func (r *rows) zoneOf(all []stamp) bool {
	r.zone = r.opt.Zone
	if r.shape.zone != nil {
		r.zone = r.shape.zone
	}
	need := slices.ContainsFunc(all, func(s stamp) bool { return s.timed && !s.zoned })
	if need && r.zone == nil {
		r.probs.Errorf(r.Pos, `say it: --zone Europe/Moscow, or timezone = "Europe/Moscow" in site.toml`, "its times have no time zone")
		return false
	}
	if need && r.shape.zone == nil && r.m.Zone == "" {
		r.m.Zone = r.zone.String()
	}
	return true
}

// moment returns what the field of dates says of a row; false: something that is
// no date.
func (r *rows) moment(field string, row int) (t time.Time, seconds, ok bool) {
	column := slices.Index(r.fields, field)
	if column < 0 || r.Rows[row].Cells[column] == "" {
		return t, false, true
	}
	st := &r.stamps[column][row]
	if st.isZero() {
		return t, false, false
	}
	t, ok = st.moment(r.order, r.zone)
	return t, st.timed && st.seconds, ok
}

// keys returns for each entry what it is known by when the table is read again:
// the tool's own id, else the moment in which it came. Where that does not tell
// it from others, its files' names or, without any, what it says is added.
func (r *rows) keys(list []Entry, of []*Row) []string {
	keys := make([]string, len(list))
	if column := slices.Index(r.fields, "key"); column >= 0 {
		for i, row := range of {
			keys[i] = row.Cells[column]
		}
		return keys
	}
	at := map[time.Time]int{}
	for i := range list {
		at[list[i].Received.UTC()]++
	}
	for i, row := range of {
		t := list[i].Received
		if !t.IsZero() {
			keys[i] = t.UTC().Format(time.RFC3339)
		}
		if t.IsZero() || at[t.UTC()] > 1 || !list[i].exact {
			list[i].alone = keys[i]
			keys[i] += " " + r.fingerprint(row)
		}
	}
	return keys
}

// fingerprint tells a row from others by the names of its files or, without any,
// by all it says but what is private.
func (r *rows) fingerprint(row *Row) string {
	sum := sha256.New()
	write := func(want func(field string) bool) (wrote bool) {
		for i, f := range r.fields {
			if cell := row.Cells[i]; want(f) && cell != "" {
				_, _ = sum.Write([]byte(r.Columns[i] + "\x00" + cell + "\x00"))
				wrote = true
			}
		}
		return wrote
	}
	if !write(func(f string) bool { return f == "media" }) {
		write(func(f string) bool { return f != "received" && !isContact(f) })
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// distinct sets the keys, and leaves out what has none or one that another has.
func (r *rows) distinct(list []Entry, keys []string) []Entry {
	first, out := map[string]int{}, list[:0]
	for i, e := range list {
		e.Key = keys[i]
		switch line, twice := first[e.Key]; {
		case e.Key == "":
			r.probs.Errorf(e.At, "give each row an id of its own in the column that "+MappingFile+" names as key", "a row without its id, so it is left out")
		case strings.Contains(e.Key, "@"):
			r.probs.Errorf(e.At, "choose another column as key in "+MappingFile+`, or none`, "the id of a row holds an e-mail address, which is private, so it is left out")
		case twice:
			r.probs.Errorf(e.At, "look whether it is the same answer twice; if not, give it an id of its own", "the same answer as in line %d, by its id or its time, so it is left out", line)
		default:
			first[e.Key] = e.At.Line
			out = append(out, e)
		}
	}
	return out
}

// grant is what a row's accepted answers give.
func (r *rows) grant(e *Entry, a *agreed) {
	asked := map[string]bool{}
	for i := range r.m.Answers {
		for _, g := range r.m.Answers[i].Gives {
			asked[g] = true
		}
	}
	for _, a := range r.opt.Agreed {
		if slices.Contains(r.Columns, a.Question) {
			asked[a.Gives] = true
		}
	}
	said := func(what string) *bool {
		yes := slices.Contains(a.gives, what)
		if !asked[what] || a.unknown && !yes {
			return nil
		}
		return &yes
	}
	e.Consent = Consent{Name: said("name"), Place: said("place"), URL: said("url"), Thanks: said("thanks"), Likeness: said("likeness")}
	for what, minor := range map[string]bool{"age": false, "minor": true} {
		if slices.Contains(a.gives, what) && e.Minor == nil {
			e.Minor = &minor
		}
	}
	if slices.Contains(a.gives, "news") {
		e.Contact = append(e.Contact, Contact{"news", "yes"})
	}
	e.Grant.Status = gallery.GrantNone
	if !slices.Contains(a.gives, "grant") {
		return
	}
	t := r.m.Grant
	e.Grant = gallery.Grant{Status: gallery.GrantGranted, Terms: t.Version, Text: t.Text, Date: e.Received, Scope: a.scope, Method: "form"}
	if len(a.scope) == 0 {
		e.Grant.Scope = t.Scope
	}
	if t.Months > 0 && !e.Received.IsZero() {
		e.Grant.Until = e.Received.AddDate(0, t.Months, 0)
	}
}
