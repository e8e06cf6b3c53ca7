package builder

import (
	"html/template"
	"sync"
)

// story is what is made of a piece's text.
type story struct {
	html    template.HTML
	plain   string // its words alone, single spaces between
	excerpt string // their beginning
}

// body is a piece's text in one language: parsed when a page, a list or a feed
// that shows it is made for the first time, and forgotten when its page has
// been: all stories of a large site are no small part of its memory. What
// comes later and shows it whole parses it again.
type body struct {
	mu    sync.Mutex
	story *story
	short *story // the excerpt alone, once the rest is forgotten
	shown int    // pages that showed it
}

// bodyOf returns where a piece's text is kept. Where it is not translated, it
// is that of the site's own language.
func (l *locale) bodyOf(p *piece) (*body, *locale) {
	if l.index > 0 && l.pieceText(p).Body == l.others[0].pieceText(p).Body {
		l = l.others[0]
	}
	return &p.words[l.index].body, l
}

// body returns a piece's text.
func (l *locale) body(p *piece) *story {
	b, own := l.bodyOf(p)
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.whole(own, p)
}

func (b *body) whole(l *locale, p *piece) *story {
	if b.story == nil {
		html, plain := l.md.story(l.pieceText(p).Body)
		b.story = &story{html, plain, shorten(plain, excerptLength)}
	}
	return b.story
}

// excerpt returns the beginning of a piece's text.
func (l *locale) excerpt(p *piece) string {
	b, own := l.bodyOf(p)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.short != nil {
		return b.short.excerpt
	}
	return b.whole(own, p).excerpt
}

// showed tells that a piece's page has been made. With the last of its
// languages the text is forgotten, unless a feed will want it.
func (l *locale) showed(p *piece) {
	b, _ := l.bodyOf(p)
	pages := 0
	for _, o := range l.others {
		if other, _ := o.bodyOf(p); other == b {
			pages++
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shown++; b.shown < pages || len(p.gallery.pieces)-p.number < feedItems || b.story == nil {
		return
	}
	b.short, b.story = &story{excerpt: b.story.excerpt}, nil
}
