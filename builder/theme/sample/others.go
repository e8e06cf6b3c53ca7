package sample

import (
	"html/template"
	"strings"

	"gallerist/builder/theme"
)

func (m maker) article(terms bool) *theme.Article {
	v := &theme.Article{Base: m.base(m.about), Body: paragraph(m.stories[0]) + template.HTML("<h2>"+m.longText+"</h2>") + paragraph(m.intro) +
		"<blockquote>" + paragraph(m.quote) + template.HTML("</blockquote><ul><li>"+m.wants[0]+"</li><li><a href=\"/\">"+m.site+"</a></li></ul>")}
	v.Base.Page.Up = nil
	if terms {
		v.Terms = &theme.Terms{Facts: []theme.Fact{{Name: m.version, Text: "2026-10"}, {Name: m.about, Text: m.day, Time: "2026-11-09T00:00:00+03:00"}}, Counts: m.summary,
			Original: &theme.Link{Text: "English", Href: "/en/terms/", Lang: "en"}, Hash: strings.Repeat("0123456789abcdef", 4), File: "/terms/terms.txt", Others: []theme.Link{{Text: "2025-01", Href: "/terms-2025/"}}}
	}
	return v
}

func (m maker) feedPage() *theme.FeedPage {
	v := &theme.FeedPage{Base: m.base(m.about), Groups: []theme.FeedGroup{{Title: m.site, Feeds: m.feeds("")}, {Title: m.galleryTitle, Feeds: m.feeds("morning/")}}, AllFormats: true, Latest: m.cards(0, 3)}
	v.Base.Page.Up = nil
	return v
}

// poster is a call on paper: "a4" with a picture or "a5" without.
func (m maker) poster(format string) *theme.Poster {
	v := &theme.Poster{
		Base: m.base(m.question), Format: format, Paper: strings.ToUpper(format), Question: m.question, QuestionSize: 2, Steps: m.steps, StepSize: 1, When: m.until, Hashtag: "#morning",
		QR: m.Media + "1-d9cfc1-320x320.svg", Address: "windowsill.example/morning/call/", Call: theme.Link{Text: m.question, Href: "/morning/call/"}, Others: []theme.Link{{Text: "A6", Href: "/morning/call/poster-a6/"}},
	}
	v.Base.Page.NoIndex = true
	if format == "a4" {
		v.Picture = m.lead("plate")
	} else {
		v.Question, v.QuestionSize, v.QR = m.longText, 5, ""
	}
	return v
}

func (m maker) notFound(n int) *theme.NotFound {
	v := &theme.NotFound{Base: m.base(m.all), Latest: m.cards(0, n), Call: m.callBox("open")}
	v.Base.Page.Up, v.Base.Page.NoIndex, v.Base.Page.Canonical = nil, true, ""
	if n == 0 {
		v.Call = nil
	}
	return v
}

func (m maker) gone() *theme.Gone {
	v := &theme.Gone{Base: m.base(m.galleryTitle), Gallery: m.link()}
	v.Base.Page.Up, v.Base.Page.NoIndex = nil, true
	return v
}
