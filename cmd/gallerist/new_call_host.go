package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"gallerist/builder"
)

// submissionLabel marks issues that are submissions.
const submissionLabel = "submission"

// issueForm is a form of GitHub issues
// (docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms).
// Pictures are dropped into a text field, which every version of GitHub takes.
func issueForm(f builder.CallForm) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Made by \"gallerist new call %s --for github\".\n", f.Gallery)
	fmt.Fprintf(&b, "name: %s\ndescription: %s\ntitle: %s\nlabels: [%s]\nbody:\n", yamlText(f.Title), yamlText(f.Title), yamlText(f.Title+": "), yamlText(submissionLabel))
	fmt.Fprintf(&b, "  - type: markdown\n    attributes:\n      value: %s\n", yamlText(strings.Join(f.Intro, "\n\n")))
	for _, x := range f.Fields {
		fmt.Fprintf(&b, "  - type: %s\n    id: %s\n    attributes:\n      label: %s\n", issueType(x.Kind), x.ID, yamlText(x.Title))
		if x.Help != "" {
			fmt.Fprintf(&b, "      description: %s\n", yamlText(x.Help))
		}
		if len(x.Options) > 0 {
			b.WriteString("      options:\n")
		}
		for _, o := range x.Options {
			if x.Kind != builder.FieldTick {
				fmt.Fprintf(&b, "        - %s\n", yamlText(o))
				continue
			}
			fmt.Fprintf(&b, "        - label: %s\n          required: %t\n", yamlText(o), x.Required)
		}
		if x.Required && x.Kind != builder.FieldTick {
			b.WriteString("    validations:\n      required: true\n")
		}
	}
	return b.String()
}

func issueType(k builder.FieldKind) string {
	switch k {
	case builder.FieldShort:
		return "input"
	case builder.FieldChoice:
		return "dropdown"
	case builder.FieldTick:
		return "checkboxes"
	}
	return "textarea"
}

// yamlText is a text as YAML writes it between double quotes, which is as JSON does.
func yamlText(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a text does not fail
	}
	return strings.TrimSpace(b.String())
}

// issueTemplate is a description template of GitLab issues. Its last lines are
// quick actions: the issue is confidential until somebody opens it.
func issueTemplate(f builder.CallForm) string {
	var b strings.Builder
	for _, p := range f.Intro {
		b.WriteString(p + "\n\n")
	}
	for _, x := range f.Fields {
		fmt.Fprintf(&b, "## %s\n\n", x.Title)
		if x.Help != "" {
			fmt.Fprintf(&b, "<!-- %s -->\n\n", strings.ReplaceAll(x.Help, "--", "- -"))
		}
		for _, o := range x.Options {
			b.WriteString("- [ ] " + o + "\n")
		}
		if len(x.Options) > 0 {
			b.WriteByte('\n')
		}
	}
	fmt.Fprintf(&b, "/confidential\n/label ~%s\n", submissionLabel)
	return b.String()
}
