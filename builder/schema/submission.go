package schema

import "gallerist/builder/gallery"

func submissionFile() File {
	return File{"submission", "A submission", "The facts between the +++ lines of submission.md: what one person or group sent you.", concat(
		piece(), review(), people(), answers(), []Key{extra()},
	)}
}

func concat(lists ...[]Key) []Key {
	var all []Key
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// piece is what the work is.
func piece() []Key {
	return []Key{
		{Name: "id", Kind: Line, Title: "Id", About: "4 to 64 small letters, digits and hyphens that are nobody else's and never change: feeds know the piece by them.", Form: "^[a-z0-9-]{4,64}$", Needed: true},
		line("title", "Title", "What the piece is called."),
		line("alt", "What is to be seen", "What the first picture shows, in a sentence, for those who cannot see it."),
		line("caption", "Caption", "One line under the picture."),
		line("place", "Where it was made", "Town or place where the work was made."),
		list("tags", "Tags", "A few words by which pieces are found together."),
		choice("kind", "Kind", "What it is, where the files do not tell.", gallery.PieceKinds...),
		moment("received", "Received", "When it came in."),
		moment("taken", "Taken", "When the picture or film was made."),
		moment("published", "Published", "When it goes out. Before that moment it stays hidden."),
		lang(), slug(),
		line("credit", "Credit line", "The credit in the author's own words, where you were given one."),
		focus(), crop(),
		choice("source_type", "How it was made", "A word of the IPTC's list of digital source types; published pictures carry it.", gallery.SourceTypes...),
		tables("media", "Files", "Pictures, films and recordings in the order in which they are shown.",
			line("file", "File", "Name of a file beside this one."),
			address("link", "Film elsewhere", "Address of a film on another host. Nothing is loaded from there before a visitor goes."),
			line("poster", "Poster", "Picture that stands for a film."),
			line("alt", "What is to be seen", "What it shows, in a sentence, for those who cannot see it."),
			line("caption", "Caption", "One line under it."),
			focus(), crop(),
		),
		tables("product", "Products", "What a review is about, or what is to be seen in a picture.",
			line("name", "Name", "What it is called.").needed(),
			address("url", "Address", "Page of the product."),
			line("gtin", "Bar code", "The 8, 12, 13 or 14 digits below the bar code, as text."),
			line("price", "Price", "As you write prices: 890 ₽."),
			line("file", "Picture", "The picture it is in, where there are several."),
			number("x", "From the left", "Where it is in the picture, from its left: 0.5 is the middle.", 0, 1),
			number("y", "From the top", "Where it is in the picture, from its top: 0.5 is the middle.", 0, 1),
		),
		{Name: "rating", Kind: Whole, Title: "Stars", About: "1 to 5, of a review that names its product.", Min: new(float64), Max: at(5)},
	}
}

func at(x float64) *float64 { return &x }

// review is where the decision and the permission stand.
func review() []Key {
	return []Key{
		choice("status", "Status", "Where the review stands. Only approved and featured are shown.", gallery.Statuses...).needed(),
		table("review", "Review", "Who decided, and when. None of it is shown.",
			line("by", "By", "Who decided."),
			moment("on", "On", "When."),
			Key{Name: "note", Kind: Any, Title: "Note", About: "For yourselves."},
		),
		table("grant", "Permission", "What the author allowed you with the work.",
			choice("status", "Status", "Only granted publishes.", gallery.GrantStatuses...),
			line("terms", "Terms", "Version of the terms that the author saw, such as 2026-10."),
			line("text", "Text of the terms", "First 12 characters or more of the SHA-256 that the page of the terms shows."),
			moment("date", "Date", "When it was given."),
			list("scope", "For what", "Where the work may be shown and what may be done with it.", gallery.Scopes...),
			moment("until", "Until", "The last day on which it holds."),
			choice("method", "How", "How it was given.", gallery.GrantMethods...),
			line("evidence", "Evidence", "A reference of yours that means nothing to others, such as form-44. Letters and addresses belong in private/."),
			line("territory", "Where", "Where in the world it holds, in words."),
		),
		line("license", "Licence", "What the author allows everybody, such as CC-BY-4.0. Without it all rights stay with the author."),
		line("copyright", "Copyright notice", "Where it is not simply the author's name."),
		address("acquire_url", "Where to ask for it", "Page where others can ask for permission to use it."),
		table("withdrawal", "Withdrawal", "Written by \"gallerist withdraw\".",
			moment("date", "Date", "When it was taken back."),
			list("originals", "Files", "SHA-256 of what was sent."),
			line("unfinished", "Unfinished", "Folder that is still to be deleted."),
		),
	}
}

// people are those who made it and those who are in it.
func people() []Key {
	return []Key{
		tables("author", "Author", "Who made it. Two people are two tables.", concat(person(),
			[]Key{
				line("country", "Country", "Shown of a minor in place of the town."),
				list("members", "Members", "Names of a group's members."),
				mapOf("names", "Names elsewhere", "The name in other languages of the site.", line("", "Name", "The name in this language.")),
			})...),
		table("consent", "Consent", "What may be shown about the person.",
			flag("name", "Name", "The name may stand beside the piece."),
			flag("place", "Town", "The town may stand beside the piece."),
			flag("url", "Link", "The link to their page may be shown."),
			flag("thanks", "Thanks", "They may be thanked by name even if the piece is not selected."),
			flag("likeness", "People in the picture", "What they answered to whether those in it may be shown. With false a picture is left out until you say who is in it, or that nobody is."),
		),
		flag("minor", "Under age", "true: under age, so only a first name and the country are shown. false: of age."),
		line("guardian", "Guardian", "Your reference to the consent of a parent or guardian, such as form-44."),
		flag("nobody", "Nobody in the picture", "Nobody can be recognised in it."),
		tables("person", "People in the picture", "Who can be recognised. None of it is shown.",
			choice("release", "Agreed", "Whether they agreed to be shown.", gallery.Releases...),
			line("evidence", "Evidence", "A reference of yours, such as form-12."),
			flag("minor", "Under age", "A child."),
			line("guardian", "Guardian", "Your reference to the consent of a parent or guardian."),
		),
		table("disclosure", "Tie to the brand", "What ties the author to you; it is told wherever the piece is.",
			choice("kind", "Kind", "What kind of tie.", gallery.Disclosures...),
			line("text", "In your words", "Instead of the words of the language."),
		),
		table("thanks", "Words of thanks", "To those who sent it alone.",
			words("words", "Words", "They stand on their page of thanks and in their letter, before what everybody is told."),
		),
	}
}

// person is what authors, members and jurors have in common.
func person() []Key {
	return []Key{
		line("id", "Id", "Small letters, digits and hyphens; the same in all pieces of one person."),
		line("name", "Name", "As they call themselves."),
		line("place", "Town", "Where they are from."),
		choice("kind", "Kind", "Who it is.", gallery.AuthorKinds...),
		choice("gender", "Grammar", "f or m, for languages whose sentences need it.", "f", "m"),
		table("forms", "Forms of the name", "For languages with cases, where the program is not sure.",
			line("gen", "Genitive", "Ольги Петровой"), line("dat", "Dative", "Ольге Петровой"), line("acc", "Accusative", "Ольгу Петрову"),
			line("ins", "Instrumental", "Ольгой Петровой"), line("voc", "Vocative", "Ольга"),
		),
		address("url", "Page", "Their page or profile."),
		line("role", "Role", "What they did, such as photographer or dancer."),
		list("roles", "Roles", "Several things that they did."),
	}
}

// answers are what the brand says to a piece.
func answers() []Key {
	return []Key{
		tables("award", "Awards", "A rank, a place among the finalists, or an award with words of its own.",
			line("title", "Title", "What it is called, where it is more than a rank."),
			line("category", "Category", "In a contest, the id of one of its categories."),
			line("by", "By", "Who gave it."),
			words("reason", "Reason", "Why."),
			count("rank", "Rank", "1 is the first.", 0),
			flag("tie", "Shared", "The rank is shared."),
			flag("finalist", "Finalist", "It reached the final."),
		),
		tables("verdict", "Verdicts", "What the jury said. Nothing of it is shown before the results.",
			line("by", "By", "Id of somebody of the jury."),
			words("words", "Words", "What they said."),
			mapOf("scores", "Points", "By the id of the criterion.", Key{Kind: Number, Title: "Points", Min: new(float64)}),
		),
		tables("edit", "Changes", "What you changed in the work. The page says it.",
			line("what", "What", "What was changed."),
			line("by", "By", "Who did it."),
			moment("date", "Date", "When."),
			flag("agreed", "Agreed", "The author agreed. Without it the piece is left out."),
		),
		table("idea", "Idea", "Your answer to an idea, on a board of ideas.",
			words("answer", "Answer", "What you say to it."),
			count("supporters", "Supporters", "How many support it, counted elsewhere.", 0),
			moment("counted", "Counted", "The day on which they were counted."),
			line("duplicate_of", "The same as", "Id of the idea that you go on with."),
			table("outcome", "What came of it", "An address, or the id of a submission.",
				address("url", "Address", "Page of what came of it."),
				line("piece", "Piece", "Id of a submission."),
				line("text", "Words", "What it is called."),
			),
			tables("status", "Changes of status", "Every change, the oldest first.",
				choice("status", "Status", "Where the idea stands.", gallery.IdeaStatuses...),
				moment("date", "Date", "Since when."),
				words("reason", "Reason", "Why."),
			),
		),
	}
}
