# Comparing: what squashing by real tools takes away and what it does not, as silt diff tells it.
#
# Three keys: `kept` is visible, `gone` comes with one layer and goes with another, and `word` stands behind "password=" in
# the original, so that in other places no rule knows it.

put_original() {
	put_busybox
	github_token >context/kept
	github_token >context/gone
	word=Wq7-$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')xK
	printf 'password=%s\n' "$word" >context/app.conf
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY kept /srv/kept
		COPY gone /srv/gone
		COPY app.conf /srv/app.conf
		RUN rm /srv/gone /srv/app.conf
	END
}

# build_both BUILDER OPTION...: original.tar, and squashed.tar of the same Dockerfile with these options.
build_both() {
	local builder=$1
	shift
	put_original
	build_with "$builder" original:1
	save_with "$builder" original:1 original.tar
	build_with "$builder" squashed:1 "$@"
	save_with "$builder" squashed:1 squashed.tar
}

# survivals OLD NEW STATUS: "gone PATH" and "survived PATH" for each secret, into survivals.
survivals() {
	silt_exits "$3" diff --fail-on medium -o json=diff.json "$1" "$2"
	python3 - <<-'END' >survivals
		import json
		for secret in json.load(open('diff.json'))['secrets']['items']:
		    print(secret['survival'], secret['subject'].rsplit(' in ', 1)[1])
	END
}

expect_the_deleted_to_be_gone() {
	survivals original.tar "$1" 1
	expect_text survivals '^survived /srv/kept$'
	expect_text survivals '^gone /srv/gone$'
	expect_text survivals '^gone /srv/app.conf$'
	silt_exits 1 diff original.tar "$1"
	expect_text out '^NOT FREE: 1 of 3 secrets of OLD are in NEW'
}

an_image_still_has_all_of_its_own_secrets() {
	start_builder buildah
	put_original
	build_with buildah original:1
	save_with buildah original:1 original.tar
	silt_exits 1 diff original.tar original.tar
	expect_text out '^NOT FREE: 3 of 3 secrets of OLD are in NEW'
	expect_text out '0 added, 0 removed, 0 changed'
}

buildah_squash_frees_an_image_of_what_it_deleted() {
	start_builder buildah
	build_both buildah --squash
	expect_the_deleted_to_be_gone squashed.tar
}

podman_squash_frees_an_image_of_what_it_deleted() {
	start_builder podman
	build_both podman --layers=false --squash-all
	expect_the_deleted_to_be_gone squashed.tar
}

docker_squash_frees_an_image_of_what_it_deleted() {
	start_builder docker
	build_both docker --squash
	expect_the_deleted_to_be_gone squashed.tar
}

a_container_exported_by_podman_has_no_deleted_secret() {
	start_builder podman
	put_original
	build_with podman original:1
	save_with podman original:1 original.tar
	podman create --name one original:1 sh >/dev/null 2>create.log || skip "podman creates no container here"
	podman export -o rootfs.tar one
	expect_the_deleted_to_be_gone rootfs.tar
}

a_copy_by_skopeo_keeps_every_secret() {
	need skopeo
	start_builder buildah
	put_original
	build_with buildah original:1
	save_with buildah original:1 original.tar
	skopeo copy -q docker-archive:original.tar oci-archive:copied.tar:copied:1
	silt_exits 1 diff -o json=diff.json original.tar copied.tar
	survivals original.tar copied.tar 1
	expect_text survivals '^survived /srv/kept$'
	expect_text survivals '^survived /srv/gone$'
	expect_text survivals '^survived /srv/app.conf$'
}

# What a script does that takes layers for archives and appends one to the other: the whiteout and the file are both there.
layers_that_are_only_appended_free_an_image_of_nothing() {
	start_builder buildah
	put_original
	build_with buildah original:1
	save_with buildah original:1 original.tar
	python3 "$here/append_layers.py" original.tar appended.tar
	survivals original.tar appended.tar 1,3
	expect_text survivals '^survived /srv/kept$'
	expect_text survivals '^survived /srv/gone$'
	expect_text survivals '^survived /srv/app.conf$'
}

# Squashing rewrites layers. What stands in the history or in a label stays, and there no rule knows the word.
a_word_in_history_and_labels_survives_a_squash() {
	start_builder buildah
	put_original
	cat >>context/Dockerfile <<-END
		LABEL of.no.rule="a $word b"
		RUN echo $word >/srv/list
	END
	build_both_as_they_are
	survivals original.tar squashed.tar 1
	expect_text survivals '^survived /srv/app.conf$'
	silt_exits 1 diff original.tar squashed.tar
	expect_text out 'Label of.no.rule'
	expect_text out '/srv/list'
	! grep -q -e "$word" out diff.json || fail "the word itself is told"
}

build_both_as_they_are() {
	build_with buildah original:1
	save_with buildah original:1 original.tar
	build_with buildah squashed:1 --squash
	save_with buildah squashed:1 squashed.tar
}

# In base64, in a compressed file, in an archive in an archive: it is looked for in what is decoded, too.
a_word_is_looked_for_in_all_that_is_decoded() {
	need gzip zip
	start_builder buildah
	put_original
	build_both_as_they_are
	local place
	for place in base64 gzip nested; do
		mkdir -p "in.$place"
	done
	printf 'x %s y' "$word" | base64 -w0 >in.base64/text
	printf 'x %s y' "$word" | gzip -9n >in.gzip/text.gz
	printf 'x %s y' "$word" >word.txt
	bounded zip -q inner.zip word.txt
	tar -cf in.nested/outer.tar inner.zip
	for place in base64 gzip nested; do
		tar -cf "$place.tar" -C "in.$place" .
		survivals original.tar "$place.tar" 1
		expect_text survivals '^survived /srv/app.conf$'
		expect_text survivals '^gone /srv/kept$'
	done
}

nothing_is_called_gone_in_an_image_that_is_cut_off() {
	start_builder buildah
	put_original
	build_both_as_they_are
	head -c $(($(stat -c %s squashed.tar) / 2)) squashed.tar >cut.tar
	survivals original.tar cut.tar 3
	! grep -q '^gone' survivals || fail "gone, though not all was looked at"
	silt_exits 3 diff original.tar cut.tar
	expect_text out 'not all of NEW was looked at'
}
