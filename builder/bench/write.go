package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// save writes a file and the folders above it.
func save(name, text string) error {
	err := os.WriteFile(name, []byte(text), 0o666)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o666)
}

// quote writes a string, or a list of them, as TOML; JSON's form is valid there.
func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // strings only
		panic(err)
	}
	return string(b)
}
