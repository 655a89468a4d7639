# What was in an image comes back, byte by byte: by `silt cat` and `silt extract`, out of files and pipes.

what_a_buildah_image_lost_comes_back() { lose_and_find buildah; }
what_a_podman_image_lost_comes_back() { lose_and_find podman; }
what_a_docker_image_lost_comes_back() { lose_and_find docker; }

# One way of losing a file for each.
put_what_gets_lost() {
	local name
	for name in deleted opaque to_file to_link renamed overwritten squashed kept; do
		head -c $((RANDOM * 9 + 1)) /dev/urandom >"context/$name"
	done
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY deleted /srv/deleted
		RUN rm /srv/deleted
		COPY opaque /srv/opaque/deep/file
		RUN rm -rf /srv/opaque && mkdir /srv/opaque
		COPY to_file /srv/to_file/file
		RUN rm -rf /srv/to_file && echo now a file > /srv/to_file
		COPY to_link /srv/to_link/file
		RUN rm -rf /srv/to_link && ln -s /tmp /srv/to_link
		COPY renamed /srv/renamed/file
		RUN mv /srv/renamed /srv/new_name
		COPY overwritten /srv/overwritten
		RUN echo nothing > /srv/overwritten
		COPY kept /srv/kept
		RUN ln /srv/kept /srv/second && chmod 600 /srv/kept
	END
}

# comes_back ARCHIVE PATH[@LAYER] FILE: from the file, from a pipe, and extracted.
comes_back() {
	"$SILT" cat "$1" "$2" 2>cat.err | cmp - "$3" || fail "$2 of $1 is not $3: $(cat cat.err)"
	cat "$1" | "$SILT" cat - "$2" 2>cat.err | cmp - "$3" || fail "$2 of a pipe of $1 is not $3: $(cat cat.err)"
}

lose_and_find() {
	start_builder "$1"
	put_busybox
	put_what_gets_lost
	build_with "$1" lost:1
	save_with "$1" lost:1 lost.tar
	skopeo copy -q docker-archive:lost.tar oci-archive:lost-oci.tar:lost:1
	gzip -k lost.tar
	local archive
	for archive in lost.tar lost-oci.tar lost.tar.gz; do
		comes_back "$archive" /srv/deleted context/deleted
		comes_back "$archive" srv/opaque/deep/file context/opaque
		comes_back "$archive" srv/to_file/file context/to_file
		comes_back "$archive" srv/renamed/file context/renamed
		comes_back "$archive" srv/new_name/file context/renamed
		comes_back "$archive" srv/overwritten@12 context/overwritten
		comes_back "$archive" srv/second context/kept
		comes_back "$archive" srv/kept context/kept
	done
	everything_hidden_is_extracted lost.tar
	rm -rf out
	everything_hidden_is_extracted lost-oci.tar
}

everything_hidden_is_extracted() {
	local name found
	cat "$1" | "$SILT" extract --deleted - '**' -C out >extract.out || fail "extract gave $?"
	for name in deleted opaque to_file to_link renamed overwritten; do
		found=
		while read -r file; do
			cmp -s "$file" "context/$name" && found=$file
		done < <(find out -type f ! -name '*.silt.json')
		[ -n "$found" ] || fail "$name is not among what extract --deleted wrote of $1"
		[ "$(sha256sum <"$found" | cut -d' ' -f1)" = "$(jq -r '.sha256 | ltrimstr("sha256:")' "$found.silt.json")" ] ||
			fail "the record of $name has another digest"
		[ "sha256:$(sha256sum <"$1" | cut -d' ' -f1)" = "$(jq -r .bundle.digest "$found.silt.json")" ] ||
			fail "the record of $name has another digest of the bundle"
	done
}

what_a_squash_of_the_last_layers_left_comes_back() {
	start_builder buildah
	put_busybox
	head -c 30000 /dev/urandom >context/base
	printf 'FROM scratch\nCOPY bin /bin\nCOPY base /srv/base\n' >context/Dockerfile
	build_with buildah base:1
	printf 'FROM localhost/base:1\nRUN rm /srv/base\nRUN echo more > /srv/more\n' >context/Dockerfile
	build_with buildah child:1 --layers=false
	save_with buildah child:1 child.tar
	comes_back child.tar srv/base context/base
}

