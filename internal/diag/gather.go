package diag

import (
	"path"
	"slices"
	"strings"
)

// named is how many places a gathered finding names.
const named = 3

// Gather makes one finding of those with the ID id, if there are several: at the folder that all their files lie in, with
// the ID as, their number as Count, the first of their places, and the severity of the first. It stands where the first stood.
func (fs Findings) Gather(id, as string) Findings {
	var places []Position
	for _, f := range fs {
		if f.ID == id {
			places = append(places, f.At)
		}
	}
	if len(places) < 2 {
		return fs
	}
	first := slices.IndexFunc(fs, func(f Finding) bool { return f.ID == id })
	one := Finding{ID: as, Severity: fs[first].Severity, At: Position{File: folderOf(places)}, Args: Args{"Count": len(places)}}
	for _, at := range places[:min(len(places), named)] {
		one.Related = append(one.Related, Related{ID: "related.one-of-them", At: at})
	}
	if more := len(places) - named; more > 0 {
		one.Related = append(one.Related, Related{ID: "related.more", Args: Args{"Number": more}})
	}
	out := append(slices.Clone(fs[:first]), one)
	for _, f := range fs[first:] {
		if f.ID != id {
			out = append(out, f)
		}
	}
	return out
}

// folderOf returns the deepest folder that the files of all places lie in.
func folderOf(places []Position) string {
	folder := path.Dir(places[0].File)
	for _, at := range places[1:] {
		for folder != "." && !strings.HasPrefix(at.File, folder+"/") {
			folder = path.Dir(folder)
		}
	}
	return folder
}
