package builder

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"gallerist/builder/gallery"
)

// secrets are the private values of a site that is built twice: each stands in
// the site as a mark, in whose place each building has another value.
type secrets struct {
	rng    *rand.Rand
	values [2][]string
	words  []string // values that would be recognised wherever they stand
}

var secretMark = regexp.MustCompile(`§\d+§`)

// choose returns the mark of a value that is one of these, for either building
// another one.
func (s *secrets) choose(options ...string) string {
	at := s.rng.IntN(len(options))
	first, second := options[at], options[(at+1+s.rng.IntN(len(options)-1))%len(options)]
	for i, v := range []string{first, second} {
		s.values[i] = append(s.values[i], v)
	}
	return fmt.Sprintf("§%d§", len(s.values[0])-1)
}

// word returns the mark of a word that stands nowhere else.
func (s *secrets) word() string {
	n := len(s.words)
	letters := strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%05d", n)) // names have no digits
	a, b := "zqx"+letters+"w", "qzv"+letters+"hiddenk"
	s.words = append(s.words, a, b)
	return s.choose(a, b)
}

// date returns the mark of a day that has gone.
func (s *secrets) date() string {
	return s.choose("2026-11-02", "2026-10-17", "2026-09-30T08:00:00+03:00", "2025-12-31")
}

// fill returns the site as one building finds it.
func (s *secrets) fill(folder fstest.MapFS, building int) fstest.MapFS {
	filled := fstest.MapFS{}
	for name, f := range folder {
		text := secretMark.ReplaceAllStringFunc(string(f.Data), func(mark string) string {
			var n int
			if _, err := fmt.Sscanf(mark, "§%d§", &n); err != nil {
				panic(err)
			}
			return s.values[building][n]
		})
		filled[name] = textFile(text)
	}
	return filled
}

// maybe returns a text, or nothing.
func (s *secrets) maybe(text string) string {
	if s.rng.IntN(4) == 0 {
		return ""
	}
	return text
}

// firstNames are those of people who may be named.
var firstNames = strings.Fields("Оля Лев Нина Вера Пётр Маша Глеб Ия Тая Юра")

// grant returns what a grant says that decides nothing.
func (s *secrets) grant() string {
	return "date = " + s.date() + "\nterms = " + s.choose(`"2026-10"`, `"2025-01"`) + "\n" +
		s.maybe("method = "+s.choose(`"form"`, `"reply"`, `"mail"`, `"paper"`)+"\n") +
		s.maybe(`evidence = "`+s.word()+"\"\n") + s.maybe(`territory = "`+s.word()+"\"\n") +
		"until = " + s.choose("2027-11-01", "2028-11-01", "2031-01-01") + "\n"
}

// end returns tables that decide nothing, for the end of front matter.
func (s *secrets) end() string {
	return s.maybe("\n[review]\nby = \""+s.word()+"\"\non = "+s.date()+"\nnote = \""+s.word()+"\"\n") +
		s.maybe("\n[[person]]\nrelease = "+s.choose(`"granted"`, `"limited"`)+"\nevidence = \""+s.word()+"\"\nminor = true\nguardian = \""+s.word()+"\"\n") +
		s.maybe("\n[extra]\nnote = \""+s.word()+"\"\n")
}

// addPrivate puts private fields into a submission that has none.
func (s *secrets) addPrivate(md string) string {
	head, body, ok := strings.Cut(strings.TrimPrefix(md, "+++\n"), "\n+++\n")
	if !ok || strings.Contains(head, "evidence") || strings.Contains(head, "[review]") {
		return md
	}
	head = regexp.MustCompile(`(?m)^(terms|date|until|method|territory) = .*\n`).ReplaceAllString(head, "")
	head = strings.Replace(head, "[grant]\n", "[grant]\n"+s.grant(), 1)
	return "+++\n" + head + s.end() + "\n+++\n" + body
}

