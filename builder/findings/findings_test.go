package findings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafely "github.com/yuin/goldmark/renderer/html"

	"gallerist/builder/problem"
)

// hostile are texts of strangers that mean something to those who read reports.
var hostile = []string{
	"::error::pwned", "a\n::set-output name=x::y", "##[add-path]/tmp", "100% of it, a:b\r\n", "<script>alert(1)</script>", "<!-- ", "a|b|c",
	"[x](https://evil.example)", "https://evil.example/a_b", "www.evil.example", "@everyone and #12 and GH-3", ":tada:", "`code` **bold** _x_ ~~y~~",
	"\\| \\", "&lt;b&gt; &#64;x", "$x$", "утро/оля \"1\".jpg", "\x1b[2J\u202e", "![](x)", "* a", "1. b", "    four", "|---|", "a@b.example", "",
}

// sample is a report with every sort of problem and text.
func sample() *Report {
	r := &Report{Version: "1.2.3", Prefix: "sites/one", Pieces: []Piece{
		{ID: "olya11", Folder: "content/утро/olya", State: "published", Credits: []string{"Photo by Оля <b>"}},
		{ID: "lev111", Folder: "content/утро/lev", State: "pending"},
	}}
	r.Problems.Errorf(problem.Pos{File: "content/утро/olya/submission.md", Line: 4, Col: 8}, `did you mean "photographer"?`, "unknown role %q", "photografer")
	r.Problems.Errorf(problem.Pos{File: "content/утро/olya/submission.md", Line: 9, Col: 8}, `did you mean "photographer"?`, "unknown role %q", "photografer")
	r.Problems.Warnf(problem.Pos{File: "content/утро/lev/a: 1.jpg"}, "", "the same picture as %s", "content/утро/olya/1 2.jpg")
	r.Problems.Notef(problem.Pos{}, "", "%d more unknown keys", 3)
	for _, text := range hostile {
		r.Problems.Warnf(problem.Pos{File: "content/x" + text + "/a.md", Line: 1}, text, "no alt text for %q, or %s", text, text)
	}
	r.Read = func(file string) ([]byte, error) {
		if file == "content/утро/olya/submission.md" {
			return []byte("+++\r\n\r\n\r\nроли = \"photografer\"\r\n"), nil
		}
		return nil, errors.New("not there")
	}
	return r
}

