package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/herrors"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/afero"
)

// workingDir is where the site lies in the memory that Hugo is given; it is no place on any disk.
const workingDir = "/site"

// A Page is one page to be made: where it goes and what the layouts are told.
type Page struct {
	// Address is the path of the page below the base URL, with a leading slash: "/ms/privacy/" or "/404.html".
	// No two pages of one call may have the same.
	Address string
	// Locale is the key of one of the configured languages, in lower case.
	Locale string
	// Layout names the template below layouts/, without its ending: "version".
	Layout      string
	Title       string
	Description string
	// Params is what the layout reads as .Params; it is passed on as JSON.
	Params any
}

// A File is one rendered file.
type File struct {
	// Path is relative to the root of the published site, with slashes: "ms/privacy/index.html".
	Path string
	Data []byte
}

// A RenderError is what Hugo had to say against a build. File is empty where Hugo named no place.
type RenderError struct {
	File         string
	Line, Column int
	Text         string
}

func (e *RenderError) Error() string {
	if e.File == "" {
		return e.Text
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
}

// Render makes the pages and returns their files, and those of the assets they use, sorted by path. It touches no
// disk. Everything that Hugo warns of is an error, and so are two files for one path. Hugo keeps state in its
// process, so only one Render may run at a time.
func (s *Site) Render(pages []Page) ([]File, error) {
	source := afero.NewMemMapFs()
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	if err := writeTo(source, files); err != nil {
		return nil, err
	}
	for i, p := range pages {
		data, err := frontMatter(p)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("%s/content/p%06d.%s.md", workingDir, i, p.Locale)
		if err := afero.WriteFile(source, name, data, 0o644); err != nil {
			return nil, err
		}
	}
	settings, err := toml.Marshal(s.settings())
	if err != nil {
		return nil, err
	}
	if err := afero.WriteFile(source, workingDir+"/hugo.toml", settings, 0o644); err != nil {
		return nil, err
	}
	target := afero.NewMemMapFs()
	if err := build(source, target, "hugo.toml"); err != nil {
		return nil, err
	}
	return collect(target)
}

func frontMatter(p Page) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(map[string]any{
		"url":         p.Address,
		"title":       p.Title,
		"description": p.Description,
		"layout":      p.Layout,
		"type":        "placard",
		"params":      p.Params,
	})
	return buf.Bytes(), err
}

// publishDir is where Hugo puts its files, in the memory of the target.
const publishDir = "/public"

// build lets Hugo build what lies in source into target, by the configuration of the given name.
func build(source, target afero.Fs, configuration string) error {
	var printed bytes.Buffer
	flags := config.New()
	flags.Set("workingDir", workingDir)
	flags.Set("publishDir", publishDir)
	logger := loggers.New(loggers.Options{Level: logg.LevelWarn, StdOut: &printed, StdErr: &printed, StoreErrors: true})
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs:           source,
		Logger:       logger,
		Flags:        flags,
		Filename:     workingDir + "/" + configuration,
		Environment:  "production",
		Environ:      []string{"PLACARD=1"},
		SkipNpmCheck: true,
	})
	if err != nil {
		return renderError(err)
	}
	fsys := hugofs.NewFromSourceAndDestination(source, target, configs.LoadingInfo.Cfg)
	counting := hugofs.NewCreateCountingFs(fsys.PublishDir)
	fsys.PublishDir = counting
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: fsys, LogLevel: logg.LevelWarn, StdOut: &printed, StdErr: &printed})
	if err != nil {
		return renderError(err)
	}
	defer sites.Close()
	if err := sites.Build(hugolib.BuildCfg{NoBuildLock: true}); err != nil {
		// What a template itself complains of is in the log only.
		if said := strings.TrimSpace(printed.String()); said != "" && len(herrors.UnwrapFileErrors(err)) == 0 {
			return &RenderError{Text: inSite(said)}
		}
		return renderError(err)
	}
	if n := sites.Log.LoggCount(logg.LevelError) + sites.Log.LoggCount(logg.LevelWarn); n > 0 {
		return &RenderError{Text: inSite(strings.TrimSpace(printed.String()))}
	}
	if twice := counting.(hugofs.DuplicatesReporter).ReportDuplicates(); twice != "" {
		return &RenderError{Text: "two pages for one address: " + twice}
	}
	return nil
}

func collect(target afero.Fs) ([]File, error) {
	var files []File
	err := afero.Walk(target, publishDir, func(name string, info fs.FileInfo, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) && name == publishDir {
				return nil
			}
			return err
		}
		if info.IsDir() {
			return nil
		}
		f, err := target.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(publishDir, name)
		if err != nil {
			return err
		}
		files = append(files, File{Path: filepath.ToSlash(rel), Data: data})
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// renderError keeps the innermost position that Hugo gives, with the path as an editor of the site knows it.
func renderError(err error) error {
	for _, fe := range herrors.UnwrapFileErrors(err) {
		pos := fe.Position()
		if !pos.IsValid() {
			continue
		}
		return &RenderError{File: siteFile(pos.Filename), Line: pos.LineNumber, Column: pos.ColumnNumber, Text: inSite(fe.Error())}
	}
	return &RenderError{Text: inSite(err.Error())}
}

func siteFile(name string) string {
	return strings.TrimPrefix(path.Clean(filepath.ToSlash(name)), workingDir+"/")
}

// inSite names files in Hugo's words as an editor of the site knows them.
func inSite(text string) string { return strings.ReplaceAll(text, workingDir+"/", "") }
