package hevc

// Where the contexts of each syntax element begin.
const (
	ctxSaoMerge      = 0
	ctxSaoType       = ctxSaoMerge + 1
	ctxSplitCU       = ctxSaoType + 1
	ctxBypass        = ctxSplitCU + 3
	ctxPartMode      = ctxBypass + 1
	ctxPrevIntra     = ctxPartMode + 1
	ctxChromaMode    = ctxPrevIntra + 1
	ctxSplitTU       = ctxChromaMode + 1
	ctxCbfLuma       = ctxSplitTU + 3
	ctxCbfChroma     = ctxCbfLuma + 2
	ctxQPDelta       = ctxCbfChroma + 5
	ctxSkip          = ctxQPDelta + 2
	ctxLastX         = ctxSkip + 2
	ctxLastY         = ctxLastX + 18
	ctxCodedBlock    = ctxLastY + 18
	ctxSig           = ctxCodedBlock + 4
	ctxGreater1      = ctxSig + 44
	ctxGreater2      = ctxGreater1 + 24
	ctxResScale      = ctxGreater2 + 6
	ctxResScaleSign  = ctxResScale + 8
	ctxChromaQP      = ctxResScaleSign + 2
	ctxChromaQPIndex = ctxChromaQP + 1
	contextCount     = ctxChromaQPIndex + 1
)

// contextInit is initValue of intra slices (initType 0, tables 9-5 to 9-37), in
// the order above.
var contextInit = [contextCount]uint8{
	153,           // sao_merge_left_flag, sao_merge_up_flag
	200,           // sao_type_idx
	139, 141, 157, // split_cu_flag
	154,           // cu_transquant_bypass_flag
	184,           // part_mode
	184,           // prev_intra_luma_pred_flag
	63,            // intra_chroma_pred_mode
	153, 138, 138, // split_transform_flag
	111, 141, // cbf_luma
	94, 138, 182, 154, 154, // cbf_cb, cbf_cr
	154, 154, // cu_qp_delta_abs
	139, 139, // transform_skip_flag
	// last_sig_coeff_x_prefix
	110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123, 63,
	// last_sig_coeff_y_prefix
	110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123, 63,
	91, 171, 134, 141, // coded_sub_block_flag
	// sig_coeff_flag: luma, chroma, and one each for blocks without a transform
	111, 111, 125, 110, 110, 94, 124, 108, 124, 107, 125, 141, 179, 153, 125, 107, 125, 141,
	179, 153, 125, 107, 125, 141, 179, 153, 125, 140, 139, 182, 182, 152, 136, 152, 136, 153,
	136, 139, 111, 136, 139, 111,
	141, 111,
	// coeff_abs_level_greater1_flag
	140, 92, 137, 138, 140, 152, 138, 139, 153, 74, 149, 92,
	139, 107, 122, 152, 140, 179, 166, 182, 140, 227, 122, 197,
	138, 153, 136, 167, 152, 152, // coeff_abs_level_greater2_flag
	154, 154, 154, 154, 154, 154, 154, 154, // log2_res_scale_abs_plus1
	154, 154, // res_scale_sign_flag
	154, // cu_chroma_qp_offset_flag
	154, // cu_chroma_qp_offset_idx
}

// reset gives every context its first value for the slice's quantiser (9.3.2.2).
func (c *cabac) reset(qp int) {
	qp = min(max(qp, 0), 51)
	for i, v := range contextInit {
		slope := int(v>>4)*5 - 45
		offset := int(v&15)<<3 - 16
		state := min(max((slope*qp)>>4+offset, 1), 126)
		if state <= 63 {
			c.ctx[i] = uint8(63-state) << 1
		} else {
			c.ctx[i] = uint8(state-64)<<1 | 1
		}
	}
	c.stat = [4]uint8{}
}

// contexts is a copy of all that adapts, for the start of a row of blocks or of
// a dependent slice segment (9.3.2.4).
type contexts struct {
	ctx  [contextCount]uint8
	stat [4]uint8
}

func (c *cabac) save(to *contexts) {
	copy(to.ctx[:], c.ctx[:])
	to.stat = c.stat
}

func (c *cabac) load(from *contexts) {
	copy(c.ctx[:], from.ctx[:])
	c.stat = from.stat
}