func written(t *testing.T, format string, r *Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRule(t *testing.T) {
	for text, want := range map[string]string{
		`unknown role "photografer"`:                       "unknown-role",
		`unknown role "a \"b\" c"`:                         "unknown-role",
		"the same picture as content/a/my cat/1 2.jpg":     "the-same-picture-as",
		"looks like content/утро/я.jpg":                    "looks-like",
		`it is 12 megapixels, and 3 more; "x" is left out`: "it-is-megapixels-and-more-is-left-out",
		`"x" is by a minor without a guardian's consent`:   "is-by-a-minor-without-a-guardians-consent",
		"12 34": "other",
		"one two three four five six seven eight nine ten a b c d": "one-two-three-four-five-six-seven-eight-nine-ten-a-b",
	} {
		if got := Rule(problem.Problem{Text: text}); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// FuzzRule holds that the id of a rule says nothing of the value, and is a word.
func FuzzRule(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	word := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	f.Fuzz(func(t *testing.T, value string) {
		if got := Rule(problem.Problem{Text: fmt.Sprintf("unknown role %q here", value)}); got != "unknown-role-here" {
			t.Errorf("%q: %s", value, got)
		}
		if got := Rule(problem.Problem{Text: value}); !word.MatchString(got) {
			t.Errorf("%q: %s", value, got)
		}
	})
}

// TestFingerprints holds that they are all different, and stay when lines move.
func TestFingerprints(t *testing.T) {
	r := sample()
	before := r.fingerprints()
	for i := range r.Problems {
		r.Problems[i].Pos.Line += 7
	}
	if diff := cmp.Diff(before, r.fingerprints()); diff != "" {
		t.Error("they depend on the line:", diff)
	}
	slices.Sort(before)
	if n := len(slices.Compact(before)); n != len(r.Problems) {
		t.Errorf("%d names for %d problems", n, len(r.Problems))
	}
}

// TestGitHub holds that every line of the log is one command of ours, or none.
func TestGitHub(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) file=[^:,\r\n]+(,line=\d+(,col=\d+)?)?,title=gallerist%3A [a-z-]+::[^\r\n]+$`)
	levels := map[string]int{}
	lines := strings.Split(strings.TrimSuffix(string(written(t, "github", sample())), "\n"), "\n")
	for i, line := range lines {
		if i == len(lines)-1 {
			if want := fmt.Sprintf("%d more warnings: the summary of the job tells all of them", len(hostile)+1-annotationsMost); line != want {
				t.Errorf("it ends with %q, not %q", line, want)
			}
			continue
		}
		m := command.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not a command of ours: %q", line)
		}
		levels[m[1]]++
	}
	if diff := cmp.Diff(map[string]int{"error": 2, "warning": 10, "notice": 1}, levels); diff != "" {
		t.Error(diff)
	}
	if want := `::error file=sites/one/content/утро/olya/submission.md,line=4,col=8,title=gallerist%3A unknown-role::unknown role "photografer"%0Ahint: did you mean "photographer"?`; lines[0] != want {
		t.Errorf("got  %s\nwant %s", lines[0], want)
	}
}

// FuzzForLog holds that no line is a command.
func FuzzForLog(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := ForLog(text)
		if strings.Contains(got, "##[") {
			t.Errorf("%q", got)
		}
		for _, line := range strings.FieldsFunc(got, func(r rune) bool { return r == '\n' }) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				t.Errorf("%q", got)
			}
		}
	})
}

// FuzzMarkdown holds that a stranger's text stays text in a cell of a table, as
// GitHub's dialect renders it, with HTML allowed.
func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(unsafely.WithUnsafe()))
	cell := regexp.MustCompile(`(?s)^<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>(.*)</td>\n<td>end</td>\n</tr>\n</tbody>\n</table>\n$`)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		var b bytes.Buffer
		if err := md.Convert([]byte("| a | b |\n|---|---|\n| "+markdown(text)+" | end |\n"), &b); err != nil {
			t.Fatal(err)
		}
		m := cell.FindStringSubmatch(b.String())
		if m == nil || strings.ContainsAny(m[1], "<>") {
			t.Fatalf("%q: %s", text, b.String())
		}
		got := html.UnescapeString(m[1])
		if at := regexp.MustCompile(`[@#:][^\x{200b}]|(?i:www)\.`).FindString(got); at != "" {
			t.Errorf("%q: %q is alive", text, at)
		}
		if got, want := strings.ReplaceAll(got, "\u200b", ""), problem.Visible(text); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%q became %q", want, got)
		}
	})
}

func TestSummary(t *testing.T) {
	r := sample()
	var b strings.Builder
	if err := r.Summary(&b, SummaryMost); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"2 errors, 26 warnings, 1 note\n",
		"| olya11<br>content/утро/olya | published | Photo by Оля &#60;b&#62; | submission.md&#58;&#8203;4&#58;&#8203;8 ❌ error&#58;",
		"| lev111<br>content/утро/lev | pending |  | ",
		"| the site | note: 3 more unknown keys |",
	} {
		if want = strings.Replace(want, "error&#58;", "error:", 1); !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	whole := b.Len()
	for _, room := range []int{0, summaryRest, 700, 2000, whole - 1, whole + summaryRest} {
		b.Reset()
		if err := r.Summary(&b, room); err != nil {
			t.Fatal(err)
		}
		if b.Len() > room {
			t.Errorf("%d bytes in a room of %d", b.Len(), room)
		}
		if cut := strings.Contains(b.String(), "That is all there is room for"); cut != (room >= summaryRest && room < whole+summaryRest) {
			t.Errorf("room for %d of %d: says that it was cut: %v", room, whole, cut)
		}
	}
}

