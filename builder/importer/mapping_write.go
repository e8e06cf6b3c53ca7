package importer

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/amend"
	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// Text returns import.toml. Of a mapping that was read, was is the text: it stays
// as it is, and what is new is added.
func (m *Mapping) Text(was string) (string, error) {
	if !m.Saved {
		return m.whole(), nil
	}
	end := "\n"
	if strings.Contains(was, "\r\n") {
		end = "\r\n"
	}
	old := ReadMapping(m.Pos.File, []byte(was), &problem.List{})
	was, err := m.givesMore(old, was)
	if err != nil {
		return was, err
	}
	lines := strings.Split(strings.ReplaceAll(was, "\r\n", "\n"), "\n")
	var top []string
	if m.Zone != old.Zone {
		top = append(top, "zone = "+source.TOMLText(m.Zone))
	}
	if m.DateOrder != old.DateOrder {
		top = append(top, "date_order = "+source.TOMLText(m.DateOrder))
	}
	var fresh []string
	for _, c := range m.Columns {
		if c.Fresh {
			fresh = append(fresh, c.line(0))
		}
	}
	answers := m.answersText(len(old.Answers))
	if len(top)+len(fresh) == 0 && answers == "" {
		return was, nil
	}
	lines = addLines(lines, "", top)
	lines = addLines(lines, "[columns]", fresh)
	text := strings.Join(lines, "\n")
	if answers != "" {
		text = strings.TrimRight(text, "\n") + "\n" + answers
	}
	return strings.ReplaceAll(text, "\n", end), m.reads(text)
}

// givesMore changes what answers give that gave nothing.
func (m *Mapping) givesMore(old *Mapping, was string) (string, error) {
	var changes []amend.Change
	for i, a := range old.Answers {
		if now := m.Answers[i].Gives; !slices.Equal(now, a.Gives) {
			changes = append(changes, amend.Change{Path: "consent." + strconv.Itoa(i) + ".gives", Value: now})
		}
	}
	if len(changes) == 0 {
		return was, nil
	}
	const fence = "+++\n" // as front matter, of which amend knows the lines
	whole := strings.TrimPrefix(was, "\ufeff")
	if !strings.HasSuffix(whole, "\n") {
		whole += "\n"
	}
	after, err := amend.Apply(m.Pos.File, []byte(fence+whole+fence), changes...)
	if err != nil {
		return was, errors.New("what answers give cannot be changed in it: write it behind gives yourself")
	}
	return strings.TrimSuffix(strings.TrimPrefix(string(after), fence), fence), nil
}

// reads reports whether a text says what the mapping says.
func (m *Mapping) reads(text string) error {
	var probs problem.List
	again := ReadMapping(m.Pos.File, []byte(text), &probs)
	if again == nil || again.Zone != m.Zone || len(again.Answers) != len(m.Answers) ||
		!slices.EqualFunc(m.Columns, again.Columns, func(a, b Column) bool {
			return again.column(a.Question) != nil && again.column(a.Question).Field == a.Field
		}) {
		return fmt.Errorf("what is new cannot be added to it: write the questions and their fields below a line [columns] yourself")
	}
	return nil
}

// addLines adds lines behind the last one of a table, "" for those above all
// tables.
func addLines(lines []string, header string, add []string) []string {
	if len(add) == 0 {
		return lines
	}
	at := 0
	if header != "" {
		at = slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), header) }) + 1
		if at == 0 {
			return append(append(lines, header), add...)
		}
	}
	last := at
	for i := at; i < len(lines); i++ {
		l := strings.TrimSpace(lines[i])
		if strings.HasPrefix(l, "[") {
			break
		}
		if l != "" && !strings.HasPrefix(l, "#") {
			last = i + 1
		}
	}
	return slices.Insert(slices.Clone(lines), last, add...)
}

// whole writes a new import.toml.
func (m *Mapping) whole() string {
	var b strings.Builder
	b.WriteString(`# How what people sent becomes submissions of this gallery. "gallerist import"
# reads this file and adds what is new; change it as you like, then import again.
# What has been imported stays as it is. The site shows nothing of it.

# The ids of submissions are made with it. Never change it: all answers would be
# taken for new ones.
`)
	fmt.Fprintf(&b, "salt = %s\n", source.TOMLText(m.Salt))
	if m.Zone != "" {
		fmt.Fprintf(&b, "\n# By whose clocks times without a time zone are.\nzone = %s\n", source.TOMLText(m.Zone))
	}
	if m.DateOrder != "" {
		fmt.Fprintf(&b, "\n# dmy: the day comes first in a date; mdy: the month does.\ndate_order = %s\n", source.TOMLText(m.DateOrder))
	}
	if len(m.Columns) == 0 {
		return b.String()
	}
	fmt.Fprintf(&b, `
# Where the answers to each question go. "" leaves them out. What begins with
# contact. goes to private/contacts.csv and nowhere else. Fields:
%s
[columns]
`, wrapped(append(slices.Clone(fields), "contact.email", "contact.phone", "contact.name")))
	width := 0
	for _, c := range m.Columns {
		if n := len([]rune(source.TOMLText(c.Question))); n <= 40 {
			width = max(width, n)
		}
	}
	for _, c := range m.Columns {
		b.WriteString(c.line(width) + "\n")
	}
	m.writeGrant(&b)
	b.WriteString(m.answersText(0))
	return b.String()
}

// line writes a column, with the equal sign at a place where it fits.
func (c *Column) line(width int) string {
	key := source.TOMLText(c.Question)
	return key + strings.Repeat(" ", max(0, width-len([]rune(key)))) + " = " + source.TOMLText(c.Field)
}

// wrapped writes words in lines of a comment.
func wrapped(list []string) string {
	var b strings.Builder
	at := 0
	for i, w := range list {
		switch {
		case i == 0 || at+len(w) > 76:
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString("# ")
			at = 2
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(w)
		at += len(w)
	}
	return b.String()
}

func (m *Mapping) writeGrant(b *strings.Builder) {
	if !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Field == "consent" }) {
		return
	}
	b.WriteString(`
# What people agreed to: the version of the terms, what they allow (` + strings.Join(gallery.Scopes, ", ") + `)
# and for how many months, 0 is without end.
[grant]
`)
	f := &front{}
	f.text("terms", m.Grant.Version)
	f.text("text", m.Grant.Text)
	f.list("scope", m.Grant.Scope)
	f.set("months", strconv.Itoa(m.Grant.Months))
	f.end("")
	b.WriteString(f.b.String())
}

// answersText writes the answers from the nth on.
func (m *Mapping) answersText(n int) string {
	if n >= len(m.Answers) {
		return ""
	}
	var b strings.Builder
	if n == 0 {
		b.WriteString(`
# An answer counts as consent only where it stands here to the letter, and gives
# what gives says; [] is nothing. Several of:
# grant (the work may be used), name, place, url (may be shown), likeness, thanks
# (by name, even if not published), news, age (is of age), minor (is not).
`)
	}
	for _, a := range m.Answers[n:] {
		f := &front{}
		f.text("question", a.Question)
		f.text("answer", a.Text)
		if f.list("gives", a.Gives); len(a.Gives) == 0 {
			f.set("gives", "[]")
		}
		f.list("scope", a.Scope)
		if a.Count > 0 {
			f.lines[1].value += "   # " + many(a.Count, "answer")
		}
		f.end("[[consent]]")
		b.WriteString(f.b.String())
	}
	return b.String()
}
