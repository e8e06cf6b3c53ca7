package source

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

const (
	thanksDir = "thanks"
	maxThanks = 64 << 10 // bytes of a template
)

// What each template's braces may name. A paragraph that names what somebody
// has not is left out for them; what nobody can have is an error.
var (
	toAll     = []string{"gallery", "site", "page", "call"}
	toPresent = append([]string{"name", "withdraw"}, toAll...)
	toShown   = append([]string{"piece"}, toPresent...)

	thanksBraces = map[string][]string{
		string(gallery.ThanksWinner):    append([]string{"award"}, toShown...),
		string(gallery.ThanksFinalist):  append([]string{"award"}, toShown...),
		string(gallery.ThanksTaken):     append([]string{"status"}, toShown...),
		string(gallery.ThanksMerged):    append([]string{"status"}, toShown...),
		string(gallery.ThanksTeam):      toShown,
		string(gallery.ThanksFeatured):  toShown,
		string(gallery.ThanksApproved):  toShown,
		string(gallery.ThanksPending):   toPresent,
		string(gallery.ThanksOthers):    toPresent,
		string(gallery.ThanksWithdrawn): toAll,
		gallery.ThanksLetter:            append([]string{"greeting", "words"}, toShown...),
	}
)

// thanksNames lists every outcome.
func thanksNames() []string {
	var list []string
	for _, outcome := range gallery.ThanksOutcomes {
		list = append(list, string(outcome))
	}
	return list
}

// ThanksTemplates reads the site's own words of thanks, thanks/OUTCOME.md in the
// site's own language and thanks/OUTCOME.LANG.md in others. One with an error in
// it is left out. Each language stands for itself: what it has no file for it
// says in its own words.
func ThanksTemplates(fsys fs.FS, own string, languages []string, probs *problem.List) gallery.ThanksTemplates {
	entries, err := fs.ReadDir(fsys, thanksDir)
	if err != nil {
		return nil // most sites have none; what is no folder is told of elsewhere
	}
	all := gallery.ThanksTemplates{}
	for _, e := range entries {
		pos := problem.Pos{File: thanksDir + "/" + e.Name()}
		if ignored(strings.ToLower(e.Name())) || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		outcome, lang, ok := thanksName(pos, e, own, languages, probs)
		if !ok {
			continue
		}
		src, err := fs.ReadFile(fsys, pos.File)
		switch {
		case err != nil:
			probs.Errorf(pos, "change its permissions, or put it there again", "the file cannot be read")
			continue
		case len(src) > maxThanks:
			probs.Errorf(pos, "shorten the text", "larger than %d kB", maxThanks>>10)
			continue
		}
		if t := thanksTemplate(pos.File, outcome, src, probs); t != nil {
			if all[lang] == nil {
				all[lang] = map[string]*gallery.ThanksTemplate{}
			}
			all[lang][outcome] = t
		}
	}
	return all
}

// thanksName returns the outcome and the language that the name of a file says.
func thanksName(pos problem.Pos, e fs.DirEntry, own string, languages []string, probs *problem.List) (outcome, lang string, ok bool) {
	outcome, lang, ok = markdownName(e.Name())
	switch {
	case !e.Type().IsRegular():
		probs.Warnf(pos, "put the file itself there", "not a regular file, so it is not opened")
	case !ok:
		probs.Errorf(pos, "take it out: words of thanks are in files such as thanks/winner.md", "no words of thanks")
	case thanksBraces[outcome] == nil:
		probs.Errorf(pos, problem.DidYouMean(outcome, append(thanksNames(), gallery.ThanksLetter)), "there are no thanks for %s", strict.Quote(outcome))
	case lang == own:
		probs.Errorf(pos, "put its words into "+outcome+".md", "%s.md is already in the language %q", outcome, own)
	case lang != "" && !slices.Contains(languages, lang):
		probs.Errorf(pos, "languages of the site: "+strings.Join(languages, ", ")+"; more are added to languages in site.toml", "%q is not one of the site's languages", lang)
	default:
		if lang == "" {
			lang = own
		}
		return outcome, lang, true
	}
	return "", "", false
}

