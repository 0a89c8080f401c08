package cli

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/disk"
)

// newStage is where files are prepared that are put in place together, at the root of the site.
const newStage = ".placard.new"

// edits are the files that a command will write, by path relative to the site.
type edits map[string][]byte

func (e edits) names() string { return strings.Join(slices.Sorted(maps.Keys(e)), ", ") }

// put writes all files for a command, or none; one that is there is replaced.
func (p *program) put(command string, e edits) error {
	if err := disk.MkdirAll(filepath.Join(p.dir, ".")); err != nil {
		return broken(err)
	}
	lock, err := p.lock(filepath.Join(p.dir, siteLock), command)
	if err != nil {
		return err
	}
	defer lock.Release()
	stage := filepath.Join(p.dir, newStage)
	p.leaves(func() diag.Findings { return p.leavesIn(stage, "interrupted-new") })
	files := map[string][]byte{}
	for name, data := range e {
		files[filepath.FromSlash(name)] = data
	}
	if err := disk.WriteAll(filepath.Join(p.dir, "."), stage, files); err != nil {
		return broken(err)
	}
	return nil
}
