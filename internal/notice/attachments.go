package notice

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"placard/internal/diag"
	"placard/internal/plain"
)

// What the attachments of a draft may be. They are sealed again with every version and kept for good, in git and on the
// host, so it counts what a version has. A sealed version is not asked again.
const (
	// MaxAttachments is how many there may be.
	MaxAttachments = 2_000
	// MaxAttachment is how many bytes one may have. Some hosts serve no file of more.
	MaxAttachment = 25 << 20
	// MaxAllAttachments is how many bytes they may have together.
	MaxAllAttachments = 100 << 20
	// maxFilePath is how many letters the path of one may have, "files/" with it: on Windows a path has 260, with that of
	// the folder of the site and of the version in it.
	maxFilePath = 160
)

// notOnWindows are names that no file can have there: those of devices, with whatever ending, and all that end with a dot.
var notOnWindows = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)|\.$`)

// An attachment is a file below files/, by its path relative to the folder of the notice.
type attachment struct {
	name  string
	entry fs.DirEntry
	size  int64 // in bytes
}

// attach looks at what lies below files/ without reading it.
func (l *loader) attach(all []attachment) {
	if len(all) > MaxAttachments { // of so many no more is said: each would be a line
		l.findings.Add(l.at(FilesDir), "attachments-too-many", diag.Args{"Number": len(all), "Limit": MaxAttachments})
		return
	}
	total := int64(0)
	for i := range all {
		a := &all[i]
		l.attachmentName(a.name)
		info, err := a.entry.Info()
		if err != nil {
			l.findings.Add(l.at(a.name), "unreadable", diag.Args{"Text": err.Error()})
			continue
		}
		a.size = info.Size()
		total += a.size
		switch {
		case a.size == 0:
			l.findings.Add(l.at(a.name), "attachment-empty", nil)
		case a.size > MaxAttachment:
			l.findings.Add(l.at(a.name), "attachment-too-large", diag.Args{"Size": mebibytes(a.size), "Limit": plain.Size(MaxAttachment)})
		}
	}
	if total > MaxAllAttachments {
		l.findings.Add(l.at(FilesDir), "attachments-too-large",
			diag.Args{"Size": mebibytes(total), "Limit": plain.Size(MaxAllAttachments), "Largest": l.largest(all)})
	}
}

// attachmentName finds names of the right letters that some systems cannot keep.
func (l *loader) attachmentName(name string) {
	if len(name) > maxFilePath {
		l.findings.Add(l.at(name), "file-name-long", diag.Args{"Limit": maxFilePath})
	}
	for part := range strings.SplitSeq(name, "/") {
		if notOnWindows.MatchString(part) {
			l.findings.Add(l.at(name), "file-name-windows", diag.Args{"Name": part})
		}
	}
}

// largest names the files that count most, for an editor who has to make some smaller.
func (l *loader) largest(all []attachment) string {
	slices.SortStableFunc(all, func(a, b attachment) int { return cmp.Compare(b.size, a.size) })
	var names []string
	for _, a := range all[:min(len(all), 3)] {
		names = append(names, fmt.Sprintf("%s (%s)", path.Join(l.doc.Dir, a.name), mebibytes(a.size)))
	}
	return strings.Join(names, ", ")
}

// mebibytes writes a size to a tenth, upwards, so that what is above a limit never reads as if it met it.
func mebibytes(size int64) string {
	tenths := (size*10 + 1<<20 - 1) >> 20
	return fmt.Sprintf("%d.%d MiB", tenths/10, tenths%10)
}

// OnlyFor returns the attachments to which texts in the given locales link, and no other text, sorted.
func (d *Document) OnlyFor(locales []string) []string {
	linked := map[string]bool{} // whether by another text
	for locale, t := range d.Texts {
		for _, l := range t.Links() {
			file := ParseLink(l.Destination).Path
			linked[file] = linked[file] || !slices.Contains(locales, locale)
		}
	}
	return slices.DeleteFunc(slices.Clone(d.Attachments), func(name string) bool {
		byOther, is := linked[name]
		return byOther || !is
	})
}
