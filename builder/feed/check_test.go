package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// node is an XML element as read by a strict parser: names are "space local".
type node struct {
	name string
	attr map[string]string
	text string
	kids []*node
}

func (n *node) all(name string) (found []*node) {
	for _, k := range n.kids {
		if k.name == name {
			found = append(found, k)
		}
	}
	return found
}

// one returns the only child of that name; none and several are faults.
func (n *node) one(t *testing.T, name string) *node {
	t.Helper()
	found := n.all(name)
	if len(found) != 1 {
		t.Fatalf("%s has %d %q, want 1", n.name, len(found), name)
	}
	return found[0]
}

func (n *node) has(name string) bool { return len(n.all(name)) > 0 }

// parseXML reads a document strictly and checks what holds for every XML file
// written here.
func parseXML(t *testing.T, data []byte) *node {
	t.Helper()
	checkCharacters(t, string(data))
	d := xml.NewDecoder(bytes.NewReader(data))
	top := &node{}
	stack := []*node{top}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, data)
		}
		last := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			n := &node{name: strings.TrimSpace(tok.Name.Space + " " + tok.Name.Local), attr: map[string]string{}}
			for _, a := range tok.Attr {
				n.attr[strings.TrimSpace(a.Name.Space+" "+a.Name.Local)] = a.Value
			}
			last.kids = append(last.kids, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(tok)
		case xml.ProcInst:
			if tok.Target == "xml-stylesheet" && !strings.Contains(string(tok.Inst), `type="text/css"`) {
				t.Errorf("a stylesheet that is not CSS: %s", tok.Inst)
			}
		}
	}
	if len(top.kids) != 1 {
		t.Fatalf("%d root elements", len(top.kids))
	}
	return top.kids[0]
}

func checkCharacters(t *testing.T, s string) {
	t.Helper()
	if i := strings.IndexFunc(s, unwelcome); i >= 0 {
		t.Errorf("character %+q at byte %d", s[i:min(i+4, len(s))], i)
	}
}

func checkAbsolute(t *testing.T, what, s string) {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || escapes(s) > 0 {
		t.Errorf("%s: address is not absolute ASCII: %q", what, s)
	}
}

// checkHTML holds the rules for the markup of an item.
func checkHTML(t *testing.T, src string) (images []string) {
	t.Helper()
	checkCharacters(t, src)
	allowed := map[string]string{"figure": "", "figcaption": "", "p": " lang dir ", "a": " href ", "img": " src alt width height "}
	z := html.NewTokenizer(strings.NewReader(src))
	var open []string
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		tok := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			attrs, ok := allowed[tok.Data]
			if !ok {
				t.Errorf("element <%s> in %q", tok.Data, src)
			}
			for _, a := range tok.Attr {
				if !strings.Contains(attrs, " "+a.Key+" ") {
					t.Errorf("attribute %s of <%s> in %q", a.Key, tok.Data, src)
				}
				if a.Key == "href" || a.Key == "src" {
					checkAbsolute(t, "<"+tok.Data+">", a.Val)
				}
			}
			if tok.Data == "img" {
				images = append(images, attr(tok, "src"))
			} else {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes %q in %q", tok.Data, open, src)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("comment or doctype in %q", src)
		}
	}
	if len(open) > 0 {
		t.Errorf("left open: %q in %q", open, src)
	}
	return images
}

var rfc822 = regexp.MustCompile(`^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$`)

// checkRSS holds the rules for an RSS feed that readers show well, and returns
// the channel.
func checkRSS(t *testing.T, data []byte) *node {
	t.Helper()
	root := parseXML(t, data)
	if root.name != "rss" || root.attr["version"] != "2.0" {
		t.Fatalf("root is %s %v", root.name, root.attr)
	}
	if root.attr["xmlns media"] != "http://search.yahoo.com/mrss/" {
		t.Errorf("media namespace %q", root.attr["xmlns media"])
	}
	channel := root.one(t, "channel")
	channel.one(t, "title")
	channel.one(t, "description")
	checkAbsolute(t, "channel", channel.one(t, "link").text)
	self := 0
	for _, link := range channel.all(nsAtom + " link") {
		checkAbsolute(t, "channel link", link.attr["href"])
		if link.attr["rel"] == "self" {
			self++
		}
	}
	if self != 1 {
		t.Errorf("%d links to itself", self)
	}
	ids := map[string]bool{}
	for _, item := range channel.all("item") {
		guid := item.one(t, "guid")
		if guid.attr["isPermaLink"] != "false" || guid.text == "" || ids[guid.text] {
			t.Errorf("guid %q %v", guid.text, guid.attr)
		}
		ids[guid.text] = true
		checkRSSItem(t, item)
	}
	return channel
}

