package notice

import "strings"

// Addresses are those of pages that are to stand beside one another, each with whom it belongs to. Upper and lower case
// are the same, as they are for the files of some systems.
type Addresses[T any] struct{ files, folders map[string]T }

// Take adds an address. Where it cannot stand beside one that was there before, because both need the same file or one
// needs as a folder what is the file of the other, it returns whom that one belongs to, and adds nothing.
func (a *Addresses[T]) Take(address string, by T) (other T, clash bool) {
	if a.files == nil {
		a.files, a.folders = map[string]T{}, map[string]T{}
	}
	file := strings.ToLower(address)
	if strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	if other, clash = a.files[file]; clash {
		return other, true
	}
	if other, clash = a.folders[file]; clash {
		return other, true
	}
	for up := parent(file); up != ""; up = parent(up) {
		if other, clash = a.files[up]; clash {
			return other, true
		}
	}
	a.files[file] = by
	for up := parent(file); up != ""; up = parent(up) {
		if _, ok := a.folders[up]; ok {
			break
		}
		a.folders[up] = by
	}
	return other, false
}

// parent is the folder of a path without the slash at its end, and empty for that of all paths.
func parent(file string) string { return file[:strings.LastIndexByte(file, '/')] }
