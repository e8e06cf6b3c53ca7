package builder

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gallerist/builder/theme"
)

// TestForget holds that a view that is made in the memory of another one has
// nothing of it, not even behind the ends of its lists.
func TestForget(t *testing.T) {
	v := pieceViews.New().(*theme.Submission)
	head, up := v.Page, v.Page.Up
	v.Kind, v.Base.Site, v.Review, v.Call, v.Prev = "photo", &theme.Site{}, &theme.Review{}, &theme.CallBox{}, &theme.Card{}
	v.Media, v.Edits = []theme.Plate{{Ratio: "1"}}, []theme.Edit{{What: "cut"}}
	v.Facts = append(v.Facts, theme.Fact{Name: "Place", Text: "Ghent"}, theme.Fact{Text: "Cusco"})
	v.Tags = append(v.Tags, theme.Link{Text: "mill"})
	v.Near = append(v.Near, &theme.Card{Title: "Rain"})
	head.Title, head.Feeds, head.Image, up.Text = "Storm", []theme.Feed{{}}, &theme.ShareImage{}, "Morning"
	forget(v)
	for _, got := range []*theme.Submission{v, {Base: v.Base, Facts: v.Facts[:2], Tags: v.Tags[:1], Near: v.Near[:1]}} {
		want := pieceViews.New().(*theme.Submission)
		want.Facts, want.Tags, want.Near = want.Facts[:len(got.Facts)], want.Tags[:len(got.Tags)], want.Near[:len(got.Near)]
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(theme.Card{}, theme.Site{})); diff != "" {
			t.Error(diff)
		}
	}
	if v.Page != head || v.Page.Up != up {
		t.Error("the memory of the page's head is not used again")
	}
}
