# Secrets in packages and archives by the tools that people make them with. Each file is the only one of its kind with
# its token, so a finding at its path says that this archive was opened.

# image_of FOLDER FILE: a docker archive with one layer, the folder.
image_of() {
	local id
	mkdir -p save/layer
	tar -C "$1" -cf save/layer/layer.tar .
	id=$(sha256sum <save/layer/layer.tar | cut -d ' ' -f 1)
	printf '{"architecture":"amd64","os":"linux","config":{"User":"1"},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
		"$id" >save/config.json
	printf '[{"Config":"config.json","RepoTags":["nested:1"],"Layers":["layer/layer.tar"]}]' >save/manifest.json
	tar -C save -cf "$2" layer config.json manifest.json
}

# A file of a random token and some lines around it, so that it does not lie open in what is compressed.
token_file() {
	mkdir -p "$(dirname "$1")"
	{
		seq 500
		github_token
		seq 500
	} >"$1"
}

# expect_found REPORT PATH...: a visible token at each path, and nothing that was not looked at.
expect_found() {
	local report=$1 path
	shift
	for path in "$@"; do
		expect "$report" pattern=github-pat exposure=visible at.path="$path"
	done
	[ -z "$(python3 "$here/report.py" gaps "$report")" ] || fail "$(python3 "$here/report.py" gaps "$report")"
}

# zip_by_python ARCHIVE NAME FILE [METHOD]
zip_by_python() {
	python3 - "$@" <<-'END'
		import sys, zipfile
		archive, name, file = sys.argv[1:4]
		method = getattr(zipfile, "ZIP_" + (sys.argv[4:] or ["DEFLATED"])[0])
		with zipfile.ZipFile(archive, "a", method) as z:
		    z.write(file, name)
	END
}

tokens_in_jars_and_wheels_are_found() {
	need python3
	mkdir -p root/opt
	local method
	token_file jar.properties
	zip_by_python x.jar META-INF/MANIFEST.MF /etc/hostname
	zip_by_python x.jar cfg/app.properties jar.properties
	zip_by_python root/opt/app.war WEB-INF/lib/x.jar x.jar
	for method in STORED DEFLATED BZIP2; do
		token_file "$method"
		zip_by_python "root/opt/$method.whl" "pkg/settings.py" "$method" "$method"
	done
	image_of root image.tar
	report_of image.tar report.json
	expect_found report.json opt/app.war opt/STORED.whl opt/DEFLATED.whl opt/BZIP2.whl
	expect_count 1 report.json pattern=github-pat at.path=opt/STORED.whl
}

# The JDK writes sizes behind the content; so does zip into a pipe.
tokens_in_streamed_zips_are_found() {
	need python3 zip
	mkdir -p root
	token_file a
	token_file b
	zip -q - a b | cat >root/streamed.zip
	token_file c
	(cat c | zip -q stdin.zip -) && mv stdin.zip root/
	image_of root image.tar
	report_of image.tar report.json
	expect_found report.json streamed.zip stdin.zip
	expect_count 2 report.json pattern=github-pat at.path=streamed.zip
}

tokens_in_compressed_files_and_tars_are_found() {
	need python3 gzip zstd xz bzip2
	mkdir -p root/srv
	local tool suffix
	for tool in "gzip -c" "zstd -qc" "xz -c" "bzip2 -c"; do
		suffix=${tool%% *}
		token_file dump
		$tool dump >"root/srv/dump.$suffix"
		token_file "tree/etc/$suffix.conf"
		tar -C tree -c . | $tool >"root/srv/tree.tar.$suffix"
	done
	image_of root image.tar
	report_of image.tar report.json
	for suffix in gzip zstd xz bzip2; do
		expect_found report.json "srv/dump.$suffix" "srv/tree.tar.$suffix"
	done
}

