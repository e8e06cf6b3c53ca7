package fix

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/amend"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// found is contact data of a file: the key that goes, and what it holds.
type found struct {
	path  []string
	cells []source.ContactCell
}

// contacts moves contact data into private/contacts.csv.
func (p *planner) contacts() error {
	var holders []*document
	for _, d := range p.docs {
		if p.may(d.File) && len(private(d.head, nil)) > 0 {
			holders = append(holders, d)
		}
	}
	if len(holders) == 0 {
		return nil
	}
	src, err := fs.ReadFile(p.fsys, source.ContactsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", source.ContactsFile, err)
	}
	if info, err := fs.Lstat(p.fsys, source.ContactsFile); err == nil && (!info.Mode().IsRegular() || info.Size() > source.MaxContacts) {
		return nil // check tells it
	}
	known, probs := source.Contacts(src)
	if len(src) > 0 && probs.Count(problem.Error) > 0 {
		return nil // check tells it
	}
	return p.write(src, p.gather(holders, known))
}

// gather takes contact data out of files and returns the lines that are to be
// added for them.
func (p *planner) gather(holders []*document, known map[string]source.Contact) (fresh []source.NewContact) {
	at := map[string]int{} // of an id in fresh
	for _, d := range holders {
		id := p.owner(d)
		if id == "" {
			p.plan.Problems.Warnf(d.pos, "move it by hand: into a line of private/contacts.csv that begins with the id of the submission",
				"contact data stay here, because it cannot be told whose they are")
			continue
		}
		list := private(d.head, nil)
		line, has := known[id]
		if has {
			list = p.same(d, line, list)
		}
		cells := p.take(d, list, has)
		if has || len(cells) == 0 {
			continue
		}
		if i, ok := at[id]; ok {
			fresh[i].Cells = merge(fresh[i].Cells, cells)
			continue
		}
		at[id] = len(fresh)
		fresh = append(fresh, source.NewContact{ID: id, Cells: merge(nil, cells)})
	}
	return fresh
}

// same returns what the line of a submission already has; of the rest it tells.
func (p *planner) same(d *document, line source.Contact, list []found) (same []found) {
	for _, f := range list {
		var other []string
		for _, c := range f.cells {
			if !holds(line.Cell(c.Column), c.Value) {
				other = append(other, c.Column)
			}
		}
		if len(other) == 0 {
			same = append(same, f)
			continue
		}
		p.plan.Problems.Warnf(problem.Pos{File: source.ContactsFile, Line: line.Line}, "decide which is right, write it there, and take the key out of the submission",
			"the %s of this line is not that of %s", strings.Join(other, " and "), d.File)
	}
	return same
}

// holds reports whether a cell, or a part of one between semicolons, is a value.
func holds(cell, value string) bool {
	if cell == value {
		return true
	}
	for part := range strings.SplitSeq(cell, ";") {
		if strings.EqualFold(strings.TrimSpace(part), value) {
			return true
		}
	}
	return false
}

// take takes keys out of a file and returns what they held.
func (p *planner) take(d *document, list []found, known bool) (cells []source.ContactCell) {
	for _, f := range list {
		if !p.amend(d, amend.Change{Path: amend.Join(f.path...)}) {
			continue
		}
		cells = append(cells, f.cells...)
		p.plan.Moved = true
		name := dotted(f.path)
		if known || len(f.cells) == 0 {
			d.did(Moved, "took out "+name+", which "+source.ContactsFile+" has")
		} else {
			d.did(Moved, "moved "+name+" into "+source.ContactsFile)
		}
	}
	return cells
}

// dotted is a path for people, without the numbers of lists.
func dotted(path []string) string {
	names := slices.DeleteFunc(slices.Clone(path), func(s string) bool { _, err := strconv.Atoi(s); return err == nil })
	return strings.Join(names, ".")
}

// merge adds cells, each value once.
func merge(list, cells []source.ContactCell) []source.ContactCell {
	for _, c := range cells {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// write adds lines to the table. It goes first, so that nothing is lost when the
// rest is not written.
func (p *planner) write(src []byte, fresh []source.NewContact) error {
	if len(fresh) == 0 {
		return nil
	}
	after, added, err := source.AppendContacts(src, fresh)
	if err != nil {
		return fmt.Errorf("%s: %w", source.ContactsFile, err)
	}
	var ids []string
	for _, c := range fresh {
		ids = append(ids, c.ID)
	}
	p.plan.Changes = append(p.plan.Changes, Change{
		File: source.ContactsFile, Before: src, After: after, Private: true,
		Done: []Done{{"added", count(added, "line") + ", for " + strings.Join(ids, ", ")}},
	})
	return nil
}

// private returns the contact data of a table, in the order of its keys.
func private(t head, above []string) (list []found) {
	for _, key := range sortedKeys(t) {
		here := append(slices.Clone(above), key)
		if source.IsPrivate(here) {
			list = append(list, found{here, cells(column(key), t[key])})
			continue
		}
		list = append(list, privateBelow(t[key], here)...)
	}
	return list
}

func privateBelow(v any, here []string) (list []found) {
	switch v := v.(type) {
	case head:
		return private(v, here)
	case []any:
		for i, x := range v {
			list = append(list, privateBelow(x, append(slices.Clone(here), strconv.Itoa(i)))...)
		}
	}
	return list
}

// cells returns what a value says, by column: that of the key, or of the keys
// below it.
func cells(name string, v any) (list []source.ContactCell) {
	switch v := v.(type) {
	case nil:
	case head:
		for _, key := range sortedKeys(v) {
			list = append(list, cells(column(key), v[key])...)
		}
	case []any:
		for _, x := range v {
			list = append(list, cells(name, x)...)
		}
	case string:
		if s := strings.TrimSpace(strict.Clean(v)); s != "" {
			list = append(list, source.ContactCell{Column: name, Value: s})
		}
	default:
		list = append(list, source.ContactCell{Column: name, Value: fmt.Sprint(v)})
	}
	return list
}

// column returns the column that a key's values go into.
func column(key string) string {
	switch key = strings.ToLower(strings.TrimSpace(key)); key {
	case "e-mail", "e_mail", "mail":
		return "email"
	case "telephone", "mobile":
		return "phone"
	case "birthday", "birthdate", "birth_date", "date_of_birth":
		return "birth"
	case "id":
		return "private id"
	}
	return key
}

// amend changes a file's front matter, or tells why it cannot.
func (p *planner) amend(d *document, c amend.Change) bool {
	out, err := amend.Apply(d.File, d.text, c)
	var not *amend.Error
	if errors.As(err, &not) {
		not.Level = problem.Warning
		p.plan.Problems = append(p.plan.Problems, not.Problem)
		return false
	}
	if err != nil {
		return false
	}
	d.text = out
	return true
}

func set(path string, v any) amend.Change { return amend.Change{Path: path, Value: v} }
