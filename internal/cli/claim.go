package cli

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"placard/internal/diag"
	"placard/internal/output"
)

// claim takes the folder to build into, after completing or discarding what a stopped build had left there.
func (p *program) claim(out string) (*output.Target, error) {
	p.leaves(func() diag.Findings { return p.leavesOfBuild(out) })
	target, left, err := output.Claim(out, p.owner("placard build"))
	if err != nil {
		return nil, p.unfit(out, err)
	}
	at := diag.Position{File: p.shown(out)}
	switch left {
	case output.Completed:
		p.print(warning(at, "build-completed", nil))
	case output.Discarded:
		p.print(warning(at, "build-discarded", nil))
	}
	return target, nil
}

// unfit returns the error for a folder that cannot be built into.
func (p *program) unfit(out string, err error) error {
	at := diag.Position{File: p.shown(out)}
	var strangers *output.StrangersError
	var pending *output.PendingError
	var twice *output.ClashError
	switch {
	case errors.As(err, &twice):
		return refuse(diag.Position{}, "file-twice", diag.Args{"A": twice.A, "B": twice.B})
	case errors.Is(err, output.ErrForeign):
		return refuse(at, "out-foreign", nil)
	case errors.Is(err, output.ErrFile):
		return refuse(at, "out-file", nil)
	case errors.Is(err, output.ErrLink):
		return refuse(at, "out-link", nil)
	case errors.As(err, &strangers):
		return refuse(at, "out-strangers", diag.Args{"Files": strings.Join(strangers.Paths, ", ")})
	case errors.Is(err, output.ErrJournal):
		args := diag.Args{"Staged": p.shown(output.Staged(out))}
		if file := (*fs.PathError)(nil); errors.As(err, &file) {
			args["File"] = p.shown(file.Path)
		}
		return refuse(at, "build-altered", args)
	case errors.Is(err, output.ErrFormat):
		return refuse(at, "build-other", diag.Args{"Staged": p.shown(output.Staged(out))})
	case errors.As(err, &pending):
		var r *refused
		errors.As(broken(err), &r)
		r.findings.Add(at, "build-pending", nil)
		return r
	}
	return broken(err)
}

// shown returns how a finding names a file: from where the command runs, if it lies in the site.
func (p *program) shown(file string) string {
	if root, err := resolved(filepath.Join(p.dir, ".")); err == nil {
		if rel, err := filepath.Rel(root, file); err == nil && filepath.IsLocal(rel) {
			file = filepath.Join(p.dir, rel)
		}
	}
	return filepath.ToSlash(file)
}
