package ffmpeg

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"time"
)

const maxFrame = 256 << 20 // bytes of PNG; 70 megapixels of noise have 210 MB

// square makes pixels square by making one side longer, as browsers do.
const (
	squareW = "if(gt(sar,1),iw*sar,iw)"
	squareH = "if(gt(sar,1),ih,ih/sar)"
	scaling = ":flags=bicubic+accurate_rnd+full_chroma_int+bitexact"
)

// Frame returns one picture of a film as PNG, upright and with square pixels.
// format is film.Info.Format; at counts seconds from the start.
func (t *Tool) Frame(ctx context.Context, file, format string, at float64) ([]byte, error) {
	if !(at >= 0 && at < 1e6) {
		return nil, fmt.Errorf("a film has no picture at second %v", at)
	}
	in, err := input(file, format)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	out, err := t.run(ctx, maxFrame, frameArgs(in, at)...)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(out, []byte("\x89PNG\r\n\x1a\n")) {
		return nil, fmt.Errorf("%w: there is no picture at second %.3f", ErrFailed, at)
	}
	return out, nil
}

func frameArgs(in []string, at float64) []string {
	args := append(append([]string{}, common...), "-ss", strconv.FormatFloat(at, 'f', 3, 64))
	args = append(args, in...)
	return append(args,
		"-map", "0:v:0", "-an", "-sn", "-dn", "-map_metadata", "-1", "-frames:v", "1",
		"-vf", "scale=w='round("+squareW+")':h='round("+squareH+")'"+scaling+",setsar=1",
		"-c:v", "png", "-pix_fmt", "rgb24", "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
		"-f", "image2pipe", "pipe:1")
}
