package review

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestConcurrentUse: tabs that ask for pages and pictures and decide at once, while
// pictures are compared, each get what they asked for.
func TestConcurrentUse(t *testing.T) {
	const tabs = 4
	files := map[string]string{}
	for i := range tabs {
		dir := fmt.Sprintf("content/morning/p%d", i)
		files[dir+"/submission.md"] = piece(fmt.Sprintf("abcd%04d", i), "")
		files[dir+"/a.jpg"] = photo(i)
	}
	x := set(t, files)
	var all sync.WaitGroup
	all.Go(func() {
		if err := x.server.Compare(t.Context()); err != nil {
			t.Error(err)
		}
	})
	for i := range tabs {
		all.Go(func() {
			dir := fmt.Sprintf("morning/p%d", i)
			for _, to := range []string{"/", "/piece/" + keyOf(dir), "/picture/" + keyOf(dir) + "/0/tile"} {
				if w := x.ask(http.MethodGet, to, nil, nil); w.Code != http.StatusOK {
					t.Errorf("GET %s: %d", to, w.Code)
				}
			}
			if w := x.decide(dir, "approve"); w.Code >= 400 {
				t.Errorf("%s is not approved: %d %s", dir, w.Code, w.Body)
			}
		})
	}
	all.Wait()
	for i := range tabs {
		name := fmt.Sprintf("content/morning/p%d/submission.md", i)
		if text := x.read(name); !strings.Contains(text, `status   = "approved"`) {
			t.Errorf("%s after all:\n%s", name, text)
		}
	}
}
