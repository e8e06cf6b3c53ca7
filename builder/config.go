package builder

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones are the same on every machine

	"golang.org/x/net/idna"

	"gallerist/builder/feed"
	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
	"gallerist/builder/theme"
)

// configFile is the site's settings, below its folder.
const configFile = "site.toml"

// Config is site.toml: what the owner of a site can set.
type Config struct {
	unread        bool                // there is no site.toml that can be read: these are the defaults
	ID            string              // permanent, of the site: feeds are known by it
	Text          SiteText            // in the site's own language
	Translations  map[string]SiteText // by language tag
	BaseURL       string              // where the site will be, with a trailing slash: "https://host/sub/"
	HTTPSOnly     bool                // browsers never ask for it by http again
	Language      string
	Languages     []string // Language first
	Zone          *time.Location
	ZoneSaid      bool // it stands there, and is not UTC for want of another
	Theme         string
	ThemePos      problem.Pos
	Brand         string // "#c8452f"
	Logo          string // file below assets/
	Alt           problem.Level
	Share         []string
	ThemeSettings map[string]any
	Watermark     *gallery.Watermark
	Media         MediaConfig
	Pages         PagesConfig
	Feeds         FeedsConfig
	People        PeopleConfig
	Thanks        ThanksConfig
	Review        ReviewConfig

	past *History // what commits say, where the site wants it and it could be had
}

// PeopleConfig is the table [people]: what must be known of people before
// something of theirs is published.
type PeopleConfig struct {
	Age      string // in which galleries it must be said whether an author is a minor: "contests", "all" or "none"
	Releases bool   // everybody who can be recognised must have allowed it
}

// Where it must be said whether an author is a minor.
const (
	ageContests = "contests"
	ageAll      = "all"
	ageNone     = "none"
)

// PagesConfig is the table [pages]: kinds of pages that a site can do without.
// Each is made unless told otherwise.
type PagesConfig struct {
	Places bool // of places; without them a place is plain words
	Thanks bool // of personal thanks
}

// FeedsConfig is the table [feeds].
type FeedsConfig struct {
	Formats []feed.Format // in the order to offer them, at least one
	Index   bool          // each gallery's index.json; true unless told otherwise
}

// MediaConfig is the table [media]: what is taken in, and what is made of it.
type MediaConfig struct {
	Limits     media.Limits
	AVIF       bool // renditions as AVIF too
	Cards      bool // share cards; true unless told otherwise
	FFmpeg     bool // the one program that may be started, for frames and renditions of films
	FFmpegPos  problem.Pos
	CacheBytes int64 // bound of the cache; 0 = none
}

// SiteText is what the site says of itself in one language.
type SiteText struct {
	Title       string
	Tagline     string
	Description string
	Copyright   string
	Words       map[string]string // places, tags and names, as written → in this language
}

// shareServices are the plain share links a site can list.
var shareServices = []string{"mail", "telegram", "vk", "whatsapp"}

const defaultBaseURL = "http://localhost/"

// ErrSettings says that site.toml cannot be read, which the problems explain.
// Nothing is built then: with other languages and another address it would be
// another site.
var ErrSettings = errors.New("without site.toml there is nothing to build")

// ReadConfig reads site.toml from the site's folder. A missing file or a
// broken one is a problem; the settings are then the defaults, and unread.
func ReadConfig(fsys fs.FS, probs *problem.List) *Config {
	info, err := fs.Lstat(fsys, configFile)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid // a pipe would be waited for
	}
	var src []byte
	if err == nil {
		src, err = fs.ReadFile(fsys, configFile)
	}
	if err != nil {
		text := "this folder has no site.toml"
		if !errors.Is(err, fs.ErrNotExist) {
			text = "site.toml cannot be read"
		}
		probs.Errorf(problem.Pos{File: configFile},
			`run "gallerist new site DIR" to make a site, or name its folder with --source DIR`, "%s", text)
	}
	t := strict.TOML(configFile, src, 1, probs)
	readable := t != nil && err == nil
	if t == nil {
		t = strict.TOML(configFile, nil, 1, probs)
	}
	return settings(t, readable, fsys, probs)
}

