// A program that imports heif and nothing else: see static_test.go.
package main

import (
	"fmt"

	"gallerist/builder/media/heif"
)

func main() {
	_, err := heif.Read(nil)
	fmt.Println(err)
}
