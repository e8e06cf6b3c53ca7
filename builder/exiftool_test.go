package builder

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestExifTool lets ExifTool, where it is installed, look at everything that
// is published of a photograph and a film full of private notes.
func TestExifTool(t *testing.T) {
	tool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip("exiftool is not installed")
	}
	dir := t.TempDir()
	run := func(args ...string) []byte {
		t.Helper()
		cmd := exec.Command(tool, args...)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("exiftool %v: %v", args, err)
		}
		return out
	}
	for name, data := range map[string][]byte{"1.jpg": photo(1, 900, 600), "2.png": nil, "walk.mov": sampleFilm(t, "h264.mov")} {
		if data == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run("-overwrite_original", "-GPSLatitude=55.75", "-GPSLatitudeRef=N", "-GPSLongitude=37.61", "-GPSLongitudeRef=E", "-Make=SecretMake",
		"-Model=SecretModel", "-SerialNumber=SECRET-1", "-Artist=Secret Artist", "-UserComment=secret comment", "-IPTC:City=SecretTown",
		"-XMP:Location=SecretPlace", "-Comment=secret words", "1.jpg")
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	files, probs, _ := buildFolder(t, withPiece("", map[string][]byte{"1.jpg": read("1.jpg"), "walk.mov": read("walk.mov")}))
	noProblems(t, probs)
	out := t.TempDir()
	for name, data := range files {
		if strings.HasPrefix(name, "m/") {
			if err := os.WriteFile(filepath.Join(out, filepath.Base(name)), []byte(data), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	var found []map[string]any
	if err := json.Unmarshal(run("-j", "-G1", "-a", "-u", "-ee", out), &found); err != nil {
		t.Fatal(err)
	}
	credits := map[string]int{}
	for _, file := range found {
		checkTags(t, file, credits)
	}
	for _, kind := range []string{"JPEG", "WEBP", "Extended WEBP", "MP4"} {
		t.Logf("%s: %d say whose they are", kind, credits[kind])
	}
	if credits["JPEG"] == 0 || credits["Extended WEBP"]+credits["WEBP"] == 0 {
		t.Errorf("nobody says whose it is: %v", credits)
	}
}

// checkTags holds one file's tags against what may be there.
func checkTags(t *testing.T, file map[string]any, credits map[string]int) {
	t.Helper()
	kind, _ := file["File:FileType"].(string)
	for tag, value := range file {
		group, _, _ := strings.Cut(tag, ":")
		if slices.ContainsFunc([]string{"IFD", "GPS", "ExifIFD", "Interop", "MakerNotes", "IPTC", "Photoshop", "Keys", "UserData", "ItemList", "ICC"}, func(p string) bool { return strings.HasPrefix(group, p) }) {
			t.Errorf("%v: %s is %v", file["SourceFile"], tag, value)
		}
		if text, _ := value.(string); group != "System" && tag != "SourceFile" && strings.Contains(strings.ToLower(text), "secret") {
			t.Errorf("%v: %s is %q", file["SourceFile"], tag, text)
		}
	}
	if credit, _ := file["XMP-photoshop:Credit"].(string); strings.HasPrefix(credit, "Фото от") || strings.HasPrefix(credit, "Видео") {
		credits[kind]++
	}
}
