// Package draw holds draws among those who took part that anybody can repeat,
// and writes and reads their records.
//
// # Method gallerist-draw-1
//
// Each ticket is an id. Its number is the SHA-256 of the seed, a line feed and
// the id, in hexadecimal. Tickets are sorted by their numbers; the first win.
// The list is named by the SHA-256 of all ids in the order of their bytes, each
// with a line feed behind it. So nothing but the seed and the list decides, and
// both can be published: the list's sum as soon as nobody can take part any
// more, the seed best as a number that nobody can choose, such as that of a
// lottery held later.
//
// Ids are those that gallery.md's submissions have: small Latin letters, digits
// and hyphens. They name nobody.
//
// # The record
//
// draw.txt is a text that people read and programs check (see Record.Text). It
// holds all that the method needs, so it can be made again from its own head
// and ids; what differs from that was changed by hand, and Parse says where.
package draw

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
)

// Method names how tickets are numbered. Another method gets another name.
const Method = "gallerist-draw-1"

// Ticket is one of those that were drawn from.
type Ticket struct {
	ID     string
	Number string // 64 hexadecimal digits
}

// Number returns the number of an id's ticket.
func Number(seed, id string) string {
	sum := sha256.Sum256([]byte(seed + "\n" + id))
	return hex.EncodeToString(sum[:])
}

// List returns the sum that names a list of ids, whatever their order.
func List(ids []string) string {
	h := sha256.New()
	for _, id := range sorted(ids) {
		io.WriteString(h, id+"\n")
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Tickets returns the tickets of ids in the order in which they are drawn. An id
// that is there twice has one ticket.
func Tickets(seed string, ids []string) []Ticket {
	list := make([]Ticket, 0, len(ids))
	for _, id := range sorted(ids) {
		list = append(list, Ticket{ID: id, Number: Number(seed, id)})
	}
	slices.SortFunc(list, func(a, b Ticket) int { return cmp.Compare(a.Number, b.Number) })
	return list
}

func sorted(ids []string) []string { return slices.Compact(slices.Sorted(slices.Values(ids))) }
