package media

import (
	"bytes"
	"context"
	"testing"
	"testing/fstest"
)

func TestSmoke(t *testing.T) {
	_ = bytes.MinRead
	fsys := fstest.MapFS{}
	_ = fsys
	_ = context.Background
}
