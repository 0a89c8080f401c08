package plain

import (
	"os"
	"path/filepath"
	"testing"
)

func TestLitter(t *testing.T) {
	for name, want := range map[string]string{
		".DS_Store": "macOS", "files/.DS_Store": "macOS", "._index.en.md": "macOS", "files/._form.pdf": "macOS", "__MACOSX/a.md": "macOS",
		"Thumbs.db": "Windows", "thumbs.db": "Windows", "Desktop.ini": "Windows", ".directory": "KDE",
		"index.en.md": "", "files/form.pdf": "", ".gitkeep": "", ".index.en.md.swp": "", "thumbs": "",
		"files/my_DS_Store": "", "_a": "", "desktop.ini.md": "",
	} {
		if got, ok := Litter(name); got != want || ok != (want != "") {
			t.Errorf("Litter(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
}

func TestCopyOf(t *testing.T) {
	for name, want := range map[string]string{
		"index.en.md~":                              "index.en.md",
		"#index.en.md#":                             "index.en.md",
		".#index.en.md":                             "index.en.md",
		".index.en.md.swp":                          "index.en.md",
		".index.en.md.swo":                          "index.en.md",
		".~lock.form.odt#":                          "form.odt",
		"~$form.docx":                               "form.docx",
		"index.en.md.bak":                           "index.en.md",
		"notice.toml.orig":                          "notice.toml",
		"index.en.md.rej":                           "index.en.md",
		"index.en copy.md":                          "index.en.md",
		"index.en copy 2.md":                        "index.en.md",
		"index.en - Copy.md":                        "index.en.md",
		"index.en - Copy (2).md":                    "index.en.md",
		"Copy of index.en.md":                       "index.en.md",
		"index.en (1).md":                           "index.en.md",
		"index.en(1).md":                            "index.en.md",
		"index.en (Ana's conflicted copy).md":       "index.en.md",
		"index.en 2.md":                             "index.en.md",
		"index.en_LOCAL_1234.md":                    "index.en.md",
		"files/form.pdf.bak":                        "files/form.pdf",
		"appendices/.brazil.en.md.swp":              "appendices/brazil.en.md",
		"index.en.md":                               "",
		"files/form.pdf":                            "",
		"files/form-2.pdf":                          "",
		"files/old.pdf":                             "",
		"files/copy.pdf":                            "",
		"files/the form.pdf":                        "",
		"notice.toml":                               "",
		".gitkeep":                                  "",
		"appendices/brazil.en.md":                   "",
		"index.en.markdown":                         "",
		"files/annual report (final).pdf":           "",
		"files/terms-of-2 February 2021 (signed).x": "",
	} {
		if got, ok := CopyOf(name); got != want || ok != (want != "") {
			t.Errorf("CopyOf(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
}

func TestIsLink(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"link": true, "folder": false, "absent": false, "absent/link": false, "folder/link": false} {
		if got := IsLink(os.DirFS(dir), name); got != want {
			t.Errorf("IsLink(%q) = %v", name, got)
		}
	}
}
