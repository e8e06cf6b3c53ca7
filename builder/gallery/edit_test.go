package gallery

import (
	"math"
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
	published, refused, cropped := 0, 0, 0
	for range 5000 {
		s := granted()
		s.Status = Status(Statuses[rng.IntN(len(Statuses))])
		s.Grant.Scope = slices.DeleteFunc(slices.Clone(Scopes), func(string) bool { return rng.IntN(2) == 0 })
		s.Minor, s.Guardian = rng.IntN(4) == 0, []string{"", "paper-1"}[rng.IntN(2)]
		for i := range rng.IntN(4) {
			s.Edits = append(s.Edits, Edit{Pos: problem.Pos{Line: i + 1}, What: "cropped", Agreed: rng.IntN(3) > 0})
		}
		crop := rng.IntN(3) == 0
		if crop {
			s.Media = []Media{{File: "1.jpg", Crop: &Crop{Pos: problem.Pos{Line: 9}, X: 0.5, W: 0.5, H: 1}}}
		}
		first := slices.IndexFunc(s.Edits, func(e Edit) bool { return !e.Agreed })
		forbidden := first >= 0 && !slices.Contains(s.Grant.Scope, "retouch")
		asked := slices.ContainsFunc(s.Edits, func(e Edit) bool { return e.Agreed }) || slices.Contains(s.Grant.Scope, "retouch")
		piece, refusal := Publish(s, Policy{Now: now})
		if piece != nil {
			published++
			if forbidden || crop && !asked {
				t.Fatalf("published: %+v with %v", s.Edits, s.Grant.Scope)
			}
			if !reflect.DeepEqual(piece.Edits, s.Edits) {
				t.Fatalf("of %v the piece tells %v", s.Edits, piece.Edits)
			}
			continue
		}
		if refusal.Reason == RefusedCrop {
			cropped++
			if !crop || asked || refusal.Pos.Line != 9 {
				t.Fatalf("%+v with %v is refused at %v", s.Edits, s.Grant.Scope, refusal.Pos)
			}
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
	if published < 200 || refused < 200 || cropped < 30 {
		t.Errorf("only %d published, %d refused and %d for their crops", published, refused, cropped)
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

// TestCropPlaces: places in a cropped picture are places in what is shown of it; a
// focus outside is at its edge, a product outside is not marked. The submission
// stays as it was.
func TestCropPlaces(t *testing.T) {
	s := granted()
	s.Grant.Scope = []string{"site", "retouch"}
	crop := &Crop{X: 0.5, Y: 0.2, W: 0.5, H: 0.4}
	s.Focus = &Point{0.25, 0.5}
	s.Media = []Media{{File: "1.jpg", Crop: crop, Focus: s.Focus}, {File: "2.jpg", Focus: &Point{0.1, 0.9}}}
	s.Products = []Product{
		{Name: "in", File: "1.jpg", At: &Point{0.75, 0.3}}, {Name: "out", File: "1.jpg", At: &Point{0.4, 0.3}},
		{Name: "below", File: "1.jpg", At: &Point{0.75, 0.61}}, {Name: "other", File: "2.jpg", At: &Point{0.1, 0.1}}, {Name: "nowhere"},
	}
	p, refusal := Publish(s, Policy{Now: now})
	if refusal != nil {
		t.Fatal(refusal)
	}
	near := func(what string, at *Point, x, y float64) {
		t.Helper()
		if at == nil || math.Abs(at.X-x) > 1e-9 || math.Abs(at.Y-y) > 1e-9 {
			t.Errorf("%s is at %v, want %g, %g", what, at, x, y)
		}
	}
	near("the focus", p.Focus, 0, 0.75)
	near("the first's focus", p.Media[0].Focus, 0, 0.75)
	near("the second's focus", p.Media[1].Focus, 0.1, 0.9)
	near("what is in it", p.Products[0].At, 0.5, 0.25)
	near("what is in the other", p.Products[3].At, 0.1, 0.1)
	if p.Products[1].At != nil || p.Products[2].At != nil || p.Products[4].At != nil {
		t.Errorf("marked: %v", p.Products)
	}
	near("the submission's focus", s.Focus, 0.25, 0.5)
	near("the submission's product", s.Products[0].At, 0.75, 0.3)
	if s.Products[1].At == nil || s.Media[0].Focus != s.Focus {
		t.Error("the submission was changed")
	}
}
