package draw

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Record is a draw that was held.
type Record struct {
	Seed     string
	Date     string // of the draw: "2026-11-23"
	Category string // that was drawn in; "" = all who took part
	Winners  int    // how many tickets win
	Tickets  []Ticket
}

// Hold draws winners from ids. It may be fewer where there are not so many ids.
func Hold(seed, date, category string, winners int, ids []string) *Record {
	list := Tickets(seed, ids)
	return &Record{Seed: seed, Date: date, Category: category, Winners: min(winners, len(list)), Tickets: list}
}

// IDs returns the ids of all tickets, in order.
func (r *Record) IDs() []string {
	ids := make([]string, len(r.Tickets))
	for i, t := range r.Tickets {
		ids[i] = t.ID
	}
	slices.Sort(ids)
	return ids
}

// Won returns the tickets that win, the first first.
func (r *Record) Won() []Ticket { return r.Tickets[:r.Winners] }

// title is the first line of a record.
const title = "A draw that anybody can repeat"

// about is what the record says of itself.
const about = `# The number of a ticket is the SHA-256 of the seed, a line feed and the id. Tickets
# stand in the order of their numbers, and the first of them win. The list is named
# by the SHA-256 of all ids in alphabetical order, each with a line feed behind it.`

// Text returns the record as it is written:
//
//	A draw that anybody can repeat
//
//	method: gallerist-draw-1
//	seed: 2026-11-22 04 17 23 31 40 45
//	date: 2026-11-23
//	list: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
//	tickets: 14
//	winners: 3
//
//	# …
//
//	1 0b6c… m7q2k4 wins
//	2 …
//
// A line "category: duo" follows the date where there is one.
func (r *Record) Text() []byte {
	var b strings.Builder
	b.WriteString(title + "\n\n")
	head := func(key, value string) { b.WriteString(key + ": " + value + "\n") }
	head("method", Method)
	head("seed", r.Seed)
	head("date", r.Date)
	if r.Category != "" {
		head("category", r.Category)
	}
	head("list", List(r.IDs()))
	head("tickets", strconv.Itoa(len(r.Tickets)))
	head("winners", strconv.Itoa(r.Winners))
	b.WriteString("\n" + about + "\n\n")
	for i, t := range r.Tickets {
		b.WriteString(strconv.Itoa(i+1) + " " + t.Number + " " + t.ID)
		if i < r.Winners {
			b.WriteString(" wins")
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// Error says what is wrong with a record, and in which line of it.
type Error struct {
	Line int
	Text string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d %s", e.Line, e.Text) }

// Parse reads a record and draws again by what it says. A record that does not
// come out the same is an *Error. Line breaks may be those of Windows.
func Parse(text string) (*Record, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	r, winners := &Record{}, ""
	for i, line := range lines {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "method":
			if value != Method {
				return nil, &Error{i + 1, fmt.Sprintf("names the method %q, which nobody here knows", short(value))}
			}
		case "seed":
			r.Seed = value
		case "date":
			r.Date = value
		case "category":
			r.Category = value
		case "winners":
			winners = value
		}
		if isTicket(line) {
			r.Tickets = append(r.Tickets, ticketOf(line))
		}
	}
	var err error
	if r.Winners, err = strconv.Atoi(winners); err != nil || r.Winners < 0 || r.Winners > len(r.Tickets) {
		return nil, &Error{lineOf(lines, "winners: "), "does not say how many tickets win"}
	}
	if !GoodSeed(r.Seed) {
		return nil, &Error{lineOf(lines, "seed: "), "is without a seed"}
	}
	if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
		return nil, &Error{lineOf(lines, "date: "), "is without a date"}
	}
	if at := misnumbered(r, lines); at > 0 {
		return nil, &Error{at, "has a number that does not follow from the seed and the id"}
	}
	again := Hold(r.Seed, r.Date, r.Category, r.Winners, r.IDs())
	for i, line := range strings.Split(string(again.Text()), "\n") {
		if i >= len(lines) || lines[i] != line {
			return nil, &Error{i + 1, "is not what the method gives for this seed and list"}
		}
	}
	if n := strings.Count(string(again.Text()), "\n") + 1; n < len(lines) {
		return nil, &Error{n, "is one too many"}
	}
	return again, nil
}

// misnumbered returns the first line of a ticket with a wrong number, 0 for none.
func misnumbered(r *Record, lines []string) int {
	n := 0
	for i, line := range lines {
		if isTicket(line) {
			if t := r.Tickets[n]; t.Number != Number(r.Seed, t.ID) {
				return i + 1
			}
			n++
		}
	}
	return 0
}

// isTicket tells the lines of tickets, which begin with their place.
func isTicket(line string) bool { return line != "" && line[0] >= '1' && line[0] <= '9' }

// ticketOf reads a ticket's line. What else stands there is held against the
// method afterwards.
func ticketOf(line string) Ticket {
	if parts := strings.Split(line, " "); len(parts) > 2 {
		return Ticket{ID: parts[2], Number: parts[1]}
	}
	return Ticket{}
}

// lineOf returns the number of the line that begins so, or 1.
func lineOf(lines []string, with string) int {
	return max(1, 1+slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, with) }))
}

func short(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// GoodSeed tells whether a text can be a seed: one line of letters, figures and
// signs without space around it, at most 200 bytes.
func GoodSeed(s string) bool {
	return s != "" && len(s) <= 200 && utf8.ValidString(s) && s == strings.TrimSpace(s) &&
		!strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}
