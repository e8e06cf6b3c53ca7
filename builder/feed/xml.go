package feed

import (
	"encoding/xml"
	"io"
	"strings"

	"github.com/gorilla/feeds"
)

// Namespaces of the XML formats. Media RSS has the slash at its end.
const (
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsMedia   = "http://search.yahoo.com/mrss/"
)

// document is an XML feed with what stands before its root element.
type document struct {
	stylesheet string
	root       any
}

// FeedXml makes document a feeds.XmlFeed.
func (d document) FeedXml() any { return d }

// MarshalXML writes the stylesheet and the root element.
func (d document) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	newline := xml.CharData("\n")
	if err := e.EncodeToken(newline); err != nil {
		return err
	}
	if d.stylesheet != "" {
		// An address has no quotes, so & is all there is to escape.
		css := `href="` + strings.ReplaceAll(d.stylesheet, "&", "&amp;") + `" type="text/css"`
		if err := e.EncodeToken(xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(css)}); err != nil {
			return err
		}
		if err := e.EncodeToken(newline); err != nil {
			return err
		}
	}
	return e.Encode(d.root)
}

func writeXML(w io.Writer, stylesheet string, root any) error {
	if err := feeds.WriteXML(document{stylesheet, root}, w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
