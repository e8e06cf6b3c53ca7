package importer

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/source"
)

// columns settles where each column goes: as import.toml says, else as its words
// and answers make one think.
func (r *rows) columns() {
	r.fields = make([]string, len(r.Columns))
	used := map[string]bool{}
	for i, name := range r.Columns {
		f, ok := r.m.field(name)
		if !ok {
			continue
		}
		if other := slices.Index(r.fields[:i], f); other >= 0 && f != "" && !isContact(f) && !slices.Contains(several, f) {
			r.probs.Errorf(r.m.column(name).Pos, `write "" for the one that is not to be taken`, "two questions go to the field %q: this one and %q, so this one is not taken", f, r.Columns[other])
			f = ""
		}
		r.fields[i], used[f] = f, true
	}
	for i, name := range r.Columns {
		if _, ok := r.m.field(name); ok {
			continue
		}
		f := r.guessed(i)
		if used[f] && !slices.Contains(several, f) {
			f = ""
		}
		used[f] = true
		r.fields[i] = f
		r.m.Columns = append(r.m.Columns, Column{Question: name, Field: f, Fresh: true, Own: r.opt.Questions[name] != ""})
	}
	r.displayName(used)
	r.answers()
	r.unanswered()
	r.exposed()
}

// displayName takes the full name for the author's where no other is asked for.
func (r *rows) displayName(used map[string]bool) {
	at := slices.Index(r.fields, "contact.name")
	if at < 0 || used["author.name"] || !r.m.column(r.Columns[at]).Fresh {
		return
	}
	r.fields[at] = "author.name"
	r.m.column(r.Columns[at]).Field = "author.name"
}

// guessed returns the field of a new column.
func (r *rows) guessed(column int) string {
	name := r.Columns[column]
	if f, ok := r.own[name]; ok {
		return f
	}
	if column == 0 && (r.shape == googleForms || r.shape == googleSheet) {
		return "received"
	}
	cells := r.sample(column)
	if f, ok := r.opt.Questions[name]; ok {
		return f
	}
	f := guess(name)
	switch {
	case mostly(cells, r.isAgreed), r.asksLikeness(name) && !mostly(cells, isFile) && len(distinctCells(cells)) <= maxAnswers:
		return "consent"
	case f == "consent" || f == "age":
		return r.consentOr(f, name, cells)
	case mostly(cells, isEmail):
		return "contact.email"
	case mostly(cells, isFile):
		return "media"
	case r.shape == anyTable && f == "" && column == 0 && isID(name):
		return "key"
	case r.shape == anyTable && f == "" && mostly(cells, isTimed):
		return "received"
	case f == "media" && len(cells) > 0:
		f = guess(name, "media")
	}
	if f != "" && !isContact(f) && mostly(cells, isPhone) {
		return "contact.phone"
	}
	return f
}

// isAgreed tells a text that people agree to, of the gallery or of the program.
func (r *rows) isAgreed(cell string) bool {
	same := func(a Agreement) bool { return sameSpace(a.Text) == sameSpace(cell) }
	return slices.ContainsFunc(r.opt.Agreed, same) || slices.ContainsFunc(r.opt.Usual, same)
}

// asksLikeness tells the program's own question about who can be recognised,
// whose name in some languages is a picture's too.
func (r *rows) asksLikeness(question string) bool {
	return slices.ContainsFunc(r.opt.Usual, func(a Agreement) bool { return a.Gives == "likeness" && a.Question == question })
}

// consentOr tells a question about consent from one that only has such words:
// by how many different answers it has. An age is a number; without one the
// answers have to be accepted.
func (r *rows) consentOr(f, name string, cells []string) string {
	if f == "age" && mostly(cells, isNumber) {
		return "age"
	}
	if len(distinctCells(cells)) > maxAnswers {
		if mostly(cells, isEmail) {
			return "contact.email"
		}
		return guess(name, "consent", "age", "media")
	}
	return "consent"
}

const (
	maxAnswers  = 20  // of a question about consent that are listed; a free text has more
	sampleCells = 500 // by which a column is judged
)

// sample returns the first cells of a column that hold something.
func (r *rows) sample(column int) (cells []string) {
	for i := range r.Rows {
		if cell := r.Rows[i].Cells[column]; cell != "" && len(cells) < sampleCells {
			cells = append(cells, cell)
		}
	}
	return cells
}

