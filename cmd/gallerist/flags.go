package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gallerist/builder"
	"gallerist/builder/gitindex"
	"gallerist/builder/media"
	"gallerist/builder/rootfs"
	"gallerist/builder/source"
)

// flags are what most commands take. Each is also read from the environment,
// as GALLERIST_ and its name in capitals: GALLERIST_BASE_URL.
type flags struct {
	out, log io.Writer

	source  string
	output  string
	baseURL string
	now     string
	theme   string
	drafts  bool
	strict  bool
	plan    bool
	json    bool
	quiet   bool
	verbose bool
	timings bool
	profile string
}

// add gives a command those of the common flags that it names.
func (f *flags) add(cmd *cobra.Command, names ...string) {
	s := cmd.Flags()
	for _, name := range names {
		switch name {
		case "source":
			s.StringVarP(&f.source, name, "s", ".", "the site's `folder`")
		case "output":
			s.StringVarP(&f.output, name, "o", "", "`folder` to publish into (default public in the site's folder)")
		case "base-url":
			s.StringVarP(&f.baseURL, name, "b", "", "`address` the site will have, instead of base_url in site.toml")
		case "now":
			s.StringVar(&f.now, name, "", "`date` to build for, such as 2026-12-01 (default today)")
		case "theme":
			s.StringVarP(&f.theme, name, "t", "", "`name` of the theme, instead of theme in site.toml")
			_ = cmd.RegisterFlagCompletionFunc(name, f.completeThemes) // the flag is there
		case "drafts":
			s.BoolVarP(&f.drafts, name, "D", false, "show what is not published too, marked as a draft")
		case "strict":
			s.BoolVar(&f.strict, name, false, "write nothing when anything in the content is wrong")
		case "plan":
			s.BoolVar(&f.plan, name, false, "print every page and its address, write nothing")
		case "json":
			s.BoolVar(&f.json, name, false, "print the result as JSON, for scripts")
		case "quiet":
			s.BoolVarP(&f.quiet, name, "q", false, "print problems only")
		case "verbose":
			s.BoolVarP(&f.verbose, name, "v", false, "print notes too")
		}
	}
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return fromEnvironment(cmd.Flags()) }
}

// fromEnvironment sets the flags that were not given from GALLERIST_….
func fromEnvironment(set *pflag.FlagSet) error {
	var bad error
	set.VisitAll(func(f *pflag.Flag) {
		name := "GALLERIST_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := os.LookupEnv(name)
		if f.Changed || !ok || value == "" {
			return
		}
		if err := set.Set(f.Name, value); err != nil && bad == nil {
			bad = fmt.Errorf("%s=%q: %w", name, value, err)
		}
	})
	return bad
}

// site is an opened site's folder.
type site struct {
	root *rootfs.Root
	dir  string // as given
	opt  builder.Options
	read *source.Memory // what was read of content before
}

// open opens the site's folder and completes the options of a build.
func (f *flags) open() (*site, error) {
	now, err := parseNow(f.now)
	if err != nil {
		return nil, err
	}
	root, err := rootfs.Open(f.source)
	if err != nil {
		hint := `name the site's folder with --source DIR, or make one with "gallerist new site DIR"`
		return nil, &hinted{exitIO, fmt.Errorf("the folder %q cannot be opened: %w", f.source, cause(err)), hint}
	}
	s := &site{root: root, dir: f.source}
	if _, err := root.Stat("site.toml"); errors.Is(err, fs.ErrNotExist) {
		root.Close()
		hint := `run this in a site's folder, name it with --source DIR, or make one with "gallerist new site DIR"`
		return nil, &hinted{exitUsage, fmt.Errorf("there is no site.toml in %q", f.source), hint}
	}
	cache := filepath.Join(f.source, ".gallerist", "cache")
	s.opt = builder.Options{
		BaseURL: f.baseURL, Theme: f.theme, Now: now, Drafts: f.drafts, Version: version(),
		Cache: media.DirStore(cache), Films: findFilms(f.source, cache), History: findHistory(f.source),
		Identity: media.Identity{Inode: gitindex.Inode, Blob: gitindex.NewTree(f.source).Blob},
	}
	return s, nil
}

// cause returns the innermost error, without the path that the text names
// already.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func parseNow(s string) (time.Time, error) {
	if s == "" {
		return time.Now(), nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			if layout == time.DateOnly {
				t = t.Add(12 * time.Hour) // that day in every zone people live in, near enough
			}
			return t, nil
		}
	}
	return time.Time{}, &hinted{exitUsage, fmt.Errorf("%q is not a date", s), "write it as 2026-12-01 or 2026-12-01T10:00:00+03:00"}
}

// target returns the folder to publish into.
func (f *flags) target() string {
	if f.output == "" {
		return filepath.Join(f.source, "public")
	}
	return f.output
}

// secret returns the site's secret, from the environment or private/secret,
// which is made where there is none and make says so: thank-you pages need it.
// On a build server nothing is made, since it would be another each time.
func (s *site) secret(make bool) (secret []byte, made bool, err error) {
	if v := os.Getenv("GALLERIST_SECRET"); v != "" {
		return []byte(v), false, longEnough("GALLERIST_SECRET", v)
	}
	text, err := s.readSecret()
	if errors.Is(err, fs.ErrNotExist) {
		if !make || os.Getenv("CI") != "" {
			return nil, false, nil
		}
		text, err = s.makeSecret()
		made = true
	}
	if err != nil {
		return nil, false, &hinted{exitIO, fmt.Errorf("private/secret: %w", cause(err)), "it must be a file that you can read and write"}
	}
	return []byte(text), made, longEnough("private/secret", text)
}

func longEnough(name, secret string) error {
	if len(secret) >= builder.SecretMin {
		return nil
	}
	return &hinted{exitUsage, fmt.Errorf("%s is too short to be a secret", name), fmt.Sprintf("it needs %d characters or more", builder.SecretMin)}
}

func (s *site) readSecret() (string, error) {
	info, err := s.root.Lstat("private/secret")
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("it is not a regular file")
	}
	b, err := s.root.ReadFile("private/secret")
	return strings.TrimSpace(string(b)), err
}

func (s *site) makeSecret() (string, error) {
	text := rand.Text() + rand.Text()
	if err := s.root.MkdirAll("private", 0o700); err != nil {
		return "", err
	}
	return text, s.root.WriteFile("private/secret", []byte(text+"\n"), 0o600)
}
