#!/bin/sh
# Makes the Debian package of a build and looks at it: package.sh SENTENCE ROOT BUILD CPACK
set -eu
sentence=$1 root=$2 build=$3 cpack=$4
PATH=$(dirname "$cpack"):$PATH:/usr/sbin:/sbin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
	echo "FAILED: $*"
	exit 1
}

skip() {
	echo "skipped: $*"
	exit 77
}

for tool in "$cpack" dpkg dpkg-deb dpkg-query dpkg-shlibdeps file gzip strip; do
	command -v "$tool" >/dev/null || skip "$tool is missing"
done

# Makes the package in a folder and prints its name: pack FOLDER
pack() {
	(cd "$build" && "$cpack" -G DEB -B "$work/$1") >"$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
	ls "$work/$1"/silt_*.deb
}

# dpkg in a root of its own. What is installed in this system counts as installed there, so that Depends are judged; what
# the system leaves out of packages is not left out there.
make_root() {
	mkdir -p "$work/root/var/lib/dpkg/info" "$work/root/var/lib/dpkg/updates"
	awk -v RS= -v ORS='\n\n' '!/^Package: silt\n/' /var/lib/dpkg/status >"$work/root/var/lib/dpkg/status"
}

in_root() {
	dpkg --root="$work/root" --path-include='/*' --log="$work/dpkg.log" "$@" >"$work/log" 2>&1 || {
		cat "$work/log"
		return 1
	}
}

# All but what dpkg knows about it.
files_in_root() {
	find "$work/root" -path "$work/root/var/lib/dpkg" -prune -o -print | sort
}

# run STATUS ARGUMENT...: the installed program, which must end so.
run() {
	wanted=$1 status=0
	shift
	"$work/root/usr/bin/silt" "$@" >"$work/out" 2>&1 || status=$?
	[ "$status" -eq "$wanted" ] || { cat "$work/out"; fail "silt $* ended with $status, not $wanted"; }
}

the_package_installs_and_runs_and_leaves_nothing_behind() {
	[ "$(id -u)" -eq 0 ] || skip "dpkg installs for root only"
	package=$(pack one)
	make_root
	files_in_root >"$work/before"
	in_root --install "$package" || fail "dpkg does not install $package"
	run 0 --version
	grep -qx "silt $(dpkg-deb --field "$package" Version)" "$work/out" || fail "the package has another version"
	run 0 scan -q "$root/fixtures/clean.tar"
	run 1 scan -q "$root/fixtures/leaky.tar"
	"$work/root/usr/libexec/docker/cli-plugins/docker-silt" docker-cli-plugin-metadata >"$work/out" || fail "no plugin"
	grep -q SchemaVersion "$work/out" || fail "the plugin of docker does not say what it is"
	for file in man/man1/silt.1.gz silt/policies/strict.yaml doc/silt/README.md doc/silt/copyright; do
		[ -f "$work/root/usr/share/$file" ] || fail "the package has no $file"
	done
	in_root --verify silt && [ ! -s "$work/log" ] || { cat "$work/log"; fail "files are not as packed"; }
	in_root --purge silt || fail "dpkg does not purge silt"
	files_in_root >"$work/after"
	diff "$work/before" "$work/after" || fail "files are left"
	! grep -qx 'Package: silt' "$work/root/var/lib/dpkg/status" || fail "dpkg still knows silt"
}

# Pages are compressed in the package, and two files are there for Debian alone.
the_package_has_what_the_component_runtime_installs() {
	package=$(pack one)
	cmake --install "$build" --component runtime --prefix "$work/tree" >"$work/log" || { cat "$work/log"; fail "no tree"; }
	(cd "$work/tree" && find . ! -type d) | sed 's,^\.,./usr,' | sort >"$work/installed"
	dpkg-deb --fsys-tarfile "$package" | tar --list | grep -v '/$' |
		sed -e 's,\(/man/.*\)\.gz$,\1,' -e '/doc\/silt\/changelog.gz$/d' -e '/doc\/silt\/copyright$/d' | sort >"$work/packed"
	diff "$work/installed" "$work/packed" || fail "installed and packed files differ"
}

two_packages_of_one_build_are_the_same() {
	SOURCE_DATE_EPOCH=1700000000
	export SOURCE_DATE_EPOCH
	one=$(pack one)
	sleep 1.1 # a time that got in would be another
	cmp "$one" "$(pack two)" || fail "the packages differ"
}

all_in_the_package_has_the_owner_and_the_mode_that_debian_wants() {
	umask 027
	package=$(pack one)
	dpkg-deb --contents "$package" >"$work/contents"
	awk '$2 != "root/root" { print; bad = 1 }
		/^-/ && $1 != ($6 ~ /^\.\/usr\/bin\// ? "-rwxr-xr-x" : "-rw-r--r--") { print; bad = 1 }
		/^d/ && $1 != "drwxr-xr-x" { print; bad = 1 }
		$6 ~ /\/(local|include|lib)\// { print; bad = 1 }
		END { exit bad || NR < 20 }' "$work/contents" || fail "these are wrong"
	dpkg-deb --control "$package" "$work/control"
	[ "$(ls "$work/control")" = "control
md5sums" ] || fail "the package runs scripts: $(ls "$work/control")"
	# Each page once, and compressed.
	! grep -E '/man[1-9]/.*[1-9]$' "$work/contents" || fail "a page is not compressed"
}

"$sentence"
