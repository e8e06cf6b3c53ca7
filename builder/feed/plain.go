package feed

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainStory writes a story as far as its tags are those of ordinary Markdown,
// which need no tokenizer: it takes four kilobytes for each story. What it
// returns begins with the first text or tag that is left to it.
func (s *storyWriter) plainStory(src string) (rest string) {
	for src != "" {
		end := strings.IndexByte(src, '<')
		if end < 0 {
			end = len(src)
		}
		words := src[:end]
		if strings.IndexByte(words, '\r') >= 0 || strings.IndexByte(words, 0) >= 0 {
			return src
		}
		tag, closes, href, length := atom.Atom(0), false, "", 0
		if end < len(src) {
			if tag, closes, href, length = plainTag(src[end:]); tag == 0 {
				return src
			}
		}
		if words != "" {
			s.text(html.UnescapeString(words))
		}
		switch {
		case closes:
			s.close(tag)
		case tag == atom.A:
			s.link(href)
		case tag != 0:
			s.start(tag, attributes{})
		}
		src = src[end+length:]
	}
	return ""
}

// plainTag reads the tag that src begins with: its element, whether it ends
// it, a link's address, and how long the tag is. It returns zeros for a tag that
// is not one of those that ordinary texts have, written as Markdown writes them.
func plainTag(src string) (tag atom.Atom, closes bool, href string, length int) {
	end := strings.IndexByte(src, '>')
	if end < 0 {
		return 0, false, "", 0
	}
	name, closes := strings.CutPrefix(src[1:end], "/")
	if link, ok := strings.CutPrefix(name, `a href="`); ok && !closes {
		href, rel, quoted := strings.Cut(link, `"`)
		if quoted && plainAddress(href) && (rel == "" || rel == ` rel="nofollow ugc noopener"` || rel == ` rel="noopener"`) {
			return atom.A, false, href, end + 1
		}
		return 0, false, "", 0
	}
	switch name {
	case "p":
		tag = atom.P
	case "em":
		tag = atom.Em
	case "strong":
		tag = atom.Strong
	case "blockquote":
		tag = atom.Blockquote
	case "ul":
		tag = atom.Ul
	case "ol":
		tag = atom.Ol
	case "li":
		tag = atom.Li
	case "a":
		if !closes { // it would have no address
			return 0, false, "", 0
		}
		tag = atom.A
	default:
		return 0, false, "", 0
	}
	return tag, closes, "", end + 1
}
