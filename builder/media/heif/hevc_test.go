package heif

import (
	"bytes"
	"context"
	"errors"
	"image"
	"os/exec"
	"path/filepath"
	"testing"

	"image/png"
	"os"

	"gallerist/builder/media/hevc"
)

func TestDecodeHEIC(t *testing.T) {
	for _, c := range []struct {
		name  string
		want  image.Image
		depth int
		clear bool
		most  int
	}{
		{"even", drawn["even"], 8, false, 150},
		{"odd", drawn["odd"], 8, false, 250}, // was a JPEG in between
		{"deep", drawn["even"], 10, false, 150},
		{"clear", opaque(drawn["clear"]), 8, true, 300},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, m := decoded(t, sample(t, c.name+".heic"), 1)
			if d := distance(m, c.want); d < 0 || d > c.most {
				t.Errorf("%d hundredths of a level from what was encoded", d)
			}
			if f.Codec != "hevc" || f.Depth != c.depth || f.Alpha != c.clear || f.Weight() < int64(f.Width*f.Height*3/2) {
				t.Errorf("%s, %d bits, alpha %v, weight %d", f.Codec, f.Depth, f.Alpha, f.Weight())
			}
			if g, n := f.Reduced(2); g != f || n != 1 {
				t.Errorf("reduced by %d", n)
			}
		})
	}
	f, _ := decoded(t, sample(t, "odd.heic"), 1)
	if !bytes.Contains(f.Exif, []byte("Test")) || !bytes.HasPrefix(f.Exif, []byte("MM\x00*")) {
		t.Errorf("EXIF %q", f.Exif)
	}
}

// opaque returns a picture's colours without its transparency.
func opaque(m image.Image) image.Image {
	out := image.NewNRGBA(m.Bounds())
	copy(out.Pix, m.(*image.NRGBA).Pix)
	for i := 3; i < len(out.Pix); i += 4 {
		out.Pix[i] = 255
	}
	return out
}

// hevcItem takes the coded picture out of a HEIC file with one tile.
func hevcItem(t *testing.T, id int, name string, props ...madeProp) madeItem {
	f, err := Read(sample(t, name))
	if err != nil {
		t.Fatal(err)
	}
	c := f.still
	return madeItem{id: id, kind: "hvc1", data: c.tiles[0].data, props: append([]madeProp{
		{"hvcC", c.tiles[0].config, true}, ispe(c.tw, c.th),
	}, props...)}
}

// tiled is a grid of four HEVC tiles, cut at the right and the lower edge.
func tiled(t *testing.T, props ...madeProp) *maker {
	m := &maker{primary: 9, items: []madeItem{gridItem(9, 2, 2, 251, 189, props...)}, refs: []madeRef{{"dimg", 9, []int{1, 2, 3, 4}}}}
	for i := range 4 {
		m.items = append(m.items, hevcItem(t, i+1, "tile"+string(rune('0'+i))+".heic"))
		m.items[i+1].hidden = 1
	}
	return m
}

func TestTiledHEIC(t *testing.T) {
	f, m := decoded(t, tiled(t, irot(3)).bytes(), 1)
	if f.Orientation != 6 {
		t.Errorf("orientation %d", f.Orientation)
	}
	if d := distance(m, part(drawn["tiles"], image.Rect(0, 0, 251, 189))); d < 0 || d > 150 {
		t.Errorf("%d hundredths of a level from what was encoded", d)
	}
	if f.Weight() > int64(251*189*3/2+128*96*8) {
		t.Errorf("weight %d", f.Weight())
	}
	_, m = decoded(t, tiled(t, clap(100, 80, 3, 2, -1, 2)).bytes(), 1)
	if d := distance(m, part(drawn["tiles"], image.Rect(77, 54, 177, 134))); d < 0 || d > 300 {
		t.Errorf("cut: %d hundredths of a level from what was encoded", d)
	}
}

