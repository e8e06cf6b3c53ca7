package builder

import (
	"net/url"

	"gallerist/builder/theme"
)

// share returns what a visitor needs to pass a piece on: plain links to the
// services the site lists, nothing that is loaded from them.
func (l *locale) share(p *piece) theme.Share {
	s := theme.Share{URL: l.abs(p.path), Text: l.titleOf(p) + ". " + l.credit(p)}
	if tie := l.disclosure(p); tie != "" {
		s.Text += ". " + tie
	}
	if len(l.m.cfg.Share) == 0 {
		return s
	}
	address, text := url.QueryEscape(s.URL), url.QueryEscape(s.Text)
	for _, service := range l.m.cfg.Share {
		link := theme.Link{Text: l.Label("share." + service)}
		switch service {
		case "mail":
			link.Href = "mailto:?subject=" + url.PathEscape(l.titleOf(p)) + "&body=" + url.PathEscape(s.Text+"\n"+s.URL)
		case "telegram":
			link.Href = "https://t.me/share/url?url=" + address + "&text=" + text
		case "vk":
			link.Href = "https://vk.com/share.php?url=" + address + "&title=" + text
		case "whatsapp":
			link.Href = "https://wa.me/?text=" + text + "%20" + address
		}
		s.Links = append(s.Links, link)
	}
	return s
}
