package feed

import "github.com/gorilla/feeds"

// What follows writes the elements of an Atom feed as the tags of their types
// say, in the order of the fields; a test holds it to encoding/xml.

func (f *atomFeed) write(w *xmlWriter) {
	w.begin("feed")
	w.attr("xmlns", f.Xmlns)
	w.attrs("xml:lang", f.Lang)
	w.element("title", f.Title, "id", f.Id, "updated", f.Updated)
	w.optional("icon", f.Icon, "logo", f.Logo, "rights", f.Rights, "subtitle", f.Subtitle)
	writePerson(w, f.Author.AtomPerson)
	writeAtomLinks(w, f.Links)
	w.element("generator", f.Generator)
	for _, e := range f.Entries {
		e.write(w)
	}
	w.end("feed")
}

func (e *atomEntry) write(w *xmlWriter) {
	w.begin("entry")
	w.attrs("xml:lang", e.Lang)
	w.begin("title")
	w.attrs("xml:lang", e.Title.Lang)
	w.text(e.Title.Text)
	w.end("title")
	w.element("updated", e.Updated, "id", e.Id)
	if e.Content != nil {
		writeTyped(w, "content", e.Content.Type, e.Content.Content)
	}
	w.optional("rights", e.Rights, "published", e.Published)
	writeAtomLinks(w, e.Links)
	if e.Summary != nil {
		writeTyped(w, "summary", e.Summary.Type, e.Summary.Content)
	}
	for _, a := range e.Authors {
		writePerson(w, a)
	}
	for _, c := range e.Category {
		w.begin("category")
		w.attr("term", c.Term)
		w.end("category")
	}
	w.end("entry")
}

func writeTyped(w *xmlWriter, name, kind, text string) {
	w.begin(name)
	w.attr("type", kind)
	w.text(text)
	w.end(name)
}

func writePerson(w *xmlWriter, p feeds.AtomPerson) {
	w.begin("author")
	w.optional("name", p.Name, "uri", p.Uri, "email", p.Email)
	w.end("author")
}

func writeAtomLinks(w *xmlWriter, links []feeds.AtomLink) {
	for _, link := range links {
		w.begin("link")
		w.attr("href", link.Href)
		w.attrs("rel", link.Rel, "type", link.Type, "length", link.Length)
		w.end("link")
	}
}
