package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder/problem"
	"gallerist/builder/schema"
	"gallerist/builder/source"
)

// schemaDir is where new writes the schema of site.toml, and where the first
// line of site.toml leads.
const schemaDir = "schema"

func newSchema(f *flags) *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "schema [" + strings.Join(schema.Names(), "|") + "]…",
		Short: "Print which keys a file may have, for editors that complete and check",
		Long: `Schema prints a JSON Schema: which keys a file may have, what each is for and
which words it takes. Editors complete and check by it while you type.

  site         site.toml
  gallery      the facts of a gallery.md
  submission   the facts of a submission.md
  series       the facts of a series.md
  page         the facts of a plain page

site.toml names its schema in its first line, which "gallerist new site" writes:

  #:schema ./schema/site.json

Even Better TOML for VS Code and taplo read it there. For a site that is older,
run "gallerist schema site -o schema" in its folder and add that line. Run it again
after you have taken a newer Gallerist.

Facts in Markdown files are not reached by these editors. Their schemas are for
editing in a browser, for forms and for programs of your own; what is wrong in
them tells "gallerist check".`,
		Example: `  gallerist schema site
  gallerist schema site -o schema
  gallerist schema -o schema`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, names []string) error {
			if len(names) == 0 && output == "" {
				return &hinted{exitUsage, fmt.Errorf("schema of what?"), "name one of " + strings.Join(schema.Names(), ", ") + `, or write all of them into a folder with "-o schema"`}
			}
			if len(names) == 0 {
				names = schema.Names()
			}
			return f.schemas(names, output)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "", "`folder` to write into, one file each, instead of printing")
	return cmd
}

// schemas prints schemas, or writes each into a file.
func (f *flags) schemas(names []string, dir string) error {
	var files []schema.File
	for _, name := range names {
		file, ok := schema.Find(name)
		if !ok {
			return &hinted{exitUsage, fmt.Errorf("there is no schema of %q", name), problem.DidYouMean(name, schema.Names())}
		}
		files = append(files, file)
	}
	if dir == "" {
		for _, file := range files {
			if _, err := f.out.Write(file.JSON()); err != nil {
				return &hinted{exitIO, err, ""}
			}
		}
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &hinted{exitIO, fmt.Errorf("the folder %q cannot be made: %w", dir, cause(err)), ""}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &hinted{exitIO, fmt.Errorf("the folder %q cannot be opened: %w", dir, cause(err)), ""}
	}
	defer root.Close()
	for _, file := range files {
		name := file.Name + ".json"
		if err := replaceFile(root, name, file.JSON(), 0o644); err != nil {
			return &hinted{exitIO, fmt.Errorf("%s cannot be written: %w", name, cause(err)), ""}
		}
		fmt.Fprintf(f.out, "wrote %s\n", filepath.ToSlash(filepath.Join(dir, name)))
	}
	return nil
}

// siteSchema is the file that the first line of a new site.toml names.
func siteSchema() source.NewFile {
	file, _ := schema.Find("site")
	return source.NewFile{Path: schemaDir + "/site.json", Data: file.JSON()}
}
