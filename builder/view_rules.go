package builder

import (
	"cmp"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// rulesView is the page of a contest's rules: whatever is said of them, in the
// order in which people ask.
func (l *locale) rulesView(page *Page, g *plannedGallery) any {
	t := &l.shown(g).text
	_, text := l.contest(g)
	p := &theme.Page{
		Title: page.Title + " · " + t.Title, Heading: page.Title, Image: l.galleryShares[g], Up: &theme.Link{Text: t.Title, Href: l.href(g.path)},
		Description: description(text.Theme, t.Summary),
	}
	v := &theme.Rules{Lang: l.langAttr(l.galleryLang(g)), Theme: l.Typeset(text.Theme), Parts: l.ruleParts(g)}
	if g.Call != nil {
		state := g.Call.State(l.m.now)
		v.State, v.StateText, v.Dates = string(state), l.callState(g.Call), l.contestDates(g.Call)
		if !state.Over() {
			v.Button = &theme.Link{Text: l.Label("call.read"), Href: l.href(g.path + "call/")}
		}
	}
	if len(g.standings()) > 0 {
		v.Button = &theme.Link{Text: l.Label("winners.title"), Href: l.href(g.path + "winners/")}
	}
	v.Base = l.viewBase(page, p)
	return v
}

// ruleParts returns the parts of the rules that say something.
func (l *locale) ruleParts(g *plannedGallery) []theme.RulePart {
	facts, text := l.contest(g)
	rules, words := facts.Rules, text.Rules
	var list []theme.RulePart
	add := func(id string, p theme.RulePart) {
		if len(p.Text)+len(p.Items)+len(p.Said) > 0 || p.Link != nil {
			p.ID, p.Title = id, l.Label("rules."+id)
			list = append(list, p)
		}
	}
	add("sponsor", theme.RulePart{Text: paragraphsOf(words.Sponsor), Link: l.contactLink(rules.Contact)})
	add("eligibility", theme.RulePart{Text: paragraphsOf(words.Eligibility), Said: l.whoMay(rules)})
	entry := theme.RulePart{Text: paragraphsOf(words.Entry)}
	if len(rules.Formats) > 0 {
		entry.Said = append(entry.Said, l.Label("rules.formats", strings.Join(rules.Formats, l.Comma())))
	}
	if g.Call != nil {
		entry.Link = &theme.Link{Text: l.Label("call.how"), Href: l.href(g.path + "call/")}
	}
	add("entry", entry)
	add("categories", theme.RulePart{Items: namedItems(text.Categories)})
	add("judging", theme.RulePart{Text: paragraphsOf(words.Judging), Items: l.criteria(facts, text), Said: l.computedFrom(facts)})
	add("tie_break", theme.RulePart{Text: paragraphsOf(words.TieBreak)})
	add("jury", theme.RulePart{Items: l.juryItems(facts, text)})
	add("prizes", theme.RulePart{Items: l.prizes(g, facts, text)})
	if to := l.drawLink(g); to != nil {
		add("draw", theme.RulePart{Said: []string{l.Label("draw.how_text")}, Link: to})
	}
	add("notice", theme.RulePart{Text: paragraphsOf(words.Notice), Said: l.noticeDates(rules)})
	l.rightsParts(g, add)
	add("releases", theme.RulePart{Text: paragraphsOf(words.Releases)})
	add("privacy", theme.RulePart{Text: paragraphsOf(words.Privacy)})
	add("platform", theme.RulePart{Text: paragraphsOf(words.Platform)})
	add("law", theme.RulePart{Text: paragraphsOf(words.Law)})
	return list
}

// paragraphsOf cuts a text at its blank lines.
func paragraphsOf(s string) []string {
	if s == "" {
		return nil
	}
	return paragraphs(s)
}

// contactLink leads to those who answer questions.
func (l *locale) contactLink(address string) *theme.Link {
	if address == "" {
		return nil
	}
	if mailbox, ok := strings.CutPrefix(address, "mailto:"); ok {
		return &theme.Link{Text: mailbox, Href: address}
	}
	return &theme.Link{Text: l.Label("rules.contact"), Href: address}
}

// whoMay says from which age and from where people may take part, and how often.
func (l *locale) whoMay(r gallery.Rules) []string {
	var list []string
	if r.MinAge > 0 {
		list = append(list, l.Plural("rules.min_age", r.MinAge))
	}
	var names []string
	for _, code := range r.Countries {
		names = append(names, l.Country(code))
	}
	if len(names) > 0 {
		list = append(list, l.Label("rules.countries", l.List(names)))
	} else {
		list = append(list, l.Label("rules.everywhere"))
	}
	if r.Limit > 0 {
		list = append(list, l.Plural("rules.limit", r.Limit))
	}
	return list
}

func (l *locale) noticeDates(r gallery.Rules) []string {
	var list []string
	if !r.Notice.IsZero() {
		list = append(list, l.Label("rules.notice_by", l.moment(r.Notice.Add(-time.Second))))
	}
	if r.AnswerDays > 0 {
		list = append(list, l.Plural("rules.answer_days", r.AnswerDays))
	}
	return list
}

func namedItems(list []gallery.NamedText) []theme.RuleItem {
	var items []theme.RuleItem
	for _, each := range list {
		if each.Title != "" {
			items = append(items, theme.RuleItem{Name: each.Title, Text: each.Text})
		}
	}
	return items
}

// criteria says what the jury gives points for, and how much each is worth.
func (l *locale) criteria(facts gallery.ContestFacts, text gallery.ContestText) []theme.RuleItem {
	var items []theme.RuleItem
	for i, c := range facts.Criteria {
		said := at(text.Criteria, i)
		items = append(items, theme.RuleItem{
			Name: cmp.Or(said.Title, c.ID), Text: said.Text,
			Note: l.Label("rules.weight", "weight", l.Decimal(decimal(c.Weight)), "most", l.Decimal(decimal(c.Most))),
		})
	}
	return items
}

func (l *locale) computedFrom(facts gallery.ContestFacts) []string {
	if len(facts.Criteria) == 0 {
		return nil
	}
	return []string{l.Label("winners.computed")}
}

func (l *locale) juryItems(facts gallery.ContestFacts, text gallery.ContestText) []theme.RuleItem {
	var items []theme.RuleItem
	for i, m := range facts.Jury {
		said := at(text.Jury, i)
		items = append(items, theme.RuleItem{Name: l.inWords(said.Name, m.Name), Text: said.About, Note: l.rolesOf(m)})
	}
	return items
}

// prizes says what there is to win: first for the whole contest, then by
// category.
func (l *locale) prizes(g *plannedGallery, facts gallery.ContestFacts, text gallery.ContestText) []theme.RuleItem {
	var items []theme.RuleItem
	for _, category := range append([]string{""}, g.categories()...) {
		for i, prize := range facts.Prizes {
			if prize.Category != category {
				continue
			}
			var notes []string
			if prize.Rank > 0 {
				notes = append(notes, l.rank(prize.Rank))
			}
			if category != "" {
				notes = append(notes, l.categoryTitle(g, category))
			}
			said := at(text.Prizes, i)
			items = append(items, theme.RuleItem{Name: said.Title, Text: l.Typeset(said.Value), Note: strings.Join(notes, l.Comma())})
		}
	}
	return items
}

// rightsParts says what the brand may do with what is sent, and what stays the
// author's.
func (l *locale) rightsParts(g *plannedGallery, add func(string, theme.RulePart)) {
	if g.Call == nil {
		return
	}
	own := &l.shown(g).text
	if len(own.Call.Rights) > 0 { // the contest's own words
		add("rights", theme.RulePart{Text: own.Call.Rights, Link: l.callTerms(g.Call)})
		return
	}
	allows, keeps := l.rightsOf(g.Call, *own)
	add("allows", theme.RulePart{Said: allows})
	add("keeps", theme.RulePart{Said: keeps, Link: l.callTerms(g.Call)})
}
