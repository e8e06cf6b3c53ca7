package importer

import (
	"math"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// What other sites write into front matter is read by the names that are usual
// for it, of which our own are always one: so folders that were edited with the
// CMS configuration of Gallerist come over as they are. Keys without a meaning
// here are kept below [extra]. So is everything that is said of permissions: that
// somebody agreed is no answer of theirs.

// Names of keys, the surest first.
var (
	imageKeys = []string{"media", "images", "image", "photos", "photo", "pictures", "picture", "gallery", "files", "file", "videos", "video",
		"audio", "cover", "featured_image", "featuredimage", "thumbnail", "hero"}
	authorKeys   = []string{"author", "authors", "by", "photographer", "artist", "creator"}
	receivedKeys = []string{"received", "date", "created", "created_at", "submitted", "submitted_at", "timestamp", "publishdate", "pubdate"}
	takenKeys    = []string{"taken", "date_taken", "taken_at", "captured"}
	placeKeys    = []string{"place", "location", "city"}
	captionKeys  = []string{"caption", "description", "summary", "excerpt", "subtitle"}
	tagKeys      = []string{"tags", "categories", "keywords"}
	storyKeys    = []string{"story", "body", "text", "content"}
	// ours are written into the new file as they are.
	ours = []string{"credit", "copyright", "acquire_url", "source_type", "focus", "rating", "product", "disclosure", "person", "nobody", "guardian"}
)

// entryOf makes an entry of a page. Media are looked for from the page's folder
// and below folders.
func (l *files) entryOf(p *page, opt *Options, folders []string, probs *problem.List) Entry {
	e := Entry{Key: p.name, At: p.at, Front: map[string]any{}}
	if stem, _ := languageOf(path.Base(p.name)); stem == "index" || stem == "submission" {
		e.Key = path.Dir(p.name)
	}
	e.Contact = p.contacts()
	e.Authors = p.authors(&e)
	e.Title, e.Alt = p.line("title", "heading"), p.line("alt", "image_alt", "alt_text")
	if name := p.line("name"); e.Title == "" {
		e.Title = name
	} else if name != "" && len(e.Authors) == 0 {
		e.Authors = []gallery.Author{{Name: name}}
	}
	e.Caption, e.Place = p.line(captionKeys...), p.line(placeKeys...)
	if utf8.RuneCountInString(e.Caption) > maxLine {
		p.body = strings.TrimSpace(e.Caption + "\n\n" + p.body)
		e.Caption = ""
	}
	for _, key := range tagKeys {
		for _, tag := range textList(p.take(key)) {
			if tag = strings.TrimLeft(tag, "#"); tag != "" && !slices.Contains(e.Tags, tag) {
				e.Tags = append(e.Tags, tag)
			}
		}
	}
	e.Received, e.Taken = p.date(opt.Zone, probs, receivedKeys...), p.date(opt.Zone, probs, takenKeys...)
	e.Lang = p.language(opt)
	e.License = p.license()
	if kind, ok := p.head["kind"].(string); ok && slices.Contains(gallery.PieceKinds, kind) {
		e.Kind = gallery.PieceKind(kind)
		delete(p.head, "kind")
	}
	if minor, ok := p.head["minor"].(bool); ok {
		e.Minor = &minor
		delete(p.head, "minor")
	}
	e.Story = p.body
	if e.Story == "" {
		if story, ok := p.take(storyKeys...).(string); ok {
			e.Story = strings.TrimSpace(story)
		}
	}
	if mailAddress().MatchString(e.Story) {
		probs.Warnf(e.At, "take it out of submission.md before the piece is published, unless its author wants it there", "there is an e-mail address in its text")
	}
	l.media(p, &e, folders, probs)
	for _, key := range ours {
		if v := full(p.take(key)); v != nil && len(tomlValue(v)) < maxExtra/4 {
			e.Front[key] = v
		}
	}
	if isParts(p.head["crop"], 4) {
		e.Front["crop"] = p.take("crop")
	}
	return e
}

// maxLine is how long a text may be, in letters, to stand as a line below a
// picture and not in the story.
const maxLine = 1000

// rest keeps what nobody has taken of a page, and returns its keys.
func (p *page) rest(e *Entry, probs *problem.List) (keys []string) {
	delete(p.head, "id") // it was another site's
	extra := map[string]any{}
	room := maxExtra
	for _, key := range sorted(p.head) {
		v := full(p.head[key])
		if v == nil {
			continue
		}
		if n := len(tomlValue(v)); n > maxExtra/4 || n > room || len(key) > maxName/2 {
			probs.Warnf(p.at, "copy what you need of it by hand", "what stands under %s is too long to be kept", strict.Quote(key))
			continue
		} else {
			room -= n
		}
		extra[key] = v
		keys = append(keys, key)
	}
	if len(extra) > 0 {
		e.Front["extra"] = extra
	}
	return keys
}

// maxExtra is how much is kept of what nobody needs, in bytes: front matter has
// 64 kB, and a line of it 10.
const maxExtra = 32 << 10

// full returns a value without anything in it that says nothing; nil where
// nothing is left.
func full(v any) any {
	switch v := v.(type) {
	case []any:
		var list []any
		for _, x := range v {
			if x = full(x); x != nil {
				list = append(list, x)
			}
		}
		if len(list) > 0 {
			return list
		}
		return nil
	case map[string]any:
		for key, x := range v {
			if x = full(x); x == nil || len(key) > maxName/2 {
				delete(v, key)
			} else {
				v[key] = x
			}
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	if hollow(v) {
		return nil
	}
	return v
}

var mailAddress = lazyregexp.New(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`)

// contacts takes out of a page what must not be published: whatever is named as
// contact data, and whatever looks like an e-mail address.
func (p *page) contacts() []Contact {
	var list []Contact
	for _, key := range sorted(p.head) {
		if !slices.Contains(storyKeys, key) {
			p.head[key] = private(key, p.head[key], false, &list)
		}
	}
	return list
}

// private returns what is left of the value of a key; all says that it stands
// below a private one.
func private(key string, v any, all bool, list *[]Contact) any {
	all = all || source.IsPrivate([]string{key})
	switch v := v.(type) {
	case map[string]any:
		for _, below := range sorted(v) {
			v[below] = private(below, v[below], all, list)
		}
	case []any:
		for i := range v {
			v[i] = private(key, v[i], all, list)
		}
	case nil, bool:
	default:
		s := plainLine(v)
		found := mailAddress().FindString(s)
		switch {
		case all && s != "":
			*list = append(*list, Contact{strings.ToLower(key), s})
			return nil
		case found != "" && !source.IsMediaName(s):
			*list = append(*list, Contact{"email", found})
			return strict.Line(strings.NewReplacer("<"+found+">", "", "("+found+")", "", "mailto:"+found, "", found, "").Replace(s))
		}
	}
	return v
}

// authors returns who made it.
func (p *page) authors(e *Entry) (list []gallery.Author) {
	v := p.take(authorKeys...)
	several, ok := v.([]any)
	if !ok && v != nil {
		several = []any{v}
	}
	for _, x := range several {
		switch x := x.(type) {
		case string:
			if name := strict.Line(x); name != "" {
				list = append(list, gallery.Author{Name: name})
			}
		case map[string]any:
			a := &page{head: map[string]any{}}
			for key, v := range x {
				a.head[strings.ToLower(key)] = v
			}
			author := gallery.Author{
				Name: a.line("name", "title"), Place: a.line("place", "city", "location"), Country: a.line("country"),
				Roles: textList(a.take("roles", "role")), Members: textList(a.take("members")),
			}
			if author.URL = a.line("url", "website", "link", "homepage"); !isWebAddress(author.URL) {
				author.URL = ""
			}
			if g := a.line("gender"); g == "f" || g == "m" {
				author.Gender = g
			}
			if len(author.Members) > 0 {
				author.Kind = gallery.Group
			}
			if author.Name != "" || author.Place != "" || author.URL != "" {
				list = append(list, author)
			}
		}
	}
	return list
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(s, " \t\n\\\"<>")
}

// language returns the language of the texts, by their key or the file's name.
func (p *page) language(opt *Options) string {
	_, lang := languageOf(path.Base(p.name))
	for _, key := range []string{"lang", "language", "locale"} {
		if said := languageNamed(strings.ReplaceAll(plainLine(p.head[key]), "_", "-")); said != "" {
			delete(p.head, key)
			lang = said
			break
		}
	}
	if lang == opt.Lang {
		return ""
	}
	return lang
}

// license returns a licence that is known by its name.
func (p *page) license() string {
	for _, key := range []string{"license", "licence"} {
		s := strings.Join(strings.Fields(strings.ToUpper(plainLine(p.head[key]))), "-")
		for id := range gallery.Licenses {
			if strings.ToUpper(id) == s {
				delete(p.head, key)
				return id
			}
		}
	}
	return ""
}
