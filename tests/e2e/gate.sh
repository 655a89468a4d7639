# `silt gate` as a pipeline holds it: one line, one exit status, and nothing near the image has a say.

fixtures=$here/../../fixtures

# judges STATUS PATTERN FILE ARGUMENT...: the file, piped into the gate, gives that status, and one line that matches.
judges() {
	local wanted=$1 pattern=$2 file=$3 status=0
	shift 3
	cat "$file" | bounded "$SILT" gate - "$@" >out 2>err || status=$?
	[ "$status" = "$wanted" ] || fail "silt gate - $* <$file ended with $status, not $wanted: $(cat err)"
	[ "$(cat out err | wc -l)" = 1 ] || fail "more than one line: $(cat out err)"
	cat out err >line
	expect_text line "$pattern"
}

a_gate_in_a_pipe_denies_what_leaks_in_one_line() {
	judges 1 'FAIL: .* findings at or above medium .*Worst: critical private-key in /root/.ssh/id_ed25519.*deleted by' \
		"$fixtures/leaky.tar" --policy strict
	judges 1 '^example/leaky: FAIL' "$fixtures/leaky-oci.tar" --name example/leaky
}

a_gate_lets_what_is_clean_pass_in_one_line() {
	judges 0 '^-: PASS: no findings at or above medium' "$fixtures/clean.tar" --policy strict
}

a_gate_denies_what_it_cannot_read_to_its_end() {
	need python3
	local size cut
	size=$(python3 -c 'import sys; print(len(open(sys.argv[1], "rb").read().rstrip(b"\0")))' "$fixtures/clean.tar")
	for cut in 0 100 600 3000 "$((size / 2))" "$((size - 1))"; do
		head -c "$cut" "$fixtures/clean.tar" >cut.tar
		judges 3 '^\(silt: \)\?-: INCOMPLETE: ' cut.tar
	done
	echo "no image" >text
	judges 3 '^silt: -: INCOMPLETE: expected' text
	silt_exits 4 gate no-such.tar
	expect_text err 'no-such.tar: INCOMPLETE: cannot open it'
	silt_exits 3 gate "$fixtures/clean.tar" text
	expect_text out 'clean.tar: PASS'
	expect_text out '^1 input: INCOMPLETE: could not be audited'
}

a_gate_keeps_all_it_found_in_a_report() {
	need python3
	judges 1 'FAIL' "$fixtures/leaky.tar" --report report.json -o "html=report.html"
	expect report.json pattern=aws-access-key-id
	[ -s report.html ] || fail "no page"
	bounded "$SILT" scan -q -o json=other.json --name - "$fixtures/leaky.tar" || true
	cmp report.json other.json || fail "the report of a gate is another one than that of a scan"
	silt_exits 2 gate "$fixtures/leaky.tar" --report a.json -o json=a.json
	expect_text err 'the same place'
	silt_exits 2 gate "$fixtures/leaky.tar" -o json
	expect_text err 'the same place'
	silt_exits 2 gate "$fixtures/leaky.tar" --report -
	expect_text err 'the same place'
	[ ! -e ./- ] || fail "a report in a file of the name -"
}

nothing_beside_an_image_or_in_it_steers_a_gate() {
	unset SILT_CONFIG
	mkdir -p place/.config/silt
	cp "$fixtures/leaky.tar" place/
	local rules='private-key\naws-access-key-id\nsecret-*\n'
	printf "$rules" | tee place/.trivyignore place/.dockleignore place/.siltignore >/dev/null
	printf 'policy: everything.yaml\nignorefile: .trivyignore\nskip: "*"\nfail-on: critical\n' |
		tee place/.silt.yaml place/silt.yaml >/dev/null
	printf 'fail-on: never\n' | tee place/policy.yaml place/.silt-policy.yaml >/dev/null
	silt_exits 1 gate "$fixtures/leaky.tar" --name leaky.tar
	cp out there
	(cd place && bounded "$SILT" gate leaky.tar >../here) && fail "a file in the folder let the image pass"
	cmp there here || fail "a file in the folder changed the verdict"
}

a_waiver_that_has_expired_holds_in_no_gate_of_the_past() {
	printf "version: 1\nwaivers: [{rule: '*', reason: once, expires: 2020-06-01}]\n" >p.yaml
	SOURCE_DATE_EPOCH=1577836800 silt_exits 0 scan --policy p.yaml "$fixtures/leaky.tar"
	SOURCE_DATE_EPOCH=1577836800 silt_exits 1 gate --policy p.yaml "$fixtures/leaky.tar"
}

a_gate_remembers_layers_unless_it_is_told_not_to() {
	export XDG_CACHE_HOME=$work/caches
	silt_exits 0 gate --no-cache "$fixtures/clean.tar"
	[ ! -e caches ] || fail "a cache, though there should be none"
	silt_exits 0 gate "$fixtures/clean.tar"
	[ -s caches/silt/records.db ] || fail "no cache"
	mv out first
	silt_exits 0 gate "$fixtures/clean.tar"
	cmp first out || fail "the cache changed the verdict"
	chmod 777 caches/silt
	silt_exits 0 gate "$fixtures/clean.tar"
	expect_text err 'warning: no record cache is used'
	silt_exits 4 gate --cache caches/silt "$fixtures/clean.tar"
	unset XDG_CACHE_HOME HOME
	silt_exits 0 gate "$fixtures/clean.tar"
	[ ! -s err ] || fail "without a home there is no cache, and no word about it: $(cat err)"
}
