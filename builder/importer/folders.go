package importer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/lang"
	"gallerist/builder/source"
)

// shardFrom is how many submissions a gallery may have without folders for years
// and months.
const shardFrom = 1000

// idLetters are those of ids: figures and small letters, without vowels, which
// make words, and without l, which is like a figure.
const idLetters = "0123456789bcdfghjkmnpqrstvwxyz"

// idLen is the length of an id: 49 bits.
const idLen = 10

// id makes the id of an entry: the same one each time, which nobody can tell
// from the key alone.
func (p *planning) id(kind Kind, key string) string {
	sum := sha256.Sum256([]byte(p.Mapping.Salt + "\x00" + cmp.Or(kind.Keys, kind.Name) + "\x00" + key))
	id := make([]byte, idLen)
	for i := range id {
		id[i] = idLetters[binary.BigEndian.Uint16(sum[2*i:])%uint16(len(idLetters))]
	}
	return string(id)
}

func loadZone(name string) (*time.Location, error) {
	if name == "Local" {
		return nil, errors.New("not a zone that is the same everywhere")
	}
	return time.LoadLocation(name)
}

// when is the day of a folder.
func (e *Entry) when() time.Time {
	if e.Received.IsZero() {
		return e.Taken
	}
	return e.Received
}

// folders plans the folders of those who are new.
func (p *planning) folders(ctx context.Context, entries []keyed) error {
	var fresh []keyed
	for _, e := range entries {
		if p.isKnown(e.id) {
			p.Known++
			if err := p.complete(e); err != nil {
				return err
			}
		} else {
			fresh = append(fresh, e)
		}
	}
	slices.SortFunc(fresh, func(a, b keyed) int { return cmp.Or(a.when().Compare(b.when()), strings.Compare(a.id, b.id)) })
	shard := len(p.gallery.Submissions)+p.gallery.Broken+len(fresh) > shardFrom
	used := map[string]bool{}
	for _, e := range fresh {
		if err := ctx.Err(); err != nil {
			return err
		}
		if zone := p.ask.Options.Zone; zone != nil {
			e.Received, e.Taken = inZone(e.Received, zone), inZone(e.Taken, zone)
		}
		if _, ok := p.ids[e.alone]; ok && e.alone != "" {
			p.probs.Warnf(e.At, fmt.Sprintf("look whether it is the one with the id %s; if so, delete one of the two", e.alone),
				"several answers of the same second, of which one was imported before: this one may be there twice now")
		}
		f, err := p.folder(e, p.parent(e.Entry, shard), used)
		if err != nil {
			return err
		}
		p.Folders = append(p.Folders, f)
		if e.Grant.Status == "granted" {
			p.Granted++
		}
		if e.Consent.Name != nil && *e.Consent.Name {
			p.Named++
		}
	}
	return nil
}

func inZone(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}

// folder plans one.
func (p *planning) folder(e keyed, parent string, used map[string]bool) (*Folder, error) {
	files, missing, err := p.media(e)
	if err != nil {
		return nil, err
	}
	f := &Folder{Dir: p.free(parent, e, used), ID: e.id, At: e.At, Missing: missing.told}
	f.Files = append(f.Files, File{Path: "submission.md", Data: e.markdown(e.id, p.lang(), files, e.follow(files, missing.noted))})
	for _, x := range files {
		if x.Link == "" {
			from := ""
			if x.from != nil {
				from = x.from.at.File
			}
			f.Files = append(f.Files, File{Path: x.name, From: from, Open: x.Open})
		}
	}
	return f, nil
}

// lang is the language that submissions of the gallery have without saying so.
func (p *planning) lang() string { return cmp.Or(p.gallery.Lang, p.ask.Options.Lang) }

