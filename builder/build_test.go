package builder

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

func noProblems(t *testing.T, probs problem.List) {
	t.Helper()
	for _, p := range probs {
		if p.Level != problem.Note {
			t.Errorf("unexpected: %s", p)
		}
	}
}

func TestBuild(t *testing.T) {
	files, probs, r := buildFolder(t, testFolder())
	noProblems(t, probs)
	for path, want := range map[string][]string{
		"index.html":                          {"Slippers", "Фото от Оли, Москва"},
		"en/index.html":                       {"Slippers in English", "Photo by Olya, Moscow"},
		"morning/index.html":                  {"Утро", "3 из 5", "Фото от Маши, Москва"},
		"morning/olya/index.html":             {"<em>следит</em>", "Фото от Оли, Москва", "application/ld+json", `rel="up"`},
		"morning/lev/index.html":              {"Слова без снимка.", "Льва"},
		"en/morning/olya/index.html":          {"Murka supervises.", "Photo by Olya, Moscow", `lang="en"`},
		"en/morning/masha/index.html":         {`lang="ru"`, "creativecommons.org/licenses/by/4.0/"},
		"contributors/index.html":             {"Оля", "Маша", "Лев"},
		"contributors/olya-moskva/index.html": {"Фото от Оли, Москва"},
		"places/moskva/index.html":            {"Москва"},
		"en/tags/kot/index.html":              {"cat"},
		"morning/call/index.html":             {"Как вы пьёте кофе?", "https://forms.example/x", "2026-11-30T23:59"},
		"morning/thanks/index.html":           {"Оля", "Маша", "Лев"},
		"about/index.html":                    {`<h2>Мы</h2>`, `href="/morning/"`},
		"404.html":                            {"noindex"},
		"feed/index.html":                     {"feed.xml", "atom.xml", "feed.json"},
		"morning/feed.xml":                    {"Фото от Оли, Москва", "media:content"},
		"morning/atom.xml":                    {"Фото от Маши, Москва"},
		"feed.json":                           {"https://jsonfeed.org/version/1.1"},
		"sitemap.xml":                         {"https://slippers.example/morning/olya/", "image:image"},
		"robots.txt":                          {"Sitemap: https://slippers.example/sitemap.xml"},
		"morning/x-gone/index.html":           {"noindex"},
		"morning/index.json":                  {`"withdrawn":["gone11"]`, `"received":5`, `"credit_line":"Фото от Оли, Москва"`},
	} {
		content, ok := files[path]
		if !ok {
			t.Errorf("%s is missing", path)
		}
		for _, w := range want {
			if !strings.Contains(content, w) {
				t.Errorf("%s does not hold %q", path, w)
			}
		}
	}
	for path, content := range files {
		for _, secret := range []string{"Тайна", "Тайный", "Ждун", "Ушедшая", "Ушла", "decl11", "pend11", "mail.example", "Петрова"} {
			if strings.Contains(content, secret) && !strings.HasPrefix(path, "thanks/") {
				t.Errorf("%s holds %q", path, secret)
			}
		}
	}
	if s := r.Summary; s.Published != 3 || s.Received != 5 || s.Contributors != 3 || s.ThankPages != 5 || len(s.Unthanked) != 5 {
		t.Errorf("summary: %+v", s)
	}
}

func TestThankPages(t *testing.T) {
	folder := testFolder()
	folder["private/thanked.csv"] = &fstest.MapFile{Data: []byte("id,date\nolya11,2026-11-20\n")}
	files, _, r := buildFolder(t, folder)
	page := func(id string) string { return files[thankPath(testSecret, id)+"index.html"] }
	for id, want := range map[string]string{"olya11": "Спасибо, Оля!", "decl11": "Спасибо, Тайна!", "pend11": "Спасибо, Ждун!"} {
		if !strings.Contains(page(id), want) || !strings.Contains(page(id), "noindex") {
			t.Errorf("the page of %s does not thank or may be indexed", id)
		}
	}
	if !strings.Contains(page("olya11"), "/morning/olya/") || strings.Contains(page("decl11"), "Тайный рассказ") {
		t.Error("a page of thanks shows too little or too much")
	}
	if gone := page("gone11"); gone == "" || strings.Contains(gone, "Уш") || strings.Contains(gone, "Утро номер") {
		t.Errorf("somebody who withdrew has no page, or one that names them: %s", gone)
	}
	for path, content := range files {
		if strings.Contains(content, strings.TrimSuffix(thankPath(testSecret, "decl11"), "/")) && !strings.HasPrefix(path, "thanks/") {
			t.Errorf("%s tells the address of a page of thanks", path)
		}
	}
	if slices.Contains(r.Summary.Unthanked, "olya11") || !slices.Contains(r.Summary.Unthanked, "decl11") {
		t.Errorf("not thanked: %v", r.Summary.Unthanked)
	}
	files, _, _ = buildFolder(t, testFolder(), func(o *Options) { o.Secret = nil })
	for path := range files {
		if strings.HasPrefix(path, "thanks/") {
			t.Errorf("%s was made without a secret", path)
		}
	}
}

