package source

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"strings"
	"testing"
)

// TestWriteCSV: no cell begins as a formula does, and others are as they were.
func TestWriteCSV(t *testing.T) {
	rows := [][]string{
		{"id", "name", "phone"},
		{"a1", `=HYPERLINK("https://evil.example")`, "+7 999 123-45-67"},
		{"a2", "@SUM(1)", "-1"},
		{"a3", "  =1", "\t=1"},
		{"a4", "＝1", "'=1"},
		{"a5", "Оля, \"Мурка\"", "line\nline"},
		{"a6", "O'Brien", "'quoted'"},
	}
	var b bytes.Buffer
	must(t, WriteCSV(&b, true, rows))
	want := "\ufeff" + `id,name,phone
a1,"'=HYPERLINK(""https://evil.example"")",'+7 999 123-45-67
a2,'@SUM(1),'-1
a3,'  =1,'` + "\t" + `=1
a4,'＝1,''=1
a5,"Оля, ""Мурка""","line
line"
a6,O'Brien,'quoted'
`
	if got := b.String(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// FuzzCSV: whatever a cell holds, it is no formula and reads back as it was.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"=1+1", "'=1", "''", "\t", " +7", "＠x", "Оля", "a,\"b\"\nc", "\ufeff=1", "-", "'-\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if cell = strings.ReplaceAll(cell, "\r", ""); cell == "" { // CSV has no carriage return before a line feed
			return
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, false, [][]string{{cell, "end"}}); err != nil {
			t.Fatal(err)
		}
		got, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", cell, err)
		}
		if isFormula(got[0][0]) {
			t.Errorf("%q is written as %q", cell, got[0][0])
		}
		if want := []string{cell, "end"}; !reflect.DeepEqual([]string{Unguard(got[0][0]), got[0][1]}, want) {
			t.Errorf("%q reads back as %q", cell, Unguard(got[0][0]))
		}
	})
}
