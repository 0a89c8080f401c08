package plain

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FileOf returns the path of the file that a host serves at an address below the base URL: "ms/privacy/index.html" for
// "/ms/privacy/".
func FileOf(address string) string {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name
}

// Paths are those of files that are to lie beside one another, each with whom it belongs to. They are compared as the
// strictest file system does, where upper and lower case and the ways to write an accent are the same.
type Paths[T any] struct{ files, folders map[string]T }

// A Clash is why two files cannot lie beside one another.
type Clash int

const (
	NoClash Clash = iota
	Same          // both have the same path
	Below         // the new one would lie below the other, which is a file
	Above         // the other lies below the new one
)

// Take adds the path of a file, relative and with slashes. Where it clashes with one that was there before, it returns whom
// that one belongs to, and adds nothing.
func (p *Paths[T]) Take(name string, by T) (other T, clash Clash) {
	if p.files == nil {
		p.files, p.folders = map[string]T{}, map[string]T{}
	}
	name = cases.Fold().String(norm.NFC.String(name))
	if other, ok := p.files[name]; ok {
		return other, Same
	}
	if other, ok := p.folders[name]; ok {
		return other, Above
	}
	for up := parent(name); up != ""; up = parent(up) {
		if other, ok := p.files[up]; ok {
			return other, Below
		}
	}
	p.files[name] = by
	for up := parent(name); up != ""; up = parent(up) {
		if _, ok := p.folders[up]; ok {
			break // those above it were noted with it
		}
		p.folders[up] = by
	}
	return other, NoClash
}

// parent is the folder of a path, without the slash at its end; empty for that of all paths.
func parent(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }
