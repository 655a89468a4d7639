# silt ls and hash: what real tools stacked is what is listed, and what they unpack has the digests.

# Layers that add, change, delete, replace and link, by buildah.
build_layers() {
	start_builder buildah
	put_busybox
	echo first >"$work/context/motd"
	cat >"$work/context/Dockerfile" <<-'END'
		FROM scratch
		COPY bin /bin
		COPY motd /etc/motd
		RUN mkdir -p /srv/d /opt && echo gone >/srv/gone && echo deep >/srv/d/deep && echo old >/opt/old
		RUN rm /srv/gone && mv /opt/old /opt/new && ln /opt/new /opt/other
		RUN rm -r /srv/d && echo file >/srv/d
		RUN chmod 600 /etc/motd
		RUN chmod 4755 /bin/busybox
	END
	build_with buildah app:1
	save_with buildah app:1 app.tar
}

what_buildah_stacked_is_listed() {
	build_layers
	silt_exits 0 ls -l app.tar /etc
	expect_text out '^-rw------- .* /etc/motd$'
	silt_exits 0 ls app.tar /opt
	printf '/opt/new\n/opt/other\n' | diff - out >&2 || fail "/opt is listed wrong"
	silt_exits 0 ls --deleted app.tar
	expect_text out '^/srv/gone (layer 3, deleted by layer 4)$'
	expect_text out '^/opt/old (layer 3, deleted by layer 4)$'
	expect_text out '^/srv/d/deep (layer 3, .* by layer 5)$'
	silt_exits 0 ls --layer 4 app.tar
	expect_text out '^D /srv/gone (layer 4, a mark that deletes it)$'
	expect_text out '^A /opt/new '
	silt_exits 0 tree --layer 5 app.tar
	printf '      srv/\nC         d\n' >tree
	grep -A1 '^      srv/$' out | diff tree - >&2 || fail "the tree of layer 5 is drawn wrong"
	silt_exits 0 tree app.tar /opt
	printf '/\n    opt/\n        new\n        other\n' | diff - out >&2 || fail "the tree of /opt is drawn wrong"
	silt_exits 0 ls --setuid app.tar
	expect_text out '^/bin/busybox$'
	silt_exits 2 ls app.tar /srv/gone
	expect_text err 'layer 3 has it, and layer 4 hides it'
	silt_exits 0 ls --all app.tar /srv/gone
	silt_exits 2 ls app.tar /nowhere
	silt_exits 2 ls --layer 99 app.tar
	silt_exits 2 ls --layer 1 --all app.tar
}

raw_names_are_for_xargs_and_not_for_a_terminal() {
	need tar script
	mkdir root
	echo x >root/$'a\nb'
	echo y >root/$'c\033[31md'
	tar -cf rootfs.tar -C root .
	silt_exits 0 ls -0 rootfs.tar
	(cd root && tr '\n\0' '\1\n' <"$work/out" | sed 's,^/,,' | tr '\n\1' '\0\n' | xargs -0 cat) >read
	printf 'x\ny\n' | diff - read >&2 || fail "the names are not those of the files"
	silt_exits 0 ls rootfs.tar
	printf '%s\n' '/a\nb' '/c\x1b[31md' | diff - out >&2 || fail "the names are not escaped"
	script -qec "$SILT ls -0 rootfs.tar" /dev/null >typescript </dev/null && fail "raw names went to a terminal"
	expect_text typescript 'not to a terminal'
	script -qec "$SILT hash rootfs.tar" /dev/null >typescript </dev/null || fail "no hashes on a terminal"
	! grep -q "$(printf '\033')" typescript || fail "raw names went to a terminal"
}

