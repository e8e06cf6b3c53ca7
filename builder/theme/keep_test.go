package theme

import (
	"bytes"
	"html/template"
	"io"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"testing/fstest"

	"gallerist/themes"
)

// filler fills views with what strangers write.
type filler struct {
	*rand.Rand
	cards []*Card
}

var oddTexts = []string{"", "", "Olya", "Tom & <b>Jerry</b>", `"quoted" 'and' +1`, "/morning/olya/", "javascript:alert(1)", "https://x.example/?a=b&c", "photo", "1.5", "#8a7f6b", "\x00\xff", "\u2028"}

func (f *filler) value(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(oddTexts[f.IntN(len(oddTexts))])
		if v.Type() == reflect.TypeFor[template.CSS]() {
			v.SetString("")
		}
	case reflect.Int:
		v.SetInt(int64(f.IntN(4)))
	case reflect.Bool:
		v.SetBool(f.IntN(2) == 0)
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), f.IntN(4), 4)
		for i := range list.Len() {
			f.value(list.Index(i), depth+1)
			switch item := list.Index(i); {
			case item.Kind() != reflect.Pointer || !item.IsNil():
			case item.Type() == cardType:
				item.Set(reflect.ValueOf(f.cards[0]))
			default:
				item.Set(reflect.New(item.Type().Elem()))
			}
		}
		v.Set(list)
	case reflect.Pointer:
		switch {
		case f.IntN(4) == 0 || depth > 6:
		case v.Type() == cardType && len(f.cards) > 0:
			v.Set(reflect.ValueOf(f.card()))
		default:
			v.Set(reflect.New(v.Type().Elem()))
			f.value(v.Elem(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && field.Type != baseType {
				f.value(v.Field(i), depth+1)
			}
		}
	}
}

// card returns one of the kept cards, or a changed copy of one.
func (f *filler) card() *Card {
	c := f.cards[f.IntN(len(f.cards))]
	if f.IntN(4) > 0 {
		return c
	}
	own := *c
	own.Title += " of its own"
	return &own
}

// site returns a kept site as one of its pages shows it.
func (f *filler) site(kept *Site, several bool) *Site {
	if f.IntN(2) == 0 {
		return kept
	}
	own := *kept
	if own.Menu = append([]Link(nil), kept.Menu...); len(own.Menu) > 0 {
		own.Menu[f.IntN(len(own.Menu))].Current = true
	}
	if several {
		f.value(reflect.ValueOf(&own.Languages).Elem(), 0)
	}
	return &own
}

// siteTemplates stand in for the foot of every page, and read the site in all
// the ways that could be taken for the same on each page.
var siteTemplates = []string{
	"",
	`{{.Site.Title}}{{.Page.Title}}{{.Site.Tagline}}`,
	`{{range .Site.Footer}}{{.Text}}{{range $.Site.Footer}}{{.Href}}{{end}}{{end}}`,
	`{{range $l := .Site.Footer}}{{range $.Site.Feeds}}{{.Title}}{{$l.Text}}{{end}}{{end}}`,
	`{{$t := .Site.Title}}{{range .Site.Menu}}{{$t}}{{.Text}}{{end}}{{$t}}`,
	`{{$t := .Page.Title}}{{range .Site.Menu}}{{$t}}{{.Text}}{{end}}`,
	`{{with .Site}}{{.Title}}{{range .Languages}}{{.Text}}{{end}}{{end}}{{with .Site.Logo}}{{.}}{{end}}`,
	`{{with .Page}}{{.Title}}{{$.Site.Title}}{{range $.Site.Footer}}{{.Text}}{{$.Page.Heading}}{{end}}{{end}}`,
	`{{range .Site.Menu}}{{if .Current}}{{.Text}}{{end}}{{else}}{{$.Page.Title}}{{end}}`,
	`{{range .Site.Footer}}{{template "partials/up" .}}{{end}}{{range .Site.Menu}}{{template "partials/up" .}}{{end}}`,
	`{{with or .Page.Title .Site.Title}}{{.}}{{end}}{{if eq .Site.Title .Page.Title}}same{{else}}other{{end}}`,
	`{{if and .Site.Title .Page.NoIndex}}{{.Site.Title}}{{end}}{{if .Site.Languages}}{{.Site.Title}}{{end}}`,
	`{{range .Page.Alternates}}{{.Lang}}{{$.Site.Title}}{{range $.Site.Feeds}}{{.Href}}{{end}}{{end}}`,
	`{{with $s := .Site}}{{range $m := $s.Menu}}{{$m.Text}}{{$s.Title}}{{end}}{{range slice $s.Languages 0}}{{.Lang}}{{end}}{{end}}`,
	`{{range .Site.Footer}}{{with .Lang}}{{.}}{{range $.Site.Footer}}{{.Lang}}{{end}}{{else}}{{$.Site.Dir}}{{end}}{{end}}`,
	`{{define "partials/figure"}}another figure of {{.Title}}{{end}}{{.Assets.CSS}}{{range .Assets.Preload}}{{.Href}}{{end}}`,
}

