package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"placard/internal/archive"
	"placard/internal/diag"
	"placard/internal/disk"
)

// TestFailures holds what is said when the machine fails.
func TestFailures(t *testing.T) {
	messages, err := loadMessages()
	if err != nil {
		t.Fatal(err)
	}
	for errno, want := range map[error]string{
		syscall.ENOSPC: "public/a.html: error: cannot be written: no space left on device\n  hint: the disk is full",                             // disk-full
		syscall.EDQUOT: "public/a.html: error: cannot be written: disk quota exceeded\n  hint: your share of the disk is used up",                // disk-share
		syscall.EIO:    "public/a.html: error: cannot be read or written: input/output error\n  hint: the disk, or the connection to it, fails",  // disk-fails
		syscall.EROFS:  "public/a.html: error: cannot be written: read-only file system\n  hint: make sure that you may write there",             // not-writable
		syscall.EACCES: "public/a.html: error: cannot be written: permission denied\n  hint: make sure that you may write there",                 // not-writable
		syscall.EMFILE: "public/a.html: error: cannot be opened: too many open files\n  hint: too many files are open on this machine",           // too-many-files
		syscall.ENFILE: "public/a.html: error: cannot be opened: too many open files in system\n  hint: too many files are open on this machine", // too-many-files
		syscall.EXDEV:  "public/a.html: error: cannot be put here: invalid cross-device link\n  hint: what is prepared beside this place",        // other-disk
		syscall.EIDRM:  "public/a.html: error: identifier removed\n  hint: nothing is known that would mend it",                                  // machine
	} {
		var said bytes.Buffer
		p := &program{messages: messages, err: &said}
		var r *refused
		if !errors.As(broken(&fs.PathError{Op: "write", Path: "public/a.html", Err: errno}), &r) {
			t.Fatal("not refused")
		}
		if p.print(r.findings); !strings.HasPrefix(said.String(), want) {
			t.Errorf("%v: said %q, want %q", errno, said.String(), want)
		}
	}
}

