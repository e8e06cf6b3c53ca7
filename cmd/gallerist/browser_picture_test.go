//go:build browser

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
)

// gradient is a picture that differs from others by n.
func gradient(size image.Point, n int) []byte {
	img := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			img.Set(x, y, color.RGBA{uint8(x * 255 / size.X), uint8(y * 255 / size.Y), uint8(n * 20), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}
