// Command bench measures placard build against plain Hugo making the same pages: go run ./test/bench
//
// One notice of 25 sections in 16 locales and 50 versions, so 800 pages of versions, and 784 of what each changed. Placard verifies and
// reads the archive, compares the texts, makes these pages and its overviews, and puts them in place. Plain Hugo makes the 800 pages from one
// Markdown file each, with a layout that prints the same parts, the same style sheet, and --minify, and prints the redlines, which it cannot
// make, as Placard made them. Each runs as a process of its
// own, in turn, into an empty folder; CPU is user and system time, memory the most that was resident. Linux and macOS only.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// hugoVersion is that of the library in go.mod.
const hugoVersion = "v0.165.0"

func main() {
	log.SetFlags(0)
	runs := flag.Int("runs", 5, "how often each is run")
	versions := flag.Int("versions", 50, "how many versions the notice has")
	hugo := flag.String("hugo", "", "a hugo program "+hugoVersion+"; without it, it is built first")
	keep := flag.String("keep", "", "a folder to make the two sites in, and to leave them in")
	flag.Parse()
	if err := bench(*runs, *versions, *hugo, *keep); err != nil {
		log.Fatal(err)
	}
}

func bench(runs, versions int, hugo, keep string) error {
	work := keep
	if work == "" {
		var err error
		if work, err = os.MkdirTemp("", "placard-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(work)
	}
	placard := filepath.Join(work, "placard")
	if err := run("", nil, "go", "build", "-o", placard, "placard"); err != nil {
		return err
	}
	if hugo == "" {
		if err := run(work, []string{"GOBIN=" + work, "GOFLAGS=-mod=mod"}, "go", "install", "github.com/gohugoio/hugo@"+hugoVersion); err != nil {
			return err
		}
		hugo = filepath.Join(work, "hugo")
	}
	sites := []site{
		{name: "placard build", dir: filepath.Join(work, "placard-site"), command: []string{placard, "build", "--out", "public"}},
		{name: "hugo --minify", dir: filepath.Join(work, "hugo-site"), command: []string{hugo, "--minify", "--quiet"}},
	}
	if err := writePlacard(sites[0].dir, placard, versions); err != nil {
		return err
	}
	// Plain Hugo cannot compare texts: it gets the redlines as they are.
	made := filepath.Join(work, "redlines")
	if err := run(sites[0].dir, []string{"SOURCE_DATE_EPOCH=" + epoch(lastDay)}, placard, "build", "--out", made); err != nil {
		return err
	}
	if err := writeHugo(sites[1].dir, versions, made); err != nil {
		return err
	}
	for range runs {
		for i := range sites {
			if err := sites[i].measure(); err != nil {
				return err
			}
		}
	}
	return report(sites, versions, runs)
}

// A site is one of the two that are compared, with what each run of its build took.
type site struct {
	name, dir string
	command   []string
	cpu, wall []time.Duration
	memory    []int64 // bytes
}

func (s *site) measure() error {
	// What was built before is put aside and not removed: ext4 takes long to make files just after others were removed. And it
	// is on the disk, or who syncs what it wrote would be charged with that too.
	public := filepath.Join(s.dir, "public")
	if err := os.Rename(public, fmt.Sprintf("%s-%d", public, len(s.cpu))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	syscall.Sync()
	c := exec.Command(s.command[0], s.command[1:]...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH="+epoch(lastDay))
	begun := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", s.name, err, out)
	}
	s.wall = append(s.wall, time.Since(begun))
	s.cpu = append(s.cpu, c.ProcessState.UserTime()+c.ProcessState.SystemTime())
	used := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "linux" {
		used *= 1024 // getrusage(2) has KiB there
	}
	s.memory = append(s.memory, used)
	return nil
}

// pages counts the HTML files of a built site, those of versions by themselves, with the bytes of these.
func (s *site) pages() (all, ofVersions int, size int64, err error) {
	public := filepath.Join(s.dir, "public")
	err = filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		all++
		if !datedFolder.MatchString(filepath.Base(filepath.Dir(name))) {
			return nil
		}
		info, err := d.Info()
		if err == nil {
			ofVersions, size = ofVersions+1, size+info.Size()
		}
		return err
	})
	return all, ofVersions, size, err
}

func report(sites []site, versions, runs int) error {
	fmt.Printf("%d versions, %d sections, %d locales; %d runs each; %s, %s/%s, %d CPUs; medians (least to most)\n\n",
		versions, sections, len(locales), runs, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	fmt.Println("| | pages of versions | all pages | bytes a page | CPU | wall | memory |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---:|")
	for i := range sites {
		s := &sites[i]
		all, ofVersions, size, err := s.pages()
		if err != nil {
			return err
		}
		if want := versions * len(locales); ofVersions != want {
			return fmt.Errorf("%s made %d pages of versions, not %d", s.name, ofVersions, want)
		}
		fmt.Printf("| %s | %d | %d | %d | %s | %s | %s |\n", s.name, ofVersions, all, size/int64(ofVersions),
			spread(s.cpu, seconds), spread(s.wall, seconds), spread(s.memory, mebibytes))
	}
	var cpu, memory []float64
	for i := range runs {
		cpu = append(cpu, sites[0].cpu[i].Seconds()/sites[1].cpu[i].Seconds())
		memory = append(memory, float64(sites[0].memory[i])/float64(sites[1].memory[i]))
	}
	ratio := func(r float64) string { return fmt.Sprintf("%.2f", r) }
	fmt.Printf("| ratio, run by run | | | | %s | | %s |\n", spread(cpu, ratio), spread(memory, ratio))
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

func spread[T int64 | float64 | time.Duration](values []T, show func(T) string) string {
	v := slices.Sorted(slices.Values(values))
	return fmt.Sprintf("%s (%s to %s)", show(v[len(v)/2]), show(v[0]), show(v[len(v)-1]))
}

func run(dir string, env []string, command ...string) error {
	c := exec.Command(command[0], command[1:]...)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, out)
	}
	return nil
}
