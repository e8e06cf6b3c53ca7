package review

import (
	"fmt"
	"strings"
	"time"
)

// Every word of the page stands here, so that it can be said in another language.

// say returns a text of the page with its places filled.
func say(key string, args ...any) string {
	text, ok := words[key]
	if !ok {
		return key
	}
	if len(args) > 0 && strings.Contains(text, "%") {
		return fmt.Sprintf(text, args...)
	}
	return text
}

func hasWord(key string) bool {
	_, ok := words[key]
	return ok
}

// date writes a day where the site is.
func (s *Server) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.opt.Desk.Config.Zone).Format("2 January 2006")
}

// words are the texts of the page by what they are for. Nobody writes into them.
var words = map[string]string{
	"lang": "en", "review": "Review", "sheet.title": "Contact sheet", "enter": "Open the contact sheet", "close": "Close", "unsaved": "What you wrote here is not saved. Leave it?",
	"nothing": "(nothing)", "all": "All", "any": "Any", "nameless": "a participant", "and more": "and %s more",

	"approve": "Approve", "feature": "Feature", "decline": "Decline", "later": "Later", "wait": "Back to waiting", "undo": "Undo",
	"save": "Save", "next": "Next", "previous": "Previous", "help": "Keys", "back": "Contact sheet",
	"one piece": "1 piece", "pieces": "pieces", "files": "files",

	"state.pending": "Waiting", "state.later": "Later", "state.approved": "Approved", "state.featured": "Featured", "state.declined": "Declined", "state.withdrawn": "Withdrawn", "state.": "Nothing",
	"explain.pending": "Nobody has decided yet.", "explain.later": "Put off until the others are decided, for as long as this runs. In the files they are still pending.",
	"explain.approved": "On the site, as soon as nothing is missing.", "explain.featured": "On the site, among the best.", "explain.declined": "Not on the site. Their authors are thanked all the same.",
	"kind.photo": "Photo", "kind.video": "Film", "kind.sound": "Sound", "kind.story": "Story", "kind.review": "Review", "kind.idea": "Idea", "kind.": "Piece",

	"skip": "Skip to the pieces", "skip.decide": "Skip to the decision", "states": "States", "steps": "Pieces", "pages": "Pages", "media": "Pictures and films",
	"progress": "%d of %d decided", "progress.label": "Decided so far", "gone": "%d withdrawn", "place": "%s, %d of %d",
	"filters": "Filters", "filter.gallery": "Gallery", "filter.missing": "Missing", "filter.alt": "Alt text", "filter.grant": "Permission", "filter.kind": "Kind", "filter.tag": "Tag",
	"filter.query": "Search", "filter.go": "Show", "filter.clear": "Show all",
	"empty.filter": "Nothing here matches. Another state may have it, or other words.", "empty.done": "Everything is decided. Run “gallerist build” to see the site, “gallerist thank” to thank everybody.",
	"empty.pending": "Nothing waits for review.", "empty.later": "Nothing was put off.", "empty.approved": "Nothing is approved yet.", "empty.featured": "Nothing is featured yet.", "empty.declined": "Nothing is declined.",
	"before": "← The ones before", "more": "More →", "range": "%d–%d of %d", "all of them": "All %d", "tick": "Choose %s",
	"bulk": "What to do with the chosen ones", "bulk.all": "Choose all", "bulk.count": "%d chosen", "bulk.count.none": "None chosen", "bulk.tagname": "Tag", "bulk.addtag": "Add tag",
	"bulk.approve": "Approved %s.", "bulk.feature": "Featured %s.", "bulk.decline": "Declined %s.", "bulk.wait": "%s back to waiting.", "bulk.later": "Put %s off.", "bulk.tag": "Tagged %s.",
	"bulk.none": "Nothing is chosen: tick the pieces first.", "bulk.tagless": "There is no tag: write one into the box.", "bulk.left": "%s left alone: the file has changed since it was shown, or cannot be changed safely. Look at them one by one.",
	"flag.alt": "no alt text", "flag.grant": "no permission", "flag.twin": "looks like another",
	"broken.list": "Cannot be read", "broken.unknown": "it has a mistake; run “gallerist check”", "comparing": "Comparing pictures: %d of %d. What looks alike is shown as soon as it is found.",

	"decide": "Decision", "up": "Move up", "down": "Move down", "no alt yet": "A picture without alt text", "missing": "missing", "nomedia": "There is nothing in it but its title.",
	"elsewhere": "A film on another host. It is not loaded here.", "story": "Story",
	"field.status": "Decision", "field.title": "Title", "field.caption": "Caption", "field.tags": "Tags", "field.tags.hint": "with commas between", "field.review.note": "Note for yourselves", "field.note.hint": "never shown",
	"field.thanks.words": "Words to them alone", "field.thanks.hint": "first on their page of thanks and in their letter",
	"field.alt": "Alt text", "field.alt.of": "Alt text of %s", "field.caption.of": "Caption of %s", "field.focus.of": "Focus of %s", "field.crop.of": "Crop of %s", "field.mcaption": "Caption of this one", "field.focus": "What every shape must keep",
	"field.award.title": "Award %s: its name", "field.award.rank": "Award %s: rank", "field.award.finalist": "Award %s: finalist", "field.award.gone": "Award %s: taken back",
	"field.edit.what": "New edit", "field.edit.by": "New edit, by", "field.edit.agreed": "New edit, agreed",
	"focus.text": "Click on the picture, or move the mark with the arrow keys. From the left and from the top, as parts of the whole: 0.5 0.5 is the middle.", "focus.value": "Focus", "focus.clear": "Middle", "crops": "In other shapes", "preview": "How it will look in a list",
	"crop.square": "square", "crop.card": "share card", "crop.tall": "tall", "crop.shown": "The picture as it is shown",
	"field.crop": "Crop", "crop.text": "What lies outside the crop is published nowhere; the file stays as it is. As parts of the whole picture: 0.5 is half of it. Leave all four empty for the whole picture.",
	"crop.draw": "Or draw it: drag over the picture, or move the frame with the arrow keys and size it with Shift and an arrow key.",
	"crop.x":    "From the left", "crop.y": "From the top", "crop.w": "Width", "crop.h": "Height", "crop.new": "Draw a crop", "crop.clear": "Whole picture",
	"crop.frame": "Crop of %s", "crop.keys": "Arrow keys move it, Shift and an arrow key size it, Delete takes it away", "crop.now": "%1 from the left, %2 from the top, %3 wide, %4 high", "crop.none": "the whole picture",
	"crop.ask": "A crop is a change: ask the author, then record under “What you changed in it” that they agreed. The page tells of it.", "crop.told": "The page tells of it.",
	"credit": "Credit line", "credit.author's own wording": "the author's own wording", "credit.form of the name as given": "form of the name as given", "credit.form of the name computed": "form of the name computed", "credit.name not inflected": "name as it is",
	"notes": "Good to know", "problems": "What the files say", "words": "Words", "thanks": "What the author will be told", "thanks.approved": "If it is published", "thanks.declined": "If it is not",
	"thanks.where": "The words come from [thanks] in gallery.md, from thanks/OUTCOME.md of the site, or from the language. “gallerist thank” writes the letters.",
	"awards":       "Awards", "award.number": "Award %d", "award.new": "One more award", "award.title": "Name", "award.rank": "Rank", "award.finalist": "Finalist", "award.gone": "Take it back",
	"edits": "What you changed in it", "edit.new": "Record a change", "edit.what": "What was done", "edit.by": "By", "edit.agree": "The author agreed", "edit.agreed": "agreed", "edit.unagreed": "not agreed yet",
	"edit.retouch": "The author's permission covers changes.", "reviewed": "Decided by %s",

	"held": "What keeps it from the site", "held.none.now": "Nothing keeps it from the site.", "held.none": "Nothing keeps it from the site once you approve it.",
	"held.author.short": "it has no author", "held.author.text": "It has no author.", "held.author.hint": "Add [author] with name = \"…\" to the file; one who wants no name has name = false below [consent].",
	"held.grant.short": "there is no permission", "held.grant.text": "The author's permission is missing.", "held.grant.hint": "Ask for it. When you have it, write status = \"granted\" below [grant], with the terms and the date.",
	"held.expired.short": "the permission has ended", "held.expired.text": "The permission has ended.", "held.expired.hint": "Ask again, or decline it.",
	"held.scope.short": "the permission does not cover the site", "held.scope.text": "The permission does not cover the site.", "held.scope.hint": "Ask for it; then \"site\" belongs into scope below [grant].",
	"held.guardian.short": "a guardian's consent is missing", "held.guardian.text": "The author is under age, and the consent of a parent or guardian is missing.", "held.guardian.hint": "Ask for it, keep it in private/, and name it as guardian = \"form-44\".",
	"held.age.short": "nobody says whether the author is under age", "held.age.text": "Nobody says whether the author is under age.", "held.age.hint": "Ask, then write minor = false, or minor = true with a guardian.",
	"held.release.short": "the word of who is in the picture is missing", "held.release.text": "Somebody can be recognised who has not allowed it, or nobody says who is in it.", "held.release.hint": "Write a [[person]] with a release for each, or nobody = true.",
	"held.edit.short": "a change is not agreed", "held.edit.text": "It was changed, and the author has not agreed.", "held.edit.hint": "Ask, then write agreed = true below that [[edit]].",
	"held.crop.short": "the crop is not agreed", "held.crop.text": "It is cropped, and the author has not agreed.", "held.crop.hint": "Ask, then record under “What you changed in it” that the author agreed; or take the crop back.",
	"held.scheduled.short": "its day has not come", "held.scheduled.text": "Its day has not come.", "held.scheduled.hint": "Nothing to do: it appears on the day that published names.",
	"held.alt.short": "alt text is missing", "held.alt.text": "No alt text for %s.", "held.alt.hint": "Say in the box below the picture what it shows, for people who do not see it.",
	"held.withdrawn.short": "it was withdrawn", "held.withdrawn.text": "It was withdrawn.", "held.withdrawn.hint": "Nothing to do.", "held.unknown.short": "its status is unknown", "held.unknown.text": "Its status is unknown.", "held.unknown.hint": "Decide, and it has one.",
	"held.pending.short": "it waits", "held.pending.text": "It waits.", "held.pending.hint": "Decide.", "held.declined.short": "it is declined", "held.declined.text": "It is declined.", "held.declined.hint": "Decide.",
	"note.name": "The name is not shown: the author did not agree to it.", "note.name.hint": "The credit says “a participant”.",
	"note.place": "The place is not shown: the author did not agree to it.", "note.place.hint": "",
	"note.minor": "The author is under age.", "note.minor.hint": "Only the first name and the country are shown.",
	"note.disclosure": "What ties the author to you is told beside it: %s.", "note.disclosure.hint": "",
	"note.alt": "No alt text for %s.", "note.alt.hint": "It is published without; people who do not see it will not know what it shows.",
	"note.until": "The permission holds until %s.", "note.until.hint": "",
	"withdrawn.file": "This very file was withdrawn as %s and cannot be published.",

	"twins": "Looks like another one", "twin.this": "This one", "twin.same": "The very same file.", "twin.alike": "They look alike: a crop, a copy, or the next moment.",

	"did.approve": "Approved “%s”.", "did.feature": "Featured “%s”.", "did.decline": "Declined “%s”.", "did.wait": "“%s” waits again.", "did.later": "“%s” comes again at the end.", "did.save": "Saved “%s”.",
	"did.moved": "Moved, in “%s”.", "did.nothing": "Nothing to change in “%s”.", "did.held": "It is not on the site yet: %s.", "did.broken": "Its file has a mistake now; see the end of the sheet.",
	"undo.nothing": "There is nothing to undo.", "undo.done": "Undone.", "undo.one": "Undone: “%s” is %s again.", "undo.changed": "Not undone: %s was changed after that. Nothing was written.",
	"refused.author": "Not approved: it has no author. Add [author] with name = \"…\" to the file.", "refused.rank": "Not saved: %q is no rank. 1 is the first.", "refused.crop": "Not saved: %q is no crop. Fill in all four numbers, from 0 to 1, width and height at least 0.1, and not beyond the picture; or none of them.", "refused.focus": "Not saved: %q is no point. Write two numbers from 0 to 1, such as 0.5 0.25.",
	"refused.order.translation": "Not moved: %s has alt text for the first picture, and would say it of another one. List the media there too, then change the order in the files.",
	"refused.order.product":     "Not moved: a product is marked in the first picture without its name. Add file = \"…\" to it first.",

	"conflict.title": "The file has changed meanwhile", "conflict.text": "Somebody, or another program, has changed “%s” since you opened it. Nothing was written. Choose what is to stand in", "conflict.mine": "Yours", "conflict.theirs": "In the file",
	"conflict.also": "This has changed too, and stays as the file has it", "conflict.go": "Write my choice", "conflict.drop": "Look at it again",

	"help.title": "Keys", "help.media": "picture or film of that number", "help.arrows": "move on the sheet; move the focus or the crop, on the picture", "help.tick": "choose, on the sheet", "help.search": "search, on the sheet", "help.back": "back to the sheet",
	"help.text": "Each key has a button that does the same. On the sheet, approve, feature and decline go to what is chosen, or to the piece you stand on. Keys rest while you write.",

	"guard.title": "This page is closed", "guard.token": "Open it by the address that “gallerist review” printed: it holds the key.", "guard.stale": "The page is from an earlier run. Open it by the address that “gallerist review” printed last.",
	"guard.host": "this page answers only to its own name, such as localhost with the port", "guard.method": "this is not asked in that way", "guard.origin": "only pages of this program may change anything here", "guard.form": "the form cannot be read",
	"missing.title": "There is no such page", "missing.text": "The piece may have been moved or withdrawn. Go back to the sheet.", "broken.title": "Something cannot be read or written",
}
