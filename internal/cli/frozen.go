package cli

import (
	"io/fs"
	"strings"
)

// frozen is a site whose drafts are read once: whoever reads a file or a folder of content/ again gets what was read
// the first time. So what a release seals is what was checked, whatever an editor saves meanwhile.
type frozen struct {
	fs.FS
	files   map[string][]byte
	folders map[string][]fs.DirEntry
}

func (f *frozen) ReadFile(name string) ([]byte, error) {
	if data, ok := f.files[name]; ok {
		return data, nil
	}
	data, err := fs.ReadFile(f.FS, name)
	if err == nil && strings.HasPrefix(name, contentDir+"/") {
		f.files[name] = data
	}
	return data, err
}

func (f *frozen) ReadDir(name string) ([]fs.DirEntry, error) {
	if entries, ok := f.folders[name]; ok {
		return entries, nil
	}
	entries, err := fs.ReadDir(f.FS, name)
	if err == nil && strings.HasPrefix(name, contentDir+"/") {
		f.folders[name] = entries
	}
	return entries, err
}
