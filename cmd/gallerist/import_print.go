package main

import (
	"fmt"
	"strings"

	"gallerist/builder/importer"
	"gallerist/builder/problem"
)

// printImport says what was imported, or would be.
func (f *flags) printImport(p *importer.Plan, own importFlags) {
	f.printColumns(p, own.dryRun)
	f.printAnswers(p, own.dryRun)
	if p.Undecided {
		f.printUndecided(p, own.dryRun)
		if !own.dryRun {
			return
		}
	}
	if own.dryRun {
		f.printFolders(p)
	}
	f.printCounts(p, own.dryRun)
	if own.dryRun {
		fmt.Fprintln(f.out, "\nnothing was written: run it without --dry-run to do it")
		return
	}
	fmt.Fprintln(f.out)
	if len(p.Folders) > 0 {
		fmt.Fprintf(f.out, "choose them  %s review%s\n", program(), f.sourceFlag())
	}
	fmt.Fprintf(f.out, "look at all  %s serve --open --drafts%s\n", program(), f.sourceFlag())
}

// printColumns shows where each question goes: all at the first import, later
// those that are new.
func (f *flags) printColumns(p *importer.Plan, all bool) {
	m := p.Mapping
	var lines [][2]string
	for _, c := range m.Columns {
		if c.Fresh || all || !m.Saved {
			lines = append(lines, [2]string{shorten(c.Question, 44), fieldWords(c.Field)})
		}
	}
	if len(lines) == 0 {
		return
	}
	head := "questions, and where their answers go"
	if m.Saved && !all {
		head = "new questions, and where their answers go"
	}
	fmt.Fprintf(f.out, "%s (%s)\n", head, m.Pos.File)
	f.pairs(lines)
}

// fieldWords says where answers go.
func fieldWords(field string) string {
	if column, ok := strings.CutPrefix(field, "contact."); ok {
		return "private/contacts.csv only, as " + column
	}
	if field == "" {
		return "not taken"
	}
	return field
}

// printAnswers shows which answers give something.
func (f *flags) printAnswers(p *importer.Plan, all bool) {
	var lines [][2]string
	question := ""
	for _, a := range p.Mapping.Answers {
		if p.Mapping.Saved && !all && a.Count == 0 {
			continue
		}
		if a.Question != question {
			question = a.Question
			lines = append(lines, [2]string{shorten(question, 70), ""})
		}
		gives := "gives " + strings.Join(a.Gives, ", ")
		if len(a.Gives) == 0 {
			gives = "gives nothing"
		}
		if a.Count > 0 {
			gives += " (" + count(a.Count, "answer") + ")"
		}
		lines = append(lines, [2]string{"  " + shorten(fmt.Sprintf("%q", a.Text), 60), gives})
	}
	if len(lines) > 0 {
		fmt.Fprintln(f.out, "consent, given by these answers to the letter and by no others")
		f.pairs(lines)
	}
}

// pairs prints two columns, the first as wide as its cells.
func (f *flags) pairs(lines [][2]string) {
	width := 0
	for _, l := range lines {
		if n := len([]rune(l[0])); l[1] != "" {
			width = max(width, n)
		}
	}
	for _, l := range lines {
		space := strings.Repeat(" ", max(0, width-len([]rune(l[0]))))
		fmt.Fprintln(f.out, strings.TrimRight("  "+problem.Visible(l[0])+space+"  "+problem.Visible(l[1]), " "))
	}
	fmt.Fprintln(f.out)
}

// shorten cuts a text at a length, in characters.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func (f *flags) printUndecided(p *importer.Plan, dryRun bool) {
	fmt.Fprintln(f.out, "Nobody has said yet which of these answers are a yes. Either name them:")
	fmt.Fprintf(f.out, "  --accept %q\n", example(p.Mapping))
	if dryRun {
		fmt.Fprintf(f.out, "or import without --dry-run, which writes %s, and fill in gives = [] there.\n\n", p.Mapping.Pos.File)
		return
	}
	fmt.Fprintf(f.out, "or fill in gives = [] in %s, which was written; leave it empty\nwhere nobody gave anything. Then run this again: nothing else was written yet.\n", p.Mapping.Pos.File)
}

// example is the most frequent answer that gives nothing yet.
func example(m *importer.Mapping) string {
	best := importer.Answer{Text: "Yes"}
	for _, a := range m.Answers {
		if len(a.Gives) == 0 && a.Count > best.Count && !strings.EqualFold(a.Text, "false") {
			best = a
		}
	}
	return best.Text
}

// printFolders lists what would be made, a line each.
func (f *flags) printFolders(p *importer.Plan) {
	for _, folder := range p.Folders {
		what := count(len(folder.Files)-1, "file")
		if n := len(folder.Missing); n > 0 {
			what += ", missing " + strings.Join(folder.Missing, ", ")
		}
		fmt.Fprintf(f.out, "new  %s  %s (%s)\n", folder.At, problem.Visible(folder.Dir), problem.Visible(what))
	}
	for _, folder := range p.Completed {
		fmt.Fprintf(f.out, "completed  %s  %s (%s)\n", folder.At, problem.Visible(folder.Dir), count(len(folder.Files)-1, "file"))
	}
	if len(p.Folders)+len(p.Completed) > 0 {
		fmt.Fprintln(f.out)
	}
}

// printCounts sums up.
func (f *flags) printCounts(p *importer.Plan, dryRun bool) {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(f.out, "%-11s %s\n", name, problem.Visible(fmt.Sprintf(format, args...)))
	}
	for _, in := range p.Inputs {
		line("read", "%s as %s: %s", in.Name, in.Kind, entries(in.Entries))
	}
	files, missing := 0, 0
	for _, folder := range p.Completed {
		files += len(folder.Files) - 1
	}
	for _, folder := range p.Folders {
		files += len(folder.Files) - 1
		missing += len(folder.Missing)
	}
	made := "imported"
	if dryRun {
		made = "to import"
	}
	line(made, "%s into content/%s, all pending: %d with a permission, %d with a name that may be shown", count(len(p.Folders), "submission"), p.Gallery, p.Granted, p.Named)
	if p.Known > 0 {
		line("known", "%s imported before, left as they are%s", entries(p.Known), withdrawnOf(p.Taken))
	}
	if n := len(p.Completed); n > 0 {
		line("completed", "%s with files that were missing", count(n, "submission"))
	}
	if p.LeftOut > 0 {
		line("left out", "%s, told above", entries(p.LeftOut))
	}
	line("files", "%d copied", files)
	if missing > 0 {
		line("missing", "%s: put them into a folder and name it with --media, or copy them into their submissions", count(missing, "file"))
	}
	if !dryRun {
		for _, folder := range p.Folders {
			if len(folder.Missing) > 0 {
				fmt.Fprintf(f.out, "            %s  %s\n", problem.Visible(folder.Dir), problem.Visible(strings.Join(folder.Missing, ", ")))
			}
		}
	}
	if n := len(p.Unused); n > 0 {
		line("unused", "%s that no answer names: %s", count(n, "file"), firstOf(p.Unused, 5))
	}
	if p.Contacts > 0 {
		line("contacts", "%s added to private/contacts.csv", count(p.Contacts, "line"))
	}
}

func withdrawnOf(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d withdrawn since)", n)
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// firstOf names the first of a list.
func firstOf(list []string, most int) string {
	if rest := len(list) - most; rest > 0 {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", rest)
	}
	return strings.Join(list, ", ")
}
