package builder

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
)

func formFolder(languages, call string) fstest.MapFS {
	return fstest.MapFS{
		"site.toml":            {Data: []byte("title = \"Slippers\"\nbase_url = \"https://slippers.example/\"\nlanguage = \"en\"\nlanguages = " + languages + "\n")},
		"content/g/gallery.md": {Data: []byte("+++\ntitle = \"Morning\"\n" + call + "+++\n")},
	}
}

const fullScope = "scope = [\"site\", \"feed\", \"embed\", \"social\", \"web\", \"ads\", \"print\", \"retouch\", \"translate\", \"ai-training\"]\nmonths = 24\n"

func callForms(t *testing.T, folder fstest.MapFS) ([]CallForm, error) {
	t.Helper()
	forms, _, err := CallForms(t.Context(), folder, Options{Now: testNow}, "g")
	return forms, err
}

// TestCallFormAgrees: in every language the form asks for the same, each consent
// in a field of its own, and what a page says that people agree to is what the
// form has them tick, so what counts when answers come back.
func TestCallFormAgrees(t *testing.T) {
	tags := lang.Known()
	folder := formFolder(`["`+strings.Join(tags, `", "`)+`"]`, "[call]\nquestion = \"How?\"\n"+fullScope)
	forms, err := callForms(t, folder)
	if err != nil || len(forms) != len(tags) {
		t.Fatalf("%d forms, %v", len(forms), err)
	}
	pages := pagesOf(t, folder)
	given := map[string]int{}
	for _, a := range Agreements(forms) {
		given[a.Gives]++
	}
	for _, what := range []string{"grant", "name", "place", "likeness", "thanks", "age", "minor"} {
		if given[what] != len(tags) {
			t.Errorf("%d texts give %s", given[what], what)
		}
	}
	for _, f := range forms {
		if len(f.Fields) != len(forms[0].Fields) {
			t.Fatalf("%s: %d fields", f.Lang, len(f.Fields))
		}
		page := pages["g/call/index.html"]
		if f.Lang != "en" {
			page = pages[f.Lang+"/g/call/index.html"]
		}
		page = common(strings.NewReplacer("&#34;", `"`, "&quot;", `"`, "&#39;", "'").Replace(page))
		ids := map[string]bool{}
		for i, x := range f.Fields {
			if own := forms[0].Fields[i]; x.ID != own.ID || x.Kind != own.Kind || x.Required != own.Required || len(x.Options) != len(x.Means) {
				t.Errorf("%s: %+v", f.Lang, x)
			}
			if ids[x.ID] || x.Title == "" {
				t.Errorf("%s: %q has the id of another or no title", f.Lang, x.ID)
			}
			ids[x.ID] = true
			if strings.HasPrefix(x.ID, "consent-") && !strings.Contains(page, x.Options[0]) {
				t.Errorf("%s: the page does not say %q", f.Lang, x.Options[0])
			}
			for _, s := range append([]string{x.Title, x.Help}, x.Options...) {
				if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }) {
					t.Errorf("%s: %q has a space that forms do not give back", f.Lang, s)
				}
			}
		}
		if !ids["mail"] || !ids["guardian"] || !ids["consent-thanks"] {
			t.Errorf("%s asks for %v", f.Lang, ids)
		}
		for _, x := range f.Public().Fields {
			if x.Private || x.ID == "mail" || x.ID == "guardian" {
				t.Errorf("%s: %s is asked where everybody reads it", f.Lang, x.ID)
			}
		}
	}
}

// TestFormTerms: the form leads to the text that people agree to.
func TestFormTerms(t *testing.T) {
	folder := formFolder(`["en", "ru"]`, "[call]\nterms = \"2026-10\"\n"+fullScope)
	forms, err := callForms(t, folder)
	if err != nil || !slices.Contains(forms[0].Intro, "Version 2026-10") {
		t.Errorf("%v %q", err, forms[0].Intro)
	}
	folder["content/terms.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"T\"\nterms = \"2026-10\"\ndate = 2026-10-01\n+++\nAll of it.\n")}
	forms, err = callForms(t, folder)
	if err != nil || !slices.Contains(forms[0].Intro, "The full terms (Version 2026-10): https://slippers.example/terms/") ||
		!slices.ContainsFunc(forms[1].Intro, func(s string) bool { return strings.HasSuffix(s, ": https://slippers.example/ru/terms/") }) {
		t.Errorf("%v %q %q", err, forms[0].Intro, forms[1].Intro)
	}
}

// TestOwnConsents: a gallery's own consents are asked for to the letter, and no
// others; where it asks for the age itself the form does not.
func TestOwnConsents(t *testing.T) {
	forms, err := callForms(t, formFolder(`["en"]`, `[call]
scope = ["site"]
[[call.consent]]
what = "grant"
text = "Show  it."
[[call.consent]]
what = "url"
text = "And where I am."
optional = true
[[call.consent]]
what = "age"
text = "I am over 14."
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Agreement{{"Show it.", "grant", "Use of the work"}, {"And where I am.", "url", "Link"}, {"I am over 14.", "age", "Age"}}
	if got := Agreements(forms); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var ids []string
	for _, x := range forms[0].Fields {
		ids = append(ids, x.ID)
	}
	if got := strings.Join(ids, " "); got != "media story alt name place url consent-grant consent-url consent-age mail" {
		t.Errorf("asks for %s", got)
	}
}

// TestNoCallForm: where nothing could be shown there is no form.
func TestNoCallForm(t *testing.T) {
	for call, want := range map[string]string{
		"":                              "has no call",
		"[call]\nquestion = \"How?\"\n": "does not say what people are to allow",
		"[call]\nrights = [\"R.\"]\n":   "does not say what people are to allow",
		"[call]\nscope = [\"print\"]\n": "leaves out this site",
		"[call]\nscope = [\"site\"]\n[[call.consent]]\nwhat = \"name\"\ntext = \"My name.\"\n": "leave out the work itself",
	} {
		_, err := callForms(t, formFolder(`["en"]`, call))
		var none *NoCallForm
		if !errors.As(err, &none) || !strings.Contains(none.Text, want) || none.Hint == "" {
			t.Errorf("%q: %v", call, err)
		}
	}
	_, _, err := CallForms(t.Context(), formFolder(`["en"]`, ""), Options{Now: testNow}, "gg")
	var unknown *UnknownGallery
	if !errors.As(err, &unknown) || !strings.Contains(unknown.Hint, `"g"`) {
		t.Errorf("%v", err)
	}
	if slices.Contains(gallery.ConsentKinds, "minor") {
		t.Error("minor is no consent")
	}
}