documents_and_strays_come_out_as_they_are_stored() {
	local config member
	cp "$here/../../fixtures/leaky-oci.tar" .
	mkdir oci && tar -C oci -xf leaky-oci.tar
	echo "nobody's" >stray
	member=blobs/sha256/$(sha256sum <stray | cut -d' ' -f1)
	cp stray "oci/$member"
	tar -C oci -cf stray.tar .
	"$SILT" scan -o json=report.json stray.tar || [ $? = 1 ]
	config=$(jq -r '.bundles[0].images[0].config_digest' report.json)
	"$SILT" cat stray.tar config: | cmp - "oci/blobs/sha256/${config#sha256:}" || fail "the config is another one"
	"$SILT" cat stray.tar manifest: | jq -e .layers >/dev/null || fail "the manifest is no manifest"
	"$SILT" cat stray.tar "blob:$(basename "$member")" | cmp - stray || fail "a blob of no image is another one"
	"$SILT" cat stray.tar member:index.json | cmp - oci/index.json || fail "a member is another one"
	"$SILT" cat oci member:index.json | cmp - oci/index.json || fail "a member of a folder is another one"
	"$SILT" cat stray.tar bundle: | cmp - stray.tar || fail "the bundle is another one"
	"$SILT" cat stray.tar stored:0+512+1000 | cmp - <(tail -c +513 stray.tar | head -c 1000) || fail "a run is another one"
	cat stray.tar | "$SILT" cat - bundle: | cmp - stray.tar || fail "the bundle of a pipe is another one"
}

# Layers that a thread of their own reads: what lies behind them in the folder is found again all the same.
large_layers_of_a_folder_come_back() {
	need umoci
	[ "$E2E_ROOT" != 0 ] || skip "umoci needs root here"
	local umoci="bounded umoci --log error"
	$umoci init --layout oci || skip "umoci does not work here"
	$umoci new --image oci:1
	for name in one two three; do
		head -c 1200000 /dev/urandom >$name
		$umoci insert --image oci:1 $name /srv/$name
	done
	"$SILT" extract --jobs 2 oci '**' -C out || fail "extract gave $?"
	for name in one two three; do
		cmp $name out/srv/$name || fail "/srv/$name is another one"
	done
	"$SILT" cat --jobs 2 oci config: | jq -e .rootfs >/dev/null || fail "the config is not there"
	"$SILT" strings --jobs 2 -e '"rootfs"' oci | grep -q rootfs || fail "what is behind large layers is not looked at"
}

what_is_not_there_is_said() {
	local image=$here/../../fixtures/leaky.tar
	run_silt 2 cat "$image" /no/such
	grep -q 'no layer has a file /no/such: silt ls --all' err || fail "$(cat err)"
	run_silt 2 cat "$image" /root
	grep -q '/root is a directory' err || fail "$(cat err)"
	run_silt 2 extract "$image" 'no/**' -C out
	grep -q 'nothing in it is called no/\*\*' err || fail "$(cat err)"
	run_silt 2 extract "$image" '**'
	grep -q 'needs -C DIR' err || fail "$(cat err)"
	mkdir full && touch full/mine
	run_silt 2 extract "$image" '**' -C full
	grep -q 'is not empty' err || fail "$(cat err)"
	head -c 20000 "$image" >cut.tar
	run_silt 3 cat cut.tar bundle:
	cmp out.txt cut.tar || fail "what is left of a bundle is not shown"
	grep -q 'there is no image in it' err || grep -q 'not all of it could be read' err || fail "$(cat err)"
}

