package builder

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
)

func speaking(t *testing.T, tag string) *locale {
	t.Helper()
	words, probs := lang.Load(tag)
	if len(probs) > 0 {
		t.Fatal(probs)
	}
	return &locale{Language: words, tag: tag}
}

func TestRightsInWords(t *testing.T) {
	c := &gallery.Call{Scope: []string{"social", "site", "feed", "retouch"}, Months: 24}
	allows, keeps := speaking(t, "ru").rightsOf(c, gallery.Text{})
	if d := cmp.Diff([]string{
		"Мы можем показывать работу на этом сайте, в его лентах и в наших соцсетях.",
		"Мы можем подрезать кадр, выровнять свет или звук. На странице будет сказано, что изменено.",
		"Разрешение действует 2 года. Потом спросим снова или снимем с сайта.",
	}, plainSpaces(allows)); d != "" {
		t.Error("want - got +\n", d)
	}
	if all := strings.Join(plainSpaces(keeps), "\n"); strings.Contains(all, "сначала спросим") || !strings.Contains(all, "В рекламу") {
		t.Errorf("what stays the author's: %s", all)
	}
	own := gallery.Text{Call: gallery.CallText{Rights: []string{"All yours."}}}
	if allows, keeps = speaking(t, "en").rightsOf(c, own); allows != nil || !slices.Equal(keeps, []string{"All yours."}) {
		t.Errorf("own words: %q, %q", allows, keeps)
	}
}

// TestScopesHaveWords holds that every scope a grant can name is said.
func TestScopesHaveWords(t *testing.T) {
	for _, tag := range lang.Known() {
		l := speaking(t, tag)
		for _, scope := range gallery.Scopes {
			without, _ := l.rightsOf(&gallery.Call{Scope: []string{"site"}}, gallery.Text{})
			with, _ := l.rightsOf(&gallery.Call{Scope: []string{"site", scope}}, gallery.Text{})
			if scope != "site" && slices.Equal(with, without) {
				t.Errorf("%s: nothing is said of %q", tag, scope)
			}
			if all := strings.Join(with, " "); strings.Contains(all, "rights.") {
				t.Errorf("%s: a word is missing: %s", tag, all)
			}
		}
	}
}

func plainSpaces(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ReplaceAll(s, "\u00a0", " ")
	}
	return out
}