// submission writes a submission of random state and consent in which whatever
// may not be shown is secret, and the rest is not.
func (s *secrets) submission(n int) (md, english string) {
	one := func(yes bool, public string) string { // what is public, or a secret
		if yes {
			return public
		}
		return s.word()
	}
	some := func() bool { return s.rng.IntN(2) == 0 }
	status := gallery.Statuses[s.rng.IntN(len(gallery.Statuses))]
	shown := status == string(gallery.Approved) || status == string(gallery.Featured)
	here := status != string(gallery.Withdrawn)
	minor := s.rng.IntN(3) == 0
	name, place := some(), some()
	url, thanks := name && some(), name && some()
	called := one(name && here, firstNames[n%len(firstNames)])
	if minor {
		called += " " + s.word() // of a minor the first word of the name is shown
	}
	told := name && !minor && here
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("+++\nid = \"random%02d\"\nstatus = %q\nreceived = 2026-11-%02dT08:00:00+03:00\npublished = 2026-11-%02dT10:00:00+03:00", n, status, 1+n, 2+n)
	for _, key := range []string{"title", "alt", "caption"} {
		line("%s = %q", key, one(shown, fmt.Sprintf("Слова %d", n)))
	}
	line("place = %q\ntags = [%q]", one(shown && place && !minor, "Москва"), one(shown, "кот"))
	line("credit = %q\ncopyright = %q\nacquire_url = \"https://%s.example/\"", one(shown && told, fmt.Sprintf("Сделал Имя%d", n)), one(shown && told, "© Имя"), one(shown && told, "buy"))
	if minor {
		line("minor = true\nguardian = %q", s.word())
	} else if some() {
		line("minor = false")
	}
	line("\n[author]\nid = %q\nname = %q\nplace = %q\ncountry = %q\nurl = \"https://%s.example/\"", one(told, fmt.Sprintf("person-%d", n)), called,
		one(place && !minor && here, "Тверь"), one(place && minor && here, "Россия"), one(url && told, "home"))
	if told {
		line("gender = \"f\"\nforms = { gen = \"Имени%d\" }", n)
	} else {
		line("gender = %s\nforms = { gen = %q, voc = %q }", s.choose(`"f"`, `"m"`), s.word(), s.word())
	}
	line("\n[grant]\nstatus = \"granted\"\nscope = [\"site\", \"feed\", \"embed\"]\n%s", s.grant())
	line("[thanks]\nwords = %q", one(here, "Особое спасибо.")) // to one person, until they take it back
	line("[consent]\nname = %v\nplace = %v\nurl = %v\nthanks = %v\n%s+++\n%s", name, place, url, thanks, s.end(), one(shown, "Рассказ."))
	calledIn := one(name && here, "Name")
	if minor {
		calledIn += " " + s.word()
	}
	english = fmt.Sprintf("+++\ntitle = %q\ncredit = %q\nplace = %q\n[author]\nname = %q\n+++\n%s\n", one(shown, "Words"), one(shown && told, "Made by Name"),
		one(shown && place && !minor, "Moscow"), calledIn, one(shown, "A story."))
	return b.String(), english
}

// secretSite is a site of every kind of gallery, with private values.
func secretSite(rng *rand.Rand) (*secrets, fstest.MapFS) {
	s := &secrets{rng: rng}
	folder := testFolder()
	addTermsPages(folder)
	for _, add := range []func(fstest.MapFS){addTeam, addBoard, addSeries, func(f fstest.MapFS) { addDraw(f, "4 8 15") }} {
		if rng.IntN(2) == 0 {
			add(folder)
		}
	}
	names := make([]string, 0, len(folder))
	for name := range folder {
		if strings.HasSuffix(name, "/submission.md") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		folder[name] = textFile(s.addPrivate(string(folder[name].Data)))
	}
	contacts := "id,name,email,phone,address,what they said\n"
	thanks := "id,date,note\n"
	for n := range 8 + rng.IntN(8) {
		dir := fmt.Sprintf("content/morning/n%02d/", n)
		md, english := s.submission(n)
		folder[dir+"submission.md"] = textFile(md)
		if rng.IntN(2) == 0 {
			folder[dir+"submission.en.md"] = textFile(english)
		}
		if rng.IntN(3) == 0 {
			folder[dir+"1.jpg"] = folder["content/morning/2026-11-02-olya/1.jpg"]
		}
		contacts += fmt.Sprintf("random%02d,%s,%s@mail.example,+7 999 %s,%s,%s\n", n, s.word(), s.word(), s.choose("123-45-67", "765-43-21"), s.word(), s.word())
		thanks += fmt.Sprintf("random%02d,%s,%s\n", n, s.date(), s.word())
	}
	folder["private/contacts.csv"], folder["private/thanked.csv"] = textFile(contacts), textFile(thanks)
	folder["private/evidence/"+"letter.txt"] = textFile(s.word())
	return s, folder
}

// TestNonInterference: what is private decides nothing of what is published.
// Sites that differ in it alone, in every field that may not be shown, come out
// byte for byte the same, and so does all that is told of them.
func TestNonInterference(t *testing.T) {
	trials := 6
	if testing.Short() {
		trials = 2
	}
	rng := rand.New(rand.NewPCG(2026, 6))
	for trial := range trials {
		s, folder := secretSite(rng)
		if len(s.words) < 100 {
			t.Fatalf("trial %d: only %d private words", trial, len(s.words))
		}
		var outputs [2]map[string]string
		var logs [2]string
		for building := range outputs {
			files, probs, r := buildFolder(t, s.fill(folder, building), func(o *Options) { o.Thorough, o.Compare = true, true })
			outputs[building] = files
			var plan []string
			for _, p := range r.Pages {
				plan = append(plan, p.URL, p.Title, p.Layout, p.Lang, p.Origin)
			}
			told, err := json.Marshal([]any{r.Summary, r.Credits(), plan, r.Pictures, probs})
			if err != nil {
				t.Fatal(err)
			}
			logs[building] = string(told)
		}
		what := fmt.Sprintf("trial %d", trial)
		sameFiles(t, what, outputs[0], outputs[1])
		if logs[0] != logs[1] {
			t.Errorf("%s: what is told differs near %q", what, firstDifference(logs[0], logs[1]))
		}
		if word := firstOf(s.words, logs[0]); word != "" {
			t.Errorf("%s: what is told holds %q", what, word)
		}
		for name, content := range outputs[0] {
			if word := firstOf(s.words, name+content); word != "" {
				t.Errorf("%s: %s holds %q", what, name, word)
			}
		}
		if t.Failed() {
			return
		}
	}
}

