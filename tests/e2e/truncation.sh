# A bundle that ends too early, cut at many places. Never a crash, never called clean, always a sentence about it.

fixtures=$here/../../fixtures

# Whatever could be read is reported (1: findings in it, 3: damaged); 0 would say that all is well.
scan_cut() {
	local status=0
	timeout --kill-after=5 60 "$SILT" scan --quiet --output json=cut.json "$1" >out 2>err || status=$?
	case $status in
	3) ;;
	*) fail "cut at byte $2: exit status $status" ;;
	esac
	[ -s err ] || [ -n "$(python3 "$here/report.py" gaps cut.json)" ] || fail "cut at byte $2: not a word about it"
	rm -f cut.json
}

# The zero blocks at the end of a tar carry nothing: cutting there loses nothing.
end_of_content() {
	python3 -c 'import sys; print(len(open(sys.argv[1], "rb").read().rstrip(b"\0")))' "$1"
}

cut_everywhere() {
	need python3
	local size cut
	size=$(end_of_content "$1")
	for ((cut = 1; cut < size; cut += 1000)); do
		head -c "$cut" "$1" >cut.tar
		scan_cut cut.tar "$cut"
	done
}

a_docker_archive_cut_anywhere_is_never_clean() { cut_everywhere "$fixtures/leaky.tar"; }
an_oci_archive_cut_anywhere_is_never_clean() { cut_everywhere "$fixtures/leaky-oci.tar"; }
a_clean_archive_cut_anywhere_is_never_clean() { cut_everywhere "$fixtures/clean.tar"; }

a_compressed_archive_cut_anywhere_is_never_clean() {
	need gzip zstd xz bzip2
	local tool
	for tool in "gzip -c" "zstd -qc" "xz -c" "bzip2 -c"; do
		$tool "$fixtures/leaky.tar" >packed
		cut_everywhere packed
	done
}

# All producers of archives write two zero blocks at the end. Where they are missing, members may be missing too: docker
# save writes the manifest last but one.
an_archive_that_ends_at_a_member_is_not_taken_for_whole() {
	need python3
	local end
	for end in $(python3 -c 'import sys, tarfile; print(*(m.offset for m in tarfile.open(sys.argv[1])))' \
		"$fixtures/leaky.tar"); do
		[ "$end" != 0 ] || continue
		head -c "$end" "$fixtures/leaky.tar" >cut.tar
		scan_cut cut.tar "$end"
	done
}
