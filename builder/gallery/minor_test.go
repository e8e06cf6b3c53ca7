package gallery

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

// TestGivenName: of a minor the first word is shown where it is a name.
func TestGivenName(t *testing.T) {
	for name, want := range map[string]string{
		"Оля": "Оля", "Оля Петрова": "Оля", "Оля П.": "Оля", "Анна-Мария Ким": "Анна-Мария", "О’Нил": "О’Нил", "D'Arcy Smith": "D'Arcy",
		"ليلى حسن": "ليلى", "Jo\u00e3o": "João", "Joa\u0303o": "Joa\u0303o", "José\u00a0Ruiz": "José",
		"@olya": "", "olya_photo": "", "olya.photo": "", "Оля2012": "", "https://o.example": "", "o.example/olya": "",
		"Петрова, Оля": "", "🐱 Оля": "", "": "", "-": "", "Оля@дом Петрова": "", "<b>Оля": "",
	} {
		if got := givenName(name, ""); got != want {
			t.Errorf("of %q is shown %q, want %q", name, got, want)
		}
	}
	if got := givenName("Школа Восход", Group); got != "" {
		t.Errorf("of a group of minors is shown %q", got)
	}
	if got := givenName("Одуванчики", Group); got != "Одуванчики" {
		t.Errorf("of a group of one word is shown %q", got)
	}
}

func FuzzGivenName(f *testing.F) {
	for _, seed := range []string{"Оля Петрова", "@olya", "olya_12", "a\u200bb", "-", "О’Нил"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := givenName(name, Person)
		if got == "" {
			return
		}
		if !strings.HasPrefix(strings.TrimSpace(name), got) || strings.ContainsAny(got, "@_./:0123456789<>&") || strings.ContainsFunc(got, unicode.IsSpace) {
			t.Errorf("of %q is shown %q", name, got)
		}
	})
}

// minorOf is a submission by a minor who agrees to everything.
func minorOf(name string) *Submission {
	s := granted()
	s.Minor, s.Guardian, s.Consent.Thanks = true, "g-7", true
	s.Place, s.Copyright, s.Acquire = "Hidden yard", "Hidden notice", "https://hidden.example/buy"
	s.Text.Credit, s.Text.Place, s.Text.Authors = "Hidden credit", "Hidden yard", []string{name}
	s.In = map[string]PieceText{"en": {Authors: []string{"Olya Hidden"}, Credit: "Hidden credit", Place: "Hidden yard"}}
	s.Authors = []Author{{
		ID: "olya", Name: name, Place: "Hidden town", Country: "Россия", URL: "https://hidden.example/", Gender: "f",
		Forms: Forms{Gen: "Оли Hidden", Voc: "Оля Hidden"}, Kind: Group, Members: []string{"Hidden member"},
	}}
	s.Media = []Media{{File: "1.jpg"}, {Link: "https://films.example/hidden"}}
	return s
}

// TestMinor holds what is shown of a minor who agrees to everything.
func TestMinor(t *testing.T) {
	s := minorOf("Оля Hidden")
	s.Authors[0].Kind = Person
	p, refusal := Publish(s, Policy{Now: now})
	if refusal != nil {
		t.Fatal(refusal)
	}
	shown, err := json.Marshal(p)
	if err != nil || strings.Contains(strings.ToLower(string(shown)), "hidden") {
		t.Errorf("%v: of a minor is shown %s", err, shown)
	}
	a := p.Authors[0]
	if a.Name != "Оля" || a.Names["en"] != "Olya" || a.Place != "Россия" || a.Gender != "f" || a.Forms != (Forms{}) || len(p.Media) != 1 {
		t.Errorf("of a minor is shown %+v with %d media", a, len(p.Media))
	}
	s.Consent.Place = false
	if p, _ = Publish(s, Policy{Now: now}); p.Authors[0].Place != "" {
		t.Errorf("without consent the country is shown: %q", p.Authors[0].Place)
	}
	s = minorOf("Оля")
	s.Authors[0].Kind, s.Authors[0].Forms = "", Forms{Gen: "Оли"}
	if p, _ = Publish(s, Policy{Now: now}); p.Authors[0].Forms.Gen != "Оли" {
		t.Error("the form of a name of one word is gone")
	}
	s = minorOf("@olya")
	s.In = nil
	if p, _ = Publish(s, Policy{Now: now}); p.Authors[0].Name != "" || p.Authors[0].Key != "" || p.Authors[0].Gender != "" || p.Authors[0].Place != "Россия" {
		t.Errorf("of a handle is shown %+v", p.Authors[0])
	}
}

