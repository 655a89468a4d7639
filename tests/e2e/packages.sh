# Secrets in files that a package manager put there: with the real databases of real package managers.

# The databases of this system are under what begin() mounted over /var/lib.
reveal_system() {
	[ "$E2E_ROOT" = 0 ] || umount /var/lib
}

suppressed_of() {
	python3 "$here/report.py" suppressed "$1"
}

expect_suppressed() {
	suppressed_of "$1" >suppressed.list
	grep -q -x -e "$2" suppressed.list || {
		cat suppressed.list >&2
		fail "nothing is suppressed as \"$2\""
	}
}

expect_none_suppressed() {
	[ -z "$(suppressed_of "$1")" ] || fail "something is suppressed in $1"
}

# GnuTLS carries the keys of its self-test in the library itself.
keys_in_a_library_of_debian_are_suppressed_until_it_is_changed() {
	need dpkg-query python3
	reveal_system
	local library package list
	library=$(find /usr/lib -name 'libgnutls.so.30.*' -type f | head -n 1)
	[ -n "$library" ] || skip "GnuTLS is not installed"
	package=$(dpkg-query -S "$library" | cut -d : -f 1)
	list=$(find /var/lib/dpkg/info -name "$package*.md5sums" | head -n 1)
	[ -n "$list" ] || skip "dpkg keeps no sums here"
	mkdir rootfs
	cp --parents "$library" "$list" rootfs
	tar -C rootfs -cf real.tar .
	report_of real.tar real.json --show-suppressed
	expect_none real.json pattern=private-key
	expect_suppressed real.json "unmodified content of package $package (dpkg md5sums in layer 1)"

	printf x >>"rootfs$library"
	tar -C rootfs -cf changed.tar .
	report_of changed.tar changed.json --show-suppressed
	expect changed.json pattern=private-key "at.path=${library#/}"
	expect_none_suppressed changed.json
}

keys_in_packages_of_rpm_are_suppressed_until_they_are_changed() {
	need rpm rpmbuild openssl python3
	[ "$E2E_ROOT" != 0 ] || skip "rpm needs root to install"
	bounded openssl genrsa -out key 2048 2>/dev/null
	cat >one.spec <<-'SPEC'
		Name: one
		Version: 1
		Release: 1
		Summary: A key
		License: none
		BuildArch: noarch
		%description
		A key.
		%install
		mkdir -p %{buildroot}/usr/share/one
		install -m 644 %{key} %{buildroot}/usr/share/one/test.key
		%files
		/usr/share/one/test.key
	SPEC
	bounded rpmbuild -bb --define "_topdir $work/rpm" --define "key $work/key" one.spec >rpm.log 2>&1 ||
		fail "$(tail -5 rpm.log)"
	mkdir rootfs
	bounded rpm --root "$work/rootfs" --dbpath /var/lib/rpm --define '_db_backend sqlite' --force-debian --nodeps \
		-i rpm/RPMS/noarch/one-1-1.noarch.rpm >rpm.log 2>&1 || fail "$(tail -5 rpm.log)"
	[ -f rootfs/var/lib/rpm/rpmdb.sqlite ] || skip "this rpm writes another database"
	tar -C rootfs -cf real.tar .
	report_of real.tar real.json --show-suppressed
	expect_none real.json pattern=private-key
	expect_suppressed real.json "unmodified content of package one (rpm database in layer 1)"

	sed -i 's/^/ /' rootfs/usr/share/one/test.key
	tar -C rootfs -cf changed.tar .
	report_of changed.tar changed.json --show-suppressed
	expect changed.json pattern=private-key severity=critical at.path=usr/share/one/test.key
	expect_none_suppressed changed.json
}

# The package is installed in one layer; the same key comes by COPY in the other image.
what_an_instruction_copies_is_not_of_a_package() {
	start_builder buildah
	need openssl
	mkdir -p context/root/usr/share/one context/root/var/lib/dpkg/info
	bounded openssl genrsa -out context/root/usr/share/one/test.key 2048 2>/dev/null
	(cd context/root && md5sum usr/share/one/test.key >var/lib/dpkg/info/one.md5sums)
	printf 'FROM scratch\nCOPY root /\nUSER 10001\n' >context/Dockerfile
	build_with buildah base:1
	save_with buildah base:1 base.tar
	report_of base.tar base.json --show-suppressed
	expect_suppressed base.json "unmodified content of package one (dpkg md5sums in layer 1)"

	printf 'hello\n' >context/hello
	printf 'FROM scratch\nCOPY hello /\nCOPY root /\nUSER 10001\n' >context/Dockerfile
	build_with buildah copied:1
	save_with buildah copied:1 copied.tar
	report_of copied.tar copied.json --show-suppressed
	expect copied.json pattern=private-key "at.note~not believed: it was copied into the image"
	expect_none_suppressed copied.json
}
