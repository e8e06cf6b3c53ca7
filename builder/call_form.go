package builder

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/problem"
)

// CallForm is what a form has to ask those who answer a call, in one language.
// The words are plain: what somebody answers comes back letter by letter.
type CallForm struct {
	Gallery string // folder below content
	Lang    string
	Title   string
	Intro   []string // above the questions, a paragraph each
	Fields  []FormField
	Closes  string // last day, as 2026-11-22; "" = no end
	Warning string // that everybody can read the answers, for forms where they can
}

// FieldKind says how a question is answered.
type FieldKind string

// Kinds of fields.
const (
	FieldFiles  FieldKind = "file upload"
	FieldShort  FieldKind = "short text"
	FieldLong   FieldKind = "long text"
	FieldChoice FieldKind = "choice of one"
	FieldTick   FieldKind = "box to tick"
)

// FormField is one question.
type FormField struct {
	ID       string // the same in all languages: "name", "consent-name"
	Kind     FieldKind
	Title    string
	Help     string
	Options  []string // answers to choose from; of a box, what ticking it says
	Means    []string // of each option what it gives: one of gallery.ConsentKinds, or "minor"
	Required bool
	Private  bool // the answer is never shown: it has no place where others can read
}

// NoCallForm says why there is no form, and what to do about it.
type NoCallForm struct{ Text, Hint string }

func (e *NoCallForm) Error() string { return e.Text }

// CallForms returns the form of a gallery's call in each language of the site,
// its own first. An error that is no *UnknownGallery and no *NoCallForm means
// that the folder cannot be read.
func CallForms(ctx context.Context, fsys fs.FS, opt Options, dir string) ([]CallForm, problem.List, error) {
	cfg, content, probs, err := readFolder(ctx, fsys, opt)
	if err != nil {
		return nil, probs, err
	}
	var g *gallery.Gallery
	var dirs []string
	for _, each := range content.Galleries {
		if dirs = append(dirs, each.Dir); each.Dir == dir {
			g = each
		}
	}
	if g == nil {
		return nil, probs, &UnknownGallery{dir, problem.DidYouMean(dir, dirs)}
	}
	if err := formable(g); err != nil {
		return nil, probs, err
	}
	var forms []CallForm
	m := newModel(content, cfg, opt, &probs)
	for i, tag := range cfg.Languages {
		words, found := lang.Load(tag, ownWords(fsys, tag)...)
		probs = append(probs, found...)
		l := &locale{Language: words, tag: tag, index: i, m: m, text: cfg.text(tag), base: cfg.BasePath(), origin: cfg.Origin()}
		if i > 0 {
			l.prefix = tag + "/"
		}
		forms = append(forms, l.callForm(&plannedGallery{Gallery: g}))
	}
	return forms, probs.Sorted(), nil
}

// formable tells why a gallery has no form.
func formable(g *gallery.Gallery) error {
	switch c := g.Call; {
	case c == nil:
		return &NoCallForm{fmt.Sprintf("%s has no call", g.Pos.File),
			`write [call] there, and below it what you ask: question = "…" and scope = ["site", "feed", "embed", "social"]`}
	case len(c.Scope) == 0:
		return &NoCallForm{fmt.Sprintf("the call of %s does not say what people are to allow, so there is nothing that they could agree to", g.Pos.File),
			`add below [call]: scope = ["site", "feed", "embed", "social"] and months = 24; words of your own in rights stay beside it`}
	case !slices.Contains(c.Scope, "site") && !slices.Contains(c.Scope, "web"):
		return &NoCallForm{fmt.Sprintf("the scope of the call of %s leaves out this site, so nothing that comes in could be shown", g.Pos.File),
			`add "site" to scope below [call]`}
	case len(c.Consents) > 0 && !asks(c, "grant"):
		return &NoCallForm{fmt.Sprintf("the consents of the call of %s leave out the work itself, so nothing that comes in could be shown", g.Pos.File),
			`add [[call.consent]] with what = "grant" and the words by which people allow it, or take all of them out: then they are written from scope`}
	}
	return nil
}

// callForm makes the form in this language.
func (l *locale) callForm(g *plannedGallery) CallForm {
	t := l.galleryText(g)
	f := CallForm{Gallery: g.Dir, Lang: l.tag, Title: t.Title, Closes: l.isoDay(g.Call.Closes), Warning: l.Label("form.public")}
	f.Intro = append(f.Intro, t.Summary)
	f.Intro = append(append(append(f.Intro, t.Call.Steps...), t.Call.Wants...), t.Call.Rights...)
	f.Intro = append(f.Intro, t.Call.After, l.Label("consent.intro"))
	f.Intro = append(f.Intro, l.formTerms(g.Call))
	f.Fields = append(l.workFields(g, t), l.personFields(g)...)
	f.Fields = append(f.Fields, l.consentFields(g, t)...)
	f.Fields = append(f.Fields, l.lastFields(g)...)
	f.plain()
	return f
}

// formTerms says which terms hold and where they can be read, "" where the call
// names none.
func (l *locale) formTerms(c *gallery.Call) string {
	if c.Terms == "" {
		return ""
	}
	version := l.Label("consent.version", c.Terms)
	if a := l.m.termsOf(c.Terms); a != nil && l.m.cfg.BaseURL != defaultBaseURL {
		return l.Label("terms.read") + " (" + version + "): " + l.abs(a.path)
	}
	return version
}

