package builder

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"gallerist/builder/feed"
	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
	"gallerist/builder/source"
	"gallerist/builder/theme"
)

// Options say how to build. What site.toml also says, Options says louder.
type Options struct {
	BaseURL  string
	Theme    string
	Now      time.Time // decides what is published and which calls are open; the one clock
	Drafts   bool      // show what is not published too, marked as such
	Memory   *Memory   // what earlier builds of this folder left; nil = nothing
	Secret   []byte    // makes the addresses of thank-you pages; none = no such pages
	Cache    media.Store
	Identity media.Identity                          // what this machine knows of files besides what fs.FileInfo tells
	Compare  bool                                    // tell of pictures that are the same or look alike, which takes decoding them all, and of contributors who may be one
	Thorough bool                                    // somebody asks what is wrong: what a build only notes may be a warning
	Films    func() (Films, error)                   // makes pictures and renditions of films; called where site.toml wants it; nil = nobody does
	History  func(context.Context) (*History, error) // what commits say; called where site.toml wants it; a *NoHistory is told; nil = nobody knows
	Version  string                                  // of Gallerist, held against a theme's needs
	Program  string                                  // names what runs, so that pages can have keys (see keys.go); "" = they have none
	Progress func(stage string, done, total int)
	Stage    func(name string) // told when a stage begins; nil = nobody is

	// Styleguide has a preview show the theme piece by piece below _styleguide/.
	Styleguide bool

	edit func(*gallery.Site) // is shown what was read, and may change it; nil = nobody does
}

// Result is a site, decided: its pages, its files (made when they are opened)
// and what there is to say about it.
type Result struct {
	Config   *Config
	Pages    []*Page
	Pictures []Picture
	Set      *publish.Set
	Summary  Summary

	model    *model
	locales  []*locale
	pictures *pictures
	leaks    *leakScan
	proof    *proof
	private  *source.Private
	mu       sync.Mutex
	rendered problem.List
}