# A tree of traps around the folder: nothing of it changes, and nothing but files and folders is made in it.
an_extraction_stays_in_its_folder() {
	python3 -B "$here/traps.py" traps.tar
	mkdir -p jail/around jail/target
	echo untouched >jail/around/file
	ln -s ../target jail/around/link
	chmod 700 jail/target
	(cd jail && find . -printf '%p %y %m %s %T@ %l\n' | sort) >before
	(cd jail && "$SILT" extract --all ../traps.tar '**' -C out >../extract.out 2>../err) || [ $? = 3 ] || fail "$(cat err)"
	(cd jail && find . -path ./out -prune -o -printf '%p %y %m %s %T@ %l\n' | grep -v '^\. ' | sort) >after
	grep -v '^\. ' before | diff - after || fail "something outside of the folder changed"
	[ -z "$(find jail/out ! -type f ! -type d)" ] || fail "it made what is no file: $(find jail/out ! -type f ! -type d)"
	[ -z "$(find jail/out -type f ! -perm 600)" ] || fail "a file has rights of its own"
	[ -z "$(find jail/out -type d ! -perm 700)" ] || fail "a folder has rights of its own"
	LC_ALL=C find jail/out | LC_ALL=C grep -q $'[\001-\037\177]' && fail "a control character is in a name"
	[ "$(find jail/out -type f ! -name '*.silt.json' | wc -l)" -ge 12 ] || fail "files are missing: $(find jail/out)"
}

# Slack, a tail in front of a second archive, what follows the compression, its comment, a file of no image: each comes back.
what_nobody_claims_is_carved() {
	python3 -B "$here/scraps.py" scraps.tar scraps
	"$SILT" carve -o jsonl=carved scraps.tar || [ $? = 3 ] || fail "carve gave $?"
	local scrap address
	for scrap in scraps/*; do
		address=$(jq -r --arg name "$(basename "$scrap")" 'select(.part + "-" + .framing == $name) | .address' carved)
		[ -n "$address" ] || fail "$scrap is not among what was carved: $(cat carved)"
		cat scraps.tar | "$SILT" cat - "$address" 2>err | cmp - "$scrap" || [ $? = 3 ] || fail "$address is not $scrap"
		"$SILT" cat scraps.tar "$address" 2>err | cmp - "$scrap" || fail "$address is not $scrap"
	done
	[ "$(wc -l <carved)" = "$(find scraps -type f | wc -l)" ] || fail "more was carved than was hidden: $(cat carved)"
	run_silt 0 ls --all scraps.tar
	[ "$(grep -c '^/\(again\|more\) (layer 1, disputed)$' out.txt)" = 2 ] || fail "entries behind the end are not listed"
	"$SILT" carve "$here/../../fixtures/leaky.tar" | cmp - /dev/null || fail "an image of docker has scraps"
}

# A layer that is none is not claimed by the image that names it.
what_could_not_be_decoded_is_carved() {
	python3 -B "$here/odd_images.py" garbage garbage.tar
	run_silt 3 carve garbage.tar
	grep -q '^stored:3+0+760 .*: text, a file of an image that could not be decoded, .*/layer.tar$' out.txt ||
		fail "$(cat out.txt)"
	[ "$(wc -l <out.txt)" = 1 ] || fail "more was carved: $(cat out.txt)"
	run_silt 3 cat garbage.tar stored:3+0+760
	[ "$(grep -c '^this is no tar' out.txt)" = 20 ] || fail "it does not come back"
}

# The same from a file and from a pipe: what is visible, what is gone, and what no file has.
ones_own_question_is_asked_of_all_bytes() {
	python3 -B "$here/scraps.py" scraps.tar scraps
	"$SILT" strings -e 'what follows the [a-z]+|slack \w+|a comment' -o jsonl=found scraps.tar || [ $? = 3 ] || fail "strings gave $?"
	[ "$(jq -r '.part + ":" + .match' found | sort | paste -sd,)" = \
		"framing:a comment,framing:what follows the end,padding:slack behind" ] || fail "$(cat found)"
	"$SILT" strings -e 'OPENSSH[ A-Z]*' "$here/../../fixtures/leaky.tar" >text || fail "strings gave $?"
	cat "$here/../../fixtures/leaky.tar" | "$SILT" strings -e 'OPENSSH[ A-Z]*' - | cmp - text || fail "a pipe has others"
	[ "$(head -1 text)" = "/root/.ssh/id_ed25519 (layer 2, deleted by layer 6):11: OPENSSH PRIVATE KEY" ] || fail "$(cat text)"
	[ "$(wc -l <text)" = 2 ] || fail "$(cat text)"
	run_silt 2 strings -e '(' "$here/../../fixtures/leaky.tar"
	grep -q -e '--grep: byte 1' err || fail "$(cat err)"
}

