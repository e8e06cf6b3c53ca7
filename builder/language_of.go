package builder

import (
	"cmp"
	"strings"

	"gallerist/builder/gallery"
)

// What has no translation is shown as it was written. A translation may hold some
// of the texts only, so each says which language it is in.

// langAttr returns language where it is not the page's own.
func (l *locale) langAttr(language string) string {
	if language == l.tag {
		return ""
	}
	return language
}

// galleryLang returns the language a gallery's title is shown in.
func (l *locale) galleryLang(g *plannedGallery) string {
	return cmp.Or(l.langOf(g, l.galleryText(g).Title, g.Text.Title), l.tag)
}

// langOf returns the language attribute of a text of a gallery, of which own is
// the original: what says the same is no translation.
func (l *locale) langOf(g *plannedGallery, text, own string) string {
	if text == "" || text != own {
		return ""
	}
	return l.langAttr(cmp.Or(g.Lang, l.m.cfg.Language))
}

// questionLang returns the language attribute of what a call asks. Where it asks
// nothing, its heading is the page's own words or the gallery's title.
func (l *locale) questionLang(g *plannedGallery) string {
	if g.Text.Call.Question == "" {
		return ""
	}
	return l.langOf(g, l.galleryText(g).Call.Question, g.Text.Call.Question)
}

// introLang returns the language attribute of what stands below a title: the
// body, else the summary.
func (l *locale) introLang(language string, shown, own gallery.Text) string {
	if text := cmp.Or(shown.Body, shown.Summary); text == "" || text != cmp.Or(own.Body, own.Summary) {
		return ""
	}
	return l.langAttr(cmp.Or(language, l.m.cfg.Language))
}

// articleLang returns the language attributes of a plain page's title and body.
func (l *locale) articleLang(a *plannedArticle) (title, body string) {
	own := l.langAttr(cmp.Or(a.Lang, l.m.cfg.Language))
	title, body = own, own
	if t := a.In[l.tag]; t.Title != "" {
		title = ""
	}
	if t := a.In[l.tag]; strings.TrimSpace(t.Body) != "" {
		body = ""
	}
	return title, body
}

// titleLang returns the language of titleOf: a credit line is in the page's.
func (l *locale) titleLang(p *piece) string {
	return l.wordsLang(p, func(t *gallery.PieceText) bool { return t.Title != "" })
}

// captionLang returns the language a piece's caption is shown in.
func (l *locale) captionLang(p *piece) string {
	return l.wordsLang(p, func(t *gallery.PieceText) bool { return t.Caption != "" })
}

// storyLang returns the language a piece's story is shown in.
func (l *locale) storyLang(p *piece) string {
	return l.wordsLang(p, func(t *gallery.PieceText) bool { return t.Body != "" })
}

// excerptLang returns the language of a card's excerpt: the caption, else the
// beginning of the story.
func (l *locale) excerptLang(p *piece) string {
	if t := l.pieceText(p); t.Caption == "" {
		return l.storyLang(p)
	}
	return l.captionLang(p)
}

// wordsLang returns the language of words that a piece's texts may have: the
// page's where this language has them, and where none has.
func (l *locale) wordsLang(p *piece, has func(*gallery.PieceText) bool) string {
	own := l.m.languageOf(p)
	if own == l.tag {
		return own
	}
	if t, ok := p.In[l.tag]; ok && has(&t) || !has(&p.Text) {
		return l.tag
	}
	return own
}

// languageOfPiece returns the language most of a piece's words are shown in:
// that of its story, else of its caption or its title.
func (l *locale) languageOfPiece(p *piece) string {
	switch {
	case p.Text.Body != "":
		return l.storyLang(p)
	case p.Text.Caption != "":
		return l.captionLang(p)
	}
	return l.titleLang(p)
}

// altLang returns the language that alt's words are in.
func (l *locale) altLang(p *piece, i int) string {
	if l.alt(p, i) == l.AltFallback(l.creditInput(p)) {
		return l.tag
	}
	if t, ok := p.In[l.tag]; ok && (t.Media[p.pictures[i].media.Name()].Alt != "" || i == 0 && t.Alt != "") {
		return l.tag
	}
	return l.m.languageOf(p)
}

// plateLang returns the language of the caption of one of a piece's pictures.
func (l *locale) plateLang(p *piece, pic *picture) string {
	if t := p.In[l.tag]; t.Media[pic.media.Name()].Caption != "" {
		return l.tag
	}
	return l.m.languageOf(p)
}
