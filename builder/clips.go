package builder

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image/png"
	"io"
	"net/url"
	"strings"

	"gallerist/builder/card"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

// Films makes pictures and renditions of films. The command hands one over
// where the site's owner turned it on; see the package media/ffmpeg.
type Films interface {
	// Version is part of the keys under which results are remembered.
	Version() string
	// Frame returns a picture of a film as PNG; file is below the site's
	// folder, format is film.Info's.
	Frame(ctx context.Context, file, format string, at float64) ([]byte, error)
	// Convert opens the film as MP4 with H.264 and AAC, at most lines high. It
	// is made the first time and kept in the cache under key.
	Convert(ctx context.Context, file, format, key string, lines int) (io.ReadCloser, error)
}

// filmsFor returns what makes pictures of films, nil where the site wants
// nothing of the kind or this machine has nothing.
func (o Options) filmsFor(cfg *Config, probs *problem.List) Films {
	if !cfg.Media.FFmpeg || o.Films == nil {
		return nil
	}
	films, err := o.Films()
	if err != nil {
		probs.Warnf(cfg.Media.FFmpegPos, "install ffmpeg, or take the line out", "films are published as they are: %v", err)
		return nil
	}
	return films
}

// clip is a film or a recording.
type clip struct {
	info  *media.Info // nil for a film elsewhere
	link  string      // of a film elsewhere
	files []clipFile  // what is published, best first
	track []clipFile  // captions
	drawn bool        // its poster is words alone
}

// clipFile is a file of a film or a recording.
type clipFile struct {
	path          string
	origin        string
	mediaType     string // with codecs, for the browser to choose
	lang          string // of captions
	media         string // media query of the screens it is for; "" = all
	width, height int
	size          int64 // 0 = not known yet
	open          func() (io.ReadCloser, error)
}

func (f clipFile) plainType() string {
	t, _, _ := strings.Cut(f.mediaType, ";")
	return t
}

// Lines of the renditions that are made of films where a program makes them: the
// pixels of their shorter edge. Browsers take the first that suits them.
var filmLines = []int{720, 1080}

// smallScreen is the media query of those that are shown the smaller rendition.
const smallScreen = "(max-width: 800px)"

// lightFilm is the bits a second up to which a film goes out as it is.
const lightFilm = 6e6

// posterSuffix follows the name of a film in that of a poster made for it.
const posterSuffix = ": poster"

// planClip decides what is published of a film or a recording, and finds its
// poster.
func (ps *pictures) planClip(ctx context.Context, l *locale, p *piece, pic *picture, probs *problem.List) error {
	c := pic.clip
	if c.info != nil {
		c.files = append(c.files, ps.cleaned(c.info))
		ps.convert(ctx, c)
		ps.readCaptions(c, pic.media.Captions, l.m.languageOf(p), probs)
	}
	return ps.poster(ctx, l, p, pic, probs)
}

// cleaned is the film as it was sent, without anything but what plays.
func (ps *pictures) cleaned(info *media.Info) clipFile {
	t := info.Clip.Type
	if info.Clip.Codecs != "" {
		t += `; codecs="` + info.Clip.Codecs + `"`
	}
	return clipFile{path: info.ClipPath(), origin: info.Path, mediaType: t, width: info.Width, height: info.Height,
		size: info.ClipSize, open: func() (io.ReadCloser, error) { return ps.studio.OpenClip(info) }}
}

// converts says whether renditions are made of a film, by a program.
func (ps *pictures) converts(info *media.Info) bool {
	light := info.Clip.Partly == "" && min(info.Width, info.Height) <= 1080 && float64(info.ClipSize)*8 <= lightFilm*info.Clip.Seconds
	return ps.films != nil && !info.Clip.Sound && !light
}

// clipInfo is what is known of a film or a recording, nil for a picture and for
// a film elsewhere.
func (pic *picture) clipInfo() *media.Info {
	if pic.clip == nil {
		return nil
	}
	return pic.clip.info
}

// convert puts renditions of a film in its place, where a program may make them.
func (ps *pictures) convert(ctx context.Context, c *clip) {
	if !ps.converts(c.info) {
		return
	}
	short := min(c.info.Width, c.info.Height)
	var made []clipFile
	for i, lines := range filmLines {
		if i > 0 && short <= filmLines[i-1] { // one rendition of a small film will do
			continue
		}
		scale := func(edge int) int { return edge * min(lines, short) / short &^ 1 }
		high := scale(c.info.Height)
		name := media.KeyPath(fmt.Sprintf("film 1 %s %s %d", ps.films.Version(), c.info.Hash, high), "mp4")
		kept := "f" + strings.TrimPrefix(name, "m")
		ps.kept[kept], ps.kept[kept+".sum"] = true, true
		made = append(made, clipFile{
			path: name, origin: c.info.Path, mediaType: "video/mp4", width: scale(c.info.Width), height: high,
			open: func() (io.ReadCloser, error) {
				in, err := ps.films.Convert(context.WithoutCancel(ctx), c.info.Path, c.info.Format, kept, high)
				if err != nil {
					return nil, faultOf(err) // the preview names it
				}
				return in, nil
			},
		})
	}
	if len(made) > 1 {
		made[0].media = smallScreen
	}
	c.files = made
}

