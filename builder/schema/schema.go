// Package schema says which keys the files of a site have, and what each is for:
// the content model in one place, for editors, for forms in a browser and for
// whoever writes a file by hand.
//
// It is not what reads the files: package source and builder's settings do that,
// key by key. Tests of both hold that the keys they ask for, with their kinds and
// words, are those listed here, neither more nor less.
package schema

import "slices"

// Kind is what a key's value is.
type Kind int

// Kinds of values.
const (
	Line    Kind = iota // text of one line
	Words               // text of several paragraphs
	Address             // http or https address
	Whole               // whole number
	Number              // any number
	Switch              // true or false
	Moment              // a date, or a date with a time
	Lines               // list of texts
	Point               // two numbers from 0 to 1
	Part                // four numbers from 0 to 1
	Table               // one table
	Tables              // one table or several
	Map                 // table with keys of the user's own; Keys[0] says what each holds
	Any                 // anything: it is not looked at
)

// Key is one key of a file or a table.
type Key struct {
	Name   string
	Kind   Kind
	Title  string   // two or three words: the label of a field
	About  string   // a sentence or two for a person who does not program
	Choice []string // the words it may have; of Lines, each of them; none = any
	Form   string   // regular expression that a text fits; "" = any
	Min    *float64 // of numbers
	Max    *float64
	Keys   []Key // of tables
	Needed bool  // nothing works without it
}

// File is one kind of file.
type File struct {
	Name  string // "submission"
	Title string
	About string
	Keys  []Key
}

// Files lists every kind of file.
func Files() []File {
	return []File{siteFile(), galleryFile(), submissionFile(), seriesFile(), pageFile()}
}

// Names lists the names of Files.
func Names() []string {
	var list []string
	for _, f := range Files() {
		list = append(list, f.Name)
	}
	return list
}

// Find returns the kind of file with a name.
func Find(name string) (File, bool) {
	list := Files()
	i := slices.IndexFunc(list, func(f File) bool { return f.Name == name })
	if i < 0 {
		return File{}, false
	}
	return list[i], true
}

// Key returns the key with a name, and whether there is one.
func (f File) Key(name string) (Key, bool) { return find(f.Keys, name) }

// Key returns the key of a table.
func (k Key) Key(name string) (Key, bool) { return find(k.Keys, name) }

func find(keys []Key, name string) (Key, bool) {
	i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name })
	if i < 0 {
		return Key{}, false
	}
	return keys[i], true
}

func line(name, title, about string) Key {
	return Key{Name: name, Kind: Line, Title: title, About: about}
}

func words(name, title, about string) Key {
	return Key{Name: name, Kind: Words, Title: title, About: about}
}

func address(name, title, about string) Key {
	return Key{Name: name, Kind: Address, Title: title, About: about}
}

func flag(name, title, about string) Key {
	return Key{Name: name, Kind: Switch, Title: title, About: about}
}

func moment(name, title, about string) Key {
	return Key{Name: name, Kind: Moment, Title: title, About: about}
}

func list(name, title, about string, choice ...string) Key {
	return Key{Name: name, Kind: Lines, Title: title, About: about, Choice: choice}
}

func choice(name, title, about string, words ...string) Key {
	return Key{Name: name, Kind: Line, Title: title, About: about, Choice: words}
}

// count is a whole number from min on.
func count(name, title, about string, min float64) Key {
	return Key{Name: name, Kind: Whole, Title: title, About: about, Min: &min}
}

// number is any number from min to max.
func number(name, title, about string, min, max float64) Key {
	return Key{Name: name, Kind: Number, Title: title, About: about, Min: &min, Max: &max}
}

func table(name, title, about string, keys ...Key) Key {
	return Key{Name: name, Kind: Table, Title: title, About: about, Keys: keys}
}

func tables(name, title, about string, keys ...Key) Key {
	return Key{Name: name, Kind: Tables, Title: title, About: about, Keys: keys}
}

// mapOf is a table whose keys are the user's own.
func mapOf(name, title, about string, each Key) Key {
	return Key{Name: name, Kind: Map, Title: title, About: about, Keys: []Key{each}}
}

func focus() Key {
	return Key{Name: "focus", Kind: Point, Title: "Focal point", About: "The point that must stay wherever the picture is cut to a shape, from the left and from the top: [0.5, 0.3] is the middle, a third from the top."}
}

func crop() Key {
	return Key{Name: "crop", Kind: Part, Title: "Crop", About: "The part of the picture that is shown: where it begins from the left and from the top, its width and its height. [0.25, 0, 0.5, 1] is the middle half. What lies outside is published nowhere."}
}

func extra() Key {
	return Key{Name: "extra", Kind: Any, Title: "Your own notes", About: "Whatever you or your programs want to keep here. Gallerist does not look at it."}
}

func slug() Key {
	return line("slug", "Last part of the address", "Letters, digits and hyphens, instead of the folder's name.")
}

func lang() Key {
	return line("lang", "Language", "Language of the words, such as en, ru or pt-BR, where it is not the site's own.")
}

func (k Key) needed() Key {
	k.Needed = true
	return k
}
