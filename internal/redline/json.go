package redline

import (
	"encoding/json"

	"placard/internal/notice"
)

// The JSON of a redline is a list of sections. Each says what happened, in the words of Kind, and where it stands in either text:
//
//	{
//	  "kind": "changed",
//	  "moved": true,
//	  "old": {"anchor": "cookies", "number": "4", "level": 2},
//	  "new": {"anchor": "cookies", "number": "3", "level": 2},
//	  "title": [{"equal": "Cookies"}],
//	  "blocks": [
//	    {"text": [{"equal": "We keep them for"}, {"deleted": " 12"}, {"inserted": " 6"}, {"equal": " months."}]},
//	    {"only": "new", "in": ["ul 1", "li 1"], "text": [{"inserted": "Your choice is kept."}]},
//	    {"in": ["table 2"], "head": true, "cells": [[{"equal": "Name"}], [{"equal": "Purpose"}]]}
//	  ],
//	  "inserted": 5,
//	  "deleted": 1,
//	  "links": [{"deleted": "/terms/"}, {"inserted": "https://example.com/"}]
//	}
//
// "old" and "new" are absent where the text has not the section, and for the words before the first one. "moved", "head", "in" and
// lists without anything in them are absent too. "only" is there for a block that one text alone has. A block is a row of a table
// and has "cells", or it has "text". "in" are the elements around it as HTML names them, from the outermost, each with a number that
// tells it apart from others in the same place; that of an item in "ol" or "notes" is the one printed. Elements that the older text
// alone has have numbers below 0. "inserted" and "deleted" count words.

type jsonSection struct {
	Kind     Kind       `json:"kind"`
	Moved    bool       `json:"moved,omitempty"`
	Old      *jsonPlace `json:"old,omitempty"`
	New      *jsonPlace `json:"new,omitempty"`
	Title    []Piece    `json:"title,omitempty"`
	Blocks   []Block    `json:"blocks,omitempty"`
	Inserted int        `json:"inserted,omitempty"`
	Deleted  int        `json:"deleted,omitempty"`
	Links    []Link     `json:"links,omitempty"`
}

type jsonPlace struct {
	Anchor string `json:"anchor"`
	Number string `json:"number"`
	Level  int    `json:"level"`
}

func placeIn(s *notice.Section) *jsonPlace {
	if s == nil {
		return nil
	}
	return &jsonPlace{s.Anchor, s.Number, s.Level}
}

// MarshalJSON returns the section in the form that stands at the beginning of json.go.
func (s Section) MarshalJSON() ([]byte, error) {
	return json.Marshal(jsonSection{
		Kind: s.Kind, Moved: s.Moved, Old: placeIn(s.Old), New: placeIn(s.New),
		Title: s.Title, Blocks: s.Blocks, Inserted: s.Inserted, Deleted: s.Deleted, Links: s.Links,
	})
}

type jsonBlock struct {
	Only  string    `json:"only,omitempty"`
	In    []string  `json:"in,omitempty"`
	Head  bool      `json:"head,omitempty"`
	Text  []Piece   `json:"text,omitempty"`
	Cells [][]Piece `json:"cells,omitempty"`
}

// MarshalJSON returns the block as it stands in a section.
func (b Block) MarshalJSON() ([]byte, error) {
	out := jsonBlock{Head: b.Head, Only: [...]string{Equal: "", Deleted: "old", Inserted: "new"}[b.Op]}
	for _, p := range b.In {
		out.In = append(out.In, p.String())
	}
	if !b.Row() {
		out.Text = b.Cells[0]
		return json.Marshal(out)
	}
	for _, cell := range b.Cells {
		out.Cells = append(out.Cells, append([]Piece{}, cell...)) // an empty cell is a list with nothing in it
	}
	return json.Marshal(out)
}

// MarshalJSON returns the words with what became of them: {"equal": "…"}, {"deleted": "…"} or {"inserted": "…"}.
func (p Piece) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{[...]string{Equal: "equal", Deleted: "deleted", Inserted: "inserted"}[p.Op]: p.Text})
}

// MarshalJSON returns the destination in the form of a Piece.
func (l Link) MarshalJSON() ([]byte, error) {
	op := Inserted
	if l.Old {
		op = Deleted
	}
	return json.Marshal(Piece{Op: op, Text: l.Destination})
}
