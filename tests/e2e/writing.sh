# What cannot be written: every command says so, in one sentence and by its status, however clean the image is.

fixtures=$here/../../fixtures

# Every way to write, one a line.
commands() {
	cat >rule.yaml <<-'END'
		rules:
		  - id: own-token
		    title: Own token
		    severity: high
		    anchors: [owntok_]
		    pattern: 'owntok_[a-z]{10}'
		    revoke: Ask the owner.
		    positive: ['owntok_abcdefghij']
		    negative: ['owntok_1']
	END
	cat <<-END
		--help
		--version
		__complete scan --
		baseline $fixtures/clean.tar
		completion zsh
		config show
		explain user-*
		gate --no-cache $fixtures/clean.tar
		hash $fixtures/clean.tar
		help run-args
		history $fixtures/clean.tar
		limits
		ls $fixtures/clean.tar
		ls --all -o jsonl $fixtures/clean.tar
		policy show
		policy show strict
		rules list
		rules show github-pat
		rules test rule.yaml
		run-args $fixtures/clean.tar
		run-args -o json $fixtures/clean.tar
		scan --help
		scan $fixtures/clean.tar
		scan --color always $fixtures/clean.tar
		scan -o json $fixtures/clean.tar
		scan -o json $fixtures/leaky.tar
		timeline $fixtures/clean.tar
		tree $fixtures/clean.tar
	END
}

# fails_with REASON WRAPPER...: each command, called by the wrapper, ends with 4 and one sentence.
fails_with() {
	local reason=$1 command words status
	shift
	commands >commands
	while read -r command; do
		read -ra words <<<"$command"
		status=0
		"$@" "$SILT" "${words[@]}" </dev/null 2>err || status=$?
		[ "$status" = 4 ] || fail "$reason: silt $command ended with $status"
		[ "$(cat err)" = "silt: standard output: $reason" ] || fail "silt $command said: $(cat err)"
	done <commands
}

into_a_full_device() { "$@" >/dev/full; }
into_nothing() { "$@" >&-; }

# The limit is not for what it says, which goes through a pipe.
into_little_space() {
	(ulimit -f 0 && "$@" 2>&1 >standing) | cat >&2
	return "${PIPESTATUS[0]}"
}

into_a_closed_pipe() {
	python3 -c 'import os, subprocess, sys
reading, writing = os.pipe()
os.close(reading)
sys.exit(subprocess.run(sys.argv[1:], stdout=writing, check=False).returncode)' "$@"
}

no_command_ends_well_on_a_full_device() {
	[ -w /dev/full ] || skip "no /dev/full here"
	fails_with "No space left on device" into_a_full_device
}

no_command_ends_well_with_a_closed_pipe() {
	need python3
	fails_with "Broken pipe" into_a_closed_pipe
}

no_command_ends_well_without_standard_output() {
	fails_with "Bad file descriptor" into_nothing
}

no_command_ends_well_beyond_the_limit_of_file_sizes() {
	: >standing
	fails_with "File too large" into_little_space
}

# Standard error may be lost; the status tells.
a_full_standard_error_changes_no_status() {
	[ -w /dev/full ] || skip "no /dev/full here"
	local status=0
	"$SILT" scan "$fixtures/clean.tar" >out 2>/dev/full || status=$?
	[ "$status" = 0 ] || fail "a clean image ended with $status"
	"$SILT" scan no-such-file.tar >out 2>/dev/full || status=$?
	[ "$status" = 4 ] || fail "a missing file ended with $status"
}

a_report_to_a_file_needs_no_standard_output() {
	"$SILT" scan --output json=report "$fixtures/clean.tar" >&- || fail "it ended with $?"
	[ -s report ] || fail "there is no report"
}

# A disk of 64 KiB that is nearly full: the old report stays, and nothing else.
a_full_disk_leaves_the_old_report() {
	mkdir disk
	mount -t tmpfs -o size=64k tmpfs disk 2>/dev/null || skip "no tmpfs can be mounted here"
	head -c 57000 /dev/zero >disk/other
	echo old >disk/report
	local format status
	for format in json text; do
		status=0
		"$SILT" scan --output $format=disk/report "$fixtures/leaky.tar" 2>err || status=$?
		[ "$status" = 4 ] || fail "a full disk gave exit status $status"
		[ "$(cat err)" = "silt: disk/report: No space left on device" ] || fail "it said: $(cat err)"
		[ "$(cat disk/report)" = old ] || fail "the old report is gone"
		[ "$(ls -A disk | tr '\n' ' ')" = "other report " ] || fail "left behind: $(ls -A disk)"
	done
	status=0
	"$SILT" scan -o json "$fixtures/leaky.tar" >disk/out 2>err || status=$?
	[ "$status" = 4 ] || fail "a full disk under standard output gave exit status $status"
	umount disk
}

# At moments all over a run: the report is the old one or the new one, and the next run is not disturbed.
a_killed_run_leaves_the_old_report_or_the_new_one() {
	need python3
	silt_exits 1 scan --output json=new "$fixtures/leaky.tar"
	INPUT=$fixtures/leaky.tar python3 - <<-'END' || fail "a killed run left something else"
		import os, random, subprocess, sys, time
		argv = [os.environ["SILT"], "scan", "--output", "json=report", os.environ["INPUT"]]
		new = open("new", "rb").read()
		start = time.monotonic()
		subprocess.run(argv, check=False)
		whole = time.monotonic() - start
		random.seed(5)
		for _ in range(25):
		    with open("report", "wb") as file:
		        file.write(b"old")
		    run = subprocess.Popen(argv)
		    time.sleep(random.uniform(0, whole * 1.1))
		    run.kill()
		    run.wait()
		    if open("report", "rb").read() not in (b"old", new):
		        sys.exit(1)
	END
	silt_exits 1 scan --output json=report "$fixtures/leaky.tar"
	cmp report new || fail "the next run was disturbed"
}

# A token that is the name of a file: --show-secrets leaves it in names, which all formats have.
secrets_that_are_shown_are_in_no_format_for_others() {
	need python3
	local token format
	token=$(github_token)
	mkdir "rootfs" && : >"rootfs/$token.txt"
	tar -C rootfs -cf app.tar .
	silt_exits 1 scan --show-secrets -o json=shown.json app.tar
	grep -q "$token" shown.json || fail "asked for, and not shown"
	for format in text jsonl html; do
		silt_exits 1 scan --show-secrets -o "$format=shown" app.tar
		grep -q "$token" shown || fail "asked for, and not in $format"
		silt_exits 0 convert --show-secrets -o "$format=shown" shown.json
		silt_exits 2 convert -o "$format" shown.json
		expect_text err 'shown.json: it was made with --show-secrets'
	done
	for format in table verdict sarif junit gitlab codequality github markdown csv baseline; do
		silt_exits 1 scan --show-secrets -o text=shown -o "$format=others" app.tar
		! grep -q "$token" others || fail "a secret is in $format"
		silt_exits 2 convert --show-secrets -o "$format=others" shown.json
		! grep -q "$token" others || fail "a secret is in $format after conversion"
	done
}
