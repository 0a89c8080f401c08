#!/bin/sh
# Makes the sample archive again with "placard release", from the texts that are sealed in it, in the order and with
# the dates of versions/LOG:
#
#   test/sample-archive.sh          compares it with versions/ and fails if a byte differs
#   test/sample-archive.sh --write  puts it in the place of versions/
#
# So the archive of the sample can follow the format for as long as the format may change, and the texts of the sample
# can be changed in versions/ before the first public release. Never do this with an archive that was published.
set -eu
cd "$(dirname "$0")/.."
mode=${1:-compare}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/placard" .
cp config.toml "$work/"
mkdir "$work/content"

# draft NOTICE NAME: the texts of a sealed version become the draft.
draft() {
	rm -rf "$work/content/$1"
	cp -R "versions/$1/$2" "$work/content/$1"
	rm -f "$work/content/$1/version.toml" "$work/content/$1/SHA256SUMS"
}

# Every notice begins with its first version, so that they can link to one another.
while read -r _ _ notice name _; do
	[ -d "$work/content/$notice" ] || draft "$notice" "$name"
done <versions/LOG
while read -r _ _ notice name published _; do
	draft "$notice" "$name"
	[ -f "versions/$notice/$name/translation.sum" ] || "$work/placard" translate accept "$notice" --all-locales --dir "$work" >/dev/null
	# Noon in UTC is the same day in most zones, and in that of the sample.
	SOURCE_DATE_EPOCH=$(date -u -d "${published}T12:00:00Z" +%s) \
		"$work/placard" release "$notice" --effective "$name" --yes --dir "$work" >"$work/said" 2>&1 ||
		{ cat "$work/said" >&2; exit 1; }
done <versions/LOG

case $mode in
compare) diff -r "$work/versions" versions && echo "versions/ is what placard release makes" ;;
--write)
	rm -rf versions
	mv "$work/versions" versions
	echo "versions/ was made again"
	;;
*)
	echo "usage: test/sample-archive.sh [--write]" >&2
	exit 2
	;;
esac
