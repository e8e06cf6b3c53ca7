package importer

import (
	"slices"
	"strings"
)

// agreed is what somebody gave with the answers to the questions about consent.
type agreed struct {
	gives   []string
	scope   []string
	unknown bool // an answer that nobody has accepted or refused
}

// agree compares an answer with those that are listed for its question. Several
// ticked boxes are one cell, joined as Google and Tally do; it counts only where
// it is made of listed answers whole.
// The gallery's own texts count where nobody has said otherwise.
func (m *Mapping) agree(question, cell string, own []Agreement, to *agreed) {
	cell = sameSpace(cell)
	if cell == "" {
		return
	}
	var listed []*Answer
	for i := range m.Answers {
		if m.Answers[i].Question == question {
			listed = append(listed, &m.Answers[i])
		}
	}
	for _, a := range own {
		text := sameSpace(a.Text)
		if strings.Contains(cell, text) && !slices.ContainsFunc(listed, func(l *Answer) bool { return l.Text == text }) {
			listed = append(listed, &Answer{Text: text, Gives: []string{a.Gives}})
		}
	}
	taken, ok := join(cell, listed, 0)
	if !ok {
		to.unknown = true
		return
	}
	for _, a := range taken {
		for _, g := range a.Gives {
			if !slices.Contains(to.gives, g) {
				to.gives = append(to.gives, g)
			}
		}
		for _, s := range a.Scope {
			if !slices.Contains(to.scope, s) {
				to.scope = append(to.scope, s)
			}
		}
	}
}

// maxTicked bounds how many boxes one question can have ticked.
const maxTicked = 30

// join finds the answers that a cell is joined of, the longest first: an answer
// may hold a comma itself, and another one be its beginning.
func join(cell string, listed []*Answer, depth int) ([]*Answer, bool) {
	if depth == maxTicked {
		return nil, false
	}
	byLength := slices.SortedFunc(slices.Values(listed), func(a, b *Answer) int { return len(b.Text) - len(a.Text) })
	for i, a := range byLength {
		rest, ok := strings.CutPrefix(cell, a.Text)
		if !ok {
			continue
		}
		if rest == "" {
			return []*Answer{a}, true
		}
		for _, sep := range []string{", ", "; ", ";", ",", " | "} {
			after, ok := strings.CutPrefix(rest, sep)
			if !ok {
				continue
			}
			if more, ok := join(after, slices.Delete(slices.Clone(byLength), i, i+1), depth+1); ok {
				return append([]*Answer{a}, more...), true
			}
		}
	}
	return nil, false
}
