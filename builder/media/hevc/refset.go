package hevc

// maxDistances bounds a reference picture set; sps_max_dec_pic_buffering_minus1
// is at most 15 (H.265, 7.4.8).
const maxDistances = 16

// parseRefSet reads st_ref_pic_set (7.3.7), the one after sets, and gives the
// distances of its pictures in the order of 7.4.8: those before the picture,
// nearest first, then those after. An intra picture refers to none, yet how
// many bits a later set takes depends on how many distances this one has.
func parseRefSet(r *bitReader, sets [][]int, inSlice bool) ([]int, error) {
	if len(sets) > 0 && r.flag() {
		return predictRefSet(r, sets, inSlice)
	}
	before, after := r.ue(), r.ue()
	if before > maxDistances || after > maxDistances {
		return nil, errRefSet
	}
	var set []int
	for side, n := range []uint32{before, after} {
		d := 0
		for range n {
			step := int(r.ue()) + 1
			if step > 1<<15 {
				return nil, errRefSet
			}
			r.skip(1) // used_by_curr_pic
			d += step * (2*side - 1)
			set = append(set, d)
		}
	}
	return set, nil
}

// predictRefSet reads a set that is told as an earlier one, shifted.
func predictRefSet(r *bitReader, sets [][]int, inSlice bool) ([]int, error) {
	back := 1
	if inSlice {
		n := r.ue()
		if n >= uint32(len(sets)) {
			return nil, errRefSet
		}
		back = int(n) + 1
	}
	negative := r.flag()
	size := r.ue()
	if size >= 1<<15 {
		return nil, errRefSet
	}
	shift := int(size) + 1
	if negative {
		shift = -shift
	}
	from := sets[len(sets)-back]
	keep := make([]bool, len(from)+1)
	for j := range keep {
		if keep[j] = r.flag(); !keep[j] { // used_by_curr_pic_flag
			keep[j] = r.flag() // use_delta_flag
		}
	}
	set := shiftRefSet(from, shift, keep)
	if len(set) > maxDistances {
		return nil, errRefSet
	}
	return set, nil
}

// shiftRefSet is equations 7-61 and 7-62: every kept distance and zero are
// shifted, and ordered again by side and nearness. keep's last entry stands
// for zero, the picture the set was made for.
func shiftRefSet(from []int, shift int, keep []bool) []int {
	before := 0
	for before < len(from) && from[before] < 0 {
		before++
	}
	var set []int
	add := func(j, sign int) {
		d := shift
		if j < len(from) {
			d += from[j]
		}
		if keep[j] && d*sign > 0 {
			set = append(set, d)
		}
	}
	for j := len(from) - 1; j >= before; j-- {
		add(j, -1)
	}
	add(len(from), -1)
	for j := range before {
		add(j, -1)
	}
	for j := before - 1; j >= 0; j-- {
		add(j, 1)
	}
	add(len(from), 1)
	for j := before; j < len(from); j++ {
		add(j, 1)
	}
	return set
}
