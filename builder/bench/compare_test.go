package main

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// finished is what a program makes of the workload, with the name it gives to
// feeds. Every list has one page.
func finished(c corpus, feed string) fstest.MapFS {
	site := fstest.MapFS{}
	add := func(name, text string) { site[name] = &fstest.MapFile{Data: []byte(text)} }
	add("index.html", "")
	add("contributors/index.html", "")
	add("tags/index.html", "")
	add("sitemap.xml", "")
	add(feed, "")
	for i := range c.galleries {
		add(c.room(i).Name+"/index.html", "")
		add(c.room(i).Name+"/"+feed, "")
	}
	for i := range c.pieces {
		p := c.piece(i)
		add(p.Gallery+"/"+p.Name+"/index.html", fmt.Sprintf("<h1>%s</h1><p>Story by <a href=x>%s</a>,\n %s</p><p>%s</p>",
			p.Title, p.Author.Name, p.Author.Place, p.words()))
		add("contributors/"+p.Author.ID+"/index.html", "")
		for _, tag := range p.Tags {
			add("tags/"+tag+"/index.html", "")
		}
	}
	return site
}

func TestSame(t *testing.T) {
	c := newCorpus(100)
	ours, theirs := finished(c, "feed.xml"), finished(c, "index.xml")
	theirs["tags/attic/page/2/index.html"] = &fstest.MapFile{}
	ours[c.room(0).Name+"/thanks/index.html"] = &fstest.MapFile{}
	us := surveyed(t, c, ours)
	if us.pieces != 100 || us.galleries != 2 || us.rss != 3 || us.indexes != 2 || !us.sitemap {
		t.Errorf("counted wrongly: %+v", us)
	}
	if err := c.same(us, surveyed(t, c, theirs)); err != nil {
		t.Error(err)
	}
	if err := c.look(ours); err != nil {
		t.Error(err)
	}
}

func surveyed(t *testing.T, c corpus, fsys fs.FS) output {
	t.Helper()
	o, err := c.survey(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestNotSame takes away from one site, or adds to it, and wants it told.
func TestNotSame(t *testing.T) {
	c := newCorpus(100)
	p := c.piece(40)
	for _, test := range []struct {
		change func(fstest.MapFS)
		says   string
	}{
		{func(site fstest.MapFS) { delete(site, p.Gallery+"/"+p.Name+"/index.html") }, "pieces: 100 and 99"},
		{func(site fstest.MapFS) { delete(site, p.Gallery+"/index.html") }, "galleries: 2 and 1"},
		{func(site fstest.MapFS) { delete(site, "contributors/"+p.Author.ID+"/index.html") }, "contributors: "},
		{func(site fstest.MapFS) { delete(site, "tags/"+p.Tags[0]+"/index.html") }, "tags: "},
		{func(site fstest.MapFS) { delete(site, "tags/index.html") }, "indexes: 2 and 1"},
		{func(site fstest.MapFS) { delete(site, "index.xml") }, "RSS feeds: 3 and 2"},
		{func(site fstest.MapFS) { delete(site, "sitemap.xml") }, "a sitemap is missing"},
		{func(site fstest.MapFS) {
			for i := range 60 {
				site[fmt.Sprintf("more/%d.html", i)] = &fstest.MapFile{}
			}
		}, "HTML pages: "},
	} {
		theirs := finished(c, "index.xml")
		test.change(theirs)
		err := c.same(surveyed(t, c, finished(c, "feed.xml")), surveyed(t, c, theirs))
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%v does not say %q", err, test.says)
		}
	}
}

func TestLookFinds(t *testing.T) {
	c := newCorpus(100)
	p := c.piece(99)
	page := p.Gallery + "/" + p.Name + "/index.html"
	for _, part := range []string{p.Title, p.Author.Name, p.words()} {
		site := finished(c, "feed.xml")
		site[page].Data = []byte(strings.Replace(string(site[page].Data), part, "", 1))
		if err := c.look(site); err == nil {
			t.Errorf("nobody misses %q", part)
		}
	}
}

func TestPlainText(t *testing.T) {
	got := plainText("<p>One <b>two</b>\n three &amp; <script>\nno</script>four</p>")
	if got != "One two three & four" {
		t.Errorf("%q", got)
	}
	p := piece{Text: "One *two* [three](https://example.org/x), **four**.\n\n- not this\n"}
	if p.words() != "One two three, four." {
		t.Errorf("%q", p.words())
	}
}

func TestShowing(t *testing.T) {
	p := piece{Gallery: "g", Name: "barn-7", Title: "Barn 7"}
	list, err := showing(fstest.MapFS{
		"g/barn-7/index.html": {Data: []byte("<h1>Barn 7</h1>")},
		"g/index.html":        {Data: []byte("Barn 70, Barn 7")},
		"tags/a/index.html":   {Data: []byte("Barn 70")},
		"feed.xml":            {Data: []byte("Barn 7")},
		"404.html":            {Data: []byte("Barn 7")},
	}, p)
	if err != nil || fmt.Sprint(list) != "[/g/barn-7/ /404.html /g/]" {
		t.Errorf("%v, %v", list, err)
	}
}
