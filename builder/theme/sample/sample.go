// Package sample holds pages to try a theme with: views of every layout in
// every state that a site can bring it into, in a language that reads from the
// left in Cyrillic, one in Latin letters and one that reads from the right.
//
// Everything is made up and always the same: no clock, no chance, no files. The
// pictures are drawn (Drawing) and have the widths and shapes that the theme
// asks for.
//
// What checks a theme, what shows it piece by piece and the tests of themes all
// take these views, so a state that is missing here is missing for all of them.
package sample

import "gallerist/builder/theme"

// Options say what views are made for.
type Options struct {
	Theme *theme.Theme // its assets, settings and renditions
	Media string       // what the addresses of pictures begin with: "/_styleguide/media/"
}

// View is a page.
type View struct {
	Layout string // "gallery-contest"
	State  string // what is particular about it: "24 pieces"; one layout has each state once
	Lang   string // language of the page, one of Languages
	Data   any    // what the layout is given
}

// Languages returns the languages of the pages. The first is the one to look at
// where one is enough.
func Languages() []string { return []string{"ru", "en", "ar"} }

// Views returns every layout in every state in every language: first by
// language, then layout by layout.
func Views(o Options) []View {
	var all []View
	for _, tag := range Languages() {
		m := maker{o, tongueOf(tag)}
		all = append(all, m.views()...)
		all = append(all, m.translated()...)
	}
	return all
}

// maker makes the views of a language.
type maker struct {
	Options
	tongue
}

// withSessions is the state of a gallery's page with all that editions have.
const withSessions = "an edition with sessions"

func (m maker) views() []View {
	var all []View
	add := func(layout, state string, data any) {
		all = append(all, View{layout, state, m.tag, data})
	}
	for _, s := range []struct {
		state string
		n     int
	}{{"24 pieces", 24}, {"3 pieces", 3}, {"1 piece", 1}, {"0 pieces", 0}} {
		add("home", s.state, m.home(s.n))
		add("gallery", s.state, m.gallery(s.n))
	}
	add("gallery", "page 2", m.olderPage())
	add("gallery", withSessions, m.editionPage())
	for _, state := range []string{"upcoming", "open", "judging", "decided"} {
		add("gallery-contest", state, m.contest(state))
	}
	add("gallery-ideas", "every status", m.board(3))
	add("gallery-ideas", "0 pieces", m.board(0))
	add("gallery-collaboration", "finished", m.collaboration(true))
	add("gallery-collaboration", "just begun", m.collaboration(false))
	add("series", "running", m.series(true))
	add("series", "before the first edition", m.series(false))
	add("archive", "two years", m.archive())
	for _, p := range m.pieces() {
		add("submission", p.state, p.view)
	}
	add("contributor", "3 pieces", m.contributor(3))
	add("contributor", "1 piece", m.contributor(1))
	add("contributor", "long name", m.contributorNamed(m.long))
	add("contributor", "name that reads the other way", m.contributorNamed(m.foreign))
	for _, kind := range []string{"contributors", "places", "tags"} {
		add("index", kind, m.index(kind))
	}
	add("list", "a place", m.list("place", 4))
	add("list", "a tag", m.list("tag", 1))
	for _, state := range []string{"upcoming", "open", "judging", "closed"} {
		add("call", state, m.call(state))
	}
	add("rules", "open", m.rules())
	add("winners", "two categories", m.winners())
	add("draw", "held", m.draw(true))
	add("draw", "to come", m.draw(false))
	add("thanks", "a gallery", m.thanks(true))
	add("thanks", "nobody by name", m.thanks(false))
	for _, outcome := range []string{"winner", "featured", "pending", "others", "withdrawn"} {
		add("thank", outcome, m.thank(outcome))
	}
	add("page", "plain", m.article(false))
	add("page", "terms", m.article(true))
	add("feed", "two galleries", m.feedPage())
	add("poster", "A4", m.poster("a4"))
	add("poster", "A5 without a picture", m.poster("a5"))
	add("404", "with pieces", m.notFound(3))
	add("404", "0 pieces", m.notFound(0))
	add("gone", "with its gallery", m.gone())
	return all
}

// base is what all pages share. Title is the heading too.
func (m maker) base(title string) theme.Base {
	feeds := m.feeds("")
	return theme.Base{
		Site: &theme.Site{
			Title: m.site, Tagline: m.tagline, Home: "/", Lang: m.tag, Dir: m.dir,
			Menu: []theme.Link{{Text: m.galleryTitle, Href: "/morning/", Current: true}, {Text: m.people, Href: "/people/"},
				{Text: m.places, Href: "/places/"}, {Text: m.take, Href: "/morning/call/"}},
			Languages: []theme.Link{{Text: "Русский", Href: "/", Lang: "ru", Current: m.tag == "ru"},
				{Text: "English", Href: "/en/", Lang: "en", Current: m.tag == "en"}, {Text: "العربية", Href: "/ar/", Lang: "ar", Current: m.tag == "ar"}},
			Footer: []theme.Link{{Text: m.about, Href: "/about/"}, {Text: m.people, Href: "/people/"}},
			Feeds:  feeds, FeedPage: "/feed/", Copyright: "© " + m.site + ", 2026", Logo: m.Media + "1-b4482e-64x64.svg",
		},
		Page: &theme.Page{
			Title: title, Heading: title, Description: m.summary, Canonical: "https://windowsill.example/", OGType: "website", OGLocale: "en_GB",
			Alternates: []theme.Alternate{{Lang: "ru", Href: "https://windowsill.example/"}, {Lang: "en", Href: "https://windowsill.example/en/"}}, Feeds: m.feeds("morning/"),
			Image:      &theme.ShareImage{URL: "https://windowsill.example/card.jpg", Width: 1200, Height: 630, Alt: title, Type: "image/jpeg"},
			JSONLD:     `<script type="application/ld+json">{"@context":"https://schema.org","@type":"CollectionPage"}</script>`,
			ScriptHash: "'sha256-YVFTQ5HSDE5Fd4Gp2kAjYAKC9apBphwNQaWpKHbZqK8='", // of no script, as no sample runs one
			Up:         &theme.Link{Text: m.galleryTitle, Href: "/morning/"},
		},
		Assets: m.Theme.Assets, Settings: m.Theme.Settings,
	}
}

func (m maker) feeds(path string) []theme.Feed {
	feed := func(short, kind, file string) theme.Feed {
		return theme.Feed{Title: m.site + ", " + short, Type: kind, Href: "https://windowsill.example/" + path + file, Short: short,
			Host: "windowsill.example", Path: "/" + path + file}
	}
	return []theme.Feed{feed("RSS", "application/rss+xml", "feed.xml"), feed("Atom", "application/atom+xml", "atom.xml"),
		feed("JSON Feed", "application/feed+json", "feed.json")}
}

// draft marks a page as one that holds something unpublished.
func draft(b theme.Base) theme.Base {
	b.Page.Draft, b.Page.NoIndex = true, true
	return b
}
