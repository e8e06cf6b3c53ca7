package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gallerist": func() { os.Exit(Main()) }})
}

// TestScripts runs testdata/script: one file a command or a group of problems.
// Beside testscript's own commands there is
//
//	photo FILE WIDTH HEIGHT    writes a JPEG
//	pack FILE FOLDER           makes a ZIP file of a folder
//	badzip FILE PICTURE FAULT  makes a ZIP file with a fault: see packBadly
//	cut FILE BYTES             shortens a file
//	encode FILE ENCODING       writes a text in windows-1251 or utf-16
//	film FILE SAMPLE           copies a film of the package film's tests
//	hash FILE OF               puts the SHA-256 of a file in the place of HASH in another
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"photo":  writePhoto,
			"pack":   packFolder,
			"badzip": packBadly,
			"cut":    cutFile,
			"encode": encodeFile,
			"film":   copyFilm,
			"hash":   putHash,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("GALLERIST_SECRET", "a secret only the tests know")
			env.Setenv("CI", "")
			return nil
		},
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
	})
}

func writePhoto(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: photo FILE WIDTH HEIGHT")
	}
	w, errW := strconv.Atoi(args[1])
	h, errH := strconv.Atoi(args[2])
	ts.Check(errW)
	ts.Check(errH)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 120, 255})
		}
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, img, nil))
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o777))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

func cutFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cut FILE BYTES")
	}
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

func encodeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: encode FILE ENCODING")
	}
	encoder := charmap.Windows1251.NewEncoder()
	if args[1] == "utf-16" {
		encoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	}
	text, err := encoder.String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

func copyFilm(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: film FILE SAMPLE")
	}
	data, err := os.ReadFile(filepath.Join(samples, args[1]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

func putHash(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hash FILE OF")
	}
	sum := sha256.Sum256([]byte(ts.ReadFile(args[1])))
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "HASH", hex.EncodeToString(sum[:]))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// samples is the folder of films, absolute because scripts run elsewhere.
var samples = func() string {
	dir, err := filepath.Abs("../../builder/media/film/testdata")
	if err != nil {
		panic(err)
	}
	return dir
}()