# written DIR FILE CONTENT: a file of an extraction, by its bytes and the digest in its record.
written() {
	[ "$(cat "$1/$2")" = "$3" ] || fail "$1/$2 is not '$3'"
	[ "$(jq -r .sha256 "$1/$2.silt.json")" = "sha256:$(printf %s "$3" | sha256sum | cut -d' ' -f1)" ] ||
		fail "the record of $1/$2 has another digest"
}

# files_of DIR: what an extraction wrote, without records.
files_of() {
	(cd "$1" && find . -type f ! -name '*.silt.json' -printf '%P\n' | LC_ALL=C sort | paste -sd' ')
}

# A name shows the content that it has in the end, even if what it had before lives on under another one.
names_of_the_final_tree_are_extracted_with_their_content() {
	python3 -B "$here/versions.py" images
	run_silt 0 extract images/renamed.tar '**' -C all
	written all bin/perl new
	written all bin/perl5 old
	written all big2 BIG
	[ "$(files_of all)" = "big2 bin/perl bin/perl5" ] || fail "$(files_of all)"
	(cd all && "$SILT" hash ../images/renamed.tar | sha256sum --quiet --strict -c -) || fail "hash has others"
	run_silt 0 extract --deleted images/renamed.tar '**' -C hidden
	written hidden layer-001/bin/perl old
	written hidden layer-001/big BIG
	[ "$(files_of hidden)" = "layer-001/big layer-001/bin/perl" ] || fail "$(files_of hidden)"
	[ "$(jq -c .in_final_tree hidden/layer-001/big.silt.json all/big2.silt.json | paste -sd,)" = false,true ] ||
		fail "a record does not say whether its name is there"
}

a_name_that_is_gone_is_said_to_live_on() {
	python3 -B "$here/versions.py" images
	run_silt 0 cat images/renamed.tar /big
	[ "$(cat out.txt)" = BIG ] || fail "$(cat out.txt)"
	grep -qx '.*/big: not in the final tree: this is the version of layer 1, deleted by layer 2; its content lives on as /big2\.' err ||
		fail "$(cat err)"
	run_silt 0 cat images/merged.tar usr/lib/short
	grep -q 'the version of layer 2, deleted by layer 3\.' err || fail "$(cat err)"
}

layers_that_an_image_has_twice_are_extracted_as_both() {
	python3 -B "$here/versions.py" images
	run_silt 0 extract images/repeated.tar '**' -C all
	[ "$(files_of all)" = "a b dir/x" ] || fail "$(files_of all)"
	written all a A
	[ "$(jq .layer.number all/a.silt.json)" = 3 ] || fail "a is not of the third layer"
	run_silt 0 extract --layer 3 images/repeated.tar '**' -C third
	[ "$(files_of third)" = "layer-003/a layer-003/dir/x" ] || fail "$(files_of third)"
	run_silt 0 extract --deleted images/repeated.tar '**' -C hidden
	[ "$(files_of hidden)" = "layer-001/a layer-001/dir/x" ] || fail "$(files_of hidden)"
	run_silt 0 extract --all images/repeated.tar '**' -C versions
	[ "$(jq -r .same_as versions/layer-003/a.silt.json)" = layer-001/a ] || fail "the third layer is missing"
	run_silt 0 strings -e '^A$' images/repeated.tar
	grep -qx '/a (layer 3, visible):0: A' out.txt || fail "$(cat out.txt)"
}

