package plain

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Litter returns the system, if it is one, that puts files or folders of this name into folders unasked: how a window is
// arranged, small pictures of files, what a disk of another system cannot keep. Nobody wrote them, and nothing is lost
// with them. name may be a path: what lies in such a folder is litter too.
func Litter(name string) (system string, ok bool) {
	for part := range strings.SplitSeq(strings.ToLower(name), "/") {
		switch part {
		case ".ds_store", ".localized", ".spotlight-v100", ".trashes", ".fseventsd", ".temporaryitems", "__macosx":
			return "macOS", true
		case "thumbs.db", "ehthumbs.db", "desktop.ini":
			return "Windows", true
		case ".directory":
			return "KDE", true
		}
		if strings.HasPrefix(part, "._") { // on disks that are not macOS's own
			return "macOS", true
		}
	}
	return "", false
}

// IsLitter reports whether Litter knows the name.
func IsLitter(name string) bool {
	_, ok := Litter(name)
	return ok
}

// copies are the names under which programs keep a second copy of a file: what an editor saves while it works, what git
// and patch leave, what becomes of a file that is copied or that two machines changed. The first group is the name of
// the file, the second, where there is one, its ending.
var copies = []*regexp.Regexp{
	regexp.MustCompile(`^(.+)~$`),
	regexp.MustCompile(`^#(.+)#$`),
	regexp.MustCompile(`^\.#(.+)$`),
	regexp.MustCompile(`^\.(.+)\.(?:sw[a-p]|kate-swp)$`),
	regexp.MustCompile(`^\.~lock\.(.+)#$`),
	regexp.MustCompile(`^~\$(.+)$`),
	regexp.MustCompile(`^(.+)___jb_(?:tmp|old)___$`),
	regexp.MustCompile(`^(?i)(.+)\.(?:bak|backup|old|orig|rej|save|tmp)$`),
	regexp.MustCompile(`^(?i)(.+?)(?: -)? copy(?: [0-9]+| \([0-9]+\))?(\.[^. ]+)$`),
	regexp.MustCompile(`^(?i)copy of (.+)$`),
	regexp.MustCompile(`^(.+?) ?\([0-9]+\)(\.[^. ]+)$`),
	regexp.MustCompile(`^(.+) \([^()]*(?i:conflict|copy)[^()]*\)(\.[^. ]+)$`),
	regexp.MustCompile(`^(.+) [2-9](\.[^. ]+)$`),
	regexp.MustCompile(`^(.+)_(?:BACKUP|BASE|LOCAL|REMOTE)_[0-9]+(\.[^. ]+)$`),
}

// CopyOf returns the path of the file of which the one at this path is, by its name, a copy that a program keeps. Whether
// that file is there the name does not tell.
func CopyOf(name string) (original string, ok bool) {
	folder, base := path.Split(name)
	for _, form := range copies {
		if m := form.FindStringSubmatch(base); m != nil {
			return folder + strings.Join(m[1:], ""), true
		}
	}
	return "", false
}

// IsLink reports whether a path of the site, which need not be there, is a symbolic link.
func IsLink(site fs.FS, name string) bool {
	entries, err := fs.ReadDir(site, path.Dir(name))
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return e.Name() == path.Base(name) && e.Type()&fs.ModeSymlink != 0
	})
}
