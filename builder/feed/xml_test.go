package feed

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/feeds"
)

// reflected is an XML feed as gorilla/feeds and encoding/xml write it: what our
// own writer is held to.
type reflected struct {
	stylesheet string
	root       any
}

func (d reflected) FeedXml() any { return d }

func (d reflected) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	newline := xml.CharData("\n")
	if err := e.EncodeToken(newline); err != nil {
		return err
	}
	if d.stylesheet != "" {
		css := `href="` + strings.ReplaceAll(d.stylesheet, "&", "&amp;") + `" type="text/css"`
		if err := e.EncodeToken(xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(css)}); err != nil {
			return err
		}
		if err := e.EncodeToken(newline); err != nil {
			return err
		}
	}
	return e.Encode(d.root)
}

// checkReflected compares both XML formats of a feed, which is taken as it is:
// what Clean leaves out can come here too.
func checkReflected(t *testing.T, f *Feed) {
	t.Helper()
	rss, atom := newRSS(f), newAtom(f)
	for _, x := range []struct {
		root  any
		write func(*xmlWriter)
	}{{rss, rss.write}, {atom, atom.write}} {
		var want, got bytes.Buffer
		if err := feeds.WriteXML(reflected{f.Stylesheet, x.root}, &want); err != nil {
			t.Skip(err) // of texts that cannot be a feed's
		}
		want.WriteByte('\n')
		if err := writeXML(&got, f.Stylesheet, x.write); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("got\n%s\nwant\n%s", &got, &want)
		}
		var other strings.Builder
		if err := writeXML(struct{ io.Writer }{&other}, f.Stylesheet, x.write); err != nil || other.String() != got.String() {
			t.Errorf("another writer got %v\n%s", err, &other)
		}
	}
}

func TestXMLAsReflected(t *testing.T) {
	checkReflected(t, sample())
	checkReflected(t, &Feed{})
	checkReflected(t, &Feed{Items: []Item{{}}})
}

// Texts of every kind in every place, some of them left empty.
func FuzzXMLAsReflected(f *testing.F) {
	f.Add("a & b", "<p>]]></p>", "x\n\t\"'\x00\ufffe", uint32(0xffffffff))
	f.Add("", "", "\xff\u2028", uint32(0x5a5a))
	f.Fuzz(func(t *testing.T, a, b, c string, has uint32) {
		texts, n := []string{a, b, c}, 0
		some := func() string {
			n++
			if has>>(n%32)&1 == 0 {
				return ""
			}
			return texts[n%3]
		}
		number := func() int64 { n++; return int64(has>>(n%32)) % 1000 }
		when := func() time.Time { return time.Unix(number()*1e6, 0).UTC() }
		author := func() Author { return Author{Name: some(), URL: some(), Roles: []string{some(), "editor"}} }
		item := func() Item {
			return Item{
				ID: some(), URL: some(), Title: some(), Language: some(), Summary: some(), HTML: some(), Rights: some(), License: some(),
				Authors: []Author{author(), author()}, Tags: []string{some(), some()}, Published: when(), Updated: when(),
				Images: []Image{{URL: some(), Type: some(), Alt: some(), Length: number(), Width: int(number()), Height: int(number())}},
				Files:  []File{{URL: some(), Type: some(), Title: some(), Length: number(), Width: int(number()), Seconds: float64(number()) / 8}},
			}
		}
		feed := &Feed{
			ID: some(), Title: some(), Description: some(), Language: some(), Home: some(), At: some(), Author: author(),
			Icon: some(), Logo: some(), Rights: some(), Hub: some(), Updated: when(), Items: []Item{item(), item(), {}},
		}
		checkReflected(t, feed)
	})
}
