package builder

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
)

// contactSheet makes the sheet of a folder and opens its files.
func contactSheet(t *testing.T, fsys fstest.MapFS, ask ContactAsk) (map[string]string, *ContactSheet) {
	t.Helper()
	r, probs, err := Plan(t.Context(), fsys, Options{Now: testNow, Secret: testSecret, Cache: newTestStore(), Drafts: true, Compare: true, Thorough: true})
	if err != nil {
		t.Fatal(err)
	}
	ask.Problems = probs
	sheet, err := r.ContactSheet(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range sheet.Set.Files() {
		files[f.Path] = open(t, f.Open)
		if err := r.Verify(f.Path, []byte(files[f.Path])); err != nil {
			t.Error(err)
		}
	}
	return files, sheet
}

// telltale returns a picture that says in Exif and in a comment where it was
// taken and by whom.
func telltale(jpeg []byte, canary string) []byte {
	le := binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	text := canary + "\x00"
	tiff = le.AppendUint16(tiff, 2) // entries
	tiff = le.AppendUint16(tiff, 0x010f)
	tiff = le.AppendUint16(tiff, 2)
	tiff = le.AppendUint32(tiff, uint32(len(text)))
	tiff = le.AppendUint32(tiff, 56)
	tiff = le.AppendUint16(tiff, 0x8825) // where the table of the place is
	tiff = le.AppendUint16(tiff, 4)
	tiff = le.AppendUint32(tiff, 1)
	tiff = le.AppendUint32(tiff, 38)
	tiff = le.AppendUint32(tiff, 0)
	tiff = le.AppendUint16(tiff, 1)
	tiff = le.AppendUint16(tiff, 1) // north or south
	tiff = le.AppendUint16(tiff, 2)
	tiff = le.AppendUint32(tiff, 2)
	tiff = append(tiff, 'N', 0, 0, 0)
	tiff = le.AppendUint32(tiff, 0)
	tiff = append(tiff, text...)
	segment := func(marker byte, data string) []byte {
		return append([]byte{0xff, marker, byte((len(data) + 2) >> 8), byte(len(data) + 2)}, data...)
	}
	out := append([]byte{0xff, 0xd8}, segment(0xe1, "Exif\x00\x00"+string(tiff))...)
	out = append(out, segment(0xfe, canary)...)
	return append(out, jpeg[2:]...)
}

// TestContactSheetKeepsSecrets puts a canary into every place of a submission that
// is not for the public, in each state, and holds that none is in any byte.
func TestContactSheetKeepsSecrets(t *testing.T) {
	front := `+++
id = "%[1]s"
title = "Прогулка с Мила Канарейкина"
alt = "На снимке Канарейкина"
caption = "Это КАНАРЕЙКИНА в Канареево"
credit = "Фото Милы Канарейкиной и Канарейкина"
copyright = "© Канарейкина"
acquire_url = "https://canary.example/buy"
place = "Канареево"
tags = ["Канареево", "кот"]
status = "%[2]s"
%[3]s
[review]
by = "Canary Reviewer"
on = 2026-11-05
note = "canary note"
[author]
name = "Мила Канарейкина"
place = "Канареево"
country = "Россия"
url = "https://canary.example/mila"
forms = { gen = "Милы Канарейкиной" }
[grant]
status = "granted"
terms = "2026-10"
scope = ["site"]
method = "reply"
evidence = "canary-evidence-1"
[consent]
name = %[4]v
place = %[4]v
[[person]]
release = "granted"
evidence = "canary-evidence-2"
minor = true
guardian = "canary-guardian-2"
[extra]
secret = "canary extra"
+++
Рассказ о Канарейкиной: она живёт под Канареевом, в Канареево.

<script>alert("not markup")</script>
`
	folder := fstest.MapFS{
		"site.toml":                  textFile(testSite),
		"content/morning/gallery.md": textFile(testGallery),
		"private/contacts.csv":       textFile("id,name,email,phone\nminorpend,Canary Mother,mother@canary.example,+7 999 123-45-67\n"),
		"private/secret":             textFile("canary-secret-of-the-site"),
	}
	n := 0
	for _, kind := range []string{"minor", "nameless"} {
		for _, status := range []string{"pending", "approved", "featured", "declined", "withdrawn", "aproved"} {
			more, consent := "minor = true\nguardian = \"canary-guardian-1\"", true
			if kind == "nameless" {
				more, consent = "minor = false", false
			}
			id := kind + status[:4]
			if status == "aproved" {
				id = kind + "broken"
			}
			dir := "content/morning/2026-11-02-mila-kanareykina-" + id
			folder[dir+"/submission.md"] = textFile(fmt.Sprintf(front, id, status, more, consent))
			folder[dir+"/submission.en.md"] = textFile("+++\ntitle = \"Walk of Canaryson\"\n[author]\nname = \"Mila Canaryson\"\n+++\nCanaryson walks.\n")
			folder[dir+"/canaryson-at-home.jpg"] = &fstest.MapFile{Data: telltale(photo(n%3, 90, 60), "CanaryMaker")} // some are the same
			folder[dir+"/canary_zwei.jpg"] = &fstest.MapFile{Data: telltale(photo(9, 60, 60), "CanaryMaker")}         // has no alt text, which is told
			n++
		}
	}
	files, sheet := contactSheet(t, folder, ContactAsk{})
	page := files["index.html"]
	canary := regexp.MustCompile(`(?i)canary|канаре|kanare|Exif\x00|\+7 999|mother`)
	for path, content := range files {
		if at := canary.FindStringIndex(path + " " + content); at != nil {
			text := path + " " + content
			t.Errorf("%s holds a canary: %q", path, text[max(0, at[0]-80):min(len(text), at[1]+80)])
		}
		if strings.HasSuffix(path, ".jpg") && bytes.Contains([]byte(content), []byte("\xff\xe1")) {
			t.Errorf("%s holds metadata", path)
		}
	}
	for _, want := range []string{
		`id="minorpend"`, `id="minorappr"`, `id="minorfeat"`, `id="minordecl"`, `id="namelesspend"`, `id="namelessdecl"`,
		"Фото от Милы, Россия", "[hidden]", "&lt;script&gt;", "These look alike", `content="noindex, nofollow`, "2 that cannot be read", "no alt text for picture 2",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(page, "withdrawn") || strings.Contains(page, `id="minorwith"`) || strings.Contains(page, "<script") {
		t.Error("it holds what was withdrawn, or a script")
	}
	if !strings.Contains(files["_headers"], "X-Robots-Tag: noindex") || sheet.Unread != 2 {
		t.Errorf("headers %q, %d unread", files["_headers"], sheet.Unread)
	}
}

// TestContactSheet holds what is where on a sheet, and that it is the same twice.
func TestContactSheet(t *testing.T) {
	folder := testFolder()
	folder["content/morning/x-pending/submission.md"] = textFile(strings.Replace(submission("pend11", "Ждун", "pending", 6, "", "Жду."), `"granted"`, `"requested"`, 1))
	folder["content/morning/x-pending/1.jpg"] = &fstest.MapFile{Data: photo(1, 90, 60)} // Olya's
	folder["content/morning/x-cut/submission.md"] = textFile(submission("cut111", "Нина", "pending", 6, "", ""))
	folder["content/morning/x-cut/1.jpg"] = &fstest.MapFile{Data: photo(7, 400, 300)[:1500]}
	folder["content/morning/x-held/submission.md"] = textFile(strings.Replace(submission("held11", "Яна", "approved", 6, "", "Слово."), `"granted"`, `"requested"`, 1))
	files, sheet := contactSheet(t, folder, ContactAsk{})
	again, _ := contactSheet(t, folder, ContactAsk{})
	sameFiles(t, "again", files, again)
	page := files["index.html"]
	sections := strings.Split(page, "<section ")
	at := func(id string) string {
		for _, s := range sections[1:] {
			if strings.Contains(s, `id="`+id+`"`) {
				return s[len(`id="`):strings.Index(s, `" aria`)]
			}
		}
		return ""
	}
	for id, want := range map[string]string{
		"pend11": "pending", "olya11": "pending", "cut111": "pending", "held11": "held", "masha1": "approved", "decl11": "declined", "gone11": "",
	} { // Olya's picture is also that of somebody who waits
		if got := at(id); got != want {
			t.Errorf("%s is in %q, not %q", id, got, want)
		}
	}
	if want := []ContactCount{{"pending", 2}, {"held", 1}, {"approved", 3}, {"declined", 1}}; !slices.Equal(sheet.Counts, want) {
		t.Errorf("%v, want %v", sheet.Counts, want)
	}
	for _, want := range []string{
		"the same picture as picture 1 of olya11", "there is no granted permission", "ends before the picture does", "Approved and featured",
		`<a href="#olya11">olya11</a>`, "requested", "Вид с балкона",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllStringSubmatch(page, -1) {
		if files[m[1]] == "" {
			t.Errorf("it leads to %s, which is not there", m[1])
		}
	}
	used := regexp.MustCompile(`m/[^"]+`).FindAllString(page, -1)
	for path := range maps.Keys(files) {
		if strings.HasPrefix(path, "m/") && !slices.Contains(used, path) {
			t.Errorf("nothing leads to %s", path)
		}
	}
}

// TestContactSheetNarrow holds that a sheet can be of a gallery, or of what a
// proposal touches.
func TestContactSheetNarrow(t *testing.T) {
	folder := testFolder()
	folder["content/cups/gallery.md"] = textFile("+++\ntitle = \"Cups\"\n+++\n")
	folder["content/cups/a/submission.md"] = textFile(submission("cups11", "Ада", "pending", 6, "", "Слово."))
	_, sheet := contactSheet(t, folder, ContactAsk{Gallery: "cups"})
	if want := []ContactCount{{"pending", 1}}; !slices.Equal(sheet.Counts, want) {
		t.Errorf("a gallery: %v", sheet.Counts)
	}
	files, sheet := contactSheet(t, folder, ContactAsk{Only: "what differs from <main>", Touched: func(folder string) bool { return folder == "content/morning/x-declined" }})
	if want := []ContactCount{{"declined", 1}}; !slices.Equal(sheet.Counts, want) || !strings.Contains(files["index.html"], "of what differs from &lt;main&gt; only") {
		t.Errorf("a proposal: %v", sheet.Counts)
	}
	files, _ = contactSheet(t, folder, ContactAsk{Touched: func(string) bool { return false }})
	if !strings.Contains(files["index.html"], "There is nothing to look at.") {
		t.Error("nothing is not said to be nothing")
	}
	r, _, err := Plan(t.Context(), folder, Options{Now: testNow, Cache: newTestStore(), Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	var unknown *UnknownGallery
	if _, err := r.ContactSheet(t.Context(), ContactAsk{Gallery: "cup"}); !errors.As(err, &unknown) {
		t.Errorf("a gallery that is not there: %v", err)
	}
	if _, err := r.ContactSheet(t.Context(), ContactAsk{Problems: problem.List{{Text: "of no file"}}}); err != nil {
		t.Error(err)
	}
}

// TestRedactor holds that words are taken out whole, in any case, and nothing else.
func TestRedactor(t *testing.T) {
	hide := redactor([]string{"Петрова Мила", "Петрова", "a.b"})
	for text, want := range map[string]string{
		"Это ПЕТРОВА, Горпетрова и петрова.": "Это [hidden], Горпетрова и [hidden].",
		"Петрова Мила":           "[hidden]",
		"a.b axb a.bc":           "[hidden] axb a.bc",
		"ПетроваПетрова Петрова": "ПетроваПетрова [hidden]",
		"": "",
	} {
		if got := hide(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := redactor(nil)("Петрова"); got != "Петрова" {
		t.Errorf("nothing to hide: %q", got)
	}
}
