#!/bin/sh
# Checks the sealed versions of a site that was made by Placard, without Placard: with sha256sum and the tools of POSIX.
#
#   sh verify.sh [FOLDER]    those of the site, or of its copy, in FOLDER; without it, where versions/ lies below
#   sh verify.sh ADDRESS     fetches those of the site at ADDRESS into versions/ first, with curl
#
# It stops at the first fault with exit code 1, and ends with the number of the last line of LOG, its hash, and "good".
# docs/archive-format.md of Placard says what each check is for. Whoever doubts a site takes this file from elsewhere.

set -eu
LC_ALL=C; export LC_ALL
fault() { echo "fault: $*" >&2; exit 1; }

site=
case ${1:-.} in
https://* | http://*)
	site=${1%/}
	test ! -e versions || fault "versions is there already; fetch into an empty folder"
	;;
*) cd "${1:-.}" ;;
esac
# fetch FILE: from the site, where there is one. No name leads out of versions/: that is checked before.
fetch() {
	test -n "$site" || return 0
	mkdir -p "$(dirname "$1")"
	curl -fsS -o "$1" "$site/$1" || fault "$site/$1 cannot be fetched"
}

log=versions/LOG
fetch "$log"
hash='[0-9a-f]{64}'
date='[0-9]{4}-[0-9]{2}-[0-9]{2}'
name="$date(\\.([2-9]|[1-9][0-9]{1,3}))?"
part='[A-Za-z0-9_-][A-Za-z0-9._-]*'
test -f "$log" || fault "$log is not there"
slug='[a-z]([a-z0-9-]*[a-z0-9])?'
form="[1-9][0-9]* (version $slug $name|(translation|erratum|cancellation|withdrawal) $slug $name-s[1-9][0-9]{0,3}) $date $hash $hash"
bad=$(grep -Evn "^$form\$" "$log") && fault "$log: $bad"

count=0 day= files=$log
before=0000000000000000000000000000000000000000000000000000000000000000
while IFS=' ' read -r number kind notice name published seal previous; do
	folder=versions/$notice/$name
	sums=$folder/SHA256SUMS
	count=$((count + 1))

	# The line: its number, the chain, its date, its seal.
	test "$number" = "$count" || fault "$log: line $count has the number $number"
	test "$previous" = "$before" || fault "$log: line $number does not follow from the line before it"
	printf '%s\n' "$day" "$published" | sort -c 2>/dev/null || fault "$log: line $number is dated too early"
	fetch "$sums"
	test -f "$sums" || fault "$sums is not there"
	test "$(sha256sum <"$sums" | cut -c1-64)" = "$seal" || fault "$sums is not the one that line $number of $log seals"

	# The folder: the form of SHA256SUMS, the files, the beginning of version.toml.
	bad=$(grep -Evn "^$hash  $part(/$part)*\$" "$sums") && fault "$sums: $bad"
	cut -c67- "$sums" | sort -cu 2>/dev/null || fault "$sums is not sorted"
	for file in $(cut -c67- "$sums"); do
		fetch "$folder/$file"
	done
	bad=$(cd "$folder" && sha256sum -c SHA256SUMS 2>&1) || fault "$folder: $bad"
	of=${name%-s*} nth=${name##*-s}
	test "$(sed 6q "$folder/version.toml")" = "format = 1
kind = \"$kind\"
notice = \"$notice\"
name = \"$name\"
effective-from = ${of%.*}
published-on = $published" || fault "$folder/version.toml says something else than line $number of $log"

	# A supplement comes after its version, or after the supplement before it, and has texts alone, or nothing.
	if test "$kind" != version; then
		test "$nth" = 1 && follows=$of || follows=$of-s$((nth - 1))
		printf '%s\n' "$files" | grep -Fqx "versions/$notice/$follows/SHA256SUMS" || fault "$folder does not follow $follows"
		bad=$(cut -c67- "$sums" | grep -Ex 'notice\.toml') && fault "$folder has $bad"
		case $kind in cancellation | withdrawal)
			bad=$(cut -c67- "$sums" | grep -vx 'version\.toml') && fault "$folder has $bad"
			;;
		esac
	fi

	files="$files
$sums
$(cut -c67- "$sums" | sed "s|^|$folder/|")"
	before=$(printf '%s\n' "$number $kind $notice $name $published $seal $previous" | sha256sum | cut -c1-64)
	day=$published
done <"$log"
test -z "$number" || fault "$log: the last line is not ended"

# An interrupted release: its folders are left out.
begun=versions/.release/LOG
if test -f "$begun"; then
	while read -r number kind notice name published seal previous; do
		folder=versions/$notice/$name
		if printf '%s\n' "$number $kind $notice $name $published $seal $previous" | grep -Eqx "$form" &&
			! grep -q " $notice $name " "$log" &&
			test "$(sha256sum <"$folder/SHA256SUMS" | cut -c1-64)" = "$seal"; then
			files="$files
$(find "$folder" -type f)"
		fi
	done <"$begun"
fi 2>/dev/null

# No folder twice, no file that nothing seals, no links.
bad=$(printf '%s\n' "$files" | sort | uniq -d)
test -z "$bad" || fault "sealed twice: $bad"
bad=$(find versions ! -type d ! -type f)
test -z "$bad" || fault "not a file: $bad"
bad=$(find versions -path versions/.release -type d -prune -o -type f -print | while read -r file; do
	test "$file" = versions/verify.sh || printf '%s\n' "$files" | grep -Fqx -e "$file" || echo "$file"
done)
test -z "$bad" || fault "sealed by no line of $log: $bad"
echo "line $count $before"
echo good
