package heif

import "slices"

// brands are those of ftyp that say that there is a still picture or an image
// sequence (23008-12, 10; AVIF 1.1, 6).
var brands = []string{"mif1", "mif2", "msf1", "miaf", "heic", "heix", "heim", "heis", "hevc", "hevx", "avif", "avis"}

// moving are the brands of image sequences.
var moving = []string{"msf1", "hevc", "hevx", "avis"}

// outline is what the boxes of the file say before any is read.
type outline struct {
	brands   []string
	meta     []byte // nil = none
	sequence bool   // has moov
	signed   bool
}

// c2pa is the uuid of the box that holds a C2PA manifest.
const c2pa = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"

// readOutline walks the boxes of the file. Behind the last box there may be
// bytes that are none, as some phones leave them.
func readOutline(data []byte) (*outline, error) {
	o := &outline{}
	for at := 0; at < len(data); {
		if at > 0 && !named(data[at:]) {
			break
		}
		x, n, err := nextBox(data[at:])
		if err != nil {
			return nil, err
		}
		if at == 0 && x.kind != "ftyp" {
			return nil, damaged("is not a HEIF file")
		}
		if err := o.take(x); err != nil {
			return nil, err
		}
		at += n
	}
	return o, nil
}

// named says whether b can begin with a box: its name is four printable
// characters.
func named(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	for _, c := range b[4:8] {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

func (o *outline) take(x box) error {
	switch x.kind {
	case "ftyp":
		if o.brands != nil {
			return damaged("has two ftyp boxes")
		}
		return o.takeBrands(x.body)
	case "meta":
		if o.meta != nil {
			return damaged("has two meta boxes")
		}
		o.meta = x.body
	case "moov":
		o.sequence = true
	case "uuid":
		o.signed = o.signed || len(x.body) >= 16 && string(x.body[:16]) == c2pa
	}
	return nil
}

// takeBrands reads the body of ftyp: major brand, version, other brands.
func (o *outline) takeBrands(body []byte) error {
	if len(body) < 8 || len(body) > 1024 {
		return damaged("the box ftyp is %d bytes long", len(body))
	}
	o.brands = append(o.brands, string(body[:4]))
	for b := body[8:]; len(b) >= 4; b = b[4:] {
		o.brands = append(o.brands, string(b[:4]))
	}
	if !slices.ContainsFunc(o.brands, func(b string) bool { return slices.Contains(brands, b) }) {
		return damaged("is not a HEIF file")
	}
	return nil
}

// animated says whether the file has an image sequence.
func (o *outline) animated() bool {
	return o.sequence && slices.ContainsFunc(o.brands, func(b string) bool { return slices.Contains(moving, b) })
}

// Read reads the container and says what the primary picture is. The File
// keeps data, which is not to be changed. Errors complete the sentence "the
// picture …".
func Read(data []byte) (*File, error) {
	o, err := readOutline(data)
	switch {
	case err != nil:
		return nil, err
	case o.brands == nil:
		return nil, damaged("is empty")
	case o.meta == nil && o.sequence:
		return nil, rare("is a film or moving picture without a still one")
	case o.meta == nil:
		return nil, ErrCut
	}
	m, err := readMeta(data, o.meta)
	if err != nil {
		return nil, err
	}
	f, err := m.file()
	if err != nil {
		return nil, err
	}
	f.Animated, f.Signed = o.animated(), o.signed
	return f, nil
}

// File is what is known of a picture without decoding it.
type File struct {
	Codec         string // "hevc" or "av1"
	Width, Height int    // stored, that is, before the orientation; after clap
	Orientation   int    // 1 to 8, as EXIF counts, of irot and imir; that of EXIF does not count
	Depth         int    // bits a sample: 8, 10, 12
	ICC           []byte // profile, nil = none
	// Codes of H.273, of the box colr or else of AV1; 2 = not said. For HEVC
	// without colr what the bitstream says counts in Decode and is not here.
	Primaries, Transfer, Matrix int
	FullRange                   bool
	Exif                        []byte // TIFF structure, nil = none
	XMP                         []byte // packet, nil = none
	Alpha                       bool   // has a transparency channel; that of HEVC is not decoded
	Animated                    bool   // has an image sequence beside the still picture
	Signed                      bool   // carries a C2PA manifest

	still  *canvas
	alpha  *canvas // of AV1 only
	premul bool    // colours are multiplied by alpha
	crop   rect    // of the canvas: what clap leaves
	coded  coded   // a tile
	scale  int     // by which it is reduced; 1 = not
}

// rect is a part of a picture, in pixels from the top left corner.
type rect struct{ x, y, w, h int }

// file puts together what the items say of the primary one.
func (m *meta) file() (*File, error) {
	it := m.items[m.primary]
	if it == nil {
		return nil, damaged("names a primary picture that is not there")
	}
	still, view, err := m.picture(it, 0)
	if err != nil {
		return nil, err
	}
	f := &File{
		Codec: still.codec, Orientation: view.orientation, crop: view.crop, still: still, scale: 1,
		Width: view.crop.w, Height: view.crop.h, ICC: view.icc,
		Primaries: 2, Transfer: 2, Matrix: 2,
	}
	if err := f.describe(view); err != nil {
		return nil, err
	}
	if err := f.findAlpha(m, it); err != nil {
		return nil, err
	}
	f.Exif, f.XMP, err = m.notes(it)
	return f, err
}

// describe checks each tile's bitstream against its item and takes over its
// depth and colour codes.
func (f *File) describe(v view) error {
	c, err := f.still.inspect()
	if err != nil {
		return err
	}
	if n := int64(c.w) * int64(c.h); f.Codec == "av1" && n > maxPart {
		return rare("is an AVIF picture of %d megapixels in one piece, more than %d (as JPEG it would do)", n/1e6, int64(maxPart)/1e6)
	}
	f.Depth, f.coded = c.depth, c
	code := c.code
	if v.code != nil {
		code = *v.code
	}
	f.Primaries, f.Transfer, f.Matrix, f.FullRange = code.primaries, code.transfer, code.matrix, code.full
	return nil
}

// findAlpha looks for the picture's transparency.
func (f *File) findAlpha(m *meta, it *item) error {
	a := m.alphaOf(it)
	if a == nil {
		return nil
	}
	f.Alpha = true
	if f.Codec != "av1" {
		return nil
	}
	alpha, _, err := m.picture(a, 0)
	if err != nil {
		return err
	}
	if !alpha.matches(f.still) {
		return rare("has transparency that is divided otherwise than its colours")
	}
	c, err := alpha.inspect()
	if err != nil {
		return err
	}
	f.coded.frames += c.frames
	f.alpha, f.premul = alpha, m.refers("prem", it.id, a.id)
	return nil
}

// notes returns the EXIF and XMP of the picture it.
func (m *meta) notes(it *item) (exif, xmp []byte, err error) {
	for _, r := range m.refs {
		if r.kind != "cdsc" || !slices.Contains(r.to, it.id) {
			continue
		}
		n := m.items[r.from]
		switch {
		case n == nil:
		case n.kind == "Exif" && exif == nil:
			exif, err = m.tiff(n)
		case n.kind == "mime" && n.mime == "application/rdf+xml" && n.coding == "" && xmp == nil:
			xmp, err = m.bytes(n)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return exif, xmp, nil
}

// tiff returns an Exif item from its TIFF header on (23008-12, A.2.1).
func (m *meta) tiff(it *item) ([]byte, error) {
	data, err := m.bytes(it)
	if err != nil {
		return nil, err
	}
	c := cursor{b: data}
	skip := c.u32()
	if c.short || uint64(skip) >= uint64(len(c.b)) {
		return nil, nil // says nothing; the picture is not the worse for it
	}
	return c.b[skip:], nil
}
