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

# tar_of FILE ARCHIVE: a root filesystem with this file and nothing else.
tar_of() {
	rm -rf rootfs
	mkdir -p rootfs/srv
	cp "$1" rootfs/srv/file
	tar -C rootfs -cf "$2" .
}

put_key_forms() {
	need openssl ssh-keygen tar
	bounded openssl genrsa -traditional -out pem 2048 2>/dev/null
	bounded openssl pkey -in pem -out pkcs8
	bounded openssl rsa -in pem -traditional -outform DER -out der 2>/dev/null
	bounded openssl pkcs8 -topk8 -nocrypt -in pem -outform DER -out pkcs8der
	cp pem openssh
	chmod 600 openssh
	bounded ssh-keygen -q -p -N '' -f openssh </dev/null
	grep -v -e '-----' pem >body
	tr -d '\n' <body >line
	fold -w 40 line >folded
	base64 -w 0 pkcs8der >base64
	od -An -v -tx1 der | tr -d ' \n' >hex
}

a_private_key_in_another_form_is_the_same_key() {
	local old new
	put_key_forms
	bounded openssl genrsa -out other 2048 2>/dev/null
	tar_of other other.tar
	for new in pem pkcs8 der pkcs8der openssh body line folded base64 hex; do
		tar_of "$new" "$new.tar"
	done
	for old in pem pkcs8 der pkcs8der openssh; do
		for new in pem pkcs8 der pkcs8der openssh; do
			silt_exits 1 diff "$old.tar" "$new.tar"
			expect_text out '^NOT FREE: 1 of 1 secret of OLD is in NEW'
		done
		silt_exits 1 diff "$old.tar" other.tar
		expect_text out '^free: 0 of 1 secret of OLD is in NEW'
	done
	for new in body line folded base64 hex; do
		silt_exits 1 diff pem.tar "$new.tar"
		silt_exits 1 diff pkcs8der.tar "$new.tar"
	done
}

# By programs that write what others are to read: nothing of it shows that it is encoded but the characters themselves.
a_value_is_found_however_programs_write_it() {
	need python3 tar
	printf 'DB_PASSWORD=%s\n' "'p@ss/w0rd&Zq=77\"x'" >env
	tar_of env old.tar
	python3 - <<-'END'
		import html, json, shlex, urllib.parse
		value = 'p@ss/w0rd&Zq=77"x'
		def write(name, text):
		    open(name, 'w').write(text + '\n')
		write('url', 'login?p=' + urllib.parse.quote(value, safe=''))
		write('json', json.dumps({'password': value}))
		write('all-octal', ''.join('\\%03o' % ord(c) for c in value))
		write('octal', value.replace('&', '\\046'))
		write('all-percent', ''.join('%%%02x' % ord(c) for c in value))
		write('html', html.escape(value))
		write('references', ''.join('&#%d;' % ord(c) for c in value))
		write('properties', 'p=' + value.replace('=', '\\='))
		write('other', urllib.parse.quote(value + 'y', safe='').replace('77', '78'))
	END
	local new
	for new in url json all-octal octal all-percent html references properties; do
		tar_of "$new" new.tar
		silt_exits 1 diff --fail-on low old.tar new.tar
		expect_text out '^NOT FREE: 1 of 1 secret of OLD is in NEW'
	done
	tar_of other new.tar
	silt_exits 0 diff --fail-on low old.tar new.tar
}
