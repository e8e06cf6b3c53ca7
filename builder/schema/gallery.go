package schema

import "gallerist/builder/gallery"

func galleryFile() File {
	return File{"gallery", "A gallery", "The facts between the +++ lines of gallery.md: one question to your audience.", []Key{
		line("title", "Title", "What the gallery is called.").needed(),
		line("summary", "Summary", "One or two sentences, for lists, feeds and share cards."),
		choice("kind", "Kind", "What it is. ugc: answers of your audience.", gallery.Kinds...),
		line("cover", "Cover", "Id of the submission that stands for the gallery."),
		lang(), slug(),
		call(), thanks(), watermark(),
		table("edition", "Edition", "What it says of itself as part of a series.",
			moment("date", "Date", "Where the folder's name does not begin with it."),
			count("number", "Number", "Where it is not to be counted.", 0),
			list("highlights", "Highlights", "Ids of submissions."),
		),
		live(),
		tables("why", "Why", "Of a collaboration: why you did it.",
			line("question", "Question", "Why?"),
			words("answer", "Answer", "Because."),
		),
		tables("member", "Team", "Of a collaboration: who made it. Whoever stands here is shown.", member()...),
		tables("step", "Steps", "Of a collaboration: the versions on the way.",
			moment("date", "Date", "When.").needed(),
			line("title", "Title", "What was there.").needed(),
			words("text", "Text", "What happened."),
			list("pieces", "Pieces", "Ids of submissions that show it."),
			list("by", "By", "Ids of members."),
		),
		line("result", "Result", "Of a collaboration: id of the piece it led to."),
		contest(),
		extra(),
	}}
}

func call() Key {
	return table("call", "Call", "What you ask people for.",
		line("question", "Question", "The question, as you would ask it aloud."),
		list("steps", "Steps", "How to take part."),
		list("wants", "What you look for", "What to send, and what not."),
		list("rights", "Rights", "The rights in your own words. Without them they are written from scope and months."),
		words("after", "What happens next", "When you answer, and whom."),
		moment("opens", "Opens", "From when."),
		moment("closes", "Closes", "Until when; a date alone counts to its end."),
		moment("results", "Results", "When you tell who was selected."),
		address("form", "Form", "Address of the form."),
		line("hashtag", "Hashtag", "Without #, or with it."),
		list("examples", "Examples", "Ids of submissions that show what you look for."),
		line("terms", "Terms", "Version of the terms that people agree to, such as 2026-11."),
		list("scope", "For what", "What you ask people to allow.", gallery.Scopes...),
		count("months", "How long", "For how many months; 0 is without end.", 0),
		count("revision", "Revision", "Raise it by one when you move a date.", 0),
		tables("consent", "Consents", "What people agree to, each for itself. Without any they are written from scope.",
			choice("what", "What", "What it is about.", gallery.ConsentKinds...).needed(),
			line("text", "Text", "What people agree to, in a sentence that begins with I or my.").needed(),
			flag("optional", "Optional", "One can take part without."),
		),
	)
}

func thanks() Key {
	k := table("thanks", "Thanks", "What you say to those who took part, by what came of it. {name}, {gallery} and others stand for themselves.",
		words(gallery.ThanksSelected, "Selected", "To all whose pieces are shown."))
	for _, o := range gallery.ThanksOutcomes {
		k.Keys = append(k.Keys, words(string(o), thanked[o][0], thanked[o][1]))
	}
	return k
}

// thanked says who is thanked for what.
var thanked = map[gallery.ThanksOutcome][2]string{
	gallery.ThanksWinner:    {"Winners", "To those whose pieces have an award."},
	gallery.ThanksFinalist:  {"Finalists", "To those who reached the final."},
	gallery.ThanksTaken:     {"Taken", "To those whose idea is planned, in the making or done."},
	gallery.ThanksMerged:    {"Joined", "To those whose idea was joined with another."},
	gallery.ThanksTeam:      {"Team", "To the members of a collaboration."},
	gallery.ThanksFeatured:  {"Featured", "To those whose pieces are shown large."},
	gallery.ThanksApproved:  {"Approved", "To those whose pieces are shown."},
	gallery.ThanksPending:   {"Waiting", "To those of whom nothing is decided yet."},
	gallery.ThanksOthers:    {"Others", "To those whose pieces are not shown."},
	gallery.ThanksWithdrawn: {"Withdrawn", "To those who took theirs back."},
}

func watermark() Key {
	return table("watermark", "Logo on the pictures", "Laid on where the author allowed changes.",
		flag("off", "Off", "None in this gallery."),
		line("file", "File", "Picture below assets/."),
		choice("corner", "Corner", "Where it stands.", gallery.WatermarkCorners...),
		number("size", "Size", "Its longer edge as part of the picture's shorter one.", 0, 1),
		number("opacity", "Opacity", "1 covers, 0 does not show.", 0, 1),
	)
}

