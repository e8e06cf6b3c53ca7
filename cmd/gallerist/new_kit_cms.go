package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"gallerist/builder/schema"
)

// cmsGallery is a gallery as an editor lists it.
type cmsGallery struct{ dir, title string }

// cmsConfig is config.yml of Decap CMS (decapcms.org/docs/configuration-options),
// which Sveltia CMS reads too: a collection for each gallery, an entry for each
// submission in a folder of its own, named by its id so that no address tells a
// name, and its pictures beside it.
func cmsConfig(own kitFlags, galleries []cmsGallery) string {
	var b strings.Builder
	b.WriteString(`# Made by "gallerist new review-kit --cms": settings of Decap CMS, which Sveltia CMS
# reads too. Whether somebody is under age (minor), and whether those in a picture may
# be shown (likeness), is not asked here, since a switch that nobody touched would be
# an answer: write it into the file.
`)
	fmt.Fprintf(&b, "backend:\n  name: %s\n  repo: %s\n  branch: main\n", own.host, yamlText(own.cms))
	b.WriteString("publish_mode: editorial_workflow\nmedia_folder: static/uploads\npublic_folder: /uploads\nslug:\n  encoding: ascii\n  clean_accents: true\ncollections:\n")
	of, _ := schema.Find("submission")
	for _, g := range galleries {
		fmt.Fprintf(&b, "  - name: %s\n    label: %s\n", yamlText(strings.ReplaceAll(g.dir, "/", "_")), yamlText(g.title))
		fmt.Fprintf(&b, "    folder: %s\n    path: '{{slug}}/submission'\n    slug: '{{fields.id}}'\n    identifier_field: id\n", yamlText(path.Join("content", g.dir)))
		b.WriteString("    summary: '{{title}} ({{status}})'\n    media_folder: ''\n    public_folder: ''\n    create: true\n    delete: false\n    extension: md\n    format: toml-frontmatter\n    fields:\n")
		for _, k := range of.Keys {
			if !slices.Contains(cmsLeaves, k.Name) {
				cmsField(&b, "      ", k)
			}
		}
		b.WriteString("      - { name: body, label: Story, widget: markdown, required: false, modes: [raw] }\n")
	}
	return b.String()
}

// cmsLeaves are keys of which a form in a browser keeps its hands.
var cmsLeaves = []string{"minor", "likeness", "withdrawal", "verdict", "idea", "role"}

// cmsField writes a field. Keys of one's own, and places in a picture, have no
// field: what stands there stays. A crop has one that is not shown, for an editor
// that drops what it does not know would publish what was cut away.
func cmsField(b *strings.Builder, indent string, k schema.Key) {
	var more []string
	widget := map[schema.Kind]string{
		schema.Line: "string", schema.Words: "text", schema.Address: "string", schema.Whole: "number",
		schema.Switch: "boolean", schema.Moment: "datetime", schema.Lines: "list", schema.Table: "object", schema.Tables: "list",
	}[k.Kind]
	switch {
	case k.Kind == schema.Part:
		fmt.Fprintf(b, "%s- { name: %s, widget: hidden, required: false }\n", indent, k.Name)
		return
	case widget == "":
		return
	case k.Name == "file" || k.Name == "poster":
		widget = "file" // is put beside the entry
	case len(k.Choice) > 0:
		widget = "select"
		more = append(more, "options: ["+strings.Join(k.Choice, ", ")+"]")
		if k.Kind == schema.Lines {
			more = append(more, "multiple: true")
		}
	}
	switch k.Kind {
	case schema.Whole:
		more = append(more, "value_type: int")
	case schema.Moment:
		more = append(more, map[bool]string{false: "default: ''", true: "default: '{{now}}'"}[k.Name == "received"])
	case schema.Switch:
		more = append(more, "default: false")
	case schema.Table, schema.Tables:
		more = append(more, "collapsed: true")
	}
	if k.Min != nil {
		more = append(more, fmt.Sprintf("min: %v", *k.Min))
	}
	if k.Max != nil {
		more = append(more, fmt.Sprintf("max: %v", *k.Max))
	}
	if k.Form != "" {
		more = append(more, "pattern: ["+yamlText(k.Form)+", "+yamlText(k.About)+"]")
	}
	if k.Name == "status" && k.Needed { // of the submission itself
		more = append(more, "default: pending")
	}
	fmt.Fprintf(b, "%s- name: %s\n%s  label: %s\n%s  widget: %s\n%s  required: %t\n", indent, k.Name, indent, yamlText(k.Title), indent, widget, indent, k.Needed)
	if k.About != "" {
		fmt.Fprintf(b, "%s  hint: %s\n", indent, yamlText(k.About))
	}
	for _, line := range more {
		fmt.Fprintf(b, "%s  %s\n", indent, line)
	}
	if k.Kind == schema.Table || k.Kind == schema.Tables {
		fmt.Fprintf(b, "%s  fields:\n", indent)
		for _, below := range k.Keys {
			if !slices.Contains(cmsLeaves, below.Name) {
				cmsField(b, indent+"    ", below)
			}
		}
	}
}
