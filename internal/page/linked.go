package page

import (
	"encoding/json"

	"placard/internal/archive"
	"placard/internal/notice"
)

// linked is what the page of a version says for search engines in the words of schema.org. A DigitalDocument is what has versions, a
// publisher and translations; Legislation is law, and a WebPage would be the page and not its text.
type linked struct {
	Context     string       `json:"@context"`
	Type        string       `json:"@type"`
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	InLanguage  string       `json:"inLanguage"`
	Version     string       `json:"version"`
	Published   string       `json:"datePublished"`
	Modified    string       `json:"dateModified,omitempty"`
	Coverage    string       `json:"temporalCoverage,omitempty"`
	Status      string       `json:"creativeWorkStatus,omitempty"`
	Publisher   organization `json:"publisher"`
	URL         string       `json:"url"`
	Source      *linkedTo    `json:"translationOfWork,omitempty"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type linkedTo struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
}

// linkedData is that of the page of a version, as JSON that can stand in a page as it is: it has no "<". The days in force are there where
// they are known for good.
func (p *plan) linkedData(s archive.Standing, text *notice.Text, permanent string) string {
	d := linked{
		Context: "https://schema.org", Type: "DigitalDocument", Name: text.Title.Value, Description: text.Description.Value,
		InLanguage: p.locale(text.Locale).Tag, Version: s.Name(), Published: s.Entry.Published,
		Publisher: organization{"Organization", s.Document.Facts.Publisher}, URL: p.absolute(permanent),
	}
	readings := s.Readings(text.Locale)
	if now := readings[len(readings)-1]; now.Entry.Published > s.Entry.Published {
		d.Modified = now.Entry.Published
	}
	switch {
	case s.State == archive.Cancelled:
		d.Status = "Cancelled"
	case (s.State == archive.Superseded || s.State == archive.Withdrawn) && hasApplied(s):
		d.Coverage = s.Effective() + "/" + s.Until
	}
	if source := s.Document.Facts.Source.Value; source != text.Locale {
		d.Source = &linkedTo{d.Type, p.absolute(p.at(source, versionPath(s, "archive")))}
	}
	data, _ := json.Marshal(d) // strings: there is nothing that could fail
	return string(data)
}
