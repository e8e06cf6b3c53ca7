package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// hugoVersion is the peer's.
const hugoVersion = "0.165.0"

// A bench is one run of this program: what is measured, with what, and where.
type bench struct {
	rounds  int // 0 = by size
	edits   int
	peerMax int
	sizes   []int // nil = those of the measurement
	doc     string
	ours    string // the program
	hugo    string // the program, "" = none
	out     io.Writer
	log     io.Writer // what goes on

	work   string // our folder, removed in the end
	note   string // on the folder, for the report
	begun  time.Time
	loaded string // load of the machine at that time

	revision string // of the program that was built here, "" = not known
}

// open makes the work folder and sees to the programs.
func (b *bench) open(ctx context.Context, parent string) error {
	if parent == "" {
		parent = os.TempDir()
		if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
			parent = "/dev/shm"
		}
	}
	b.note = "sites in " + parent
	var err error
	if b.work, err = os.MkdirTemp(parent, "gallerist-bench-"); err != nil {
		return err
	}
	if err := b.programs(ctx); err != nil {
		b.close()
		return err
	}
	return nil
}

func (b *bench) close() {
	if err := os.RemoveAll(b.work); err != nil {
		fmt.Fprintln(b.log, "bench:", err)
	}
}

// programs builds or finds what is measured.
func (b *bench) programs(ctx context.Context) error {
	root, err := moduleRoot()
	if err != nil && (b.ours == "" || b.hugo == "") {
		return err
	}
	if b.ours == "" {
		b.ours = filepath.Join(b.work, "gallerist"+suffix())
		fmt.Fprintln(b.log, "bench: building gallerist")
		if err := goTool(ctx, root, nil, "build", "-o", b.ours, "./cmd/gallerist"); err != nil {
			return err
		}
		said, _ := exec.CommandContext(ctx, "git", "-C", root, "describe", "--always", "--dirty").Output() // none without git
		b.revision = strings.TrimSpace(string(said))
	}
	switch b.hugo {
	case "no":
		b.hugo = ""
	case "":
		b.hugo = filepath.Join(root, ".cache", "hugo"+suffix())
		if _, err := os.Stat(b.hugo); err == nil {
			break
		}
		fmt.Fprintln(b.log, "bench: installing Hugo", hugoVersion, "into .cache")
		err := goTool(ctx, os.TempDir(), []string{"GOBIN=" + filepath.Dir(b.hugo)}, "install", "github.com/gohugoio/hugo@v"+hugoVersion)
		if err != nil {
			fmt.Fprintln(b.log, "bench: without Hugo:", err)
			b.hugo = ""
		}
	}
	for _, program := range []*string{&b.ours, &b.hugo} {
		if *program == "" {
			continue
		}
		if *program, err = filepath.Abs(*program); err != nil {
			return err
		}
	}
	return nil
}

func suffix() string {
	if os.PathSeparator == '\\' {
		return ".exe"
	}
	return ""
}

func goTool(ctx context.Context, dir string, env []string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), append(env, "CGO_ENABLED=0")...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w: %s", args[0], err, lastLine(string(said)))
	}
	return nil
}

// moduleRoot finds the folder of go.mod, from here upwards.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", errors.New("run this within the module, or name both programs")
		}
		dir = above
	}
}

// begin notes when a measurement starts, and with what load.
func (b *bench) begin() { b.begun, b.loaded = time.Now(), load() }

// where is the line on the machine.
func (b *bench) where() string {
	ours := versionOf(b.ours, "Gallerist")
	if b.revision != "" {
		ours += " (" + b.revision + ")"
	}
	versions := []string{runtime.Version(), ours}
	if b.hugo != "" {
		versions = append(versions, versionOf(b.hugo, "Hugo"))
	}
	return machine(b.begun, b.loaded, append(versions, b.note)...)
}

// versionOf asks a program, and keeps the words with its name and number.
func versionOf(program, name string) string {
	said, err := exec.Command(program, "version").Output()
	fields := strings.Fields(string(said))
	if err != nil || len(fields) < 2 {
		return name
	}
	return name + " " + strings.TrimPrefix(fields[1], "v")
}

