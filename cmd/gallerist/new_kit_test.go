package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"gallerist/builder/schema"
	"gallerist/cmd/gallerist/starter"
)

// workflow is what matters of a workflow of GitHub.
type workflow struct {
	On          map[string]any
	Permissions map[string]string
	Jobs        map[string]struct {
		Permissions map[string]string
		Timeout     int `yaml:"timeout-minutes"`
		Env         map[string]string
		Steps       []struct {
			Name, Uses, Run string
			With            map[string]any
		}
	}
}

func readKit(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(starter.FS, "kit/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func readWorkflow(t *testing.T, name string) (w workflow, text string) {
	t.Helper()
	text = readKit(t, "github/.github/workflows/"+name)
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err)
	}
	return w, text
}

// TestWorkflows: actions are those of GitHub, pinned by their whole hash with the
// version beside it; no credentials are left in the folder; nothing that somebody
// outside can write gets into a script; and what looks at proposals has neither
// secrets nor the right to write anything.
func TestWorkflows(t *testing.T) {
	pinned := regexp.MustCompile(`^actions/[a-z-]+@[0-9a-f]{40}$`)
	for _, name := range []string{"proposal.yml", "publish.yml"} {
		w, text := readWorkflow(t, name)
		if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" || len(w.Jobs) == 0 {
			t.Errorf("%s: permissions %v", name, w.Permissions)
		}
		for _, line := range regexp.MustCompile(`(?m)^ +(- )?uses: .*$`).FindAllString(text, -1) {
			if !regexp.MustCompile(`@[0-9a-f]{40} # v\d+\.\d+\.\d+$`).MatchString(line) {
				t.Errorf("%s: %q does not say its version", name, line)
			}
		}
		for id, job := range w.Jobs {
			if job.Timeout == 0 {
				t.Errorf("%s: %s may run for hours", name, id)
			}
			for _, s := range job.Steps {
				if s.Uses != "" && !pinned.MatchString(s.Uses) {
					t.Errorf("%s: %q is not pinned", name, s.Uses)
				}
				if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != false {
					t.Errorf("%s: %s keeps credentials", name, s.Name)
				}
				if strings.Contains(s.Run, "${{") {
					t.Errorf("%s: %s puts a value into a script", name, s.Name)
				}
			}
		}
	}
	w, text := readWorkflow(t, "proposal.yml")
	if _, only := w.On["pull_request"]; !only || len(w.On) != 1 {
		t.Errorf("runs on %v", w.On)
	}
	for id, job := range w.Jobs {
		if len(job.Permissions) > 0 {
			t.Errorf("%s has %v", id, job.Permissions)
		}
	}
	for _, bad := range []string{"secrets", "write", "pull_request_target", "GITHUB_TOKEN"} {
		if strings.Contains(strings.Join(strings.Split(text, "\n")[4:], "\n"), bad) {
			t.Errorf("proposal.yml says %s", bad)
		}
	}
}

// run runs a program in a folder.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org",
		"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOnlyContentOfAProposal runs the step of both hosts that leaves nothing of a
// proposal but its content, on one that brings another theme, program and settings.
func TestOnlyContentOfAProposal(t *testing.T) {
	w, _ := readWorkflow(t, "proposal.yml")
	github := w.Jobs["check"].Steps[1].Run
	var lab struct{ Proposal struct{ Script []string } }
	if err := yaml.Unmarshal([]byte(readKit(t, "gitlab/.gitlab-ci.yml")), &lab); err != nil {
		t.Fatal(err)
	}
	gitlab := strings.ReplaceAll(strings.Join(lab.Proposal.Script[:2], "\n"), "$CI_MERGE_REQUEST_DIFF_BASE_SHA", "$BASE")
	for host, script := range map[string]string{"github": github, "gitlab": gitlab} {
		t.Run(host, func(t *testing.T) {
			dir := t.TempDir()
			run(t, dir, "git", "init", "--quiet", "--initial-branch=main")
			put(t, dir, "site.toml", "title = \"Ours\"\n")
			put(t, dir, "ci/get-gallerist", "ours\n")
			put(t, dir, "content/g/gallery.md", "ours\n")
			run(t, dir, "git", "add", "--all")
			run(t, dir, "git", "commit", "--quiet", "--message=ours")
			base := strings.TrimSpace(run(t, dir, "git", "rev-parse", "HEAD"))
			run(t, dir, "git", "checkout", "--quiet", "-b", "proposal")
			put(t, dir, "site.toml", "title = \"Theirs\"\n")
			put(t, dir, "ci/get-gallerist", "theirs\n")
			put(t, dir, "themes/evil/theme.toml", "theirs\n")
			put(t, dir, ".hidden/x", "theirs\n")
			put(t, dir, "content/g/new/submission.md", "theirs\n")
			run(t, dir, "git", "add", "--all")
			run(t, dir, "git", "commit", "--quiet", "--message=theirs")
			run(t, dir, "sh", "-c", "BASE="+base+"\nset -eu\n"+script)
			if got := strings.Fields(run(t, dir, "git", "diff", "--name-only", base)); len(got) != 1 || got[0] != "content/g/new/submission.md" {
				t.Errorf("differs from the main branch: %v", got)
			}
			for _, gone := range []string{"themes", ".hidden"} {
				if _, err := os.Lstat(filepath.Join(dir, gone)); err == nil {
					t.Errorf("%s is still there", gone)
				}
			}
		})
	}
}

