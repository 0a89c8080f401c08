package cli

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// TestAnchorsNeverDie releases notices as editors change them over the years, and holds after each build that every address with a
// fragment that a build ever had is there still, that each anchor of a version that applied is a target at the address of the
// notice, and that no link inside the site leads to nothing. The seed in the name of a test makes the same history again.
func TestAnchorsNeverDie(t *testing.T) {
	histories := 4
	if os.Getenv("PLACARD_LONG") != "" {
		histories = 1_000
	}
	made, releases, errata, targets := 0, 0, 0, 0 // of those that run
	announced := map[string]int{}
	for seed := range histories {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			h := newLife(t, uint64(seed))
			for range 6 {
				h.change()
				h.release()
				h.supplement()
				h.erratum()
				h.recall()
				h.look()
			}
			h.days(400) // all of them apply by then
			h.look()
			if h.end(); h.IntN(2) == 0 {
				h.days(60)
			}
			h.look()
			made, releases, errata = made+1, releases+len(h.sealed), errata+h.errata
			for what, n := range h.announced {
				announced[what] += n
			}
			for _, ids := range h.ever {
				targets += len(ids)
			}
		})
	}
	t.Logf("%d histories, %d releases, %d errata, %d addresses with a fragment; of announced versions %v", made, releases, errata, targets, announced)
	if made == histories && (errata == 0 || announced["cancelled"] == 0 || announced["postponed"] == 0 || announced["keep"] == 0) {
		t.Error("not all that can be was done")
	}
}

// look builds the site some days later, and holds it against all builds before.
func (h *life) look() {
	h.days(h.IntN(40))
	h.run(h.epoch(), "build")
	pages := h.pages()
	for address, ids := range h.ever {
		for id := range ids {
			if !pages[address].ids[id] {
				h.t.Errorf("%s: %s#%s is dead", h.now.Format(time.DateOnly), address, id)
			}
		}
	}
	for address, page := range pages {
		if h.ever[address] == nil {
			h.ever[address] = map[string]bool{"": true}
		}
		maps.Copy(h.ever[address], page.ids)
		for _, link := range page.links {
			if to, fragment, _ := strings.Cut(link, "#"); pages[to].ids == nil || fragment != "" && !pages[to].ids[fragment] {
				h.t.Errorf("%s: %s leads to %s, which is not there", h.now.Format(time.DateOnly), address, link)
			}
		}
	}
	for _, v := range h.sealed {
		for _, address := range []string{"/terms/", "/ms/terms/"} {
			for _, anchor := range v.anchors {
				if current, ok := pages[address]; ok && !current.ids[anchor] {
					h.t.Errorf("%s: %s has no #%s, which the version of %s has (applied: %v)", h.now.Format(time.DateOnly), address, anchor, v.name, !v.cancelled && !v.day.After(h.now))
				}
			}
		}
	}
	if h.t.Failed() {
		h.t.FailNow()
	}
}

// A builtPage is what others can lead to on a page, and where its own links inside the site lead.
type builtPage struct {
	ids   map[string]bool // but for furniture; "" is the page itself
	links []string
}

// pages reads what was built, by address: pages and files.
func (h *life) pages() map[string]builtPage {
	pages := map[string]builtPage{}
	public := filepath.Join(h.dir, "public")
	err := filepath.WalkDir(public, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if d.Name() != "index.html" { // a file beside the pages, which stays as they do
			rel, err := filepath.Rel(public, name)
			pages["/"+filepath.ToSlash(rel)] = builtPage{ids: map[string]bool{"": true}}
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		root, err := html.Parse(f)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(public, filepath.Dir(name))
		if err != nil {
			return err
		}
		address := strings.Replace("/"+filepath.ToSlash(rel)+"/", "/./", "/", 1)
		page := builtPage{ids: map[string]bool{"": true}}
		for n := range root.Descendants() {
			if inTemplate(n) {
				continue
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "id" && !strings.HasPrefix(a.Val, "_"):
					if page.ids[a.Val] {
						h.t.Errorf("%s: %s has #%s twice", h.now.Format(time.DateOnly), address, a.Val)
					}
					page.ids[a.Val] = true
				case a.Key == "href" && n.Data == "a" && strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "#_"):
					page.links = append(page.links, address+a.Val)
				case a.Key == "href" && n.Data == "a" && strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "/versions/") && !strings.Contains(a.Val, "#_"):
					page.links = append(page.links, a.Val)
				}
			}
		}
		pages[address] = page
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return pages
}

// inTemplate reports whether a node is not on the page until a script puts it there.
func inTemplate(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "template" {
			return true
		}
	}
	return false
}
