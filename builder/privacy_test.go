package builder

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
)

func textFile(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

// What consent does not cover gets out by no side door: the folder's name, the
// notice of copyright, the shop's address, translations.
func TestNamelessEverywhere(t *testing.T) {
	nameless := strings.NewReplacer("name = true", "name = false", "place = true", "place = false")
	folder := testFolder()
	folder["content/morning/2026-11-12-zinaida-querty/submission.md"] = textFile(nameless.Replace(submission("zina11", "Зинаида Querty", "approved", 12,
		`copyright = "© Зинаида Querty"`+"\ncredit = \"Фото Зинаиды Querty\"\nacquire_url = \"https://querty.example/buy\"\n", "Рассказ.")))
	folder["content/morning/2026-11-12-zinaida-querty/submission.en.md"] = textFile("+++\ntitle = \"Story\"\ncredit = \"By Zinaida Querty\"\nplace = \"Querty-town\"\n[[author]]\nname = \"Zinaida Querty\"\n+++\nStory.\n")
	folder["content/morning/2026-11-13-zebra_photo/submission.md"] = textFile(nameless.Replace(submission("zina12", "@zebra_photo", "approved", 13, "", "Рассказ.")))
	files, probs, _ := buildFolder(t, folder)
	noProblems(t, probs)
	for path, content := range files {
		for _, part := range []string{"querty", "зинаид", "zinaida", "zebra"} {
			if strings.Contains(strings.ToLower(path+content), part) {
				t.Errorf("%s holds %q", path, part)
			}
		}
	}
	if files["morning/zina11/index.html"] == "" {
		t.Error("the piece has no page")
	}
}

// People are told of texts that hold what consent does not cover.
func TestTextsNameNobody(t *testing.T) {
	for change, want := range map[string]string{
		"name = true\nplace = true|name = false\nplace = true":                              `"caption" holds a name`,
		"name = true\nplace = true|name = true\nplace = false":                              `"story" holds a place`,
		"name = true\nplace = true|name = true\nplace = true":                               "",
		"\nstatus = \"approved\"|\nstatus = \"approved\"\nminor = true\nguardian = \"g-1\"": `"story" holds a place`,
	} {
		from, to, _ := strings.Cut(change, "|")
		folder := testFolder()
		folder["content/morning/x/submission.md"] = textFile(strings.Replace(submission("zina11", "Зинаида Петрова", "approved", 12,
			`caption = "Это Зинаида утром"`, "Мы живём в городе Москва."), from, to, 1))
		_, probs, _ := buildFolder(t, folder)
		var told []string
		for _, p := range probs {
			if p.Level == problem.Warning {
				told = append(told, p.Text)
			}
		}
		all := strings.Join(told, "\n")
		if !strings.Contains(all, want) || (want == "") != (all == "") || strings.Contains(all, "Зинаида") {
			t.Errorf("%s: told %q, want %q", to, all, want)
		}
	}
}

// A name that stands in a translation alone breaks no page.
func TestNameInTranslationOnly(t *testing.T) {
	folder := testFolder()
	folder["content/morning/x/submission.md"] = textFile(strings.Replace(submission("zina11", "X", "approved", 12, "", "Рассказ."), `name = "X"`, `names = { en = "Zina" }`, 1))
	files, _, _ := buildFolder(t, folder)
	if files["en/morning/x/index.html"] == "" {
		t.Error("the piece has no page")
	}
}

// The roll of thanks holds no name that nobody has reviewed, and no empty one.
func TestRollIsReviewed(t *testing.T) {
	folder := testFolder()
	thanks := strings.NewReplacer("[consent]", "[consent]\nthanks = true", "[author]\nname = \"A\"", "[[author]]\nname = \"Anton\"\n[[author]]\nplace = \"X\"\n[[author]]\nname = \"A\"")
	folder["content/morning/x/submission.md"] = textFile(thanks.Replace(submission("zina11", "Buy at evil.example", "pending", 12, "", "Рассказ.")))
	folder["content/morning/y/submission.md"] = textFile(thanks.Replace(submission("zina12", "A", "declined", 12, "", "Рассказ.")))
	files, _, _ := buildFolder(t, folder)
	roll := files["morning/thanks/index.html"]
	if strings.Contains(roll, "evil.example") || strings.Contains(roll, "<bdi></bdi>") || !strings.Contains(roll, "Anton") {
		t.Errorf("the roll: %s", roll)
	}
}

// Drafts are for eyes only: neither feeds nor search engines nor other
// programs are given them.
func TestDraftsStayAtHome(t *testing.T) {
	files, _, _ := buildFolder(t, testFolder(), func(o *Options) { o.Drafts = true })
	if !strings.Contains(files["morning/x-declined/index.html"], "noindex") {
		t.Error("a draft may be indexed")
	}
	for path, content := range files {
		if !strings.HasSuffix(path, ".html") && (strings.Contains(content, "x-declined") || strings.Contains(content, "Тайный")) {
			t.Errorf("%s holds a draft", path)
		}
	}
}

// Texts that are too costly to parse are found in every language.
func TestCostlyTranslations(t *testing.T) {
	const nested = "+++\ntitle = \"T\"\n+++\n" + "> > > > > > > > > > > > > > > > > > > > > > x\n"
	for name, gone := range map[string]string{
		"content/morning/2026-11-02-olya/submission.en.md": "morning/olya/index.html",
		"content/about.en.md":                              "about/index.html",
		"content/morning/gallery.en.md":                    "",
	} {
		folder := testFolder()
		folder[name] = textFile(nested)
		files, probs, _ := buildFolder(t, folder)
		if probs.Count(problem.Error) != 1 || files[gone] != "" || strings.Contains(files["en/morning/index.html"], "<blockquote>\n<blockquote>") {
			t.Errorf("%s: %v", name, probs)
		}
	}
}

// A folder is not read through a symbolic link.
func TestFoldersAreNotLinks(t *testing.T) {
	for name, target := range map[string]string{"static": "private", "content": "private"} {
		folder := testFolder()
		if name == "content" {
			for file := range folder {
				if strings.HasPrefix(file, "content/") {
					delete(folder, file)
				}
			}
		}
		folder["private/evidence.md"] = textFile("+++\ntitle = \"Evidence\"\n+++\nA letter.\n")
		folder[name] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte(target)}
		files, probs, _ := buildFolder(t, folder)
		for path, content := range files {
			if strings.Contains(content, "A letter.") {
				t.Errorf("%s holds what is private", path)
			}
		}
		if probs.Count(problem.Error) == 0 {
			t.Errorf("%s: nobody is told", name)
		}
	}
}

// What the output is searched for comes from every file that may hold it.
func TestLeaksOfEveryOrigin(t *testing.T) {
	folder := testFolder()
	folder["content/morning/gallery.md"] = textFile(strings.Replace(testGallery, "title =", "email = \"owner@shop.example\"\ntitle =", 1))
	folder["content/about.md"] = textFile("+++\ntitle = \"О нас\"\nphone = \"+7 900 111-22-33\"\n+++\nТекст.")
	_, _, r := buildFolder(t, folder)
	for _, text := range []string{"Owner@shop.example", "8 900 111 22 33", "8 (999) 123-45-67", string(testSecret)} {
		if r.Verify("index.html", []byte("<p>"+text+"</p>")) == nil {
			t.Errorf("%q may be published", text)
		}
	}
}

// Thousands of marks in one paragraph take seconds to parse.
func TestTooManyMarks(t *testing.T) {
	if text, _, line := checkMarkdown(strings.Repeat("*a_\n", 8000)); text == "" || line != 1001 {
		t.Errorf("found %q in line %d", text, line)
	}
}
