package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// saveAll writes the files of a folder into another.
func saveAll(fsys fs.FS, from, to string) error {
	return fs.WalkDir(fsys, from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return save(filepath.Join(to, filepath.FromSlash(strings.TrimPrefix(name, from+"/"))), string(text))
	})
}

// quote writes a string, or a list of them, as TOML; JSON's form is valid there.
func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // strings only
		panic(err)
	}
	return string(b)
}
