package source

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// contest reads the language-free part of a contest, nil where nothing is said
// of it.
func (r *reader) contest(f *folder, head *strict.Table, call *gallery.Call, near *beside) *gallery.ContestFacts {
	t := head.Table("contest")
	if t == nil {
		head.Warnf("kind", "write [contest] on a line of its own and below it theme, categories, prizes, jury and rules", "a contest without [contest]")
		return nil
	}
	c := &gallery.ContestFacts{Pos: t.At(), Official: t.Bool("official")}
	for _, each := range t.Tables("category") {
		taken := func(id string) bool {
			return slices.ContainsFunc(c.Categories, func(o gallery.Category) bool { return o.ID == id })
		}
		c.Categories = append(c.Categories, gallery.Category{Pos: each.At(), ID: partID(each, "category", "duo", taken)})
	}
	for _, each := range t.Tables("criterion") {
		taken := func(id string) bool {
			return slices.ContainsFunc(c.Criteria, func(o gallery.Criterion) bool { return o.ID == id })
		}
		c.Criteria = append(c.Criteria, gallery.Criterion{
			Pos: each.At(), ID: partID(each, "criterion", "rhythm", taken), Weight: above0(each, "weight", 1), Most: above0(each, "most", 10),
		})
	}
	for _, each := range t.Tables("prize") {
		c.Prizes = append(c.Prizes, prize(each, c.Categories))
	}
	c.Jury = r.members(f, t, "jury", near)
	for i, m := range c.Jury {
		if m.ID == "" {
			at := t.Tables("jury")[i]
			at.Warnf("id", "add "+at.Example("id", `"vera"`)+": verdicts name the person by it", "somebody of the jury without an id")
		}
	}
	c.Votes = r.votes(f, t.Table("votes"))
	c.Rules = r.rules(t.Table("rules"))
	c.Draw = r.draw(f, t.Table("draw"), near)
	if call != nil {
		early(t.Table("rules"), "notice_by", "the winners are told before the results are there", c.Rules.Notice, call.Results)
	}
	if call != nil && c.Draw != nil {
		early(t.Table("draw"), "date", "the draw is held before the call closes", c.Draw.Date, call.Closes)
	}
	return c
}

// early reports a date that lies before one that it should follow.
func early(t *strict.Table, key, text string, at, first time.Time) {
	if !at.IsZero() && at.Before(first) {
		t.Errorf(key, "move it behind "+first.Format("2006-01-02 15:04")+", or check the years", "%s", text)
	}
}

// partID reads the id by which others name one of a list.
func partID(t *strict.Table, what, example string, taken func(string) bool) string {
	id := t.Line("id")
	switch {
	case id == "" && empty(t, "id"):
		t.Errorf("id", "add "+t.Example("id", `"`+example+`"`)+", which the submissions name it by", "a %s without an id", what)
	case len(id) > maxID || strings.ContainsFunc(id, notID):
		t.Errorf("id", "use small letters a–z, digits and hyphens, at most 64", "%s cannot be the id of a %s", strict.Quote(id), what)
	case taken(id):
		t.Errorf("id", "give the later one an id of its own", "the %s %s is there twice", what, strict.Quote(id))
	default:
		return id
	}
	return ""
}

// above0 reads a number that is more than nothing.
func above0(t *strict.Table, key string, otherwise float64) float64 {
	if !t.Has(key) {
		t.Allow(key)
		return otherwise
	}
	n := t.Float(key)
	if n <= 0 || n > maxPoints {
		t.Errorf(key, "write a number such as "+t.Example(key, "2"), "%q should be above 0 and at most 1,000,000", t.Name(key))
		return otherwise
	}
	return n
}

// maxPoints bounds weights and points.
const maxPoints = 1_000_000

