package ffmpeg

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"
)

const (
	maxFile    = 1 << 30 // bytes of a rendition
	maxSeconds = "14400"
)

// Convert writes a film again as MP4 with H.264 and AAC, at most so many
// lines high and never larger than it is, upright, with square pixels and
// without metadata, into the file out, which is replaced. format is
// film.Info.Format. Where it fails, out is removed.
func (t *Tool) Convert(ctx context.Context, file, format, out string, lines int) error {
	if lines < 16 || lines > 4320 {
		return fmt.Errorf("a film cannot be %d lines high", lines)
	}
	in, err := input(file, format)
	if err != nil {
		return err
	}
	name, err := local(out)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Hour)
	defer cancel()
	_, err = t.run(ctx, 64<<10, convertArgs(in, name, lines)...)
	if err == nil {
		err = finished(out)
	}
	if err != nil {
		_ = os.Remove(out)
	}
	return err
}

// finished checks that something was written, and not cut at the limit.
func finished(out string) error {
	st, err := os.Stat(out)
	switch {
	case err != nil:
		return fmt.Errorf("%w: nothing was written", ErrFailed)
	case st.Size() == 0:
		return fmt.Errorf("%w: nothing was written", ErrFailed)
	case st.Size() > maxFile-maxFile/64: // -fs stops before the limit, not at it
		return fmt.Errorf("%w: the rendition has more than %d MB", ErrFailed, maxFile>>20)
	}
	return nil
}

func convertArgs(in []string, out string, lines int) []string {
	n := strconv.Itoa(lines)
	shrink := "min(1," + n + "/(" + squareH + "))"
	args := append(append([]string{"-y"}, common...), in...)
	return append(args,
		"-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
		"-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
		"-vf", "scale=w='max(2,2*round("+squareW+"*"+shrink+"/2))':h='max(2,2*trunc("+squareH+"*"+shrink+"/2+0.001))'"+scaling+",setsar=1,format=yuv420p",
		"-c:v", "libx264", "-preset", "medium", "-profile:v", "high", "-crf", "23", "-fpsmax", "60", "-threads", threads,
		"-bsf:v", "filter_units=remove_types=6", // SEI: the encoder's name and settings
		"-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000",
		"-t", maxSeconds, "-fs", strconv.Itoa(maxFile), "-movflags", "+faststart", "-brand", "mp42", "-f", "mp4", out)
}