// thanksTemplate reads a template, nil where there is an error in it.
func thanksTemplate(file, outcome string, src []byte, probs *problem.List) *gallery.ThanksTemplate {
	before := probs.Count(problem.Error)
	head, body, at := strict.FrontMatter(file, src, probs)
	if head == nil {
		return nil
	}
	t := &gallery.ThanksTemplate{Pos: problem.Pos{File: file}, Subject: head.Line("subject")}
	braces := thanksBraces[outcome]
	if outcome == gallery.ThanksLetter {
		checkBraces(head.Pos("subject"), t.Subject, toShown, probs) // what has several lines is no subject
	} else {
		checkBraces(head.Pos("subject"), t.Subject, braces, probs)
	}
	head.Done()
	head.Free()
	checkBraces(at, body, braces, probs)
	t.Paragraphs = thanksParagraphs(body, outcome == gallery.ThanksLetter)
	switch {
	case len(t.Paragraphs) == 0:
		probs.Errorf(at, "write some, or delete the file: then the words of the language stand in", "there are no words in it")
	case outcome == gallery.ThanksLetter && !strings.Contains(body, "{words}"):
		probs.Errorf(at, "add {words} as a paragraph where they are to stand", "a letter without {words} tells nobody what came of taking part")
	}
	if probs.Count(problem.Error) > before {
		return nil
	}
	return t
}

// thanksParagraphs parts a text at its blank lines. The lines of a paragraph are
// kept, or put together.
func thanksParagraphs(body string, lines bool) []string {
	var list []string
	var open []string
	for line := range strings.SplitSeq(body+"\n", "\n") {
		if line = strings.TrimRight(line, " \t"); line != "" {
			open = append(open, line)
			continue
		}
		if p := strings.Join(open, "\n"); p != "" && lines {
			list = append(list, p)
		} else if p != "" {
			list = append(list, strict.Line(p))
		}
		open = open[:0]
	}
	return list
}

// thanksText reads a gallery's own words of thanks.
func thanksText(t *strict.Table) gallery.ThanksText {
	own := gallery.ThanksText{}
	for _, key := range append([]string{gallery.ThanksSelected}, thanksNames()...) {
		braces := thanksBraces[key]
		if key == gallery.ThanksSelected {
			braces = toShown
		}
		if words := thankWords(t, key, braces); words != "" {
			own[key] = words
		}
	}
	return own
}

// thankWords reads words of thanks, "" for none and for those with an error in them.
func thankWords(t *strict.Table, key string, braces []string) string {
	words := t.String(key)
	var probs problem.List
	checkBraces(problem.Pos{}, words, braces, &probs)
	for _, p := range probs {
		t.Errorf(key, p.Hint, "%s", p.Text)
	}
	if len(probs) > 0 {
		return ""
	}
	return words
}

// checkBraces reports words in braces that stand for nothing, and braces that
// are not closed. pos is where the text begins; without a line it is not known.
func checkBraces(pos problem.Pos, text string, known []string, probs *problem.List) {
	for at := 0; ; {
		open := strings.IndexByte(text[at:], '{')
		if open < 0 {
			return
		}
		at += open
		here := placeIn(pos, text[:at])
		end := strings.IndexByte(text[at:], '}')
		if line := strings.IndexByte(text[at:], '\n'); end < 0 || line >= 0 && line < end {
			probs.Errorf(here, "close it with }, or take it out", "a brace that is not closed")
			return
		}
		name := text[at+1 : at+end]
		if !slices.Contains(known, name) {
			probs.Errorf(here, problem.DidYouMean(name, known), "nothing is called {%s} here", name)
		}
		at += end + 1
	}
}

// placeIn returns where a text ends that begins at pos.
func placeIn(pos problem.Pos, before string) problem.Pos {
	if pos.Line == 0 {
		return pos
	}
	if n := strings.Count(before, "\n"); n > 0 {
		pos.Line += n
		pos.Col = 1
		before = before[strings.LastIndexByte(before, '\n')+1:]
	}
	pos.Col += utf8.RuneCountInString(before)
	return pos
}