func TestBasePath(t *testing.T) {
	files, probs, _ := buildFolder(t, testFolder(), func(o *Options) { o.BaseURL = "https://host.example/sub/path" })
	noProblems(t, probs)
	for path, content := range files {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		for part := range strings.SplitSeq(content, `="/`) {
			if part != content && !strings.HasPrefix(part, "sub/path/") && !strings.HasPrefix(part, "<!doctype") && !strings.HasPrefix(content, part) {
				t.Errorf("%s has an address outside the base path: /%.40s", path, part)
			}
		}
	}
	if !strings.Contains(files["morning/olya/index.html"], `href="https://host.example/sub/path/morning/olya/"`) {
		t.Error("the canonical address lacks the base path")
	}
}

func TestWhatIsLeftOut(t *testing.T) {
	edit := func(old, new string) func(fstest.MapFS) {
		return func(f fstest.MapFS) {
			const name = "content/morning/2026-11-02-olya/submission.md"
			f[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(f[name].Data), old, new, 1))}
		}
	}
	for name, c := range map[string]struct {
		change func(fstest.MapFS)
		want   string // problem
	}{
		"no grant":      {edit(`status = "granted"`, `status = "requested"`), "without a granted permission"},
		"expired":       {edit(`until = 2028-11-01`, `until = 2026-11-21`), "has expired"},
		"scope":         {edit(`scope = ["site", "feed", "embed"]`, `scope = ["social"]`), "does not cover the site"},
		"scheduled":     {edit(`published = 2026-11-09`, `published = 2026-12-09`), "waits for its day"},
		"minor":         {edit(`status = "featured"`, "status = \"featured\"\nminor = true"), "without a guardian"},
		"private key":   {edit(`gender = "f"`, "gender = \"f\"\nemail = \"me@home.example\""), "contacts.csv"},
		"broken photo":  {func(f fstest.MapFS) { f["content/morning/2026-11-02-olya/1.jpg"].Data = photo(1, 90, 60)[:400] }, "1.jpg"},
		"syntax":        {edit(`id = "olya11"`, `id = olya11`), "submission.md:2"},
		"nested quotes": {edit("Мурка", strings.Repeat("> ", 30)+"Мурка"), "nested over 20 deep"},
	} {
		folder := testFolder()
		c.change(folder)
		files, probs, _ := buildFolder(t, folder)
		if !strings.Contains(fmt.Sprint(probs), c.want) {
			t.Errorf("%s: no problem says %q: %s", name, c.want, probs)
		}
		for path, content := range files {
			if strings.Contains(content, "Оли, Москва") || strings.Contains(content, "me@home.example") {
				t.Errorf("%s: %s shows the piece", name, path)
			}
		}
		if !strings.Contains(files["morning/index.html"], "Маши") {
			t.Errorf("%s: the others were not built", name)
		}
	}
}

// TestBrokenWithin holds that a piece one of whose pictures turns out to be
// broken only when it is decoded leaves none of its other pictures behind.
func TestBrokenWithin(t *testing.T) {
	whole, _, _ := buildFolder(t, testFolder())
	folder := testFolder()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200))); err != nil {
		t.Fatal(err)
	}
	b.Bytes()[b.Len()/2] ^= 0xff
	folder["content/morning/2026-11-02-olya/2.jpg"] = &fstest.MapFile{Data: b.Bytes()}
	files, probs, _ := buildFolder(t, folder)
	if !strings.Contains(fmt.Sprint(probs), "content/morning/2026-11-02-olya/2.jpg") || files["morning/olya/index.html"] != "" {
		t.Fatalf("the broken picture was not found: %s", probs)
	}
	count := func(files map[string]string) (n int) {
		for path := range files {
			if strings.HasPrefix(path, "m/") {
				n++
			}
		}
		return n
	}
	without := testFolder()
	delete(without, "content/morning/2026-11-02-olya/submission.md")
	rest, _, _ := buildFolder(t, without)
	if got, want := count(files), count(rest); got != want || count(whole) <= want {
		t.Errorf("%d renditions, want %d of %d", got, want, count(whole))
	}
}

