package film

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// decoded returns a digest of each picture and each packet of sound that
// FFmpeg makes of a file, with their times.
func decoded(t *testing.T, ffmpeg, file string, stream string) string {
	t.Helper()
	out, err := exec.Command(ffmpeg, "-nostdin", "-v", "error", "-i", file, "-map", "0:"+stream, "-f", "framemd5", "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", file, err, out)
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// TestDecodesTheSame is a second opinion: FFmpeg makes the same pictures and
// sounds at the same times of the file as it came and as it is written.
func TestDecodesTheSame(t *testing.T) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip(err)
	}
	for _, s := range samples {
		t.Run(s.file, func(t *testing.T) {
			_, out := clean(t, sample(t, s.file))
			file := filepath.Join(t.TempDir(), s.file)
			if err := os.WriteFile(file, out, 0o600); err != nil {
				t.Fatal(err)
			}
			for stream, name := range map[string]string{"v:0": s.want.Video, "a:0": s.want.Audio} {
				if name == "" {
					continue
				}
				want, got := decoded(t, ffmpeg, "testdata/"+s.file, stream), decoded(t, ffmpeg, file, stream)
				if want == "" || got != want {
					t.Errorf("%s: %d bytes of digests became %d", stream, len(want), len(got))
				}
			}
		})
	}
}

// Groups and tags of ExifTool that describe the file and its tables.
var structure = []string{
	"SourceFile", "ExifTool:", "System:", "File:", "Composite:", "MPEG:", "FLAC:", "RIFF:", "Opus:", "Vorbis:",
	"QuickTime:MajorBrand", "QuickTime:MinorVersion", "QuickTime:CompatibleBrands", "QuickTime:MovieHeaderVersion", "QuickTime:TimeScale",
	"QuickTime:Duration", "QuickTime:Preferred", "QuickTime:MatrixStructure", "QuickTime:Preview", "QuickTime:Poster", "QuickTime:Selection",
	"QuickTime:CurrentTime", "QuickTime:NextTrackID", "QuickTime:MediaData", "Matroska:",
}

// TestExifTool is another: ExifTool, which knows more places for metadata
// than anybody, finds nothing but structure, and no date.
func TestExifTool(t *testing.T) {
	exiftool, err := exec.LookPath("exiftool")
	if err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	for _, s := range samples {
		_, out := clean(t, sample(t, s.file))
		if err := os.WriteFile(filepath.Join(dir, s.file), out, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b, err := exec.Command(exiftool, "-json", "-G1", "-a", "-ee", "-u", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var files []map[string]any
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&files); err != nil || len(files) != len(samples) {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		for tag, value := range f {
			said, _ := value.(string)
			date := strings.HasSuffix(tag, "Date") && !strings.HasPrefix(tag, "System:") && said != "0000:00:00 00:00:00"
			known := slices.ContainsFunc(structure, func(p string) bool { return strings.HasPrefix(tag, p) }) || strings.HasPrefix(tag, "Track")
			if date || !known && !strings.HasSuffix(tag, "Date") || strings.Contains(said, "PRIVATE") || strings.Contains(tag, "GPS") {
				t.Errorf("%v: %s is %v", filepath.Base(f["SourceFile"].(string)), tag, value)
			}
		}
	}
}
