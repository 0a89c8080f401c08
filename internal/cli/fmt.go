package cli

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"placard/internal/diag"
	"placard/internal/markdown"
	"placard/internal/notice"
	"placard/internal/plain"
)

func (p *program) fmtCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "fmt [NOTICE]",
		Args: atMost(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.format(args) },
	}
}

// format mends the form of the texts and of notice.toml in content/, or in the folder of one notice, and nothing else. What
// else is wrong with them is no hindrance, and links to other files are left alone.
func (p *program) format(args []string) error {
	root := contentDir
	if len(args) == 1 {
		root = inContent(args[0])
		if !fs.ValidPath(root) || strings.Contains(args[0], "/") {
			return refuse(diag.Position{}, "slug-form", diag.Args{"Notice": args[0]})
		}
	}
	for _, dir := range []string{contentDir, root} {
		if err := p.noLink(dir); err != nil {
			return err
		}
	}
	mended := edits{}
	var said []diag.Args
	err := fs.WalkDir(p.site(), root, func(name string, d fs.DirEntry, err error) error {
		text := strings.HasSuffix(name, ".md") || path.Base(name) == notice.FactsFile
		switch {
		case err != nil:
			return err
		case plain.IsLitter(name) && d.IsDir():
			return fs.SkipDir
		case plain.IsLitter(name), !d.Type().IsRegular(), !text:
			return nil
		}
		data, err := plain.Read(p.site(), name, markdown.MaxFile)
		if errors.Is(err, plain.ErrTooLong) { // it is no text
			return nil
		}
		if err != nil {
			return err
		}
		if data, ids := plain.Mend(data); len(ids) > 0 {
			mended[name] = data
			said = append(said, diag.Args{"File": name, "What": p.mendings(ids)})
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(args) == 1:
		slugs, loose, err := p.contents()
		if err != nil {
			return err
		}
		return noSuchNotice(args[0], slugs, loose)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return broken(err)
	case len(mended) == 0:
		p.say("fmt.nothing", nil)
		return nil
	}
	if err := p.put("placard fmt", mended); err != nil {
		return err
	}
	for _, args := range said {
		p.say("fmt.mended", args)
	}
	p.say("fmt.good", diag.Args{"Count": len(mended)})
	return nil
}

// mendings says in words what was mended.
func (p *program) mendings(ids []string) string {
	names := map[string]string{
		"byte-order-mark": "fmt.byte-order-mark", "carriage-return": "fmt.carriage-return", "not-nfc": "fmt.not-nfc",
		"no-newline-at-end": "fmt.no-newline-at-end",
	}
	var out []string
	for _, id := range ids {
		out = append(out, p.messages.get(names[id], nil))
	}
	return strings.Join(out, ", ")
}