// workFields ask for the work.
func (l *locale) workFields(g *plannedGallery, t gallery.Text) []FormField {
	media := FormField{ID: "media", Kind: FieldFiles, Title: l.Label("form.media"), Help: l.Label("form.media_help"), Required: g.Kind == gallery.Contest}
	story := FormField{ID: "story", Kind: FieldLong, Title: t.Call.Question, Help: l.Label("form.story_help"), Required: g.Kind == gallery.Ideas}
	if story.Title == "" {
		story.Title = l.Label("form.story")
	}
	alt := FormField{ID: "alt", Kind: FieldShort, Title: l.Label("form.alt"), Help: l.Label("form.alt_help")}
	if g.Kind == gallery.Ideas {
		return []FormField{{ID: "title", Kind: FieldShort, Title: l.Label("form.idea"), Required: true}, story, media, alt}
	}
	return []FormField{media, story, alt}
}

// personFields ask who they are.
func (l *locale) personFields(g *plannedGallery) []FormField {
	list := []FormField{
		{ID: "name", Kind: FieldShort, Title: l.Label("form.name"), Help: l.Label("form.name_help")},
		{ID: "place", Kind: FieldShort, Title: l.Label("form.place"), Help: l.Label("form.place_help")},
	}
	if asks(g.Call, "url") {
		list = append(list, FormField{ID: "url", Kind: FieldShort, Title: l.Label("form.url")})
	}
	return list
}

// consentFields ask for each consent in a box of its own.
func (l *locale) consentFields(g *plannedGallery, t gallery.Text) []FormField {
	var list []FormField
	for _, c := range l.consentsAsked(g.Call, t) {
		list = append(list, FormField{
			ID: "consent-" + c.what, Kind: FieldTick, Title: l.Label("consent.what_" + c.what),
			Options: []string{c.text}, Means: []string{c.what}, Required: !c.optional,
		})
	}
	return list
}

// lastFields ask for what is never shown.
func (l *locale) lastFields(g *plannedGallery) []FormField {
	var list []FormField
	if !asks(g.Call, "age") {
		list = append(list, FormField{
			ID: "age", Kind: FieldChoice, Title: l.Label("form.age"), Required: true,
			Options: []string{l.Label("form.adult"), l.Label("form.minor")}, Means: []string{"age", "minor"},
		}, FormField{
			ID: "guardian", Kind: FieldShort, Title: l.Label("form.guardian"), Help: l.Label("form.guardian_help"), Private: true,
		})
	}
	return append(list, FormField{
		ID: "mail", Kind: FieldShort, Title: l.Label("form.mail"), Help: l.Label("form.mail_help"), Required: true, Private: true,
	})
}

// isoDay returns the last day of a span that ends before t, "" for none.
func (l *locale) isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.lastMoment(t).In(l.m.cfg.Zone).Format(time.DateOnly)
}

// asks reports whether a call's own consents have one of a kind.
func asks(c *gallery.Call, what string) bool {
	return slices.ContainsFunc(c.Consents, func(x gallery.Consented) bool { return x.What == what })
}

// Agreement is an answer that counts, to the letter, what it gives (one of
// gallery.ConsentKinds, or "minor"), and to what question.
type Agreement struct{ Text, Gives, Question string }

// Agreements returns what answers to forms give, in all their languages, each
// once.
func Agreements(forms []CallForm) []Agreement {
	var list []Agreement
	for _, f := range forms {
		for _, x := range f.Fields {
			for i, text := range x.Options {
				if a := (Agreement{text, x.Means[i], x.Title}); !slices.Contains(list, a) {
					list = append(list, a)
				}
			}
		}
	}
	return list
}

// UsualAgreements returns what forms ask people to agree to where nobody has
// written words of their own, in every language of the program: all but the use
// of the work, whose words name the site and the months.
func UsualAgreements() []Agreement {
	var list []Agreement
	for _, tag := range lang.Known() {
		words, _ := lang.Load(tag)
		for _, what := range []string{"name", "place", "likeness", "thanks"} {
			list = append(list, Agreement{common(words.Label("consent." + what)), what, common(words.Label("consent.what_" + what))})
		}
		age := common(words.Label("form.age"))
		list = append(list, Agreement{common(words.Label("form.adult")), "age", age}, Agreement{common(words.Label("form.minor")), "minor", age})
	}
	return list
}

// Public returns the form as it is asked where everybody can read the answers:
// without what is private, and saying so.
func (f CallForm) Public() CallForm {
	f.Intro = append([]string{f.Warning}, f.Intro...)
	f.Fields = slices.DeleteFunc(slices.Clone(f.Fields), func(x FormField) bool { return x.Private })
	return f
}

// plain makes all texts plain: without empty paragraphs, and with common spaces,
// since forms and spreadsheets give back others.
func (f *CallForm) plain() {
	f.Title = common(f.Title)
	for i := range f.Intro {
		f.Intro[i] = common(f.Intro[i])
	}
	f.Intro = slices.DeleteFunc(f.Intro, func(s string) bool { return s == "" })
	for i := range f.Fields {
		x := &f.Fields[i]
		x.Title, x.Help = common(x.Title), common(x.Help)
		for j := range x.Options {
			x.Options[j] = common(x.Options[j])
		}
	}
}

// common makes every run of white space, no-break spaces too, one space.
func common(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u2060", "", "\u00ad", "").Replace(s)), " ")
}