tokens_in_debian_packages_are_found() {
	need python3 dpkg-deb
	mkdir -p root/var/cache package/DEBIAN
	printf 'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: x\n' \
		>package/DEBIAN/control
	local kind
	for kind in none gzip xz; do
		token_file package/etc/x.conf
		dpkg-deb --root-owner-group -Z"$kind" -b package "root/var/cache/$kind.deb" >out
	done
	image_of root image.tar
	report_of image.tar report.json
	expect_found report.json var/cache/none.deb var/cache/gzip.deb var/cache/xz.deb
	expect_count 3 report.json pattern=github-pat
}

tokens_in_static_libraries_and_initramfs_images_are_found() {
	need python3 ar cpio gzip
	mkdir -p root/boot early/kernel
	token_file an_object_with_a_long_name.o
	ar cr root/lib.a an_object_with_a_long_name.o
	token_file tree/etc/secret
	(cd early && find . | cpio -o -H newc --quiet) >root/boot/initrd
	(cd tree && find . | cpio -o -H newc --quiet) | gzip >>root/boot/initrd
	token_file old/secret
	(cd old && find . | cpio -o -H odc --quiet) | gzip >root/old.cpio.gz
	image_of root image.tar
	report_of image.tar report.json
	expect_found report.json lib.a boot/initrd old.cpio.gz
}

tokens_in_rpm_packages_are_found() {
	need python3 rpmbuild
	mkdir -p root rpm
	token_file secret
	printf '%s\n' 'Name: x' 'Version: 1' 'Release: 1' 'Summary: x' 'License: none' 'BuildArch: noarch' '%description' 'x' \
		'%install' "install -D -m 644 $work/secret %{buildroot}/etc/secret" '%files' '/etc/secret' >x.spec
	bounded rpmbuild --quiet --define "_topdir $work/rpm" --define "_dbpath $work/rpm/db" -bb x.spec >build.log 2>&1 ||
		skip "rpmbuild builds no package here"
	find rpm/RPMS -name '*.rpm' -exec cp {} root/x.rpm \;
	image_of root image.tar
	report_of image.tar report.json
	expect_found report.json x.rpm
}

an_archive_that_is_cut_or_encrypted_is_never_clean() {
	need python3 zip gzip
	mkdir -p root
	seq 100000 | gzip >whole.gz
	head -c 10000 whole.gz >root/cut.gz
	seq 1000 >file
	zip -q -P password root/sealed.zip file
	image_of root image.tar
	silt_exits 3 scan --output json=report.json image.tar
	python3 "$here/report.py" gaps report.json >gaps
	expect_text gaps 'cut.gz: .*ends in the middle'
	expect_text gaps 'sealed.zip: file: encrypted'
}

an_archive_in_a_bare_rootfs_is_opened_as_in_a_layer() {
	need python3 gzip
	mkdir -p root/etc
	token_file dump
	gzip -c dump >root/etc/dump.gz
	tar -C root -cf root.tar .
	report_of root.tar report.json
	expect_found report.json etc/dump.gz
}

a_tar_in_a_bare_rootfs_that_is_not_read_to_its_depth_is_a_gap() {
	need python3
	mkdir -p root
	seq 10 >inner
	for depth in 1 2 3 4 5; do
		tar -cf "inner$depth" inner
		mv "inner$depth" inner
	done
	mv inner root/outer.tar
	tar -C root -cf root.tar .
	silt_exits 3 scan --output json=report.json root.tar
	python3 "$here/report.py" gaps report.json >gaps
	expect_text gaps 'outer.tar.*limit nested-depth is 3'
}

# by_itself FILE STATUS: a bare root that holds this file, and an image of that root, end so; their gaps are in gaps.
by_itself() {
	mkdir -p alone
	cp "$1" alone/
	tar -C alone -cf alone.tar .
	image_of alone image.tar
	local input
	: >gaps
	for input in alone.tar image.tar; do
		silt_exits "$2" scan --output json=report.json "$input"
		python3 "$here/report.py" gaps report.json | sed "s/^/$input: /" >>gaps
	done
	rm -r alone
}

damage_of_a_tar_in_a_bare_rootfs_hides_nothing_and_is_no_gap_as_in_a_layer() {
	need python3
	python3 "$here/damaged_tars.py" .
	tar -C matched -cf root.tar .
	report_of root.tar report.json
	(cd matched && expect_found ../report.json *)
	image_of matched image.tar
	report_of image.tar report.json
	(cd matched && expect_found ../report.json *)
}

