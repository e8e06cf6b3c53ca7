package strict

import (
	"testing"
	"time"

	"gallerist/builder/problem"
)

// TestEmptyMoment: an empty text is no moment and no mistake, for editors in a
// browser write it for a field that was left empty; a space is not a date either.
func TestEmptyMoment(t *testing.T) {
	for text, mistakes := range map[string]int{`""`: 0, `" "`: 0, `"soon"`: 2, `"2026-11-02"`: 0} {
		var probs problem.List
		table := TOML("x.toml", []byte("at = "+text+"\n"), 1, &probs)
		at, until := table.Time("at", time.UTC), table.Until("at", time.UTC)
		if want := text == `"2026-11-02"`; len(probs) != mistakes || at.IsZero() == want || until.IsZero() == want {
			t.Errorf("%s: %v, %v, %v", text, at, until, probs)
		}
	}
}

// TestEmptyInt: so it is with whole numbers.
func TestEmptyInt(t *testing.T) {
	for text, want := range map[string]int{`""`: 0, `" "`: 0, `"5"`: -1, `5`: 5} {
		var probs problem.List
		got := TOML("x.toml", []byte("n = "+text+"\n"), 1, &probs).Int("n")
		if want < 0 && len(probs) != 1 || want >= 0 && (got != want || len(probs) > 0) {
			t.Errorf("%s: %d, %v", text, got, probs)
		}
	}
}