func TestConsent(t *testing.T) {
	folder := testFolder()
	const name = "content/morning/2026-11-02-olya/submission.md"
	folder[name].Data = []byte(strings.Replace(string(folder[name].Data), "name = true\nplace = true", "name = false\nplace = false", 1))
	files, _, _ := buildFolder(t, folder)
	for path, content := range files {
		if strings.Contains(content, "Оля") || strings.Contains(content, "Оли") || strings.Contains(content, "by Olya") {
			t.Errorf("%s names somebody who is not to be named", path)
		}
	}
	if !strings.Contains(files["morning/olya11/index.html"], "участник") {
		t.Error("the piece is not by a participant")
	}
	for path := range files {
		if strings.Contains(path, "/olya/") {
			t.Errorf("the address %s names somebody who is not to be named", path)
		}
	}
}

func TestLeakIsFound(t *testing.T) {
	folder := testFolder()
	folder["content/about.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"About\"\n+++\nWrite to olya@mail.example.\n")}
	files, _, r := buildFolder(t, folder)
	found := 0
	for path, content := range files {
		if err := r.Verify(path, []byte(content)); err != nil {
			found++
			if strings.Contains(err.Error(), "olya@") {
				t.Errorf("the error tells the value: %v", err)
			}
		}
	}
	if found != 2 { // in both languages
		t.Errorf("found in %d files, want 2", found)
	}
}

// TestSameBytes holds law 2.
func TestSameBytes(t *testing.T) {
	want, _, _ := buildFolder(t, testFolder())
	zone := time.Local
	procs := runtime.GOMAXPROCS(0)
	defer func() { time.Local = zone; runtime.GOMAXPROCS(procs) }()
	time.Local = time.FixedZone("far", 11*3600)
	t.Setenv("TZ", "Asia/Tokyo")
	t.Setenv("LC_ALL", "ru_RU.UTF-8")
	for _, n := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(n)
		got, _, _ := buildFolder(t, shuffled{testFolder()})
		sameFiles(t, fmt.Sprintf("%d cores", n), want, got)
	}
}

// shuffled lists folders in another order than by name.
type shuffled struct{ fstest.MapFS }

func (s shuffled) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := s.MapFS.ReadDir(name)
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list, err
}

// TestWarmEqualsFresh holds law 1: whatever is edited, a build with what
// earlier builds remembered gives the same files as one that remembers nothing.
func TestWarmEqualsFresh(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	folder, cache := testFolder(), media.MemStore()
	for step := range 12 {
		what := randomEdit(rng, folder, step)
		warm, _, _ := buildFolder(t, folder, func(o *Options) { o.Cache = cache })
		fresh, _, _ := buildFolder(t, folder)
		sameFiles(t, fmt.Sprintf("step %d: %s", step, what), fresh, warm)
	}
}

func randomEdit(rng *rand.Rand, folder fstest.MapFS, step int) string {
	dirs := []string{"2026-11-02-olya", "2026-11-03-masha", "2026-11-04-lev", "x-declined", "x-pending"}
	dir := "content/morning/" + dirs[rng.IntN(len(dirs))]
	md := dir + "/submission.md"
	replace := func(old, new string) {
		if f := folder[md]; f != nil {
			folder[md] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), old, new, 1))}
		}
	}
	switch rng.IntN(6) {
	case 0:
		replace(`status = "pending"`, `status = "approved"`)
		replace(`status = "declined"`, `status = "featured"`)
		return "approve " + dir
	case 1:
		replace(`status = "approved"`, `status = "withdrawn"`)
		return "withdraw " + dir
	case 2:
		folder[dir+"/1.jpg"] = &fstest.MapFile{Data: photo(step, 50+step, 70)}
		return "new picture in " + dir
	case 3:
		delete(folder, dir+"/1.jpg")
		return "no picture in " + dir
	case 4:
		replace("Москва", fmt.Sprintf("Город %d", step))
		return "move " + dir
	}
	name := fmt.Sprintf("content/morning/new-%d/submission.md", step)
	folder[name] = &fstest.MapFile{Data: []byte(submission(fmt.Sprintf("new%03d", step), "Новая", "approved", 1+step, "", "Новое."))}
	return "new " + name
}

