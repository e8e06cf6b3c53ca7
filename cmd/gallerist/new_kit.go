package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/cmd/gallerist/starter"
)

// kitFlags are those of new review-kit alone.
type kitFlags struct{ host, team, cms string }

// kitHosts are the hosts that there is a kit for.
var kitHosts = []string{"github", "gitlab"}

func newNewKit(f *flags) *cobra.Command {
	var own kitFlags
	cmd := &cobra.Command{
		Use:   "review-kit",
		Short: "Write what a repository needs to review proposals and to publish",
		Long: `Review-kit writes files by which a repository on GitHub or GitLab checks each
proposal, shows it to reviewers as a contact sheet, and publishes its main branch.

  a workflow for proposals   problems beside the lines that they are in, and a
                             contact sheet to download. It runs what strangers send,
                             so it has no secrets, may write nothing, and uses the
                             settings, theme and program of the main branch
  a workflow to publish      to GitHub Pages or GitLab Pages, after each change and
                             every night, for permissions end and calls close
  ci/get-gallerist           says which program runs there: its address and SHA-256
  a template of proposals    the list that a reviewer goes through
  CODEOWNERS                 with --team: everything but submissions needs that team
  .githooks/pre-commit       stops commits with errors, for those who switch it on
  static/admin/config.yml    with --cms OWNER/NAME: settings of Decap CMS or Sveltia
                             CMS, to edit in a browser. No script is written or
                             loaded: you decide on one

Run it in the site's folder, which must be the top of the repository. A file that is
there already is left as it is, and named. docs/reviewing-in-git.md says the rest.`,
		Example: `  gallerist new review-kit --team @slippers/editors
  gallerist new review-kit --host gitlab --team @slippers/editors
  gallerist new review-kit --cms slippers/morning`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := own.settle(); err != nil {
				return err
			}
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			files, err := own.files()
			if err != nil {
				return &hinted{exitIO, err, ""}
			}
			if own.cms != "" {
				var probs problem.List
				cfg := builder.ReadConfig(s.root.FS(), &probs)
				site, _, _, err := source.Read(cmd.Context(), s.root.FS(), source.Options{Lang: cfg.Language, Languages: cfg.Languages, Zone: cfg.Zone, Now: s.opt.Now})
				if err != nil {
					return f.unbuilt(probs, err)
				}
				var galleries []cmsGallery
				for _, g := range site.Galleries {
					galleries = append(galleries, cmsGallery{g.Dir, g.Text.Title})
				}
				files = append(files, source.NewFile{Path: "static/admin/config.yml", Data: []byte(cmsConfig(own, galleries))})
			}
			return f.writeKit(own, files)
		},
	}
	f.add(cmd, "source")
	cmd.Flags().StringVar(&own.host, "host", "github", "`where` the repository is: github or gitlab")
	cmd.Flags().StringVar(&own.team, "team", "", "`who` approves changes of everything but submissions, such as @slippers/editors")
	cmd.Flags().StringVar(&own.cms, "cms", "", "write settings of Decap CMS too, for this `repository`, such as slippers/morning")
	return cmd
}

var (
	teamName = regexp.MustCompile(`^@[A-Za-z0-9][A-Za-z0-9._/-]*$`)
	repoName = regexp.MustCompile(`^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$`)
)

func (own kitFlags) settle() error {
	switch {
	case !slices.Contains(kitHosts, own.host):
		return &hinted{exitUsage, fmt.Errorf("there is no kit for %q", own.host), problem.DidYouMean(own.host, kitHosts)}
	case own.team != "" && !teamName.MatchString(own.team):
		return &hinted{exitUsage, fmt.Errorf("%q is not the name of a team or a person", own.team), "write it with an @, such as @slippers/editors"}
	case own.cms != "" && !repoName.MatchString(own.cms):
		return &hinted{exitUsage, fmt.Errorf("%q is not the name of a repository", own.cms), "write owner and name, such as slippers/morning"}
	}
	return nil
}

// files returns the kit, but for the settings of a CMS.
func (own kitFlags) files() ([]source.NewFile, error) {
	var files []source.NewFile
	for _, part := range []string{own.host, "both"} {
		top := path.Join("kit", part)
		err := fs.WalkDir(starter.FS, top, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || own.team == "" && e.Name() == "CODEOWNERS" {
				return err
			}
			data, err := fs.ReadFile(starter.FS, name)
			data = bytes.ReplaceAll(data, []byte("{{team}}"), []byte(own.team))
			files = append(files, source.NewFile{Path: strings.TrimPrefix(name, top+"/"), Data: data})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// writeKit writes the files that are not there yet, and says what is left to do.
func (f *flags) writeKit(own kitFlags, files []source.NewFile) error {
	root, err := os.OpenRoot(f.source)
	if err != nil {
		return &hinted{exitIO, fmt.Errorf("the folder %q cannot be opened: %w", f.source, cause(err)), ""}
	}
	defer root.Close()
	for _, file := range files {
		shown := filepath.ToSlash(filepath.Join(f.source, filepath.FromSlash(file.Path)))
		if _, err := root.Lstat(filepath.FromSlash(file.Path)); err == nil {
			fmt.Fprintf(f.out, "kept  %s, which is there already\n", shown)
			continue
		}
		if err := writeNew(root, file); err != nil {
			return err
		}
		if bytes.HasPrefix(file.Data, []byte("#!")) {
			if err := root.Chmod(filepath.FromSlash(file.Path), 0o755); err != nil && !errors.Is(err, errors.ErrUnsupported) {
				return &hinted{exitIO, fmt.Errorf("%s cannot be made a program: %w", file.Path, cause(err)), ""}
			}
		}
		fmt.Fprintf(f.out, "wrote %s\n", shown)
	}
	fmt.Fprint(f.out, kitSteps(own, f.source))
	return nil
}

// kitSteps says what a program cannot do.
func kitSteps(own kitFlags, dir string) string {
	var b strings.Builder
	b.WriteString("\nto do\n")
	step := func(text string) { b.WriteString("- " + text + "\n") }
	step("say in ci/get-gallerist where the program is, and its SHA-256")
	if own.host == "github" {
		step("Settings, Pages: set Source to GitHub Actions")
		step(`Settings, Rules: let the main branch need a pull request and the check "check"`)
	} else {
		step("Settings, Repository, Protected branches: let nobody push to the main branch")
		step(`Settings, Merge requests: switch "Pipelines must succeed" on`)
	}
	if own.team == "" {
		step("name who approves everything but submissions: run it again with --team")
	} else {
		step("let the main branch need the approval of code owners")
	}
	if what := notTop(dir); what != "" {
		step(what)
	}
	return b.String()
}

// notTop says what to do where a folder is not the top of a git repository, at
// which alone hosts look for their files; "" where it is.
func notTop(dir string) string {
	here, err := filepath.Abs(dir)
	for up := here; err == nil; up = filepath.Dir(up) {
		if _, err := os.Stat(filepath.Join(up, ".git")); err == nil {
			if up == here {
				return ""
			}
			return fmt.Sprintf("give the site a repository of its own: hosts look for these files at the top of one, and the top of this one is %q", filepath.ToSlash(up))
		}
		if up == filepath.Dir(up) {
			break
		}
	}
	return fmt.Sprintf("make a git repository of %q: hosts look for these files at the top of one", dir)
}