// free returns the folder's path: by the author's name only where it may be
// shown.
func (p *planning) free(parent string, e keyed, used map[string]bool) string {
	name := e.id
	if c := e.Consent.Name; c != nil && *c && (e.Minor == nil || !*e.Minor) && len(e.Authors) > 0 {
		name = cmp.Or(lang.Slug(e.Authors[0].Name), name)
	}
	if at := e.when(); !at.IsZero() {
		name = at.Format(time.DateOnly) + "-" + name
	}
	for _, name := range []string{name, name + "-" + e.id[:4], name + "-" + e.id} {
		dir := path.Join(parent, name)
		if _, err := fs.Lstat(p.site, dir); !used[source.Fold(dir)] && errors.Is(err, fs.ErrNotExist) {
			used[source.Fold(dir)] = true
			return dir
		}
	}
	return path.Join(parent, e.id)
}

// lacking is what an entry should have and has not: as told to the person who
// imports, and as noted in submission.md, where no address and no id belongs.
type lacking struct{ told, noted []string }

// media returns the files of an entry under the names they will have.
func (p *planning) media(e keyed) ([]file, lacking, error) {
	var list []file
	var missing lacking
	lack := func(i int, m *Medium) {
		missing.told = append(missing.told, cmp.Or(m.Name, m.ID, "file "+strconv.Itoa(i+1)))
		missing.noted = append(missing.noted, lackName(i, m))
	}
	seen, used := map[*item]bool{}, map[string]bool{"submission.md": true}
	for i := range e.Media {
		m := &e.Media[i]
		if m.Link != "" {
			list = append(list, file{Medium: *m})
			continue
		}
		if m.Open == nil {
			lack(i, m)
			continue
		}
		if m.from != nil && seen[m.from] {
			continue
		}
		seen[m.from] = true
		ext, ok, err := p.taken(e, m)
		if err != nil {
			return nil, missing, err
		}
		if ok {
			list = append(list, file{Medium: *m, name: mediaName(e.Entry, m, ext, used)})
		}
	}
	return list, missing, nil
}

// taken reports whether a medium may be taken, and the ending of its name.
func (p *planning) taken(e keyed, m *Medium) (ext string, ok bool, err error) {
	at := e.At
	if m.from != nil {
		at.File, at.Line = m.from.at.File, 0
	}
	ext, refused, hint, err := look(m)
	if errors.Is(err, ErrDamaged) || errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		p.probs.Errorf(at, "send for it again, or mend it, and put it into the folder yourself", "it cannot be read, so it is left out")
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	if refused != "" {
		p.probs.Errorf(at, hint+"; then put it into the folder yourself", "%s", refused)
		return "", false, nil
	}
	if len(p.gone) == 0 {
		return ext, true, nil
	}
	hash, err := hashOf(m)
	if err != nil {
		return "", false, err
	}
	if p.gone[hash] {
		p.probs.Notef(at, "nothing: it is left out", "somebody took this file back")
		return "", false, nil
	}
	return ext, true, nil
}

func hashOf(m *Medium) (string, error) {
	f, err := m.Open()
	if err != nil {
		return "", err
	}
	defer f.Close() // it was only read
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// mediaName makes a name that every system can have, from the one that the file
// had before Drive added its sender's. What names somebody who may not be named
// becomes "file".
func mediaName(e *Entry, m *Medium, ext string, used map[string]bool) string {
	name := m.Name
	if name == "" && m.from != nil {
		name = path.Base(m.from.file)
	}
	if own, _, ok := habitOf(name); ok && m.from != nil {
		name = own
	}
	stem := lang.Slug(strings.TrimSuffix(name, path.Ext(name)))
	if stem == "" || m.ID != "" && strings.Contains(name, m.ID) || e.namedIn(stem) {
		stem = "file"
	}
	base := stem
	for n := 2; used[stem+"."+ext]; n++ {
		stem = base + "-" + strconv.Itoa(n)
	}
	used[stem+"."+ext] = true
	return stem + "." + ext
}

// namedIn reports whether a name of a file holds one of its sender who may not
// be named.
func (e *Entry) namedIn(stem string) bool {
	if c := e.Consent.Name; c != nil && *c {
		return false
	}
	for _, s := range e.senders() {
		if word := lang.Slug(s); len(word) > 2 && strings.Contains("-"+stem+"-", "-"+word+"-") {
			return true
		}
	}
	return false
}
