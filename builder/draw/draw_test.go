package draw

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func someIDs(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("ticket-%03d", i)
	}
	return list
}

// TestNumbers holds numbers that sha256sum of GNU coreutils gave:
// printf 'seed\nm7q2k4' | sha256sum; printf 'a\nb\n' | sha256sum.
func TestNumbers(t *testing.T) {
	out, err := exec.Command("sh", "-c", `printf '%s\n%s' 'сид №5' m7q2k4 | sha256sum; printf 'a1\nb2\n' | sha256sum`).Output()
	if err != nil {
		t.Skip("no sha256sum here: ", err)
	}
	want := strings.Fields(string(out))
	if got := Number("сид №5", "m7q2k4"); got != want[0] {
		t.Errorf("the number is %s, sha256sum says %s", got, want[0])
	}
	if got := List([]string{"b2", "a1", "b2"}); got != want[2] {
		t.Errorf("the list is %s, sha256sum says %s", got, want[2])
	}
}

// TestEverybodyHasTheSameChance draws 20 tickets' winner 4,000 times with seeds
// that count up: each should win about 200 times.
func TestEverybodyHasTheSameChance(t *testing.T) {
	ids, won := someIDs(20), map[string]int{}
	for seed := range 4000 {
		won[Tickets(fmt.Sprint("seed ", seed), ids)[0].ID]++
	}
	chi := 0.0
	for _, id := range ids {
		d := float64(won[id] - 200)
		chi += d * d / 200
	}
	if chi > 43.8 { // 19 degrees of freedom, p = 0.001
		t.Errorf("chi² is %.1f: %v", chi, won)
	}
}

func TestOrderOfIDsIsNothing(t *testing.T) {
	ids := someIDs(30)
	want := string(Hold("seed", "2026-11-23", "", 3, ids).Text())
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		if got := string(Hold("seed", "2026-11-23", "", 3, ids).Text()); got != want {
			t.Fatal("another order of ids gives another draw")
		}
	}
}

// TestTampering changes each line of a record in several ways: Parse takes none
// of them for the record.
func TestTampering(t *testing.T) {
	good := string(Hold("4 8 15 16 23 42", "2026-11-23", "duo", 3, someIDs(9)).Text())
	if _, err := Parse(good); err != nil {
		t.Fatal(err)
	}
	if r, err := Parse(strings.ReplaceAll(good, "\n", "\r\n")); err != nil || len(r.Tickets) != 9 {
		t.Errorf("with line breaks of Windows: %v", err)
	}
	lines := strings.Split(good, "\n")
	try := func(what string, lines []string) {
		text := strings.Join(lines, "\n")
		r, err := Parse(text)
		if err == nil && string(r.Text()) != text {
			t.Errorf("%s: taken, but not what was written", what)
		}
		if err == nil && text != good && slices.Equal(r.Won(), Hold("4 8 15 16 23 42", "2026-11-23", "duo", 3, someIDs(9)).Won()) && r.Seed == "4 8 15 16 23 42" && len(r.Tickets) == 9 && r.Date == "2026-11-23" && r.Category == "duo" {
			t.Errorf("%s: taken for the record", what)
		}
		var e *Error
		if err != nil && (!errors.As(err, &e) || e.Line < 1 || e.Line > len(lines)+1) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i, line := range lines {
		try(fmt.Sprint("without line ", i+1), slices.Delete(slices.Clone(lines), i, i+1))
		try(fmt.Sprint("line twice ", i+1), slices.Insert(slices.Clone(lines), i, line))
		for at := range len(line) {
			changed := slices.Clone(lines)
			changed[i] = line[:at] + "7" + line[at+1:]
			if changed[i] != line {
				try(fmt.Sprintf("line %d changed at %d", i+1, at+1), changed)
			}
		}
	}
	swapped := slices.Clone(lines)
	swapped[len(lines)-2], swapped[len(lines)-6] = swapped[len(lines)-6], swapped[len(lines)-2]
	if _, err := Parse(strings.Join(swapped, "\n")); err == nil {
		t.Error("two tickets changed places and nobody saw it")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(string(Hold("4 8 15", "2026-11-23", "", 2, someIDs(5)).Text()))
	f.Add(string(Hold("сид", "2026-01-01", "duo", 0, nil).Text()))
	f.Add("winners: 1\nseed: x\ndate: 2026-11-23\n1 x\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			return
		}
		if string(r.Text()) != strings.ReplaceAll(text, "\r\n", "\n") {
			t.Errorf("%q is taken for %q", text, r.Text())
		}
		if again := Hold(r.Seed, r.Date, r.Category, r.Winners, r.IDs()); !slices.Equal(again.Tickets, r.Tickets) {
			t.Error("drawn again it is another")
		}
	})
}
