package builder

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// A contest's standings are those that its awards say: nothing is computed from
// votes or points, which are shown as they were given. Whether they may be shown
// at all says gallery.Announced, which model.go asks before anything else sees
// an award.

// prizeGroup is who won what in a category, or in the contest as a whole.
type prizeGroup struct {
	category  string   // id; "" = the whole contest
	places    []podium // by rank
	special   []honour // awards without a rank
	finalists []honour
}

// podium is a place with those who hold it: one, or several who share it.
type podium struct {
	rank    int
	honours []honour
}

// honour is a piece with one of its awards, by its place in the list.
type honour struct {
	piece *piece
	award int
}

// standings returns who won what: the whole contest first, then the categories
// in the order of the rules. Of those who share a place the one who was first in
// the gallery stands first.
func (g *plannedGallery) standings() []prizeGroup {
	if g.Kind != gallery.Contest {
		return nil
	}
	groups := []prizeGroup{{}}
	for _, id := range g.categories() {
		groups = append(groups, prizeGroup{category: id})
	}
	for _, p := range slices.Backward(g.pieces) {
		for n, a := range p.Awards {
			i := slices.IndexFunc(groups, func(group prizeGroup) bool { return group.category == a.Category })
			if i >= 0 { // else it is told of
				groups[i].add(a, honour{p, n})
			}
		}
	}
	for i := range groups {
		groups[i].sort()
	}
	return slices.DeleteFunc(groups, func(group prizeGroup) bool {
		return len(group.places)+len(group.special)+len(group.finalists) == 0
	})
}

func (g *prizeGroup) add(a gallery.Award, h honour) {
	switch {
	case a.Rank == 0 && a.Finalist:
		g.finalists = append(g.finalists, h)
	case a.Rank == 0:
		g.special = append(g.special, h)
	default:
		i, found := slices.BinarySearchFunc(g.places, a.Rank, func(p podium, rank int) int { return cmp.Compare(p.rank, rank) })
		if !found {
			g.places = slices.Insert(g.places, i, podium{rank: a.Rank})
		}
		g.places[i].honours = append(g.places[i].honours, h)
	}
}

// sort takes out of the finalists those who hold a place.
func (g *prizeGroup) sort() {
	g.finalists = slices.DeleteFunc(g.finalists, func(f honour) bool {
		return slices.ContainsFunc(g.places, func(p podium) bool {
			return slices.ContainsFunc(p.honours, func(h honour) bool { return h.piece == f.piece })
		})
	})
}

// categories lists the ids of a contest's categories.
func (g *plannedGallery) categories() []string {
	var list []string
	if g.Contest != nil {
		for _, c := range g.Contest.Categories {
			if c.ID != "" {
				list = append(list, c.ID)
			}
		}
	}
	return list
}

// winners returns the pieces that hold a place, the first places first, each
// once.
func winners(groups []prizeGroup) []*piece {
	var list []*piece
	for rank := 1; ; {
		next := math.MaxInt
		for _, group := range groups {
			for _, place := range group.places {
				for _, h := range place.honours {
					if place.rank == rank && !slices.Contains(list, h.piece) {
						list = append(list, h.piece)
					}
				}
				if place.rank > rank {
					next = min(next, place.rank)
				}
			}
		}
		if rank = next; rank == math.MaxInt {
			return list
		}
	}
}

// placed tells whether a piece stands on its contest's page of winners.
func (p *piece) placed() bool {
	return slices.ContainsFunc(p.Awards, func(a gallery.Award) bool {
		return a.Category == "" || slices.Contains(p.gallery.categories(), a.Category)
	})
}

// decided returns the contest whose results came last, with those who hold a
// place: nil where none came, or where so much was published since that the
// results are no news any more.
func (m *model) decided() (last *plannedGallery, best []*piece) {
	for _, g := range m.galleries {
		when := g.results()
		if when.IsZero() || last != nil && !when.After(last.results()) {
			continue
		}
		if list := winners(g.standings()); len(list) > 0 {
			last, best = g, list
		}
	}
	if last == nil || len(m.pieces) > latestOnHome && m.pieces[latestOnHome-1].Published.After(last.results()) {
		return nil, nil
	}
	return last, best
}

