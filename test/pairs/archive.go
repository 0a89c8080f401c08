package main

import (
	"fmt"
	"strings"
	"testing/fstest"

	"placard/internal/archive"
	"placard/internal/notice"
	"placard/internal/page"
)

// locales are those in which texts are given, one after the other.
var locales = []string{"en", "ms"}

// texts prints two texts in each of their languages, as versions of one notice.
func (p *printer) texts(name, newerFacts string, older, newer []string) error {
	a, err := archived(newerFacts, older, newer)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	data := map[string][]byte{}
	moment, _ := archive.ParseMoment("2030-01-01")
	site := page.Site{
		Titles: map[string]string{}, Origin: "https://example.com", Default: "en",
		Words: func(_, id string, _ map[string]string) string { return id }, Date: func(_, day string) string { return day },
	}
	for _, l := range locales {
		site.Locales = append(site.Locales, page.Locale{Key: l, Tag: l, Name: l, Dir: "ltr"})
	}
	for g := range page.Plan(a, moment, site) {
		for _, f := range g.Files {
			data[f.Address] = f.Data
		}
	}
	x, y := a.Notices["n"][0], a.Notices["n"][1]
	for i := range min(len(older), len(newer)) {
		at := func(v *archive.Version) side {
			address := "/n/" + v.Name() + "/notice.json"
			if i > 0 {
				address = "/" + locales[i] + address
			}
			return side{v.Document, locales[i], data[address]}
		}
		if err := p.pair(name+" "+locales[i], at(x), at(y), y.Document.Facts.MovedTo()); err != nil {
			return err
		}
	}
	return nil
}

// archived is an archive with a version for each of the texts, which are given by language. Facts
// are those of the last one; the others have no anchors that moved.
func archived(facts string, texts ...[]string) (*archive.Archive, error) {
	site := fstest.MapFS{}
	a, _ := archive.Open(site)
	for i, text := range texts {
		own := facts
		if i+1 < len(texts) {
			own, _, _ = strings.Cut(facts, "[[moved]]")
		}
		site["content/n/notice.toml"] = &fstest.MapFile{Data: []byte(own)}
		for j, body := range text {
			site["content/n/index."+locales[j]+".md"] = &fstest.MapFile{Data: []byte(body)}
		}
		doc, findings := notice.Load(site, "content/n", "n")
		if findings = append(findings, doc.Check()...); findings.Errors() > 0 {
			return nil, fmt.Errorf("no text of a notice: %v", findings)
		}
		day := fmt.Sprintf("20%02d-01-01", 20+i)
		r, err := a.Prepare(doc, day, day, archive.Statement{})
		if err != nil {
			return nil, err
		}
		for file, data := range r.Files {
			site[r.Entry.Folder()+"/"+file] = &fstest.MapFile{Data: data}
		}
		log := ""
		for _, e := range append(a.Log, r.Entry) {
			log += e.Line()
		}
		site[archive.Dir+"/"+archive.LogFile] = &fstest.MapFile{Data: []byte(log)}
		if a, findings = archive.Open(site); findings.Errors() > 0 {
			return nil, fmt.Errorf("no archive: %v", findings)
		}
	}
	return a, nil
}
