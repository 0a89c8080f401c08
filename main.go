// Placard publishes legal notices as static pages, sealed version by version. See README.md.
package main

import (
	"embed"
	"os"

	"placard/internal/cli"
)

// What a site has not, it takes from here. Without "all:" the names that begin with "_" would be left out.
//
//go:embed all:layouts all:assets all:i18n all:archetypes
var defaults embed.FS

func main() { os.Exit(cli.Main(defaults)) }