// settings reads what site.toml says.
func settings(t *strict.Table, readable bool, fsys fs.FS, probs *problem.List) *Config {
	c := &Config{
		unread:    !readable,
		Text:      readSiteText(t),
		ID:        t.Line("id"),
		BaseURL:   t.String("base_url"),
		Language:  t.Line("language"),
		Languages: t.Strings("languages"),
		Theme:     t.String("theme"),
		Brand:     t.String("brand"),
		Logo:      t.String("logo"),
		Share:     t.Strings("share"),
	}
	c.HTTPSOnly = readHTTPSOnly(t, c.BaseURL, probs)
	c.Zone, c.ZoneSaid = readZone(t, probs), t.Has("timezone")
	if t.OneOf("alt", []string{"warning", "error"}) != "error" {
		c.Alt = problem.Warning
	}
	c.readLanguages(t, fsys, probs)
	c.readTranslations(t)
	c.readTheme(t)
	c.Watermark = source.Watermark(t)
	c.readMedia(t)
	c.Pages = readPages(t)
	c.Feeds = readFeeds(t)
	c.People = readPeople(t)
	c.Thanks = readThanks(t)
	c.Review = readReview(t)
	if c.Text.Title == "" && readable {
		probs.Errorf(t.Pos("title"), `add a line such as title = "Morning people"`, "the site has no title")
	}
	c.check(t, probs)
	t.Done()
	return c
}

// readFolder reads the settings and the content, for what needs no pages.
func readFolder(ctx context.Context, fsys fs.FS, opt Options) (*Config, *gallery.Site, problem.List, error) {
	var probs problem.List
	cfg := ReadConfig(fsys, &probs)
	if cfg.unread {
		return nil, nil, probs.Sorted(), ErrSettings
	}
	if err := opt.recall(ctx, cfg, &probs); err != nil {
		return nil, nil, probs, err
	}
	content, _, found, err := source.Read(ctx, fsys, source.Options{
		Lang: cfg.Language, Languages: cfg.Languages, Zone: cfg.Zone, Now: opt.Now, AltLevel: cfg.Alt,
	})
	return cfg, content, append(probs, found...), err
}

func readSiteText(t *strict.Table) SiteText {
	return SiteText{
		Title: t.Line("title"), Tagline: t.Line("tagline"),
		Description: t.Line("description"), Copyright: t.Line("copyright"),
	}
}

func readZone(t *strict.Table, probs *problem.List) *time.Location {
	name := t.String("timezone")
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		probs.Errorf(t.Pos("timezone"), `use a name of the IANA list such as "Europe/Moscow"`,
			"unknown time zone %q", name)
		return time.UTC
	}
	return zone
}

// readLanguages keeps the languages that the program or the site has words for.
func (c *Config) readLanguages(t *strict.Table, fsys fs.FS, probs *problem.List) {
	known := lang.Known()
	usable := func(key, tag string) bool {
		if _, err := fs.Lstat(fsys, wordsFile(tag)); slices.Contains(known, tag) || err == nil {
			return true
		}
		hint := problem.DidYouMean(tag, known) + " – or bring its words in " + wordsFile(tag) + `, which begins with [language] and name = "…": what it has no words for stays English`
		probs.Errorf(t.Pos(key), hint, "unknown language %q", tag)
		return false
	}
	if c.Language == "" || !usable("language", c.Language) {
		c.Language = "en"
	}
	listed := []string{c.Language}
	for _, tag := range c.Languages {
		if !slices.Contains(listed, tag) && usable("languages", tag) {
			listed = append(listed, tag)
		}
	}
	c.Languages = listed
}

// wordsFile is where a site keeps its own words of a language.
func wordsFile(tag string) string { return "languages/" + tag + ".toml" }

func (c *Config) readTranslations(t *strict.Table) {
	tr := t.Table("translations")
	if tr == nil {
		return
	}
	c.Translations = map[string]SiteText{}
	for _, l := range c.Languages {
		table := tr.Table(l)
		if table == nil {
			continue
		}
		text := readSiteText(table)
		if words := table.Table("words"); words != nil {
			text.Words = map[string]string{}
			for _, k := range words.Keys() {
				text.Words[k] = words.String(k)
			}
		}
		c.Translations[l] = text
	}
}

func (c *Config) readTheme(t *strict.Table) {
	c.ThemeSettings = map[string]any{}
	if s := t.Table("settings"); s != nil {
		for _, k := range s.Keys() {
			c.ThemeSettings[k] = s.Raw(k)
		}
	}
	c.ThemePos = t.Pos("theme")
	c.Theme = cmp.Or(c.Theme, "plain")
}

const megabyte = 1e6

func (c *Config) readMedia(t *strict.Table) {
	c.Media.Cards = true
	m := t.Table("media")
	if m == nil {
		return
	}
	positive := func(key string) int64 {
		n := m.Int(key)
		if asked, whole := m.Raw(key).(int64); whole && asked <= 0 { // Int has told of anything else
			m.Errorf(key, "write a number above 0, or take the line out", "%s of %d", key, n)
			return 0
		}
		return int64(n)
	}
	c.Media.Limits = media.Limits{
		Bytes: positive("max_mb") * megabyte, Megapixels: int(positive("max_megapixels")), FilmBytes: positive("max_film_mb") * megabyte,
	}
	c.Media.CacheBytes = positive("max_cache_mb") * megabyte
	c.Media.AVIF = m.Bool("avif")
	c.Media.Cards = wanted(m, "cards")
	c.Media.FFmpeg, c.Media.FFmpegPos = m.Bool("ffmpeg"), m.Pos("ffmpeg")
}