sha256sum_accepts_the_list_of_what_umoci_unpacked() {
	need umoci sha256sum
	[ "$E2E_ROOT" != 0 ] || skip "umoci needs root here"
	mkdir -p top/d
	echo one >top/file
	echo two >top/$'with\nnewline'
	echo three >top/'with\backslash'
	echo four >top/d/-
	echo five >top/-
	: >top/empty
	ln top/file top/d/link
	ln -s file top/symlink
	umoci_ init --layout image
	umoci_ new --image image:1
	umoci_ insert --image image:1 top /top
	umoci_ insert --image image:1 --whiteout /top/d/-
	umoci_ unpack --image image:1 bundle
	silt_exits 0 hash image
	(cd bundle/rootfs && sha256sum --strict -c "$work/out") >checked 2>&1 || {
		cat checked >&2
		fail "sha256sum does not accept the list"
	}
	[ "$(wc -l <out)" = 6 ] || fail "the list has not the six files"
	echo changed >bundle/rootfs/top/file
	! (cd bundle/rootfs && sha256sum --strict -c "$work/out") >checked 2>&1 || fail "a change was not seen"
	silt_exits 0 hash --all image
	expect_text out '  layer-001/top/d/-$'
}

umoci_() {
	bounded umoci --log error "$@" || skip "umoci does not work here"
}

what_is_cut_off_is_listed_and_ends_with_3() {
	build_layers
	head -c 1000000 app.tar >cut.tar
	silt_exits 3 ls cut.tar
	silt_exits 3 hash cut.tar
	silt_exits 4 ls no-such-file.tar
	silt_exits 2 ls
}

mactime_reads_a_timeline() {
	need mactime
	build_layers
	mkdir -p more/d
	touch -d '1960-01-01 UTC' more/d/old
	touch -d '2200-01-01 UTC' more/d/late
	touch -d '2001-02-03 04:05:06 UTC' 'more/d/a|b'
	tar --format=pax -cf more.tar -C more d
	silt_exits 0 timeline app.tar
	cp out app.body
	mactime -d -z UTC -b app.body >app.csv 2>mactime.err || fail "mactime does not read it"
	[ ! -s mactime.err ] || fail "mactime complains: $(head -1 mactime.err)"
	expect_text app.csv ',"/srv/gone (layer 3, deleted by layer 4)'
	expect_text app.csv ',"/srv/gone (layer 4, a mark that deletes it)'
	expect_text app.csv ',"build step [0-9]* (layer 4): .*rm /srv/gone'
	! cut -d'|' -f2 app.body | while read -r name; do
		grep -qF -- "$name" app.csv || echo "$name"
	done | grep . >&2 || fail "mactime has not all of it"
	silt_exits 0 timeline more.tar
	mactime -d -y -z UTC -b out >more.csv 2>mactime.err
	expect_text more.csv '^1970-01-01T00:00:01Z,.*,"/d/old (layer 1, visible)'
	expect_text more.csv '^2200-01-01T00:00:00Z,.*,"/d/late (layer 1, visible)'
	expect_text more.csv '^2001-02-03T04:05:06Z,.*,"/d/a.x7cb (layer 1, visible)'
	silt_exits 0 timeline -o jsonl app.tar
	python3 - out <<-'END' || fail "the lines are not what Timesketch asks for"
		import datetime, json, sys
		for line in open(sys.argv[1]):
		    event = json.loads(line)
		    assert event["message"] and event["timestamp_desc"], event
		    assert datetime.datetime.fromisoformat(event["datetime"].replace("Z", "+00:00")).tzinfo, event
	END
}

states_of_a_path_are_told_from_layer_to_layer() {
	build_layers
	silt_exits 0 history app.tar
	expect_text out '^    4 .* rm /srv/gone '
	silt_exits 0 history app.tar /srv/gone
	expect_text out '^layer 3: added$'
	expect_text out '^layer 4: deleted by a mark for /srv/gone$'
	silt_exits 0 history app.tar /etc/motd
	expect_text out '^layer 6: only mode or owner changed$'
	[ "$(grep -c "sha256:$(sha256sum <"$work/context/motd" | cut -c-64)" out)" = 2 ] || fail "digests are wrong"
	silt_exits 0 history app.tar /srv/d
	expect_text out '^layer 5: became another type$'
	silt_exits 0 history app.tar /srv/d/deep
	expect_text out '^layer 5: \(deleted\|masked\)'
	silt_exits 0 history app.tar /opt/new
	expect_text out '/opt/other is /opt/new\|/opt/new (layer 4'
	silt_exits 2 history app.tar /never
	expect_text err 'no layer ever had it'
}

