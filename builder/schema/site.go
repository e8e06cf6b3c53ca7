package schema

func siteFile() File {
	own := []Key{
		line("title", "Title", "What the site is called."),
		line("tagline", "Tagline", "One line under the title."),
		line("description", "Description", "One or two sentences, for search engines and share cards."),
		line("copyright", "Copyright", "The line at the foot of each page."),
	}
	translated := Key{Kind: Table, Title: "Language", About: "What the site says in this language.", Keys: concat(own, []Key{
		mapOf("words", "Words", "Places, tags and names, as they are written in the content, in this language.", line("", "Translation", "")),
	})}
	own[0] = own[0].needed()
	return File{"site", "Settings of a site", "site.toml: what the owner of a site can set.", concat(own, []Key{
		address("base_url", "Address", "Where the site will be, beginning with https://."),
		flag("https_only", "By https alone", "Browsers that came once never ask for the site by http again, for a year. For sites whose every page can be had by https, and on hosts that read the file _headers."),
		line("language", "Language", "The site's own language, such as en or ru."),
		list("languages", "Languages", "All languages of the site."),
		line("timezone", "Time zone", "A name of the IANA list, such as Europe/Moscow."),
		line("theme", "Theme", "Name of a folder in themes/, or of a theme that comes with the program."),
		line("brand", "Colour", "Your colour, such as #c8452f."),
		line("logo", "Logo", "Picture below assets/."),
		line("id", "Id", "Permanent, of the site: feeds are known by it. Set it before you move to another address."),
		list("share", "Share links", "Plain links; nothing is loaded from there.", "mail", "telegram", "vk", "whatsapp"),
		choice("alt", "Pictures without alt text", "error: the build tells an error. warning: it tells a warning.", "warning", "error"),
		{Name: "translations", Kind: Map, Title: "Other languages", About: "By language: what the site says of itself.", Keys: []Key{translated}},
		mapOf("settings", "Settings of the theme", "What the theme offers; its theme.toml lists them.", Key{Kind: Any}),
		watermark(),
		table("media", "Pictures and films", "What is taken in, and what is made of it.",
			count("max_mb", "Largest picture", "In megabytes.", 1),
			count("max_megapixels", "Most megapixels", "Of a picture.", 1),
			count("max_film_mb", "Largest film", "In megabytes.", 1),
			count("max_cache_mb", "Most memory on disk", "Of what builds remember, in megabytes.", 1),
			flag("avif", "AVIF", "Make pictures as AVIF too: smaller, and slow to make."),
			flag("cards", "Share cards", "Draw pictures for links in networks. On unless you say false."),
			flag("ffmpeg", "FFmpeg", "Use FFmpeg for frames and renditions of films."),
		),
		table("pages", "Pages", "Kinds of pages that a site can do without.",
			flag("places", "Places", "Pages of places. On unless you say false."),
			flag("thanks", "Thanks", "Pages of personal thanks. On unless you say false."),
		),
		table("feeds", "Feeds", "What can be followed.",
			list("formats", "Formats", "Of each feed. All unless you list some.", "rss", "atom", "json"),
			flag("index", "Index", "Each gallery's index.json, which lists for programs what may be shown elsewhere. On unless you say false."),
		),
		table("people", "People", "What must be known before a piece goes out.",
			choice("age", "Age", "Where it must be said whether an author is under age.", "contests", "all", "none"),
			flag("releases", "Releases", "Everybody in a picture must have agreed."),
		),
		table("review", "Review", "Where dates of review come from.",
			flag("history", "From git", "Dates that front matter does not tell come from the commits: when a piece was first approved, and last changed. Needs a clone with all commits."),
		),
		table("thanks", "Thanks", "How people are thanked.",
			line("withdraw", "To take a piece back", "Mail or https address that people write to. It is published."),
			flag("bom", "For spreadsheets", "letters.csv begins with a mark that some spreadsheets need."),
		),
	})}
}
