#!/bin/sh
# Makes the sample archive again with the commands of placard, from the texts that are sealed in it, in the order and with
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

# placard ARGS...: in the site that is made, silent unless it fails.
placard() {
	"$work/placard" "$@" --dir "$work" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
}

# draft NOTICE NAME FOLDER: the texts of a sealed folder become a draft.
draft() {
	rm -rf "$3"
	mkdir -p "$(dirname "$3")"
	cp -R "versions/$1/$2" "$3"
	rm -f "$3/version.toml" "$3/SHA256SUMS"
}

# Every notice begins with its first version, so that they can link to one another.
while read -r _ _ notice name _; do
	[ -d "$work/content/$notice" ] || draft "$notice" "$name" "$work/content/$notice"
done <versions/LOG
while read -r _ kind notice name published _; do
	# Noon in UTC is the same day in most zones, and in that of the sample.
	SOURCE_DATE_EPOCH=$(date -u -d "${published}T12:00:00Z" +%s)
	export SOURCE_DATE_EPOCH
	case $kind in
	version)
		draft "$notice" "$name" "$work/content/$notice"
		[ -f "versions/$notice/$name/translation.sum" ] || placard translate accept "$notice" --all-locales
		placard release "$notice" --effective "$name" --yes
		;;
	translation)
		version=${name%-s*}
		for text in "versions/$notice/$name"/index.*.md; do
			locale=${text##*/index.}
			placard reopen "$notice" "$version" --locale "${locale%.md}"
		done
		draft "$notice" "$name" "$work/content/$notice/supplements/$version"
		placard release "$notice" --supplement "$version" --yes
		;;
	esac
done <versions/LOG

case $mode in
compare) diff -r "$work/versions" versions && echo "versions/ is what placard makes" ;;
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