// results returns when a contest's results came, or zero.
func (g *plannedGallery) results() time.Time {
	if g.Kind != gallery.Contest || g.Call == nil {
		return time.Time{}
	}
	return cmp.Or(g.Call.Results, g.Call.Closes)
}

// honoured returns all pieces that were given something, the winners first.
func honoured(groups []prizeGroup) []*piece {
	list := winners(groups)
	for _, group := range groups {
		for _, h := range slices.Concat(group.special, group.finalists) {
			if !slices.Contains(list, h.piece) {
				list = append(list, h.piece)
			}
		}
	}
	return list
}

// official tells whether a piece's author gave it for good: the brand shows the
// winners' works as its own content, where it says so.
func (p *piece) official() bool {
	c := p.gallery.Contest
	return c != nil && c.Official && slices.ContainsFunc(p.Awards, func(a gallery.Award) bool { return a.Rank > 0 })
}

// checkContest tells of what in a gallery's submissions cannot be right.
func (g *plannedGallery) checkContest(announced bool, probs *problem.List) {
	if g.Kind != gallery.Contest {
		for _, s := range g.Submissions {
			for _, v := range s.Verdicts {
				probs.Warnf(v.Pos, `take it out, or write kind = "contest" into gallery.md`, "a verdict in a gallery of the kind %q, where it is not shown", g.Kind)
			}
		}
		return
	}
	if g.Contest == nil { // which is told
		return
	}
	g.checkVotes(probs)
	g.checkRules(probs)
	ranks := map[string][]rankGiven{}
	for _, s := range g.Submissions {
		g.checkVerdicts(s, probs)
		for _, a := range s.Awards {
			if a.Category != "" && !slices.Contains(g.categories(), a.Category) {
				probs.Errorf(a.Pos, categoryHint(a.Category, g.categories()), "unknown category %q", a.Category)
				continue
			}
			if s.Status != gallery.Approved && s.Status != gallery.Featured {
				tellUnapproved(s, a, announced, probs)
				continue
			}
			if a.Rank > 0 {
				ranks[a.Category] = append(ranks[a.Category], rankGiven{a, s})
			}
		}
	}
	for _, category := range slices.Sorted(maps.Keys(ranks)) {
		checkRanks(category, ranks[category], probs)
	}
}

func categoryHint(id string, known []string) string {
	if len(known) == 0 {
		return "take category out, or write [[contest.category]] into gallery.md and below it its id and title"
	}
	return problem.DidYouMean(id, known)
}

// tellUnapproved tells of an award for what is not shown.
func tellUnapproved(s *gallery.Submission, a gallery.Award, announced bool, probs *problem.List) {
	tell := probs.Warnf
	if announced {
		tell = probs.Errorf
	}
	tell(a.Pos, `set status = "approved", or take the award out`, "an award for %q, which is not approved but %s", s.ID, s.Status)
}

type rankGiven struct {
	gallery.Award
	to *gallery.Submission
}

// checkRanks tells of ranks of one category that several have without sharing
// it, and of ranks that are left out.
func checkRanks(category string, given []rankGiven, probs *problem.List) {
	slices.SortStableFunc(given, func(a, b rankGiven) int { return cmp.Compare(a.Rank, b.Rank) })
	in := "the contest"
	if category != "" {
		in = "the category " + category
	}
	for from := 0; from < len(given); {
		to := from
		for to < len(given) && given[to].Rank == given[from].Rank {
			to++
		}
		same, rank := given[from:to], given[from].Rank
		if rank > from+1 && (from == 0 || rank > given[from-1].Rank+1) {
			probs.Warnf(same[0].Pos, "give the rank that is left out, or move the others up", "rank %d of %s, but nobody has rank %d", rank, in, rank-1)
		}
		switch i := slices.IndexFunc(same, func(r rankGiven) bool { return !r.Tie }); {
		case len(same) == 1 && same[0].Tie:
			probs.Warnf(same[0].Pos, "take tie out, or give the same rank to the other one too", "rank %d of %s is shared with nobody", rank, in)
		case len(same) > 1 && i >= 0:
			other := same[0]
			if i == 0 {
				other = same[1]
			}
			probs.Errorf(same[i].Pos, "where they share it, add tie = true to each award; else give one of them another rank",
				"rank %d of %s is also that of %s", rank, in, other.to.File)
		}
		from = to
	}
}

