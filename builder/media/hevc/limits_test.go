package hevc

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// simple is a small recipe that tests change.
func simple() *recipe {
	c := &recipe{}
	c.sps = sps{chroma: 1, width: 64, height: 48, depthY: 8, depthC: 8, minCB: 3, ctb: 4, minTB: 2, maxTB: 4}
	c.pps = pps{initQP: 26, filterAcrossTiles: true, maxSkip: 2}
	return c
}

// config gives the configuration that a recipe's parameter sets make.
func (c *recipe) config(t *testing.T) (*Config, error) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	hvcC, _ := configured(slices.Concat(c.sequenceSet(r), c.pictureSet(r)))
	return ParseConfig(hvcC)
}

func TestConfig(t *testing.T) {
	tests := []struct {
		chroma, depth, subX, subY int
	}{{0, 8, 0, 0}, {1, 8, 2, 2}, {2, 10, 2, 1}, {3, 12, 1, 1}}
	for _, test := range tests {
		c := simple()
		c.sps.chroma, c.sps.depthY, c.sps.depthC = test.chroma, test.depth, test.depth
		config, err := c.config(t)
		if err != nil {
			t.Fatal(err)
		}
		x, y := config.Subsampling()
		if config.Width() != 64 || config.Height() != 48 || config.Depth() != test.depth || x != test.subX || y != test.subY {
			t.Errorf("%+v: %d×%d, %d bits, %d %d", test, config.Width(), config.Height(), config.Depth(), x, y)
		}
		if config.FullRange() || config.Matrix() != 2 {
			t.Errorf("full range %v and matrix %d without a VUI", config.FullRange(), config.Matrix())
		}
	}
}

// TestRefused holds that what cannot be decoded is told by its header.
func TestRefused(t *testing.T) {
	tests := map[string]func(*recipe){
		"coding blocks":    func(c *recipe) { c.sps.width = 60 },
		"parameter set":    func(c *recipe) { c.sps.minTB = 3 },
		"more than 12":     func(c *recipe) { c.sps.depthY = 13 },
		"is cut short or ": func(c *recipe) { c.sps.ctb = 8 },
		"picture's size":   func(c *recipe) { c.sps.width = 1 << 20 },
	}
	for want, change := range tests {
		c := simple()
		change(c)
		if _, err := c.config(t); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
}

// slice makes the NAL unit of a slice with a header and noise.
func (c *recipe) slice(kind int, h *sliceHeader) []byte {
	_, data := configured(unit(kind, append(c.write(h, nil), 0x55, 0xaa, 0x55)))
	return data
}

func TestRefusedSlices(t *testing.T) {
	c := simple()
	config, err := c.config(t)
	if err != nil {
		t.Fatal(err)
	}
	first := &sliceHeader{first: true, qp: 26}
	inter := slices.Clone(c.slice(nalIDR, first))
	// first_slice_segment_in_pic 1, no_output 0, pps 1 (ue 0), then slice_type:
	// 011 is intra, 010 is P.
	inter[6] ^= 0x04
	tests := []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "no picture", nil},
		{"inter", "predicted from other pictures", inter},
		{"second slice first", "out of order", c.slice(nalIDR, &sliceHeader{segment: 3, qp: 26})},
		{"short", "", c.slice(nalIDR, first)},
		{"reserved", "not supported", c.slice(22+8, first)},
		{"length", "cut short", []byte{0, 0, 1, 0, 40}},
	}
	for _, test := range tests {
		_, err := config.Decode(test.data)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	d := NewDecoder(config)
	d.MaxPixels = 64*48 - 1
	if _, err := d.Decode(c.slice(nalIDR, first)); err == nil || !strings.Contains(err.Error(), "64 by 48") {
		t.Errorf("limit: %v", err)
	}
	bare, err := ParseConfig(bareConfig())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bare.Decode(c.slice(nalIDR, first)); err != errNoPPS {
		t.Errorf("no parameter sets: %v", err)
	}
}

// TestRefSets holds the prediction of a reference picture set (7.4.8): from −1,
// −3 and 2, moved by one to the back.
func TestRefSets(t *testing.T) {
	got := shiftRefSet([]int{-1, -3, 2}, -1, []bool{true, true, true, true})
	if want := []int{-1, -2, -4, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	got = shiftRefSet([]int{-1, -3, 2}, 1, []bool{true, false, true, true})
	if want := []int{1, 3}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestColour holds what a VUI with everything before and after it says.
func TestColour(t *testing.T) {
	hvcC, _ := configured(corpus(t)["cra_hrd.hevc"])
	c, err := ParseConfig(hvcC)
	if err != nil {
		t.Fatal(err)
	}
	if !c.FullRange() || c.Matrix() != 1 || c.Width() != 160 || c.Height() != 96 {
		t.Errorf("full range %v, matrix %d, %d×%d", c.FullRange(), c.Matrix(), c.Width(), c.Height())
	}
}
