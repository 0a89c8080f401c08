package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/bep/logg"
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

// Render makes the pages and returns their files, and those of the assets they use, sorted by path. It touches no
// disk. Everything that Hugo warns of is an error, and so are two files for one path. Hugo keeps state in its
// process, so only one Render may run at a time. A fault of the layouts is a *RenderError, the same one each time: the one of
// the first page that cannot be made.
func (s *Site) Render(pages []Page) ([]File, error) {
	files, err := s.render(pages)
	var failed *failure
	if !errors.As(err, &failed) {
		return files, err
	}
	// Hugo makes many pages at a time and stops anywhere. Which is the first that fails is found by halves: most often the
	// very first, and if not even no page at all can be made, it is no fault of a page.
	if _, err := s.render(nil); errors.As(err, &failed) {
		return nil, s.explain(failed, nil)
	}
	fails := func(from, to int) bool {
		_, err := s.render(pages[from:to])
		return errors.As(err, &failed)
	}
	first := 1
	if len(pages) > 1 && !fails(0, 1) {
		first = 2 + sort.Search(len(pages)-2, func(n int) bool { return fails(0, n+2) })
	}
	if fails(first-1, first) {
		return nil, s.explain(failed, &pages[first-1])
	}
	return nil, s.explain(failed, nil) // it takes two pages
}

// render lets Hugo make the pages, once. What it has to say against that is a *failure.
func (s *Site) render(pages []Page) ([]File, error) {
	source := afero.NewMemMapFs()
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	if err := writeTo(source, files); err != nil {
		return nil, err
	}
	var file bytes.Buffer
	for i, p := range pages {
		file.Reset()
		if err := writeFrontMatter(&file, p); err != nil {
			return nil, err
		}
		name := fmt.Sprintf("%s/content/p%06d.%s.md", workingDir, i, p.Locale)
		if err := afero.WriteFile(source, name, file.Bytes(), 0o644); err != nil {
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

// writeFrontMatter writes the file of a page.
func writeFrontMatter(to io.Writer, p Page) error {
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	return enc.Encode(map[string]any{
		"url":         p.Address,
		"title":       p.Title,
		"description": p.Description,
		"layout":      p.Layout,
		"type":        "placard",
		"params":      p.Params,
	})
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
		return &failure{err: err}
	}
	fsys := hugofs.NewFromSourceAndDestination(source, target, configs.LoadingInfo.Cfg)
	counting := hugofs.NewCreateCountingFs(fsys.PublishDir)
	fsys.PublishDir = counting
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: fsys, LogLevel: logg.LevelWarn, StdOut: &printed, StdErr: &printed})
	if err != nil {
		return &failure{err: err}
	}
	defer sites.Close()
	err = sites.Build(hugolib.BuildCfg{NoBuildLock: true})
	complaints := sites.Log.LoggCount(logg.LevelError) + sites.Log.LoggCount(logg.LevelWarn)
	twice := counting.(hugofs.DuplicatesReporter).ReportDuplicates()
	if err != nil || complaints > 0 || twice != "" {
		return &failure{err, strings.TrimSpace(printed.String()), twice, sites}
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
		data := make([]byte, info.Size())
		if _, err := io.ReadFull(f, data); err != nil {
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
