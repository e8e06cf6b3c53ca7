package gallery

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// granted is a submission that may be published.
func granted() *Submission {
	return &Submission{
		ID: "olya11", Status: Approved, Published: now.AddDate(0, 0, -1),
		Authors: []Author{{Name: "Оля", Place: "Москва", URL: "https://o.example/"}},
		Grant:   Grant{Status: GrantGranted, Scope: []string{"site"}, Until: now.AddDate(1, 0, 0)},
		Consent: Consent{Name: true, Place: true, URL: true},
	}
}

func TestPublish(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Submission)
		want   string // reason; "" = published
	}{
		"granted":                {func(*Submission) {}, ""},
		"featured":               {func(s *Submission) { s.Status = Featured }, ""},
		"pending":                {func(s *Submission) { s.Status = Pending }, RefusedPending},
		"declined":               {func(s *Submission) { s.Status = Declined }, RefusedDeclined},
		"withdrawn":              {func(s *Submission) { s.Status = Withdrawn }, RefusedWithdrawn},
		"no status":              {func(s *Submission) { s.Status = "" }, RefusedUnknown},
		"no grant":               {func(s *Submission) { s.Grant = Grant{} }, RefusedGrant},
		"requested":              {func(s *Submission) { s.Grant.Status = GrantRequested }, RefusedGrant},
		"revoked":                {func(s *Submission) { s.Grant.Status = GrantRevoked }, RefusedGrant},
		"ends this very moment":  {func(s *Submission) { s.Grant.Until = now }, RefusedExpired},
		"ends in a second":       {func(s *Submission) { s.Grant.Until = now.Add(time.Second) }, ""},
		"said to be over":        {func(s *Submission) { s.Grant.Status = GrantExpired }, RefusedExpired},
		"not for the site":       {func(s *Submission) { s.Grant.Scope = []string{"social", "print"} }, RefusedScope},
		"for the web":            {func(s *Submission) { s.Grant.Scope = []string{"web"} }, ""},
		"minor":                  {func(s *Submission) { s.Minor = true }, RefusedGuardian},
		"minor, guarded":         {func(s *Submission) { s.Minor, s.Guardian = true, "g-7" }, ""},
		"minor, said to be none": {func(s *Submission) { s.Adult = true }, ""},
		"tomorrow":               {func(s *Submission) { s.Published = now.Add(time.Minute) }, RefusedScheduled},
	} {
		s := granted()
		c.change(s)
		piece, refusal := Publish(s, Policy{Now: now})
		got := ""
		if refusal != nil {
			got = refusal.Reason
		}
		if got != c.want || (piece == nil) != (c.want != "") {
			t.Errorf("%s: refused for %q, want %q", name, got, c.want)
		}
		draft, _ := Publish(s, Policy{Now: now, Drafts: true})
		if (draft == nil) != (c.want == RefusedWithdrawn) {
			t.Errorf("%s: as a draft shown: %v", name, draft != nil)
		}
		if draft != nil && draft.Draft != (c.want != "") {
			t.Errorf("%s: marked a draft: %v", name, draft.Draft)
		}
	}
}

// fill puts a text of its own into every string below v and sets every bool.
func fill(v reflect.Value, path string, flags bool) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("<" + path + ">")
	case reflect.Bool:
		v.SetBool(flags)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), path, flags)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), path, flags)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		key.SetString("xx")
		fill(value, path, flags)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), flags)
		}
	}
}

// marked is a submission in which every text names its own field.
func marked(consent bool) *Submission {
	s := &Submission{}
	fill(reflect.ValueOf(s).Elem(), "", consent)
	s.Status, s.Grant.Status, s.Grant.Scope, s.Minor = Approved, GrantGranted, []string{"site"}, false
	s.Edits[0].Agreed, s.Consent.Unseen = true, false
	s.Media[0].Crop.W, s.Media[0].Crop.H = 1, 1
	return s
}

