package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// packFolder is the script command pack: a folder becomes a ZIP file.
func packFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack FILE FOLDER")
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	ts.Check(w.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// packBadly is the script command badzip: a ZIP file with a good picture, where
// its fault allows that, and a fault.
func packBadly(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: badzip FILE PICTURE FAULT")
	}
	picture := ts.ReadFile(args[1])
	entries := [][2]string{{"good.jpg", picture}}
	switch args[2] {
	case "names":
		for _, name := range []string{"../up.jpg", "/root.jpg", `C:\drive.jpg`, "tab\t.jpg", strings.Repeat("long", 70) + ".jpg", strings.Repeat("d/", 61) + "deep.jpg"} {
			entries = append(entries, [2]string{name, picture})
		}
	case "twice":
		entries = append(entries, [2]string{"good.jpg", picture + "!"}, [2]string{"good.jpg/a.jpg", picture}, [2]string{"b/b.jpg", picture}, [2]string{"b", "b"})
	case "many":
		for i := range 8 {
			entries = append(entries, [2]string{fmt.Sprintf("../%d.jpg", i), picture})
		}
	case "thousands":
		entries = nil
		for i := range 200_001 {
			entries = append(entries, [2]string{fmt.Sprintf("%d.jpg", i), ""})
		}
	case "bomb", "half":
		entries = append(entries, [2]string{"zeros.jpg", strings.Repeat("\x00", 17<<20)})
	case "letters": // of Russian Windows: Оля
		entries = [][2]string{{"\x8e\xab\xef.jpg", picture}}
	case "odd":
		entries = append(entries, [2]string{"link.jpg", "/etc/passwd"}, [2]string{"inner.zip", "PK"}, [2]string{"new.jpg", picture})
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e[0], Method: zip.Deflate}
		if args[2] == "overlapping" || args[2] == "damaged" || args[2] == "thousands" {
			h.Method = zip.Store
		}
		if e[0] == "link.jpg" {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		out, err := w.CreateHeader(h)
		ts.Check(err)
		_, err = io.WriteString(out, e[1])
		ts.Check(err)
	}
	if args[2] == "overlapping" {
		h := &zip.FileHeader{Name: "again.jpg", Method: zip.Store}
		out, err := w.CreateHeader(h)
		ts.Check(err)
		_, err = io.WriteString(out, picture)
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), spoil(b.Bytes(), args[2]), 0o644))
}

// spoil changes the bytes of a ZIP file: those of its list of contents stand
// behind the sign PK 1 2 of each entry (APPNOTE 4.3.12).
func spoil(data []byte, fault string) []byte {
	last := bytes.LastIndex(data, []byte("PK\x01\x02"))
	switch fault {
	case "locked":
		binary.LittleEndian.PutUint16(data[last+8:], 1)
	case "overlapping":
		binary.LittleEndian.PutUint32(data[last+42:], 0)
	case "elsewhere":
		binary.LittleEndian.PutUint32(data[last+42:], 1<<30)
	case "odd":
		binary.LittleEndian.PutUint16(data[last+10:], 9)
	case "large":
		binary.LittleEndian.PutUint32(data[last+24:], 0xfffffffe)
	case "damaged":
		data[300] ^= 0xff
	case "half":
		return data[:len(data)/2]
	case "rar":
		return []byte("PK\x03\x04" + strings.Repeat(" ", 100))
	}
	return data
}