// firstOf returns the first of words that a text holds.
func firstOf(words []string, text string) string {
	for _, w := range words {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// decisive are the fields of a submission that are not public themselves, but say
// what is; positions, names of files and what is made of them are not fields that
// somebody writes. The test above varies all others.
var decisive = strings.Fields(`File Pos.File Pos.Line Pos.Col Keys.Line Keys.Col Keys.Key Digest Status
	Authors.Pos.File Authors.Pos.Line Authors.Pos.Col Authors.Kind Authors.Roles
	Grant.Status Grant.Text Grant.Scope Consent.Name Consent.Place Consent.URL Consent.Thanks Consent.Unseen
	Withdrawal.Date Withdrawal.Originals Withdrawal.Unfinished Minor Adult
	Subjects.Nobody Subjects.People.Pos.File Subjects.People.Pos.Line Subjects.People.Pos.Col Subjects.People.Minor Private`)

// varied are those that TestNonInterference varies.
var varied = strings.Fields(`Authors.ID Authors.Name Authors.Place Authors.Gender
	Authors.Forms.Gen Authors.Forms.Dat Authors.Forms.Acc Authors.Forms.Ins Authors.Forms.Voc Authors.URL Authors.Country Authors.Members
	ThankWords Reviewed.By Reviewed.On Grant.Terms Grant.Date Grant.Until Grant.Method Grant.Evidence Grant.Territory Guardian
	Subjects.People.Release Subjects.People.Evidence Subjects.People.Guardian`)

// TestEveryPrivateFieldIsVaried: a field that is added to submissions is either
// public, or decides what is, or is varied above.
func TestEveryPrivateFieldIsVaried(t *testing.T) {
	var private []string
	s, p := reflect.TypeFor[gallery.Submission](), reflect.TypeFor[gallery.Piece]()
	for i := range s.NumField() {
		f := s.Field(i)
		if public, ok := p.FieldByName(f.Name); !ok || public.Type != f.Type {
			private = append(private, leaves(f.Type, f.Name)...)
		}
	}
	known := slices.Concat(decisive, varied)
	for _, field := range private {
		if !slices.Contains(known, field) {
			t.Errorf("%s is private, and nothing shows that it decides nothing: vary it in secrets.submission", field)
		}
	}
	for _, field := range known {
		if !slices.Contains(private, field) {
			t.Errorf("%s is no private field any more", field)
		}
	}
}

// leaves lists the fields below a type that hold something, by their paths.
func leaves(t reflect.Type, path string) []string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Array:
		return leaves(t.Elem(), path)
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			return []string{path}
		}
		var list []string
		for i := range t.NumField() {
			list = append(list, leaves(t.Field(i).Type, path+"."+t.Field(i).Name)...)
		}
		return list
	}
	return []string{path}
}

// TestLeaksOfEveryEncoding: the output is searched for contacts however their
// table was saved.
func TestLeaksOfEveryEncoding(t *testing.T) {
	const table = "id;email;address\r\nolya11;olya@mail.example;улица Мира, дом пять\r\n"
	for name, e := range map[string]encoding.Encoding{
		"UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"Windows-1251": charmap.Windows1251, "KOI8-R, which nobody can tell": charmap.KOI8R,
	} {
		data, err := e.NewEncoder().String(table)
		if err != nil {
			t.Fatal(err)
		}
		folder := testFolder()
		folder["private/contacts.csv"] = textFile(data)
		r, _, err := Plan(t.Context(), folder, Options{Now: testNow, Cache: newTestStore()})
		if err != nil {
			t.Fatal(err)
		}
		if r.Verify("index.html", []byte("<p>OLYA@mail.example</p>")) == nil {
			t.Errorf("%s: an address may be published", name)
		}
		if r.Verify("index.html", []byte("<p>живёт: улица Мира, дом пять</p>")) == nil && !strings.HasPrefix(name, "KOI8") {
			t.Errorf("%s: where somebody lives may be published", name)
		}
	}
}