// mostly reports whether more than half of the cells, and one, are such.
func mostly(cells []string, is func(string) bool) bool {
	n := 0
	for _, c := range cells {
		if is(c) {
			n++
		}
	}
	return n > 0 && n*2 > len(cells)
}

var (
	emailShape  = lazyregexp.New(`^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$`)
	phoneShape  = lazyregexp.New(`^\+?[\d\s().-]{9,22}$`)
	numberShape = lazyregexp.New(`^\d{1,3}$`)
)

func isEmail(s string) bool  { return emailShape().MatchString(s) }
func isNumber(s string) bool { return numberShape().MatchString(s) }
func isMoment(s string) bool { _, ok := parseStamp(s); return ok }

// isTimed tells moments, such as those in which something came.
func isTimed(s string) bool { st, ok := parseStamp(s); return ok && st.timed }

func isPhone(s string) bool {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
	return phoneShape().MatchString(s) && len(digits) >= 9 && !isMoment(s)
}

// isFile tells names of files and links to uploaded ones.
func isFile(s string) bool {
	for _, m := range mediaOf(s) {
		if m.ID == "" && !source.IsMediaName(m.Name) {
			return false
		}
	}
	return s != ""
}

func isID(name string) bool {
	return slices.Contains([]string{"id", "#", "№", "no", "nr", "key", "response id", "submission id", "entry id", "row id"}, strings.ToLower(name))
}

func distinctCells(cells []string) map[string]int {
	seen := map[string]int{}
	for _, c := range cells {
		seen[sameSpace(c)]++
	}
	return seen
}

// answers lists what was answered to new questions about consent. What an answer
// gives is known where it is one of the gallery's own texts, or where the person
// who imports says that it counts; else nothing.
func (r *rows) answers() {
	for i, f := range r.fields {
		name := r.Columns[i]
		if f != "consent" {
			continue
		}
		if !r.m.column(name).Fresh {
			r.accept(i)
			continue
		}
		seen := r.distinctAnswers(i)
		for _, text := range sortedByCount(seen) {
			if slices.ContainsFunc(r.m.Answers, func(a Answer) bool { return a.Question == name && a.Text == text }) {
				continue // of another table
			}
			r.m.Answers = append(r.m.Answers, Answer{Question: name, Text: text, Gives: r.gives(name, text), Count: seen[text]})
		}
	}
}

// accept takes answers for a yes that the person who imports names now, of a
// question that import.toml knows: those that gave nothing so far, and new ones.
func (r *rows) accept(column int) {
	name := r.Columns[column]
	if len(r.opt.Accept) == 0 {
		return
	}
	seen := r.distinctAnswers(column)
	for _, text := range sortedByCount(seen) {
		if !slices.ContainsFunc(r.opt.Accept, func(s string) bool { return sameSpace(s) == text || ticked(name, text, s) }) {
			continue
		}
		at := slices.IndexFunc(r.m.Answers, func(a Answer) bool { return a.Question == name && a.Text == text })
		if at < 0 {
			at = len(r.m.Answers)
			r.m.Answers = append(r.m.Answers, Answer{Question: name, Text: text})
		}
		if a := &r.m.Answers[at]; len(a.Gives) == 0 {
			a.Gives, a.Count = r.gives(name, text), seen[text]
		}
	}
}

// distinctAnswers counts the answers to a question. Ticked boxes count each for
// itself, as far as they can be told: where they are joined by a semicolon, or of
// answers that are known.
func (r *rows) distinctAnswers(column int) map[string]int {
	seen := map[string]int{}
	known := slices.Clone(r.opt.Accept)
	for _, a := range r.opt.Agreed {
		known = append(known, a.Text)
	}
	var listed []*Answer
	for _, text := range known {
		listed = append(listed, &Answer{Text: sameSpace(text)})
	}
	for i := range r.Rows {
		cell := r.Rows[i].Cells[column]
		cells := []string{cell}
		if r.shape == googleForms {
			cells = strings.Split(cell, ";")
		}
		for _, cell := range cells {
			if joined, ok := join(sameSpace(cell), listed, 0); ok {
				for _, a := range joined {
					seen[a.Text]++
				}
			} else if cell = sameSpace(cell); cell != "" {
				seen[cell]++
			}
		}
	}
	return seen
}