func live() Key {
	return tables("live", "Live sessions", "A stream, a rehearsal, a prize-giving.",
		line("id", "Id", "A word of its own, so that calendars know it again."),
		line("title", "Title", "What it is.").needed(),
		line("where", "Where", "The place, in words."),
		words("text", "Text", "What to bring, how to join."),
		moment("starts", "Starts", "When it begins.").needed(),
		moment("ends", "Ends", "When it ends."),
		address("url", "Address", "To watch, or to put one's name down."),
		line("recording", "Recording", "Id of the piece with the film, or an address."),
		list("pieces", "Highlights", "Ids of submissions."),
		count("revision", "Revision", "Raise it by one when you move the session.", 0),
		flag("cancelled", "Cancelled", "Called off; leave it there so that calendars tell."),
		tables("moment", "Moments", "Of the recording, in order.",
			line("at", "At", "Minutes and seconds: 0:42.").needed(),
			line("text", "Text", "What happens there.").needed(),
		),
	)
}

// member is somebody of a team or a jury.
func member() []Key {
	return concat(person(), []Key{
		line("department", "Department", "Where they work."),
		flag("customer", "Customer", "A customer, not of the company."),
		line("about", "About", "Who they are, in a sentence."),
		line("says", "Says", "Something they said."),
		line("portrait", "Portrait", "A picture beside gallery.md. It is shown only with likeness = true."),
		flag("likeness", "May be seen", "They agreed that their face is shown."),
		line("alt", "What is to be seen", "What the portrait shows."),
		focus(),
	})
}

func contest() Key {
	return table("contest", "Contest", "Categories, prizes, jury and rules of a contest.",
		line("theme", "Theme", "In a few words."),
		flag("official", "Official", "Works of the winners are marked as your official content."),
		words("announce", "Announcement", "What you say with the results. Not shown before."),
		tables("category", "Categories", "", named("Awards and prizes name it by this.")...),
		tables("criterion", "Criteria", "", append(named("Points name it by this."),
			number("weight", "Weight", "1 unless told.", 0, 1e6),
			number("most", "Most points", "10 unless told.", 0, 1e6))...),
		tables("prize", "Prizes", "",
			count("rank", "Rank", "1 is the first; none: the prize goes with no rank.", 0),
			line("category", "Category", "Id of a category; none: of the contest as a whole."),
			line("title", "Title", "What it is.").needed(),
			line("value", "Value", "What it is worth, in words."),
		),
		tables("jury", "Jury", "Who decides.", member()...),
		table("votes", "Votes", "Counted elsewhere: shown with place and date, never used for places.",
			line("source", "Source", "Where they were counted."),
			address("url", "Address", "Page of the vote."),
			moment("date", "Date", "When they were counted."),
			mapOf("counts", "Counts", "By the id of the submission.", Key{Kind: Whole, Title: "Votes", Min: new(float64)}),
		),
		table("draw", "Draw", "A draw that anybody can repeat.",
			line("seed", "Seed", "What decides; best a number that nobody can choose."),
			line("note", "Note", "Where the seed comes from."),
			moment("date", "Date", "When it is held."),
			count("winners", "Winners", "How many.", 0),
		),
		rules(),
	)
}

func named(about string) []Key {
	return []Key{
		line("id", "Id", about).needed(),
		line("title", "Title", "What it is called."),
		words("text", "Text", "What it means."),
	}
}

func rules() Key {
	return table("rules", "Rules", "They become a page of their own.",
		words("sponsor", "Sponsor", "Who holds the contest."),
		line("contact", "Contact", "Address of a page, or mailto: and a mailbox that everybody may know."),
		words("eligibility", "Who may enter", "And who not."),
		count("min_age", "Least age", "In years.", 0),
		list("countries", "Countries", "Codes of two letters; none: people from everywhere."),
		words("entry", "How to enter", ""),
		count("limit", "Limit", "Works from one person; none: as many as they like.", 0),
		list("formats", "Formats", "Of files, such as MP4."),
		words("judging", "Judging", "How it is decided."),
		words("tie_break", "Ties", "What happens then."),
		words("notice", "Notice", "How winners are told."),
		moment("notice_by", "Notice by", "Until when."),
		count("answer_days", "Days to answer", "How many days winners have.", 0),
		words("releases", "People in the pictures", "Who has to agree."),
		words("privacy", "Privacy", "What you keep, and for how long."),
		words("platform", "Platform", "That no network runs it."),
		words("law", "Law", "Which law holds."),
	)
}

func seriesFile() File {
	return File{"series", "A series", "The facts between the +++ lines of series.md: galleries that follow one another.", []Key{
		line("title", "Title", "What the series is called.").needed(),
		line("summary", "Summary", "One or two sentences, for lists, feeds and share cards."),
		lang(), slug(),
		choice("every", "Rhythm", "How often an edition comes.", gallery.Rhythms...),
		moment("next", "Next", "Date of the next edition, as long as it has no folder yet."),
		line("hashtag", "Hashtag", "Of editions that have none of their own."),
		extra(),
	}}
}

func pageFile() File {
	return File{"page", "A plain page", "The facts between the +++ lines of a page such as about.md.", []Key{
		line("title", "Title", "What the page is called.").needed(),
		line("summary", "Summary", "One or two sentences, for share cards and search engines."),
		{Name: "menu", Kind: Whole, Title: "Place in the menu", About: "1 is the first; without it the page is not in the menu."},
		line("terms", "Terms", "The page is the text of the terms, in this version, such as 2026-10."),
		moment("date", "In force from", "Of terms: the first day on which they hold."),
		lang(), slug(),
		extra(),
	}}
}
