package main

import (
	"embed"
	"fmt"
	"path/filepath"
	"time"
)

// A variant is how much of a site ours is.
type variant int

const (
	samePages variant = iota // as many as Hugo makes
	sameWords                // and with the words that its templates write, no more
	everyPage                // nothing turned off
)

// leanTheme says what the templates for Hugo say.
//
//go:embed lean
var leanTheme embed.FS

// writeGallerist writes the workload as a site for Gallerist.
func (c corpus) writeGallerist(dir string, v variant) error {
	settings := "title = \"Bench\"\nbase_url = \"https://bench.example/\"\nlanguage = \"en\"\n"
	if v == sameWords {
		settings += "theme = \"lean\"\n"
		if err := saveAll(leanTheme, "lean", filepath.Join(dir, "themes", "lean")); err != nil {
			return err
		}
	}
	if v != everyPage {
		settings += "\n[pages]\nplaces = false\nthanks = false\n\n[feeds]\nformats = [\"rss\"]\nindex = false\n\n[media]\ncards = false\n"
	}
	if err := save(filepath.Join(dir, "site.toml"), settings); err != nil {
		return err
	}
	for i := range c.galleries {
		g := c.room(i)
		text := fmt.Sprintf("+++\ntitle = %s\nkind = \"ugc\"\n+++\n", quote(g.Title))
		if err := save(filepath.Join(dir, "content", g.Name, "gallery.md"), text); err != nil {
			return err
		}
	}
	for i := range c.pieces {
		p := c.piece(i)
		if err := save(filepath.Join(dir, filepath.FromSlash(p.galleristFile())), p.gallerist()); err != nil {
			return err
		}
	}
	return nil
}

// galleristFile names the file of a piece, below the site.
func (p piece) galleristFile() string {
	return "content/" + p.Gallery + "/" + p.Name + "/submission.md"
}

// gallerist writes a piece as submission.md.
func (p piece) gallerist() string {
	date := p.Date.Format(time.RFC3339)
	return fmt.Sprintf(`+++
id = %s
title = %s
place = %s
tags = %s
lang = "en"
received = %s
published = %s
status = "approved"
license = %s

[author]
id = %s
name = %s
place = %s

[grant]
status = "granted"
date = %s
scope = ["site", "feed", "embed"]

[consent]
name = true
place = true
+++
%s`, quote(p.Name), quote(p.Title), quote(p.Place), quote(p.Tags), date, date, quote(p.Licence),
		quote(p.Author.ID), quote(p.Author.Name), quote(p.Author.Place), p.Date.Format(time.DateOnly), p.Text)
}
