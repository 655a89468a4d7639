# silt sbom: what it lists is what the package managers list themselves.

# The databases of this system are under what begin() mounted over /var/lib.
reveal_system() {
	[ "$E2E_ROOT" = 0 ] || umount /var/lib
}

# bill FILE [OPTION...]: the packages of rootfs.tar and the like, one "TYPE NAME VERSION ARCH SCOPE" a line, sorted.
bill() {
	local input=$1
	shift
	silt_exits 0 sbom "$@" "$input"
	python3 - out <<-'END' | sort
		import json, re, sys, urllib.parse
		for part in json.load(open(sys.argv[1]))["components"]:
		    if part["type"] == "library":
		        purl = part.get("purl", "pkg:none/")
		        arch = re.search("[?&]arch=([^&]*)", purl)
		        name = "/".join(x for x in (part.get("group"), part["name"]) if x)
		        print(re.match("pkg:([a-z]*)/", purl)[1], name, part["version"], arch[1] if arch else "-", part["scope"])
	END
}

expect_line() {
	grep -q -x -F -e "$2" "$1" || {
		head -20 "$1" >&2
		fail "no \"$2\" in $1"
	}
}

the_bill_of_a_debian_has_what_dpkg_query_has() {
	need dpkg-query python3
	reveal_system
	[ -f /var/lib/dpkg/status ] || skip "this is no Debian"
	mkdir -p rootfs/etc rootfs/var/lib/dpkg
	cp -L /etc/os-release rootfs/etc
	cp /var/lib/dpkg/status rootfs/var/lib/dpkg
	tar -C rootfs -cf rootfs.tar .
	bill rootfs.tar >list
	dpkg-query -W -f 'deb ${Package} ${Version} ${Architecture} required ${db:Status-Status}\n' |
		sed -n 's/ installed$//p' | sort >wanted
	diff wanted list >&2 || fail "dpkg-query has another list"
	expect_text out "distro=$(. /etc/os-release && echo "$ID")"
}

