package builder

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// maxCaptions is the size of the largest captions file, in bytes: an hour of
// quick speech has a tenth of that.
const maxCaptions = 1 << 20

// readCaptions reads a film's captions, one file a language.
func (ps *pictures) readCaptions(c *clip, list []gallery.Captions, own string, probs *problem.List) {
	for _, t := range list {
		tag, err := language.Parse(cmp.Or(t.Lang, own))
		pos := problem.Pos{File: t.Path}
		if err != nil {
			probs.Warnf(pos, "name them after the film and a language: walk.en.vtt for English", "captions in %q, which is no language that is known", t.Lang)
			continue
		}
		i := slices.IndexFunc(c.track, func(f clipFile) bool { return f.lang == tag.String() })
		if i >= 0 {
			probs.Warnf(pos, "keep one of the two", "captions in the same language as %s", c.track[i].origin)
			continue
		}
		if f, ok := captions(ps.fsys, t.Path, probs); ok {
			f.lang = tag.String()
			c.track = append(c.track, f)
		}
	}
}

// captions reads the captions of a film. They are published without notes and
// styles: notes are for those who made them, styles are the theme's.
func captions(fsys fs.FS, name string, probs *problem.List) (clipFile, bool) {
	pos := problem.Pos{File: name}
	info, err := fs.Stat(fsys, name)
	if err != nil || info.Size() > maxCaptions {
		probs.Errorf(pos, "save them as a WebVTT file of at most 1 MB", "the captions cannot be read")
		return clipFile{}, false
	}
	src, err := fs.ReadFile(fsys, name)
	if err != nil || !utf8.Valid(src) {
		probs.Errorf(pos, "save them as a WebVTT file in UTF-8", "the captions cannot be read")
		return clipFile{}, false
	}
	text := cleanCaptions(string(src))
	if text == noCaptions {
		probs.Errorf(pos, "write each as a line of times such as 00:01.000 --> 00:02.500, and below it what is said", "there are no captions in it")
		return clipFile{}, false
	}
	return clipFile{path: media.KeyPath(text, "vtt"), origin: name, mediaType: "text/vtt", size: int64(len(text)),
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(text))), nil }}, true
}

// noCaptions is a WebVTT file without a cue.
const noCaptions = "WEBVTT\n"

// timing is the line of a cue that says when (WebVTT, 4.1).
var timing = regexp.MustCompile(`^\s*(\d+:)?\d\d:\d\d\.\d{3}[ \t]+-->[ \t]+(\d+:)?\d\d:\d\d\.\d{3}`)

// cleanCaptions keeps of a WebVTT file its cues: the blocks that say when.
func cleanCaptions(src string) string {
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(src, "\ufeff"))
	var out strings.Builder
	out.WriteString(noCaptions)
	for _, block := range strings.Split(src, "\n\n") {
		lines := strings.Split(strings.Trim(block, "\n"), "\n")
		at := 0
		if len(lines) > 1 && !timing.MatchString(lines[0]) {
			at = 1 // the cue's name
		}
		if !timing.MatchString(lines[at]) {
			continue
		}
		out.WriteString("\n" + strings.Join(lines[at:], "\n") + "\n")
	}
	return out.String()
}
