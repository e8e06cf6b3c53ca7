package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gallerist/builder"
)

// guide runs the commands of a page of docs/ in a folder of its own, in the order
// in which they stand there. Between them a test does what the page tells people to
// do by hand.
type guide struct {
	t    *testing.T
	dir  string // where commands run; cd changes it
	env  []string
	now  string
	said map[string]string // by command, what it printed
	hand map[string]func(g *guide)
}

// block is a grey box of a page: commands, or a file to be written.
type block struct{ kind, file, text string }

var fence = regexp.MustCompile("(?ms)^```([a-z]*) ?([^\n]*)\n(.*?)^```$")

func readGuide(t *testing.T, name string) []block {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	var list []block
	for _, m := range fence.FindAllStringSubmatch(string(page), -1) {
		list = append(list, block{m[1], m[2], m[3]})
	}
	return list
}

func newGuide(t *testing.T, now string) *guide {
	t.Helper()
	bin := t.TempDir()
	self, err := os.Executable() // which is gallerist under that name, see TestMain
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "gallerist")); err != nil {
		t.Skip("no links here: ", err)
	}
	env := slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, "GIT_") || strings.HasPrefix(s, "GALLERIST_") || strings.HasPrefix(s, "CI=")
	})
	return &guide{t: t, dir: t.TempDir(), now: now, said: map[string]string{}, hand: map[string]func(*guide){}, env: append(env,
		"PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "CI=", "GALLERIST_SECRET=a secret only the tests know", "GALLERIST_NOW="+now,
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Vera", "GIT_AUTHOR_EMAIL=vera@slippers.example",
		"GIT_COMMITTER_NAME=Vera", "GIT_COMMITTER_EMAIL=vera@slippers.example")}
}

// follow does what the page says. The key of hand is the beginning of a command,
// before which it is called.
func (g *guide) follow(page string) {
	g.t.Helper()
	done := map[string]bool{}
	for _, b := range readGuide(g.t, page) {
		switch {
		case b.kind == "sh":
			for line := range strings.Lines(b.text) {
				line = strings.TrimSpace(line)
				for begin, do := range g.hand {
					if strings.HasPrefix(line, begin) && !done[begin] {
						done[begin] = true
						do(g)
					}
				}
				g.command(line)
			}
		case b.file != "":
			put(g.t, g.dir, b.file, b.text)
		}
	}
	for begin := range g.hand {
		if !done[begin] {
			g.t.Errorf("%s: nothing begins with %q", page, begin)
		}
	}
}

// command runs one line. Those that open a page run until the page was there.
func (g *guide) command(line string) {
	g.t.Helper()
	if to, ok := strings.CutPrefix(line, "cd "); ok {
		g.dir = filepath.Join(g.dir, to)
		return
	}
	if strings.HasPrefix(line, "gallerist review") || strings.HasPrefix(line, "gallerist serve") {
		g.open(line)
		return
	}
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = g.dir, g.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		g.t.Fatalf("%s: %v\n%s", line, err, out.String())
	}
	g.said[line] = out.String()
}

// open runs a command that serves a page, looks at the page and ends it.
func (g *guide) open(line string) {
	g.t.Helper()
	cmd := exec.Command("sh", "-c", "exec "+strings.ReplaceAll(line, "--open", "")+" --port 0")
	cmd.Dir, cmd.Env = g.dir, g.env
	out, err := cmd.StdoutPipe()
	if err != nil {
		g.t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		g.t.Fatal(err)
	}
	stuck := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer stuck.Stop()
	var text strings.Builder
	var address, status string
	for lines := bufio.NewScanner(out); status != "200 OK" && lines.Scan(); { // the first page may be asked for before it is built
		text.WriteString(lines.Text() + "\n")
		if address == "" {
			address = regexp.MustCompile(`http://[^\s]+`).FindString(lines.Text())
		}
		if address != "" {
			status, g.said[line] = g.get(address)
		}
	}
	_ = cmd.Process.Signal(os.Interrupt)
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait()
	if status != "200 OK" {
		g.t.Fatalf("%s: %q\n%s", line, status, text.String())
	}
}

// get returns the status and the text of a page.
func (g *guide) get(address string) (status, body string) {
	g.t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		g.t.Errorf("%s: %v", address, err)
		return "", ""
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		g.t.Error(err)
	}
	return answer.Status, string(text)
}

