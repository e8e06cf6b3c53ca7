package main

import (
	"embed"
	"fmt"
	"path/filepath"
	"time"
)

// hugoSite is the settings and templates of the site for Hugo: the least that
// makes the same pages.
//
//go:embed all:hugo
var hugoSite embed.FS

// writeHugo writes the workload as a site for Hugo: a section a gallery, a page
// bundle a piece, authors and tags as taxonomies.
func (c corpus) writeHugo(dir string) error {
	if err := saveAll(hugoSite, "hugo", dir); err != nil {
		return err
	}
	for i := range c.galleries {
		g := c.room(i)
		text := fmt.Sprintf("+++\ntitle = %s\n+++\n", quote(g.Title))
		if err := save(filepath.Join(dir, "content", g.Name, "_index.md"), text); err != nil {
			return err
		}
	}
	for i := range c.pieces {
		p := c.piece(i)
		if err := save(filepath.Join(dir, filepath.FromSlash(p.hugoFile())), p.hugo()); err != nil {
			return err
		}
	}
	return nil
}

// hugoFile names the file of a piece, below the site.
func (p piece) hugoFile() string { return "content/" + p.Gallery + "/" + p.Name + "/index.md" }

// hugo writes a piece as index.md.
func (p piece) hugo() string {
	return fmt.Sprintf(`+++
title = %s
date = %s
contributors = %s
tags = %s

[params]
from = %s
place = %s
license = %s
+++
%s`, quote(p.Title), p.Date.Format(time.RFC3339), quote([]string{p.Author.Name}), quote(p.Tags),
		quote(p.Author.Place), quote(p.Place), quote(p.Licence), p.Text)
}
