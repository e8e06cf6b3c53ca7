package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// seen says, for each section of themes/README.md that has boxes with files or
// commands, what must be in the site when they are done: a pattern of file names in
// public/, and what one of these must hold.
func seenInThemes() map[string][][2]string {
	return map[string][][2]string{
		"1. One colour, and the theme's settings": {{"assets/plain-*.css", `--brand:#0b7a5c;(?s:.*)--font-display:Georgia, ?serif`}},
		"2. A few values":                         {{"assets/plain-*.css", `--rad:6px;--row-h:220px`}},
		"3. Something in the head of every page":  {{"index.html", `<link rel="me" href="https://social.example/@morning">`}},
		"4. One part":                             {{"index.html", `</bdi></span>\s*<small>[^<]+</small>`}},
		"5. One page":                             {{"about/index.html", `<aside><p class="small">Questions\?`}, {"contributors/*/index.html", `(?s)<main.*<h1.*</main>\s*<aside><p class="small">To be shown`}},
		"6. A theme":                              {{"index.html", `/assets/ours-[0-9a-f]+\.css`}},
		"Your first theme in 30 minutes":          {{"morning/index.html", `(?s)<ul class="lanes">.*--s:\d+.*<span class="number">1</span>`}},
		"Words":                                   {{"404.html", `<h1>This wall has no such card</h1>`}},
		"theme.toml":                              {{"assets/mine-*.css", `--rad:0`}},
		"Cookbook":                                {{"morning/index.html", `<script type="module" src="[^"]*view-[0-9a-f]+\.js">`}},
	}
}

// TestThemesReadme builds a site with what each section of themes/README.md shows, and
// holds that it works: nothing is told, and what the section is about is on the page.
func TestThemesReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "themes", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	g := newGuide(t, "2026-11-22")
	g.command(`gallerist new site start --title "Morning people"`)
	g.dir = filepath.Join(g.dir, "start")
	another := "content/morning/second-cup" // so that there is a list beside the piece that leads
	if err := os.CopyFS(filepath.Join(g.dir, another), os.DirFS(filepath.Join(g.dir, "content/morning/first-cup"))); err != nil {
		t.Fatal(err)
	}
	g.edit(another+"/submission.md", `(?m)^id( *)= ".*"`, `id$1= "second22"`)
	g.command("gallerist build -q") // its pictures are made once
	start, seen := g.dir, seenInThemes()
	parts := regexp.MustCompile(`(?m)^###? `).Split(string(text), -1)
	for _, part := range parts[1:] {
		title, body, _ := strings.Cut(part, "\n")
		boxes := fence.FindAllStringSubmatch(body, -1)
		if !shows(boxes) {
			continue
		}
		want, ok := seen[title]
		if !ok {
			t.Errorf("section %q shows files, and nobody says what comes of them", title)
			continue
		}
		delete(seen, title)
		t.Run(title, func(t *testing.T) {
			g := *g
			g.t, g.dir = t, t.TempDir()
			if err := os.CopyFS(g.dir, os.DirFS(start)); err != nil {
				t.Fatal(err)
			}
			g.section(boxes, want)
		})
	}
	for title := range seen {
		t.Errorf("there is no section %q with files", title)
	}
}

// shows reports whether one of the boxes is a file or commands.
func shows(boxes [][]string) bool {
	for _, b := range boxes {
		if b[1] == "sh" || b[2] != "" {
			return true
		}
	}
	return false
}

// section does what the boxes of a section say, builds the site and looks at it.
func (g *guide) section(boxes [][]string, want [][2]string) {
	g.t.Helper()
	theme := ""
	for _, b := range boxes {
		kind, file, text := b[1], b[2], b[3]
		switch {
		case kind == "sh":
			for line := range strings.Lines(text) {
				line = strings.TrimSpace(line)
				g.command(line)
				if strings.Contains(line, "theme check") && !strings.Contains(g.said[line], "nothing is wrong with ours") {
					g.t.Errorf("%s: %s", line, g.said[line])
				}
			}
		case file != "":
			put(g.t, g.dir, file, text)
			if name, ok := strings.CutPrefix(file, "themes/"); ok {
				theme, _, _ = strings.Cut(name, "/")
			}
		}
	}
	args := []string{"build", "-q"}
	if theme != "" {
		args = append(args, "-t", theme)
	}
	g.quiet(args...)
	for _, w := range want {
		g.holds(w[0], w[1])
	}
}

// holds checks that the first of the files of the site holds what the pattern wants.
func (g *guide) holds(name, pattern string) {
	g.t.Helper()
	files, err := filepath.Glob(filepath.Join(g.dir, "public", filepath.FromSlash(name)))
	if err != nil || len(files) == 0 {
		g.t.Fatalf("no file %s (%v)", name, err)
	}
	page, err := os.ReadFile(files[0])
	if err != nil {
		g.t.Fatal(err)
	}
	if !regexp.MustCompile(pattern).Match(page) {
		g.t.Errorf("%s has no %s", name, pattern)
	}
}

// quiet runs gallerist, which must have nothing to say.
func (g *guide) quiet(args ...string) {
	g.t.Helper()
	cmd := exec.Command("gallerist", args...)
	for _, v := range g.env {
		if path, ok := strings.CutPrefix(v, "PATH="); ok {
			cmd.Path = filepath.Join(filepath.SplitList(path)[0], "gallerist")
			cmd.Err = nil
		}
	}
	cmd.Dir, cmd.Env = g.dir, g.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil || out.Len() > 0 {
		g.t.Errorf("gallerist %s: %v\n%s", strings.Join(args, " "), err, out.String())
	}
}
