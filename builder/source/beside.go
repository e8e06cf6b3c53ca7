package source

import (
	"fmt"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// beside is the files beside a gallery.md, and which of them it names.
type beside struct {
	files []file
	named []string // keys
}

// take returns the file that a gallery.md names, and whether it is there.
func (b *beside) take(name string) (file, bool) {
	key := fold(name)
	i := slices.IndexFunc(b.files, func(x file) bool { return x.key == key })
	if i < 0 {
		return file{}, false
	}
	b.named = append(b.named, key)
	return b.files[i], true
}

// left returns the files that it does not name.
func (b *beside) left() []file {
	return slices.DeleteFunc(slices.Clone(b.files), func(x file) bool { return slices.Contains(b.named, x.key) })
}

// portrait reads the picture of somebody named in gallery.md: nil where there is
// none, or none that may be shown.
func (r *reader) portrait(f *folder, t *strict.Table, near *beside) *gallery.Media {
	name, agreed, focus := t.Line("portrait"), t.Bool("likeness"), point(t, "focus")
	if name == "" {
		return nil
	}
	x, there := near.take(name)
	if !there {
		t.Errorf("portrait", "put the picture beside gallery.md, or correct its name", "there is no file %s", strict.Quote(name))
		return nil
	}
	if !agreed {
		t.Warnf("portrait", "ask, and where the answer is yes, add "+t.Example("likeness", "true"),
			"the portrait %s is left out: nobody says that the person agrees to be shown", strict.Quote(name))
		return nil
	}
	path := f.path + "/" + x.name
	is, size, ok := r.remembered(path)
	if !ok {
		begin, n, err := r.begin(path)
		if err != nil {
			f.fleeting = true
			t.Errorf("portrait", "change its permissions, or put it there again", "the portrait %s cannot be read", strict.Quote(name))
			return nil
		}
		is, size = sniff(begin), n
	}
	if !is.isPicture() {
		t.Errorf("portrait", portraitHint(is), "the portrait %s is no picture", strict.Quote(name))
		return nil
	}
	if t.Empty("alt") {
		f.probs = append(f.probs, problem.Problem{Pos: t.Pos("portrait"), Level: r.opt.AltLevel, Text: fmt.Sprintf("no alt text for %q", x.name),
			Hint: "say in alt what the picture shows, for people who do not see it"})
	}
	return &gallery.Media{File: x.name, Path: path, Size: size, Pos: t.Pos("portrait"), Focus: focus}
}

// portraitHint says what to do with what is no picture.
func portraitHint(is format) string {
	if hint := refusals[is].hint; hint != "" && is != otherFile && is != textFile {
		return hint
	}
	return "save it as JPEG or PNG"
}