// checkVerdicts holds what the jury said against who is in it and what it gives
// points for.
func (g *plannedGallery) checkVerdicts(s *gallery.Submission, probs *problem.List) {
	for i, v := range s.Verdicts {
		if v.By != "" && !slices.ContainsFunc(g.Contest.Jury, func(m gallery.Member) bool { return m.ID == v.By }) {
			var known []string
			for _, m := range g.Contest.Jury {
				known = append(known, m.ID)
			}
			probs.Errorf(v.Pos, "write the id of somebody in [[contest.jury]]; "+problem.DidYouMean(v.By, known), "%q is nobody of the jury", v.By)
		}
		if slices.ContainsFunc(s.Verdicts[:i], func(o gallery.Verdict) bool { return o.By == v.By }) {
			probs.Errorf(v.Pos, "make one of the two", "a second verdict by %q", v.By)
		}
		for _, id := range slices.Sorted(maps.Keys(v.Scores)) {
			g.checkScore(v, id, probs)
		}
	}
}

func (g *plannedGallery) checkScore(v gallery.Verdict, id string, probs *problem.List) {
	var known []string
	for _, c := range g.Contest.Criteria {
		known = append(known, c.ID)
		if c.ID == id {
			if v.Scores[id] > c.Most {
				probs.Errorf(v.Pos, "correct the points, or set most below [[contest.criterion]]", "%s points for %q, of which there are at most %s", decimal(v.Scores[id]), id, decimal(c.Most))
			}
			return
		}
	}
	probs.Errorf(v.Pos, "write the id of a [[contest.criterion]]; "+problem.DidYouMean(id, known), "points for %q, which is no criterion of this contest", id)
}

// checkVotes tells of votes for what is not there.
func (g *plannedGallery) checkVotes(probs *problem.List) {
	if g.Contest.Votes == nil || g.Broken > 0 { // then one of the broken ones may be meant
		return
	}
	for _, id := range slices.Sorted(maps.Keys(g.Contest.Votes.Counts)) {
		if !slices.ContainsFunc(g.Submissions, func(s *gallery.Submission) bool { return s.ID == id }) {
			probs.Warnf(g.Contest.Votes.Pos, "write the id of a submission of this gallery", "votes for %q, which is nothing in this gallery", id)
		}
	}
}

// ruleOf is a part that a contest's rules should have.
type ruleOf struct {
	in, key string // the table of gallery.md and the key there
	example string // how it is written; "" = in more than a line
	said    bool
}

