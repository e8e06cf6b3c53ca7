package media

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Recipe says which renditions a theme wants of each picture, as a line of
// theme.toml declares it:
//
//	tile = { widths = [320, 640, 960], ratio = "own", clamp = [0.62, 2.4] }
//	card = { size = "1200x630" }
//
// A width is the length of the longer edge: of a landscape its width, of a
// portrait its height, so that a tall picture is not given more pixels than a
// wide one. Nothing is enlarged.
type Recipe struct {
	Name    string
	Widths  []int
	Ratio   string     // "own" or "" keeps the picture's shape; "3:2" crops to it around the focus
	Clamp   [2]float64 // least and greatest width/height of an own shape; 0 = no bound
	Size    string     // "1200x630": this one size, instead of Widths, Ratio and Clamp
	Formats []string   // keys of encoders, best first; empty = "webp", "jpeg", for a Size "jpeg" alone
}

// Point is a place in a picture as fractions of its width and height, from
// the top left corner.
type Point struct{ X, Y float64 }

// Rendition is one picture to be made.
type Rendition struct {
	Path          string // where it stands in the site: "m/ab/<24 hex digits>-640.webp"
	Type          string // media type: "image/webp"
	Width, Height int

	format string // key of encoders
	crop   box    // what is shown of the displayed source
	window box    // beyond which nothing of it is looked at; zero = all
	scale  int    // by which the source is reduced while it is decoded
	mark   *Mark
	note   []byte
	pixels string // key of the cache: the picture without its note
}

// box is a rectangle in pixels of the displayed source.
type box struct{ X, Y, W, H int }

// Media types of renditions.
const (
	TypeWebP = "image/webp"
	TypeJPEG = "image/jpeg"
	TypeAVIF = "image/avif"
)

const (
	// maxWidth is the largest width a recipe may ask for. It bounds what is
	// decoded, and with it memory.
	maxWidth = 3200
	// ownStep is by how much a picture must exceed the largest width made of
	// it to be worth another rendition at its own size.
	ownStep = 1.1
)

// Check returns what is wrong with the recipe, or nil.
func (r Recipe) Check() *Fault {
	for _, f := range r.Formats {
		if encoders[f].key == "" {
			return faultf(`write "avif", "webp" or "jpeg"`, "rendition %q: unknown format %q", r.Name, f)
		}
	}
	if r.Size != "" {
		if w, h, ok := parsePair(r.Size, "x"); !ok || w > maxWidth || h > maxWidth {
			return faultf(`write width and height in pixels, such as "1200x630"`, "rendition %q: size %q cannot be read", r.Name, r.Size)
		}
		return nil
	}
	if len(r.Widths) == 0 {
		return faultf("write widths = [320, 640, 960]", "rendition %q has neither widths nor a size", r.Name)
	}
	for _, w := range r.Widths {
		if w < 1 || w > maxWidth {
			return faultf("widths lie between 1 and "+strconv.Itoa(maxWidth), "rendition %q: width %d cannot be made", r.Name, w)
		}
	}
	if _, _, ok := parsePair(r.Ratio, ":"); !ok && r.Ratio != "" && r.Ratio != "own" {
		return faultf(`write "own", or width and height such as "3:2"`, "rendition %q: ratio %q cannot be read", r.Name, r.Ratio)
	}
	if lo, hi := r.Clamp[0], r.Clamp[1]; !(lo >= 0 && hi >= 0) || hi > 0 && lo > hi {
		return faultf("write the smaller one first, such as clamp = [0.62, 2.4]", "rendition %q: clamp [%g, %g] holds no shape", r.Name, lo, hi)
	}
	return nil
}

// plan returns the renditions of a picture, which have no names yet.
func (r Recipe) plan(info *Info, look Look) []Rendition {
	if r.Check() != nil {
		return nil
	}
	crop := cropTo(info.Width, info.Height, r.shape(info.Width, info.Height), look.Focus)
	sizes, window := r.sizes(crop), info.window()
	formats := r.formats()
	out := make([]Rendition, 0, len(sizes)*len(formats))
	for _, f := range formats {
		for _, s := range sizes {
			rend := Rendition{Width: s[0], Height: s[1], crop: crop.within(window), window: window, format: f, Type: encoders[f].mediaType, mark: look.Mark}
			if encoders[f].note != nil {
				rend.note = look.Note
			}
			out = append(out, rend)
		}
	}
	return out
}

