package media

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
)

// names says whether the id of a git blob names the content that info was
// found in: whether it is the hash of the content as git takes it, or of the
// pointer that Git LFS keeps of the content. Ids of 20 bytes are SHA-1, of 32
// SHA-256. SHA-1 names safely here: git refuses contents that were made to
// share one, and a repository has one blob of an id.
func names(id []byte, info *Info, content io.Reader) (bool, error) {
	var sum func() hash.Hash
	switch len(id) {
	case sha1.Size:
		sum = sha1.New
	case sha256.Size:
		sum = sha256.New
	default:
		return false, nil
	}
	kept := pointerText(info.Hash, info.Size)
	got, err := blobID(sum(), int64(len(kept)), strings.NewReader(kept))
	if err == nil && !bytes.Equal(got, id) {
		got, err = blobID(sum(), info.Size, content)
	}
	return err == nil && bytes.Equal(got, id), err
}

// blobID returns what git calls a blob: the hash of the word blob, its length
// and the content (git's user manual, "Object storage format").
func blobID(h hash.Hash, size int64, content io.Reader) ([]byte, error) {
	fmt.Fprintf(h, "blob %d\x00", size)
	_, err := io.Copy(h, content)
	return h.Sum(nil), err
}

// The pointer of Git LFS: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
// Its first line is the version, then come keys with their values in the order
// of the alphabet, those of extensions among them.
const (
	pointerHead = "version https://git-lfs.github.com/spec/v1\n"
	pointerMax  = 1024 // bytes, by the specification fewer
)

// pointerText is the pointer of a content, as Git LFS writes it.
func pointerText(hash string, size int64) string {
	return pointerHead + "oid sha256:" + hash + "\nsize " + strconv.FormatInt(size, 10) + "\n"
}

// pointer tells the SHA-256, in hex, and size of the content that data, a
// pointer of Git LFS, stands for. Ok is false where data are something else. A
// pointer that is one but cannot be read has no hash.
func pointer(data []byte) (hash string, size int64, ok bool) {
	if len(data) >= pointerMax || !strings.HasPrefix(string(data), pointerHead) {
		return "", 0, false
	}
	for line := range strings.Lines(string(data[len(pointerHead):])) {
		key, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		switch key {
		case "oid":
			hash, _ = strings.CutPrefix(value, "sha256:")
		case "size":
			size, _ = strconv.ParseInt(value, 10, 64)
		}
	}
	if raw, err := hex.DecodeString(hash); err != nil || len(raw) != sha256.Size || strings.ToLower(hash) != hash || size <= 0 {
		return "", 0, true
	}
	return hash, size, true
}