// Picture is one rendition that will exist.
type Picture struct {
	URL    string `json:"url"`
	Type   string `json:"type"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Origin string `json:"from"` // the picture it is made from
}

// Build reads the site's folder and returns what is to be published. Content
// problems are collected and never stop it; an error is a broken disk or a
// cancelled context. The same folder and options give the same bytes.
func Build(ctx context.Context, fsys fs.FS, opt Options) (*Result, problem.List, error) {
	return run(ctx, fsys, opt, makeNow)
}

// Preview is Build with pictures made when they are first opened.
func Preview(ctx context.Context, fsys fs.FS, opt Options) (*Result, problem.List, error) {
	return run(ctx, fsys, opt, makeLater)
}

// Plan is Build without making a picture: its pages and addresses are final,
// its files cannot be opened.
func Plan(ctx context.Context, fsys fs.FS, opt Options) (*Result, problem.List, error) {
	return run(ctx, fsys, opt, makeNever)
}

// making says when pictures are made.
type making int

const (
	makeNow making = iota
	makeLater
	makeNever
)

func run(ctx context.Context, fsys fs.FS, opt Options, how making) (*Result, problem.List, error) {
	var probs problem.List
	settings := newWitness(fsys)
	cfg := ReadConfig(settings, &probs)
	if cfg.unread {
		return nil, probs.Sorted(), ErrSettings
	}
	opt.applyTo(cfg, &probs)
	if err := opt.recall(ctx, cfg, &probs); err != nil {
		return nil, probs, err
	}
	opt.begin("reading the folder and the theme")
	loaded := make(chan *scenery, 1)
	go func() { loaded <- opt.Memory.sceneryFor(fsys, cfg, opt) }()
	studio := media.New(fsys, opt.Cache, media.Options{Limits: cfg.Media.Limits})
	studio.Identify(opt.Identity)
	content, private, found, err := source.Read(ctx, fsys, source.Options{
		Lang: cfg.Language, Languages: cfg.Languages, Zone: cfg.Zone, Now: opt.Now, AltLevel: cfg.Alt, Known: studio.Known,
		Memory: opt.Memory.source(), Program: opt.Program,
	})
	scenery := <-loaded // also if reading failed: the next build may use the memory
	if err != nil {
		return nil, probs, err
	}
	th := scenery.theme
	probs = append(append(probs, found...), scenery.problems...)

	if opt.edit != nil {
		opt.edit(content)
	}
	opt.begin("planning")
	m := newModel(content, cfg, opt, &probs)
	m.templates = scenery.thanks
	m.pictures = newPictures(fsys, studio, opt, cfg, th, &probs)
	if err := m.pictures.probe(ctx, m, &probs); err != nil {
		return nil, probs, err
	}
	locales := newLocales(m, scenery, opt, voice{scenery, settings.sum()})
	m.checkRoles(locales, &probs)
	if err := m.pictures.plan(ctx, m, locales, &probs); err != nil {
		return nil, probs, err
	}
	opt.begin("making pictures and films")
	if how != makeNever {
		if err := m.pictures.make(ctx, m, how == makeLater, opt.progress("pictures"), &probs); err != nil {
			return nil, probs, err
		}
	}
	if how == makeNow {
		if err := m.pictures.makeFilms(ctx, opt.progress("films"), &probs); err != nil {
			return nil, probs, err
		}
		m.pictures.collect(m)
	}
	if opt.Compare {
		if err := m.pictures.compare(ctx, content, opt.progress("comparing pictures"), &probs); err != nil {
			return nil, probs, err
		}
	}
	opt.begin(ListingPages)
	m.join()
	m.planBoards(&probs)
	m.joinSeries(&probs)
	m.joinSessions(&probs)
	m.joinTeams(&probs)
	m.checkMinors(&probs)
	if opt.Compare {
		m.proposeMerges(&probs)
	}
	if opt.Thorough {
		if err := tellWords(fsys, content, &probs); err != nil {
			return nil, probs, err
		}
	}
	for _, l := range locales {
		l.site = l.newSite()
		l.dealCards()
		l.keys = l.newKeys(opt, []*witness{settings, scenery.files}, private)
	}
	r := &Result{Config: cfg, Set: &publish.Set{}, model: m, locales: locales, pictures: m.pictures}
	r.plan(m, locales, th, fsys, &probs)
	if opt.Styleguide && how == makeLater {
		if err := r.addStyleguide(scenery, m.cfg); err != nil {
			return nil, probs, err
		}
	}
	r.guard(private, opt.Secret)
	r.Summary = summarize(m, r, source.Thanked(fsys, &probs))
	return r, probs.Sorted(), nil
}

// ListingPages is the stage after which nothing is to come but the files.
const ListingPages = "listing pages"

func (o Options) begin(stage string) {
	if o.Stage != nil {
		o.Stage(stage)
	}
}

func (o Options) progress(stage string) func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int) { o.Progress(stage, done, total) }
}

func (o Options) applyTo(cfg *Config, probs *problem.List) {
	if o.Theme != "" {
		cfg.Theme = o.Theme
	}
	if o.BaseURL == "" {
		return
	}
	base, ok := cleanBaseURL(o.BaseURL)
	if !ok {
		probs.Errorf(problem.Pos{}, "write the whole address, such as https://example.org/", "%q is not the address of a site", o.BaseURL)
		return
	}
	cfg.BaseURL = base
}

// plan makes the list of pages and files.
func (r *Result) plan(m *model, locales []*locale, th *theme.Theme, fsys fs.FS, probs *problem.List) {
	for _, l := range locales {
		pages := collide(l.pages(), probs)
		r.Set.Grow(len(pages))
		keys := make([]string, len(pages))
		parallel(len(pages), func(i int) { keys[i] = pages[i].keyOf(l.keys) })
		for i, p := range pages {
			r.Set.Add(r.pageFile(l, p, keys[i]))
		}
		r.Pages = append(r.Pages, pages...)
		l.feedFiles(r.Set)
		l.codeFiles(r.Set)
	}
	checkCodes(m, locales, probs)
	r.Pictures = m.pictures.planned(m.cfg.BasePath())
	r.addMedia(m.pictures)
	for _, a := range th.Files() {
		r.Set.Add(made(a.Path, "themes/"+th.Name, a.Type, func() ([]byte, error) { return a.Bytes, nil }))
	}
	m.addStatic(r.Set, fsys, probs)
	m.addRecords(r.Set)
	m.addTerms(r.Set)
	r.addForRobots(locales)
	*probs = append(*probs, r.Set.Problems()...)
}

// addMedia adds renditions, films, recordings and share cards.
func (r *Result) addMedia(ps *pictures) {
	origins := ps.origins()
	for _, f := range ps.files {
		origin := origins[f.Path]
		r.Set.Add(publish.File{Path: f.Path, Origin: origin, Type: f.Type, Size: f.Size, Hash: f.Hash, Key: f.Path, Open: r.telling(f.Open, origin)})
	}
	seen := map[string]bool{}
	for _, f := range ps.clips {
		if !seen[f.path] { // one film in two pieces is one file
			seen[f.path] = true
			r.Set.Add(publish.File{Path: f.path, Origin: f.origin, Type: f.plainType(), Size: f.size, Key: f.path, Open: r.telling(f.open, f.origin)})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(ps.cards)) {
		r.Set.Add(r.cardFile(ps.cards[path]))
	}
}

// pageFile is a page as a file: rendered when it is opened.
func (r *Result) pageFile(l *locale, p *Page, key string) publish.File {
	return publish.File{Path: p.File, Origin: p.Origin, Key: key, Open: func() (io.ReadCloser, error) {
		b := rendered.Get().(*bytes.Buffer)
		b.Reset()
		view := p.view(p)
		defer forget(view)
		if err := l.render.Render(b, p.Layout, view); err != nil {
			broken, ok := err.(*theme.RenderError)
			if !ok {
				return nil, fmt.Errorf("%s: %w", p.File, err)
			}
			r.mu.Lock()
			r.rendered = append(r.rendered, broken.Problem)
			r.mu.Unlock()
			return &page{b, true}, nil
		}
		return &page{b, false}, nil
	}}
}

// rendered are buffers for pages between their making and their publication.
var rendered = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// page is a rendered page, whose buffer is the next one's when it is closed.
type page struct {
	*bytes.Buffer
	broken bool
}

// Doubted says that the page is to be made again the next time, for its
// problem is to be told again.
func (p *page) Doubted() bool { return p.broken }

func (p *page) Close() error {
	if p.Buffer != nil {
		rendered.Put(p.Buffer)
		p.Buffer = new(bytes.Buffer) // whoever reads on reads nothing
	}
	return nil
}

// Rendered returns the problems met while files were opened: templates that
// broke on a page. It is complete once every file has been.
func (r *Result) Rendered() problem.List {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rendered.Sorted()
}

// newLocales prepares each language of the site.
func newLocales(m *model, sc *scenery, opt Options, by voice) []*locale {
	locales := make([]*locale, len(m.cfg.Languages))
	for i, tag := range m.cfg.Languages {
		l := &locale{
			Language: sc.tongues[i].words, tag: tag, index: i, m: m, theme: sc.theme, render: sc.tongues[i].render, md: newMarkdown(m.cfg.BasePath()),
			text: m.cfg.text(tag), base: m.cfg.BasePath(), origin: m.cfg.Origin(), secret: opt.Secret,
		}
		if i > 0 {
			l.prefix = tag + "/"
		}
		locales[i] = l
	}
	for _, p := range m.pieces {
		p.words = make([]pieceWords, len(locales))
	}
	parallel(len(m.pieces), func(i int) {
		p := m.pieces[i]
		for at, line := range p.told.creditsOf(p, locales, by) {
			p.words[at].credit = line
		}
	})
	for _, l := range locales {
		l.others = locales
	}
	return locales
}

// ownWords returns the site's own words of a language, where it has any.
func ownWords(fsys fs.FS, tag string) []lang.Words {
	file := wordsFile(tag)
	if info, err := fs.Lstat(fsys, file); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil
	}
	return []lang.Words{{File: file, Data: data}}
}

// newSite returns what is the same on every page of the language.
func (l *locale) newSite() *theme.Site {
	s := &theme.Site{
		Title: l.text.Title, Tagline: l.text.Tagline, Home: l.href(""), Lang: l.tag, Dir: l.Dir(),
		Feeds: l.feedsOf("", l.text.Title)[:1], FeedPage: l.href("feed/"), Copyright: l.text.Copyright,
		Preload: l.theme.Fonts[l.Script()],
	}
	if l.m.cfg.Logo != "" {
		s.Logo = l.theme.Asset("assets/" + l.m.cfg.Logo)
	}
	for _, e := range l.m.entries() {
		switch {
		case len(s.Menu) == 4:
		case e.series != nil:
			s.Menu = append(s.Menu, *l.seriesLink(e.series))
		default:
			s.Menu = append(s.Menu, theme.Link{Text: l.galleryText(e.gallery).Title, Href: l.href(e.gallery.path), Lang: l.langAttr(l.galleryLang(e.gallery))})
		}
	}
	index := func(key string, n int, to *[]theme.Link) {
		if n > 0 {
			*to = append(*to, theme.Link{Text: l.Label("site." + key), Href: l.href(key + "/")})
		}
	}
	index("contributors", len(l.m.contributors), &s.Menu)
	for _, a := range l.menuArticles() {
		s.Menu = append(s.Menu, l.articleLink(a))
	}
	index("contributors", len(l.m.contributors), &s.Footer)
	if link := l.rollLink(l.Label("thanks.title")); link != nil {
		s.Footer = append(s.Footer, *link)
	}
	index("places", len(l.m.placePages()), &s.Footer)
	index("tags", len(l.m.tags), &s.Footer)
	for _, a := range l.m.articles {
		if !l.m.outdated(a) {
			s.Footer = append(s.Footer, l.articleLink(a))
		}
	}
	return theme.KeepSite(*s)
}

// addForRobots adds what search engines read.
func (r *Result) addForRobots(locales []*locale) {
	root := locales[0]
	at := root.origin + root.base
	pages := func() []feed.SitemapPage {
		byTag := map[string]*locale{}
		for _, l := range locales {
			byTag[l.tag] = l
		}
		list := make([]feed.SitemapPage, 0, len(r.Pages))
		for _, p := range r.Pages {
			if !p.NoIndex {
				list = append(list, byTag[p.Lang].sitemapPage(p))
			}
		}
		return list
	}
	if feed.OneSitemap(r.sitemapAddresses()) {
		file := made(feed.SitemapName, configFile, "application/xml", func() ([]byte, error) { return feed.Sitemap(at, pages())[0].Data, nil })
		file.Key = root.keys.all(file.Path)
		r.Set.Add(file)
	} else {
		for _, f := range feed.Sitemap(at, pages()) {
			r.Set.Add(made(f.Name, configFile, "application/xml", func() ([]byte, error) { return f.Data, nil }))
		}
	}
	r.Set.Add(made("robots.txt", configFile, "text/plain", func() ([]byte, error) {
		return []byte("User-agent: *\nAllow: /\nSitemap: " + at + feed.SitemapName + "\n"), nil
	}))
	r.Set.Add(made(".nojekyll", configFile, "text/plain", func() ([]byte, error) { return nil, nil }))
	r.addHeaders(root.base, root.m.cfg.HTTPSOnly)
}

// sitemapAddresses returns how many addresses the sitemap has at most, of pages
// and of pictures.
func (r *Result) sitemapAddresses() int {
	n := len(r.Pages)
	for _, p := range r.Pages {
		for _, piece := range p.Images {
			n += len(piece.pictures)
		}
	}
	return n
}

func (l *locale) sitemapPage(p *Page) feed.SitemapPage {
	out := feed.SitemapPage{URL: l.abs(p.Path)}
	for _, piece := range p.Images {
		if piece.Draft {
			continue
		}
		for _, t := range []time.Time{piece.Published, piece.modified} {
			if t.After(out.Modified) {
				out.Modified = t
			}
		}
		for i, pic := range piece.pictures {
			if big := l.largest(pic, renditionPlate); big != nil && (i == 0 || p.Layout == "submission") {
				out.Images = append(out.Images, l.absFile(big.Path))
			}
		}
	}
	return out
}

// parallel calls work for 0 … n-1 on all cores.
func parallel(n int, work func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				work(i)
			}
		})
	}
	wg.Wait()
}
