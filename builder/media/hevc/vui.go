package hevc

// parseVUI reads the video usability information (H.265, annex E.2.1) for
// range and matrix, and so that what follows it is found.
func (s *sps) parseVUI(r *bitReader, subLayers int) {
	if r.flag() && r.u(8) == 255 { // aspect_ratio_idc: told in numbers
		r.skip(32)
	}
	if r.flag() { // overscan
		r.skip(1)
	}
	if r.flag() { // video_signal_type_present_flag
		r.skip(3)
		s.fullRange = r.flag()
		if r.flag() {
			r.skip(16)
			s.matrix = int(r.u(8))
		}
	}
	if r.flag() { // chroma_loc_info_present_flag
		r.ue()
		r.ue()
	}
	r.skip(3)
	if r.flag() { // default_display_window_flag
		for range 4 {
			r.ue()
		}
	}
	if r.flag() { // vui_timing_info_present_flag
		skipTiming(r, subLayers)
	}
	if r.flag() { // bitstream_restriction_flag
		r.skip(3)
		for range 5 {
			r.ue()
		}
	}
}

func skipTiming(r *bitReader, subLayers int) {
	r.skip(64)
	if r.flag() { // vui_poc_proportional_to_timing_flag
		r.ue()
	}
	if r.flag() {
		skipHRD(r, subLayers)
	}
}

// skipHRD passes over hrd_parameters (E.2.2) with the common part.
func skipHRD(r *bitReader, subLayers int) {
	nalHRD, vclHRD := r.flag(), r.flag()
	subPictures := false
	if nalHRD || vclHRD {
		if subPictures = r.flag(); subPictures {
			r.skip(19)
		}
		r.skip(8)
		if subPictures {
			r.skip(4)
		}
		r.skip(15)
	}
	for i := 0; i <= subLayers && !r.short; i++ {
		buffers := skipSubLayerRate(r)
		for _, present := range []bool{nalHRD, vclHRD} {
			if present {
				skipSubLayerHRD(r, buffers, subPictures)
			}
		}
	}
}

// skipSubLayerRate passes over what hrd_parameters says of one sub-layer and
// gives the number of its buffers.
func skipSubLayerRate(r *bitReader) int {
	general := r.flag()
	within := general || r.flag() // fixed_pic_rate_within_cvs_flag
	lowDelay := false
	if within {
		r.ue()
	} else {
		lowDelay = r.flag()
	}
	if lowDelay {
		return 1
	}
	return int(min(r.ue(), 31)) + 1
}

// skipSubLayerHRD passes over sub_layer_hrd_parameters (E.2.3).
func skipSubLayerHRD(r *bitReader, buffers int, subPictures bool) {
	for range buffers {
		r.ue()
		r.ue()
		if subPictures {
			r.ue()
			r.ue()
		}
		r.skip(1)
	}
}
