package page

import (
	"bytes"
	_ "embed"
	"encoding/json"

	"placard/internal/archive"
)

// versionsFile lists the versions of a notice for programs, by the JSON Schema that is published beside LOG.
const versionsFile = "versions.json"

// VersionsSchemaFile is where the schema lies, relative to the root of the site.
const VersionsSchemaFile = archive.Dir + "/versions" + archive.SchemaEnding

// VersionsSchema is the JSON Schema (draft 2020-12) of versions.json.
//
//go:embed versions.schema.json
var VersionsSchema []byte

// What follows is the content of versions.json. Addresses are whole; days are in the zone of the notice.

type versionsData struct {
	Schema   string        `json:"$schema"`
	Notice   string        `json:"notice"`
	Locale   string        `json:"locale"`
	Title    string        `json:"title"`
	TitleIn  string        `json:"titleLocale"`
	Address  string        `json:"address"`
	Feed     string        `json:"feed"`
	Timemap  string        `json:"timemap"`
	Log      string        `json:"log"`
	Versions []versionData `json:"versions"`
}

type versionData struct {
	Name          string           `json:"name"`
	State         string           `json:"state"`
	Effective     string           `json:"effective"`
	Published     string           `json:"published"`
	Zone          string           `json:"zone"`
	Until         string           `json:"until,omitempty"`
	Next          string           `json:"next,omitempty"`
	Cancelled     *cancelledData   `json:"cancelled,omitempty"`
	Ends          *endsData        `json:"ends,omitempty"`
	Retroactive   string           `json:"retroactive,omitempty"`
	Reconstructed *reconstructed   `json:"reconstructed,omitempty"`
	Publisher     string           `json:"publisher"`
	Locales       []string         `json:"locales"`
	Source        string           `json:"sourceLocale"`
	Authoritative []string         `json:"authoritativeLocales"`
	Locale        string           `json:"locale"`
	Title         string           `json:"title"`
	Summary       string           `json:"summary,omitempty"`
	Page          string           `json:"page"`
	Changes       string           `json:"changes,omitempty"`
	Data          string           `json:"data"`
	Markdown      string           `json:"markdown"`
	Plain         string           `json:"text"`
	Sealed        sealedData       `json:"sealed"`
	Supplements   []supplementData `json:"supplements"`
}

type sealedData struct {
	Files string `json:"files"`
	Seal  string `json:"sha256"`
	Line  int    `json:"line"`
}

type cancelledData struct {
	Published string `json:"published"`
	Reason    string `json:"reason"`
	Instead   string `json:"instead,omitempty"`
}

type endsData struct {
	Published string `json:"published"`
	From      string `json:"from"`
	Reason    string `json:"reason,omitempty"`
	Successor string `json:"successor,omitempty"`
}

type reconstructed struct {
	Sealed string `json:"sealed"`
	Reason string `json:"reason"`
}

type supplementData struct {
	Name          string         `json:"name"`
	Kind          string         `json:"kind"`
	Published     string         `json:"published"`
	Reason        string         `json:"reason,omitempty"`
	Reconstructed *reconstructed `json:"reconstructed,omitempty"`
	Locales       []string       `json:"locales"`
	Sealed        sealedData     `json:"sealed"`
}

// data are the lists of the versions of a notice, in every locale in which it has an address.
func (p *plan) data(slug string) []File {
	var files []File
	for _, l := range p.locales[slug] {
		current := p.current[slug]
		text := current.Document.Texts[nearest(current.Version, l.Key)]
		d := versionsData{
			Schema: p.absolute(p.sealed(VersionsSchemaFile)), Notice: slug, Locale: l.Tag, Title: text.Title.Value, TitleIn: p.locale(text.Locale).Tag,
			Address: p.absolute(p.at(l.Key, slug+"/")), Feed: p.absolute(p.at(l.Key, slug+"/"+feedFile)),
			Timemap: p.absolute(p.at(l.Key, slug+"/"+timemapFile)), Log: p.absolute(p.sealed(archive.Dir + "/" + archive.LogFile)),
		}
		for _, s := range p.known[slug] {
			d.Versions = append(d.Versions, p.versionData(s, l))
		}
		files = append(files, File{Address: p.below(l.Key, slug+"/"+versionsFile), Data: toJSON(d), claim: p.claimOf(current, "current", l)})
	}
	return files
}

// versionData is what is said of a version, for readers of a locale: its text is the one that is nearest.
func (p *plan) versionData(s archive.Standing, l Locale) versionData {
	facts := &s.Document.Facts
	in := nearest(s.Version, l.Key)
	text := s.Document.Texts[in]
	address := p.absolute(p.at(in, versionPath(s, "archive")))
	forms := formsBeside(address)
	v := versionData{
		Name: s.Name(), State: string(s.State), Effective: s.Effective(), Published: s.Entry.Published, Zone: facts.Zone.String(), Until: s.Until,
		Retroactive: s.Record.Retroactive, Reconstructed: reconstructedOf(&s.Folder), Publisher: facts.Publisher, Locales: p.tags(s.Document.Locales()),
		Source: p.locale(facts.Source.Value).Tag, Locale: p.locale(in).Tag, Title: text.Title.Value, Summary: text.Summary,
		Page: address, Data: forms.Data, Markdown: forms.Markdown, Plain: forms.Plain, Sealed: p.sealedData(&s.Folder),
		Supplements: []supplementData{},
	}
	for _, a := range facts.Authoritative {
		v.Authoritative = append(v.Authoritative, p.locale(a.Value).Tag)
	}
	if s.Next != nil && s.Cancelled == nil {
		v.Next = s.Next.Name()
	}
	if changes := p.changesAt(s, 0, in); changes != "" {
		v.Changes = p.absolute(changes)
	}
	if f := s.Cancelled; f != nil {
		v.Cancelled = &cancelledData{f.Entry.Published, f.Record.Reason, f.Record.Instead}
	}
	if f := s.Ended; f != nil {
		v.Ends = &endsData{f.Entry.Published, f.Record.Ends, f.Record.Reason, f.Record.Successor}
	}
	for i, f := range s.Supplements {
		d := supplementData{
			Name: f.Name(), Kind: f.Entry.Kind, Published: f.Entry.Published, Reason: f.Record.Reason, Reconstructed: reconstructedOf(f), Locales: []string{},
			Sealed: p.sealedData(f),
		}
		if f.Entry.Kind == archive.KindTranslation || f.Entry.Kind == archive.KindErratum {
			d.Locales = p.tags(s.First(i + 1).Document.Added)
		}
		v.Supplements = append(v.Supplements, d)
	}
	return v
}

func reconstructedOf(f *archive.Folder) *reconstructed {
	if f.Record.Reconstructed == "" {
		return nil
	}
	return &reconstructed{f.Record.Sealed, f.Record.Reconstructed}
}

func (p *plan) sealedData(f *archive.Folder) sealedData {
	return sealedData{p.absolute(p.sealedFiles(f)), f.Entry.Seal, f.Entry.Number}
}

// tags are those of locales (BCP 47), in the same order.
func (p *plan) tags(keys []string) []string {
	tags := []string{}
	for _, key := range keys {
		tags = append(tags, p.locale(key).Tag)
	}
	return tags
}

// toJSON is a value that JSON always takes, for people too.
func toJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v)
	return b.Bytes()
}
