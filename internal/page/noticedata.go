package page

import (
	"bytes"
	_ "embed"
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

const noticeFile = "notice.json"

// NoticeSchemaFile is where the schema lies, relative to the root of the site.
const NoticeSchemaFile = archive.Dir + "/notice" + archive.SchemaEnding

// NoticeSchema is the JSON Schema (draft 2020-12) of notice.json.
//
//go:embed notice.schema.json
var NoticeSchema []byte

type noticeData struct {
	Schema           string            `json:"$schema"`
	Notice           string            `json:"notice"`
	Version          string            `json:"version"`
	Reading          *readingData      `json:"reading,omitempty"`
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
	Retroactive      string            `json:"retroactive,omitempty"`
	Reconstructed    *reconstructed    `json:"reconstructed,omitempty"`
	Cancelled        string            `json:"cancelled,omitempty"`
	Zone             string            `json:"zone"`
	Authoritative    []string          `json:"authoritativeLocales"`
	Address          string            `json:"address"`
	Sealed           sealedData        `json:"sealed"`
	Moved            map[string]string `json:"moved,omitempty"`
	Start            partData          `json:"start"`
	Sections         []sectionData     `json:"sections"`
}

type readingData struct {
	Name          string         `json:"name"`
	Published     string         `json:"published"`
	Reconstructed *reconstructed `json:"reconstructed,omitempty"`
}

type partData struct {
	Stale  bool        `json:"stale,omitempty"`
	Digest string      `json:"digest"`
	Links  []string    `json:"links,omitempty"`
	Blocks []blockData `json:"blocks,omitempty"`
}

type sectionData struct {
	Anchor        string   `json:"anchor"`
	Number        string   `json:"number"`
	Level         int      `json:"level"`
	Parent        *int     `json:"parent,omitempty"`
	Title         string   `json:"title"`
	TitleWords    []int    `json:"titleWords"`
	Missing       bool     `json:"missing,omitempty"`
	Jurisdictions []string `json:"jurisdictions,omitempty"`
	partData
}

// A blockData has cells or a text. Words are the lengths of its own: one list for all cells, one after the other.
type blockData struct {
	In    []string `json:"in,omitempty"`
	Head  bool     `json:"head,omitempty"`
	Text  string   `json:"text,omitempty"`
	Cells []string `json:"cells,omitempty"`
	Words []int    `json:"words"`
}

// noticeData makes the file of a text, which is that of the page in the locale.
func (p *plan) noticeData(s archive.Standing, place string, l Locale, text *notice.Text) File {
	path, facts := versionPath(s, place), &s.Document.Facts
	readings := s.Readings(l.Key)
	now := readings[len(readings)-1]
	d := noticeData{
		Schema: p.absolute(p.sealed(NoticeSchemaFile)), Notice: s.Entry.Notice, Version: s.Name(), Locale: l.Tag, Dir: l.Dir,
		Title: text.Title.Value, Description: strings.Join(strings.Fields(text.Description.Value), " "), Summary: text.Summary, Publisher: facts.Publisher,
		Effective: s.Effective(), Published: s.Entry.Published, Retroactive: s.Record.Retroactive, Reconstructed: reconstructedOf(&s.Folder), Zone: facts.Zone.String(), Address: p.absolute(p.at(l.Key, path)),
		Sealed: p.sealedData(now.Folder), Moved: facts.MovedTo(),
	}
	if s.Cancelled != nil {
		d.Cancelled = s.Cancelled.Entry.Published
	}
	if place == "reading" || now.Entry.Kind != archive.KindVersion {
		d.Reading = &readingData{now.Name(), now.Entry.Published, nil}
		if now.Entry.Kind != archive.KindVersion {
			d.Reading.Reconstructed = reconstructedOf(now.Folder)
		}
	}
	for _, a := range facts.Authoritative {
		d.Authoritative = append(d.Authoritative, p.locale(a.Value).Tag)
	}
	w := &dataWriting{states: p.states(s.Document, text)}
	d.TitleWords, d.DescriptionWords = w.words(d.Title), w.words(d.Description)
	d.Start = w.part(text.Preamble(), translation.Start)
	w.sections(s.Document.Shaped(l.Key), nil)
	d.Sections = w.all
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(d) // strings, numbers and lists, which JSON always takes, into memory
	return File{Address: p.below(l.Key, path) + noticeFile, Data: b.Bytes(), claim: p.claimOf(s, place, l)}
}

// dataWriting is a text that is being written.
type dataWriting struct {
	states  map[string]translation.State
	all     []sectionData
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
func (w *dataWriting) part(p *markdown.Part, name string) partData {
	out := partData{Stale: w.states[name] == translation.Stale, Digest: p.Dress()}
	for _, l := range p.Links() {
		out.Links = append(out.Links, l.Destination)
	}
	for _, b := range p.Blocks() {
		block := blockData{Head: b.Head, Words: w.words(b.Cells...)}
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
		section := sectionData{
			Anchor: s.Anchor, Number: s.Number, Level: s.Level, Parent: parent, Title: s.Title, TitleWords: w.words(s.Title),
			Missing: s.Missing(), partData: w.part(s.Part, s.Anchor),
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
