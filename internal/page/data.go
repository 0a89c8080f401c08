package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"strings"

	"placard/internal/archive"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/redline"
	"placard/internal/translation"
)

// What a version says in a locale, for programs: notice.json beside its page. It is what package redline compares, with the lengths of the
// words, so that a browser draws the same redline of any two. It says nothing of later versions, and so stays true; where each
// version stands is elsewhere. The schema says what each value means.

const (
	dataFile = "notice.json"
	// schemaFile is where the schema of all of them is published, relative to the root of the site.
	schemaFile = archive.Dir + "/notice.schema.json"
)

//go:embed notice.schema.json
var schema []byte

// Schemas are the files that say what the data beside the pages means. They stand beside the archive, and are part of none.
func Schemas() []File { return []File{{Address: "/" + schemaFile, Data: schema}} }

type dataNotice struct {
	Schema           string            `json:"$schema"`
	Notice           string            `json:"notice"`
	Version          string            `json:"version"`
	Reading          *dataReading      `json:"reading,omitempty"`
	Locale           string            `json:"locale"`
	Dir              string            `json:"dir"`
	Title            string            `json:"title"`
	TitleWords       []int             `json:"titleWords"`
	Description      string            `json:"description"`
	DescriptionWords []int             `json:"descriptionWords"`
	Summary          string            `json:"summary,omitempty"`
	Publisher        string            `json:"publisher"`
	Effective        string            `json:"effective"`
	Published        string            `json:"published"`
	Cancelled        string            `json:"cancelled,omitempty"`
	Zone             string            `json:"zone"`
	Authoritative    []string          `json:"authoritative"`
	Address          string            `json:"address"`
	Seal             dataSeal          `json:"seal"`
	Moved            map[string]string `json:"moved,omitempty"`
	Start            dataPart          `json:"start"`
	Sections         []dataSection     `json:"sections"`
}

type dataReading struct {
	Name      string `json:"name"`
	Published string `json:"published"`
}

type dataSeal struct {
	SHA256 string `json:"sha256"`
	Line   int    `json:"line"`
	Files  string `json:"files"`
}

type dataPart struct {
	Stale  bool        `json:"stale,omitempty"`
	Digest string      `json:"digest"`
	Links  []string    `json:"links,omitempty"`
	Blocks []dataBlock `json:"blocks,omitempty"`
}

type dataSection struct {
	Anchor        string   `json:"anchor"`
	Number        string   `json:"number"`
	Level         int      `json:"level"`
	Parent        *int     `json:"parent,omitempty"`
	Title         string   `json:"title"`
	TitleWords    []int    `json:"titleWords"`
	Missing       bool     `json:"missing,omitempty"`
	Jurisdictions []string `json:"jurisdictions,omitempty"`
	dataPart
}

// A dataBlock has cells or a text. Words are the lengths of its own: one list for all cells, one after the other.
type dataBlock struct {
	In    []string `json:"in,omitempty"`
	Head  bool     `json:"head,omitempty"`
	Text  string   `json:"text,omitempty"`
	Cells []string `json:"cells,omitempty"`
	Words []int    `json:"words"`
}

// data makes the file of a text, which is that of the page in the locale.
func (p *plan) data(s archive.Standing, place string, l Locale, text *notice.Text) File {
	path, facts := versionPath(s, place), &s.Document.Facts
	readings := s.Readings(l.Key)
	now := readings[len(readings)-1]
	d := dataNotice{
		Schema: p.absolute(p.sealed(schemaFile)), Notice: s.Entry.Notice, Version: s.Name(), Locale: l.Tag, Dir: l.Dir,
		Title: text.Title.Value, Description: strings.Join(strings.Fields(text.Description.Value), " "), Summary: text.Summary, Publisher: facts.Publisher,
		Effective: s.Effective(), Published: s.Entry.Published, Zone: facts.Zone.String(), Address: p.absolute(p.at(l.Key, path)),
		Seal: dataSeal{now.Entry.Seal, now.Entry.Number, p.absolute(p.sealedFiles(now.Folder))}, Moved: facts.MovedTo(),
	}
	if s.Cancelled != nil {
		d.Cancelled = s.Cancelled.Entry.Published
	}
	if place == "reading" || now.Entry.Kind != archive.KindVersion {
		d.Reading = &dataReading{now.Name(), now.Entry.Published}
	}
	for _, a := range facts.Authoritative {
		d.Authoritative = append(d.Authoritative, p.locale(a.Value).Tag)
	}
	w := &dataWriting{states: p.states(s.Document, text)}
	d.TitleWords, d.DescriptionWords = w.words(d.Title), w.words(d.Description)
	d.Start = w.part(text.Preamble(), translation.Start)
	w.sections(text.Sections(), nil)
	d.Sections = w.all
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(d) // strings, numbers and lists, which JSON always takes, into memory
	return File{Address: p.below(l.Key, path) + dataFile, Data: b.Bytes(), claim: p.claimOf(s, place, l)}
}

// dataWriting is a text that is being written.
type dataWriting struct {
	states  map[string]translation.State
	all     []dataSection
	lengths []int // of all words, lists of which are shared
}

func (w *dataWriting) words(lines ...string) []int {
	from := len(w.lengths)
	for _, line := range lines {
		w.lengths = redline.AppendLengths(w.lengths, line)
	}
	return w.lengths[from:len(w.lengths):len(w.lengths)]
}

// part writes what stands below a heading, or before the first one. The states of both have names.
func (w *dataWriting) part(p *markdown.Part, name string) dataPart {
	digest := sha256.Sum256(bytes.TrimSpace(p.Source()))
	out := dataPart{Stale: w.states[name] == translation.Stale, Digest: hex.EncodeToString(digest[:])}
	for _, l := range p.Links() {
		out.Links = append(out.Links, l.Destination)
	}
	for _, b := range p.Blocks() {
		block := dataBlock{Head: b.Head, Words: w.words(b.Cells...)}
		for _, place := range b.In {
			block.In = append(block.In, place.String())
		}
		if b.Row() {
			block.Cells = b.Cells
		} else {
			block.Text = b.Cells[0]
		}
		out.Blocks = append(out.Blocks, block)
	}
	return out
}

// sections writes sections and all below them, the order of package redline.
func (w *dataWriting) sections(all []*notice.Section, parent *int) {
	for _, s := range all {
		at := len(w.all)
		section := dataSection{
			Anchor: s.Anchor, Number: s.Number, Level: s.Level, Parent: parent, Title: s.Title, TitleWords: w.words(s.Title),
			Missing: s.Missing(), dataPart: w.part(s.Part, s.Anchor),
		}
		if s.Appendix != nil {
			for _, code := range s.Appendix.Jurisdictions {
				section.Jurisdictions = append(section.Jurisdictions, code.Value)
			}
		}
		w.all = append(w.all, section)
		w.sections(s.Sections, &at)
		w.sections(s.Appendices, &at)
	}
}
