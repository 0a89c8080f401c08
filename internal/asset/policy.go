package asset

import (
	"net/url"
	"regexp"
	"strings"
)

// A Policy is what pages let browsers load and run (Content Security Policy Level 3). The zero Policy forbids nothing.
type Policy struct {
	directives map[string][]string
	origin     string
}

var (
	policyElement = regexp.MustCompile(`(?is)<meta\b[^>]*\bhttp-equiv\s*=\s*["']?content-security-policy\b[^>]*>`)
	policyContent = regexp.MustCompile(`(?is)\bcontent\s*=\s*"([^"]*)"`)
)

// ReadPolicy reads the policy that a layout puts into pages of the origin, "https://example.com", and reports whether it has
// one. Of one that it makes of parts nothing is known to be forbidden.
func ReadPolicy(layout []byte, origin string) (p Policy, ok bool) {
	p.origin = origin
	element := policyElement.Find(layout)
	m := policyContent.FindSubmatch(element)
	if m == nil || strings.Contains(string(m[1]), "{{") {
		return p, element != nil
	}
	p.directives = map[string][]string{}
	for directive := range strings.SplitSeq(strings.ToLower(string(m[1])), ";") {
		words := strings.Fields(directive)
		if len(words) == 0 {
			continue
		}
		if _, twice := p.directives[words[0]]; !twice { // the first one holds
			p.directives[words[0]] = words[1:]
		}
	}
	return p, true
}

// wider are the directives that hold where one is absent; for all others that is default-src.
var wider = map[string]string{
	"script-src-elem": "script-src", "script-src-attr": "script-src", "style-src-elem": "style-src", "style-src-attr": "style-src",
	"frame-src": "child-src", "default-src": "", "base-uri": "", "form-action": "",
}

// sources returns what a directive lists, and whether it, or one that holds in its place, is there at all.
func (p Policy) sources(directive string) (list []string, ok bool) {
	for directive != "" {
		if list, ok := p.directives[directive]; ok {
			return list, true
		}
		next, ok := wider[directive]
		if !ok {
			next = "default-src"
		}
		directive = next
	}
	return nil, false
}

// Allows reports whether a directive lets a page have what it is for, from anywhere.
func (p Policy) Allows(directive string) bool {
	list, ok := p.sources(directive)
	return !ok || len(list) > 0 && list[0] != "'none'"
}

// AllowsInline reports whether a directive allows scripts or styles, some at least, that stand in the page itself.
func (p Policy) AllowsInline(directive string) bool {
	list, ok := p.sources(directive)
	if !ok {
		return true
	}
	for _, source := range list {
		for _, prefix := range []string{"'unsafe-", "'sha", "'nonce-"} {
			if strings.HasPrefix(source, prefix) {
				return true
			}
		}
	}
	return false
}

// AllowsFrom reports whether one of the directives lets a page load what is at an address: one with a host, or "data:…".
func (p Policy) AllowsFrom(address string, directives ...string) bool {
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return true // browsers find out
	}
	for _, directive := range directives {
		list, ok := p.sources(directive)
		if !ok {
			return true
		}
		for _, source := range list {
			if p.matches(source, u) {
				return true
			}
		}
	}
	return false
}

// matches reports whether an address is one that a source of a directive names.
func (p Policy) matches(source string, u *url.URL) bool {
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname())
	switch source {
	case "*":
		return host != ""
	case "'self'":
		return host != "" && strings.EqualFold(scheme+"://"+u.Host, p.origin)
	case scheme + ":":
		return true
	}
	if _, after, ok := strings.Cut(source, "://"); ok {
		source = after
	}
	source, _, _ = strings.Cut(source, "/")
	source, _, _ = strings.Cut(source, ":")
	if suffix, ok := strings.CutPrefix(source, "*"); ok {
		return len(suffix) > 1 && strings.HasSuffix(host, suffix)
	}
	return host != "" && source == host
}