what_is_not_known_of_a_damaged_tar_in_a_bare_rootfs_is_a_gap() {
	need python3
	python3 "$here/damaged_tars.py" .
	by_itself unknown/packed-and-cut.gz 3
	expect_text gaps '^alone.tar: .*ends in the middle'
	expect_text gaps '^image.tar: .*ends in the middle'
	by_itself unknown/limit 3
	expect_text gaps '^alone.tar: .*limit pax-bytes'
	expect_text gaps '^image.tar: .*limit pax-bytes'
	by_itself unknown/limit-behind-a-flood 3
	expect_text gaps '^alone.tar: '
	expect_text gaps '^image.tar: .*limit pax-bytes'
}

a_damaged_tar_that_an_image_has_as_its_layer_is_a_gap() {
	need python3
	local file
	python3 "$here/damaged_tars.py" .
	mkdir -p root
	image_of root whole.tar
	for file in matched/*; do
		cp "$file" save/layer/layer.tar
		tar -C save -cf image.tar .
		silt_exits 3 scan --output json=report.json image.tar
		[ -n "$(python3 "$here/report.py" gaps report.json)" ] || fail "$file: no gap"
	done
}

# ---- git -------------------------------------------------------------------------------------------------------------

git() {
	bounded git -c user.name=a -c user.email=a@localhost -c gc.auto=0 "$@"
}

# A repository where a file with a token was committed, and the token removed in the next commit, in which the file grew:
# git makes the smaller of the two a delta to the larger. Prints the id of the file with the token.
repository_of() {
	git init -q "$1"
	{
		seq 4
		github_token
		seq 6 2000
	} >"$1/settings"
	git -C "$1" add settings
	git -C "$1" commit -qm 'add the settings'
	sed -i 5d "$1/settings"
	seq 2001 4000 >>"$1/settings"
	git -C "$1" commit -qam 'more settings, and one less'
	git -C "$1" rev-parse HEAD~1:settings
}

# expect_blob REPORT PATH: one token, of a blob in that file, and nothing that was not looked at.
expect_blob() {
	expect_count 1 "$1" pattern=github-pat at.path="$2" "at.place~!/blob "
	[ -z "$(python3 "$here/report.py" gaps "$1")" ] || fail "$(python3 "$here/report.py" gaps "$1")"
}

tokens_that_a_commit_removed_are_found_in_loose_objects_and_deltas() {
	need git python3
	local blob pack
	mkdir root
	blob=$(repository_of root/app)
	image_of root image.tar
	report_of image.tar report.json
	expect_blob report.json "app/.git/objects/${blob:0:2}/${blob:2}"
	git -C root/app gc -q
	pack=$(cd root && echo app/.git/objects/pack/*.pack)
	git verify-pack -v "root/$pack" >verified
	expect_text verified "^$blob blob .* 1 [0-9a-f]\{40\}$"
	image_of root image.tar
	report_of image.tar report.json
	expect_blob report.json "$pack"
	tar -C root -cf root.tar .
	report_of root.tar report.json
	expect_blob report.json "$pack"
}

packs_are_read_in_archives_and_one_that_is_cut_is_a_gap() {
	need git python3 gzip
	local pack size
	repository_of app >/dev/null
	git -C app gc -q
	pack=$(echo app/.git/objects/pack/*.pack)
	mkdir root
	tar -czf root/backup.tar.gz app
	image_of root image.tar
	report_of image.tar report.json
	expect_blob report.json backup.tar.gz
	size=$(stat -c %s "$pack")
	head -c $((size - 30)) "$pack" >cut.pack
	tar -czf root/backup.tar.gz cut.pack
	by_itself root/backup.tar.gz 3
	expect_text gaps '^alone.tar: .*backup.tar.gz.*cut.pack: '
	expect_text gaps '^image.tar: .*backup.tar.gz.*cut.pack: '
}
