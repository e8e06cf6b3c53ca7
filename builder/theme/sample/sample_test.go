package sample_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gallerist/builder/theme"
	"gallerist/builder/theme/sample"
	"gallerist/themes"
)

// echo says the key of each label.
type echo struct{}

func (echo) Label(key string, args ...any) string         { return key }
func (echo) Plural(key string, n int, args ...any) string { return key }
func (echo) OtherDir(tag string) string {
	if tag == "ar" {
		return "rtl"
	}
	return ""
}

func load(t *testing.T) (sample.Options, *theme.Renderer) {
	t.Helper()
	th, problems := theme.Load(theme.LoadOptions{Builtin: themes.FS})
	r, more := th.For(echo{})
	for _, p := range append(problems, more...) {
		t.Error(p)
	}
	return sample.Options{Theme: th, Media: "/_sample/"}, r
}

// TestEveryLayout holds that each layout of plain has a sample, that every sample
// can be rendered, and that no page has one id twice.
func TestEveryLayout(t *testing.T) {
	o, r := load(t)
	seen := map[string]bool{}
	for _, v := range sample.Views(o) {
		name := v.Layout + ", " + v.State + ", " + v.Lang
		if seen[name] {
			t.Errorf("two samples are %s", name)
		}
		seen[name], seen[v.Layout] = true, true
		var b bytes.Buffer
		if err := r.Render(&b, v.Layout, v.Data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if id := twice(t, b.Bytes()); id != "" {
			t.Errorf("%s: two elements have the id %q", name, id)
		}
	}
	for _, tag := range sample.Languages() {
		var b bytes.Buffer
		if err := r.Render(&b, sample.GuideLayout, sample.Guide(o, tag)); err != nil {
			t.Error(err)
		}
		if id := twice(t, b.Bytes()); id != "" {
			t.Errorf("style guide, %s: two elements have the id %q", tag, id)
		}
		seen[sample.GuideLayout] = true
	}
	for _, layout := range o.Theme.Layouts() {
		if !seen[layout] {
			t.Errorf("no sample of the layout %q", layout)
		}
	}
}

// twice returns an id that two elements have, or "".
func twice(t *testing.T, page []byte) string {
	t.Helper()
	ids := map[string]bool{}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		if z.Next() == html.ErrorToken {
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			return ""
		}
		for _, a := range z.Token().Attr {
			if a.Key == "id" && ids[a.Val] {
				return a.Val
			} else if a.Key == "id" {
				ids[a.Val] = true
			}
		}
	}
}

// TestEveryField holds that each field of each view, and of what views hold, has a
// value in some sample: what no sample has, no test of a theme sees.
func TestEveryField(t *testing.T) {
	o, _ := load(t)
	o.Theme.Layout = theme.Layout{Engine: "lanes", LaneUnits: 40, WordsLine: 20, WordsLineUnits: 4, WordsUnits: 20}
	filled := map[string]bool{}
	for _, v := range sample.Views(o) {
		note(reflect.ValueOf(v.Data), filled)
	}
	for _, lists := range []any{sample.Cards(o, "en"), sample.Calls(o, "en"), sample.Pagers(), sample.Filters("en")} {
		note(reflect.ValueOf(lists), filled)
	}
	for field, has := range filled {
		if !has && !strings.HasPrefix(field, "Assets.") && field != "Site.Preload" && !strings.HasPrefix(field, "Preload.") {
			t.Errorf("no sample has a %s", field)
		}
	}
}

// note marks the fields of a value and of what it holds that have values.
func note(v reflect.Value, filled map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			note(v.Elem(), filled)
		}
	case reflect.Slice:
		for i := range v.Len() {
			note(v.Index(i), filled)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name := v.Type().Name() + "." + f.Name
				filled[name] = filled[name] || !v.Field(i).IsZero()
				note(v.Field(i), filled)
			}
		}
	}
}

// TestDrawings holds that every address of a picture in a view leads to a drawing
// of the width that the address promises, and that others lead nowhere.
func TestDrawings(t *testing.T) {
	o, r := load(t)
	for _, v := range sample.Views(o) {
		var b bytes.Buffer
		if err := r.Render(&b, v.Layout, v.Data); err != nil {
			t.Fatal(err)
		}
		for _, address := range regexp.MustCompile(`/_sample/[^\s",]+`).FindAllString(b.String(), -1) {
			svg, ok := sample.Drawing(address)
			if !ok {
				t.Fatalf("%s, %s: %s leads nowhere", v.Layout, v.State, address)
			}
			if err := xml.Unmarshal(svg, new(struct{})); err != nil {
				t.Fatalf("%s: %v", address, err)
			}
		}
	}
	for _, address := range []string{"", "/_sample/x.svg", "/_sample/1-zzz-3x3.svg", "/_sample/1-ffffff-0x3.svg", "/_sample/1-ffffff-99999x3.svg", "/_sample/-1-ffffff-3x3.svg", "/_sample/1-ffffff-3x3.png"} {
		if _, ok := sample.Drawing(address); ok {
			t.Errorf("%q leads to a drawing", address)
		}
	}
}

// TestSame holds that samples are always the same.
func TestSame(t *testing.T) {
	o, _ := load(t)
	if !reflect.DeepEqual(sample.Views(o), sample.Views(o)) {
		t.Error("two calls give two results")
	}
}
