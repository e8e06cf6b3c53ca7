package source

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

const maxDepth = 60

// scope is what a folder knows of those above it.
type scope struct {
	lang    string // of a submission that does not say its own: its gallery's
	depth   int32
	gallery bool // inside a gallery
	piece   bool // inside a submission
}

// folder is what one folder holds. It is not changed once it has been read.
type folder struct {
	path    string // below the site's folder, as on disk
	dir     string // below content, composed
	in      scope  // what it was told
	out     scope  // what it tells those below
	dirs    []file // below it, as far as they are to be read
	probs   problem.List
	piece   *gallery.Submission // with broken, only its ID, Keys, File and Private count
	broken  bool
	*others        // nil for most
	record  string // all of this, "" where it may not be saved
	traces
	*unread // only while a submission is read
}

// others is what few folders have.
type others struct {
	series   *gallery.Series
	gallery  *gallery.Gallery
	articles []*gallery.Article
	refs     []reference
	private  []string // values of private keys in any of its files
}

// other returns the place for that.
func (f *folder) other() *others {
	if f.others == nil {
		f.others = new(others)
	}
	return f.others
}

// unread is what is known of a submission while it is read.
type unread struct {
	formats []format      // of its media
	said    []saying      // about them, in translations
	crop    *gallery.Crop // of the first, where it is not listed
	sum     *sum
}

// branch is a folder and all below it.
type branch struct {
	*folder
	sub []*branch // as folder.dirs
	rest
}

// file is a regular file of a folder, or a folder.
type file struct {
	name string // as on disk
	key  string // as names are compared: composed, case folded
}

// visit is the reading of one folder.
type visit struct {
	path, dir string
	in        scope
	old       *branch // what is remembered of it
	all       bool    // whatever is remembered below it is to be looked at
	to        **branch
}

// walk reads a folder and returns the visits of those below. Each is made by
// whoever has time.
func (r *reader) walk(v visit) ([]visit, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	v.all = v.all || r.look.below(v.path)
	if !v.all && v.old.asIs(r, v.in) && !r.look.above(v.path) {
		*v.to = v.old
		return nil, nil
	}
	f, err := r.folder(v)
	if err != nil {
		return nil, err
	}
	b := &branch{folder: f, sub: make([]*branch, len(f.dirs))}
	*v.to = b
	visits := make([]visit, len(f.dirs))
	for i, d := range f.dirs {
		name := f.path + "/" + d.name
		visits[len(f.dirs)-1-i] = visit{ // the first is to be taken first
			path: name, dir: norm.NFC.String(name[len(contentDir)+1:]), in: f.out,
			old: v.old.below(d), all: v.all, to: &b.sub[i],
		}
	}
	return visits, nil
}

// folder returns what a folder says: what is remembered of it, if that is still
// so.
func (r *reader) folder(v visit) (*folder, error) {
	var old *folder
	if v.old != nil && v.old.in == v.in && v.old.dated(r.opt.Now) {
		old = v.old.folder
	}
	if (old.asItWas() || old != nil && !old.fleeting && r.look.isOnly()) && !v.all && !r.look.at(v.path) {
		return old, nil
	}
	if v.dir != "" && r.standing(old) {
		return old, nil
	}
	f := &folder{path: v.path, dir: v.dir, in: v.in, out: v.in}
	if v.dir == "" && r.isLink(v.path) { // below, the folder above has told
		f.fleeting = true
		f.probs.Errorf(problem.Pos{File: v.path}, "put the folder itself here", "a symbolic link, which is not followed")
		return f, nil
	}
	own, entries, err := r.list(v.path)
	if err != nil {
		return f, r.unreadable(f, v.path, err)
	}
	f.trace(r, own, entries)
	if old.asItWas() && slices.Equal(f.stamps, old.stamps) {
		return r.since(old, f.own), nil
	}
	r.fresh.Store(true)
	if err := r.files(f, entries); err != nil {
		return nil, err
	}
	if r.remember {
		f.pack(r.opt.Zone)
	}
	if old != nil && old.piece != nil && f.piece != nil && old.piece.Digest == f.piece.Digest {
		f.piece = old.piece // so that others see that it is the same
	}
	return f, nil
}