func prize(t *strict.Table, categories []gallery.Category) gallery.Prize {
	p := gallery.Prize{Pos: t.At(), Rank: t.Int("rank"), Category: t.Line("category")}
	if p.Rank < 0 || p.Rank > maxRank {
		t.Errorf("rank", "1 is the first; leave rank out where the prize goes with none", "%d cannot be a rank", p.Rank)
		p.Rank = 0
	}
	if empty(t, "title") {
		t.Errorf("title", "add "+t.Example("title", `"A drum machine"`), "a prize that does not say what it is")
	}
	if p.Category != "" && !slices.ContainsFunc(categories, func(c gallery.Category) bool { return c.ID == p.Category }) {
		t.Errorf("category", categoryHint(p.Category, categories), "a prize for the category %s, which is not there", strict.Quote(p.Category))
		p.Category = ""
	}
	return p
}

func categoryHint(id string, categories []gallery.Category) string {
	var known []string
	for _, c := range categories {
		known = append(known, c.ID)
	}
	if len(known) == 0 {
		return "take category out, or write [[contest.category]] and below it its id and title"
	}
	return problem.DidYouMean(id, known)
}

// votes reads what was counted elsewhere.
func (r *reader) votes(f *folder, t *strict.Table) *gallery.Votes {
	if t == nil {
		return nil
	}
	v := &gallery.Votes{Pos: t.At(), URL: webAddress(t, "url"), Date: r.past(f, t, "date"), Counts: map[string]int{}}
	for _, key := range []string{"source", "date"} {
		if empty(t, key) {
			example := map[string]string{"source": `"the poll in our group"`, "date": "2026-11-20"}[key]
			t.Errorf(key, "add "+t.Example(key, example)+": votes are shown with where and when they were counted", "votes without their %s", key)
		}
	}
	counts := t.Table("counts")
	for _, id := range counts.Keys() {
		n := counts.Int(id)
		if n < 0 {
			counts.Errorf(id, "write how many there were", "%d votes", n)
			continue
		}
		v.Counts[id] = n
	}
	return v
}

// rules reads the parts of the rules that are not words.
func (r *reader) rules(t *strict.Table) gallery.Rules {
	return gallery.Rules{
		Pos: t.At(), MinAge: atLeastZero(t, "min_age"), Countries: countries(t), Limit: atLeastZero(t, "limit"),
		Formats: t.Strings("formats"), Contact: contact(t), Notice: t.Until("notice_by", r.opt.Zone), AnswerDays: atLeastZero(t, "answer_days"),
	}
}

// countries reads codes of countries, ISO 3166-1 alpha-2.
func countries(t *strict.Table) []string {
	var list []string
	for _, code := range t.Strings("countries") {
		upper := strings.ToUpper(code)
		region, err := language.ParseRegion(upper)
		if err != nil || !region.IsCountry() || region.String() != upper {
			t.Errorf("countries", "write codes of two letters, such as "+t.Example("countries", `["RU", "KZ"]`)+"; leave countries out where everybody may take part",
				"%s is not the code of a country", strict.Quote(code))
			continue
		}
		list = append(list, upper)
	}
	return list
}

// contact reads where questions go: a page, or a mailbox that is for everybody.
func contact(t *strict.Table) string {
	s := t.Line("contact")
	if mailbox, ok := strings.CutPrefix(s, "mailto:"); ok {
		if u, err := url.Parse(s); err == nil && u.RawQuery == "" && strings.Count(mailbox, "@") == 1 && !strings.ContainsAny(mailbox, " <>\"\\") {
			return s
		}
	} else if u, err := url.Parse(s); s == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		return webAddress(t, "contact")
	}
	t.Errorf("contact", `write the address of a page, beginning with https://, or of a mailbox that everybody may know: "mailto:contest@example.org"`,
		"%s is no address to write to", strict.Quote(s))
	return ""
}