# A layer that writes into lib/, which is a link to usr/lib since a lower one.
paths_through_links_are_those_of_the_tree() {
	python3 -B "$here/versions.py" images
	local image=images/merged.tar pattern
	for pattern in '/usr/**' /lib/ 'lib/*' 'usr/lib'; do
		rm -rf out
		run_silt 0 extract "$image" "$pattern" -C out
		[ "$(files_of out)" = "usr/lib/keep usr/lib/own" ] || fail "$pattern: $(files_of out)"
		written out usr/lib/own newer
	done
	for pattern in /usr/lib/own lib/own; do
		rm -rf out
		run_silt 0 extract "$image" "$pattern" -C out
		[ "$(files_of out)" = usr/lib/own ] || fail "$pattern: $(files_of out)"
	done
	run_silt 0 extract "$image" lib/keep -C keep
	[ "$(files_of keep)" = usr/lib/keep ] || fail "$(files_of keep)"
	run_silt 0 extract --all "$image" usr/lib/own -C versions
	[ "$(files_of versions)" = "layer-002/lib/own layer-003/lib/own" ] || fail "$(files_of versions)"
	run_silt 0 extract "$image" lib -C link
	[ "$(find link -type f)" = link/lib.silt.json ] || fail "a link is more than its record: $(find link -type f)"
	[ "$("$SILT" cat "$image" /usr/lib/own@2)" = own ] || fail "a version is not found where its link leads"
	[ "$("$SILT" cat "$image" /lib/own@2)" = own ] || fail "a version is not found by the name of its layer"
	[ "$("$SILT" cat "$image" /lib/keep@1)" = keep ] || fail "a version is not found through a link"
	[ "$("$SILT" cat "$image" /usr/lib/short 2>err)" = short ] || fail "a deleted file is not found where its link leads"
	grep -q 'version of layer 2, deleted by layer 3' err || fail "$(cat err)"
	[ "$("$SILT" cat "$image" /lib/base 2>err)" = base ] || fail "a deleted file is not found through a link"
	run_silt 2 cat "$image" /usr/lib/own@1
	grep -q 'no layer has a file /usr/lib/own@1' err || fail "$(cat err)"
}

what_is_called_like_a_record_is_one() {
	python3 -B "$here/versions.py" images
	run_silt 0 extract images/forged.tar '**' -C out
	written out etc/passwd root
	[ "$(jq -r .written_as out/etc/passwd.silt.json)" = etc/passwd ] || fail "$(cat out/etc/passwd.silt.json)"
	[ "$(files_of out)" = 'a\x2esilt.json/x etc/passwd etc/passwd\x2esilt.json x.silt.jsonl x.silt.json~2' ] ||
		fail "$(files_of out)"
	find out -type f -name '*.silt.json' -exec jq -e .tool.version {} + >/dev/null ||
		fail "something is called like a record and is none"
	run_silt 0 extract --all images/linked.tar '**' -C links
	[ "$(find links -type f -printf '%P\n' | LC_ALL=C sort | paste -sd' ')" = \
		'layer-001/L.silt.json layer-001/L~2.silt.json layer-001/x layer-001/x.silt.json layer-002/L.silt.json' ] ||
		fail "$(find links -type f)"
}

# What has no bytes has not those of another one.
only_a_file_is_the_same_as_another() {
	python3 -B "$here/versions.py" images
	run_silt 0 extract --all images/again.tar '**' -C all
	[ "$(cd all && jq -r 'select(.same_as) | "\(.layer.number) \(.path) \(.same_as)"' layer-*/*.silt.json | paste -sd,)" = \
		'1 h layer-001/x,2 h layer-001/x,2 x layer-001/x' ] || fail "$(jq -c . all/layer-*/*.silt.json)"
	[ "$(files_of all)" = layer-001/x ] || fail "$(files_of all)"
	jq -e 'has("same_as") | not' all/layer-002/L.silt.json >/dev/null || fail "a link has the bytes of a file"
}

# One name 5000 times in one layer, and what lies behind it.
a_name_that_comes_often_ends_no_extraction() {
	python3 -B "$here/versions.py" images
	run_silt 0 extract --all images/twins.tar '**' -C all
	written all layer-001/zz/evidence found
	written all layer-002/zz/other other
	written all 'layer-001/same~777' 'version 776'
	[ "$(find all/layer-001 -maxdepth 1 -name 'same*' ! -name '*.silt.json*' | wc -l)" = 5000 ] || fail "versions are missing"
	grep -q '^5002 files, ' out.txt || fail "$(cat out.txt)"
}

