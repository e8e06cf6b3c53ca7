package media

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func infoOf(content string) *Info {
	sum := sha256.Sum256([]byte(content))
	return &Info{Path: "a.jpg", Format: "jpeg", Width: 3, Height: 2, Hash: hex.EncodeToString(sum[:]), Size: int64(len(content)), orientation: 1}
}

// TestNames holds which ids name a content. The ids are those that
// "git hash-object" printed.
func TestNames(t *testing.T) {
	const content = "what is up, doc?"
	tests := []struct {
		name, id string
		want     bool
	}{
		{"SHA-1", "bd9dbf5aae1a3862dd1526723246b20206e5fc37", true},
		{"SHA-256", "7561bda2ad0a17be8fee9d1815a0896b80ebafddaf26cf30c228e9b320513033", true},
		{"another content's", "d670460b4b4aece5915caf5c68d12f560a9fe3e4", false},
		{"short", "bd9dbf5aae1a38", false},
		{"none", "", false},
	}
	for _, tt := range tests {
		id, err := hex.DecodeString(tt.id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := names(id, infoOf(content), strings.NewReader(content))
		if got != tt.want || err != nil {
			t.Errorf("%s: %t, %v", tt.name, got, err)
		}
	}
	pointer := "version https://git-lfs.github.com/spec/v1\noid sha256:" + infoOf(content).Hash + "\nsize 16\n"
	sum := sha1.Sum([]byte("blob 127\x00" + pointer))
	if len(pointer) != 127 {
		t.Fatal(len(pointer))
	}
	if ok, err := names(sum[:], infoOf(content), strings.NewReader(content)); !ok || err != nil {
		t.Errorf("the pointer's id: %t, %v", ok, err)
	}
	if ok, err := names(sum[:], infoOf("another"), strings.NewReader("another")); ok || err != nil {
		t.Errorf("another content's pointer: %t, %v", ok, err)
	}
	broken := errors.New("the disk is broken")
	if _, err := names(make([]byte, 20), infoOf(content), io.MultiReader(strings.NewReader("what"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("a broken disk: %v", err)
	}
}

// TestPointer holds what is a pointer of Git LFS, and what it points to.
func TestPointer(t *testing.T) {
	hash := strings.Repeat("4d", 32)
	const head = "version https://git-lfs.github.com/spec/v1\n"
	tests := []struct {
		name, text string
		hash       string
		size       int64
		ok         bool
	}{
		{"as written", pointerText(hash, 12345), hash, 12345, true},
		{"with an extension", head + "ext-0-foo sha256:" + strings.Repeat("00", 32) + "\noid sha256:" + hash + "\nsize 12345\n", hash, 12345, true},
		{"with the line ends of Windows", head + "oid sha256:" + hash + "\r\nsize 12345\r\n", hash, 12345, true},
		{"another hash", head + "oid md5:0123\nsize 12345\n", "", 0, true},
		{"no size", head + "oid sha256:" + hash + "\n", "", 0, true},
		{"a negative size", head + "oid sha256:" + hash + "\nsize -1\n", "", 0, true},
		{"a short hash", head + "oid sha256:4d4d\nsize 12345\n", "", 0, true},
		{"a hash with a path", head + "oid sha256:../" + hash[3:] + "\nsize 12345\n", "", 0, true},
		{"capitals", head + "oid sha256:" + strings.ToUpper(hash) + "\nsize 12345\n", "", 0, true},
		{"another version", "version https://hawser.github.com/spec/v1\noid sha256:" + hash + "\nsize 12345\n", "", 0, false},
		{"a picture", "\xff\xd8\xff" + head, "", 0, false},
		{"long", pointerText(hash, 12345) + strings.Repeat("x", 1024), "", 0, false},
		{"nothing", "", "", 0, false},
	}
	for _, tt := range tests {
		hash, size, ok := pointer([]byte(tt.text))
		if hash != tt.hash || hash != "" && size != tt.size || ok != tt.ok {
			t.Errorf("%s: %q, %d, %t", tt.name, hash, size, ok)
		}
	}
}

func FuzzPointer(f *testing.F) {
	f.Add(pointerText(strings.Repeat("4d", 32), 12345))
	f.Add("version https://git-lfs.github.com/spec/v1\nsize 9\noid sha256:zz\n")
	f.Fuzz(func(t *testing.T, text string) {
		hash, size, ok := pointer([]byte(text))
		if hash != "" && (len(hash) != 64 || size <= 0 || !ok || strings.Trim(hash, "0123456789abcdef") != "") {
			t.Errorf("%q, %d, %t", hash, size, ok)
		}
	})
}
