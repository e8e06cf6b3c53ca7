package importer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// instagram reads what Instagram gives to the holder of an account who asks for
// their information as JSON: the posts and reels that the account published.
//
// What its files say has moved and changed often, so they are looked for by
// name wherever they stand:
//
//	posts_1.json, posts_2.json, …   since 2022: a list of posts
//	reels.json, igtv_videos.json    the same below ig_reels_media, ig_igtv_media
//	media.json                      until 2021: photos and videos, one an entry
//
// A post has media (uri, title, creation_timestamp in seconds), and where it has
// several its own title and creation_timestamp. Texts are UTF-8 of which each
// byte was written as a letter of its own; see mend. Stories, archived and
// deleted posts and profile pictures were not published for long or not to
// everybody, and are left. Places and the cameras' notes are not looked at.
//
// Posts have no id there. One is known by the second in which it was published.
type instagram struct{}

const maxJSON = 128 << 20

// instagramFile tells the files of posts, in JSON and in HTML.
var instagramFile = lazyregexp.New(`^(posts(_\d+)?|reels|igtv_videos|media)\.(json|html)$`)

// isInstagram reports whether a file is one of posts. Names such as media.json
// say little, so that of an old export has to begin as such.
func isInstagram(in Input, name string) bool {
	m := instagramFile().FindStringSubmatch(path.Base(name))
	if m == nil {
		return false
	}
	begin := in.begins(name, 64<<10) // a caption has 2,200 letters, of which each may be six bytes
	switch {
	case m[3] == "html":
		return m[1] != "media" && bytes.Contains(bytes.ToLower(begin), []byte("<html"))
	case m[1] == "media":
		return bytes.Contains(begin, []byte(`"taken_at"`))
	}
	return bytes.Contains(begin, []byte(`"creation_timestamp"`)) || bytes.Contains(begin, []byte(`"media"`))
}

// Tells reports whether there is a file of posts.
func (instagram) Tells(in Input) bool {
	return in.any(func(name string) bool { return isInstagram(in, name) })
}

// Read returns an entry for each post, in the order in which they were
// published.
func (instagram) Read(ctx context.Context, in Input, opt *Options, probs *problem.List) ([]Entry, error) {
	l, err := walk(ctx, in, probs)
	if err != nil {
		return nil, err
	}
	var posts []post
	html, read := "", 0
	for _, name := range l.paths {
		if !isInstagram(in, name) {
			continue
		}
		if path.Ext(name) == ".html" {
			html = name
			continue
		}
		data, err := in.read(name, maxJSON)
		ok, err := in.readable(name, maxJSON, err, probs)
		if err != nil {
			return nil, err
		}
		if read++; ok {
			posts = append(posts, readPosts(in, name, data, probs)...)
		}
	}
	switch {
	case read == 0 && html != "":
		probs.Errorf(in.At(html), "ask Instagram for your information once more and choose JSON as its format", "this export is in HTML, which is made for looking at")
	case read == 0:
		probs.Errorf(in.At("."), "ask Instagram for your information as JSON, with posts and reels among it", "there are no posts in it")
	}
	return l.posts(posts, opt), nil
}

// post is what all shapes have in common.
type post struct {
	at    problem.Pos
	file  string
	when  int64 // Unix seconds; 0 = unknown
	text  string
	media []postMedium
}

type postMedium struct{ uri, text string }

// instagramPost and instagramMedium are the JSON since 2022, instagramOld what
// was before. Numbers come as texts too.
type instagramPost struct {
	Media []instagramMedium `json:"media"`
	Title string            `json:"title"`
	When  json.Number       `json:"creation_timestamp"`
}

type instagramMedium struct {
	URI   string      `json:"uri"`
	Title string      `json:"title"`
	When  json.Number `json:"creation_timestamp"`
}

type instagramOld struct {
	Path    string `json:"path"`
	Caption string `json:"caption"`
	TakenAt string `json:"taken_at"`
}

// readPosts reads one file of posts.
func readPosts(in Input, name string, data []byte, probs *problem.List) []post {
	lists, err := jsonLists(data)
	if err != nil {
		probs.Errorf(in.At(name), againIt, "not read to its end: it is no JSON from some place on")
	}
	var posts []post
	for _, item := range lists {
		at := in.At(name)
		at.Line = item.line
		var p post
		var ok bool
		switch item.key {
		case "", "media", "ig_reels_media", "ig_igtv_media", "ig_posts":
			p, ok = newPost(item.raw)
		case "photos", "videos":
			p, ok = oldPost(item.raw)
		default:
			continue
		}
		if !ok {
			probs.Errorf(at, "look at this post in Instagram, and add it by hand", "a post that is not as posts are, so it is left out")
			continue
		}
		p.at, p.file = at, name
		posts = append(posts, p)
	}
	return posts
}

func newPost(raw json.RawMessage) (p post, ok bool) {
	var in instagramPost
	if json.Unmarshal(raw, &in) != nil || len(in.Media) == 0 {
		return p, false
	}
	p.when, p.text = seconds(in.When), mend(in.Title)
	for _, m := range in.Media {
		if p.when == 0 {
			p.when = seconds(m.When)
		}
		p.media = append(p.media, postMedium{mend(m.URI), mend(m.Title)})
	}
	if p.text == "" || len(p.media) == 1 {
		p.text = cmp.Or(p.text, p.media[0].text)
		p.media[0].text = ""
	}
	return p, p.when > 0
}

func oldPost(raw json.RawMessage) (p post, ok bool) {
	var in instagramOld
	if json.Unmarshal(raw, &in) != nil || in.Path == "" {
		return p, false
	}
	t, err := time.Parse("2006-01-02T15:04:05", in.TakenAt)
	if err != nil {
		t, err = time.Parse(time.RFC3339, in.TakenAt)
	}
	return post{when: t.Unix(), text: mend(in.Caption), media: []postMedium{{uri: mend(in.Path)}}}, err == nil
}

