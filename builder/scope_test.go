package builder

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/gallery"
)

// TestScopes: whatever uses a permission covers, a piece is where they allow it
// and nowhere else: feeds need feed, index.json needs embed, posters need print,
// pages need site or web.
func TestScopes(t *testing.T) {
	places := []string{"site", "feed", "embed", "print"}
	folder := testFolder()
	scopes := addScopes(folder, places)
	files, _, _ := buildFolder(t, folder)
	for id, list := range scopes {
		on := map[string]bool{}
		for _, s := range list {
			on[s] = true
		}
		for file, content := range files {
			address := "/morning/" + id + "/"
			var want bool
			switch name := path.Base(file); {
			case name == "index.json":
				want = on["site"] && on["embed"]
			case name == "feed.xml" || name == "atom.xml" || name == "feed.json":
				want = on["site"] && on["feed"]
			case name == "sitemap.xml":
				want = on["site"]
			case strings.HasPrefix(file, "morning/"+id+"/"):
				if !on["site"] {
					t.Errorf("%v: there is a page %s", list, file)
				}
				continue
			default:
				if strings.Contains(content, address) && !on["site"] {
					t.Errorf("%v: in %s", list, file)
				}
				continue
			}
			if got := strings.Contains(content, address); got != want {
				t.Errorf("%v: in %s: %v", list, file, got)
			}
		}
	}
	for _, s := range places { // so that a renamed scope breaks this test
		if !slices.Contains(gallery.Scopes, s) {
			t.Errorf("there is no scope %q", s)
		}
	}
}

// addScopes adds a piece for each choice of these scopes, and returns them by
// the pieces' ids.
func addScopes(folder fstest.MapFS, places []string) map[string][]string {
	scopes := map[string][]string{}
	for set := range 1 << len(places) {
		id := fmt.Sprintf("scope-%0*b", len(places), set)
		list := []string{}
		var quoted []string
		for i, scope := range places {
			if set>>i&1 == 1 {
				list = append(list, scope)
				quoted = append(quoted, strconv.Quote(scope))
			}
		}
		scopes[id] = list
		md := strings.Replace(submission(id, "Имя "+id, "featured", 12, "", "Слова."), `["site", "feed", "embed"]`, "["+strings.Join(quoted, ", ")+"]", 1)
		folder["content/morning/"+id+"/submission.md"] = textFile(md)
		folder["content/morning/"+id+"/1.jpg"] = folder["content/morning/2026-11-02-olya/1.jpg"]
	}
	return scopes
}
