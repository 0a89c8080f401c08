package cli

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestPublishedLog holds that what is public is read from the host of the site, and that a host which does not give it is no reason to
// think that nothing is.
func TestPublishedLog(t *testing.T) {
	s := &testSite{t, t.TempDir()}
	s.write("versions/LOG", "1 version\n")
	files := http.FileServer(http.Dir(s.dir))
	for _, tt := range []struct {
		name, path  string
		handler     http.Handler
		want, fails string
	}{
		{"a site", "", files, "1 version\n", ""},
		{"a site in a folder", "/legal/", http.StripPrefix("/legal", files), "1 version\n", ""},
		{"another site", "/other", http.NotFoundHandler(), "", "the host answers 404 Not Found"},
		{"a host that fails", "", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }), "", "the host answers 502 Bad Gateway"},
		{"a host that breaks off", "", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("1 version"))
		}), "", "unexpected EOF"},
		{"an empty file", "", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "", "it is empty"},
		{"a cache", "", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Cache-Control") == "no-cache" {
				_, _ = w.Write([]byte("1 version\n"))
			}
		}), "1 version\n", ""},
		{"too long", "", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for range maxLog>>20 + 1 {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		}), "", "it is too long"},
	} {
		host := httptest.NewServer(tt.handler)
		for _, given := range []bool{true, false} { // by --site, or by the address in config.toml
			where, base := host.URL+tt.path, ""
			if !given {
				where, base = "", where
			}
			data, err := (&program{}).publishedLog(where, base)
			if string(data) != tt.want || (err == nil) != (tt.fails == "") {
				t.Errorf("%s: %q, %v", tt.name, data, err)
			}
			if r, ok := err.(*refused); err != nil && (!ok || !strings.Contains(r.findings[0].Args["Text"].(string), tt.fails)) {
				t.Errorf("%s: %+v, want %q", tt.name, err, tt.fails)
			}
		}
		host.Close()
		if _, err := (&program{}).publishedLog(host.URL, ""); err == nil {
			t.Errorf("%s: a host that is not there has something", tt.name)
		}
	}
	if data, err := (&program{dir: s.dir}).publishedLog(".", "https://example.com"); err != nil || string(data) != "1 version\n" {
		t.Errorf("a folder: %q, %v", data, err)
	}
}
