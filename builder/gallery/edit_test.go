package gallery

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gallerist/builder/problem"
)

// TestEdit: whatever stands in a submission, what is published of it was changed
// with its author's agreement or permission only, and an agreed change holds
// nothing back.
func TestEdit(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 5))
	published, refused := 0, 0
	for range 5000 {
		s := granted()
		s.Status = Status(Statuses[rng.IntN(len(Statuses))])
		s.Grant.Scope = slices.DeleteFunc(slices.Clone(Scopes), func(string) bool { return rng.IntN(2) == 0 })
		s.Minor, s.Guardian = rng.IntN(4) == 0, []string{"", "paper-1"}[rng.IntN(2)]
		for i := range rng.IntN(4) {
			s.Edits = append(s.Edits, Edit{Pos: problem.Pos{Line: i + 1}, What: "cropped", Agreed: rng.IntN(3) > 0})
		}
		first := slices.IndexFunc(s.Edits, func(e Edit) bool { return !e.Agreed })
		forbidden := first >= 0 && !slices.Contains(s.Grant.Scope, "retouch")
		piece, refusal := Publish(s, Policy{Now: now})
		if piece != nil {
			published++
			if forbidden {
				t.Fatalf("published: %+v with %v", s.Edits, s.Grant.Scope)
			}
			if !reflect.DeepEqual(piece.Edits, s.Edits) {
				t.Fatalf("of %v the piece tells %v", s.Edits, piece.Edits)
			}
			continue
		}
		if refusal.Reason != RefusedEdit {
			continue
		}
		refused++
		if !forbidden || refusal.Pos.Line != first+1 {
			t.Fatalf("%+v with %v is refused at %v", s.Edits, s.Grant.Scope, refusal.Pos)
		}
		if draft, _ := Publish(s, Policy{Now: now, Drafts: true}); draft == nil || !draft.Draft {
			t.Fatal("a preview of drafts does not show it as one")
		}
		for i := range s.Edits {
			s.Edits[i].Agreed = true
		}
		if agreed, why := Publish(s, Policy{Now: now}); agreed == nil {
			t.Fatalf("agreed, and still refused: %v", why)
		}
	}
	if published < 200 || refused < 200 {
		t.Errorf("only %d published and %d refused", published, refused)
	}
}

// TestRoles: somebody who stands among the authors several times is one author
// with all roles.
func TestRoles(t *testing.T) {
	for _, c := range []struct {
		why     string
		authors []Author
		want    [][]string
	}{
		{"one person, two blocks", []Author{{Name: "Оля", Place: "Москва", Roles: []string{"dancer"}}, {Name: "Лев"}, {Name: "Оля", Roles: []string{"editor", "dancer"}}},
			[][]string{{"dancer", "editor"}, nil}},
		{"told more of the second time", []Author{{Name: "Оля", Roles: []string{"dancer"}}, {Name: "Оля", ID: "a", Place: "Казань"}, {Name: "Оля", ID: "b"}},
			[][]string{{"dancer"}, nil}},
		{"two ids", []Author{{Name: "Оля", ID: "a", Roles: []string{"dancer"}}, {Name: "Оля", ID: "b", Roles: []string{"editor"}}},
			[][]string{{"dancer"}, {"editor"}}},
		{"two places", []Author{{Name: "Оля", Place: "Москва"}, {Name: "Оля", Place: "Казань"}}, [][]string{nil, nil}},
		{"nobody's name", []Author{{Roles: []string{"dancer"}}, {Roles: []string{"editor"}}}, [][]string{{"dancer"}, {"editor"}}},
	} {
		s := granted()
		s.Authors = c.authors
		for _, consent := range []bool{true, false} {
			s.Consent.Name = consent
			for range 2 { // the submission is not changed
				p, _ := Publish(s, Policy{Now: now})
				var got [][]string
				for _, a := range p.Authors {
					got = append(got, a.Roles)
				}
				if !reflect.DeepEqual(got, c.want) {
					t.Errorf("%s: %q, want %q", c.why, got, c.want)
				}
				if a := p.Authors[0]; c.why == "told more of the second time" && consent && (a.Key != "a" || a.Place != "Казань") {
					t.Errorf("what is said later is lost: %+v", a)
				}
			}
		}
	}
}
