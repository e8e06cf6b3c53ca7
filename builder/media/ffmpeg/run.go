package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// run starts the program and returns what it writes to stdout, which may not
// be more than most bytes.
func (t *Tool) run(ctx context.Context, most int, args ...string) ([]byte, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := &bounded{most: most, full: cancel}
	said := &bounded{most: 4 << 10}
	cmd := exec.CommandContext(ctx, t.path, args...)
	cmd.Env = []string{"LC_ALL=C", "AV_LOG_FORCE_NOCOLOR=1"}
	cmd.Stdout, cmd.Stderr = out, said
	cmd.WaitDelay = 5 * time.Second // for pipes that a child of a child holds open
	alone(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("cannot start ffmpeg: %w", err)
	}
	limit(cmd.Process.Pid)
	err := cmd.Wait()
	switch {
	case out.over:
		return nil, fmt.Errorf("%w: it wrote more than %d bytes", ErrFailed, most)
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, failure(err, said)
	}
	return out.b, nil
}

// failure wraps ErrFailed where the program itself gave up. What it said is
// quoted: it may repeat what stands in the film.
func failure(err error, said *bounded) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fmt.Errorf("running ffmpeg: %w", err)
	}
	words := strings.Join(strings.Fields(string(said.b)), " ")
	if len(words) > 300 {
		words = words[:300]
	}
	return fmt.Errorf("%w (%v): %+q", ErrFailed, exit, words)
}

// bounded keeps the first most bytes and passes over the rest.
type bounded struct {
	b    []byte
	most int
	over bool
	full func() // called where there is more; nil = nothing
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - len(b.b); room < len(p) {
		b.b = append(b.b, p[:room]...)
		if b.over = true; b.full != nil {
			b.full()
		}
		return len(p), nil
	}
	b.b = append(b.b, p...)
	return len(p), nil
}
