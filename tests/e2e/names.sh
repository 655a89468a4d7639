# Names that have a life of their own: whose content has other names, and that look like patterns.

# A name is gone when its last entry is, whatever became of the bytes.
a_name_is_gone_whatever_lives_on() {
	python3 -B "$here/versions.py" images
	local image=images/spared.tar
	run_silt 0 ls --deleted "$image"
	cat >wanted <<-'END'
		/a (layer 1, deleted by layer 2)
		/lost is /kept (layer 1, deleted by layer 2)
		/gone (layer 1, deleted by layer 2)
	END
	cmp out.txt wanted || fail "$(cat out.txt)"
	run_silt 0 ls --all "$image" b
	[ "$(head -1 out.txt)" = "/b is /a (layer 1, overwritten by layer 3)" ] || fail "$(cat out.txt)"
	[ "$("$SILT" ls --all -o jsonl "$image" a | jq -r '"\(.fate) \(.hidden_by)"' | head -1)" = "deleted 2" ] || fail "jsonl has another fate"
	"$SILT" timeline "$image" | grep -q '^0|/gone (layer 1, deleted by layer 2)|' || fail "a timeline has another fate"
	run_silt 0 cat "$image" a
	grep -q 'a: not in the final tree: this is the version of layer 1, deleted by layer 2\.$' err || fail "$(cat err)"
	run_silt 0 cat "$image" lost
	grep -q 'the version of layer 1, deleted by layer 2; its content lives on as /kept\.$' err || fail "$(cat err)"
	run_silt 0 cat "$image" gone
	grep -q 'the version of layer 1, deleted by layer 2; its content lives on as /kin\.$' err || fail "$(cat err)"
	# What became of the bytes is another question.
	run_silt 0 strings -e '^kin$' "$image"
	[ "$(cat out.txt)" = "/gone (layer 1, visible):0: kin" ] || fail "$(cat out.txt)"
}

the_history_of_a_name_is_not_that_of_its_content() {
	python3 -B "$here/versions.py" images
	run_silt 0 history images/spared.tar twice
	[ "$(grep '^layer' out.txt | paste -sd,)" = "layer 1: replaced within the layer,layer 1: added" ] || fail "$(cat out.txt)"
	run_silt 0 history images/spared.tar gone
	grep -qx 'layer 2: deleted by a mark for /gone' out.txt || fail "$(cat out.txt)"
	run_silt 0 history -o jsonl images/spared.tar lost
	[ "$(jq -r .sha256 out.txt | sort -u)" = "$(printf kept | sha256sum | cut -d' ' -f1)" ] || fail "a digest is missing: $(cat out.txt)"
}

a_hardlink_has_the_size_of_its_content_in_a_timeline() {
	python3 -B "$here/versions.py" images
	[ "$("$SILT" timeline images/spared.tar | grep '^0|/kin is /gone ' | cut -d'|' -f7)" = 3 ] || fail "the bodyfile has another"
	[ "$("$SILT" timeline -o csv images/spared.tar | grep '/kin is' | grep -o '[0-9]*$')" = 3 ] || fail "the CSV has another"
}

# takes WANTED ARGUMENTS...: what an extraction writes.
takes() {
	local wanted=$1
	shift
	rm -rf out
	run_silt 0 extract "$@" -C out
	(cd out && find . -type f ! -name '*.silt.json' -printf '%P\n' | LC_ALL=C sort | paste -sd' ') >files
	[ "$(cat files)" = "$wanted" ] || fail "extract $* writes $(cat files), not $wanted"
}

a_name_that_looks_like_a_pattern_is_extracted_as_it_is() {
	python3 -B "$here/versions.py" images
	local image=images/brackets.tar
	takes 'app/[...all].js' "$image" 'app/[...all].js'
	takes 'app/[slug]/page.js' "$image" 'app/[slug]/page.js'
	takes 'app/[slug]/page.js' "$image" '/app/[slug]/'
	takes 'bin/a' "$image" 'app/[id]/a'
	takes 'app/s/page.js' "$image" 'app/[s]/page.js'
	takes 'layer-001/old/[x]/f' --deleted "$image" 'old/[x]'
	takes 'layer-001/old/[x]/f' --all "$image" 'old/[x]/f'
	takes 'layer-001/old/[x]/f layer-001/old/x/f' --all "$image" 'old/**'
	takes 'old/x/f' "$image" 'old/[x]/f'
}
