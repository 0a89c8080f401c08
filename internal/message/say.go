package message

import "strings"

// Say returns the text of a message that counts nothing, with values put in by their names; false where the set has no such
// message.
func (s Set) Say(id string, values map[string]string) (string, bool) {
	m, ok := s[id]
	if !ok {
		return "", false
	}
	text := m.Forms["other"].Value
	if !strings.Contains(text, "{{") {
		return text, true
	}
	return value.ReplaceAllStringFunc(text, func(action string) string {
		return values[value.FindStringSubmatch(action)[1]]
	}), true
}
