package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"placard/internal/archive"
	"placard/internal/diag"
)

const (
	// nothingPublished says in the place of an address that nothing of the site is public yet.
	nothingPublished = "none"
	// fetchTime is how long a host may take to answer, and maxLog how many bytes a LOG can have.
	fetchTime = 30 * time.Second
	maxLog    = 16 << 20
)

// publishedLog reads the LOG that is public: at the address of the site, or in a folder with what was published; nothing where
// nothing was.
func (p *program) publishedLog(where, base string) ([]byte, error) {
	if where == "" {
		where = base
	}
	var data []byte
	var err error
	switch {
	case where == nothingPublished:
		return nil, nil
	case strings.HasPrefix(where, "https://") || strings.HasPrefix(where, "http://"):
		where = strings.TrimSuffix(where, "/") + "/" + archive.Dir + "/" + archive.LogFile
		data, err = fetch(where)
	default:
		if !filepath.IsAbs(where) {
			where = filepath.Join(p.dir, where)
		}
		where = filepath.Join(where, archive.Dir, archive.LogFile)
		data, err = os.ReadFile(where)
		if file := (*fs.PathError)(nil); errors.As(err, &file) {
			err = file.Err
		}
	}
	if err == nil && len(data) == 0 { // no site has a LOG without a line
		err = errors.New("it is empty")
	}
	if err != nil {
		return nil, refuse(diag.Position{File: filepath.ToSlash(where)}, "published-unread", diag.Args{"Text": err.Error()})
	}
	return data, nil
}

// fetch gets a file from a host.
func fetch(address string) ([]byte, error) {
	q, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	q.Header.Set("Cache-Control", "no-cache") // what a cache has may be older than what is public
	c := http.Client{Timeout: fetchTime}
	r, err := c.Do(q)
	if err != nil {
		if wrapped := errors.Unwrap(err); wrapped != nil { // without the address, which is said already
			err = wrapped
		}
		return nil, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the host answers %s", r.Status)
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, maxLog+1))
	if err == nil && len(data) > maxLog {
		err = errors.New("it is too long")
	}
	return data, err
}