func TestGitLab(t *testing.T) {
	var list []map[string]any
	if err := json.Unmarshal(written(t, "gitlab", sample()), &list); err != nil {
		t.Fatal(err)
	}
	names := map[any]bool{}
	for _, x := range list {
		names[x["fingerprint"]] = true
		if line := x["location"].(map[string]any)["lines"].(map[string]any)["begin"].(float64); line < 1 {
			t.Errorf("line %v", line)
		}
	}
	if len(list) != len(sample().Problems) || len(names) != len(list) {
		t.Errorf("%d entries with %d fingerprints", len(list), len(names))
	}
	want := map[string]any{
		"description": "unknown role \"photografer\"\nhint: did you mean \"photographer\"?", "check_name": "unknown-role", "severity": "major",
		"fingerprint": list[0]["fingerprint"],
		"location":    map[string]any{"path": "sites/one/content/утро/olya/submission.md", "lines": map[string]any{"begin": 4.0}},
	}
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Error(diff)
	}
	if got := string(written(t, "gitlab", &Report{})); got != "[]\n" {
		t.Errorf("nothing is %q", got)
	}
}

// TestSchemas holds SARIF and rdjson against the schemas of those who made the
// formats, which "make tools" brings.
func TestSchemas(t *testing.T) {
	for format, file := range map[string]string{"sarif": "sarif-2.1.0.json", "rdjson": "rdjson-0.21.2.json"} {
		text, err := os.ReadFile(filepath.Join("..", "..", ".cache", file))
		if err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skipf("%v: run \"make tools\" first", err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("file:///"+file, doc); err != nil {
			t.Fatal(err)
		}
		schema, err := c.Compile("file:///" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*Report{sample(), {}} {
			got, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, format, r)))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(got); err != nil {
				t.Errorf("%s: %v", format, err)
			}
		}
		if err := schema.Validate([]any{}); err == nil {
			t.Errorf("the schema of %s takes anything", format)
		}
	}
}

// TestSARIF holds what no schema says.
func TestSARIF(t *testing.T) {
	var log sarifLog
	if err := json.Unmarshal(written(t, "sarif", sample()), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for i, x := range run.Results {
		if run.Tool.Driver.Rules[x.RuleIndex].ID != x.RuleID {
			t.Errorf("result %d is of the rule %d, %s", i, x.RuleIndex, x.RuleID)
		}
		if strings.Contains(x.Message.Text, "](") {
			t.Errorf("a link in %q", x.Message.Text)
		}
	}
	first := run.Results[0].Locations[0].Physical
	if want := "sites/one/content/%D1%83%D1%82%D1%80%D0%BE/olya/submission.md"; first.Artifact.URI != want || *first.Region != (sarifRegion{4, 8}) {
		t.Errorf("%+v, %+v", first.Artifact, first.Region)
	}
	if got := run.Results[2].Locations[0].Physical.Artifact.URI; !strings.HasSuffix(got, "/a%3A%201.jpg") {
		t.Errorf("address %s", got)
	}
}

// TestRDJSON holds columns, which count bytes, and suggestions.
func TestRDJSON(t *testing.T) {
	var out rdResult
	if err := json.Unmarshal(written(t, "rdjson", sample()), &out); err != nil {
		t.Fatal(err)
	}
	first := out.Diagnostics[0]
	want := []rdSuggestion{{rdRange{rdPosition{4, 13}, &rdPosition{4, 24}}, "photographer"}}
	if diff := cmp.Diff(want, first.Suggestions); diff != "" {
		t.Error(diff)
	}
	if got := first.Location.Range.Start; got != (rdPosition{4, 12}) { // four letters of two bytes each
		t.Errorf("begins at %+v", got)
	}
	if second := out.Diagnostics[1]; second.Suggestions != nil || second.Location.Range.Start != (rdPosition{Line: 9}) {
		t.Errorf("a line that is not there: %+v", second)
	}
}

func TestByteColumn(t *testing.T) {
	for _, x := range []struct {
		line      string
		col, want int
	}{{"abc", 1, 1}, {"яb", 2, 3}, {"яb", 3, 4}, {"яb", 4, 0}, {"", 1, 1}, {"a", 0, 0}} {
		if got := byteColumn(x.line, x.col); got != x.want {
			t.Errorf("%q %d: %d, want %d", x.line, x.col, got, x.want)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, format := range Formats {
		if len(written(t, format, sample())) == 0 {
			t.Errorf("%s is empty", format)
		}
	}
	if err := Write(&bytes.Buffer{}, "xml", sample()); err == nil {
		t.Error("xml is a format")
	}
}