// draw reads what is drawn for, and finds the list that was drawn from.
func (r *reader) draw(f *folder, t *strict.Table, near *beside) *gallery.Draw {
	x, drawn := near.take("draw.txt")
	if t == nil && !drawn {
		return nil
	}
	d := &gallery.Draw{Pos: t.At(), Seed: t.Line("seed"), Date: t.Time("date", r.opt.Zone), Winners: atLeastZero(t, "winners")}
	if drawn {
		d.File = f.path + "/" + x.name
	}
	return d
}

// contestText reads the words of a contest, nil where there are none.
func contestText(head *strict.Table) *gallery.ContestText {
	t := head.Table("contest")
	if t == nil {
		return nil
	}
	c := &gallery.ContestText{Theme: t.Line("theme"), Announce: t.String("announce"), AnnounceAt: t.Pos("announce"), Jury: memberTexts(t, "jury")}
	c.Categories, c.Criteria = namedTexts(t, "category"), namedTexts(t, "criterion")
	for _, each := range t.Tables("prize") {
		c.Prizes = append(c.Prizes, gallery.PrizeText{Title: each.Line("title"), Value: each.Line("value")})
	}
	if x := t.Table("rules"); x != nil {
		c.Rules = gallery.RulesText{
			Sponsor: x.String("sponsor"), Eligibility: x.String("eligibility"), Entry: x.String("entry"), Judging: x.String("judging"),
			TieBreak: x.String("tie_break"), Notice: x.String("notice"), Releases: x.String("releases"), Privacy: x.String("privacy"),
			Platform: x.String("platform"), Law: x.String("law"),
		}
	}
	if x := t.Table("votes"); x != nil {
		c.Votes = x.Line("source")
	}
	if x := t.Table("draw"); x != nil {
		c.DrawNote = x.Line("note")
	}
	return c
}

func namedTexts(t *strict.Table, key string) []gallery.NamedText {
	var list []gallery.NamedText
	for _, each := range t.Tables(key) {
		list = append(list, gallery.NamedText{Title: each.Line("title"), Text: each.String("text")})
	}
	return list
}

// contestIn reads the words of a contest in another language, and holds its
// lists against those of the original.
func contestIn(head *strict.Table, original *gallery.ContestText) *gallery.ContestText {
	text, t := contestText(head), head.Table("contest")
	if t != nil {
		own := cmp.Or(original, &gallery.ContestText{})
		fits(t, "category", len(own.Categories))
		fits(t, "criterion", len(own.Criteria))
		fits(t, "prize", len(own.Prizes))
		fits(t, "jury", len(own.Jury))
	}
	return text
}

// verdicts reads what the jury said of a piece.
func verdicts(s *gallery.Submission, t *strict.Table) {
	for _, each := range t.Tables("verdict") {
		v := gallery.Verdict{Pos: each.At(), By: each.Line("by"), Words: each.String("words")}
		if empty(each, "by") {
			each.Errorf("by", "add "+each.Example("by", `"vera"`)+", the id of somebody in [[contest.jury]]", "a verdict of nobody")
		}
		scores := each.Table("scores")
		for _, id := range scores.Keys() {
			points := scores.Float(id)
			if points < 0 {
				scores.Errorf(id, "write 0 or more", "less than no points for %q", id)
				continue
			}
			if v.Scores == nil {
				v.Scores = map[string]float64{}
			}
			v.Scores[id] = points
		}
		if v.Words == "" && len(v.Scores) == 0 {
			each.Warnf("by", "add words, or [verdict.scores] and below it the points by criterion", "a verdict that says nothing")
		}
		s.Verdicts = append(s.Verdicts, v)
	}
}

// translateVerdicts adds the words of a piece's verdicts in another language.
func translateVerdicts(t *strict.Table, b *gallery.BrandText, count int) *gallery.BrandText {
	for i, each := range sameOrder(t, "verdict", count) {
		words := each.String("words")
		untranslated(each, "by", "scores")
		if words != "" {
			b = spoken(b)
			b.Words = withText(b.Words, i, words)
		}
	}
	return b
}