// files reads what the entries of a folder say.
func (r *reader) files(f *folder, entries []fs.DirEntry) error {
	if f.in.depth > maxDepth {
		f.probs.Errorf(problem.Pos{File: f.path}, "move it up", "folders stand in one another more than %d deep", maxDepth)
		return nil
	}
	files, dirs := f.sort(entries)
	descend, err := r.contents(f, files, &f.out)
	f.out.depth++
	if descend {
		f.dirs = dirs
	}
	return err
}

func (r *reader) isLink(name string) bool {
	info, err := fs.Lstat(r.fsys, name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// contents reads what a folder's own files say. It returns whether the
// folders below are to be read.
func (r *reader) contents(f *folder, files []file, sc *scope) (descend bool, err error) {
	g, files := takeNamed(files, "gallery")
	s, files := takeNamed(files, "series")
	p, files := takeNamed(files, "submission")
	if f.dir == "" && len(g)+len(s) > 0 {
		f.probs.Errorf(problem.Pos{File: f.path + "/" + append(g, s...)[0].name}, "move it into a folder below content", "content itself is no gallery and no series")
		g, s = nil, nil
	}
	switch n := b2i(len(g) > 0) + b2i(len(s) > 0) + b2i(len(p) > 0); {
	case n > 1:
		f.probs.Errorf(problem.Pos{File: f.path}, "give each of them a folder of its own",
			"a folder is a gallery, a series or a submission, but here is more than one of gallery.md, series.md and submission.md")
		f.broken = true
		return false, nil
	case len(g) > 0:
		own := &beside{files: files}
		err = r.gallery(f, g, own, sc)
		f.stray(own.left(), sc)
		return f.others != nil && f.gallery != nil, err
	case len(s) > 0:
		if err = r.series(f, s); err != nil {
			return false, err
		}
	case len(p) > 0:
		err = r.submission(f, p, files, *sc)
		sc.piece = true
		return true, err
	}
	if !sc.gallery && !sc.piece {
		if files, err = r.articles(f, files); err != nil {
			return false, err
		}
	}
	f.stray(files, sc)
	return true, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// takeNamed takes base.md and its translations out of files, base.md first.
func takeNamed(files []file, base string) (taken, rest []file) {
	at := slices.IndexFunc(files, func(x file) bool { return isNamed(x.key, base) })
	if at < 0 {
		return nil, files
	}
	for _, x := range files {
		if isNamed(x.key, base) {
			taken = append(taken, x)
		} else {
			rest = append(rest, x)
		}
	}
	slices.SortStableFunc(taken, func(a, b file) int { return cmp.Compare(len(a.key), len(b.key)) })
	return taken, rest
}

func isNamed(key, base string) bool {
	middle, ok := strings.CutPrefix(key, base)
	if !ok {
		return false
	}
	middle, ok = strings.CutSuffix(middle, ".md")
	return ok && (middle == "" || middle[0] == '.' && strings.Count(middle, ".") == 1)
}

// stray names the files that nobody uses.
func (f *folder) stray(files []file, sc *scope) {
	hint, own := "delete it, or begin its name with a dot", ""
	if sc.gallery && !sc.piece {
		own = "import.toml" // which only import reads
		hint = "a submission is a folder with submission.md and its pictures: run \"gallerist new submission\""
	}
	for _, x := range files {
		if !ignored(x.key) && x.key != own {
			f.probs.Notef(problem.Pos{File: f.path + "/" + x.name}, hint, "nobody uses this file")
		}
	}
}

// ignored tells the files that people and systems leave everywhere.
func ignored(key string) bool {
	return key == "readme.md" || key == "thumbs.db" || key == "desktop.ini" || strings.HasSuffix(key, "~")
}

// sort parts a folder's entries into files and folders, each in the order of
// names, and names those that are neither.
func (f *folder) sort(entries []fs.DirEntry) (files, dirs []file) {
	files = make([]file, 0, len(entries))
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		switch kind := e.Type(); {
		case !utf8.ValidString(name):
			f.probs.Errorf(problem.Pos{File: f.path}, "rename it", "a name that is not UTF-8 text: %q", name)
		case kind.IsDir():
			dirs = append(dirs, file{name, fold(name)})
		case kind.IsRegular():
			files = append(files, file{name, fold(name)})
		case kind&fs.ModeSymlink != 0:
			f.probs.Warnf(f.at(name), "put the file itself here", "a symbolic link, which is not followed")
		default:
			f.probs.Warnf(f.at(name), "take it out", "not a regular file, so it is not opened")
		}
	}
	return f.distinct(files), f.distinct(dirs)
}

// at returns the place of a whole file of the folder.
func (f *folder) at(name string) problem.Pos { return problem.Pos{File: f.path + "/" + name} }

// distinct puts names in order and drops those that equal another one.
func (f *folder) distinct(list []file) []file {
	slices.SortFunc(list, inOrder)
	for i := 1; i < len(list); i++ {
		if list[i].key == list[i-1].key {
			f.probs.Errorf(problem.Pos{File: f.path + "/" + list[i].name}, "rename one of the two",
				"%q and %q are the same name on other computers", list[i-1].name, list[i].name)
		}
	}
	return slices.CompactFunc(list, func(a, b file) bool { return a.key == b.key })
}

func inOrder(a, b file) int {
	return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.name, b.name))
}

