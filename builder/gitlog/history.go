package gitlog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"
)

// History is what the commits of a site's folder say of its submissions.
type History struct {
	Head     string // id of the commit it ends with; "" = there is none
	Approved map[string]Approval
	Changed  map[string]time.Time // when something in a folder was last changed, by folder below the site's
}

// Approval is the commit in which a submission, named by its id, was first
// approved or featured.
type Approval struct {
	On time.Time // of the author
	By string    // the author's name
}

// submissionFile is the file of a submission.
const submissionFile = "submission.md"

// History reads the commits up to the one that is checked out, in one pass, as
// far as they touch a folder below the site's. Dates are those of authors. It is
// ErrShallow where the history is cut off, for what it says would be wrong.
func (r *Repo) History(ctx context.Context, folder string) (*History, error) {
	if r.Shallow {
		return nil, ErrShallow
	}
	h := &History{Approved: map[string]Approval{}, Changed: map[string]time.Time{}}
	head, err := r.Head(ctx)
	if err != nil || head == "" {
		return h, err
	}
	h.Head = head
	versions, err := r.versions(ctx, folder, head, h)
	if err != nil {
		return nil, err
	}
	return h, r.approvals(ctx, versions, h)
}

// version is what a commit made of a submission.md.
type version struct {
	id string // of the content
	Approval
}

// commitMark begins the line of a commit, where that of a change has a colon;
// fieldMark ends the first of its two fields. What else the name of an author holds
// does not matter.
const (
	commitMark = "\x01"
	fieldMark  = "\x02"
)

// versions reads the log: it returns every content that a submission.md ever had,
// oldest first and each once, and notes when folders were last changed.
func (r *Repo) versions(ctx context.Context, folder, head string, h *History) ([]version, error) {
	out, wait, err := start(ctx, r.dir, nil, "log", "-z", "--reverse", "--topo-order", "--no-renames", "--raw", "--no-abbrev", "--no-ext-diff",
		"--no-textconv", "--no-show-signature", "--no-notes", "--no-color", "--ignore-submodules=all", "--relative",
		"--format=tformat:"+commitMark+"%at"+fieldMark+"%an", head, "--", folder)
	if err != nil {
		return nil, err
	}
	list, err := readLog(bufio.NewReaderSize(out, 1<<16), h)
	return list, errors.Join(err, wait())
}

func readLog(in *bufio.Reader, h *History) ([]version, error) {
	var list []version
	var by Approval
	seen := map[string]bool{}
	for {
		part, err := in.ReadString(0)
		if err == io.EOF && part == "" {
			return list, nil
		}
		if err != nil {
			return nil, errors.Join(errRaw, err)
		}
		part = strings.TrimLeft(strings.TrimSuffix(part, "\x00"), "\n")
		switch {
		case part == "":
		case strings.HasPrefix(part, commitMark):
			if by, err = readCommit(part[len(commitMark):]); err != nil {
				return nil, err
			}
		default:
			name, err := in.ReadString(0)
			c, ok := readChange(part, strings.TrimSuffix(name, "\x00"))
			if err != nil || !ok {
				return nil, errRaw
			}
			dir := path.Dir(c.path)
			if by.On.After(h.Changed[dir]) {
				h.Changed[dir] = by.On
			}
			if path.Base(c.path) == submissionFile && isID(c.newID) && strings.Trim(c.newID, "0") != "" && !seen[c.newID] {
				seen[c.newID] = true
				list = append(list, version{c.newID, by})
			}
		}
	}
}

func readCommit(line string) (Approval, error) {
	seconds, name, ok := strings.Cut(line, fieldMark)
	at, err := strconv.ParseInt(seconds, 10, 64)
	if !ok || err != nil {
		return Approval{}, errRaw
	}
	return Approval{time.Unix(at, 0).UTC(), name}, nil
}

// approvals reads the contents and notes of each id the first that is approved.
func (r *Repo) approvals(ctx context.Context, versions []version, h *History) error {
	if len(versions) == 0 {
		return nil
	}
	var ids bytes.Buffer
	for _, v := range versions {
		ids.WriteString(v.id + "\n")
	}
	out, wait, err := start(ctx, r.dir, &ids, "cat-file", "--batch")
	if err != nil {
		return err
	}
	err = readContents(bufio.NewReaderSize(out, 1<<16), versions, h)
	return errors.Join(err, wait())
}

// contentMost is how much of a submission.md is looked at: more than its front
// matter may have.
const contentMost = 80 << 10

func readContents(in *bufio.Reader, versions []version, h *History) error {
	buf := make([]byte, contentMost)
	for _, v := range versions {
		line, err := in.ReadString('\n')
		if err != nil {
			return errRaw
		}
		parts := strings.Fields(line)
		if len(parts) == 2 && parts[1] == "missing" {
			return fmt.Errorf("the content %s is not in this clone", v.id)
		}
		if len(parts) != 3 || parts[0] != v.id {
			return errRaw
		}
		size, err := strconv.ParseInt(parts[2], 10, 64)
		if err != nil || size < 0 {
			return errRaw
		}
		head := buf[:min(size, contentMost)]
		if _, err := io.ReadFull(in, head); err != nil {
			return errRaw
		}
		if _, err := io.CopyN(io.Discard, in, size-int64(len(head))+1); err != nil { // and the end of the line
			return errRaw
		}
		id, status := idAndStatus(head)
		if _, known := h.Approved[id]; id != "" && !known && (status == "approved" || status == "featured") {
			h.Approved[id] = v.Approval
		}
	}
	return nil
}

// idAndStatus returns two values of the front matter of a submission.md, TOML or
// YAML: those of the lines above all tables that begin with the key. History may
// hold what nobody can read any more, so this reads no more than it has to.
func idAndStatus(src []byte) (id, status string) {
	text := strings.TrimPrefix(string(src), "\ufeff")
	fence, assign := "+++", "="
	if strings.HasPrefix(text, "---") {
		fence, assign = "---", ":"
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case i == 0 && line != fence:
			return "", ""
		case i > 0 && line == fence, strings.HasPrefix(line, "["):
			return id, status
		}
		key, value, ok := strings.Cut(line, assign)
		if !ok {
			continue
		}
		switch strings.Trim(strings.TrimRight(key, " \t"), `"'`) {
		case "id":
			id = plainValue(value)
		case "status":
			status = plainValue(value)
		}
	}
	return id, status
}

// plainValue returns a string as front matter writes it, without quotes and
// comment.
func plainValue(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if q := s[:1]; q == `"` || q == "'" {
		value, _, ok := strings.Cut(s[1:], q)
		if !ok {
			return ""
		}
		return value
	}
	value, _, _ := strings.Cut(s, "#")
	return strings.TrimSpace(value)
}