func checkRSSItem(t *testing.T, item *node) {
	t.Helper()
	item.one(t, "title")
	if item.has("author") {
		t.Error("author, which wants an e-mail address")
	}
	checkAbsolute(t, "item", item.one(t, "link").text)
	if date := item.one(t, "pubDate").text; !rfc822.MatchString(date) {
		t.Errorf("date %q", date)
	}
	markup, seen := item.one(t, "description").text, false
	for _, k := range item.kids {
		switch k.name {
		case "description":
			seen = true
		case nsContent + " encoded":
			if !seen {
				t.Error("content:encoded before description")
			}
			markup = k.text
		}
	}
	images := checkHTML(t, markup)
	if item.has(nsMedia + " group") {
		t.Error("media:group without alternatives")
	}
	media := item.all(nsMedia + " content")
	pictures := 0
	for _, m := range media {
		checkMedia(t, m)
		if m.attr["medium"] == "image" {
			if pictures >= len(images) || images[pictures] != m.attr["url"] {
				t.Errorf("picture %q is not number %d of the markup's %q", m.attr["url"], pictures, images)
			}
			pictures++
		}
	}
	if pictures > 0 && !strings.HasPrefix(markup, "<figure>") {
		t.Errorf("no picture at the top of %q", markup)
	}
	if len(media) == 0 {
		return
	}
	enclosure := item.one(t, "enclosure")
	if n, err := strconv.Atoi(enclosure.attr["length"]); err != nil || n < 0 || enclosure.attr["type"] == "" {
		t.Errorf("enclosure %v", enclosure.attr)
	}
	if enclosure.attr["url"] != media[0].attr["url"] {
		t.Errorf("enclosure %q is not the first of media:content, %q", enclosure.attr["url"], media[0].attr["url"])
	}
}

func checkMedia(t *testing.T, m *node) {
	t.Helper()
	checkAbsolute(t, "media:content", m.attr["url"])
	for _, credit := range m.all(nsMedia + " credit") {
		role, scheme := credit.attr["role"], credit.attr["scheme"]
		if role != strings.ToLower(role) {
			t.Errorf("role %q", role)
		}
		if scheme != "" {
			checkAbsolute(t, "scheme of "+role, scheme)
		} else if role != "" && !strings.Contains(strings.Join(ebuRoles, "\n"), role) {
			t.Errorf("role %q has no scheme", role)
		}
	}
}

// checkAtom holds the rules of RFC 4287 that are this package's to keep.
func checkAtom(t *testing.T, data []byte) *node {
	t.Helper()
	a := func(name string) string { return nsAtom + " " + name }
	feed := parseXML(t, data)
	if feed.name != a("feed") {
		t.Fatalf("root is %s", feed.name)
	}
	feed.one(t, a("title"))
	feed.one(t, a("id"))
	feed.one(t, a("author")).one(t, a("name"))
	date(t, feed.one(t, a("updated")).text)
	moments, ids := map[string]bool{}, map[string]bool{}
	for _, entry := range feed.all(a("entry")) {
		entry.one(t, a("title"))
		id, updated := entry.one(t, a("id")).text, entry.one(t, a("updated")).text
		if ids[id] || moments[updated] {
			t.Errorf("entry repeats the id %q or the moment %q", id, updated)
		}
		ids[id], moments[updated] = true, true
		if date(t, updated).Before(date(t, entry.one(t, a("published")).text)) {
			t.Error("updated before it was published")
		}
		enclosures := 0
		for _, link := range entry.all(a("link")) {
			checkAbsolute(t, "entry", link.attr["href"])
			if link.attr["rel"] == "enclosure" {
				enclosures++
			}
		}
		if enclosures > 1 {
			t.Errorf("%d enclosures", enclosures)
		}
		content := entry.one(t, a("content"))
		if content.attr["type"] != "html" {
			t.Errorf("content %v", content.attr)
		}
		checkHTML(t, content.text)
	}
	return feed
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.RFC3339, s)
	if err != nil || !strings.HasSuffix(s, "Z") {
		t.Errorf("date %q: %v", s, err)
	}
	return d
}

// checkJSON holds the rules of JSON Feed 1.1 and returns the feed.
func checkJSON(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var feed map[string]any
	if err := json.Unmarshal(data, &feed); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	checkJSONStrings(t, feed)
	if feed["version"] != "https://jsonfeed.org/version/1.1" {
		t.Errorf("version %v", feed["version"])
	}
	if _, ok := feed["title"].(string); !ok {
		t.Error("no title")
	}
	items, ok := feed["items"].([]any)
	if !ok {
		t.Fatal("items is not an array")
	}
	for _, i := range items {
		item := i.(map[string]any)
		markup, isHTML := item["content_html"].(string)
		if _, isText := item["content_text"].(string); !isHTML && !isText {
			t.Error("neither content_html nor content_text")
		}
		checkHTML(t, markup)
		for _, old := range []string{"author", "banner_", "size"} {
			if item[old] != nil {
				t.Errorf("key %q", old)
			}
		}
	}
	return feed
}

func checkJSONStrings(t *testing.T, v any) {
	t.Helper()
	switch v := v.(type) {
	case string:
		checkCharacters(t, v)
	case []any:
		for _, e := range v {
			checkJSONStrings(t, e)
		}
	case map[string]any:
		for k, e := range v {
			checkCharacters(t, k)
			checkJSONStrings(t, e)
		}
	}
}

// attr returns the first attribute of a name, or "".
func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
