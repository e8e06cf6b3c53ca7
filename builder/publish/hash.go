package publish

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"os"
)

// hashRest hashes a content of which the head has been read, and returns its
// size.
func hashRest(head []byte, rest io.Reader) (Hash, int64, error) {
	h := sha256.New()
	h.Write(head)
	n, err := io.Copy(h, rest)
	return Hash(h.Sum(nil)), int64(len(head)) + n, err
}

func hashFile(name string) (_ Hash, err error) {
	f, err := os.Open(name)
	if err != nil {
		return Hash{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum, _, err := hashRest(nil, f)
	return sum, err
}

// again opens a large file a second time; the reading fails at its end if
// the content has changed meanwhile.
func again(f File) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		return &checkedReader{ReadCloser: in, sum: sha256.New(), want: f.Hash}, nil
	}
}

type checkedReader struct {
	io.ReadCloser
	sum  hash.Hash
	want Hash
}

func (c *checkedReader) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.sum.Write(p[:n])
	if err == io.EOF && Hash(c.sum.Sum(nil)) != c.want {
		return n, errors.New("the content changed while it was read")
	}
	return n, err
}
