package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"placard/internal/diag"
	"placard/internal/notice"
	"placard/internal/translation"
)

// Accept records of every draft of a site that can be read that its translations are up to date, as their translators
// would say after a change of the source.
func Accept(t testing.TB, dir string) {
	t.Helper()
	site := os.DirFS(dir)
	folders, err := os.ReadDir(filepath.Join(dir, contentDir))
	if err != nil {
		return
	}
	for _, f := range folders {
		doc, findings := notice.Load(site, inContent(f.Name()), f.Name())
		broken := func(f diag.Finding) bool { return f.Severity == diag.Error && f.ID != "placeholder" }
		if !f.IsDir() || slices.ContainsFunc(findings, broken) || len(doc.Texts) < 2 {
			continue
		}
		sum, wrong := translation.ReadSum(doc)
		if wrong.Errors() > 0 {
			continue
		}
		for locale, all := range translation.StatusOf(doc, sum) {
			sum.Accept(locale, all)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(doc.SumFile())), sum.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
