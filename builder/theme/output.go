package theme

import "strconv"

// output is a page being written, or a part of one.
type output struct{ page []byte }

func (o *output) write(s string) { o.page = append(o.page, s...) }

func (o *output) writeBytes(b []byte) { o.page = append(o.page, b...) }

func (o *output) writeNumber(n int) { o.page = strconv.AppendInt(o.page, int64(n), 10) }
