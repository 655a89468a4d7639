#!/bin/bash
# Clean roots must be quiet: noise.sh SILT [FOLDER [ROOT...]]
#
# Builds three roots that hold no secret but those that packages make when they are installed, audits them, and demands
# what a person who looks at the report would: nothing above `possible` but these, and less than twenty of `possible`.
#
#   debian   a distribution with python3, nodejs, npm, openjdk, nginx, postgresql, git and the compilers: about 2 GB
#   busybox  one static busybox and the musl C library
#   modules  the node_modules of a real application
#
# Packages come from Debian's archive and from npm's registry; a root that cannot be built is said to be skipped. A root
# that is in FOLDER already (debian.tar, busybox.tar, modules.tar) is taken as it is; an empty FOLDER is a temporary one.
set -euo pipefail

silt=$(realpath "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/silt-noise.XXXXXX")
trap 'rm -rf "$work"' EXIT
folder=${2:-$work}
roots=(debian busybox modules)
[ $# -lt 3 ] || roots=("${@:3}")
failed=0

# The secrets of a report: severity, confidence, rule, place.
secrets() {
	jq -r '.bundles[].findings[] | select(.pattern != null) | [.severity, .confidence, .rule, .sightings[0].place] | @tsv' "$1"
}

# Keys that the packages ssh and ssl-cert make on each machine: they are true findings.
made_at_installation() {
	grep -vE $'\t/etc/(ssh/ssh_host_[a-z0-9]+_key|ssl/private/ssl-cert-snakeoil\.key)$' || true
}

# demand NAME: audits NAME.tar.
demand() {
	local name=$1 status=0 sure possible
	"$silt" scan -q --output "json=$work/$name.json" "$folder/$name.tar" || status=$?
	if [ $status -gt 1 ]; then
		echo "FAILED: $name: silt ended with $status"
		jq -c '.bundles[].coverage.gaps[]' "$work/$name.json" | head -5
		failed=1
		return
	fi
	sure=$(secrets "$work/$name.json" | made_at_installation | awk -F'\t' '$2 != "possible"')
	possible=$(secrets "$work/$name.json" | awk -F'\t' '$2 == "possible"' | wc -l)
	printf '%-8s %6d MB: %d findings above possible, %d possible, %d suppressed\n' "$name" \
		$(($(stat -c %s "$folder/$name.tar") / 1000000)) "$(grep -c . <<<"$sure")" "$possible" \
		"$(jq '[.bundles[].suppressed_count] | add' "$work/$name.json")"
	if [ -n "$sure" ] || [ "$possible" -ge 20 ]; then
		echo "FAILED: $name is not quiet"
		secrets "$work/$name.json"
		failed=1
	fi
}

# A sample of Go's is as large as it takes to reach a limit, which is told by the exit status, as it should be.
debian() {
	mmdebstrap --quiet --variant=apt \
		--dpkgopt='path-exclude=/usr/share/go-*/src/archive/tar/testdata/pax-bad-hdr-large.tar.bz2' \
		--include=python3,python3-pip,nodejs,npm,openjdk-17-jdk-headless,nginx,postgresql,git,build-essential \
		--include=ssl-cert,openssh-server,ca-certificates,cmake,golang-go,php-cli,ruby \
		bookworm "$folder/debian.tar"
}

busybox() {
	mkdir -p "$work/root/bin" "$work/root/etc" "$work/deb"
	(cd "$work/deb" && apt-get download -qq musl busybox-static && for deb in *.deb; do dpkg-deb -x "$deb" ../root; done)
	printf 'root:x:0:0:root:/root:/bin/sh\n' >"$work/root/etc/passwd"
	tar -C "$work/root" -cf "$folder/busybox.tar" .
}

modules() {
	mkdir -p "$work/app"
	(cd "$work/app" && echo '{"name":"app","version":"1.0.0"}' >package.json &&
		npm install --silent --no-audit --no-fund --ignore-scripts express webpack typescript eslint jest react \
			next axios jsonwebtoken aws-sdk googleapis pg mongodb mysql2 >/dev/null)
	tar -C "$work" -cf "$folder/modules.tar" app
}

for name in "${roots[@]}"; do
	if [ ! -e "$folder/$name.tar" ] && ! $name 2>"$work/$name.log"; then
		echo "skipped: $name: $(tail -1 "$work/$name.log")"
		continue
	fi
	demand "$name"
done
exit $failed