// unanswered warns of accepted answers that nobody gave.
func (r *rows) unanswered() {
	for _, text := range r.opt.Accept {
		if !slices.ContainsFunc(r.m.Answers, func(a Answer) bool { return a.Text == sameSpace(text) || ticked(a.Question, a.Text, text) }) {
			r.probs.Warnf(r.Pos, "write the answer as it stands in the table, to the letter; more is said in "+MappingFile, "nobody answered %q to a question about consent", text)
		}
	}
}

// ticked tells a column of TRUE and FALSE for one of several boxes, by the words
// beside the box.
func ticked(question, answer, text string) bool {
	text = sameSpace(text)
	return strings.EqualFold(answer, "true") && (strings.HasSuffix(question, "("+text+")") || question == text)
}

func sortedByCount(seen map[string]int) []string {
	var list []string
	for text := range seen {
		list = append(list, text)
	}
	slices.SortFunc(list, func(a, b string) int {
		if seen[a] != seen[b] {
			return seen[b] - seen[a]
		}
		return strings.Compare(a, b)
	})
	return list
}

// gives returns what an answer gives.
func (r *rows) gives(question, text string) []string {
	text = sameSpace(text)
	for _, a := range r.opt.Agreed {
		if text == sameSpace(a.Text) || ticked(question, text, a.Text) {
			return []string{a.Gives}
		}
	}
	if !slices.ContainsFunc(r.opt.Accept, func(s string) bool { return sameSpace(s) == text || ticked(question, text, s) }) {
		return nil
	}
	for _, a := range r.opt.Usual {
		if text == sameSpace(a.Text) || ticked(question, text, a.Text) {
			return []string{a.Gives}
		}
	}
	if r.asksLikeness(question) {
		return []string{"likeness"}
	}
	return guessGives(question, text)
}

// exposed warns of contact data on its way to the public.
func (r *rows) exposed() {
	for i, f := range r.fields {
		if f == "" || isContact(f) || f == "consent" || f == "media" || f == "received" {
			continue
		}
		c := r.m.column(r.Columns[i])
		if own := guess(c.Question); mostly(r.sample(i), isEmail) || !c.Fresh && (own == "contact.email" || own == "contact.phone") && f != "key" {
			at := r.m.Pos
			if c.Pos.File != "" {
				at = c.Pos
			}
			r.probs.Warnf(at, `write "contact.email" or "contact.phone" for it: then the answers go to private/contacts.csv alone`,
				"%q asks for contact data, but its answers go to %q, which is shown", c.Question, f)
		}
	}
}

var (
	driveLink = lazyregexp.New(`^https?://(?:drive|docs)\.google\.com/(?:a/[^/]+/)?(?:open\?(?:[^#]*&)?id=|uc\?(?:[^#]*&)?id=|file/(?:u/\d+/)?d/|thumbnail\?(?:[^#]*&)?id=)([A-Za-z0-9_-]{10,})`)
)

// mediaOf returns the files that a cell names: ids of Google Drive of links to
// it, else the last parts of addresses, else names.
func mediaOf(cell string) (list []Medium) {
	for _, part := range parts(cell) {
		switch m := driveLink().FindStringSubmatch(part); {
		case m != nil:
			list = append(list, Medium{ID: m[1]})
		case strings.HasPrefix(part, "http://"), strings.HasPrefix(part, "https://"):
			list = append(list, Medium{Name: linkName(part)})
		default:
			list = append(list, Medium{Name: path.Base(strings.ReplaceAll(part, `\`, "/"))})
		}
	}
	return list
}

// parts parts a cell that names several files. A name may hold a comma, so
// without links a cell is parted only behind what ends as the name of a file.
func parts(cell string) (list []string) {
	if strings.Contains(cell, "://") {
		return strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' || r == '|' })
	}
	rest := ""
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' || r == '|' }) {
		for i, piece := range strings.SplitAfter(part, ",") {
			if i == 0 {
				rest = ""
			}
			rest += piece
			if name := strings.TrimSpace(strings.TrimSuffix(rest, ",")); source.IsMediaName(name) {
				list, rest = append(list, name), ""
			}
		}
		if name := strings.TrimSpace(rest); name != "" {
			list = append(list, name)
		}
		rest = ""
	}
	return list
}