// unreadable makes a problem of what a person can mend, and leaves the rest
// an error.
func (r *reader) unreadable(f *folder, name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && name == contentDir:
		f.probs.Errorf(problem.Pos{File: name}, "make a folder named content, or run \"gallerist new site\"", "the site has no content")
	case errors.Is(err, fs.ErrNotExist):
		f.probs.Errorf(problem.Pos{File: name}, "build again", "it went away while it was read")
	case errors.Is(err, fs.ErrPermission):
		f.probs.Errorf(problem.Pos{File: name}, "change its permissions", "you may not read it")
	default:
		return err
	}
	f.broken, f.fleeting = true, true
	return nil
}

var errTooLarge = errors.New("larger than allowed")

// readFile reads a file of the folder, whose size may be known.
func (r *reader) readFile(f *folder, name string, limit int64, buf []byte) ([]byte, error) {
	sized, ok := r.fsys.(interface {
		ReadSize(name string, size int64, buf []byte) ([]byte, bool)
	})
	if size := f.size(path.Base(name)); ok && size >= 0 && size <= limit {
		if data, ok := sized.ReadSize(name, size, buf); ok {
			return data, nil
		}
	}
	return r.read(name, limit, buf)
}

// size returns how large a file was when the folder was listed, or -1.
func (t *traces) size(name string) int64 {
	for i := range t.stamps {
		if t.stamps[i].Name == name {
			return t.stamps[i].Size
		}
	}
	return -1
}

// read reads a file of at most limit bytes into buf or, where that is too
// small, into a new one.
func (r *reader) read(name string, limit int64, buf []byte) ([]byte, error) {
	in, err := r.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, errTooLarge
	}
	size := int(info.Size())
	// A byte more shows whether the file has grown since.
	buf = slices.Grow(buf[:0], size+1)[:size+1]
	for n := 0; ; {
		m, err := in.Read(buf[n:])
		n += m
		switch {
		case n > size: // what was there at first is half a file
			return nil, errTooLarge
		case err == io.EOF || err == nil && n == size: // a whole file at once leaves no need to ask for its end
			return buf[:n], nil
		case err != nil:
			return nil, err
		}
	}
}
