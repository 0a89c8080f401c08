#!/usr/bin/env bash
# Everything that must hold before a change lands. It needs Go, and for the browser tests Node.js 18.19 or later, npm,
# Chromium and Java; what is missing it installs where it can (Debian and Ubuntu, as root), and otherwise says what to install.
#
#   ./check.sh          what must hold, in a few minutes
#   ./check.sh --long   the same with the long counts: at least 500 killed releases and builds, and the like, with a table of them
set -euo pipefail
cd "$(dirname "$0")"

long=
case "$*" in
"") ;;
--long) long=yes ;;
*)
	echo "usage: ./check.sh [--long]" >&2
	exit 2
	;;
esac

step() { printf '\n== %s\n' "$*"; }

# need COMMAND PACKAGE...: makes sure that there is a command.
need() {
	local command=$1
	shift
	command -v "$command" >/dev/null && return
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "installing $*"
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
	fi
	command -v "$command" >/dev/null || {
		echo "check.sh needs $command: install $* (Debian), or the like" >&2
		exit 1
	}
}

step "format"
unformatted=$(gofmt -l -- *.go internal test)
if [ -n "$unformatted" ]; then
	printf 'not formatted, run gofmt -w:\n%s\n' "$unformatted" >&2
	exit 1
fi
go mod tidy -diff

step "vet and staticcheck"
go vet ./...
go tool staticcheck ./...

step "tests"
need git git
need ssh-keygen openssh-client
go test ./...
if [ -n "$long" ]; then
	step "long tests"
	# Run in the folder of the package, the test prints its table of counts: docs/faults.md says how to read it.
	(cd internal/cli && PLACARD_LONG=1 go test -count=1 -timeout=3h -run "Killed|Fails|FullDisk|AtOnce|Told|Journal|FewHandles|AnchorsNeverDie|Tampered|Forged")
fi

step "the sample site"
go run . verify
go run . check
go run . build --out public
test/sample-archive.sh

step "pages in a browser"
need node nodejs
need npm npm
need java default-jre-headless
if [ -z "${CHROMIUM:-}" ]; then
	need chromium chromium fonts-noto-core fonts-noto-cjk
fi
(
	cd test/browser
	export PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
	npm ci --silent
	npm test --silent
)

step "all good"
if [ "$(id -u)" != 0 ]; then
	echo "but for one thing that only root can try: that another user's build has the same bytes (TestSameBytes)"
fi
