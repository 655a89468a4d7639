# silt strings: what one's own question was not asked of, and what is cut, is told.

# slow FILE: what nested repetitions take too long on: 60 letters and a byte that fits nothing.
slow() {
	printf '%060d!' 0 | tr 0 a >"$1"
}

a_pattern_that_takes_too_long_is_told_with_the_place() {
	need tar jq
	mkdir root
	slow root/slow
	printf 'aaa' >root/quick
	tar -cf rootfs.tar -C root .
	silt_exits 3 strings -e '(a+)+$' rootfs.tar
	echo '/quick (layer 1, visible):0: aaa' | diff - out >&2 || fail "other matches than that of the other file"
	expect_text err '^silt: .*: 61 bytes from byte 0 on were not matched in /slow (layer 1, visible)$'
	expect_text err '^silt: not matched in all: 61 bytes in 1 place\. '
	[ "$(wc -l <err)" = 2 ] || fail "$(cat err)"
	silt_exits 3 strings -o jsonl -e '(a+)+$' rootfs.tar
	[ "$(jq -r .path out)" = quick ] || fail "$(cat out)"
	expect_text err 'were not matched in /slow (layer 1, visible)$'
}

places_that_are_not_matched_are_told_up_to_a_number() {
	need tar
	mkdir root
	local file
	for file in $(seq 10 40); do
		slow "root/$file"
	done
	tar -cf rootfs.tar --sort=name -C root .
	silt_exits 3 strings -e '(a+)+$' rootfs.tar
	[ "$(grep -c ': 61 bytes from byte 0 on were not matched in /' err)" = 24 ] || fail "$(cat err)"
	expect_text err '^silt: not matched in all: 1891 bytes in 31 places\. '
}

a_long_match_is_cut_and_what_follows_is_matched_anew() {
	need tar jq
	mkdir root
	printf '%0200000d' 0 >root/zeros
	tar -cf rootfs.tar -C root .
	silt_exits 0 strings -o jsonl -e '00+' rootfs.tar
	jq -r 'select(.path == "zeros") | "\(.offset) \(.length) \(.match | length)"' out >cuts
	printf '%s\n' '0 65536 65536' '65536 65536 65536' '131072 65536 65536' '196608 3392 3392' |
		diff - cuts >&2 || fail "a long match is cut elsewhere"
}
