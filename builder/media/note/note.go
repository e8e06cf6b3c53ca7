// Package note writes into a published picture whose it is: an XMP packet with
// creator, credit, rights and source, and nothing else. It also tells whether an
// original carries Content Credentials.
//
// # Which fields
//
// A reader finds each fact where the IPTC Photo Metadata Standard puts it:
//
//	Creators    dc:creator
//	Credit      photoshop:Credit
//	Copyright   dc:rights
//	Terms       xmpRights:WebStatement, or License where there are no terms
//	License     cc:license
//	LicensorURL plus:Licensor / plus:LicensorURL
//	SourceType  Iptc4xmpExt:DigitalSourceType, as its address at IPTC
//
// xmpRights:Marked is written where something is said of rights: true, or false
// where the licence gives the picture to the public domain.
//
// # Why no IPTC-IIM
//
// The older block (JPEG APP13) is not written. It holds 32 bytes of creator and
// of credit, 128 of copyright: in Cyrillic 16 and 64 letters, less than many
// credit lines, and a credit cut in the middle of a name is wrong. It has no
// place for terms, licensor and source, so that readers of these must know XMP
// anyway, and WebP has no place for it.
//
// # Sources of rules
//
// XMP: ISO 16684-1 (data model and packet) and Adobe's XMP Specification, part 3
// (files). Fields: IPTC Photo Metadata Standard 2023.2, PLUS 1.2, and Creative
// Commons' recommendation for XMP. JPEG: ITU-T T.81, JFIF 1.02. WebP: RFC 9649.
// Content Credentials: C2PA 2.1, annex A; JUMBF: ISO/IEC 19566-5. Boxes: ISO/IEC 14496-12.
package note

// Note is what a picture says of itself. Empty fields are not written.
type Note struct {
	Creators    []string
	Credit      string // the line to be printed with it
	Copyright   string
	Terms       string // address of the page or of the terms of use
	License     string // address of the licence
	LicensorURL string // where a licence can be had
	SourceType  string // IPTC digital source type, its last part: "digitalCapture"
	Lang        string // of Copyright, as BCP 47 writes it
}

// Empty reports whether the note says nothing.
func (n *Note) Empty() bool { return len(n.XMP()) == 0 }