// edit changes the first place in a file as somebody with an editor would.
func (g *guide) edit(name, from, to string) {
	g.t.Helper()
	name = filepath.Join(g.dir, name)
	data, err := os.ReadFile(name)
	pattern := regexp.MustCompile(from)
	at := pattern.FindSubmatchIndex(data)
	if err != nil || at == nil {
		g.t.Fatalf("%s has no %s (%v)", name, from, err)
	}
	data = slices.Concat(data[:at[0]], pattern.Expand(nil, []byte(to), data, at), data[at[1]:])
	if err := os.WriteFile(name, data, 0o644); err != nil {
		g.t.Fatal(err)
	}
}

func (g *guide) submissions() []string {
	list, err := filepath.Glob(filepath.Join(g.dir, "content/summer/*/submission.md"))
	if err != nil {
		g.t.Fatal(err)
	}
	for i := range list {
		list[i], _ = filepath.Rel(g.dir, list[i])
	}
	return list
}

const answered = 80

// TestFromFormToGallery follows the guide with eighty answers of the form that it
// prints, as Google Forms gives them, and eighty pictures as Drive names them. Ten
// are approved.
func TestFromFormToGallery(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole site")
	}
	g := newGuide(t, "2026-08-20")
	g.hand["gallerist import summer answers.zip --media photos --dry-run"] = sendAnswers
	imported := 0
	g.hand["gallerist review"] = func(g *guide) { imported = len(g.submissions()) }
	g.hand["gallerist check"] = func(g *guide) {
		approved := 0
		for _, name := range g.submissions() {
			text, _ := os.ReadFile(filepath.Join(g.dir, name))
			if approved < 10 && strings.Contains(string(text), `= "granted"`) {
				g.edit(name, `(?m)^(status +)= "pending"`, `${1}= "approved"`)
				approved++
			}
		}
		if approved != 10 {
			t.Fatalf("only %d can be approved", approved)
		}
	}
	g.follow("from-form-to-gallery.md")
	if imported != answered {
		t.Errorf("%d folders of %d answers", imported, answered)
	}
	dry := g.said["gallerist import summer answers.zip --media photos --dry-run"]
	if !strings.Contains(dry, "nothing was written") || strings.Contains(dry, "@mail.example") {
		t.Errorf("the rehearsal says\n%s", dry)
	}
	site := filepath.Join(g.dir, "public")
	page, err := os.ReadFile(filepath.Join(site, "summer/index.html"))
	if err != nil || !strings.Contains(string(page), "10 of 80 selected") {
		t.Errorf("%v: the gallery does not say that 10 of 80 are selected", err)
	}
	var index struct {
		Items []struct{ URL string } `json:"items"`
	}
	data, err := os.ReadFile(filepath.Join(site, "summer/index.json"))
	if err == nil {
		err = json.Unmarshal(data, &index)
	}
	if err != nil || len(index.Items) != 10 {
		t.Errorf("%v: index.json has %d pieces", err, len(index.Items))
	}
	for _, name := range g.submissions() {
		text, _ := os.ReadFile(filepath.Join(g.dir, name))
		if strings.Contains(string(text), "@mail.example") {
			t.Errorf("%s holds an address", name)
		}
	}
	contacts, err := os.ReadFile(filepath.Join(g.dir, "private/contacts.csv"))
	if n := strings.Count(string(contacts), "@mail.example"); err != nil || n != answered {
		t.Errorf("%d addresses are kept, %v", n, err)
	}
	if said := g.said["gallerist thank --dry-run"]; !strings.Contains(said, "11 approved") || !strings.Contains(said, "70 people: nothing is decided yet") {
		t.Errorf("thank says\n%s", said) // ten, and the sample of the new site
	}
}

// sendAnswers makes what a form and a drive give back.
func sendAnswers(g *guide) {
	t := g.t
	forms, _, err := builder.CallForms(t.Context(), os.DirFS(g.dir), builder.Options{Now: time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC)}, "summer")
	if err != nil {
		t.Fatal(err)
	}
	printed := g.said["gallerist new call summer"]
	header := []string{"Timestamp"}
	for _, x := range forms[0].Fields {
		header = append(header, x.Title)
		for _, words := range append([]string{x.Title}, x.Options...) {
			if !strings.Contains(printed, words) {
				t.Errorf("new call does not print %q", words)
			}
		}
	}
	rows := [][]string{header}
	for n := range answered {
		who := fmt.Sprintf("Person %02d", n+1)
		row := []string{fmt.Sprintf("2026/07/%02d %d:%02d:00 PM GMT+3", n%28+1, n%11+1, n%60)}
		for _, x := range forms[0].Fields {
			row = append(row, answerOf(x, who, n))
		}
		rows = append(rows, row)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, street(n), nil); err != nil {
			t.Fatal(err)
		}
		put(t, g.dir, fmt.Sprintf("photos/IMG_%04d - %s.jpg", n, who), b.String())
	}
	var table, packed bytes.Buffer
	if err := csv.NewWriter(&table).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&packed)
	w, err := z.Create("Summer on our street.csv")
	if err == nil {
		_, err = w.Write(table.Bytes())
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	put(t, g.dir, "answers.zip", packed.String())
}

