#!/bin/sh
# Checks the sealed versions of a site that was made by Placard, without Placard: with sha256sum and the tools of POSIX, and
# signatures with ssh-keygen (OpenSSH 9.1 or later).
#
#   sh verify.sh [FOLDER]    those of the site, or of its copy, in FOLDER; without it, where versions/ lies below
#   sh verify.sh ADDRESS     fetches those of the site at ADDRESS into versions/ first, with curl
#
# It stops at the first fault with exit code 1, and ends with the number of the last line of LOG, its hash, and "good". Where there
# are signatures and no ssh-keygen, it says so and ends with exit code 2. Whose the keys are it cannot tell: it prints who signed.
# docs/archive-format.md of Placard says what each check is for. Whoever doubts a site takes this file from elsewhere.

set -eu
LC_ALL=C; export LC_ALL
fault() { echo "fault: $*" >&2; exit 1; }
# day DATE: its number in the calendar, so that days can be compared.
day() { printf '%s\n' "$1" | awk -F- '{ y = $1; m = $2; if (m < 3) { y--; m += 12 }; print 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * m + 8) / 5) + $3 }'; }

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
armour='^(-----BEGIN SSH SIGNATURE-----|[A-Za-z0-9+/]{1,70}={0,2}|-----END SSH SIGNATURE-----)$'
part='[A-Za-z0-9_-][A-Za-z0-9._-]*'
test -f "$log" || fault "$log is not there"
slug='[a-z]([a-z0-9-]*[a-z0-9])?'
kinds="version $slug $name|(translation|erratum|cancellation|withdrawal) $slug $name-s[1-9][0-9]{0,3}|keys keys [1-9][0-9]{0,3}"
form="[1-9][0-9]* ($kinds) $date $hash $hash"
bad=$(grep -Evn "^$form\$" "$log") && fault "$log: $bad"

count=0 latest=0 closed= ended= files=$log keys= lists=0 signers= untold=
before=0000000000000000000000000000000000000000000000000000000000000000
while IFS=' ' read -r number kind notice name published seal previous; do
	folder=versions/$notice/$name
	sums=$folder/SHA256SUMS
	count=$((count + 1))

	# The line: its number, the chain, its date, its seal.
	test "$number" = "$count" || fault "$log: line $count has the number $number"
	test "$previous" = "$before" || fault "$log: line $number does not follow from the line before it"
	today=$(day "$published")
	test "$today" -ge "$((latest - 1))" || fault "$log: line $number is dated too early"
	test "$today" -le "$latest" || latest=$today
	fetch "$sums"
	test -f "$sums" || fault "$sums is not there"
	test "$(sha256sum <"$sums" | cut -c1-64)" = "$seal" || fault "$sums is not the one that line $number of $log seals"

	# The folder: the form of SHA256SUMS, the files, the beginning of version.toml.
	bad=$(grep -Evn "^$hash  $part(/$part)*\$" "$sums") && fault "$sums: $bad"
	test -z "$(tail -c 1 "$sums")" || fault "$sums: the last line is not ended"
	cut -c67- "$sums" | sort -cu 2>/dev/null || fault "$sums is not sorted"
	for file in $(cut -c67- "$sums"); do
		fetch "$folder/$file"
	done
	bad=$(cd "$folder" && sha256sum -c SHA256SUMS 2>&1) || fault "$folder: $(printf '%s\n' "$bad" | grep -v ': OK$')"
	of=${name%-s*} nth=${name##*-s}
	test "$kind" = keys && from=$published || from=${of%.*}
	test "$(sed 6q "$folder/version.toml")" = "format = 1
kind = \"$kind\"
notice = \"$notice\"
name = \"$name\"
effective-from = $from
published-on = $published" || fault "$folder/version.toml says something else than line $number of $log"
	grep -qx 'words-algorithm = 1' "$folder/version.toml" || fault "$folder/version.toml has not the algorithm 1 of words"

	# A list of keys has the next number. The first one is signed by a key of its own, each line after it by one of the list before.
	if test "$kind" = keys; then
		lists=$((lists + 1))
		test "$name" = "$lists" || fault "$folder is not the list of keys number $lists"
		test "$(cut -c67- "$sums")" = "allowed_signers
version.toml" || fault "$folder has not the files of a list of keys"
		test -n "$keys" || keys=$folder/allowed_signers
	fi

	# A supplement comes after its version, or after the supplement before it, and has texts alone, or nothing.
	if test "$kind" != version && test "$kind" != keys; then
		test "$nth" = 1 && follows=$of || follows=$of-s$((nth - 1))
		printf '%s\n' "$files" | grep -Fqx "versions/$notice/$follows/SHA256SUMS" || fault "$folder does not follow $follows"
		bad=$(cut -c67- "$sums" | grep -Ex 'notice\.toml') && fault "$folder has $bad"
		case $kind in cancellation | withdrawal)
			bad=$(cut -c67- "$sums" | grep -vx 'version\.toml') && fault "$folder has $bad"
			case "$closed " in *" $notice/$of "*) fault "$folder: the version was cancelled, or ended the notice, before" ;; esac
			closed="$closed $notice/$of"
			;;
		esac
		test "$kind" != cancellation || test "$today" -lt "$(day "${of%.*}")" || fault "$folder: the version applied by then"
		test "$kind" != withdrawal || ended="$ended $notice"
	fi
	if test "$kind" = version; then
		case "$ended " in *" $notice "*) fault "$folder was sealed after the notice had ended" ;; esac
	fi

	files="$files
