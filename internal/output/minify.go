package output

import (
	"fmt"
	"path"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"
)

// Minify makes the HTML files smaller and leaves all others as they are: styles carry a fingerprint already. Tags
// and quotes that HTML lets out are kept, so that simple tools can read the pages too.
func Minify(files []File) error {
	m := minify.New()
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true})
	for i, f := range files {
		if !isHTML(f.Path) {
			continue
		}
		data, err := m.Bytes("text/html", f.Data)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		files[i].Data = data
	}
	return nil
}

func isHTML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".html" || ext == ".htm"
}