# An image without the bytes of its topmost layer: what is asked for may be in it.
what_is_missing_is_not_said_to_be_nowhere() {
	local layer
	mkdir oci && tar -C oci -xf "$here/../../fixtures/leaky-oci.tar"
	silt_exits 0 history -o jsonl oci
	layer=$(jq -r 'select(.layer != null) | .digest' out | tail -1)
	rm "oci/blobs/sha256/${layer#sha256:}"
	silt_exits 2 ls oci /never
	expect_text err 'no layer that could be read had it'
	expect_text err 'not all of it could be read .*: names may be missing'
	silt_exits 2 history oci /never
	expect_text err 'no layer that could be read had it'
	silt_exits 2 cat oci /never
	expect_text err 'no layer that could be read has a file /never'
	silt_exits 2 extract oci '/never' -C files
	expect_text err 'nothing in it that could be read is called /never'
	silt_exits 3 ls oci /
}

# Of docker save the end says which image there is.
an_archive_cut_before_its_image_is_declared_is_said_to_be_cut() {
	python3 -B "$here/scraps.py" scraps.tar scraps
	head -c 3000 scraps.tar >cut.tar
	is_said_to_be_cut ls cut.tar
	is_said_to_be_cut ls --all cut.tar
	is_said_to_be_cut history cut.tar
	is_said_to_be_cut hash cut.tar
	is_said_to_be_cut cat cut.tar /etc/passwd
	is_said_to_be_cut extract --all cut.tar '**' -C files
	silt_exits 3 cat cut.tar stored:0+0+3000
	cmp out cut.tar || fail "what is left is not shown"
}

is_said_to_be_cut() {
	silt_exits 3 "$@"
	expect_text err 'there is no image in it'
	expect_text err 'not all of it could be read .*: images may be missing'
	expect_text err 'silt strings, silt carve and silt cat INPUT member:NAME need no image'
}

# A layer of an image that was not asked for is no evidence of a layer that nobody has.
layers_of_an_image_that_was_left_out_are_in_no_list_of_another() {
	python3 -B "$here/odd_images.py" two two.tar
	silt_exits 0 ls --all --image one:1 two.tar
	printf '%s\n' '/shared (layer 1, visible)' '/own (layer 2, visible)' '/lost (in no layer: stray.tar)' |
		diff - out >&2 || fail "other layers are listed"
	silt_exits 0 hash --all --image one:1 two.tar
	[ "$(wc -l <out)" = 3 ] || fail "digests of another image are listed"
	silt_exits 0 timeline -o csv --image one:1 two.tar
	[ "$(wc -l <out)" = 4 ] || fail "times of another image are listed"
	silt_exits 0 extract --all --image one:1 two.tar '**' -C files
	[ "$(find files -type f ! -name '*.silt.json' -printf '%f\n' | sort | paste -sd,)" = lost,own,shared ] ||
		fail "files of another image were extracted"
	silt_exits 2 ls --image one:1 two.tar /other
	expect_text err 'no layer ever had it'
	silt_exits 0 strings -e 'MARK.*' --image one:1 two.tar
	expect_text out '^/other (in another image: .*/layer.tar):0: MARK of two$'
	expect_text out '^/lost (in no layer: stray.tar):0: MARK of none$'
	silt_exits 0 strings -e 'MARK.*' -o jsonl --image one:1 two.tar
	[ "$(jq -r '.path + " " + .fate' out | paste -sd,)" = \
		'shared visible,own visible,other other-image,lost unreferenced' ] || fail "$(cat out)"
	silt_exits 0 strings -e 'MARK.*' two.tar
	expect_text out '^/other (layer 2, visible):0: MARK of two$'
}