// public lists every text of a submission that its piece may hold, with
// consent to everything. A field that is not here cannot get out unnoticed.
var public = strings.Fields(`
	Dir ID Slug Kind Lang Tags License Copyright Acquire Source Place
	Text.Title Text.Alt Text.Caption Text.Body Text.BodyAt.File Text.Credit Text.Authors Text.Place Text.Media.Alt Text.Media.Caption
	In.Title In.Alt In.Caption In.Body In.BodyAt.File In.Credit In.Authors In.Place In.Media.Alt In.Media.Caption
	Media.File Media.Path Media.Link Media.Poster Media.Captions.Path Media.Captions.Lang Media.Pos.File Media.Crop.Pos.File Media.Text.Alt Media.Text.Caption
	Products.Pos.File Products.Name Products.URL Products.GTIN Products.Price Products.File
	Idea.Pos.File Idea.Status Idea.History.Pos.File Idea.History.Status
	Idea.DuplicateOf Idea.DuplicateAt.File Idea.Outcome.Pos.File Idea.Outcome.URL Idea.Outcome.Piece
	Text.Brand.Edits Text.Brand.Awards.Title Text.Brand.Awards.Reason Text.Brand.Words Text.Brand.Answer Text.Brand.Reasons Text.Brand.Outcome
	In.Brand.Edits In.Brand.Awards.Title In.Brand.Awards.Reason In.Brand.Words In.Brand.Answer In.Brand.Reasons In.Brand.Outcome Text.Brand.Tie In.Brand.Tie
	Verdicts.Pos.File Verdicts.By Verdicts.Words
	Authors.ID Authors.Name Authors.Place Authors.Kind Authors.Gender Authors.Roles Authors.URL Authors.Members
	Authors.Forms.Gen Authors.Forms.Dat Authors.Forms.Acc Authors.Forms.Ins Authors.Forms.Voc
	Edits.Pos.File Edits.What Edits.By Awards.Pos.File Awards.Title Awards.Category Awards.By Awards.Reason Disclosure.Kind Disclosure.Text`)

// texts returns the marks found anywhere below v.
func texts(v any) []string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	var found []string
	for _, part := range strings.Split(b.String(), "<")[1:] {
		mark, _, _ := strings.Cut(part, ">")
		if !slices.Contains(found, mark) {
			found = append(found, mark)
		}
	}
	slices.Sort(found)
	return found
}

func TestAllowList(t *testing.T) {
	piece, refusal := Publish(marked(true), Policy{Now: now})
	if refusal != nil {
		t.Fatal(refusal)
	}
	for _, mark := range texts(piece) {
		if !slices.Contains(public, mark) {
			t.Errorf("a piece holds %s, which is not in the list of what is public", mark)
		}
	}
	if len(texts(piece)) < 30 {
		t.Errorf("only %d fields are found: the test looks in the wrong place", len(texts(piece)))
	}
}

func TestWithoutConsent(t *testing.T) {
	piece, refusal := Publish(marked(false), Policy{Now: now})
	if refusal != nil {
		t.Fatal(refusal)
	}
	for _, mark := range texts(piece) {
		for _, personal := range []string{
			"Place", "Text.Place", "In.Place", "Text.Authors", "In.Authors", "Text.Credit", "In.Credit",
			"Authors.ID", "Authors.Name", "Authors.Members", "Authors.Place", "Authors.URL", "Authors.Gender", "Authors.Forms.Gen",
		} {
			if mark == personal {
				t.Errorf("without consent a piece holds %s", mark)
			}
		}
	}
}

func TestCallState(t *testing.T) {
	opens, closes := now, now.Add(time.Hour)
	for at, want := range map[time.Duration]CallState{-time.Second: CallUpcoming, 0: CallOpen, 59 * time.Minute: CallOpen, time.Hour: CallClosed} {
		if got := (&Call{Opens: opens, Closes: closes}).State(now.Add(at)); got != want {
			t.Errorf("%v after the opening: %s, want %s", at, got, want)
		}
	}
	for at, want := range map[time.Duration]CallState{0: CallOpen, time.Hour: CallJudging, 2*time.Hour - 1: CallJudging, 2 * time.Hour: CallClosed} {
		call := &Call{Opens: opens, Closes: closes, Results: opens.Add(2 * time.Hour), Judged: true}
		if got := call.State(opens.Add(at)); got != want {
			t.Errorf("of a contest: %v after the opening: %q, not %q", at, got, want)
		}
	}
	if got := (&Call{}).State(now); got != CallOpen {
		t.Errorf("a call without dates is %s", got)
	}
}

// TestKey holds that a name alone joins nobody's pieces.
func TestKey(t *testing.T) {
	key := func(id, place string, change func(*Author)) string {
		s := granted()
		s.ID, s.Authors[0].Place = id, place
		s.Authors[0].URL = ""
		change(&s.Authors[0])
		p, _ := Publish(s, Policy{Now: now})
		return p.Authors[0].Key
	}
	same := func(*Author) {}
	if key("a111", "Москва", same) != key("b222", "Москва", same) {
		t.Error("the same name and place are two people")
	}
	if key("a111", "Москва", same) == key("b222", "Казань", same) {
		t.Error("two places are one person")
	}
	if key("a111", "", same) == key("b222", "", same) {
		t.Error("a name alone is one person")
	}
	named := func(a *Author) { a.ID = "olya" }
	if key("a111", "", named) != key("b222", "Казань", named) {
		t.Error("an id does not join")
	}
}
