package amend

import (
	"slices"
	"strings"
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
	if tooLong(is, list) {
		d.splice(d.parts[up].Value, d.parts[up].End, d.inline(list))
		return
	}
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
	d.set(d.flow(up).add(i, text))
}

// removeFrom takes a part out of a list or an inline table.
func (d *document) removeFrom(i int) {
	up := d.parts[i].Up
	d.set(d.flow(up).remove(slices.Index(d.within(up), i)))
}

func (d *document) flow(up int) flow {
	p := d.parts[up]
	f := flow{text: d.text, from: p.Value, end: p.End, newline: d.newline}
	if d.text[p.Value] == '{' {
		f.pad = " "
	}
	for _, i := range d.within(up) {
		f.items = append(f.items, span{d.parts[i].From, d.parts[i].End})
	}
	return f
}