# Where a link leads is where a file is, by whatever name it was asked for.
the_history_of_a_path_behind_a_link_is_that_of_where_it_leads() {
	python3 -B "$here/odd_images.py" linked linked.tar
	silt_exits 0 history linked.tar /usr/lib/file
	cp out direct
	silt_exits 0 history linked.tar /lib/file
	[ "$(grep -c '^layer' out)" = 2 ] || fail "$(cat out)"
	expect_text out '^layer 2: added$'
	expect_text out '^layer 3: content changed$'
	expect_text direct '^layer 1: replaced within the layer$'
	! grep -v '^layer\|/usr/lib/file$\|sha256:' out || fail "another path is shown"
	silt_exits 0 history linked.tar /usr/lib/own
	cp out own
	silt_exits 0 history linked.tar /lib/own
	diff own out >&2 || fail "one file has two histories"
	! grep 'another name' out || fail "a file has a name that it has not"
}

a_mark_for_nothing_deletes_nothing() {
	python3 -B "$here/odd_images.py" marks marks.tar
	silt_exits 0 ls --layer 2 marks.tar
	printf '  %s (layer 2, a mark that deletes nothing)\n' /a/.wh. /a/.wh.. /.wh. | diff - out >&2 ||
		fail "marks are said to delete something"
	silt_exits 0 ls --layer 2 -o jsonl marks.tar
	[ "$(jq -r '.path + " " + .type + " " + (.mark // "none")' out | head -1)" = 'a/.wh. invalid-mark none' ] ||
		fail "$(cat out)"
	silt_exits 0 ls -R marks.tar
	expect_text out '^/a/file$'
}

files_without_a_name_are_in_no_list_of_digests() {
	python3 -B "$here/odd_images.py" root root.tar
	silt_exits 3 hash root.tar
	printf '%s  file\n' "$(printf file | sha256sum | cut -d' ' -f1)" | diff - out >&2 || fail "the list is not that of one file"
	expect_text err '1 of the files have no digest, .* or no name.*; the first is /'
	silt_exits 3 hash --all root.tar
	[ "$(wc -l <out)" = 1 ] || fail "$(cat out)"
	expect_text err 'the first is layer-001/'
}

an_image_without_layers_has_none_to_choose() {
	python3 -B "$here/odd_images.py" layers none.tar
	silt_exits 2 ls --layer 1 none.tar
	expect_text err "there is no layer '1': the image has none"
}

# Of what is sparse nobody takes a digest.
what_is_not_compared_is_not_said_to_have_changed() {
	need tar truncate
	truncate -s 1M holes
	printf 'in the middle' | dd of=holes bs=1 seek=500000 conv=notrunc status=none
	ln holes link
	echo other >other
	tar -S -cf one.tar holes link
	tar -S -cf two.tar holes link other
	python3 -B "$here/odd_images.py" layers sparse.tar one.tar two.tar
	silt_exits 0 history sparse.tar /holes
	expect_text out '^layer 2: written again, not compared$'
	silt_exits 0 history -o jsonl sparse.tar /holes
	[ "$(jq -r .event out | paste -sd,)" = added,rewritten,other-name ] || fail "$(cat out)"
	silt_exits 0 history sparse.tar /link
	expect_text out '^layer 2: written again, not compared$'
	! grep sha256 out || fail "a file with holes has a digest of something else"
	truncate -s 2M holes
	tar -S -cf three.tar holes
	python3 -B "$here/odd_images.py" layers sparse.tar one.tar three.tar
	silt_exits 0 history sparse.tar /holes
	expect_text out '^layer 2: content changed$'
}