func TestOldPagesNeverChange(t *testing.T) {
	folder := testFolder()
	add := func(from, to int) {
		for n := from; n < to; n++ {
			s := submission(fmt.Sprintf("many%02d", n), "Мария", "approved", 12, "", "x")
			s = strings.Replace(s, "published = 2026-11-12T10:00:00+03:00", fmt.Sprintf("published = 2026-11-12T10:%02d:00+03:00", n), 1)
			folder[fmt.Sprintf("content/morning/many-%02d/submission.md", n)] = &fstest.MapFile{Data: []byte(s)}
		}
	}
	add(0, 50)
	before, _, _ := buildFolder(t, folder)
	for id, page := range map[string]string{"many-00": "morning/page/1/", "many-49": "morning/"} {
		up := "/" + page + "#p-many" + id[5:]
		if !strings.Contains(before["morning/"+id+"/index.html"], up) || !strings.Contains(before[page+"index.html"], `id="p-many`+id[5:]) {
			t.Errorf("the way up from %s is not %s", id, up)
		}
	}
	add(50, 60)
	newest := "content/morning/many-59/"
	folder[newest+"submission.md"].Data = []byte(strings.Replace(string(folder[newest+"submission.md"].Data), `"approved"`, `"featured"`, 1))
	folder[newest+"1.jpg"] = &fstest.MapFile{Data: photo(7, 90, 60)}
	after, _, _ := buildFolder(t, folder)
	if !strings.Contains(after["morning/index.html"], "Мари") || before["morning/index.html"] == after["morning/index.html"] {
		t.Fatal("the front page has nothing new")
	}
	for _, old := range []string{"morning/page/1/index.html", "en/morning/page/1/index.html", "tags/kot/page/1/index.html", "places/moskva/page/1/index.html"} {
		if before[old] == "" || before[old] != after[old] {
			t.Errorf("%s changed near %q", old, firstDifference(before[old], after[old]))
		}
	}
}

func TestListPages(t *testing.T) {
	l := &locale{theme: &theme.Theme{PageSize: 24}}
	for n, want := range map[int]string{0: "0", 1: "1", 47: "47", 48: "24 24", 71: "47 24", 72: "24 24 24"} {
		list := make([]*piece, n)
		for i := range list {
			list[i] = &piece{number: n - i}
		}
		var sizes []string
		seen := 0
		for _, part := range l.listPages("g/", list) {
			sizes = append(sizes, fmt.Sprint(len(part.pieces)))
			for _, p := range part.pieces {
				if p.number != n-seen {
					t.Fatalf("%d pieces: out of order", n)
				}
				seen++
			}
		}
		if got := strings.Join(sizes, " "); got != want || seen != n {
			t.Errorf("%d pieces: pages of %q, want %q", n, got, want)
		}
	}
}

// TestPlanEqualsBuild holds that what is planned is what is built.
func TestPlanEqualsBuild(t *testing.T) {
	opt := Options{Now: testNow, Secret: testSecret, Cache: newTestStore()}
	planned, _, err := Plan(t.Context(), testFolder(), opt)
	if err != nil {
		t.Fatal(err)
	}
	_, _, built := buildFolder(t, testFolder())
	urls := func(r *Result) map[string]bool {
		m := map[string]bool{}
		for _, p := range r.Pages {
			m[p.URL] = true
		}
		return m
	}
	if a, b := urls(planned), urls(built); !maps.Equal(a, b) || len(a) == 0 {
		t.Errorf("planned %d pages, built %d", len(a), len(b))
	}
}

// TestDemo holds the promises of the demo site: nothing to complain of, 10 of
// 80, every page can be written, everybody credited.
func TestDemo(t *testing.T) {
	r, probs, err := Plan(t.Context(), os.DirFS(".."), Options{Now: testNow, Secret: testSecret, Cache: newTestStore()})
	if err != nil {
		t.Fatal(err)
	}
	noProblems(t, probs)
	if s := r.Summary; s.ThankPages < s.Received {
		t.Errorf("summary: %+v", s)
	}
	for name, want := range map[string]string{
		"morning/index.html":                  "10 из 80",
		"poka-varitsya/2026-11-02/index.html": "4 из 8",
		"poka-varitsya/2026-11-09/index.html": "5 из 11",
	} {
		if page := strings.ReplaceAll(pageOf(t, r, name), "\u00a0", " "); !strings.Contains(page, want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
	for _, p := range r.Pages {
		pageOf(t, r, p.File)
	}
	var credits []string
	for _, c := range r.Credits() {
		credits = append(credits, c.Line)
	}
	for _, want := range []string{"Фото от Оли, Москва", "Photo by Olya, Moscow"} {
		if !slices.Contains(credits, want) {
			t.Errorf("no piece is credited %q: %q", want, credits)
		}
	}
}
