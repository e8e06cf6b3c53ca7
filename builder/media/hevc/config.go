package hevc

import "errors"

// Config is what an hvcC box says (ISO/IEC 14496-15, 8.3.3.1): the parameter
// sets of a picture and how many bytes the length of a NAL unit takes. It is
// not changed after ParseConfig.
type Config struct {
	lengthSize int
	chroma     int // chroma_format_idc and depth as the box itself says them
	depth      int
	sets       sets
}

// sets are parameter sets by number.
type sets struct {
	sps [16]*sps
	pps [64]*pps
}

var errConfig = errors.New("the decoder configuration is cut short or broken")

// ParseConfig reads the content of an hvcC box, without the box's own header.
// Parameter sets may be missing from it where they stand in the picture's data.
func ParseConfig(hvcC []byte) (*Config, error) {
	if len(hvcC) < 23 || hvcC[0] > 1 {
		return nil, errConfig
	}
	c := &Config{
		lengthSize: int(hvcC[21]&3) + 1,
		chroma:     int(hvcC[16] & 3),
		depth:      int(hvcC[17]&7) + 8,
	}
	arrays := int(hvcC[22])
	rest := hvcC[23:]
	for range arrays {
		if len(rest) < 3 {
			return nil, errConfig
		}
		units := int(rest[1])<<8 | int(rest[2])
		rest = rest[3:]
		for range units {
			unit, after, err := nextNAL(rest, 2)
			if err != nil {
				return nil, errConfig
			}
			rest = after
			n, err := parseNAL(unit)
			if err != nil {
				return nil, errConfig
			}
			if err := c.sets.add(n); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// add keeps a parameter set; other units, and those of other layers, it leaves.
func (s *sets) add(n nal) error {
	if n.layer != 0 {
		return nil
	}
	switch n.kind {
	case nalSPS:
		v, err := parseSPS(n.payload)
		if err != nil {
			return err
		}
		s.sps[v.id] = v
	case nalPPS:
		v, err := parsePPS(n.payload)
		if err != nil {
			return err
		}
		s.pps[v.id] = v
	}
	return nil
}

// first is the sequence parameter set that the picture will use, as far as the
// configuration tells; nil where it holds none.
func (c *Config) first() *sps {
	for _, p := range c.sets.pps {
		if p != nil && c.sets.sps[p.sps] != nil {
			return c.sets.sps[p.sps]
		}
	}
	for _, s := range c.sets.sps {
		if s != nil {
			return s
		}
	}
	return nil
}

// Width is the picture's width in pixels, after the conformance window; 0 where
// the configuration holds no sequence parameter set.
func (c *Config) Width() int {
	if s := c.first(); s != nil {
		return s.width - s.crop.left - s.crop.right
	}
	return 0
}

// Height is the picture's height in pixels, as Width.
func (c *Config) Height() int {
	if s := c.first(); s != nil {
		return s.height - s.crop.top - s.crop.bottom
	}
	return 0
}

// Depth is the number of bits of a luma sample as it is coded, 8 to 12.
func (c *Config) Depth() int {
	if s := c.first(); s != nil {
		return s.depthY
	}
	return c.depth
}

// Subsampling says how many luma samples a chroma sample covers each way: 2, 2
// for 4:2:0, 2, 1 for 4:2:2, 1, 1 for 4:4:4; 0, 0 where there is no chroma.
func (c *Config) Subsampling() (x, y int) {
	if s := c.first(); s != nil {
		return s.subsampling()
	}
	return (&sps{chroma: c.chroma}).subsampling()
}

// FullRange reports that samples use all their values (video_full_range_flag).
func (c *Config) FullRange() bool {
	s := c.first()
	return s != nil && s.fullRange
}

// Matrix is matrix_coeffs, a code of ITU-T H.273; 2 where it is not said.
func (c *Config) Matrix() int {
	if s := c.first(); s != nil {
		return s.matrix
	}
	return 2
}
