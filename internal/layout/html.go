package layout

import (
	"bytes"
	"regexp"
	"strings"

	"placard/internal/diag"
	"placard/internal/template"
)

// directives are those of a policy that let pages have an element.
var directives = map[string]string{
	"iframe": "frame-src", "frame": "frame-src", "object": "object-src", "embed": "object-src", "audio": "media-src", "video": "media-src",
	"form": "form-action", "base": "base-uri",
}

// runs are the attributes whose address a browser follows, or runs where it is a script.
var runs = set(strings.Fields("href src action formaction data"))

var (
	htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	tag         = regexp.MustCompile(`<([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)`)
	attribute   = regexp.MustCompile(`\s([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'=]+))`)
	script      = regexp.MustCompile(`^\s*(?i:javascript):`)
	foreign     = regexp.MustCompile(`^(?i:https?:)?//[^"'\s>/?#]+`)
	inert       = regexp.MustCompile(`(?i)\stype\s*=\s*["']?(?:application/(?:ld\+)?json|text/plain)\b`)
	loaded      = regexp.MustCompile(`(?i)\ssrc\s*=`)
	loading     = regexp.MustCompile(`(?i)\srel\s*=\s*["']?[^"'>]*\b(?:stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|modulepreload|prerender|manifest)\b`)
)

// html finds what a layout prints and browsers do not show or run, since the policy of the page forbids it.
func (c *checker) html(t *template.Template) {
	shown := htmlComment.ReplaceAllFunc(t.Printed, func(b []byte) []byte { return bytes.Repeat([]byte(" "), len(b)) })
	for _, m := range tag.FindAllSubmatchIndex(shown, -1) {
		e := element{strings.ToLower(string(shown[m[2]:m[3]])), string(shown[m[4]:m[5]])}
		if id := c.forbidden(e); id != "" {
			c.findings.Add(t.Place(m[0]), id, diag.Args{"Text": string(shown[m[0]:m[3]]) + ">"})
			continue // what it would load does not matter
		}
		for _, a := range attribute.FindAllStringSubmatchIndex(e.attributes, -1) {
			name, value, offset := e.attributes[a[2]:a[3]], "", 0
			for i := 4; i < len(a); i += 2 {
				if a[i] >= 0 {
					value, offset = e.attributes[a[i]:a[i+1]], a[i]
				}
			}
			switch id, text := c.attribute(e, strings.ToLower(name), value); {
			case id == "layout-file":
				c.findings.Warn(t.Place(m[4]+offset), id, diag.Args{"Text": text})
			case text != "":
				c.findings.Add(t.Place(m[4]+offset), id, diag.Args{"Text": text})
			case id != "":
				c.findings.Add(t.Place(m[4]+a[2]), id, diag.Args{"Text": name})
			}
		}
	}
}

// An element is the tag that begins it: its name, and all that follows that in the tag.
type element struct{ name, attributes string }

// forbidden returns the finding for an element that the policy forbids as a whole, or nothing.
func (c *checker) forbidden(e element) string {
	directive, guarded := directives[e.name]
	switch {
	case e.name == "script" && !inert.MatchString(e.attributes) && !c.mayRun(e):
		return "layout-script"
	case e.name == "style" && !c.policy.AllowsInline("style-src-elem"):
		return "layout-style"
	case guarded && !c.policy.Allows(directive):
		return "layout-element"
	}
	return ""
}

// mayRun reports whether browsers run a script: one that stands in the page itself, or one that is loaded.
func (c *checker) mayRun(e element) bool {
	if !loaded.MatchString(e.attributes) {
		return c.policy.AllowsInline("script-src-elem")
	}
	return c.policy.Allows("script-src-elem")
}

// attribute returns the finding for an attribute that the policy forbids, or nothing; text is the part of the value that is
// forbidden, and empty where it is the attribute itself.
func (c *checker) attribute(e element, name, value string) (id, text string) {
	switch {
	case len(name) > 2 && strings.HasPrefix(name, "on"):
		if !c.policy.AllowsInline("script-src-attr") {
			return "layout-script", ""
		}
	case name == "style":
		if !c.policy.AllowsInline("style-src-attr") {
			return "layout-style", ""
		}
	case runs[name] && script.MatchString(value):
		if !c.policy.AllowsInline("script-src-elem") {
			return "layout-script", "javascript:"
		}
	case name == "src", name == "srcset", name == "poster", name == "href" && e.name == "link" && loading.MatchString(e.attributes):
		return c.loads(value, sourcesOf(e))
	}
	return "", ""
}

// sourcesOf are the directives of which one has to allow what an element loads.
func sourcesOf(e element) []string {
	all := []string{"script-src-elem", "img-src", "style-src-elem", "font-src", "media-src", "frame-src", "object-src", "manifest-src"}
	switch e.name {
	case "script":
		return all[:1]
	case "link": // which may fetch anything ahead
		return all
	}
	return all[1:]
}

// loads returns the finding for an address that a browser loads of itself where one of the directives allows it, and that part of
// the address, or nothing.
func (c *checker) loads(address string, directives []string) (id, text string) {
	host := foreign.FindString(address)
	file, _, _ := strings.Cut(address, "#")
	switch {
	case host != "":
		if !c.policy.AllowsFrom(host, directives...) {
			return "layout-foreign", host
		}
	case strings.HasPrefix(address, "data:"):
		if !c.policy.AllowsFrom("data:", directives...) {
			return "layout-element", "data:"
		}
	case strings.ContainsAny(file, ": ,") || strings.HasSuffix(file, "/"): // not whole, several, or a page
	case file != "" && !c.published(file):
		return "layout-file", file
	}
	return "", ""
}