$sums
$(cut -c67- "$sums" | sed "s|^|$folder/|")"

	# The signature of all lines up to this one, by a key that was valid on its day.
	if test -n "$keys"; then
		signature=versions/signatures/$number.sig
		fetch "$signature"
		test -f "$signature" || fault "$signature is not there: line $number is not signed"
		bad=$(grep -Evn "$armour" "$signature") && fault "$signature: $bad"
		if command -v ssh-keygen >/dev/null; then
			noon=$(echo "$published" | tr -d -)120000Z
			who=$(ssh-keygen -Y find-principals -f "$keys" -s "$signature" -Overify-time="$noon" 2>&1) ||
				fault "$signature is by no key that was valid in $keys on $published: $who"
			bad=$(sed "${number}q" "$log" | ssh-keygen -Y verify -f "$keys" -I "$who" -n log@placard -s "$signature" -Overify-time="$noon" 2>&1) ||
				fault "$signature is not one of the first $number lines of $log by $who: $bad"
			signers="$signers
line $number is signed by $who"
		else
			untold=yes
		fi
		files="$files
$signature"
	fi
	test "$kind" != keys || keys=$folder/allowed_signers
	before=$(printf '%s\n' "$number $kind $notice $name $published $seal $previous" | sha256sum | cut -c1-64)
done <"$log"
test -z "$number" || fault "$log: the last line is not ended"
test "$count" -gt 0 || fault "$log has no line"

# An interrupted release: its folders and signatures are left out.
begun=versions/.release/LOG
if test -f "$begun"; then
	while read -r number kind notice name published seal previous; do
		folder=versions/$notice/$name signature=versions/signatures/$number.sig
		printf '%s\n' "$number $kind $notice $name $published $seal $previous" | grep -Eqx "$form" || continue
		grep -q " $notice $name " "$log" && continue
		if test "$(sha256sum <"$folder/SHA256SUMS" | cut -c1-64)" = "$seal"; then
			files="$files
$(find "$folder" -type f)"
		fi
		test -f "$signature" || continue
		if ! command -v ssh-keygen >/dev/null; then
			untold=yes
		elif ! sed "${number}q" "$begun" | ssh-keygen -Y check-novalidate -n log@placard -s "$signature" >/dev/null; then
			continue
		fi
		files="$files
$signature"
	done <"$begun"
fi 2>/dev/null

# No folder twice, no file that nothing seals, no links.
bad=$(printf '%s\n' "$files" | sort | uniq -d)
test -z "$bad" || fault "sealed twice: $bad"
bad=$(find versions ! -type d ! -type f)
test -z "$bad" || fault "not a file: $bad"
bad=$(find versions -path versions/.release -type d -prune -o -type f -print | while read -r file; do
	case $file in
	(versions/*/*) ;;
	(versions/verify.sh | versions/*.schema.json) continue ;;
	esac
	printf '%s\n' "$files" | grep -Fqx -e "$file" || echo "$file"
done)
test -z "$bad" || fault "sealed by no line of $log: $bad"
test -z "$signers" || echo "${signers#?}"
echo "line $count $before"
if test -n "$untold"; then
	echo "cannot tell: there are signatures, and no ssh-keygen to check them (OpenSSH 9.1 or later). All else is good." >&2
	exit 2
fi
echo good