// FuzzKept holds pages made of what was remembered to those that html/template
// makes: two sites, the pages of all layouts in any order, cards in several of
// them.
func FuzzKept(f *testing.F) {
	for i := range siteTemplates {
		f.Add(uint64(i), uint8(i))
	}
	themed := sync.OnceValue(func() (list []*Renderer) {
		for _, text := range siteTemplates {
			site := fstest.MapFS{}
			if text != "" {
				site["partials/footer.html"] = &fstest.MapFile{Data: []byte(text)}
			}
			th, _ := Load(LoadOptions{Site: site, Builtin: themes.FS, Minify: true})
			r, _ := th.For(noWords{})
			list = append(list, r)
		}
		return list
	})
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		r := themed()[int(n)%len(siteTemplates)]
		fill := &filler{Rand: rand.New(rand.NewPCG(seed, 0))}
		var cards []*Card
		for range 4 {
			var c Card
			fill.value(reflect.ValueOf(&c).Elem(), 0)
			cards = append(cards, KeepCard(c))
		}
		fill.cards = cards
		var sites [2]*Site
		for i := range sites {
			var s Site
			fill.value(reflect.ValueOf(&s).Elem(), 0)
			sites[i] = KeepSite(s)
		}
		slow, layouts := r.Slow(), r.theme.templates.layouts()
		for range 12 {
			layout := layouts[fill.IntN(len(layouts))]
			view := reflect.New(viewOf(layout))
			fill.value(view.Elem(), 0)
			page := new(Page)
			fill.value(reflect.ValueOf(page).Elem(), 0)
			i := fill.IntN(2)
			view.Elem().FieldByName("Base").Set(reflect.ValueOf(Base{Site: fill.site(sites[i], i == 1), Page: page, Assets: r.theme.Assets}))
			var got, want bytes.Buffer
			errGot, errWant := r.Render(&got, layout, view.Interface()), slow.Render(&want, layout, view.Interface())
			if got.String() != want.String() || (errGot == nil) != (errWant == nil) {
				t.Fatalf("%s of %q differs:\ngot  %s %v\nwant %s %v", layout, siteTemplates[int(n)%len(siteTemplates)], &got, errGot, &want, errWant)
			}
		}
	})
}

// The second page that shows a card or a site's masthead does not make them
// again.
func TestKeptIsUsed(t *testing.T) {
	th, _ := Load(LoadOptions{Builtin: themes.FS, Minify: true})
	r, _ := th.For(noWords{})
	card := KeepCard(Card{Kind: "photo", Title: "Cat"})
	site := KeepSite(Site{Title: "Corn"})
	render := func() string {
		var b bytes.Buffer
		view := &List{Base: Base{Site: site, Page: &Page{}, Assets: th.Assets}, Items: []*Card{card}}
		if err := r.Render(&b, "list", view); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first := render()
	card.Title, site.Title = "Dog", "Rye" // against the rules: the only way to see it
	if second := render(); second != first {
		t.Errorf("nothing is remembered: %s", second)
	}
	if card.kept.texts.Load().next != nil {
		t.Error("the templates that a card's template calls are remembered beside it")
	}
}

// Two layouts that show a card in the same way remember it together; one with
// its own way does not.
func TestCardOfLayouts(t *testing.T) {
	site := fstest.MapFS{"layouts/404.html": {Data: []byte(`{{define "main"}}{{range .Latest}}{{template "partials/card" .}}{{end}}{{end}}{{define "partials/credit"}}nobody{{end}}`)}}
	th, problems := Load(LoadOptions{Site: site, Builtin: themes.FS})
	r, more := th.For(noWords{})
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	card := KeepCard(Card{Kind: "photo", CreditLine: "by Olya"})
	base := Base{Site: &Site{}, Page: &Page{}, Assets: th.Assets}
	count := func() (n int) {
		for k := card.kept.texts.Load(); k != nil; k = k.next {
			n++
		}
		return n
	}
	for i, page := range []struct {
		layout string
		view   any
		want   int
	}{
		{"list", &List{Base: base, Items: []*Card{card}}, 1}, {"contributor", &Contributor{Base: base, Submissions: []*Card{card}}, 1},
		{"404", &NotFound{Base: base, Latest: []*Card{card}}, 2}, {"feed", &FeedPage{Base: base, Latest: []*Card{card}}, 2},
	} {
		if err := r.Render(io.Discard, page.layout, page.view); err != nil || count() != page.want {
			t.Errorf("%d: %d texts are remembered, want %d (%v)", i, count(), page.want, err)
		}
	}
}

// What a theme cannot name it cannot break.
func TestKeptIsHidden(t *testing.T) {
	for _, text := range []string{`{{.kept}}`, `{{.kept.card}}`} {
		site := fstest.MapFS{"partials/credit.html": {Data: []byte(text)}}
		th, problems := Load(LoadOptions{Site: site, Builtin: themes.FS})
		if len(problems) == 0 {
			t.Errorf("%s can be written", text)
		}
		if _, more := th.For(noWords{}); len(more) > 0 {
			t.Error(more)
		}
	}
}
