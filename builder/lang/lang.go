// Package lang says every word that Gallerist says in a site: labels, counts,
// dates, lists, thanks and credit lines, in each language by its own grammar.
// It also sorts names as the language does and makes addresses (slugs).
//
// The words stand in languages/xx.toml, one file a language; en.toml explains
// every key to translators. A site may change words, or bring a whole
// language, in a file of the same shape (see Words). To add a language to the
// program: copy en.toml, translate, and the tests say what is missing.
//
//	l, problems := lang.Load("ru")
//	l.Label("thanks.hello", "name", "Маша")          // Спасибо, Маша!
//	l.Plural("gallery.chosen", 10, "total", 80)      // 10 из 80 отобраны
//	l.Date(t)                                        // 9 ноября 2026
//	l.DateRange(t, u)                                // 9–15 ноября 2026
//	l.List([]string{"Оля", "Маша", "Лев"})           // Оля, Маша и Лев
//	l.CreditLine(lang.Credit{Kind: gallery.Photo, People: authors}) // Фото от Оли, Москва
//
// A key that no file has is shown in brackets, "[nav.hame]": a page says what
// is missing instead of failing.
//
// # Numbers, dates, names
//
// Plural categories are those of CLDR for whole numbers. Dates are written in
// the zone that the time value carries, never in the machine's. Names are
// sorted by the Unicode collation algorithm with the language's tailoring:
// the language's own script first, other scripts after it, and at the end
// whatever begins with no letter. Use SortBy for lists: Compare makes two keys
// each time.
//
// # Credit lines
//
// A credit line says what was made, by whom and from where. Names are only
// inflected when their form is certain; else the line is built so that no
// form is needed: «Фото от Оли, Москва», but «Фото: olya_photo, Москва». The
// rules for Russian names are in russian.go. An author's own wording and own
// forms of the name always win; a surname is inflected by these alone. Places
// stay in their first form, as do names in thanks unless a vocative was given;
// languages that need one (language.vocative) thank without a name else.
//
// Credit lines are plain text with ordinary spaces, since they also go into
// feeds and picture files; only French keeps its own before a colon. A name that reads in the other direction than the
// language is set between Unicode isolates (U+2068, U+2069).
//
// A Language is never changed once loaded; all its methods may be called from
// many goroutines.
package lang

import (
	"embed"
	"sync"
	"unicode"

	"golang.org/x/text/language"
)

//go:embed languages/*.toml
var languages embed.FS

// fallback is the language whose words stand in where another has none.
const fallback = "en"

// Language speaks one language.
type Language struct {
	tag, base string              // "ru-RU", "ru"
	words     map[string]message  // by dotted key
	lists     map[string][]string // by dotted key
	meta      meta
	script    *unicode.RangeTable // of the language's own names; nil = any
	collators sync.Pool
}

// meta is what the table [language] says, ready for use.
type meta struct {
	name, dir, locale, plural, group, decimal, nameCase, vocative, comma string
	day                                                                  text     // of a date
	months                                                               []string // as they stand beside a day
}

// prepare makes ready what is asked for often.
func (l *Language) prepare() {
	at := func(key string) string { return l.Label("language." + key) }
	l.meta = meta{
		name: at("name"), dir: at("dir"), locale: at("locale"), plural: at("plural"), group: at("group"), decimal: at("decimal"), nameCase: at("case"), vocative: at("vocative"), comma: l.Label("list.comma"),
		day: l.words["date.day"].forms[other], months: l.lists["date.names"],
	}
	l.markQuoted()
	if t, err := language.Parse(l.tag); err == nil {
		if region, sure := t.Region(); sure == language.Exact {
			l.meta.locale = l.base + "_" + region.String()
		}
	}
	l.prepareSorting()
}

// canonical returns a tag in its usual spelling and its language alone.
func canonical(tag string) (full, base string) {
	t, err := language.Parse(tag)
	if err != nil {
		return tag, tag
	}
	b, _ := t.Base()
	return t.String(), b.String()
}

// Tag returns the BCP 47 tag, for the lang attribute.
func (l *Language) Tag() string { return l.tag }

// Dir returns "ltr" or "rtl".
func (l *Language) Dir() string { return l.meta.dir }

// Name returns what the language calls itself.
func (l *Language) Name() string { return l.meta.name }

// OGLocale returns the locale as the Open Graph protocol writes it: "ru_RU".
// The region of the tag counts; without one it is that of the word file.
func (l *Language) OGLocale() string { return l.meta.locale }
