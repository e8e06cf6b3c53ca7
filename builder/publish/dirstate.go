package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// stat is what a file system says of a file without opening it.
type stat struct {
	size  int64
	mtime int64 // nanoseconds since 1970
	inode uint64
}

func statOf(info fs.FileInfo) stat {
	return stat{size: info.Size(), mtime: info.ModTime().UnixNano(), inode: inode(info)}
}

// record is one published file as the state file keeps it.
type record struct {
	stat
	hash Hash
	key  string
}

// state is what was published to one folder, by path.
type state map[string]record

// stateHead is the first line of a state file; the folder follows it.
const stateHead = "gallerist published files 1\t"

// readState returns what the state file says of the output folder and the
// moment it was written. A missing, damaged or foreign file says nothing:
// then all that is there is hashed again.
func readState(file, output string) (state, int64) {
	if file == "" {
		return nil, 0
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, 0
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, 0
	}
	body, sum, found := bytes.Cut(data, []byte("\n\n"))
	if !found || Hash(sha256.Sum256(body)).String() != string(bytes.TrimSuffix(sum, []byte("\n"))) {
		return nil, 0
	}
	head, lines, _ := strings.Cut(string(body), "\n")
	if head != stateHead+strconv.Quote(output) {
		return nil, 0
	}
	s := make(state, strings.Count(lines, "\n")+1)
	for line := range strings.SplitSeq(lines, "\n") {
		if path, r, ok := parseRecord(line); ok {
			s[path] = r
		}
	}
	return s, info.ModTime().UnixNano()
}

// parseRecord reads hash, size, time, inode, path and key, tabs between.
func parseRecord(line string) (path string, r record, ok bool) {
	var field [6]string
	for i := range field {
		field[i], line, _ = strings.Cut(line, "\t")
	}
	var err [4]error
	_, err[0] = hex.Decode(r.hash[:], []byte(field[0][:min(len(field[0]), 2*len(r.hash))]))
	r.size, err[1] = strconv.ParseInt(field[1], 10, 64)
	r.mtime, err[2] = strconv.ParseInt(field[2], 10, 64)
	r.inode, err[3] = strconv.ParseUint(field[3], 10, 64)
	r.key = field[5]
	return field[4], r, err == [4]error{} && len(field[0]) == 2*len(r.hash) && field[4] != ""
}

// encode returns the state file's text: same state, same bytes.
func (s state) encode(output string) []byte {
	out := make([]byte, 0, 64+200*len(s))
	out = append(out, stateHead...)
	out = strconv.AppendQuote(out, output)
	for _, path := range slices.Sorted(maps.Keys(s)) {
		r := s[path]
		out = append(out, '\n')
		out = hex.AppendEncode(out, r.hash[:])
		out = strconv.AppendInt(append(out, '\t'), r.size, 10)
		out = strconv.AppendInt(append(out, '\t'), r.mtime, 10)
		out = strconv.AppendUint(append(out, '\t'), r.inode, 10)
		out = append(append(out, '\t'), path...)
		out = append(append(out, '\t'), r.key...)
	}
	sum := sha256.Sum256(out)
	out = append(out, "\n\n"...)
	return append(hex.AppendEncode(out, sum[:]), '\n')
}

// says reports whether the state has exactly the files of the manifest.
func (s state) says(m Manifest) bool {
	if len(s) != len(m) {
		return false
	}
	for name, e := range m {
		if r, ok := s[name]; !ok || r.hash != e.Hash || r.key != plainKey(e.Key) {
			return false
		}
	}
	return true
}

// plainKey returns key, or "" when it cannot stand in a line of the state
// file: such a file is then compared by its hash.
func plainKey(key string) string {
	if strings.ContainsAny(key, "\t\n") {
		return ""
	}
	return key
}

// writeState puts the state file in place by a rename.
func (d *Dir) writeState(s state) error {
	if d.opt.State == "" {
		return nil
	}
	if err := d.makeParents(filepath.Dir(d.opt.State)); err != nil {
		return explain(d.opt.State, err)
	}
	temp := d.opt.State + ".new"
	_, err := d.writeFile(temp, bytes.NewReader(s.encode(d.root)))
	if err == nil {
		err = d.disk.Rename(temp, d.opt.State)
	}
	if err != nil {
		_ = d.disk.Remove(temp) // the first error is the one to tell
		return explain(d.opt.State, err)
	}
	return nil
}