// shape returns the wanted width/height of a picture of w × h.
func (r Recipe) shape(w, h int) float64 {
	if a, b, ok := parsePair(r.Size, "x"); ok {
		return float64(a) / float64(b)
	}
	if a, b, ok := parsePair(r.Ratio, ":"); ok {
		return float64(a) / float64(b)
	}
	own := float64(w) / float64(h)
	if lo := r.Clamp[0]; lo > 0 {
		own = max(own, lo)
	}
	if hi := r.Clamp[1]; hi > 0 {
		own = min(own, hi)
	}
	return own
}

// sizes returns the sizes to be made of a crop, smallest first.
func (r Recipe) sizes(crop box) [][2]int {
	own := max(crop.W, crop.H)
	if w, h, ok := parsePair(r.Size, "x"); ok {
		if w <= crop.W && h <= crop.H {
			return [][2]int{{w, h}}
		}
		return [][2]int{fit(crop, min(own, maxWidth))}
	}
	widths := slices.Clone(r.Widths)
	slices.Sort(widths)
	most := min(own, maxWidth)
	var out [][2]int
	last := 0
	for _, w := range widths {
		if w > own {
			if float64(most) >= ownStep*float64(last) {
				out = append(out, fit(crop, most))
			}
			break
		}
		if w != last {
			out, last = append(out, fit(crop, w)), w
		}
	}
	return out
}

// fit returns the size of a crop scaled until its longer edge is edge.
func fit(crop box, edge int) [2]int {
	if crop.W >= crop.H {
		return [2]int{edge, scaled(crop.H, edge, crop.W)}
	}
	return [2]int{scaled(crop.W, edge, crop.H), edge}
}

// scaled returns n·num/den, rounded, and at least 1.
func scaled(n, num, den int) int {
	return max(1, (2*n*num+den)/(2*den))
}

func (r Recipe) formats() []string {
	switch {
	case len(r.Formats) > 0:
		return r.Formats
	case r.Size != "":
		return []string{"jpeg"} // for messengers and feed readers, which do not negotiate
	}
	return []string{"webp", "jpeg"}
}

// cropTo returns the largest box of the wanted shape in a picture of w × h,
// as near to centred on the focus as the edges allow.
func cropTo(w, h int, shape float64, focus *Point) box {
	c := box{W: w, H: h}
	if own := float64(w) / float64(h); own > shape {
		c.W = min(w, max(1, int(math.Round(float64(float64(h)*shape)))))
	} else if own < shape {
		c.H = min(h, max(1, int(math.Round(float64(w)/shape))))
	}
	p := Point{0.5, 0.5}
	if focus != nil {
		p = *focus
	}
	c.X = centred(w, c.W, p.X)
	c.Y = centred(h, c.H, p.Y)
	return c
}

// centred returns where a stretch of length part begins in one of length
// whole so that it is centred on the fraction at, but does not stick out.
func centred(whole, part int, at float64) int {
	if !(at >= 0) { // NaN too
		at = 0
	}
	middle := math.Round(float64(min(at, 1) * float64(whole)))
	return min(max(int(middle)-part/2, 0), whole-part)
}

// name makes the names of a rendition: that of its pixels out of all that
// they depend on, and its path out of that and the note.
func (r *Rendition) name(info *Info, scale int, ground string) {
	r.scale = scale
	var b [64 + 16*8]byte
	key := append(b[:0], info.Hash...)
	for _, n := range [...]int{scale, r.crop.X, r.crop.Y, r.crop.W, r.crop.H, r.Width, r.Height} {
		key = binary.BigEndian.AppendUint32(key, uint32(n))
	}
	key = append(key, encoders[r.format].key...)
	key = append(key, 0)
	key = append(key, ground...)
	key = append(key, 0)
	key = append(key, r.mark.key()...)
	key = r.window.key(key)
	pixels := sha256.Sum256(key)
	r.pixels = r.file("r", pixels)
	r.Path = r.file("m", pixels)
	if len(r.note) > 0 {
		r.Path = r.file("m", sha256.Sum256(append(pixels[:], r.note...)))
	}
}

// file returns the name of a file below a folder of the site or the cache.
func (r *Rendition) file(dir string, sum [32]byte) string {
	name := hex.EncodeToString(sum[:12])
	return dir + "/" + name[:2] + "/" + name + "-" + strconv.Itoa(r.Width) + "." + encoders[r.format].ext
}

// parsePair reads two positive whole numbers with a separator between them.
func parsePair(s, sep string) (a, b int, ok bool) {
	left, right, found := strings.Cut(s, sep)
	if !found {
		return 0, 0, false
	}
	a, err1 := strconv.Atoi(strings.TrimSpace(left))
	b, err2 := strconv.Atoi(strings.TrimSpace(right))
	return a, b, err1 == nil && err2 == nil && a > 0 && b > 0 && a < 1<<20 && b < 1<<20
}