// ruleParts lists what people and laws expect rules to say.
func (g *plannedGallery) ruleParts() []ruleOf {
	text, facts, call := g.ownText(), g.Contest, cmp.Or(g.Call, &gallery.Call{})
	words, rules := text.Rules, facts.Rules
	return []ruleOf{
		{"call", "opens", "opens = 2026-11-01T00:00:00+03:00", !call.Opens.IsZero()},
		{"call", "closes", "closes = 2026-11-30", !call.Closes.IsZero()},
		{"call", "results", "results = 2026-12-10T12:00:00+03:00", !call.Results.IsZero()},
		{"call", "scope", `scope = ["site", "feed"]`, len(call.Scope) > 0 || len(g.Text.Call.Rights) > 0},
		{"contest", "theme", `theme = "One minute, one move"`, text.Theme != ""},
		{"contest", "prize", "", len(facts.Prizes) > 0},
		{"contest", "jury", "", len(facts.Jury) > 0},
		{"contest.rules", "sponsor", `sponsor = "Slippers Coffee, Moscow"`, words.Sponsor != ""},
		{"contest.rules", "contact", `contact = "https://example.org/contact/"`, rules.Contact != ""},
		{"contest.rules", "eligibility", `eligibility = "Everybody but those who work for us."`, words.Eligibility != ""},
		{"contest.rules", "min_age", "min_age = 14", rules.MinAge > 0},
		{"contest.rules", "entry", `entry = "Send one film by the form."`, words.Entry != ""},
		{"contest.rules", "formats", `formats = ["MP4", "MOV"]`, len(rules.Formats) > 0},
		{"contest.rules", "judging", `judging = "Three jurors watch everything and talk."`, words.Judging != "" || len(facts.Criteria) > 0},
		{"contest.rules", "tie_break", `tie_break = "The one received first wins."`, words.TieBreak != ""},
		{"contest.rules", "notice", `notice = "We write to the winners."`, words.Notice != ""},
		{"contest.rules", "notice_by", "notice_by = 2026-12-12", !rules.Notice.IsZero()},
		{"contest.rules", "answer_days", "answer_days = 7", rules.AnswerDays > 0},
		{"contest.rules", "releases", `releases = "Ask everybody who can be recognised."`, words.Releases != ""},
		{"contest.rules", "privacy", `privacy = "We keep addresses until the prizes are sent."`, words.Privacy != ""},
		{"contest.rules", "platform", `platform = "No network runs this contest or answers for it."`, words.Platform != ""},
		{"contest.rules", "law", `law = "The law of the country we work in."`, words.Law != ""},
	}
}

// checkRules tells, in one problem, what the rules do not say.
func (g *plannedGallery) checkRules(probs *problem.List) {
	var missing []string
	hint := "write it below [contest]; content/README.md shows how"
	for _, part := range slices.Backward(g.ruleParts()) {
		if part.said {
			continue
		}
		missing = append(missing, part.in+"."+part.key)
		if part.example != "" {
			hint = "write what is missing, such as " + part.example + " below [" + part.in + "]"
		}
	}
	if slices.Reverse(missing); len(missing) > 0 {
		probs.Warnf(cmp.Or(g.Contest.Rules.Pos, g.Contest.Pos), hint, "the rules of the contest do not say everything: there is no %s", strings.Join(missing, ", "))
	}
}

// contestText returns what a contest says in a language, with the original's
// words where that says nothing.
func contestText(t, own *gallery.ContestText) *gallery.ContestText {
	if t == nil || own == nil {
		return cmp.Or(t, own)
	}
	both := *t
	both.Theme, both.Votes, both.DrawNote = cmp.Or(t.Theme, own.Theme), cmp.Or(t.Votes, own.Votes), cmp.Or(t.DrawNote, own.DrawNote)
	if t.Announce == "" {
		both.Announce, both.AnnounceAt = own.Announce, own.AnnounceAt
	}
	both.Categories, both.Criteria = namedTexts(t.Categories, own.Categories), namedTexts(t.Criteria, own.Criteria)
	both.Prizes = slices.Clone(own.Prizes)
	for i := range both.Prizes {
		p := at(t.Prizes, i)
		both.Prizes[i] = gallery.PrizeText{Title: cmp.Or(p.Title, own.Prizes[i].Title), Value: cmp.Or(p.Value, own.Prizes[i].Value)}
	}
	both.Jury = memberTexts(t.Jury, own.Jury)
	r, o := t.Rules, own.Rules
	both.Rules = gallery.RulesText{
		Sponsor: cmp.Or(r.Sponsor, o.Sponsor), Eligibility: cmp.Or(r.Eligibility, o.Eligibility), Entry: cmp.Or(r.Entry, o.Entry),
		Judging: cmp.Or(r.Judging, o.Judging), TieBreak: cmp.Or(r.TieBreak, o.TieBreak), Notice: cmp.Or(r.Notice, o.Notice),
		Releases: cmp.Or(r.Releases, o.Releases), Privacy: cmp.Or(r.Privacy, o.Privacy), Platform: cmp.Or(r.Platform, o.Platform), Law: cmp.Or(r.Law, o.Law),
	}
	return &both
}

// ownText returns what a contest says in its own language.
func (g *plannedGallery) ownText() gallery.ContestText {
	if g.Text.Contest == nil {
		return gallery.ContestText{}
	}
	return *g.Text.Contest
}
