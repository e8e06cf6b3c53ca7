package live

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// serveWaiting stands in for a site that has no page yet.
func serveWaiting(w http.ResponseWriter, notes []note, built bool) {
	var b strings.Builder
	if !built {
		b.WriteString("<h1>The site is being built</h1><p>This page shows it as soon as it is there.</p>")
	} else {
		b.WriteString("<h1>There is no page to show yet</h1><p>This page shows the site as soon as what follows is mended.</p><ol>")
		for _, n := range notes {
			writeNote(&b, n)
		}
		b.WriteString("</ol>")
	}
	tag := strings.Replace(scriptTag(fingerprint{Page: waitingPrint(notes, built)}), " defer", " data-quiet defer", 1)
	servePlain(w, http.StatusServiceUnavailable, b.String(), tag)
}

func writeNote(b *strings.Builder, n note) {
	text := strings.TrimPrefix(n.Where+": "+n.Text, ": ")
	fmt.Fprintf(b, `<li class="%s"><p>%s</p>`, n.Level, html.EscapeString(text))
	if len(n.Lines) > 0 {
		b.WriteString("<pre>")
		for _, l := range n.Lines {
			fmt.Fprintf(b, "%4d  %s", l.N, html.EscapeString(l.Before))
			if l.At {
				fmt.Fprintf(b, "<mark>%s</mark>", html.EscapeString(cmp.Or(l.Mark, " ")))
			}
			b.WriteString(html.EscapeString(l.After) + "\n")
		}
		b.WriteString("</pre>")
	}
	if n.Hint != "" {
		fmt.Fprintf(b, `<p class="hint">Hint: %s</p>`, html.EscapeString(n.Hint))
	}
	b.WriteString("</li>")
}

// waitingPrint is the fingerprint of the waiting page.
func waitingPrint(notes []note, built bool) string {
	return publish.Hash(sha256.Sum256(fmt.Append(nil, built, notes))).String()
}

// serveBroken stands in for a file that cannot be made.
func serveBroken(w http.ResponseWriter, print fingerprint, err error) {
	text := "<h1>This page cannot be shown</h1><p>" + html.EscapeString(problem.Visible(err.Error())) + "</p>"
	servePlain(w, http.StatusInternalServerError, text, scriptTag(print))
}

// serveMissing stands in for the site's own page for what is not there.
func serveMissing(w http.ResponseWriter, print fingerprint) {
	servePlain(w, http.StatusNotFound, "<h1>There is no such page in the site</h1>", scriptTag(print))
}

// plainStyle is how our own pages look.
const plainStyle = `:root{color-scheme:light dark}` +
	`body{margin:0;font:16px/1.5 system-ui,sans-serif;color:light-dark(#1b1b1b,#f2f2f2);background:light-dark(#fff,#161616);overflow-wrap:anywhere}` +
	`main{max-width:46rem;margin:0 auto;padding:12vh 1.25rem 4rem}h1{font-size:1.5rem;line-height:1.25}p{margin:.4rem 0}` +
	`ol{margin:2rem 0 0;padding:0;list-style:none}li{margin:0 0 1rem;padding:.6rem 1rem;background:light-dark(#f5f4f2,#222);border-left:4px solid light-dark(#9a6200,#ffcf70)}` +
	`li.error{border-color:light-dark(#b3261e,#ff8a80)}.hint{color:light-dark(#55524d,#bdb8b0)}` +
	`pre{margin:.5rem 0;overflow:auto;font:.85em/1.6 ui-monospace,monospace}mark{color:inherit;background:light-dark(#fbd9d5,#6b2520);border-radius:2px}`

// plainPolicy allows our own pages that style and the script.
var plainPolicy = func() string {
	sum := sha256.Sum256([]byte(plainStyle))
	return "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// servePlain answers with a page of our own.
func servePlain(w http.ResponseWriter, status int, text, tag string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	h.Set("Content-Type", types[".html"])
	h.Add("Content-Security-Policy", plainPolicy)
	w.WriteHeader(status)
	fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Preview</title>`+
		`<meta name="viewport" content="width=device-width"><style>%s</style></head>`+
		`<body><main>%s</main>%s</body></html>`, plainStyle, text, tag)
}