// TestWhileAsked holds what is said when something comes between the checks of a command and its last step.
func TestWhileAsked(t *testing.T) {
	atMost := func(n int, op disk.Op, part string, do func() error) func(disk.Op, string) error {
		return func(o disk.Op, name string) error {
			if o != op || !strings.Contains(filepath.ToSlash(name), part) || n == 0 {
				return nil
			}
			n--
			return do()
		}
	}
	release := []string{"release", "terms", "--effective", "2026-02-01", "--yes"}
	supplement := []string{"release", "terms", "--supplement", "2026-02-01", "--yes"}
	drafted := filepath.Join("content", "terms", "supplements", "2026-02-01", "index.ms.md")
	for _, tt := range []struct {
		name string
		args []string
		step func(s *caseSite) func(disk.Op, string) error
		want string
	}{
		{"log-changed", release, func(s *caseSite) func(disk.Op, string) error {
			return atMost(1, disk.Write, "SHA256SUMS", func() error {
				return os.WriteFile(filepath.Join(s.dir, "versions", "LOG"), []byte("other\n"), 0o644)
			})
		}, "versions/LOG: error: somebody else released while you were asked\n"},
		{"draft-changed", release, func(s *caseSite) func(disk.Op, string) error {
			return atMost(1, disk.Write, "versions/.release/terms/2026-02-01/version.toml", func() error {
				return appendTo(filepath.Join(s.dir, "versions", ".release", "terms", "2026-02-01", "index.en.md"), "more\n")
			})
		}, "content/terms: error: the draft was changed while it was released; nothing was released\n"},
		{"release-late", release, func(s *caseSite) func(disk.Op, string) error {
			return atMost(1, disk.Remove, "versions/.release", func() error { return syscall.EIO })
		}, "versions: warning: it is sealed, but what came after failed: input/output error\n"},
		{"supplement-stays", supplement, func(s *caseSite) func(disk.Op, string) error {
			return atMost(1, disk.Write, "SHA256SUMS", func() error { return appendTo(filepath.Join(s.dir, drafted), "Lagi.\n") })
		}, "content/terms/supplements/2026-02-01: warning: the supplement is sealed; its draft was changed meanwhile, so it was left here\n"},
		{"supplement-late", supplement, func(s *caseSite) func(disk.Op, string) error {
			return atMost(1, disk.Rename, "versions/.release/2026-02-01", func() error { return syscall.EIO })
		}, "content/terms/supplements/2026-02-01: warning: the supplement is sealed, but its draft could not be removed: input/output error\n"},
		{"build-pending", []string{"build"}, func(s *caseSite) func(disk.Op, string) error {
			return atMost(1, disk.Rename, "public/terms/", func() error { return syscall.EIO })
		}, "public: error: some pages are the new ones and some are still the old ones; each of them is whole\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &caseSite{testSite: newSite(t), epoch: noon, met: &meetings{ids: map[string]bool{}}}
			sealed := tt.args[0] == "build" || slices.Equal(tt.args, supplement)
			if sealed {
				if err := s.step(append([]string{"run"}, release...)); err != nil {
					t.Fatal(err)
				}
			}
			if slices.Equal(tt.args, supplement) {
				if err := s.step([]string{"run", "reopen", "terms", "2026-02-01", "--locale", "ms"}); err != nil {
					t.Fatal(err)
				}
				s.edit(filepath.ToSlash(drafted), "sah", "halal")
			}
			if !sealed {
				if err := os.Mkdir(filepath.Join(s.dir, "versions"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			disk.Step = tt.step(s)
			defer func() { disk.Step = nil }()
			if _, said := s.placard(tt.args); !strings.Contains(said, tt.want) || !s.met.ids[tt.name] {
				t.Errorf("said:\n%s\nwant:\n%s", said, tt.want)
			}
			if there, err := disk.Exists(archive.Staged(s.dir)); err != nil || there && slices.Equal(tt.args, supplement) {
				t.Errorf("%s is left: %v", archive.Staged(s.dir), err)
			}
		})
	}
}

// TestLocked holds what is said to the second of two commands.
func TestLocked(t *testing.T) {
	for _, command := range []string{"placard release terms", ""} {
		s := &caseSite{testSite: newSite(t), epoch: noon, met: &meetings{ids: map[string]bool{}}}
		lock, err := disk.Take(filepath.Join(s.dir, siteLock), disk.Owner{PID: 7, Host: "desk", Command: command})
		if err != nil {
			t.Fatal(err)
		}
		want := ".placard.lock: error: “placard release terms” is at work here since 0001-01-01 00:00:00 UTC (process 7 on desk)\n" // locked
		if command == "" {
			want = ".placard.lock: error: another command of Placard is at work here\n" // locked-unnamed
		}
		if code, said := s.placard([]string{"release", "terms", "--effective", "2026-02-01", "--yes"}); code != exitRefused || !strings.HasPrefix(said, want) {
			t.Errorf("exit code %d, said:\n%s\nwant:\n%s", code, said, want)
		}
		lock.Release()
	}
}

// TestLeaves holds what an interrupted run says of what it leaves; that it leaves it, and ends, is shown with real signals.
func TestLeaves(t *testing.T) {
	messages, err := loadMessages()
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	out := filepath.Join(s.dir, "public")
	p := &program{messages: messages, dir: s.dir}
	build := func() diag.Findings { return p.leavesOfBuild(out) }
	for _, tt := range []struct {
		file, want string
		leaves     func() diag.Findings
	}{
		{"", "error: interrupted, as you asked; nothing is half-made\n", nil},
		{"versions/.release/LOG", ".release: error: interrupted, as you asked, while a version was sealed; it is sealed whole or not at all", // interrupted-release
			func() diag.Findings { return p.leavesIn(archive.Staged(s.dir), "interrupted-release") }},
		{".placard.new/a", ".placard.new: error: interrupted, as you asked; of the files that were to be written some may be there and some not", // interrupted-new
			func() diag.Findings { return p.leavesIn(filepath.Join(s.dir, newStage), "interrupted-new") }},
		{".public.staged/files/a", "public: error: interrupted, as you asked; no page was changed\n", build},                                        // interrupted-staged
		{".public.staged/journal.json", "public: error: interrupted, as you asked, while pages were put in place: some may be the new ones", build}, // interrupted-pending
	} {
		if tt.file != "" {
			s.write(tt.file, "{}")
		}
		if tt.leaves != nil {
			p.leaves(tt.leaves)
		}
		var said bytes.Buffer
		p.err = &said
		if p.print(p.interrupted()); !strings.Contains(said.String(), tt.want) {
			t.Errorf("%s: said %q, want %q", tt.file, said.String(), tt.want)
		}
	}
}
