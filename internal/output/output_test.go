package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"placard/internal/disk"
)

// A wanted is what a folder is to hold.
type wanted struct {
	files  []File
	groups []Group
}

func tree(t *testing.T, files ...string) *wanted {
	t.Helper()
	w := &wanted{}
	for i := 0; i < len(files); i += 2 {
		w.files = append(w.files, File{files[i], []byte(files[i+1])})
	}
	return w
}

// begin makes a tree for a new folder.
func begin(t *testing.T, files ...string) *Tree {
	t.Helper()
	target, _, err := Claim(filepath.Join(t.TempDir(), "public"), disk.Owner{Command: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(target.Release)
	tr := target.NewTree()
	if err := tr.Add(tree(t, files...).files...); err != nil {
		t.Fatal(err)
	}
	return tr
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// put claims the folder, puts the tree into it and lets it go.
func put(t *testing.T, out string, w *wanted) error {
	t.Helper()
	target, _, err := Claim(out, disk.Owner{Command: "test"})
	if err != nil {
		return err
	}
	defer target.Release()
	tree := target.NewTree()
	if err := tree.Add(w.files...); err != nil {
		return err
	}
	for _, g := range w.groups {
		tree.AddGroup(g)
	}
	return tree.Put()
}

// contents are the files below a folder, each as "path=bytes", sorted; folders that are empty end in "/".
func contents(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			entries, err := os.ReadDir(name)
			if len(entries) == 0 {
				found = append(found, rel+"/")
			}
			return err
		}
		if strings.HasPrefix(rel, ".placard/") {
			return nil
		}
		found = append(found, rel+"="+read(t, name))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestPut(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "public")
	if err := put(t, out, tree(t, "index.html", "one", "old/index.html", "gone", "same.html", "same", "empty", "")); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(filepath.Join(out, "same.html"))
	if err != nil {
		t.Fatal(err)
	}
	second := tree(t, "index.html", "two", "new/index.html", "x", "same.html", "same", "empty", "")
	second.groups = []Group{{Notice: "n", Name: "v", Digest: "d", Files: []string{"new/index.html"}}}
	if err := put(t, out, second); err != nil {
		t.Fatal(err)
	}
	if got, want := contents(t, out), []string{"empty=", "index.html=two", "new/index.html=x", "same.html=same"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if after, err := os.Stat(filepath.Join(out, "same.html")); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("what did not change was written again: %v", err)
	}
	manifest := read(t, filepath.Join(out, ManifestFile))
	for _, want := range []string{`"digest": "d"`, `"index.html": "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3"`} {
		if !strings.Contains(manifest, want) {
			t.Errorf("the manifest lacks %s:\n%s", want, manifest)
		}
	}
	left, err := os.ReadDir(filepath.Dir(out))
	if err != nil || len(left) != 1 {
		t.Errorf("something is left beside the site: %v %v", left, err)
	}
}

// What was a folder can become a file, and a file a folder; names may change in case.
func TestPutClashes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	for _, files := range [][]string{
		{"a/b/x", "1", "a/c", "2", "z", "0"},
		{"a", "file", "z/y/x", "deep"},
		{"a/b", "3", "z/y", "file", "Case/x", "4"},
		{"case/x", "4", "a/B", "3"},
		{"case", "5"},
	} {
		if err := put(t, out, tree(t, files...)); err != nil {
			t.Fatal(err)
		}
		var want []string
		for i := 0; i < len(files); i += 2 {
			want = append(want, files[i]+"="+files[i+1])
		}
		slices.Sort(want)
		if got := contents(t, out); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := put(t, out, tree(t, "a", "1", "A/b", "2")); !errors.As(err, new(*ClashError)) {
		t.Errorf("one path as a file and a folder: %v", err)
	}
}

func TestOrder(t *testing.T) {
	tr := begin(t, "index.html", "", "sitemap.xml", "", "terms/index.html", "", "terms/2026-01-01/index.html", "", "assets/a.css", "", "versions/LOG", "",
		"versions/terms/2026-01-01/notice.toml", "")
	tr.AddGroup(Group{Files: []string{"terms/2026-01-01/index.html"}, Permanent: true})
	tr.AddGroup(Group{Files: []string{"terms/index.html"}})
	got := tr.order()
	want := []string{"assets/a.css", "versions/terms/2026-01-01/notice.toml", "terms/2026-01-01/index.html",
		"index.html", "sitemap.xml", "terms/index.html", "versions/LOG"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestForeignFilesAreKept(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]error{dir: ErrForeign, mine: ErrFile, link: ErrLink} {
		if err := put(t, target, tree(t, "index.html", "x")); !errors.Is(err, want) {
			t.Errorf("into %s: %v, want %v", target, err, want)
		}
	}
	if got := read(t, mine); got != "mine" {
		t.Errorf("the file is %q now", got)
	}

	// In a folder that Placard made, what it did not put there.
	out := filepath.Join(t.TempDir(), "public")
	if err := put(t, out, tree(t, "index.html", "x", "a/b", "y")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"CNAME", "a/new/index.html", ".git"} {
		file := filepath.Join(out, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("mine"), 0o644)); err != nil {
			t.Fatal(err)
		}
		before := contents(t, out)
		var strangers *StrangersError
		err := put(t, out, tree(t, "index.html", "z", "a/new/index.html", "z"))
		if !errors.As(err, &strangers) || !slices.Equal(strangers.Paths, []string{name}) {
			t.Errorf("with %s: %v", name, err)
		}
		if now := contents(t, out); !slices.Equal(now, before) {
			t.Errorf("with %s: %q became %q", name, before, now)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(dir, filepath.Join(out, "link")); err != nil {
		t.Fatal(err)
	}
	if err := put(t, out, tree(t, "link/mine.txt", "x")); !errors.As(err, new(*StrangersError)) {
		t.Errorf("through a link: %v", err)
	}
	if got := read(t, mine); got != "mine" {
		t.Errorf("the file behind the link is %q now", got)
	}
}

func TestOnePathOneFile(t *testing.T) {
	tr := begin(t, "css/a.css", "x", "css/a.css", "x")
	for _, f := range []File{
		{"css/a.css", []byte("y")}, {"CSS/A.css", []byte("x")}, {"css/A.css/x", nil}, {"CSS", nil},
	} {
		var clash *ClashError
		if err := tr.Add(f); !errors.As(err, &clash) {
			t.Errorf("Add(%s) = %v, want a clash", f.Path, err)
		}
	}
}

func TestNothingLeavesTheSite(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"../x", "/x", "a/../../x"} {
		if err := put(t, filepath.Join(dir, "public"), tree(t, name, "x")); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("something was left: %v %v", left, err)
	}
}

func TestMinify(t *testing.T) {
	files := []File{
		{"a.html", []byte("<!doctype html>\n<html lang=\"en\">\n  <body class=\"x\">\n  <p>One   two</p>\n <!-- c -->\n</body>\n</html>")},
		{"a.txt", []byte("One   two")},
		{"A.HTM", []byte("<p>One   two</p>")},
	}
	if err := Minify(files); err != nil {
		t.Fatal(err)
	}
	if got, want := string(files[0].Data), `<!doctype html><html lang="en"><body class="x"><p>One two</p></body></html>`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if string(files[1].Data) != "One   two" {
		t.Error("a text was changed")
	}
	if string(files[2].Data) != "<p>One two</p>" {
		t.Errorf("a page with another ending: %s", files[2].Data)
	}
}
