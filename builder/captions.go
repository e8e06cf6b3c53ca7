package builder

import (
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"unicode/utf8"

	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// maxCaptions is the size of the largest captions file, in bytes: an hour of
// quick speech has a tenth of that.
const maxCaptions = 1 << 20

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
	return clipFile{path: media.KeyPath(text, "vtt"), origin: name, mediaType: "text/vtt", size: int64(len(text)),
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(text))), nil }}, true
}

// timing is the line of a cue that says when (WebVTT, 4.1).
var timing = regexp.MustCompile(`^\s*(\d+:)?\d\d:\d\d\.\d{3}[ \t]+-->[ \t]+(\d+:)?\d\d:\d\d\.\d{3}`)

// cleanCaptions keeps of a WebVTT file its cues: the blocks that say when.
func cleanCaptions(src string) string {
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(src, "\ufeff"))
	var out strings.Builder
	out.WriteString("WEBVTT\n")
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
