package media

import "errors"

func (f *frame) webp() ([]byte, error) { return nil, errors.New("not yet") }
