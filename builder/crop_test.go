package builder

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
)

// facePhoto is a picture of two halves: specks of a seed, which stand for a face
// that is to be cut away, on the left, and always the same ones on the right.
func facePhoto(w, h int, face uint64) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	left, right := rand.New(rand.NewPCG(face, 1)), rand.New(rand.NewPCG(0, 2))
	for y := range h {
		for x := range w {
			r := right
			if x < w/2 {
				r = left
			}
			m.SetNRGBA(x, y, color.NRGBA{byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const rightHalf = "crop = [0.5, 0, 0.5, 1]\n"

// agreed is what a piece says whose author agreed to a change.
const agreedEdit = "\n[[edit]]\nwhat = \"Обрезано слева\"\nby = \"Студия\"\nagreed = true\n"

// withFace is a site with a cropped picture, alone and listed among others, which
// stands for its gallery.
func withFace(face uint64) fstest.MapFS {
	fsys := withPiece(rightHalf+"focus = [0.1, 0.5]\n", map[string][]byte{"1.png": facePhoto(1400, 500, face)})
	name := "content/morning/2026-11-05-nina/submission.md"
	md := strings.Replace(string(fsys[name].Data), `"embed"]`, `"embed", "social", "print"]`, 1)
	fsys[name] = textFile(strings.Replace(md, "\n[author]", agreedEdit+"[[product]]\nname = \"Чашка\"\nx = 0.75\ny = 0.5\n[[product]]\nname = \"Блюдце\"\nx = 0.25\ny = 0.5\n\n[author]", 1))
	other := "content/morning/2026-11-06-vera/"
	fsys[other+"submission.md"] = textFile(strings.Replace(submission("vera11", "Вера", "featured", 13, "", "Два."), "\n[author]",
		agreedEdit+"[[media]]\nfile = \"2.png\"\n[[media]]\nfile = \"1.png\"\nalt = \"Кот\"\n"+rightHalf+"\n[author]", 1))
	fsys[other+"1.png"] = &fstest.MapFile{Data: facePhoto(900, 640, face+1)}
	fsys[other+"2.png"] = &fstest.MapFile{Data: facePhoto(300, 200, 7)}
	return fsys
}

// mediaName follows from the hash of a picture's file, and mediaHash is that of a
// page's structured data, which hold such names.
var (
	mediaName = regexp.MustCompile(`m/[0-9a-f]{2}/[0-9a-f]{24}`)
	mediaHash = regexp.MustCompile(`script-src &#39;sha256-.*?&#39;`)
)

// nameless puts the contents of files in order, with all that follows from the
// hashes of pictures taken out.
func nameless(files map[string]string) []string {
	var list []string
	for _, path := range slices.Sorted(maps.Keys(files)) {
		list = append(list, mediaName.ReplaceAllString(path, "m")+"\x00"+mediaHash.ReplaceAllString(mediaName.ReplaceAllString(files[path], "m"), ""))
	}
	slices.Sort(list)
	return list
}

// TestCutAwayIsNowhere: two sites whose pictures differ only in what is cropped
// away come out the same, every byte of every file: pages, renditions, share cards,
// feeds, what is exported, the sheet for reviewers.
func TestCutAwayIsNowhere(t *testing.T) {
	var outputs [2][]string
	for i := range outputs {
		fsys := withFace(uint64(10 + 50*i))
		files, probs, r := buildFolder(t, fsys)
		if n := probs.Count(problem.Error); n > 0 {
			t.Fatal(probs)
		}
		for _, use := range ExportUses {
			out, _ := exported(t, r, ExportAsk{Use: use})
			for name, data := range out {
				files["export-"+use+"/"+name] = data
			}
		}
		sheet, _ := contactSheet(t, fsys, ContactAsk{})
		for name, data := range sheet {
			files["sheet/"+name] = data
		}
		outputs[i] = nameless(files)
	}
	if len(outputs[0]) != len(outputs[1]) {
		t.Fatalf("%d and %d files", len(outputs[0]), len(outputs[1]))
	}
	pictures := 0
	for i, one := range outputs[0] {
		path, _, _ := strings.Cut(one, "\x00")
		if strings.HasSuffix(path, ".jpg") || strings.HasSuffix(path, ".webp") {
			pictures++
		}
		if one != outputs[1][i] {
			t.Errorf("%s shows something of what was cut away: %q", path, firstDifference(one, outputs[1][i]))
		}
	}
	if pictures < 30 {
		t.Errorf("only %d pictures were looked at", pictures)
	}
	whole := withFace(10)
	for name, f := range whole {
		whole[name] = textFile(strings.ReplaceAll(string(f.Data), rightHalf, ""))
	}
	files, _, _ := buildFolder(t, whole)
	if slices.Equal(nameless(files), outputs[0]) {
		t.Error("without the crops nothing is different")
	}
}

// TestCropOnPages: a page shows the part with its own sizes and marks, tells that
// it was cropped, and the pages of all other pieces stay as they were.
func TestCropOnPages(t *testing.T) {
	fsys := withFace(1)
	files, probs, r := buildFolder(t, fsys)
	noProblems(t, slices.DeleteFunc(slices.Clone(probs), func(p problem.Problem) bool { return strings.Contains(p.Text, "cut away") }))
	if n := probs.Count(problem.Warning); n != 1 {
		t.Errorf("%d warnings: %v", n, probs)
	}
	page := strings.ReplaceAll(files["morning/nina/index.html"], "\u00a0", " ")
	for _, want := range []string{"Обрезано слева", "снимок кадрирован</span> (Slippers, согласовано с автором)<", `style="--x:50%;--y:50%"`, `"width":640,"height":457`, `width="640" height="457"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q\n%s", want, page)
		}
	}
	if strings.Count(page, `class="spot"`) > 1 || strings.Contains(page, "1 400") || strings.Contains(page, "\"1400") {
		t.Errorf("the page marks what was cut away, or tells the size of the whole\n%s", page)
	}
	seen := 0
	for _, p := range r.Pictures {
		if strings.Contains(p.Origin, "nina/1.png") && p.Width > 200 {
			if seen++; max(p.Width, p.Height) > 700 {
				t.Errorf("%s is %d × %d", p.URL, p.Width, p.Height)
			}
		}
	}
	if seen == 0 {
		t.Error("no picture was looked at")
	}
	moved := fstest.MapFS{}
	maps.Copy(moved, fsys)
	name := "content/morning/2026-11-05-nina/submission.md"
	moved[name] = textFile(strings.Replace(string(fsys[name].Data), "[0.5, 0, 0.5, 1]", "[0.5, 0, 0.4, 1]", 1))
	_, _, again := buildFolder(t, moved)
	before, after := pathsByOrigin(r), pathsByOrigin(again)
	for origin, list := range before {
		if kept := slices.ContainsFunc(list, func(path string) bool { return slices.Contains(after[origin], path) }); kept == strings.Contains(origin, "nina") {
			t.Errorf("%s: %v with one crop, %v with another", origin, list, after[origin])
		}
	}
}

// pathsByOrigin lists what is made of each picture.
func pathsByOrigin(r *Result) map[string][]string {
	list := map[string][]string{}
	for _, p := range r.Pictures {
		list[p.Origin] = append(list[p.Origin], p.URL)
	}
	return list
}

// TestCropNeedsAgreement: a piece is not cropped behind its author's back.
func TestCropNeedsAgreement(t *testing.T) {
	fsys := withPiece(rightHalf, map[string][]byte{"1.png": facePhoto(300, 200, 1)})
	name := "content/morning/2026-11-05-nina/submission.md"
	_, probs, r := buildFolder(t, fsys)
	if !strings.Contains(fmt.Sprint(probs), `"nina11" is cropped without its author's agreement`) || !slices.Contains(r.Summary.LeftOut, LeftOut{"crop", 1}) {
		t.Errorf("%v %v", probs, r.Summary.LeftOut)
	}
	original := string(fsys[name].Data)
	fsys[name] = textFile(strings.Replace(original, `"embed"]`, `"embed", "retouch"]`, 1))
	files, probs, _ := buildFolder(t, fsys)
	noProblems(t, probs)
	if page := strings.ReplaceAll(files["morning/nina/index.html"], "\u00a0", " "); !strings.Contains(page, "снимок кадрирован</span> (Slippers, с разрешения автора)<") {
		t.Errorf("the crop is not told: %s", page)
	}
}