// TestMinorsAreJoinedByID: there are many of one first name in a country, and a
// page of a grown-up says more than one of a minor may.
func TestMinorsAreJoinedByID(t *testing.T) {
	key := func(id, author string, minor bool) string {
		s := granted()
		s.ID, s.Minor, s.Guardian = id, minor, "g-7"
		s.Authors[0].ID, s.Authors[0].Country, s.Authors[0].URL = author, "Россия", ""
		p, _ := Publish(s, Policy{Now: now})
		return p.Authors[0].Key
	}
	if key("a111", "", true) == key("b222", "", true) {
		t.Error("two minors of one name and country are one")
	}
	if key("a111", "olya", true) != key("b222", "olya", true) {
		t.Error("an id does not join")
	}
	if key("a111", "olya", true) == key("b222", "olya", false) {
		t.Error("a minor's piece is joined with a grown-up's")
	}
}

func TestAge(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Submission)
		want   string
	}{
		"not said": {func(*Submission) {}, RefusedAge},
		"an adult": {func(s *Submission) { s.Adult = true }, ""},
		"a minor":  {func(s *Submission) { s.Minor = true }, RefusedGuardian},
		"guarded":  {func(s *Submission) { s.Minor, s.Guardian = true, "g-1" }, ""},
	} {
		s := granted()
		c.change(s)
		_, refusal := Publish(s, Policy{Now: now, Age: true})
		if got := reason(refusal); got != c.want {
			t.Errorf("%s: refused for %q, want %q", name, got, c.want)
		}
	}
}

func TestReleases(t *testing.T) {
	people := func(list ...Subject) func(*Submission) {
		return func(s *Submission) { s.Subjects = &Subjects{People: list} }
	}
	for name, c := range map[string]struct {
		media  []Media
		change func(*Submission)
		want   string
	}{
		"words":              {nil, func(*Submission) {}, ""},
		"a recording":        {[]Media{{File: "song.MP3"}}, func(*Submission) {}, ""},
		"with a poster":      {[]Media{{File: "song.mp3", Poster: "song.jpg"}}, func(*Submission) {}, RefusedRelease},
		"nothing said":       {[]Media{{File: "1.jpg"}}, func(*Submission) {}, RefusedRelease},
		"of a film":          {[]Media{{Link: "https://films.example/1"}}, func(*Submission) {}, RefusedRelease},
		"nobody":             {[]Media{{File: "1.jpg"}}, func(s *Submission) { s.Subjects = &Subjects{Nobody: true} }, ""},
		"granted":            {[]Media{{File: "1.jpg"}}, people(Subject{Release: ReleaseGranted}), ""},
		"limited":            {[]Media{{File: "1.jpg"}}, people(Subject{Release: ReleaseLimited}), RefusedRelease},
		"none":               {[]Media{{File: "1.jpg"}}, people(Subject{Release: ReleaseGranted}, Subject{Release: ReleaseNone}), RefusedRelease},
		"not said":           {[]Media{{File: "1.jpg"}}, people(Subject{}), RefusedRelease},
		"a child":            {[]Media{{File: "1.jpg"}}, people(Subject{Release: ReleaseGranted, Minor: true}), RefusedRelease},
		"a child, agreed to": {[]Media{{File: "1.jpg"}}, people(Subject{Release: ReleaseGranted, Minor: true, Guardian: "g-2"}), ""},
	} {
		s := granted()
		s.Media = c.media
		c.change(s)
		_, refusal := Publish(s, Policy{Now: now, Releases: true})
		if got := reason(refusal); got != c.want {
			t.Errorf("%s: refused for %q, want %q", name, got, c.want)
		}
		s.Consent.Unseen = true
		if _, refusal = Publish(s, Policy{Now: now}); reason(refusal) != c.want {
			t.Errorf("%s, and likeness = false: refused for %q, want %q", name, reason(refusal), c.want)
		}
		s.Consent.Unseen = false
		if _, refusal = Publish(s, Policy{Now: now}); refusal != nil {
			t.Errorf("%s, and nobody asks for releases: refused for %q", name, refusal.Reason)
		}
		if _, refusal = Publish(s, Policy{Now: now}); refusal != nil {
			t.Errorf("%s: refused where nobody asked: %s", name, refusal.Reason)
		}
	}
}

func reason(r *Refusal) string {
	if r == nil {
		return ""
	}
	return r.Reason
}