// answerOf is what somebody answers: every fourth leaves what is optional, every
// twentieth does not allow that the work is shown.
func answerOf(x builder.FormField, who string, n int) string {
	switch {
	case x.ID == "consent-grant" && n%20 == 19:
		return ""
	case x.ID == "name":
		return who
	case x.ID == "mail":
		return strings.ToLower(strings.ReplaceAll(who, " ", ".")) + "@mail.example"
	case x.ID == "media":
		return fmt.Sprintf("https://drive.google.com/open?id=1AbcdefghijklmnopqrstuvwxyZ%04d", n)
	case x.ID == "guardian", !x.Required && n%4 == 3:
		return ""
	case len(x.Options) > 0:
		return x.Options[0]
	case x.ID == "story":
		return fmt.Sprintf("Picture %d, with \"quotes\",\nand a second line.", n)
	case x.ID == "alt":
		return "A street in the sun"
	}
	return "Moscow"
}

// street draws a picture of its own for each n.
func street(n int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 240, 160))
	for y := range 160 {
		for x := range 240 {
			img.Set(x, y, color.RGBA{uint8(x + n*37), uint8(y*(n%7+1) + n*11), uint8((x ^ y) * (n%5 + 1)), 255})
		}
	}
	return img
}

// TestReviewingInGit follows the page in a site that the other guide could have
// made.
func TestReviewingInGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	g := newGuide(t, "2026-08-20")
	g.command("gallerist new site site --title Slippers")
	g.dir = filepath.Join(g.dir, "site")
	g.command("gallerist new gallery summer --title Summer")
	g.edit("content/morning/first-cup/submission.md", `(?m)^terms.*\n`, "")
	g.hand["git commit --message \"A submission"] = func(g *guide) {
		name := g.submissions()[0]
		var b bytes.Buffer
		if err := jpeg.Encode(&b, street(1), nil); err != nil {
			t.Fatal(err)
		}
		put(t, g.dir, filepath.Join(filepath.Dir(name), "1.jpg"), b.String())
		g.edit(name, `(?m)^# alt .*$`, `alt = "A street in the sun"`)
		g.edit(name, `(?m)^# name   = "Olya"$`, `name = "Olya"`)
		g.edit(name, `(?m)^# name  = true$`, `name = true`)
		g.edit(name, `(?m)^status = "none".*$`, "status = \"granted\"\nscope = [\"site\"]")
		g.command("git add --all")
	}
	g.hand["git commit --message \"Olya approved"] = func(g *guide) {
		g.edit(g.submissions()[0], `(?m)^(status +)= "pending"`, `${1}= "approved"`)
		if diff := run(t, g.dir, "git", "diff", "--numstat", "--", "content"); !strings.HasPrefix(diff, "1\t1\t") {
			t.Errorf("a decision changes %s", diff)
		}
		g.command("git add content")
	}
	g.follow("reviewing-in-git.md")
	sheet, err := os.ReadFile(filepath.Join(g.dir, "contact-sheet/index.html"))
	if err != nil || !strings.Contains(string(sheet), "A street in the sun") || strings.Contains(string(sheet), "first-cup") {
		t.Errorf("the contact sheet shows something else: %v", err)
	}
	pages, _ := filepath.Glob(filepath.Join(g.dir, "public/summer/*olya*/index.html"))
	if len(pages) != 1 {
		t.Errorf("published are %v", pages)
	}
	if files := run(t, g.dir, "git", "ls-files"); strings.Contains(files, "private/") || strings.Contains(files, "contact-sheet/") || !strings.Contains(files, ".github/workflows/proposal.yml") {
		t.Errorf("git keeps\n%s", files)
	}
	if hook := exec.Command("git", "commit", "--quiet", "--allow-empty", "--message=broken"); true {
		g.edit(g.submissions()[0], `(?m)^status +=`, `statsu =`)
		hook.Dir, hook.Env = g.dir, g.env
		run(t, g.dir, "git", "add", "content")
		if out, err := hook.CombinedOutput(); err == nil || !strings.Contains(string(out), `unknown key "statsu"`) {
			t.Errorf("the hook lets a mistake pass: %s", out)
		}
	}
}