the_bill_of_an_rpm_root_has_what_rpm_has() {
	need rpm rpmbuild python3
	[ "$E2E_ROOT" != 0 ] || skip "rpm needs root to install"
	cat >one.spec <<-'SPEC'
		Name: one
		Epoch: 3
		Version: 1.2
		Release: 4
		Summary: Nothing
		License: none
		BuildArch: noarch
		%description
		Nothing.
		%files
	SPEC
	sed -e 's/one/two/' -e '/^Epoch/d' one.spec >two.spec
	local name
	mkdir rootfs
	for name in one two; do
		bounded rpmbuild -bb --define "_topdir $work/rpm" $name.spec >rpm.log 2>&1 || fail "$(tail -5 rpm.log)"
	done
	bounded rpm --root "$work/rootfs" --dbpath /var/lib/rpm --define '_db_backend sqlite' --force-debian --nodeps \
		-i rpm/RPMS/noarch/*.rpm >rpm.log 2>&1 || fail "$(tail -5 rpm.log)"
	tar -C rootfs -cf rootfs.tar .
	bill rootfs.tar >list
	bounded rpm --root "$work/rootfs" --dbpath /var/lib/rpm --define '_db_backend sqlite' -qa \
		--qf 'rpm %{NAME} %{EVR} %{ARCH} required\n' | sort >wanted
	[ "$(wc -l <wanted)" = 2 ] || fail "rpm lists $(cat wanted)"
	diff wanted list >&2 || fail "rpm has another list"
	expect_text out 'pkg:rpm/one@1.2-4?arch=noarch&epoch=3&upstream=one-1.2-4.src.rpm'
}

packages_of_languages_are_in_the_bill() {
	need npm jar python3
	/usr/bin/python3 -c 'import setuptools, pip' 2>/dev/null || skip "setuptools or pip is not installed"
	mkdir -p rootfs/app source/npm source/python source/jar/META-INF/maven/org.example/core source/war/WEB-INF/lib
	echo '{"name": "@example/left", "version": "1.2.3"}' >source/npm/package.json
	bounded npm install --offline --install-links --no-audit --no-fund --prefix rootfs/app ./source/npm \
		>npm.log 2>&1 || fail "$(tail -5 npm.log)"
	printf 'from setuptools import setup\nsetup(name="Ex_Ample", version="4.5")\n' >source/python/setup.py
	bounded /usr/bin/python3 -m pip install --no-index --no-build-isolation --no-deps --target rootfs/app/site \
		./source/python >pip.log 2>&1 || fail "$(tail -5 pip.log)"
	printf 'groupId=org.example\nartifactId=core\nversion=6.7\n' \
		>source/jar/META-INF/maven/org.example/core/pom.properties
	bounded jar --create --file source/war/WEB-INF/lib/core.jar -C source/jar .
	printf 'Bundle-SymbolicName: org.example.web;singleton:=true\nBundle-Version: 8\n' >manifest
	bounded jar --create --file rootfs/app/web.war --manifest manifest -C source/war .
	tar -C rootfs -cf rootfs.tar .
	bill rootfs.tar >list
	expect_line list "npm @example/left 1.2.3 - required"
	grep -q -i -x -e "pypi ex[_-]ample 4.5 - required" list || fail "the package of pip is not in it: $(cat list)"
	expect_line list "maven org.example/core 6.7 - required"
	expect_line list "none org.example.web 8 - required"
	expect_text out 'pkg:npm/%40example/left@1.2.3'
	expect_text out 'pkg:pypi/ex-ample@4.5'
	expect_text out '/app/web.war!WEB-INF/lib/core.jar'
}

# Three layers of an image by buildah: two packages, one of them removed, the other one renewed.
build_versions() {
	start_builder buildah
	put_busybox
	mkdir -p context/one/lib/apk/db context/two/lib/apk/db context/app/node_modules/left
	printf 'P:musl\nV:1.2.4-r2\nA:x86_64\n\nP:zlib\nV:1.3-r0\nA:x86_64\n\nP:curl\nV:8-r0\nA:x86_64\n\n' \
		>context/one/lib/apk/db/installed
	printf 'P:musl\nV:1.2.4-r2\nA:x86_64\n\nP:zlib\nV:1.3-r1\nA:x86_64\n\n' >context/two/lib/apk/db/installed
	echo '{"name": "left", "version": "1"}' >context/app/node_modules/left/package.json
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY one /
		COPY app /app
		COPY two /
		RUN rm -r /app/node_modules/left
	END
	build_with buildah versions:1
	save_with buildah versions:1 versions.tar
}

what_a_layer_removed_is_told_only_if_it_is_asked_for() {
	build_versions
	bill versions.tar >list
	printf 'apk musl 1.2.4-r2 x86_64 required\napk zlib 1.3-r1 x86_64 required\n' >wanted
	diff wanted list >&2 || fail "something else is installed"
	bill versions.tar --all >list
	expect_line list "apk curl 8-r0 x86_64 excluded"
	expect_line list "apk zlib 1.3-r0 x86_64 excluded"
	expect_line list "npm left 1 - excluded"
	[ "$(wc -l <list)" = 5 ] || fail "$(cat list)"
	python3 - out <<-'END' || fail "layers or fates are wrong"
		import json, sys
		told = {(p["name"], p["version"]): {x["name"]: x["value"] for x in p["properties"]}
		        for p in json.load(open(sys.argv[1]))["components"]}
		assert told["musl", "1.2.4-r2"]["silt:layer"] == "2", told
		assert "silt:hidden_by" not in told["musl", "1.2.4-r2"], told
		for name, fate, layer in (("curl", "deleted", "4"), ("left", "deleted", "5"), ("zlib", "overwritten", "4")):
		    mine = next(v for k, v in told.items() if k[0] == name and v["silt:fate"] != "visible")
		    assert (mine["silt:fate"], mine["silt:hidden_by"]) == (fate, layer), mine
	END
	silt_exits 0 sbom -o spdx --all versions.tar
	python3 - out <<-'END' || fail "SPDX calls something else installed"
		import json, sys
		bill = json.load(open(sys.argv[1]))
		names = {p["SPDXID"]: p["name"] for p in bill["packages"]}
		has = {names[r["relatedSpdxElement"]] for r in bill["relationships"] if r["relationshipType"] == "CONTAINS"}
		assert has == {"musl", "zlib"}, has
	END
}

# stack FILE LAYER.tar...: an image of those layers, the lowest one first.
stack() {
	python3 - "$@" <<-'END'
		import hashlib, io, json, sys, tarfile
		blobs = [open(path, "rb").read() for path in sys.argv[2:]]
		ids = ["sha256:" + hashlib.sha256(blob).hexdigest() for blob in blobs]
		config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
		                     "rootfs": {"type": "layers", "diff_ids": ids}}).encode()
		names = [f"{number}.tar" for number in range(len(blobs))]
		manifest = json.dumps([{"Config": "config.json", "RepoTags": ["stack:1"], "Layers": names}]).encode()
		with tarfile.open(sys.argv[1], "w") as out:
		    for name, data in [*zip(names, blobs), ("config.json", config), ("manifest.json", manifest)]:
		        member = tarfile.TarInfo(name)
		        member.size = len(data)
		        out.addfile(member, io.BytesIO(data))
	END
}

# fates FILE: "NAME VERSION LAYER FATE [by LAYER] PATH" of each package, sorted.
fates() {
	silt_exits 0 sbom --all "$1"
	python3 - out <<-'END' | sort
		import json, sys
		for part in json.load(open(sys.argv[1]))["components"]:
		    if part["type"] == "library":
		        told = {p["name"][5:]: p["value"] for p in part["properties"]}
		        by = f" by {told['hidden_by']}" if "hidden_by" in told else ""
		        print(part["name"], part["version"], told["layer"], told["fate"] + by, told["path"])
	END
}

# put FILE TEXT: with its folders; in TEXT "\n" is a line end.
put() {
	mkdir -p "$(dirname "$1")"
	printf '%b' "$2" >"$1"
}

what_was_deleted_and_came_back_is_told_twice() {
	need python3
	put one/lib/apk/db/installed 'P:musl\nV:1\n\n'
	put one/app/node_modules/left/package.json '{"name": "left", "version": "1"}'
	put two/lib/apk/db/.wh.installed ''
	put two/app/node_modules/.wh.left ''
	tar -C one -cf one.tar lib/apk/db/installed app/node_modules/left/package.json
	tar -C two -cf two.tar lib/apk/db/.wh.installed app/node_modules/.wh.left
	stack gap.tar one.tar two.tar one.tar
	fates gap.tar >list
	cat >wanted <<-'END'
		left 1 1 deleted by 2 /app/node_modules/left/package.json
		left 1 3 visible /app/node_modules/left/package.json
		musl 1 1 deleted by 2 /lib/apk/db/installed
		musl 1 3 visible /lib/apk/db/installed
	END
	diff wanted list >&2 || fail "something else became of them"
}

# Where lib is a link to usr/lib, both names are of one database.
a_name_through_a_link_is_that_of_the_same_file() {
	need python3
	put one/usr/lib/apk/db/installed 'P:musl\nV:1\n\nP:gone\nV:1\n\n'
	put two/lib/apk/db/installed 'P:musl\nV:1\n\nP:new\nV:1\n\n'
	put three/usr/lib/apk/db/installed 'P:musl\nV:1\n\nP:new\nV:1\n\nP:last\nV:1\n\n'
	ln -s usr/lib one/lib
	tar -C one -cf one.tar .
	tar -C two -cf two.tar lib/apk/db/installed
	tar -C three -cf three.tar usr/lib/apk/db/installed
	stack merged.tar one.tar two.tar three.tar
	fates merged.tar >list
	cat >wanted <<-'END'
		gone 1 1 deleted by 2 /usr/lib/apk/db/installed
		last 1 3 visible /usr/lib/apk/db/installed
		musl 1 1 visible /usr/lib/apk/db/installed
		new 1 2 visible /usr/lib/apk/db/installed
	END
	diff wanted list >&2 || fail "one file is taken for two"
}

# A folder, a link to nothing, and a link to a file with another version.
what_no_file_took_the_place_of_was_deleted() {
	need python3
	put one/app/node_modules/left/package.json '{"name": "left", "version": "1"}'
	put one/app/node_modules/right/package.json '{"name": "right", "version": "1"}'
	put one/var/lib/dpkg/status 'Package: one\nStatus: install ok installed\nVersion: 1\n\n'
	mkdir -p two/app/node_modules/left/package.json two/app/node_modules/right two/var/lib/dpkg
	ln -s /nowhere two/app/node_modules/right/package.json
	sed 's/1/2/' one/var/lib/dpkg/status >two/var/lib/dpkg/status-new
	ln -s status-new two/var/lib/dpkg/status
	tar -C one -cf one.tar .
	tar -C two -cf two.tar .
	stack gone.tar one.tar two.tar
	fates gone.tar >list
	cat >wanted <<-'END'
		left 1 1 deleted by 2 /app/node_modules/left/package.json
		one 1 1 overwritten by 2 /var/lib/dpkg/status
		one 2 2 visible /var/lib/dpkg/status
		right 1 1 deleted by 2 /app/node_modules/right/package.json
	END
	diff wanted list >&2 || fail "something else became of them"
}

a_bill_is_the_same_each_time_and_from_a_pipe() {
	build_versions
	local form
	for form in cyclonedx spdx; do
		silt_exits 0 sbom -o $form=file.json versions.tar
		silt_exits 0 sbom -o $form=pipe.json - < <(cat versions.tar)
		gzip -kf versions.tar
		silt_exits 0 sbom -j 1 -o $form=packed.json versions.tar.gz
		cmp file.json pipe.json || fail "$form of a pipe differs"
		cmp file.json packed.json || fail "$form of a packed file differs"
		silt_exits 0 sbom -o $form=later.json versions.tar
		cmp file.json later.json || fail "$form differs each time"
	done
	SOURCE_DATE_EPOCH=86400 silt_exits 0 sbom versions.tar
	expect_text out '"timestamp":"1970-01-02T00:00:00Z"'
}

a_bill_that_lacks_something_says_so() {
	need python3
	mkdir -p rootfs/var/lib/dpkg rootfs/var/lib/rpm rootfs/app/node_modules/x
	printf 'Package: one\nStatus: install ok installed\nVersion: 1\n\n' >rootfs/var/lib/dpkg/status
	printf 'SQLite format 3\0and nothing' >rootfs/var/lib/rpm/rpmdb.sqlite
	printf '{"name": "x", ' >rootfs/app/node_modules/x/package.json
	printf 'no zip' >"rootfs/app/$(printf 'a\033[31m.jar')"
	tar -C rootfs -cf rootfs.tar .
	silt_exits 3 sbom rootfs.tar
	expect_text err '/var/lib/rpm/rpmdb.sqlite in layer 1 (rpm database): packages may be missing: it is damaged'
	expect_text err 'package.json in layer 1 (npm package.json): packages may be missing: it is no JSON'
	expect_text err 'x1b\[31m.jar in layer 1 (Java archive): packages may be missing: it is no zip archive'
	! grep -q "$(printf '\033')" err || fail "an escape sequence reached standard error"
	expect_text out '"aggregate":"incomplete"'
	expect_text out '"purl":"pkg:deb/debian/one@1"'
	silt_exits 3 sbom -o spdx rootfs.tar
	expect_text out '"comment":"Incomplete'
	head -c 3000 rootfs.tar >cut.tar
	silt_exits 3 sbom cut.tar
	silt_exits 2 sbom
	silt_exits 2 sbom rootfs.tar rootfs.tar
	silt_exits 2 sbom -o text rootfs.tar
	silt_exits 4 sbom no-such-file.tar
}

# jars NAME...: archives of more than one block, whose packages are org.example:NAME 1.
jars() {
	python3 - "$@" <<-'END'
		import os, sys, zipfile
		for path in sys.argv[1:]:
		    name = os.path.basename(path).split(".")[0]
		    with zipfile.ZipFile(path, "w") as zip:
		        zip.writestr("META-INF/maven/g/a/pom.properties", f"groupId=org.example\nartifactId={name}\nversion=1\n")
		        zip.writestr("x.class", os.urandom(3 << 20))
	END
}

metadata_under_other_names_is_read() {
	need python3
	mkdir -p rootfs/app rootfs/var/lib/dpkg rootfs/usr/share rootfs/opt/node_modules/x
	jars rootfs/app/hard.jar rootfs/app/plain.jar rootfs/usr/share/soft.data
	ln rootfs/app/hard.jar rootfs/app/other.jar
	ln -s /usr/share/soft.data rootfs/app/soft.jar
	ln -s ../../usr/share/soft.data rootfs/app/out-of-the-root.jar
	ln -s plain.jar rootfs/app/link-to-plain.jar
	ln -s nowhere.jar rootfs/app/dangling.jar
	ln -s loop.jar rootfs/app/loop.jar
	ln -s /usr/share rootfs/app/folder.jar
	ln -s ../../../usr/share/status rootfs/var/lib/dpkg/status
	printf 'Package: one\nStatus: install ok unpacked\nVersion: 1\n\n' >rootfs/usr/share/status
	tar -C rootfs -cf rootfs.tar .
	bill rootfs.tar >list
	printf '%s\n' "deb one 1 - required" "maven org.example/hard 1 - required" "maven org.example/hard 1 - required" \
		"maven org.example/plain 1 - required" "maven org.example/soft 1 - required" \
		"maven org.example/soft 1 - required" >wanted
	diff wanted list >&2 || fail "something else is installed"
	expect_text out '"/app/soft.jar"'
	expect_text out '"/var/lib/dpkg/status"'
	cp -a rootfs later
	echo broken >later/usr/share/status
	tar -C later -cf later.tar .
	silt_exits 3 sbom later.tar
	expect_text err '/var/lib/dpkg/status in layer 1 (dpkg database): packages may be missing: it has no package'
}

# What the link leads to was made as a name that is gone: nothing else tells of it.
a_link_to_content_without_its_first_name_is_read() {
	need python3
	mkdir -p one two
	jars one/first.jar
	ln one/first.jar one/second.data
	ln -s second.data one/link.jar
	touch two/.wh.first.jar
	tar -C one -cf one.tar first.jar second.data link.jar
	tar -C two -cf two.tar .wh.first.jar
	stack first.tar one.tar two.tar
	fates first.tar >list
	printf '%s\n' "first 1 1 deleted by 2 /first.jar" "first 1 1 visible /link.jar" >wanted
	diff wanted list >&2 || fail "something else is told"
}

# A database whose folder is behind two links, and folders of npm, Python and gem that are links themselves; of two
# links to one folder the first counts, and what is told under its own name is not told again.
metadata_behind_links_to_folders_is_read() {
	need python3
	put one/data/state/dpkg-db/status 'Package: one\nStatus: install ok installed\nVersion: 1\n\n'
	put one/data/state/dpkg-db/status.d/two 'Package: two\nVersion: 1\n\n'
	put one/data/state/dpkg-db/other 'Package: other\nVersion: 1\n\n'
	mkdir -p one/var one/app one/late one/m/node_modules/@s one/k/node_modules one/site one/gems
	ln -s ../data one/var/lib
	ln -s /data/state/dpkg-db one/data/dpkg
	put one/deps/nm/left/package.json '{"name": "left", "version": "1"}'
	put one/deps/nm/@t/right/package.json '{"name": "@t/right", "version": "1"}'
	put one/deps/nm/left/src/package.json '{"name": "no", "version": "1"}'
	ln -s /deps/nm one/late/node_modules
	ln -s ../deps/nm one/app/node_modules
	put one/m/local/package.json '{"name": "local", "version": "1"}'
	put one/m/scoped/package.json '{"name": "@s/scoped", "version": "1"}'
	ln -s ../local one/m/node_modules/local
	ln -s ../../scoped one/m/node_modules/@s/scoped
	ln -s ../../m/node_modules/../local/ one/k/node_modules/again
	ln -s /m/node_modules one/k/node_modules/whole
	ln -s ../../k one/k/node_modules/loop
	ln -s loop2 one/k/node_modules/loop2
	ln -s /nowhere one/k/node_modules/nowhere
	put one/store/wheel/METADATA 'Name: wheel\nVersion: 1\n'
	put one/store/egg/PKG-INFO 'Name: egg\nVersion: 1\n'
	put one/store/gems/default/x.gemspec '# stub: x 1 ruby lib\n'
	ln -s ../store/wheel one/site/wheel-1.dist-info
	ln -s ../store/egg one/site/egg.egg-info
	ln -s ../store/gems one/gems/specifications
	mkdir -p two/deps/nm
	touch two/deps/nm/.wh.left
	tar -C one -cf one.tar .
	tar -C two -cf two.tar deps/nm/.wh.left
	stack links.tar one.tar two.tar
	fates links.tar >list
	cat >wanted <<-'END'
		egg 1 1 visible /site/egg.egg-info/PKG-INFO
		left 1 1 deleted by 2 /app/node_modules/left/package.json
		local 1 1 visible /k/node_modules/again/package.json
		one 1 1 visible /var/lib/dpkg/status
		right 1 1 visible /app/node_modules/@t/right/package.json
		scoped 1 1 visible /m/node_modules/@s/scoped/package.json
		two 1 1 visible /var/lib/dpkg/status.d/two
		wheel 1 1 visible /site/wheel-1.dist-info/METADATA
		x 1 1 visible /gems/specifications/default/x.gemspec
	END
	diff wanted list >&2 || fail "something else is told"
}

a_log_of_rpm_that_is_not_empty_is_told() {
	need python3
	mkdir -p rootfs/var/lib/rpm
	python3 - rootfs/var/lib/rpm/rpmdb.sqlite <<-'END'
		import os, sqlite3, sys
		db = sqlite3.connect(sys.argv[1], isolation_level=None)
		db.execute("PRAGMA journal_mode=WAL")
		db.execute("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)")
		db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
		assert os.path.getsize(sys.argv[1] + "-wal") == 0
		os.system("tar -C rootfs -cf empty.tar .")
		db.execute("INSERT INTO Packages(blob) VALUES(x'00')")
		assert os.path.getsize(sys.argv[1] + "-wal") > 0
		os.system("tar -C rootfs -cf rootfs.tar .")
	END
	silt_exits 0 sbom empty.tar
	silt_exits 3 sbom rootfs.tar
	expect_text err '/var/lib/rpm/rpmdb.sqlite-wal in layer 1 (rpm database log): packages may be missing: it holds changes of the database'
	expect_text out '"aggregate":"incomplete"'
}

a_path_forges_no_fact() {
	mkdir -p "rootfs/a silt:fate=deleted silt:layer=9/node_modules/x"
	printf '{"name": "x", "version": "1"}' >"rootfs/a silt:fate=deleted silt:layer=9/node_modules/x/package.json"
	tar -C rootfs -cf rootfs.tar .
	silt_exits 0 sbom -o spdx rootfs.tar
	expect_text out ' silt:path=/a\\\\x20silt:fate=deleted\\\\x20silt:layer=9/node_modules/x/package.json silt:'
	expect_text out ' silt:evidence=npm\\\\x20package.json silt:fate=visible"'
}
