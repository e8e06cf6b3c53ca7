package review

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"gallerist/builder/gallery"
)

// layouts are the templates, parsed once: they are part of the program.
var layouts = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"t": say, "asset": assetPath, "join": strings.Join, "add": func(a, b int) int { return a + b },
	}).ParseFS(page, "page/*.html"))
})

// message is a page of a few words.
type message struct{ Title, Text string }

// frame is what every page of the tool has.
type frame struct {
	Title string
	Site  string
	By    string
	Form  string // token
	Said  notice
	Undo  bool
	Here  string // address of the page
	UndoTo,
	SheetTo string
	Body any
}

// show answers with a page.
func (s *Server) show(w http.ResponseWriter, status int, name string, view any) {
	var b bytes.Buffer
	if err := layouts().ExecuteTemplate(&b, name, view); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a reader who has gone away is no fault
}

// frame returns the frame of a page, with what happened last.
func (s *Server) frame(title string, f filter, here string) frame {
	said := s.said
	s.said = notice{}
	return frame{
		Title: title, Site: s.opt.Desk.Config.Text.Title, By: s.opt.By, Form: s.form, Said: said, Undo: len(s.deeds) > 0,
		Here: here, UndoTo: f.href("/undo"), SheetTo: f.href("/"),
	}
}

// assetPath names a file of the page by its content, so that it can be kept.
func assetPath(name string) string {
	data, err := page.ReadFile("page/" + name)
	if err != nil {
		return "/" + name
	}
	sum := sha256.Sum256(data)
	return "/" + name + "?v=" + hex.EncodeToString(sum[:6])
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	data, err := fs.ReadFile(page, "page"+r.URL.Path)
	if err != nil {
		s.missing(w)
		return
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
	w.Header().Set("Content-Type", types[path.Ext(r.URL.Path)])
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	_, _ = w.Write(data)
}

// nameOf is what a piece is called where there is room for a few words.
func nameOf(s *gallery.Submission) string {
	if s.Text.Title != "" {
		return s.Text.Title
	}
	words := strings.Join(strings.Fields(s.Text.Caption+" "+s.Text.Body), " ")
	if words == "" {
		return s.ID
	}
	return shorten(words, 48)
}

// shorten cuts a text at a word.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:–—-") + "…"
}

// byline names the authors as far as they may be named.
func byline(s *gallery.Submission) string {
	var names []string
	for _, a := range gallery.PublicAuthors(s) {
		if a.Name != "" {
			names = append(names, a.Name)
		}
	}
	switch {
	case len(names) == 0:
		return say("nameless")
	case len(names) > 2:
		return names[0] + " " + say("and more", strconv.Itoa(len(names)-1))
	}
	return strings.Join(names, ", ")
}

// pictureAddress is where a medium is shown in a size, "" where there is no
// picture of it.
func pictureAddress(e *entry, i int, size string) string {
	m := e.sub.Media[i]
	if mediumOf(m) != picture && m.Poster == "" {
		return ""
	}
	return "/picture/" + e.key + "/" + strconv.Itoa(i) + "/" + size + "?v=" + hex.EncodeToString(e.sub.Digest[:4])
}
