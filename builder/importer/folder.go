package importer

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// photoFolder reads a folder of photos, films and recordings as somebody collected
// them. Each file in it is an entry, and so is each folder below it, with all
// files that lie in that folder itself: several pictures of one person. A
// picture with a film's name is its poster and goes with it, as in a site.
//
// Of what a file says of itself only the moment is taken at which its camera
// made it. The file system's times are those of some copy, and no place, name,
// caption or keyword in a file was written for being published; names of files
// and folders are no titles and no authors.
//
// An entry is known by its first file's content (SHA-256), so that files can be
// renamed and moved between two imports.
type photoFolder struct{}

// maxOne is how many files one entry may have, as in a site.
const maxOne = 200

// Tells reports whether there is any picture, film or recording, by names.
func (photoFolder) Tells(in Input) bool { return in.any(source.IsMediaName) }

// Read returns an entry for each file and for each folder below the first.
func (photoFolder) Read(ctx context.Context, in Input, opt *Options, probs *problem.List) ([]Entry, error) {
	l, err := walk(ctx, in, probs)
	if err != nil {
		return nil, err
	}
	infos, err := probe(ctx, l, probs)
	if err != nil {
		return nil, err
	}
	top := topFolder(in)
	var entries []Entry
	first := map[string]problem.Pos{}
	for _, group := range l.groups(top, infos) {
		if len(group) > maxOne {
			probs.Errorf(in.At(path.Dir(group[0])), "import this folder by itself, and each of its files becomes a piece of its own; or make a folder for each person",
				"a folder below the one that is imported is one piece, and %d files are more than %d", len(group), maxOne)
			continue
		}
		e := Entry{Key: infos[group[0]].Hash, At: in.At(group[0])}
		if path.Dir(group[0]) != top {
			e.At = in.At(path.Dir(group[0]))
		}
		if at, twice := first[e.Key]; twice {
			probs.Warnf(e.At, "delete one of them, or say in the one that stays what belongs to the other", "begins with the same picture or film as %q, so it is left out", at.File)
			continue
		}
		first[e.Key] = e.At
		for _, name := range group {
			e.Media = append(e.Media, l.medium(name))
			if at := taken(infos[name].Taken, opt.Zone); e.Taken.IsZero() || !at.IsZero() && at.Before(e.Taken) {
				e.Taken = at
			}
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// topFolder returns the folder whose files are an entry each. Whoever packs a
// folder packs that folder's name with it.
func topFolder(in Input) string {
	top := "."
	for {
		list, err := fs.ReadDir(in.FS, top)
		if _, packed := in.FS.(*zipFS); !packed || err != nil || len(list) != 1 || !list[0].IsDir() {
			return top
		}
		top = path.Join(top, list[0].Name())
	}
}

// groups parts the files that can be used into entries, in the order of names.
func (l *files) groups(top string, infos map[string]*media.Info) [][]string {
	films := map[string]bool{} // of the top folder, without their endings
	stem := func(name string) string { return source.Fold(strings.TrimSuffix(name, path.Ext(name))) }
	for name, info := range infos {
		if info.IsClip() && !info.Clip.Sound && path.Dir(name) == top {
			films[stem(name)] = true
		}
	}
	var list [][]string
	at := map[string]int{}
	for _, name := range l.paths {
		if infos[name] == nil {
			continue
		}
		key := path.Dir(name)
		if key == top {
			key = "/" + name
			if s := stem(name); films[s] && !infos[name].Clip.Sound {
				key = "/" + s
			}
		}
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, nil)
		}
		list[i] = append(list[i], name)
	}
	return list
}

// taken returns the moment that a file gives, by the clocks of zone where it
// does not say by which. What is no moment is none.
func taken(s string, zone *time.Location) time.Time {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t
	}
	if zone == nil {
		zone = time.UTC
	}
	t, err := time.ParseInLocation("2006-01-02T15:04:05", s, zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// probe looks into each file. What cannot be used is told, and is not in the
// result.
func probe(ctx context.Context, l *files, probs *problem.List) (map[string]*media.Info, error) {
	studio := media.New(l.in.FS, media.MemStore(), media.Options{})
	infos := make([]*media.Info, len(l.paths))
	lists := make([]problem.List, len(l.paths))
	other := make([]bool, len(l.paths))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range l.paths {
		group.Go(func() (err error) {
			infos[i], other[i], err = probeOne(ctx, studio, l.in, name, &lists[i])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	found := map[string]*media.Info{}
	var rest []string
	for i, name := range l.paths {
		*probs = append(*probs, lists[i]...)
		if infos[i] != nil {
			found[name] = infos[i]
		} else if other[i] {
			rest = append(rest, name)
		}
	}
	if len(rest) > 0 {
		probs.Notef(l.in.At(rest[0]), "words for a piece go into its submission.md afterwards", "not taken: neither picture, film nor recording%s", others(rest[1:]))
	}
	return found, nil
}

// others goes on from what is said of one file: "; nor are b.txt and 12 more".
func others(names []string) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return "; nor is " + names[0]
	case n > told:
		return fmt.Sprintf("; nor are %s and %d more", strings.Join(names[:told], ", "), n-told)
	}
	return "; nor are " + strings.Join(names, ", ")
}

// probeOne looks into one file; other says that it does not claim to be media.
func probeOne(ctx context.Context, studio *media.Studio, in Input, name string, probs *problem.List) (info *media.Info, other bool, err error) {
	begin, err := in.begin(name, source.BeginLen)
	if err != nil {
		_, err = in.readable(name, 0, err, probs)
		return nil, false, err
	}
	_, _, refused, hint := source.TakenAs(begin)
	if refused != "" {
		if !source.IsMediaName(name) {
			return nil, true, nil
		}
		probs.Errorf(in.At(name), hint, "%s", refused)
		return nil, false, nil
	}
	info, fault, err := studio.Probe(ctx, name)
	if fault != nil {
		probs.Errorf(in.At(name), fault.Hint, "%s", fault.Text)
		return nil, false, nil
	}
	_, err = in.readable(name, 0, err, probs)
	return info, false, err
}