// seconds reads a moment; 0 where it is none between 2010, when Instagram began,
// and 2100.
func seconds(n json.Number) int64 {
	s, err := strconv.ParseFloat(string(n), 64)
	if err != nil || s < 1_262_304_000 || s > 4_102_444_800 {
		return 0
	}
	return int64(s)
}

// jsonItem is one element of a list in a JSON document.
type jsonItem struct {
	key  string // of the list in the document's object; "" = the document is the list
	line int
	raw  json.RawMessage
}

// jsonLists returns the elements of a list, or of all lists in an object. An
// error comes with what was read before it.
func jsonLists(data []byte) (items []jsonItem, err error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(data))
	line, counted := 1, int64(0)
	list := func(key string) error {
		for dec.More() {
			var raw json.RawMessage
			if err := dec.Decode(&raw); err != nil {
				return err
			}
			begin := dec.InputOffset() - int64(len(raw))
			line += bytes.Count(data[counted:begin], []byte("\n"))
			counted = begin
			items = append(items, jsonItem{key, line, raw})
		}
		_, err := dec.Token()
		return err
	}
	tok, err := dec.Token()
	switch {
	case err != nil:
		return nil, err
	case tok == json.Delim('['):
		return items, list("")
	case tok != json.Delim('{'):
		return nil, errors.New("neither list nor object")
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return items, err
		}
		rest := bytes.TrimLeft(data[dec.InputOffset():], " \t\r\n:")
		if !bytes.HasPrefix(rest, []byte("[")) {
			var skip json.RawMessage
			if err := dec.Decode(&skip); err != nil {
				return items, err
			}
			continue
		}
		if _, err := dec.Token(); err != nil {
			return items, err
		}
		name, _ := key.(string)
		if err := list(name); err != nil {
			return items, err
		}
	}
	_, err = dec.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return items, err
}

// posts makes entries of posts.
func (l *files) posts(posts []post, opt *Options) []Entry {
	slices.SortStableFunc(posts, func(a, b post) int { return cmp.Compare(a.when, b.when) })
	posts = carousels(posts)
	var entries []Entry
	used := map[string]int{}
	seen := map[string]bool{}
	for _, p := range posts {
		first := path.Base(p.media[0].uri)
		if id := fmt.Sprint(p.when, " ", first); seen[id] {
			continue // two files of one export, or two exports of one account, hold it
		} else {
			seen[id] = true
		}
		key := strconv.FormatInt(p.when, 10)
		if used[key]++; used[key] > 1 {
			key += "-" + strconv.Itoa(used[key])
		}
		e := Entry{Key: key, At: p.at, Received: time.Unix(p.when, 0).UTC(), Tags: hashtags(p.text)}
		if opt.Zone != nil {
			e.Received = e.Received.In(opt.Zone)
		}
		if text := strings.TrimSpace(p.text); strings.Contains(text, "\n") || utf8.RuneCountInString(text) > maxCaption {
			e.Story = Escape(text)
		} else {
			e.Caption = text
		}
		if name := strict.Line(strict.Clean(opt.Author)); name != "" {
			e.Authors = []gallery.Author{{Name: name}}
		}
		for _, m := range p.media {
			e.Media = append(e.Media, l.postMedium(p, m))
		}
		entries = append(entries, e)
	}
	return entries
}

// maxCaption is how long a text of one line may be, in letters, to stand as a
// caption and not as a story.
const maxCaption = 200

// carousels joins what an old export gives as posts of one second with one
// caption: pictures that were posted together.
func carousels(posts []post) []post {
	var out []post
	for _, p := range posts {
		if n := len(out) - 1; n >= 0 && path.Base(p.file) == "media.json" && out[n].file == p.file && out[n].when == p.when && out[n].text == p.text {
			out[n].media = append(out[n].media, p.media...)
			continue
		}
		out = append(out, p)
	}
	return out
}

// postMedium returns a medium of a post. One that is not in the export is left
// to be found by its name.
func (l *files) postMedium(p post, m postMedium) Medium {
	medium := Medium{Name: path.Base(m.uri)}
	if found := l.find(path.Dir(p.file), m.uri); found != "" && !strings.Contains(m.uri, "://") {
		medium = l.medium(found)
	}
	medium.Caption = strict.Line(m.text)
	return medium
}

// mend turns texts back that were written a byte a letter: where all letters
// are below U+0100 and their bytes are UTF-8. Others are as they should be.
func mend(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return strict.Clean(s)
		}
		b = append(b, byte(r))
	}
	if !utf8.Valid(b) {
		return strict.Clean(s)
	}
	return strict.Clean(string(b))
}

// maxTags is how many hashtags become tags: Instagram takes thirty.
const maxTags = 30

// hashtags returns the words behind # in a text, each once. They stay in the
// text too.
func hashtags(text string) []string {
	var tags []string
	seen := map[string]bool{}
	for rest := text; len(tags) < maxTags; {
		i := strings.IndexAny(rest, "#＃")
		if i < 0 {
			break
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		_, size := utf8.DecodeRuneInString(rest[i:])
		rest = rest[i+size:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '_' })
		if end < 0 {
			end = len(rest)
		}
		tag := rest[:end]
		if rest = rest[end:]; tag == "" || i > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before) || before == '&') {
			continue
		}
		if key := source.Fold(tag); !seen[key] && strings.IndexFunc(tag, unicode.IsLetter) >= 0 {
			seen[key] = true
			tags = append(tags, tag)
		}
	}
	return tags
}