# events_of IMAGE PATH EVENT,...: by layers.
events_of() {
	silt_exits 0 history -o jsonl "$1" "$2"
	[ "$(jq -r '"\(.by_layer) \(.event)"' out | paste -sd,)" = "$3" ] || fail "$2: $(cat out)"
}

# No entry tells one folder from another, or from itself.
a_folder_without_an_entry_has_a_history() {
	python3 -B "$here/versions.py" images
	silt_exits 0 history images/folders.tar /a
	expect_text out '^layer 2: deleted by a mark for /a$'
	expect_text out '^layer 2: back again$'
	events_of images/folders.tar /a '1 added,2 deleted,2 back-again'
	events_of images/folders.tar /in '1 added,2 deleted,2 back-again'
	events_of images/folders.tar /in/a '1 added,2 deleted,2 back-again'
	events_of images/folders.tar /to/a '1 added,2 shadowed,2 masked,2 back-again'
	events_of images/folders.tar /kept '1 added'
	events_of images/folders.tar /D/f '1 added,2 elsewhere'
	events_of images/folders.tar /D/same '1 added,2 elsewhere'
	events_of images/folders.tar /D/other '1 added,2 changed'
	events_of images/folders.tar /D '1 added,2 retyped'
	silt_exits 0 history images/folders.tar D/f
	expect_text out '^layer 2: leads elsewhere$'
	expect_text out ' /F/f$'
}

# What goes through xargs must not be the whole tree.
a_pattern_never_fits_the_root() {
	need tar
	mkdir -p root/d
	echo x >root/d/x
	tar -cf rootfs.tar -C root .
	local pattern
	for pattern in '**' '**/*'; do
		lists '/d /d/x' rootfs.tar "$pattern"
		lists '/d /d/x' --all rootfs.tar "$pattern"
		lists '/d /d/x' --layer 1 rootfs.tar "$pattern"
	done
	lists /d rootfs.tar '*'
	silt_exits 0 ls -0 rootfs.tar '*'
	printf '/d\0' | cmp - out || fail "the root is among raw names"
	silt_exits 0 tree rootfs.tar '*'
	printf '/\n    d/\n' | diff - out >&2 || fail "the tree is drawn wrong"
	silt_exits 2 ls rootfs.tar 'd/**/y'
	silt_exits 0 ls --all rootfs.tar
	expect_text out '^/ (layer 1, visible)$'
	python3 -B "$here/odd_images.py" root root.tar
	silt_exits 0 ls --all root.tar '**'
	printf '%s\n' '/ (layer 1, visible)' '/file (layer 1, visible)' | diff - out >&2 || fail "a file is left out"
}

# lib/ is a link to usr/lib.
a_pattern_follows_the_links_in_front_of_it() {
	python3 -B "$here/versions.py" images
	lists '/usr/lib/keep /usr/lib/own' images/merged.tar '/lib/*'
	lists '/usr/lib/keep /usr/lib/own' images/merged.tar 'lib/../lib/[ko]*'
	lists '/lib' images/merged.tar 'li[b]'
	lists '/lib/own /lib/own' --all images/merged.tar '/lib/ow*'
	silt_exits 2 ls images/merged.tar '/lib/none*'
	expect_text err "no name fits 'lib/none\*'"
}

# lists NAMES LS-ARGUMENT...: by ls in JSON.
lists() {
	local names=$1
	shift
	silt_exits 0 ls -o jsonl "$@"
	[ "$(jq -r '"/" + .path' out | paste -sd' ')" = "$names" ] || fail "$*: $(cat out)"
}

a_hardlink_to_nothing_is_listed_by_its_name() {
	python3 -B "$here/versions.py" images
	lists /hard images/odd.tar /hard
	lists /hard -R images/odd.tar hard
	lists /hard -l images/odd.tar /hard
	silt_exits 0 ls images/folders.tar /in
	printf '/in/a\n' | diff - out >&2 || fail "a folder without an entry is not opened"
	python3 -B "$here/odd_images.py" root root.tar
	lists /file root.tar /
}
