package amend

import (
	"slices"
	"strings"

	"gallerist/builder/strict"
)

// within returns the parts that stand directly in a value.
func (d *document) within(up int) []int {
	var out []int
	for i := up + 1; i < len(d.parts) && d.parts[i].From < d.parts[up].End; i++ {
		if d.parts[i].Up == up {
			out = append(out, i)
		}
	}
	return out
}

// replaceList makes a list hold other values, and touches only those that differ.
func (d *document) replaceList(up int, is, list []any) {
	i := 0 // in the list as it is by now
	for _, g := range gaps(is, list) {
		i += g.keep
		for range min(g.gone, len(g.fresh)) {
			p := d.parts[d.within(up)[i]]
			d.splice(p.Value, p.End, d.likeOld(g.fresh[0], d.text[p.Value:p.End]))
			g.fresh, g.gone, i = g.fresh[1:], g.gone-1, i+1
		}
		for range g.gone {
			d.removeFrom(d.within(up)[i])
		}
		for _, v := range g.fresh {
			d.addTo(up, i, d.likeOthers(up, v))
			i++
		}
	}
}

// likeOthers writes a value in the quotes of the last of a list.
func (d *document) likeOthers(up int, v any) string {
	if is := d.within(up); len(is) > 0 {
		p := d.parts[is[len(is)-1]]
		if text := d.likeOld(v, d.text[p.Value:p.End]); !strings.Contains(text, "\n") {
			return text
		}
	}
	return d.inline(v)
}

// insertIn writes into an inline table or a list: the value or the tables that
// rest leads through.
func (d *document) insertIn(up int, rest []string, v any) error {
	p := d.parts[up]
	text := d.nested(rest[1:], v)
	if len(rest) == 1 && d.text[p.Value] == '[' {
		text = d.likeOthers(up, v)
	}
	switch d.text[p.Value] {
	case '{':
		d.addTo(up, len(d.within(up)), key(rest[0])+d.equalsIn(up)+text)
	case '[':
		d.addTo(up, len(d.within(up)), text)
	default:
		return refuse(p.Value, "change the value itself", "%s is no table", name(p.Path))
	}
	return nil
}

// nested writes a value and the inline tables and lists that lead to it.
func (d *document) nested(rest []string, v any) string {
	switch {
	case len(rest) == 0:
		return d.inline(v)
	case rest[0] == "0":
		return "[" + d.nested(rest[1:], v) + "]"
	}
	return "{ " + key(rest[0]) + " = " + d.nested(rest[1:], v) + " }"
}

// equalsIn returns the sign between keys and values of an inline table.
func (d *document) equalsIn(up int) string {
	if is := d.within(up); len(is) > 0 {
		p := d.parts[is[len(is)-1]]
		return d.text[p.From+keysLen(d.text[p.From:], p.Parts) : p.Value]
	}
	return " = "
}

// addTo writes text as the i-th of what stands in a list or an inline table.
func (d *document) addTo(up, i int, text string) {
	p, is := d.parts[up], d.within(up)
	switch {
	case len(is) == 0:
		d.addFirst(p, text)
	case i < len(is):
		q := d.parts[is[i]]
		if from := d.lineStart(q.From); d.alone(from, q) && from > p.Value {
			d.splice(from, from, d.text[from:q.From]+text+","+d.newline)
			return
		}
		d.splice(q.From, q.From, text+", ")
	default:
		q := d.parts[is[len(is)-1]]
		if from := d.lineStart(q.From); d.alone(from, q) && from > p.Value {
			d.addLine(q, d.text[from:q.From], text)
			return
		}
		d.splice(q.End, q.End, ", "+text)
	}
}

// addFirst writes into an empty list or table.
func (d *document) addFirst(p strict.Part, text string) {
	inner := d.text[p.Value+1 : p.End-1]
	if d.text[p.Value] == '{' {
		d.splice(p.Value+1, p.End-1, " "+text+" ")
		return
	}
	if strings.TrimSpace(inner) == "" {
		d.splice(p.Value+1, p.End-1, text)
		return
	}
	d.splice(p.Value+1, p.Value+1, text+",") // a comment stands in it
}

// alone reports whether a part begins its line.
func (d *document) alone(from int, p strict.Part) bool {
	return strings.TrimSpace(d.text[from:p.From]) == ""
}

// addLine writes a line below the last element, with a comma where that one has.
func (d *document) addLine(q strict.Part, indent, text string) {
	after := strings.TrimLeft(d.text[q.End:], " \t")
	at := d.lineEnd(q.End)
	if strings.HasPrefix(after, ",") {
		d.splice(at, at, indent+text+","+d.newline)
		return
	}
	if strings.HasPrefix(after, "]") { // on the line of the last one
		d.splice(q.End, q.End, ","+d.newline+indent+text)
		return
	}
	d.text = d.text[:q.End] + "," + d.text[q.End:at] + indent + text + d.newline + d.text[at:]
	d.parts = strict.Outline(d.text)
}

// removeFrom takes a part out of a list or an inline table.
func (d *document) removeFrom(i int) {
	p := d.parts[i]
	is := d.within(p.Up)
	n := slices.Index(is, i)
	from, lineEnd := d.lineStart(p.From), d.lineEnd(p.End)
	rest := strings.TrimLeft(d.text[p.End:lineEnd], " \t\r\n,")
	if d.alone(from, p) && from > d.parts[p.Up].Value && (rest == "" || rest[0] == '#') {
		d.splice(from, lineEnd, "")
		return
	}
	switch {
	case n+1 < len(is):
		d.splice(p.From, d.parts[is[n+1]].From, "")
	case n > 0:
		before := d.parts[is[n-1]].End
		if strings.Contains(d.text[before:p.From], "\n") {
			before = p.From // a comment may stand there
		}
		d.splice(before, p.End, "")
	default:
		end := p.End
		after := strings.TrimLeft(d.text[end:], " \t")
		if strings.HasPrefix(after, ",") {
			end = len(d.text) - len(after) + 1
		}
		up := d.parts[p.Up]
		if strings.TrimSpace(d.text[up.Value+1:p.From]) == "" && strings.TrimSpace(d.text[end:up.End-1]) == "" {
			d.splice(up.Value+1, up.End-1, "")
			return
		}
		d.splice(p.From, end, "")
	}
}