// report prints a section, and puts it into the document.
func (b *bench) report(s *section) error {
	fmt.Fprintln(b.out, s.text())
	if b.doc == "" {
		return nil
	}
	err := s.saveIn(b.doc)
	if errors.Is(err, errFewer) {
		fmt.Fprintln(b.log, "bench: not written:", err)
		return nil
	}
	return err
}

// sizesOr returns the sizes asked for, or those given.
func (b *bench) sizesOr(usual ...int) []int {
	if b.sizes != nil {
		return b.sizes
	}
	return usual
}

// roundsFor returns how often is measured at a size.
func (b *bench) roundsFor(n int) int {
	switch {
	case b.rounds > 0:
		return b.rounds
	case n <= 1000:
		return 5
	case n <= 50_000:
		return 3
	}
	return 1
}

// A build is a way to build a site.
type build struct {
	program
	remove []string // below the site, before a cold build
}

// secret is for the addresses of personal thanks, on sites that last a minute.
const secret = "GALLERIST_SECRET=no secret at all, this is a benchmark"

// ourBuild is ours of the site in a folder.
func (b *bench) ourBuild(name, dir string) build {
	return build{program{name, []string{b.ours, "build", "--quiet"}, dir, []string{"CI=1", secret}}, []string{"public", ".gallerist"}}
}

// peerName is Hugo's in tables; by it the peer's builds are known.
const peerName = "Hugo"

// peerBuild is Hugo's.
func (b *bench) peerBuild(dir string) build {
	return build{
		program{peerName, []string{b.hugo, "build", "--quiet"}, dir, []string{"HUGO_CACHEDIR=" + filepath.Join(dir, "cache")}},
		[]string{"public", "resources", "cache", ".hugo_build.lock"},
	}
}

// peer tells whether Hugo takes part at a size.
func (b *bench) peer(n int) bool { return b.hugo != "" && n <= b.peerMax }

// clean removes what builds have left.
func (j build) clean() error {
	for _, name := range j.remove {
		if err := os.RemoveAll(filepath.Join(j.dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func (j build) output() string { return filepath.Join(j.dir, "public") }

// sites writes the workload for both: ours with the same pages, Hugo's, and if
// asked for our other variants.
func (b *bench) sites(c corpus, variants bool) ([]build, error) {
	fmt.Fprintf(b.log, "bench: writing %s pieces\n", thousands(c.pieces))
	var builds []build
	add := func(v variant, name, folder string) error {
		dir := filepath.Join(b.work, folder)
		builds = append(builds, b.ourBuild(name, dir))
		return c.writeGallerist(dir, v)
	}
	if err := add(samePages, "Gallerist, the same pages", "same"); err != nil {
		return nil, err
	}
	if b.peer(c.pieces) {
		builds = append(builds, b.peerBuild(filepath.Join(b.work, "hugo")))
		if err := c.writeHugo(builds[1].dir); err != nil {
			return nil, err
		}
	}
	if !variants {
		return builds, nil
	}
	return builds, errors.Join(add(sameWords, "Gallerist, the same words too", "lean"), add(everyPage, "Gallerist, every page", "every"))
}

// unsites removes what sites wrote.
func (b *bench) unsites() error {
	var errs []error
	for _, name := range []string{"same", "hugo", "lean", "every"} {
		errs = append(errs, os.RemoveAll(filepath.Join(b.work, name)))
	}
	return errors.Join(errs...)
}

// check compares the outputs of builds: each for itself, and the first two,
// ours and Hugo's, with each other.
func (c corpus) check(builds []build) ([]output, error) {
	var list []output
	for _, j := range builds {
		o, err := c.survey(os.DirFS(j.output()))
		if err != nil {
			return nil, err
		}
		if err := c.look(os.DirFS(j.output())); err != nil {
			return nil, fmt.Errorf("%s: %w", j.name, err)
		}
		list = append(list, o)
	}
	if len(builds) > 1 && builds[1].name == peerName {
		return list, c.same(list[0], list[1])
	}
	return list, c.same(list[0], list[0])
}
