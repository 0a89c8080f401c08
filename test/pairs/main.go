// Command pairs prints pairs of texts with what package redline finds in them, for the test that the browser finds the same: a line of
// JSON for each, with the notice.json of both, the redline as JSON, and the heading and the body of each of its sections as HTML.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"strings"

	"placard/internal/archive"
	"placard/internal/notice"
	"placard/internal/redline"
	"placard/test/history"
)

func main() {
	built := flag.String("built", "", "compare all versions of each notice in a built site, as it was published to this `folder`")
	random := flag.Int("random", 0, "compare so many `pairs` of random texts")
	repository := flag.String("history", "", "compare the versions of every Markdown file in a git `repository`")
	flag.Parse()
	p := &printer{out: bufio.NewWriter(os.Stdout)}
	err := errors.Join(p.built(*built), p.random(*random), p.history(*repository), p.out.Flush())
	if err != nil {
		fmt.Fprintln(os.Stderr, "pairs:", err)
		os.Exit(1)
	}
}

// printer prints pairs.
type printer struct{ out *bufio.Writer }

// side is one of two texts that are compared.
type side struct {
	doc    *notice.Document
	locale string
	data   json.RawMessage // notice.json
}

func (p *printer) pair(name string, older, newer side, moved map[string]string) error {
	type drawn struct {
		Heading string `json:"heading"`
		Body    string `json:"body"`
	}
	line := struct {
		Name     string            `json:"name"`
		Older    json.RawMessage   `json:"older"`
		Newer    json.RawMessage   `json:"newer"`
		Sections []redline.Section `json:"sections"`
		HTML     []drawn           `json:"html"`
	}{name, older.data, newer.data, redline.Between(older.doc, newer.doc, newer.locale, moved), nil}
	for _, s := range line.Sections {
		line.HTML = append(line.HTML, drawn{redline.Line(s.Title), redline.HTML(s.Blocks)})
	}
	return json.NewEncoder(p.out).Encode(line)
}

// built compares every two versions of each notice of a built site, in each language, in both directions: the older one is not always
// the shorter one.
func (p *printer) built(folder string) error {
	if folder == "" {
		return nil
	}
	site := os.DirFS(folder)
	a, findings := archive.Open(site)
	if findings.Errors() > 0 {
		return fmt.Errorf("the archive of %s: %v", folder, findings)
	}
	for _, slug := range a.Slugs() {
		for _, older := range a.Notices[slug] {
			for _, newer := range a.Notices[slug] {
				for _, locale := range older.Document.Locales() {
					if newer.Document.Texts[locale] == nil {
						continue
					}
					x, err := published(folder, older, locale)
					if err != nil {
						return err
					}
					y, err := published(folder, newer, locale)
					if err != nil {
						return err
					}
					name := fmt.Sprintf("%s %s: %s, %s", slug, locale, older.Name(), newer.Name())
					if err := p.pair(name, x, y, newer.Document.Facts.MovedTo()); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// published is what a built site says of a version in a locale.
func published(folder string, v *archive.Version, locale string) (side, error) {
	below := path.Join(v.Entry.Notice, v.Name(), "notice.json")
	data, err := os.ReadFile(path.Join(folder, locale, below))
	if errors.Is(err, os.ErrNotExist) { // the locale at the root of the site
		data, err = os.ReadFile(path.Join(folder, below))
	}
	return side{v.Document, locale, data}, err
}

// history compares each version of a file with the one before, and with the first.
func (p *printer) history(repository string) error {
	if repository == "" {
		return nil
	}
	for file, err := range history.Files(repository) {
		if err != nil {
			return err
		}
		var before, first []string
		for _, commit := range file.Commits {
			body, err := history.Body(repository, commit, file.Path)
			if err != nil {
				return err
			}
			now := []string{front + body}
			if _, err := archived(facts("en"), now); err != nil { // not every file of a repository could be one
				continue
			}
			if before != nil {
				err = errors.Join(p.texts(file.Path+" "+commit, facts("en"), before, now), p.texts(file.Path+" since "+commit, facts("en"), first, now))
			} else {
				first = now
			}
			if err != nil {
				return err
			}
			before = now
		}
	}
	return nil
}

const front = "---\ntitle: T\ndescription: D\n---\n\n"

func facts(locales string) string {
	return "publisher = 'P'\ntime-zone = 'UTC'\nsource-locale = 'en'\nauthoritative-locales = ['en']\nlocales = ['" +
		strings.ReplaceAll(locales, " ", "', '") + "']\ntranslation-policy = 'allow-missing'\n"
}