// poster finds a film's picture: its own, else a frame of it, else a drawn one.
func (ps *pictures) poster(ctx context.Context, l *locale, p *piece, pic *picture, probs *problem.List) error {
	if own := pic.media.Poster; own != "" {
		info, fault, err := ps.studio.Probe(ctx, own)
		if err != nil {
			return err
		}
		switch {
		case fault == nil && l.m.sentAgain(info.Path, info.Hash, "the picture of the film", probs):
		case fault == nil && !info.IsClip():
			tell(info, probs)
			pic.info = info
			return nil
		case fault == nil:
			fault = &media.Fault{Text: "is a film, not a picture", Hint: "put a picture there"}
			fallthrough
		default:
			probs.Errorf(problem.Pos{File: own}, fault.Hint, "%s; the film is shown without it", fault.Text)
		}
	}
	name := cmp.Or(pic.media.Path, pic.media.Link) + posterSuffix
	if c := pic.clip; c.info != nil && !c.info.Clip.Sound && ps.films != nil {
		data, err := ps.studio.Remember("frame 1 "+ps.films.Version()+" "+c.info.Hash, func() ([]byte, error) {
			return ps.films.Frame(ctx, c.info.Path, c.info.Format, min(1, c.info.Clip.Seconds/4))
		})
		if err == nil {
			if info, fault := ps.studio.Inline(name, data); fault == nil {
				pic.info = info
				return nil
			}
		} else if ctx.Err() != nil {
			return err
		} else {
			probs.Warnf(problem.Pos{File: pic.media.Path}, "put a picture beside it, under the same name", "ffmpeg made no picture of it: %v", err)
		}
	}
	return ps.drawPoster(l, p, pic, name, probs)
}

// drawPoster draws a poster of words.
func (ps *pictures) drawPoster(l *locale, p *piece, pic *picture, name string, probs *problem.List) error {
	c := pic.clip
	c.drawn = true
	t := l.pieceCard(p)
	t.Kicker, t.Site = "", ""
	t = onlyWords(t)
	t.Credit = "" // it stands beside the poster, and players lay their buttons there
	t.Width, t.Height, t.Symbol = 1280, 720, pic.symbol()
	if c.info != nil && c.info.Height > 0 {
		t.Width, t.Height = posterSize(c.info.Width, c.info.Height)
	}
	data, err := ps.studio.Remember(fmt.Sprintf("poster %s %+v", card.Version, t), func() ([]byte, error) {
		var b bytes.Buffer
		err := png.Encode(&b, t.Draw())
		return b.Bytes(), err
	})
	if err != nil {
		return err
	}
	info, fault := ps.studio.Inline(name, data)
	if fault != nil {
		return fault
	}
	pic.info = info
	return nil
}

// shows says whether there is a picture, not words drawn for want of one.
func (pic *picture) shows() bool { return pic.info != nil && (pic.clip == nil || !pic.clip.drawn) }

// symbol is what is drawn on the picture of a film or a recording.
func (pic *picture) symbol() string {
	switch {
	case pic.clip == nil:
		return ""
	case pic.clip.info != nil && pic.clip.info.Clip.Sound:
		return "sound"
	}
	return "play"
}

// posterSize returns the size of a drawn poster in the shape of its film.
func posterSize(w, h int) (int, int) {
	const edge = 1280
	if w >= h {
		return edge, max(edge*h/w, edge/4)
	}
	return max(edge*w/h, edge/4), edge
}

// signed says whether the original carries Content Credentials.
func (pic *picture) signed() bool {
	clip := pic.clipInfo()
	return pic.info != nil && pic.info.Signed || clip != nil && clip.Signed
}

// clipView returns a film or a recording as the theme shows it.
func (l *locale) clipView(p *piece, pic *picture) *theme.Clip {
	c := pic.clip
	if c == nil {
		return nil
	}
	if c.link != "" {
		return &theme.Clip{Elsewhere: c.link, Drawn: c.drawn, Note: l.Label("piece.external", "host", hostName(c.link))}
	}
	v := &theme.Clip{Sound: c.info.Clip.Sound, Drawn: c.drawn, Length: l.length(c.info.Clip.Seconds)}
	v.Note = l.Label("piece.length", "length", v.Length)
	for _, f := range c.files {
		v.Sources = append(v.Sources, theme.ClipSource{Type: f.mediaType, Media: f.media, Href: l.file(f.path)})
	}
	for _, t := range c.track {
		v.Captions = append(v.Captions, theme.Link{Href: l.file(t.path), Lang: t.lang, Text: l.languageName(t.lang)})
	}
	return v
}

// length writes a duration: "0:42", "1:05:00".
func (l *locale) length(seconds float64) string {
	n := int(seconds + 0.5)
	if n < 3600 {
		return fmt.Sprintf("%d:%02d", n/60, n%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
}

// videoHosts names hosts of films as people know them.
var videoHosts = map[string]string{
	"youtube.com": "YouTube", "youtu.be": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo",
	"rutube.ru": "Rutube", "vk.com": "VK", "vkvideo.ru": "VK Video", "tiktok.com": "TikTok", "instagram.com": "Instagram",
	"dailymotion.com": "Dailymotion", "twitch.tv": "Twitch", "dzen.ru": "Dzen", "t.me": "Telegram",
}

// hostName returns the name of the host an address leads to.
func hostName(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	host := strings.TrimPrefix(strings.TrimPrefix(u.Hostname(), "www."), "m.")
	return cmp.Or(videoHosts[host], host)
}