# The second file is larger than a file may be.
what_was_not_written_is_not_told_as_written() {
	mkdir tree && echo small >tree/a && head -c 100000 /dev/urandom >tree/b
	tar -C tree --sort=name -cf big.tar .
	local sandbox status
	for sandbox in '' --no-sandbox; do
		status=0
		rm -rf out
		# shellcheck disable=SC2086
		(trap '' XFSZ && ulimit -f 40 && exec "$SILT" extract $sandbox big.tar '**' -C out >out.txt 2>err) || status=$?
		[ "$status" = 4 ] || fail "it gave $status: $(cat err)"
		[ ! -s out.txt ] || fail "it says: $(cat out.txt)"
		grep -q 'out/b: File too large' err || fail "$(cat err)"
		[ "$(files_of out)" = a ] || fail "$(files_of out)"
	done
	run_silt 2 extract big.tar no/such -C none
	[ ! -e none ] || fail "a folder with nothing in it is left"
}

a_pipe_that_cannot_be_kept_is_told_with_the_reason() {
	mkdir tree && head -c 100000 /dev/urandom >tree/a
	tar -C tree -cf big.tar .
	local status=0
	cat big.tar | (trap '' XFSZ && ulimit -f 40 && exec "$SILT" cat - /a >/dev/null 2>err) || status=$?
	[ "$status" = 4 ] || fail "it gave $status: $(cat err)"
	grep -q 'File too large' err || fail "$(cat err)"
	grep -q 'TMPDIR' err || fail "$(cat err)"
}

what_a_word_leads_to_is_said() {
	python3 -B "$here/versions.py" images
	local image=images/odd.tar word
	[ "$("$SILT" cat "$image" motd@1 /motd@01 motd@002)" = "called sofirstsecond" ] || fail "a file is called like a version"
	run_silt 0 cat "$image" tower/6
	for word in one circle tower/5; do
		run_silt 2 cat "$image" "$word"
		grep -q "$word leads through more links than are followed" err || fail "$(cat err)"
	done
	run_silt 2 cat "$image" hard
	grep -q 'hard is a hardlink to to/nothing in layer 1, which is no file there' err || fail "$(cat err)"
	run_silt 2 cat "$image" dangling
	grep -q 'dangling is a symbolic link to no/where in layer 1' err || fail "$(cat err)"
	run_silt 0 extract "$image" motd circle -C one
	grep -qx '1 file, 6 bytes in one; of links, devices and the like 1 has a record only' out.txt || fail "$(cat out.txt)"
}

# What no byte of is there has no beginning.
a_run_that_goes_beyond_the_end_is_refused() {
	cp "$here/../../fixtures/leaky-oci.tar" image.tar
	local size
	size=$(stat -c %s image.tar)
	run_silt 0 cat image.tar "stored:0+$((size - 5))+5"
	cmp out.txt <(tail -c 5 image.tar) || fail "the last bytes are others"
	run_silt 2 cat image.tar "stored:0+$((size - 5))+6"
	cmp out.txt <(tail -c 5 image.tar) || fail "the last bytes are not shown"
	grep -q "stored:0+$((size - 5))+6: the bundle ends behind 5 of these 6 bytes" err || fail "$(cat err)"
	run_silt 2 cat image.tar stored:0+99999999+5
	run_silt 2 cat image.tar tar:0+99999999+5
	grep -q 'tar:0+99999999+5: the bundle ends behind 0 of these 5 bytes' err || fail "$(cat err)"
	python3 -B "$here/scraps.py" scraps.tar scraps
	run_silt 0 cat scraps.tar stored:3+2999+1
	run_silt 2 cat scraps.tar stored:3+2999+2
	[ ! -s out.txt ] || fail "bytes were shown"
	grep -q 'stored:3+2999+2: the file has only 3000 bytes' err || fail "$(cat err)"
	run_silt 0 cat scraps.tar tar:2+31231+1
	run_silt 2 cat scraps.tar tar:2+99999+10
	grep -q 'tar:2+99999+10: the tar has only 31232 bytes' err || fail "$(cat err)"
}
