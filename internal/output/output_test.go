package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func tree(t *testing.T, files ...string) *Tree {
	t.Helper()
	tree := NewTree()
	for i := 0; i < len(files); i += 2 {
		if err := tree.Add(File{files[i], []byte(files[i+1])}); err != nil {
			t.Fatal(err)
		}
	}
	return tree
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPutReplacesTheWhole(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "public")
	if err := tree(t, "index.html", "one", "old/index.html", "gone").Put(out); err != nil {
		t.Fatal(err)
	}
	second := tree(t, "index.html", "two", "new/index.html", "x")
	second.AddGroup(Group{Notice: "n", Name: "v", Digest: "d", Files: []string{"new/index.html"}})
	if err := second.Put(out); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(out, "index.html")); got != "two" {
		t.Errorf("index.html is %q", got)
	}
	if _, err := os.Stat(filepath.Join(out, "old")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what is not in the tree is still there: %v", err)
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

func TestForeignFoldersAreKept(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{dir, mine} {
		if err := tree(t, "index.html", "x").Put(target); !errors.Is(err, ErrForeign) {
			t.Errorf("Put(%s) = %v, want ErrForeign", target, err)
		}
	}
	if got := read(t, mine); got != "mine" {
		t.Errorf("the file is %q now", got)
	}
}

func TestOnePathOneFile(t *testing.T) {
	tr := tree(t, "css/a.css", "x", "css/a.css", "x")
	for _, f := range []File{{"css/a.css", []byte("y")}, {"CSS/A.css", []byte("x")}} {
		var clash *ClashError
		if err := tr.Add(f); !errors.As(err, &clash) {
			t.Errorf("Add(%s) = %v, want a clash", f.Path, err)
		}
	}
}

func TestNothingLeavesTheSite(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"../x", "/x", "a/../../x"} {
		if err := tree(t, name, "x").Put(filepath.Join(dir, "public")); err == nil {
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
}