// TestGetGallerist: the script takes the file whose hash it knows and no other. A
// curl of the test's own stands in for the network.
func TestGetGallerist(t *testing.T) {
	dir := t.TempDir()
	program := "#!/bin/sh\necho hello\n"
	put(t, dir, "bin/curl", "#!/bin/sh\nwhile [ \"$1\" != --output ]; do shift; done\nprintf '%s' \"$PROGRAM\" > \"$2\"\n")
	if err := os.Chmod(filepath.Join(dir, "bin/curl"), 0o755); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(program))
	script := readKit(t, "both/ci/get-gallerist")
	try := func(text, sent string) (string, error) {
		put(t, dir, "get", text)
		cmd := exec.Command("sh", "get", "out")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PROGRAM="+sent, "PATH="+filepath.Join(dir, "bin")+string(filepath.ListSeparator)+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := try(script, program); err == nil || !strings.Contains(out, "say in its first lines where the program is") {
		t.Errorf("without an address: %v %s", err, out)
	}
	filled := strings.NewReplacer(`url=""`, `url="https://example.org/gallerist"`, `sha256=""`, `sha256="`+hex.EncodeToString(sum[:])+`"`).Replace(script)
	if out, err := try(filled, program+"evil\n"); err == nil || !strings.Contains(out, "another SHA-256") {
		t.Errorf("another file: %v %s", err, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "out/gallerist")); err == nil {
		t.Error("another file was kept")
	}
	if out, err := try(filled, program); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if got := run(t, dir, "out/gallerist"); got != "hello\n" {
		t.Errorf("the program says %q", got)
	}
}

// TestCMSConfig: the settings are YAML; each field is a key of the content model,
// with its hint and its words; a submission arrives as pending, and nothing that a
// form cannot leave unsaid is asked.
func TestCMSConfig(t *testing.T) {
	type field struct {
		Name, Label, Widget, Hint string
		Options                   []string
		Default                   any
		Fields                    []field
	}
	var doc struct {
		Backend     struct{ Name, Repo string }
		PublishMode string `yaml:"publish_mode"`
		Collections []struct {
			Name, Label, Folder, Path, Slug, Format string
			Fields                                  []field
		}
	}
	if err := yaml.Unmarshal([]byte(cmsConfig(kitFlags{host: "gitlab", cms: "x/y"}, []cmsGallery{{"a/b", `A: "b"`}, {"c", ""}})), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Backend.Name != "gitlab" || doc.Backend.Repo != "x/y" || doc.PublishMode != "editorial_workflow" || len(doc.Collections) != 2 {
		t.Fatalf("%+v", doc)
	}
	c := doc.Collections[0]
	if c.Name != "a_b" || c.Label != `A: "b"` || c.Folder != "content/a/b" || c.Path != "{{slug}}/submission" || c.Slug != "{{fields.id}}" || c.Format != "toml-frontmatter" {
		t.Errorf("%+v", c)
	}
	fields, kept := 0, 0
	var check func(list []field, of schema.Key)
	check = func(list []field, of schema.Key) {
		for _, x := range list {
			k, known := of.Key(x.Name)
			fields++
			if x.Name == "crop" && x.Widget == "hidden" { // it stays, whoever saves the file
				kept++
				continue
			}
			if !known || x.Label != k.Title || x.Hint != k.About || x.Widget == "" {
				t.Errorf("%+v is not %+v", x, k)
			}
			if strings.Join(x.Options, " ") != strings.Join(k.Choice, " ") {
				t.Errorf("%s has the words %v", x.Name, x.Options)
			}
			if x.Name == "minor" {
				t.Errorf("minor is asked")
			}
			check(x.Fields, k)
		}
	}
	of, _ := schema.Find("submission")
	top := c.Fields[:len(c.Fields)-1]
	check(top, schema.Key{Keys: of.Keys})
	if fields < 60 || kept != 2 || c.Fields[len(c.Fields)-1].Name != "body" {
		t.Errorf("%d fields", fields)
	}
	for _, x := range top {
		if x.Name == "status" && x.Default != "pending" {
			t.Errorf("arrives as %v", x.Default)
		}
	}
}
