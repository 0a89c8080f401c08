package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// steps records the steps of what is done, as "op name", with names relative to the folder; those of which wrong says so fail.
func steps(t *testing.T, dir string, wrong func(step string) bool, do func() error) ([]string, error) {
	t.Helper()
	var done []string
	Step = func(op Op, name string) error {
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			t.Error(err)
		}
		is := fmt.Sprint(op, " ", filepath.ToSlash(rel))
		done = append(done, is)
		if wrong != nil && wrong(is) {
			return errBroken
		}
		return nil
	}
	defer func() { Step = nil }()
	err := do()
	return done, err
}

var errBroken = errors.New("broken")

func put(t *testing.T, name, text string, mode fs.FileMode) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600), os.Chmod(name, mode)); err != nil {
		t.Fatal(err)
	}
}

// tree is what lies below a folder, "path mode content" for a file, "path/" for a folder, "path -> target" for a link.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			all = append(all, rel+"/")
		case d.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			all = append(all, rel+" -> "+to)
			return err
		default:
			data, err := os.ReadFile(name)
			info, e := d.Info()
			if err = errors.Join(err, e); err == nil {
				all = append(all, fmt.Sprintf("%s %04o %s", rel, info.Mode().Perm(), data))
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func is(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// What is written is synced, and is not written over.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a", "b", "file")
	done, err := steps(t, dir, nil, func() error { return WriteFile(file, []byte("one")) })
	if err != nil {
		t.Fatal(err)
	}
	is(t, "steps", done, "create a", "create a/b", "create a/b/file", "write a/b/file", "sync a/b/file")
	if err := WriteFile(file, []byte("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	done, err = steps(t, dir, nil, func() error { return StageFile(filepath.Join(dir, "staged"), nil) })
	if err != nil {
		t.Fatal(err)
	}
	is(t, "staged", done, "create staged", "write staged")
	is(t, "files", tree(t, dir), "a/", "a/b/", "a/b/file 0644 one", "staged 0644 ")
	link := filepath.Join(dir, "link")
	if err := os.Symlink("elsewhere", link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, []byte("x")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("through a link: %v", err)
	}
	if err := WriteFile(filepath.Join(file, "below"), nil); err == nil {
		t.Error("a file was written below a file")
	}
}

// Every file is synced before one is moved, and the folder of each after it.
func TestWriteAllOrder(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "b", "old"), "before", 0o640)
	done, err := steps(t, dir, nil, func() error {
		return WriteAll(dir, filepath.Join(dir, "stage"), map[string][]byte{"a": []byte("1"), filepath.Join("b", "old"): []byte("2")})
	})
	if err != nil {
		t.Fatal(err)
	}
	is(t, "steps", done,
		"create stage", "create stage/new", "create stage/new/a", "write stage/new/a", "sync stage/new/a",
		"create stage/new/b", "create stage/new/b/old", "write stage/new/b/old", "sync stage/new/b/old",
		"create stage/old", "create stage/old/b", "create stage/old/b/old", "write stage/old/b/old", "sync stage/old/b/old",
		"rename a", "sync .", "rename b/old", "sync b",
		"remove stage/new/b", "remove stage/new", "remove stage/old/b/old", "remove stage/old/b", "remove stage/old", "remove stage")
	is(t, "files", tree(t, dir), "a 0644 1", "b/", "b/old 0640 2")
}

// Whichever step fails, all files are written or none, and those that were there are as they were, with their permissions.
func TestWriteAllFails(t *testing.T) {
	files := map[string][]byte{"new/file": []byte("1"), "b/old": []byte("2"), "c": []byte("3")}
	before := []string{"b/", "b/old 0640 before", "c 0755 before"}
	after := []string{"b/", "b/old 0640 2", "c 0755 3", "new/", "new/file 0644 1"}
	for at, undone := 1, 0; ; at++ {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "b", "old"), "before", 0o640)
		put(t, filepath.Join(dir, "c"), "before", 0o755)
		n, failed := 0, ""
		_, err := steps(t, dir, func(step string) bool {
			if n++; n == at {
				failed = step
			}
			return n == at
		}, func() error { return WriteAll(dir, filepath.Join(dir, "stage"), files) })
		switch {
		case failed == "":
			if undone < 15 {
				t.Errorf("only %d steps", undone)
			}
			is(t, "undisturbed", tree(t, dir), after...)
			return
		case err != nil:
			undone++
			is(t, failed, tree(t, dir), before...)
		default: // what failed was to remove what is not needed any more; the next run does
			if !strings.HasPrefix(failed, "remove stage") {
				t.Errorf("%s failed, and nothing was said", failed)
			}
			is(t, failed, slices.DeleteFunc(tree(t, dir), func(s string) bool { return strings.HasPrefix(s, "stage/") }), after...)
		}
	}
}

// What lies behind a link is not touched by whoever removes or replaces the link.
func TestLinks(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	put(t, filepath.Join(other, "mine"), "mine", 0o644)
	for _, name := range []string{"tree", "tree/below", "file"} {
		link := filepath.Join(dir, filepath.FromSlash(name))
		if name == "tree/below" {
			if err := errors.Join(RemoveTree(filepath.Dir(link)), os.Mkdir(filepath.Dir(link), 0o755)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Symlink(other, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := RemoveTree(filepath.Join(dir, "tree")); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "staged"), "new", 0o644)
	if err := Move(filepath.Join(dir, "staged"), filepath.Join(dir, "file")); err != nil {
		t.Fatal(err)
	}
	is(t, "files", tree(t, dir), "file 0644 new")
	is(t, "behind the links", tree(t, other), "mine 0644 mine")
}

func TestRemove(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a", "b", "c", "file"), "", 0o644)
	put(t, filepath.Join(dir, "a", "kept"), "", 0o644)
	for range 2 { // what is not there is no error
		done, err := steps(t, dir, nil, func() error { return RemoveTree(filepath.Join(dir, "a", "b", "c")) })
		if err != nil {
			t.Fatal(err)
		}
		if len(done) > 0 {
			is(t, "steps", done, "remove a/b/c/file", "remove a/b/c")
		}
	}
	if err := RemoveEmpty(filepath.Join(dir, "a", "b", "c"), dir); err != nil {
		t.Fatal(err)
	}
	is(t, "files", tree(t, dir), "a/", "a/kept 0644 ")
	if err := errors.Join(RemoveFile(filepath.Join(dir, "a", "kept")), RemoveEmpty(filepath.Join(dir, "a"), dir)); err != nil {
		t.Fatal(err)
	}
	is(t, "files", tree(t, dir))
	if there, err := Exists(dir); err != nil || !there {
		t.Errorf("what is above was removed: %v", err)
	}
	if err := RemoveFile(filepath.Join(dir, "none")); err != nil {
		t.Error(err)
	}
}
