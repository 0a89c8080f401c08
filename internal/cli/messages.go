package cli

import (
	_ "embed"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"placard/internal/diag"
)

//go:embed messages/en.toml
var english []byte

// messages are the sentences of the commands.
type messages struct{ localizer *i18n.Localizer }

func loadMessages() (*messages, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	if _, err := bundle.ParseMessageFileBytes(english, "en.toml"); err != nil {
		return nil, err
	}
	return &messages{i18n.NewLocalizer(bundle, "en")}, nil
}

// find returns the message of the ID, with arguments that no terminal obeys. A message that counts is given Count.
func (m *messages) find(id string, args diag.Args) (string, bool) {
	config := &i18n.LocalizeConfig{MessageID: strings.ReplaceAll(id, ".", "_"), TemplateData: visibleArgs(args)}
	if n, ok := args["Count"]; ok {
		config.PluralCount = n
	}
	s, err := m.localizer.Localize(config)
	if err != nil && config.PluralCount != nil { // it has one form for all numbers
		config.PluralCount = nil
		s, err = m.localizer.Localize(config)
	}
	return strings.TrimRight(s, "\n"), err == nil
}

// get returns the message of the ID, or the ID itself where there is none.
func (m *messages) get(id string, args diag.Args) string {
	if s, ok := m.find(id, args); ok {
		return s
	}
	return id
}