func TestBrokenHEIC(t *testing.T) {
	whole := tiled(t)
	whole.items[3].data = whole.items[3].data[:len(whole.items[3].data)/2]
	f, err := Read(whole.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if m, err := f.Decode(context.Background()); err == nil {
		t.Errorf("half a tile decodes to %v", m.Bounds())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Decode(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	lie := &maker{primary: 1, items: []madeItem{hevcItem(t, 1, "even.heic", ispe(80, 96))}}
	if _, err := Read(lie.bytes()); err == nil {
		t.Error("takes a size that the bitstream does not have")
	}
	data := tiled(t).bytes()
	for n := len(data) - 1; n > len(data)-3000; n -= 100 {
		if _, err := Read(data[:n]); !errors.Is(err, ErrCut) {
			t.Errorf("%d of %d bytes: %v", n, len(data), err)
		}
	}
}

// still returns the first picture of the film limited709.mp4, in BT.709 and
// video range, as its bitstream says, as an item.
func still(t *testing.T, props ...madeProp) madeItem {
	film := sample(t, "limited709.mp4")
	inner := func(kind string) []byte {
		at := bytes.Index(film, []byte(kind)) - 4
		if at < 0 {
			t.Fatalf("no %s", kind)
		}
		x, _, err := nextBox(film[at:])
		if err != nil {
			t.Fatal(err)
		}
		return x.body
	}
	return madeItem{id: 1, kind: "hvc1", data: inner("mdat"), props: append([]madeProp{
		{"hvcC", inner("hvcC"), true}, ispe(160, 96),
	}, props...)}
}

// TestColours holds that what the bitstream says of matrix and range counts, and
// what colr says counts more.
func TestColours(t *testing.T) {
	nclx := func(matrix, full int) madeProp {
		return madeProp{"colr", bytesOf("nclx", be16(1, 13, matrix), full), false}
	}
	for name, c := range map[string]struct {
		props []madeProp
		right bool
	}{
		"by the bitstream": {nil, true},
		"by colr":          {[]madeProp{nclx(1, 0)}, true},
		"no matrix":        {[]madeProp{nclx(2, 0)}, true},
		"other matrix":     {[]madeProp{nclx(6, 0)}, false},
		"other range":      {[]madeProp{nclx(1, 0x80)}, false},
	} {
		m := &maker{primary: 1, items: []madeItem{still(t, c.props...)}}
		_, got := decoded(t, m.bytes(), 1)
		if d := distance(got, drawn["even"]); d < 0 || (d < 150) != c.right {
			t.Errorf("%s: %d hundredths of a level from what was encoded", name, d)
		}
	}
	f, err := Read((&maker{primary: 1, items: []madeItem{still(t, nclx(8, 0))}}).bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Decode(context.Background()); !errors.Is(err, ErrRare) {
		t.Errorf("YCgCo: %v", err)
	}
}

// TestLay puts tiles of every subsampling together, which real files seldom have.
func TestLay(t *testing.T) {
	for _, s := range [][2]int{{2, 2}, {2, 1}, {1, 1}, {0, 0}} {
		p := madePicture(6, 4, s[0], s[1])
		c := &canvas{w: 11, h: 7, cols: 2, rows: 2, tw: 6, th: 4, tiles: make([]tile, 4)}
		m, err := newPlanes(c, p)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.eachTile(context.Background(), func(_ int, at rect) error { return lay(m, p, at) }); err != nil {
			t.Fatal(err)
		}
		for y := range 7 {
			for x := range 11 {
				px, py := x%6, y%4
				got := m.YCbCrAt(x, y)
				cb, cr := byte(128), byte(128)
				if s[0] > 0 {
					i := py/s[1]*p.CStride + px/s[0]
					cb, cr = p.Cb[i], p.Cr[i]
				}
				if got.Y != p.Y[py*p.YStride+px] || got.Cb != cb || got.Cr != cr {
					t.Fatalf("%v at %d, %d: %v", s, x, y, got)
				}
			}
		}
	}
	m := image.NewYCbCr(image.Rect(0, 0, 6, 4), image.YCbCrSubsampleRatio420)
	for _, p := range []*hevc.Picture{madePicture(4, 4, 2, 2), madePicture(6, 4, 1, 1)} {
		if err := lay(m, p, rect{0, 0, 6, 4}); err == nil {
			t.Errorf("lays a tile of %d × %d, %d × %d", p.Width, p.Height, p.SubX, p.SubY)
		}
	}
	if _, err := newPlanes(&canvas{w: 4, h: 4}, madePicture(4, 4, 4, 1)); !errors.Is(err, ErrRare) {
		t.Errorf("4:1:1: %v", err)
	}
}

// madePicture is a picture whose samples all differ.
func madePicture(w, h, sx, sy int) *hevc.Picture {
	fill := func(n, from int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(from + i)
		}
		return b
	}
	p := &hevc.Picture{Width: w, Height: h, Y: fill(w*h+3*h, 0), YStride: w + 3, SubX: sx, SubY: sy}
	if sx > 0 {
		cw, ch := (w+sx-1)/sx, (h+sy-1)/sy
		p.CStride = cw + 1
		p.Cb, p.Cr = fill(p.CStride*ch, 100), fill(p.CStride*ch, 160)
	}
	return p
}

// TestHEICOracle lets another decoder look at the same pictures.
func TestHEICOracle(t *testing.T) {
	tool, err := exec.LookPath("heif-convert")
	if err != nil {
		t.Skip("no heif-convert")
	}
	for _, name := range []string{"even", "odd", "tiled"} {
		var data []byte
		if name == "tiled" {
			data = tiled(t).bytes()
		} else {
			data = sample(t, name+".heic")
		}
		dir := t.TempDir()
		in, out := filepath.Join(dir, "in.heic"), filepath.Join(dir, "out.png")
		if err := os.WriteFile(in, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(tool, in, out).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, said)
		}
		file, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		_, m := decoded(t, data, 1)
		if d := distance(m, want); d < 0 || d > 60 {
			t.Errorf("%s: %d hundredths of a level from what heif-convert makes", name, d)
		}
	}
}
