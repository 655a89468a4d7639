# silt ls and tree of what lies in layers: by what it is called there, and by where links had it in the tree.

# has LINES LS-ARGUMENT...: by ls, of which a line is a name with its layer and what became of it.
has() {
	local lines=$1
	shift
	silt_exits 0 "$@"
	[ "$(paste -sd';' out)" = "$lines" ] || fail "$*: $(cat out)"
}

# lib/ is a link to usr/lib.
what_was_written_through_a_link_is_listed_by_where_it_is() {
	python3 -B "$here/versions.py" images
	has '/lib/seen (layer 2, visible)' ls --all images/through.tar /usr/lib/seen
	has '/lib/seen (layer 2, visible)' ls --all images/through.tar 'usr/*/see?'
	has 'A /lib/seen (layer 2, visible)' ls --layer 2 images/through.tar /usr/lib/seen
	has '/lib/key (layer 2, deleted by layer 3)' ls --deleted images/through.tar /usr/lib/key
	has '/lib/key (layer 2, deleted by layer 3)' ls --deleted images/through.tar /lib/key
	has '/lib/key (layer 2, deleted by layer 3)' ls --deleted images/through.tar '/usr/lib/*'
	has '/usr/lib/key (layer 1, overwritten by layer 2);/lib/key (layer 2, deleted by layer 3);/usr/lib/key (layer 3, a mark that deletes it)' \
		ls --all images/through.tar /lib/key
	has '  /;      lib/;C         key;A         seen;          sub/;A             deep' tree --layer 2 images/through.tar /usr
	has 'D /lib/sub (layer 3, a mark that deletes it)' ls --layer 3 images/through.tar usr/lib/sub
	silt_exits 0 ls -o jsonl --all images/through.tar /usr/lib/seen
	[ "$(jq -r .path out)" = lib/seen ] || fail "$(cat out)"
}

# Its folder is gone, and the link is not.
a_folder_that_is_gone_is_where_links_led_to_it() {
	python3 -B "$here/versions.py" images
	has '/usr/lib/sub/old (layer 1, deleted by layer 3);/lib/sub/deep (layer 2, deleted by layer 3)' \
		ls --deleted images/through.tar /usr/lib/sub
	has '/usr/lib/sub/old (layer 1, deleted by layer 3);/lib/sub/deep (layer 2, deleted by layer 3)' \
		ls --deleted images/through.tar '/lib/sub/*'
	silt_exits 0 extract --deleted images/through.tar /usr/lib/sub -C files
	[ "$(cd files && find . -name deep)" = ./layer-002/lib/sub/deep ] || fail "the file is not extracted"
	silt_exits 2 ls images/through.tar /usr/lib/sub/deep
	expect_text err '/usr/lib/sub/deep is no more: layer 2 has it, and layer 3 hides it'
	silt_exits 2 ls images/through.tar /lib/sub/old
	expect_text err '/lib/sub/old is no more: layer 1 has it, and layer 3 hides it'
}

# When the layer came there was one, and there was none.
links_are_those_of_the_layers_so_far() {
	python3 -B "$here/versions.py" images
	has /usr/lib/key ls images/relinked.tar /usr/lib/key
	has '/lib/key (layer 2, visible)' ls --all images/relinked.tar /usr/lib/key
	has '/usr/lib/base (layer 1, visible);/lib/key (layer 2, visible)' ls --all images/relinked.tar '/usr/lib/*'
	has '/e/x (layer 1, visible)' ls --all images/relinked.tar /e/x
	has '/d/x (layer 1, masked by layer 3)' ls --deleted images/relinked.tar /d/x
	silt_exits 0 extract --all images/relinked.tar /usr/lib/key -C files
	[ "$(cd files && find . -name key)" = ./layer-002/lib/key ] || fail "the file is not extracted"
}

# A name may have every character of a pattern; what is gone has no name in the final tree.
a_name_that_only_lower_layers_have_is_no_pattern() {
	python3 -B "$here/versions.py" images
	has '/app/[slug]/page.js (layer 1, deleted by layer 2)' ls --deleted images/slugs.tar 'app/[slug]'
	has '/app/[slug]/page.js (layer 1, deleted by layer 2)' ls --all images/slugs.tar 'app/[slug]/page.js'
	has 'A /app/[slug]/page.js (layer 1, deleted by layer 2)' ls --layer 1 images/slugs.tar 'app/[slug]/page.js'
	has '/w* (layer 1, deleted by layer 2);/w* (layer 2, a mark that deletes it)' ls --all images/slugs.tar 'w*'
	has '/app/[l]/key (layer 1, deleted by layer 2)' ls --deleted images/slugs.tar '/to/[l]'
	silt_exits 2 ls --layer 3 images/slugs.tar 'app/[slug]/page.js'
	expect_text err '/app/\[slug\]/page.js is no more: layer 1 has it, and layer 2 hides it'
	has /wx ls images/slugs.tar 'w*'
	has '/app/s/page.js (layer 1, visible)' ls --all images/slugs.tar 'app/[s]/page.js'
	silt_exits 2 ls --all images/slugs.tar 'app/[s]/none'
	expect_text err "no name fits 'app/\[s\]/none'"
}
