package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// proposed makes a repository with the kit in it and a proposal on a branch of its
// own, which holds a submission with a mistake, another theme and another program.
// It returns the main branch's commit.
func proposed(g *guide, host string) string {
	g.t.Helper()
	g.command("gallerist new site site --title Slippers")
	g.dir = filepath.Join(g.dir, "site")
	g.command("git init --quiet --initial-branch=main")
	g.command("gallerist new review-kit --host " + host)
	program := "#!/bin/sh\nexec gallerist \"$@\"\n"
	put(g.t, filepath.Dir(g.dir), "program", program)
	put(g.t, filepath.Dir(g.dir), "bin/curl", "#!/bin/sh\nwhile [ \"$1\" != --output ]; do shift; done\ncp "+filepath.Join(filepath.Dir(g.dir), "program")+" \"$2\"\n")
	if err := os.Chmod(filepath.Join(filepath.Dir(g.dir), "bin/curl"), 0o755); err != nil {
		g.t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(program))
	g.edit("ci/get-gallerist", `url=""`, `url="https://example.org/gallerist"`)
	g.edit("ci/get-gallerist", `sha256=""`, `sha256="`+hex.EncodeToString(sum[:])+`"`)
	g.command("git add --all")
	g.command("git commit --quiet --message main")
	base := strings.TrimSpace(run(g.t, g.dir, "git", "rev-parse", "HEAD"))
	g.command("git switch --quiet --create proposal")
	put(g.t, g.dir, "content/morning/lev/submission.md", "+++\nid = \"lev002\"\ntitel = \"Lev\"\nstatus = \"pending\"\n+++\nA story.\n")
	put(g.t, g.dir, "content/morning/nelli/submission.md", "+++\nid = \"nel003\"\ntitle = \"Seen by nobody yet\"\nstatus = \"pending\"\n[author]\nname = \"Nelli\"\n[consent]\nname = true\n+++\nA story.\n")
	put(g.t, g.dir, "themes/plain/layouts/piece.html", "evil")
	put(g.t, g.dir, "ci/get-gallerist", "#!/bin/sh\nmkdir -p \"$1\"; printf '#!/bin/sh\\necho evil >> \"$PWD/evil\"' > \"$1/gallerist\"; chmod +x \"$1/gallerist\"\n")
	g.command("git add --all")
	g.command("git commit --quiet --message proposal")
	return base
}

// script runs a script of a workflow, as the host does, and returns what it prints
// and its exit code.
func (g *guide) script(text string, env ...string) (string, int) {
	g.t.Helper()
	cmd := exec.Command("sh", "-e", "-c", text)
	path := "PATH=" + filepath.Join(filepath.Dir(g.dir), "bin") + string(filepath.ListSeparator)
	for _, e := range g.env {
		if of, ok := strings.CutPrefix(e, "PATH="); ok {
			path += of // the last one counts
		}
	}
	cmd.Dir, cmd.Env = g.dir, append(append(append([]string{}, g.env...), path, "CI=true"), env...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		g.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestProposalOnGitHub runs the scripts of both workflows.
func TestProposalOnGitHub(t *testing.T) {
	g := newGuide(t, "2026-11-22")
	temp := t.TempDir()
	base := proposed(g, "github")
	w, _ := readWorkflow(t, "proposal.yml")
	said := map[string]string{}
	for _, s := range w.Jobs["check"].Steps {
		if s.Run == "" {
			continue
		}
		out, code := g.script(s.Run, "BASE="+base, "RUNNER_TEMP="+temp, "GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary"))
		said[s.Name] = out
		if want := map[bool]int{true: 1}[s.Name == "What is wrong"]; code != want {
			t.Fatalf("%s: exit code %d\n%s", s.Name, code, out)
		}
	}
	if out := said["What is wrong"]; !strings.Contains(out, "::error file=content/morning/lev/submission.md,line=3") {
		t.Errorf("the mistake is not told:\n%s", out)
	}
	sheet, err := os.ReadFile(filepath.Join(temp, "contact-sheet/index.html"))
	if err != nil || !strings.Contains(string(sheet), "Seen by nobody yet") {
		t.Errorf("the contact sheet lacks the proposal: %v", err)
	}
	if _, err := os.Stat(filepath.Join(temp, "summary")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(g.dir, "evil")); err == nil {
		t.Error("the proposal's program was run")
	}

	g.command("git reset --quiet --hard " + base)
	put(t, g.dir, "content/morning/lev/submission.md", "+++\nid = \"lev002\"\ntitel = \"Lev\"\nstatus = \"approved\"\n+++\n")
	w, _ = readWorkflow(t, "publish.yml")
	for _, s := range w.Jobs["build"].Steps {
		if s.Run == "" {
			continue
		}
		if out, code := g.script(s.Run, "RUNNER_TEMP="+temp, "BASE_URL=https://slippers.example/site"); code != 0 {
			t.Fatalf("%s: exit code %d\n%s", s.Name, code, out)
		}
	}
	page, err := os.ReadFile(filepath.Join(g.dir, "public/morning/index.html"))
	if err != nil || !strings.Contains(string(page), "https://slippers.example/site/morning/") {
		t.Errorf("the site does not know where it is: %v", err)
	}
}

// TestProposalOnGitLab runs the script of the job.
func TestProposalOnGitLab(t *testing.T) {
	g := newGuide(t, "2026-11-22")
	base := proposed(g, "gitlab")
	var file struct{ Proposal struct{ Script []string } }
	if err := yaml.Unmarshal([]byte(readKit(t, "gitlab/.gitlab-ci.yml")), &file); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(strings.Join(file.Proposal.Script, "\n"), "/tmp/bin", filepath.Join(t.TempDir(), "bin"))
	out, code := g.script(text, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+base)
	if code != 1 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	report, err := os.ReadFile(filepath.Join(g.dir, "gl-code-quality-report.json"))
	if err != nil || !strings.Contains(string(report), "content/morning/lev/submission.md") {
		t.Errorf("%v %s", err, report)
	}
	sheet, err := os.ReadFile(filepath.Join(g.dir, "contact-sheet/index.html"))
	if err != nil || !strings.Contains(string(sheet), "Seen by nobody yet") {
		t.Errorf("the contact sheet lacks the proposal: %v", err)
	}
	if _, err := os.Stat(filepath.Join(g.dir, "evil")); err == nil {
		t.Error("the proposal's program was run")
	}
}