func readPages(t *strict.Table) PagesConfig {
	p := t.Table("pages")
	if p == nil {
		return PagesConfig{Places: true, Thanks: true}
	}
	return PagesConfig{Places: wanted(p, "places"), Thanks: wanted(p, "thanks")}
}

// readFeeds keeps the order of feed.Formats, whatever that of the list.
func readFeeds(t *strict.Table) FeedsConfig {
	f := t.Table("feeds")
	if f == nil {
		return FeedsConfig{Formats: feed.Formats, Index: true}
	}
	c := FeedsConfig{Index: wanted(f, "index")}
	asked, known := f.Strings("formats"), make([]string, len(feed.Formats))
	for i, format := range feed.Formats {
		known[i] = format.Key
		if slices.Contains(asked, format.Key) {
			c.Formats = append(c.Formats, format)
		}
	}
	for _, key := range asked {
		if !slices.Contains(known, key) {
			f.Errorf("formats", problem.DidYouMean(key, known), "unknown feed format %q", key)
		}
	}
	if len(c.Formats) == 0 {
		if f.Has("formats") && len(asked) == 0 {
			f.Errorf("formats", `name at least one, such as formats = ["rss"], or take the line out`, "no format for feeds")
		}
		c.Formats = feed.Formats
	}
	return c
}

func readPeople(t *strict.Table) PeopleConfig {
	p := t.Table("people")
	return PeopleConfig{
		Age:      cmp.Or(p.OneOf("age", []string{ageContests, ageAll, ageNone}), ageNone),
		Releases: p.Bool("releases"),
	}
}

// wanted returns a switch that is on unless told otherwise.
func wanted(t *strict.Table, key string) bool {
	on := t.Bool(key)
	return on || !t.Has(key)
}

func (c *Config) check(t *strict.Table, probs *problem.List) {
	if c.BaseURL == "" {
		c.BaseURL = defaultBaseURL
	}
	if base, ok := cleanBaseURL(c.BaseURL); ok {
		c.BaseURL = base
	} else {
		probs.Errorf(t.Pos("base_url"), `write the whole address, such as base_url = "https://example.org/"`,
			"%q is not the address of a site", c.BaseURL)
		c.BaseURL = defaultBaseURL
	}
	if _, ok := theme.ParseColor(c.Brand); c.Brand != "" && !ok {
		probs.Errorf(t.Pos("brand"), `write it as "#c8452f"`, "%q is not a colour", c.Brand)
		c.Brand = ""
	}
	for _, s := range c.Share {
		if !slices.Contains(shareServices, s) {
			probs.Errorf(t.Pos("share"), problem.DidYouMean(s, shareServices), "unknown share link %q", s)
		}
	}
}

// cleanBaseURL returns address with a trailing slash and without query and
// fragment, or false where it is not an http(s) address of a host.
func cleanBaseURL(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return "", false
	}
	if u.Host, err = asciiHost(u); err != nil {
		return "", false
	}
	// A path of two slashes would make every link one to another host.
	u.Path = strings.TrimSuffix(path.Clean("/"+u.Path), "/") + "/"
	u.RawPath, u.RawQuery, u.Fragment, u.User = "", "", "", nil
	return u.String(), true
}

// asciiHost returns the host as it is written in addresses (RFC 5890), with
// its port.
func asciiHost(u *url.URL) (string, error) {
	if strings.Contains(u.Hostname(), ":") { // IPv6
		return u.Host, nil
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	return host, err
}

// BasePath returns the path part of BaseURL: "/" or "/sub/".
func (c *Config) BasePath() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return "/"
	}
	return u.EscapedPath()
}

// Origin returns BaseURL without its path: "https://host".
func (c *Config) Origin() string {
	return strings.TrimSuffix(c.BaseURL, c.BasePath())
}

// text returns what the site says of itself in a language, taking from its
// own language what is not translated.
func (c *Config) text(language string) SiteText {
	if language == c.Language {
		t := c.Text
		t.Words = c.Translations[language].Words
		return t
	}
	t := c.Translations[language]
	return SiteText{
		Title: cmp.Or(t.Title, c.Text.Title), Tagline: cmp.Or(t.Tagline, c.Text.Tagline),
		Description: cmp.Or(t.Description, c.Text.Description), Copyright: cmp.Or(t.Copyright, c.Text.Copyright),
		Words: t.Words,
	}
}
