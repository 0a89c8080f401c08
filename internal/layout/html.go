package layout

import (
	"regexp"
	"strings"

	"placard/internal/diag"
)

// A policy is what browsers let a page do: the text of the partial policy.html. Placard's own forbids all that html looks
// for; a site that has written its own is taken at its word.
type policy string

func policyOf(f File) policy {
	if f.Own {
		return policy(f.Data)
	}
	return ""
}

// allows reports whether a policy of the site has the directive, and not for nothing.
func (p policy) allows(directive string) bool {
	_, sources, ok := strings.Cut(string(p), directive)
	return ok && !strings.HasPrefix(strings.TrimSpace(sources), "'none'")
}

// directives are those that let a page have an element; none but a policy of the site has them.
var directives = map[string]string{
	"iframe": "frame-src", "frame": "frame-src", "object": "object-src", "embed": "object-src", "audio": "media-src", "video": "media-src",
	"form": "form-action", "base": "base-uri",
}

var (
	htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	script      = regexp.MustCompile(`(?i)<script\b|\s(on[a-z]+)\s*=\s*["']|["'=]\s*(javascript:)`)
	style       = regexp.MustCompile(`(?i)<style\b|\s(style)\s*=\s*["']`)
	element     = regexp.MustCompile(`(?i)<(iframe|frame|object|embed|audio|video|form|base)\b[^>]*>?`)
	foreign     = regexp.MustCompile(`(?i)(?:\s(?:src|srcset|poster)\s*=\s*["']?|<link\b[^>]*\shref\s*=\s*["']?)((?:https?:)?//[^"'\s>/?#]+)`)
	inlined     = regexp.MustCompile(`(?i)\s(?:src|srcset|poster)\s*=\s*["']?(data:)`)
)

// html finds what a layout prints and browsers do not show or run, since the policy of the page forbids it.
func (c *checker) html(t *template) {
	for _, text := range t.texts {
		shown := htmlComment.ReplaceAllStringFunc(text.name, blank)
		find := func(pattern *regexp.Regexp, id string, allowed func(found string) bool) {
			for _, m := range pattern.FindAllStringSubmatchIndex(shown, -1) {
				begin, end := m[0], m[1]
				for i := 2; i < len(m); i += 2 { // the part that matters, where there is one
					if m[i] >= 0 {
						begin, end = m[i], m[i+1]
					}
				}
				found := shown[begin:end]
				if allowed(strings.ToLower(strings.TrimPrefix(found, "<"))) {
					continue
				}
				if begin > 0 && shown[begin-1] == '<' {
					begin, found = begin-1, "<"+found
				}
				if found[0] == '<' {
					found += ">"
				}
				c.findings.Add(t.place(text.offset+begin), id, diag.Args{"Text": found})
			}
		}
		find(script, "layout-script", func(string) bool { return c.policy.allows("script-src") })
		find(style, "layout-style", func(string) bool { return strings.Contains(string(c.policy), "'unsafe-inline'") })
		find(element, "layout-element", func(name string) bool { return c.policy.allows(directives[name]) })
		shown = element.ReplaceAllStringFunc(shown, blank) // what an element that is forbidden would load does not matter
		find(foreign, "layout-foreign", func(address string) bool {
			return strings.Contains(string(c.policy), address[strings.LastIndex(address, "/")+1:])
		})
		find(inlined, "layout-element", func(string) bool { return strings.Contains(string(c.policy), "data:") })
	}
}

func blank(s string) string { return strings.Repeat(" ", len(s)) }
