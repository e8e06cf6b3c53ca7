package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"gallerist/builder"
)

// issueFormShape is what GitHub documents of issue forms.
type issueFormShape struct {
	Name, Description, Title string
	Labels                   []string
	Body                     []struct {
		Type       string
		ID         string
		Attributes struct {
			Label, Description, Value string
			Options                   []any
		}
		Validations struct{ Required bool }
	}
}

// TestIssueForm: what is written for GitHub is an issue form by its rules: known
// types, ids of their own of letters, digits and hyphens, labels that differ, and
// a required box for each consent that one cannot do without.
func TestIssueForm(t *testing.T) {
	for _, dir := range []string{"predlozheniya", "poka-varitsya/2026-11-16"} {
		forms, _, err := builder.CallForms(t.Context(), os.DirFS("../.."), builder.Options{Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms {
			var doc issueFormShape
			d := yaml.NewDecoder(strings.NewReader(issueForm(form.Public())))
			d.KnownFields(true)
			if err := d.Decode(&doc); err != nil {
				t.Fatal(err)
			}
			if doc.Name == "" || doc.Description == "" || doc.Body[0].Type != "markdown" || !strings.Contains(doc.Body[0].Attributes.Value, form.Warning) {
				t.Errorf("%s: %+v", form.Lang, doc.Body[0])
			}
			ids, labels := map[string]bool{}, map[string]bool{}
			required := 0
			for _, x := range doc.Body[1:] {
				if !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(x.ID) || ids[x.ID] || labels[x.Attributes.Label] || x.Attributes.Label == "" {
					t.Errorf("%s: %+v", form.Lang, x)
				}
				ids[x.ID], labels[x.Attributes.Label] = true, true
				if !slices.Contains([]string{"input", "textarea", "dropdown", "checkboxes"}, x.Type) {
					t.Errorf("%s: unknown type %q", form.Lang, x.Type)
				}
				if x.Type != "checkboxes" {
					continue
				}
				box, ok := x.Attributes.Options[0].(map[string]any)
				if !ok || box["label"] == "" || len(x.Attributes.Options) != 1 {
					t.Errorf("%s: %v", form.Lang, x.Attributes.Options)
				}
				if box["required"] == true {
					required++
				}
			}
			if required < 2 || ids["mail"] {
				t.Errorf("%s: %d required boxes, asks for %v", form.Lang, required, ids)
			}
		}
	}
}
