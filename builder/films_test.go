package builder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// preview returns a site of which nothing has been made yet.
func preview(t *testing.T, fsys fs.FS) (*Result, problem.List) {
	t.Helper()
	r, probs, err := Preview(t.Context(), fsys, Options{Now: testNow, Cache: media.MemStore()})
	if err != nil {
		t.Fatal(err)
	}
	return r, probs
}

// previewPage returns one file of a site, and what there is to say of the site.
func previewPage(t *testing.T, fsys fs.FS, name string) (string, problem.List) {
	t.Helper()
	r, probs := preview(t, fsys)
	return pageOf(t, r, name), probs
}

func pageOf(t *testing.T, r *Result, name string) string {
	t.Helper()
	f, ok := r.Set.Lookup(name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	return open(t, f.Open)
}

// shareOf returns the share card that a page names.
func shareOf(t *testing.T, fsys fs.FS, name string) *shareCard {
	t.Helper()
	r, _ := preview(t, fsys)
	page := pageOf(t, r, name)
	m := regexp.MustCompile(`og:image" content="https?://[^/]+/([^"]+)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no share card on %s", page)
	}
	return r.pictures.cards[m[1]]
}

// TestDrawnPosterIsNoPicture: a film without a picture is shared by words
// alone; cut out of its poster they would stand there twice.
func TestDrawnPosterIsNoPicture(t *testing.T) {
	film := sampleFilm(t, "h264.mp4")
	if s := shareOf(t, withPiece("", map[string][]byte{"walk.mp4": film}), "morning/nina/index.html"); s.pic != nil || s.words.Symbol != "play" || s.words.Title == "" {
		t.Errorf("the card of a drawn poster: %+v", s.words)
	}
	if s := shareOf(t, withPiece("", map[string][]byte{"walk.mp4": film, "walk.jpg": photo(6, 900, 600)}), "morning/nina/index.html"); s.pic == nil || s.words.Symbol != "play" {
		t.Errorf("the card of a film's own poster: %+v", s.words)
	}
}

// TestNamesOfEmoji: where nothing of a name can be drawn, nobody is credited
// by the rest of the line.
func TestNamesOfEmoji(t *testing.T) {
	fsys := testFolder()
	dir := "content/morning/2026-11-05-fox/"
	fsys[dir+"submission.md"] = &fstest.MapFile{Data: []byte(submission("foxfox", "🦊", "approved", 12, "", "Текст."))}
	fsys[dir+"1.jpg"] = &fstest.MapFile{Data: photo(3, 900, 600)}
	if s := shareOf(t, fsys, "morning/fox/index.html"); s.words.Credit != "" || s.words.Title != "Утро номер 12" || s.pic == nil {
		t.Errorf("the card says %+v", s.words)
	}
	fsys[dir+"submission.md"].Data = []byte(strings.Replace(submission("foxfox", "🦊", "approved", 12, "", "Текст."), "Утро номер 12", "🐱", 1))
	if s := shareOf(t, fsys, "morning/fox/index.html"); s.words.Title != "Утро" || s.words.Kicker != "" {
		t.Errorf("without any word of its own the card says %+v", s.words)
	}
}

// TestFilmKeepsItsShape: a film has its own width and height whatever its
// poster's are, so that the page does not move when it begins.
func TestFilmKeepsItsShape(t *testing.T) {
	fsys := withPiece("", map[string][]byte{"walk.mp4": sampleFilm(t, "h264.mp4")})
	info, fault, err := media.New(fsys, media.MemStore(), media.Options{}).Probe(t.Context(), "content/morning/2026-11-05-nina/walk.mp4")
	if fault != nil || err != nil {
		t.Fatal(fault, err)
	}
	page, probs := previewPage(t, withPiece("", map[string][]byte{"walk.mp4": sampleFilm(t, "h264.mp4"), "walk.jpg": photo(6, 600, 900)}), "morning/nina/index.html")
	noProblems(t, probs)
	want := regexp.MustCompile(`<figure class="plate" style="--r:` + ratio(info.Width, info.Height))
	if !want.MatchString(page) || info.Width <= info.Height {
		t.Errorf("the plate of a film of %d × %d: %s", info.Width, info.Height, page)
	}
}

func TestCaptions(t *testing.T) {
	cue := "WEBVTT\n\n00:01.000 --> 00:02.000\nМяу\n"
	for name, test := range map[string]struct {
		files  map[string]string
		tracks []string // by srclang
		told   string
	}{
		"one":           {map[string]string{"walk.vtt": cue}, []string{"ru"}, ""},
		"a language":    {map[string]string{"walk.pt-br.vtt": cue}, []string{"pt-BR"}, ""},
		"two of one":    {map[string]string{"walk.vtt": cue, "walk.ru.vtt": cue}, []string{"ru"}, "captions in the same language as"},
		"no language":   {map[string]string{"walk.zz-bad_lang.vtt": cue}, nil, `captions in "zz-bad_lang", which is no language that is known`},
		"no captions":   {map[string]string{"walk.vtt": "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nПривет\n"}, nil, "there are no captions in it"},
		"other letters": {map[string]string{"walk.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n\xcc\xff\xf3\n"}, nil, "the captions cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string][]byte{"walk.mp4": sampleFilm(t, "h264.mp4")}
			for n, text := range test.files {
				all[n] = []byte(text)
			}
			page, probs := previewPage(t, withPiece("", all), "morning/nina/index.html")
			var got []string
			for _, m := range regexp.MustCompile(`srclang="([^"]+)"`).FindAllStringSubmatch(page, -1) {
				got = append(got, m[1])
			}
			if !slices.Equal(got, test.tracks) {
				t.Errorf("tracks %q, want %q", got, test.tracks)
			}
			if test.told == "" {
				noProblems(t, probs)
			} else if !hasText(probs, test.told) {
				t.Errorf("told %v, not %q", probs, test.told)
			}
		})
	}
}

func hasText(probs problem.List, text string) bool {
	return slices.ContainsFunc(probs, func(p problem.Problem) bool { return strings.Contains(p.Text, text) })
}

// TestPartlyPlayed: a film that some browsers do not play is told with what to
// do, but not where it is made anew anyway, and a recording is no film.
func TestPartlyPlayed(t *testing.T) {
	hints := func(site string, files map[string][]byte) []string {
		fsys := withPiece("", files)
		fsys["site.toml"] = &fstest.MapFile{Data: []byte(site)}
		ask := func() (Films, error) { return fakeFilms{}, nil }
		_, probs, err := Plan(t.Context(), fsys, Options{Now: testNow, Cache: media.MemStore(), Films: ask})
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, p := range probs {
			if p.Level == problem.Warning {
				list = append(list, p.Hint)
			}
		}
		return list
	}
	hevc, ogg := map[string][]byte{"walk.mp4": sampleFilm(t, "hevc.mp4")}, map[string][]byte{"rec.ogg": sampleFilm(t, "opus.ogg")}
	asked := testSite + "\n[media]\nffmpeg = true\n"
	for _, test := range []struct {
		name, site string
		files      map[string][]byte
		want       []string
	}{
		{"film", testSite, hevc, []string{"export it as MP4 with H.264 and AAC"}},
		{"film made anew", asked, hevc, nil},
		{"recording", testSite, ogg, []string{"export it as M4A or MP3"}},
		{"recording with ffmpeg", asked, ogg, []string{"export it as M4A or MP3"}},
	} {
		if got := hints(test.site, test.files); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestSameFiles: each file that is there twice is told once, with advice that
// fits.
func TestSameFiles(t *testing.T) {
	fsys := testFolder()
	film, pic := sampleFilm(t, "h264.mp4"), photo(4, 800, 600)
	add := func(id string, files map[string][]byte) {
		dir := "content/morning/2026-11-05-" + id + "/"
		fsys[dir+"submission.md"] = &fstest.MapFile{Data: []byte(submission(id, id, "approved", 12, "", "Текст."))}
		for name, data := range files {
			fsys[dir+name] = &fstest.MapFile{Data: data}
		}
	}
	add("aaaaaa", map[string][]byte{"1.jpg": pic, "2.jpg": pic, "3.jpg": pic, "f.mp4": film})
	add("bbbbbb", map[string][]byte{"1.jpg": pic, "f.mp4": film})
	_, probs, err := Plan(t.Context(), fsys, Options{Now: testNow, Cache: media.MemStore(), Compare: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range probs {
		if strings.Contains(p.Text, "the same ") || strings.Contains(p.Text, "looks like") {
			file := strings.TrimPrefix(p.Pos.File, "content/morning/2026-11-05-")
			if got[file] != "" {
				t.Errorf("%s is told twice", file)
			}
			got[file] = strings.ReplaceAll(p.Text, "content/morning/2026-11-05-", "") + "; " + p.Hint
		}
	}
	want := map[string]string{
		"aaaaaa/2.jpg": "the same picture as aaaaaa/1.jpg; delete one of the two",
		"aaaaaa/3.jpg": "the same picture as aaaaaa/1.jpg; delete one of the two",
		"bbbbbb/1.jpg": "the same picture as aaaaaa/1.jpg; decline one of the two, or ask who made it",
		"bbbbbb/f.mp4": "the same film as aaaaaa/f.mp4; decline one of the two, or ask who made it",
	}
	if !maps.Equal(got, want) {
		t.Errorf("told %v\nwant %v", got, want)
	}
}

// TestPlates holds what stands around a film, a recording and a film elsewhere.
func TestPlates(t *testing.T) {
	film, cover := sampleFilm(t, "h264.mp4"), photo(6, 900, 600)
	link := "[[media]]\nlink = \"https://youtu.be/abc\"\nalt = \"Чайник\"\ncaption = \"Кипит\"\n"
	for name, test := range map[string]struct {
		front string
		files map[string][]byte
		want  []string
		not   []string
	}{
		"drawn":      {"", map[string][]byte{"walk.mp4": film}, []string{">Длительность: 0:02</span></figcaption>"}, nil},
		"link":       {link, nil, []string{`class="ph play drawn"`, `aria-label="Смотреть видео: Чайник"`, "Кипит</span> <span>Видео"}, nil},
		"link, own":  {strings.Replace(link, "\ncap", "\nposter = \"1.jpg\"\ncap", 1), map[string][]byte{"1.jpg": cover}, []string{`class="ph play"`}, []string{"drawn"}},
		"own poster": {"", map[string][]byte{"walk.mp4": film, "walk.jpg": cover}, nil, []string{"drawn"}},
		"recording":  {"", map[string][]byte{"a.mp3": sampleFilm(t, "tags.mp3")}, []string{"Длительность: "}, []string{`<div class="mat"><picture`}},
		"with cover": {"", map[string][]byte{"a.mp3": sampleFilm(t, "tags.mp3"), "a.jpg": cover}, []string{`<div class="mat"><picture`}, []string{"drawn"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, probs := preview(t, withPiece(test.front, test.files))
			noProblems(t, probs)
			page := pageOf(t, r, "morning/nina/index.html")
			for _, want := range test.want {
				if !strings.Contains(page, want) {
					t.Errorf("no %s on %s", want, page)
				}
			}
			for _, not := range test.not {
				if strings.Contains(page, not) {
					t.Errorf("%s on %s", not, page)
				}
			}
			plate := page[strings.Index(page, `<figure class="plate"`):]
			if n := strings.Count(plate[:strings.Index(plate, "</figure>")], "<figcaption"); n > 1 {
				t.Errorf("%d captions of one figure", n)
			}
			drawn := strings.Contains(pageOf(t, r, "morning/index.html"), " drawn\" id=\"p-nina11\"")
			if drawn == slices.Contains(test.not, "drawn") {
				t.Errorf("the card is marked as drawn: %v", drawn)
			}
		})
	}
}

// TestFilmIsSought: the preview answers for parts of films, which it must not
// read whole.
func TestFilmIsSought(t *testing.T) {
	r, _ := preview(t, withPiece("", map[string][]byte{"walk.mp4": sampleFilm(t, "h264.mp4"), "song.mp3": sampleFilm(t, "tags.mp3")}))
	seen := 0
	for _, f := range r.Set.Files() {
		if !strings.HasPrefix(f.Type, "video/") && !strings.HasPrefix(f.Type, "audio/") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if at, ok := in.(io.Seeker); !ok {
			t.Errorf("%s cannot be read from the middle", f.Path)
		} else if end, err := at.Seek(0, io.SeekEnd); err != nil || end != f.Size {
			t.Errorf("%s ends at %d of %d: %v", f.Path, end, f.Size, err)
		}
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		seen++
	}
	if seen != 2 {
		t.Errorf("%d films and recordings", seen)
	}
}

// damaged returns a photo whose header and end are whole, and whose middle is
// not: only decoding it finds out.
func damaged() []byte {
	data := bytes.Clone(photo(3, 900, 600))
	for i := len(data) / 2; i < len(data)/2+400; i++ {
		data[i] = data[i] * 7 & 0xfe
	}
	return data
}

// TestDamagedIsTold: a picture that cannot be decoded takes its piece out of a
// build and is named in the preview, whichever of its files is asked for first.
func TestDamagedIsTold(t *testing.T) {
	fsys := withPiece("", map[string][]byte{"1.jpg": damaged()})
	_, probs, _ := buildFolder(t, fsys)
	if !hasText(probs, `; "nina11" is left out`) {
		t.Errorf("the build says %v", probs)
	}
	r, probs := preview(t, fsys)
	noProblems(t, probs)
	card := regexp.MustCompile(`og:image" content="https?://[^/]+/([^"]+)"`).FindStringSubmatch(pageOf(t, r, "morning/nina/index.html"))
	f, ok := r.Set.Lookup(card[1])
	if !ok {
		t.Fatal("there is no card")
	}
	if _, err := f.Open(); err == nil {
		t.Error("a card with a damaged picture")
	}
	if probs := r.Rendered(); len(probs) != 1 || probs[0].Pos.File != "content/morning/2026-11-05-nina/1.jpg" {
		t.Errorf("told %v", probs)
	}
}

// badFilms fails to make renditions.
type badFilms struct{ fakeFilms }

func (badFilms) Convert(context.Context, string, string, string, int) (io.ReadCloser, error) {
	return nil, errors.New("no disk")
}

// TestFilmThatCannotBeMade: a rendition that fails costs the film its
// renditions and nothing else, and feeds know how large the others are.
func TestFilmThatCannotBeMade(t *testing.T) {
	fsys := withPiece("", map[string][]byte{"walk.mp4": sampleFilm(t, "hevc.mp4")})
	fsys["site.toml"] = &fstest.MapFile{Data: []byte(testSite + "\n[media]\nffmpeg = true\n")}
	by := func(films Films) func(*Options) {
		return func(o *Options) {
			o.Films, o.Cache = func() (Films, error) { return films, nil }, media.MemStore()
		}
	}
	enclosure := regexp.MustCompile(`<enclosure url="[^"]*[.]mp4" length="(\d+)"`)
	good, probs, _ := buildFolder(t, fsys, by(fakeFilms{}))
	noProblems(t, probs)
	want := len("film of content/morning/2026-11-05-nina/walk.mp4")
	if m := enclosure.FindStringSubmatch(good["morning/feed.xml"]); m == nil || m[1] != strconv.Itoa(want) {
		t.Errorf("the enclosure of a film of %d bytes: %v", want, m)
	}
	bad, probs, _ := buildFolder(t, fsys, by(badFilms{}))
	if told := graver(probs); len(told) != 1 || told[0].Level != problem.Warning || told[0].Text != "cannot be made anew: no disk; it is published as it is" {
		t.Errorf("told %v", probs)
	}
	if m := enclosure.FindStringSubmatch(bad["morning/feed.xml"]); m == nil || m[1] == "0" || m[1] == strconv.Itoa(want) {
		t.Errorf("the enclosure of the film as it is: %v", m)
	}
	if !strings.Contains(bad["morning/nina/index.html"], "hvc1") {
		t.Error("the film as it is is not there")
	}
}

// TestCompareProgress: check tells one progress over all galleries.
func TestCompareProgress(t *testing.T) {
	fsys := testFolder()
	fsys["content/evening/gallery.md"] = fsys["content/morning/gallery.md"]
	for _, id := range []string{"eveone", "evetwo"} {
		dir := "content/evening/2026-11-05-" + id + "/"
		fsys[dir+"submission.md"] = &fstest.MapFile{Data: []byte(submission(id, id, "approved", 12, "", "Текст."))}
		fsys[dir+"1.jpg"] = &fstest.MapFile{Data: photo(int(id[3]), 90, 60)}
	}
	var mu sync.Mutex
	last, totals := 0, map[int]bool{}
	_, _, err := Plan(t.Context(), fsys, Options{Now: testNow, Cache: media.MemStore(), Compare: true, Progress: func(stage string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if stage != "comparing pictures" {
			t.Errorf("the stage %q", stage)
		}
		last = max(last, done)
		totals[total] = true
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(totals) != 1 || !totals[last] || last < 3 {
		t.Errorf("%d done, of %v", last, totals)
	}
}

// TestFilmRenditions holds which renditions are made of which film.
func TestFilmRenditions(t *testing.T) {
	for _, c := range []struct {
		w, h   int
		mbits  float64
		partly string
		want   string
	}{
		{1280, 720, 4, "", "1280x720"},                               // goes out as it is
		{1280, 720, 40, "", "1280x720"},                              // too heavy
		{1920, 1080, 40, "", "1280x720(max-width: 800px) 1920x1080"}, // two sizes
		{3840, 2160, 4, "", "1280x720(max-width: 800px) 1920x1080"},  // too large
		{2160, 3840, 4, "", "720x1280(max-width: 800px) 1080x1920"},  // upright
		{640, 361, 1, "Firefox plays no HEVC", "640x360"},            // even
		{1000, 1000, 1, "no", "720x720(max-width: 800px) 1000x1000"}, // square
		{5000, 100, 1, "no", "5000x100"},                             // never enlarged
	} {
		info := &media.Info{Width: c.w, Height: c.h, ClipSize: int64(c.mbits * 1e6 / 8 * 10), Hash: "x"}
		info.Clip.Type, info.Clip.Seconds, info.Clip.Partly = "video/mp4", 10, c.partly
		ps := &pictures{films: fakeFilms{}, kept: map[string]bool{}}
		film := &clip{info: info, files: []clipFile{ps.cleaned(info)}}
		ps.convert(t.Context(), film)
		var got []string
		for _, f := range film.files {
			got = append(got, fmt.Sprintf("%dx%d%s", f.width, f.height, f.media))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d × %d at %g Mbit/s: %q, want %q", c.w, c.h, c.mbits, got, c.want)
		}
	}
}
