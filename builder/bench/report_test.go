package main

import (
	"errors"
	"strings"
	"testing"
)

func exampleTable() *table {
	t := &table{title: "1,000 pieces", head: []string{"", "wall s", "peak MiB"}}
	t.add("Gallerist", figure(0.32), mebibytes(56<<20))
	t.add("Hugo", figure(12.34), mebibytes(0))
	t.add("Hugo ÷ Gallerist", figure(12.34/0.32))
	t.note("A word on %s.", "this")
	return t
}

func TestTable(t *testing.T) {
	golden(t, "table.txt", []byte(exampleTable().text()))
	golden(t, "table.md", []byte(exampleTable().markdown()))
}

func TestFigures(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0.000", 0.0123: "0.012", 0.9994: "0.999", 0.9996: "1.00", 1.234: "1.23", 9.994: "9.99", 9.996: "10.0",
		99.94: "99.9", 99.96: "100", 1234.5: "1234",
	} {
		if got := figure(v); got != want {
			t.Errorf("%v is written %s, not %s", v, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 200_000: "200,000", 1_000_000: "1,000,000"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is written %s, not %s", n, got, want)
		}
	}
}

func TestStatistics(t *testing.T) {
	if median(nil) != 0 || median([]float64{3, 1, 2}) != 2 || median([]float64{4, 1, 2, 3}) != 2.5 || least([]float64{3, 1, 2}) != 1 || least(nil) != 0 {
		t.Error("median or least is wrong")
	}
	if r := ratio([]float64{2, 30, 8}, []float64{1, 10, 2}); r != 3 {
		t.Errorf("the ratio is %v, not the median of 2, 3 and 4", r)
	}
}

func TestSectionInDocument(t *testing.T) {
	const before = "# Benchmarks\n\nWords.\n"
	s := &section{name: "cold", covers: []string{"gallerist:1000", "hugo:1000"}, title: "Cold", machine: "A machine.", tables: []*table{exampleTable()}}
	doc, err := s.in(before)
	if err != nil || !strings.HasPrefix(doc, before+"\n<!-- bench cold: gallerist:1000 hugo:1000 -->\n## Cold\n\nA machine.\n\n**1,000") {
		t.Fatalf("%v\n%s", err, doc)
	}
	doc += "\nWords below.\n"
	more := *s
	more.covers = append([]string{"gallerist:10000"}, s.covers...)
	more.machine = "Another machine."
	again, err := more.in(doc)
	if err != nil || strings.Count(again, "<!-- bench cold:") != 1 || strings.Contains(again, "A machine.") ||
		!strings.Contains(again, "Another machine.") || !strings.HasPrefix(again, before) || !strings.HasSuffix(again, "\nWords below.\n") {
		t.Fatalf("%v\n%s", err, again)
	}
	if _, err := s.in(again); !errors.Is(err, errFewer) || !strings.Contains(err.Error(), "gallerist:10000") {
		t.Errorf("fewer sizes take the place of more: %v", err)
	}
	alone := *s
	alone.covers = []string{"gallerist:1000"}
	if _, err := alone.in(doc); !errors.Is(err, errFewer) {
		t.Errorf("one program takes the place of two: %v", err)
	}
	if _, err := s.in(strings.Replace(doc, s.end(), "", 1)); err == nil {
		t.Error("a section without an end is overwritten")
	}
	other := &section{name: "warm", title: "Warm"}
	if got, err := other.in(doc); err != nil || !strings.Contains(got, "A machine.") || !strings.HasSuffix(got, other.end()+"\n") {
		t.Errorf("%v\n%s", err, got)
	}
}
