#!/bin/sh
# The program as it is typed: command_line.sh TEST SILT IMAGE
#
# Each function marked "# test" is one test of ctest (CMakeLists.txt finds them). It runs in an empty folder. IMAGE is an
# image file with findings, so that a scan of it ends with 1. Exit status 77: cannot be tested here.
set -u

silt=$2
image=$3

fail() {
	echo "$*" >&2
	for file in out err; do
		[ -s $file ] && sed "s/^/$file: /" $file >&2
	done
	exit 1
}

# run STATUS ARGUMENT...: runs silt, keeps its output in "out" and "err", and expects that exit status.
run() {
	want=$1
	shift
	"$silt" "$@" >out 2>err </dev/null
	got=$?
	[ $got -eq "$want" ] || fail "silt $* gave $got, not $want"
}

# On a terminal of 100 columns: output and errors together in "out".
run_on_terminal() {
	want=$1
	shift
	command -v script >/dev/null || { echo "needs script(1)"; exit 77; }
	script -qec "stty cols 100; $*" /dev/null >out 2>err </dev/null
	got=$?
	[ $got -eq "$want" ] || fail "$* on a terminal gave $got, not $want"
}

has() {
	grep -q -e "$2" "$1" || fail "$1 lacks: $2"
}

has_not() {
	! grep -q -e "$2" "$1" || fail "$1 should not have: $2"
}

escape=$(printf '\033')

no_arguments_show_the_help_as_an_error() { # test
	run 2
	has err '^Usage: silt COMMAND'
	[ ! -s out ] || fail "the help of an error is on standard output"
}

help_is_the_same_by_each_way() { # test
	run 0 help scan
	mv out by_command
	run 0 scan --help
	cmp out by_command || fail "silt help scan and silt scan --help differ"
	run 0 scan -qh -o json whatever.tar
	cmp out by_command || fail "silt scan -qh differs"
	run 0 --help
	has out '^  scan '
}

a_mistyped_word_is_suggested() { # test
	run 2 scna app.tar
	has err "^silt: unknown command 'scna': did you mean 'scan'?\$"
	run 2 scan --otuput json app.tar
	has err '^silt: unknown option --otuput: did you mean --output?$'
	run 2 help scna
	has err "did you mean 'scan'?\$"
	run 2 explain user-rot
	has err "did you mean 'user-root'?\$"
	run 2 rules shw user-root
	has err "^silt: silt rules has no 'shw': did you mean 'show'?\$"
	run 2 policy frobnicate
	has err "^silt: silt policy has no 'frobnicate': silt policy --help lists what it has.\$"
	run 2 policy show strct
	has err "^silt: silt ships no policy 'strct': did you mean 'strict'?\$"
	run 2 cache stat
	has err "did you mean 'stats'?\$"
	run 2 config shwo
	has err "did you mean 'show'?\$"
	run 2 completion bsh
	has err "did you mean 'bash'?\$"
	run 2 limits layres
	has err "did you mean 'layers'?\$"
	run 2 scan --only user-rot "$image"
	has err "no check and no rule is called 'user-rot': did you mean 'user-root'?\$"
	run 2 scan --skip github-pta "$image"
	has err "did you mean 'github-pat'?\$"
}

a_command_that_needs_an_action_names_them() { # test
	run 2 policy
	has err '^silt: silt policy needs check or show: silt policy --help tells more.$'
	run 2 config
	has err '^silt: silt config needs show: silt config --help tells more.$'
}

no_input_is_a_usage_error() { # test
	run 2 scan -o json
	has err '^silt: nothing to scan'
}

what_is_for_one_input_is_refused_for_two() { # test
	run 2 scan --name app "$image" "$image"
	has err '^silt: --name is for one input'
	run 2 scan - -
	has err 'only once'
}

a_platform_without_architecture_is_a_usage_error() { # test
	for platform in linux linux/ /amd64 linux//v8 linux/arm64/v8/more; do
		run 2 scan --platform $platform "$image"
		has err '^silt: --platform needs OS/ARCH'
	done
}

a_terminal_as_input_is_a_usage_error() { # test
	run_on_terminal 2 "'$silt' scan -"
	has out 'docker save app | silt scan -'
}

the_name_is_what_the_report_calls_the_input() { # test
	run 1 scan -o json --name a-name-of-mine "$image"
	has out '"a-name-of-mine"'
	has_not out "$image"
}

a_cache_is_made_measured_and_pruned() { # test
	run 1 scan "$image"
	mv out without
	run 1 scan --cache kept "$image"
	cmp out without || fail "a cache that was empty changes the report"
	run 1 scan --cache kept "$image"
	cmp out without || fail "a cache changes the report"
	[ "$(stat -c %a kept kept/key | tr '\n' ' ')" = "700 600 " ] || fail "others may look into the cache"
	run 0 cache stats kept
	has out '^layers  *[1-9]'
	run 0 cache prune kept
	has out 'forgotten'
	run 0 cache stats kept
	has out '^layers  *0  *0 bytes'
}

the_usual_cache_is_that_of_the_user() { # test
	export XDG_CACHE_HOME="$PWD/x"
	run 4 cache stats
	has err 'x/silt: it cannot be opened'
	run 1 scan --cache x/silt "$image"
	run 0 cache stats
	has out '/x/silt$'
}

blobs_that_are_believed_are_told() { # test
	run 1 scan --cache kept "${image%.tar}-oci.tar"
	has_not out '^Not read'
	run 1 scan --cache kept --trust-digests "${image%.tar}-oci.tar"
	has out '^Not read: [1-9].* layers, taken for what the name of the blob says'
}

what_is_no_cache_command_is_a_usage_error() { # test
	run 2 cache
	run 2 cache fill
	run 2 cache stats --max-size 1 kept
	run 2 cache prune --max-size 1X kept
	has err 'expected a number of bytes'
	run 2 cache prune a b
	run 2 scan --trust-digests "$image"
	has err 'cache names it'
}

a_cache_that_others_may_write_to_is_refused() { # test
	mkdir -m 0777 kept
	chmod 0777 kept
	run 4 scan --cache kept -o text=report "$image"
	has err 'chmod go-w'
	[ ! -e report ] || fail "there is a report all the same"
}

a_cache_that_is_damaged_is_said_and_changes_nothing() { # test
	run 1 scan "$image"
	mv out without
	run 1 scan --cache kept "$image"
	echo "this is no database at all" | dd of=kept/records.db conv=notrunc 2>/dev/null
	run 1 scan --cache kept "$image"
	cmp out without || fail "a damaged cache changes the report"
	has err 'remove records.db'
}

a_report_file_is_complete_and_alone() { # test
	run 1 scan -o json "$image"
	mv out direct
	mkdir reports
	echo old >reports/app.json
	chmod 600 reports/app.json
	run 1 scan --output json=reports/app.json "$image"
	[ ! -s out ] || fail "--output still wrote to standard output"
	cmp direct reports/app.json || fail "the report in the file differs"
	[ "$(ls -A reports)" = app.json ] || fail "left behind: $(ls -A reports)"
	[ "$(stat -c %a reports/app.json)" = 600 ] || fail "mode $(stat -c %a reports/app.json)"
}

one_scan_writes_several_reports() { # test
	run 1 scan -o json "$image"
	mv out alone.json
	run 1 scan "$image"
	mv out alone.txt
	run 1 scan -o json=both.json -o text -o text=both.txt "$image"
	cmp both.json alone.json || fail "the report for programs is another one"
	cmp both.txt alone.txt || fail "the text is another one"
	cmp out alone.txt || fail "the text on standard output is another one"
	run 1 scan -o json=- "$image"
	cmp out alone.json || fail "- is not standard output"
	[ ! -e ./- ] || fail "there is a file called -"
}

an_output_that_fails_takes_no_other_one_with_it() { # test
	run 4 scan -o json=/dev/full -o text=report "$image"
	has err '^silt: /dev/full: No space left on device$'
	grep -q '^FAIL' report || fail "the other report is not whole"
}

completion_knows_where_the_word_stands() { # test
	tab=$(printf '\t')
	run 0 __complete sc
	has out "^scan$tab"
	has out '^:4$'
	run 0 __complete scan -qo js
	has out "^json$tab"
	run 0 __complete scan --output=js
	has out "^--output=json$tab"
	run 0 __complete scan -ojs
	has out "^-ojson$tab"
	run 0 __complete scan -o json --only
	has out "^--only$tab"
	run 0 __complete scan --only=user-root,user-none
	has_not out user-root,user-root
	run 0 __complete rules show user-root user-ro
	has out "^user-root$tab"
	run 0 __complete rules list ''
	[ "$(cat out)" = :4 ] || fail "rules list takes nothing more"
	for words in "scan -- --f" "scan --" "cache stats" "nonsense" "help scan" "scan -o" "scan --only=" "--" "policy show strict"; do
		# shellcheck disable=SC2086 # the words are words
		run 0 __complete $words
		run 0 __complete $words ''
	done
	run 0 __complete
	run 0 __complete scan "$(printf 'a\nb')"
	[ "$(cat out)" = :0 ] || fail "what is no line of text came back"
}

a_wrong_output_is_named_with_what_was_meant() { # test
	run 2 scan -o app.json "$image"
	has err '^silt: --output needs a format first: did you mean json=app.json?$'
	run 2 scan -o jsno "$image"
	has err "^silt: --output does not know the format 'jsno': did you mean 'json'?\$"
	run 2 scan -o smoke=x "$image"
	has err "^silt: --output does not know the format 'smoke': silt scan --help lists them.\$"
	run 2 scan -o json= "$image"
	has err '^silt: --output json= needs the name of a file.$'
	run 2 scan -o json -o text "$image"
	has err '^silt: the formats json and text go to the same place: name a file for each but one.$'
	: >there
	ln -s there link
	run 2 scan -o json=there -o text=./link "$image"
	has err 'go to the same place'
	run 2 scan -o json=new -o text=./new "$image"
	has err 'go to the same place'
	run 2 scan -o json=new -o text="$PWD/../${PWD##*/}/new" "$image"
	has err 'go to the same place'
	[ ! -e new ] || fail "one of two reports for one place was written"
	for place in /dev/stdout /dev/fd/1 mixed; do
		"$silt" scan -o json="$place" -o text "$image" >mixed 2>err && fail "two reports are one in $place"
		has err 'the formats json and text go to the same place'
		[ ! -s mixed ] || fail "something of two reports was written"
	done
	if "$silt" gate --report /dev/stdout "$image" 2>err | grep -q .; then
		fail "the verdict and the report are mixed"
	fi
	has err 'the formats verdict and json go to the same place'
	"$silt" scan -o json=/dev/stdout "$image" 2>err | grep -q '"schema"' || fail "standard output has another name"
	"$silt" scan -o json=/dev/null -o text "$image" >/dev/null 2>err
	[ $? -eq 1 ] || fail "two reports for nobody are refused"
	run 2 run-args -o json=a -o text=b "$image"
	has err '^silt: run-args has one --output: text, json.$'
}

what_is_judged_by_is_not_written_over() { # test
	"$silt" policy show strict >policy.yaml
	: >ignored
	echo 'rules: []' >rules.yaml
	"$silt" scan -o json=baseline.json "$image" || true
	echo 'fail-on: high' >settings.yaml
	ln policy.yaml hard
	for words in policy:policy.yaml ignorefile:ignored rules:rules.yaml baseline:baseline.json config:settings.yaml base:ignored \
		allowed-bases:ignored policy:hard; do
		option=${words%%:*}
		file=${words#*:}
		cp "$file" before
		run 2 scan "--$option" "$file" -o text="./$file" "$image"
		has err "^silt: ./$file is the file of --$option: what is written would take its place.\$"
		cmp -s before "$file" || fail "--$option $file was written over"
	done
	run 2 gate --policy policy.yaml --report hard "$image"
	has err '^silt: hard is the file of --policy'
	SILT_CONFIG=settings.yaml run 2 scan -o text=settings.yaml "$image"
	has err '^silt: settings.yaml is the file of --config'
	run 1 scan --policy strict -o text=strict "$image"
	run 1 scan --policy strict -o text=strict "$image"
}

a_report_is_written_again_in_another_format() { # test
	run 1 scan -o json=report.json -o text=report.txt "$image"
	run 0 convert report.json
	cmp out report.txt || fail "the text is another one"
	"$silt" convert -o json - <report.json >out || fail "standard input is not converted"
	cmp out report.json || fail "the report for programs is another one"
	run 0 convert --no-sandbox -o text=again report.json
	cmp again report.txt || fail "the text is another one without a sandbox"
}

a_file_that_is_no_report_is_not_converted() { # test
	run 3 convert "$image"
	has err "^silt: $image: .*expected"
	[ ! -s out ] || fail "there is a report all the same"
	echo '{"schema": "x"}' >other.json
	run 3 convert -o text=report other.json
	has err '^silt: other.json: expected a report that silt wrote with -o json$'
	[ ! -e report ] || fail "there is a report all the same"
	run 2 convert
	has err '^silt: convert needs one report'
	run 4 convert missing.json
	has err '^silt: missing.json: cannot open it: No such file or directory$'
	run 2 convert .
	has err '^silt: . is a folder: name the report itself.$'
	cp other.json same.json
	run 2 convert -o json=same.json same.json
	has err 'is the input same.json'
}

a_new_report_file_has_the_mode_of_the_umask() { # test
	for pair in 077:600 022:644 002:664; do
		(umask ${pair%:*} && run 1 scan --output "text=report-${pair%:*}" "$image") || exit 1
		[ "$(stat -c %a "report-${pair%:*}")" = ${pair#*:} ] || fail "umask ${pair%:*} gave another mode"
	done
}

an_output_that_is_an_input_is_refused_unread() { # test
	cp "$image" app.tar
	ln app.tar hard.tar
	ln -s app.tar soft.tar
	for output in app.tar ./app.tar hard.tar soft.tar; do
		run 2 scan --output text=$output missing.tar app.tar
		has err "^silt: --output $output is the input app.tar: the report would take its place.\$"
		[ "$(wc -l <err)" -eq 1 ] || fail "an input was opened all the same"
	done
	run 2 scan --output text=app.tar soft.tar
	"$silt" scan --output text=app.tar - <app.tar 2>err
	[ $? -eq 2 ] || fail "standard input was overwritten"
	cmp "$image" app.tar || fail "the input was changed"
	run 3 scan --output text=/dev/null /dev/null
}

a_report_beyond_the_file_size_limit_is_4() { # test
	mkdir reports
	(ulimit -f 1 && run 4 scan --output json=reports/app.json "$image") || exit 1
	has err '^silt: reports/app.json: File too large$'
	[ -z "$(ls -A reports)" ] || fail "left behind: $(ls -A reports)"
}

an_output_that_cannot_be_written_is_4() { # test
	run 4 scan --output text=missing/app.json "$image"
	has err '^silt: missing/app.json: No such file or directory$'
	run 4 scan --output text=/dev/full "$image"
	has err '^silt: /dev/full: No space left on device$'
	[ -c /dev/full ] || fail "the device was replaced by a file"
}

a_closed_standard_output_is_4() { # test
	"$silt" scan "$image" >&- 2>err </dev/null
	[ $? -eq 4 ] || fail "a closed standard output was not noticed"
	has err '^silt: standard output: '
	"$silt" --help >&- 2>err </dev/null
	[ $? -eq 4 ] || fail "a help that nobody saw was called a success"
}

a_closed_standard_input_is_4() { # test
	"$silt" gate - <&- >out 2>err
	[ $? -eq 4 ] || fail "a closed standard input was not noticed"
	has err '^silt: -: INCOMPLETE: cannot open it: Bad file descriptor$'
}

a_closed_standard_output_does_not_matter_for_a_file() { # test
	"$silt" scan --output text=report "$image" >&- 2>err </dev/null
	[ $? -eq 1 ] || fail "$?: the report went to a file"
	[ -s report ] || fail "no report"
}

one_failing_input_does_not_stop_the_others() { # test
	run 4 scan -o json missing.tar "$image"
	has err '^silt: missing.tar: '
	[ "$(wc -l <err)" -eq 1 ] || fail "more than one sentence"
	has out '"findings"'
	has out '"unread_inputs": 1$'
}

an_input_that_was_not_read_is_no_pass() { # test
	run 4 scan --quiet -o json "${image%/*}/clean.tar" missing.tar
	has out '^ *"verdict": "pass",$'
	sed -n '/^  "summary"/,$p' out >summary
	has summary '"verdict": "incomplete"'
	run 4 scan --quiet missing.tar "${image%/*}/clean.tar" missing.tar
	tail -n 2 out | grep -q '^INCOMPLETE: 2 inputs could not be audited' || fail "the last words"
}

when_no_input_works_there_is_no_report() { # test
	echo kept >report
	run 4 scan --output text=report missing.tar
	[ "$(cat report)" = kept ] || fail "a report on nothing replaced the file"
}

names_cannot_steer_the_terminal() { # test
	run 4 scan "missing$escape[31m"
	has_not err "$escape"
	has err 'missing\\x1b\[31m'
	run 2 "$escape[31m"
	has_not err "$escape"
}

without_a_terminal_only_trouble_is_told() { # test
	run 1 scan "$image"
	[ ! -s err ] || fail "something on standard error"
	has_not out "$escape"
}

colours_are_for_those_who_want_them() { # test
	run 1 scan --color always "$image"
	has out "$escape\\["
	run_on_terminal 1 "TERM=xterm NO_COLOR= '$silt' scan -q '$image'"
	has out "$escape\\["
	for setting in NO_COLOR=1 TERM=dumb; do
		run_on_terminal 1 "TERM=xterm; export TERM; env $setting '$silt' scan -q '$image'"
		has_not out "$escape\\["
	done
	run_on_terminal 1 "TERM=xterm '$silt' scan -q --color never '$image'"
	has_not out "$escape\\["
}

a_terminal_gets_a_closing_line() { # test
	run_on_terminal 1 "'$silt' scan '$image'"
	has out '^silt: audited .*B in .* s (.*B/s)'
	run_on_terminal 1 "'$silt' scan -q '$image'"
	has_not out 'silt: audited'
}

the_progress_line_is_drawn_and_erased() { # test
	erase=$(printf '\r')$escape'\[K'
	slowly="{ head -c 20000 '$image'; sleep 2; tail -c +20001 '$image'; }"
	run_on_terminal 1 "TERM=xterm; export TERM; $slowly | '$silt' scan --color never -"
	has out "secrets\\{0,1\\} so far.*$erase"
	run_on_terminal 1 "TERM=xterm; export TERM; $slowly | '$silt' scan --color never --progress never -"
	has_not out 'so far'
	has_not out "$escape"
}

progress_in_lines_is_for_logs() { # test
	for when in plain auto; do
		{ head -c 20000 "$image"; sleep 2; tail -c +20001 "$image"; } |
			"$silt" scan --progress $when - >out 2>err
		[ $? -eq 1 ] || fail "scan --progress $when"
		[ $when = auto ] || has err '^-: .*B, .*B/s, [0-9]* layers\{0,1\}, [0-9]* secrets\{0,1\} so far'
		[ $when = auto ] || has err '^silt: audited '
		has_not err "$escape"
	done
	[ ! -s err ] || fail "progress in a log that nobody asked for"
}

the_number_of_jobs_is_checked() { # test
	run 1 scan -o json "$image"
	mv out expected
	for jobs in 1 2 7 256; do
		run 1 scan --jobs $jobs -o json "$image"
		cmp out expected || fail "--jobs $jobs gives another report"
	done
	for jobs in 0 257 -1 two 1x 99999999999999999999 +3 ' 2'; do
		run 2 scan "--jobs=$jobs" "$image"
		has err 'jobs needs a number of threads from 1 to 256'
	done
}

rules_are_listed_and_shown() { # test
	run 0 rules list
	has out '^github-pat  *high  *likely  *GitHub personal access token$'
	run 0 rules show github-pat npm-token
	has out '^anchors  *ghp_$'
	has out '^npm-token$'
	run 2 rules show github-pta
	has err "did you mean 'github-pat'?"
	run 2 rules show
	has err 'needs the id of a rule'
	run 2 rules
	has err '^silt: silt rules needs list, show or test: silt rules --help tells more.$'
	run 2 rules list github-pat
	has err 'rules show ID'
}

write_rule() {
	printf '%s\n' 'rules:' '  - id: acme-token' '    title: Acme token' '    severity: critical' \
		'    anchors: [acme_]' "    pattern: 'acme_[0-9]{8}%{right}'" '    reach: 13' '    revoke: Ask Acme.' \
		"    positive: ['acme_12345678']" "    negative: ['acme_1234']" >"$1"
}

rules_of_a_file_are_tested() { # test
	write_rule own.yaml
	run 0 rules test own.yaml
	has out '^1 rule, 2 examples, 0 wrong$'
	sed 's/acme_12345678/acme_123/' own.yaml >wrong.yaml
	run 2 rules test wrong.yaml
	has out '^wrong.yaml:2: rule acme-token: positive example 1 is not found$'
	has err '^silt: .* do not hold.$'
	printf 'rules: [{id: x}]\n' >bad.yaml
	run 2 rules test bad.yaml
	has err '^silt: bad.yaml:1: rule x: '
	run 4 rules test missing.yaml
	run 2 rules test
}

rules_of_a_file_are_used() { # test
	write_rule own.yaml
	mkdir root && echo 'x=acme_31415926' >root/secret && tar -cf image.tar -C root secret
	run 0 scan -q image.tar
	run 1 scan -q --rules own.yaml image.tar
	has out '^critical  acme-token  Acme token'
	run 1 scan -q --rules own.yaml --no-default-rules "$image"
	has_not out private-key
	run 2 scan -q --no-default-rules "$image"
	has err 'there is no rule'
	run 4 scan -q --rules missing.yaml "$image"
}

secrets_are_shown_to_their_owner_only() { # test
	printf 'x' >old && chmod 644 old
	run 2 scan -q --show-secrets "$image"
	has err '^silt: --show-secrets writes to a terminal only'
	[ ! -s out ] || fail "a report is on standard output"
	run 1 scan -q --show-secrets --output text=old "$image"
	has old 'secret  *aws_secret_access_key\|secret  *[A-Za-z0-9/+]\{40\}$'
	[ "$(stat -c %a old)" = 600 ] || fail "the mode is $(stat -c %a old)"
	run 1 scan -q --show-secrets --output json=new "$image"
	[ "$(stat -c %a new)" = 600 ] || fail "the mode is $(stat -c %a new)"
	has new '"secret": "[A-Za-z0-9/+]\{40\}"'
	mkfifo pipe
	run 2 scan -q --show-secrets --output text=pipe "$image"
	has err 'no regular file'
	run 1 scan -q --output json=plain "$image"
	has_not plain '"secret": "'
	run_on_terminal 1 "'$silt' scan -q --color never --show-secrets '$image'"
	has out '^  secret  *[A-Za-z0-9/+]\{40\}'
}

# ---- The sandbox -----------------------------------------------------------------------------------------------------

a_report_says_how_its_inputs_were_read() { # test
	run 1 scan -o json "$image"
	has out '^    "enabled": true,$'
	has out '^    "no_new_privileges": true,$'
	[ ! -s err ] || fail "a sandbox that works is nothing to talk about"
	run 1 scan "$image"
	! grep -q Seccomp: /proc/self/status || has_not out seccomp
	run 1 scan --no-sandbox -o json "$image"
	has out '^    "enabled": false,$'
	has out '^    "landlock_abi": 0,$'
	has err '^silt: warning: --no-sandbox: '
	run 1 scan --no-sandbox "$image" "$image"
	[ "$(grep -c '^Sandbox: off' out)" -eq 1 ] || fail "the report says it more or less than once"
	run 0 run-args --no-sandbox "$image"
	has err '^silt: warning: --no-sandbox: '
}

without_the_sandbox_the_report_is_the_same() { # test
	run 1 scan -o json "$image"
	grep -v '^    "\(enabled\|no_new_privileges\|not_dumpable\|landlock_abi\|seccomp\)": ' out >confined
	run 1 scan --no-sandbox -o json "$image"
	grep -v '^    "\(enabled\|no_new_privileges\|not_dumpable\|landlock_abi\|seccomp\)": ' out >free
	cmp confined free || fail "the sandbox changes the report"
}

# same_report ARGUMENT...: a scan of the same image, read in another way.
same_report() {
	run 1 scan -q -o json --name it "$@"
	cmp out by_path || fail "the report of $* differs"
}

every_kind_of_input_is_read_in_the_sandbox() { # test
	run 1 scan -q -o json --name it "$image"
	mv out by_path
	"$silt" scan -q -o json --name it - <"$image" >out 2>err
	cmp out by_path || fail "standard input, a file"
	cat "$image" | "$silt" scan -q -o json --name it - >out 2>err
	cmp out by_path || fail "standard input, a pipe"
	mkfifo pipe
	cat "$image" >pipe &
	same_report pipe
	"$silt" scan -q -o json --name it /dev/stdin <"$image" >out 2>err
	cmp out by_path || fail "/dev/stdin"
	mkdir layout && tar -xf "$image" -C layout
	run 1 scan -q -o json --name it layout
	has out '"private-key"'
	run 0 run-args layout
}

bases_are_read_in_the_sandbox() { # test
	run 1 scan -q -o json --name it --base "$image" "$image"
	has out '"heritage": "base"'
	mv out by_path
	mkfifo pipe
	cat "$image" >pipe &
	same_report --base pipe "$image"
	mkdir layout && tar -xf "$image" -C layout
	same_report --base layout --allowed-bases layout "$image"
	run 4 scan -q --base missing "$image"
	has err '^silt: --base missing: cannot open it: No such file or directory$'
	echo nothing >text
	run 3 scan -q --base text "$image"
	has err '^silt: --base text: expected a tar archive'
}

# As somebody who may not look at what is root's: a process that is not dumpable is.
process_substitution_works_for_everybody() { # test
	command -v bash >/dev/null && command -v setpriv >/dev/null || { echo "needs bash and setpriv"; exit 77; }
	[ "$(id -u)" -eq 0 ] || { echo "needs root, to be somebody else"; exit 77; }
	cp "$image" image.tar
	chmod 755 . && chmod 644 image.tar && mkdir mine && chown 65534 mine
	setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null || { echo "needs another user"; exit 77; }
	cp "$silt" silt
	setpriv --reuid=65534 --regid=65534 --clear-groups bash -c \
		"./silt scan -q --base <(cat image.tar) -o text=/dev/fd/3 <(cat image.tar) 3>mine/report" 2>err </dev/null
	[ $? -eq 1 ] || fail "<(...) cannot be read"
	has mine/report '^FAIL: '
}

# gives_up WORD ARGUMENT...: a scan ends with 3 because nothing came from WORD, long before a minute is over.
gives_up() {
	word=$1
	shift
	timeout 60 "$silt" scan -q --limit stall-seconds=1 "$@" >out 2>err </dev/null
	got=$?
	[ $got -eq 3 ] || fail "silt scan $* gave $got, not 3"
	has err "^silt: $word: nothing came for 1 s: it counts as ended here"
}

a_named_pipe_that_nobody_fills_is_given_up() { # test
	mkfifo pipe
	gives_up pipe pipe
	has err '^silt: pipe: expected a tar archive of a container image; found an empty file$'
	gives_up pipe "$image" pipe
	grep -q '"user-root"\|^FAIL: ' out || fail "the other input was not audited"
	gives_up pipe --base pipe "$image"
	has err '^silt: --base pipe: expected a tar archive'
	gives_up pipe --allowed-bases pipe "$image"
	has err '^silt: --allowed-bases pipe: expected a tar archive'
}

named_pipes_may_be_filled_one_after_the_other() { # test
	mkfifo first second
	{ cat "$image" "$image" "$image" >first; cat "$image" >second; } &
	run 1 scan -q -o json first second
	[ "$(grep -c '"user-root"' out)" -ge 2 ] || fail "a pipe was not read"
}

more_inputs_than_descriptors_were_asked_for() { # test
	inputs=
	for number in $(seq 100); do
		inputs="$inputs $image"
	done
	(ulimit -Sn 40 && run 1 scan -q -o json $inputs) || exit 1
	[ "$(grep -c '"format": "docker"' out)" -eq 100 ] || fail "not all inputs were read"
}

# Starts a scan of a pipe that stays open; its child is in $child.
start_scan() {
	mkfifo pipe
	"$silt" scan -q -o text=report pipe >out 2>err </dev/null &
	scan=$!
	exec 9>pipe
	head -c 20000 "$image" >&9
	for try in $(seq 100); do
		child=$(cat /proc/$scan/task/$scan/children 2>/dev/null)
		[ -z "$child" ] || ! grep -q '^Seccomp:.2' "/proc/${child% }/status" || break
		sleep 0.1
	done
	child=${child% }
	[ -n "$child" ] || { echo "no child of the scan is seen here"; exit 77; }
}

a_running_scan_is_confined() { # test
	start_scan
	cat /proc/$child/status >status
	ls -l /proc/$child/fd >descriptors
	tail -c +20001 "$image" >&9
	exec 9>&-
	wait $scan
	[ $? -eq 1 ] || fail "the scan ended with $?"
	grep -q '^NoNewPrivs:.1' status || fail "new privileges are possible"
	grep -q '^Seccomp:.2' status || fail "no filter"
	! grep -q report descriptors || fail "what reads the image holds the report"
}

an_audit_that_was_stopped_goes_on() { # test
	start_scan
	kill -STOP $child
	sleep 0.2
	kill -CONT $child
	tail -c +20001 "$image" >&9
	exec 9>&-
	wait $scan
	[ $? -eq 1 ] || fail "the scan ended with $?"
}

what_kills_the_audit_is_told_and_the_old_report_stays() { # test
	echo kept >report
	start_scan
	kill -ABRT $child
	wait $scan
	[ $? -eq 70 ] || fail "it ended with $?"
	has err '^silt: internal error: the audit was ended by signal 6 (Aborted).$'
	[ "$(cat report)" = kept ] || fail "the report is gone"
	[ "$(ls -A)" = "$(printf 'err\nout\npipe\nreport')" ] || fail "left behind: $(ls -A)"
}

the_audit_dies_with_its_parent() { # test
	start_scan
	kill -KILL $scan
	wait $scan
	for try in $(seq 100); do
		[ -d /proc/$child ] || return 0
		sleep 0.1
	done
	grep -q '^State:.Z' /proc/$child/status || fail "it runs on, alone"
}

libarchive_out_of_memory_is_70() { # test
	[ -n "$NO_MORE_MEMORY" ] || { echo "sanitizers have a malloc of their own"; exit 77; }
	for option in --quiet --no-sandbox; do
		(export LD_PRELOAD="$NO_MORE_MEMORY" && run 70 scan $option -o text=report "$image") || exit 1
		has err 'Fatal Internal Error in libarchive'
		has err 'silt: internal error: a library ended the program'
		[ ! -e report ] || fail "there is a report"
	done
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/silt-cli.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
a_policy_that_ships_needs_no_file() { # test
	run 1 scan -q --policy strict "$image"
	run 0 policy show strict
	mv out mine.yaml
	run 1 scan -q --policy mine.yaml "$image"
	run 0 policy show
	[ "$(tr '\n' ' ' <out)" = "default strict forensic " ] || fail "the policies are others"
	run 2 scan -q --policy strct "$image"
	has err "did you mean 'strict'?"
	run 2 policy show lax
}

mistakes_of_a_policy_are_told_with_line_and_column() { # test
	printf 'version: 1\nfail-no: low\nrules: {user-rot: off}\n' >bad.yaml
	run 2 policy check bad.yaml
	has out '^bad.yaml:2:1: unknown key "fail-no": did you mean "fail-on"?$'
	has out '^bad.yaml:3:9: no check and no rule is called "user-rot": did you mean "user-root"?$'
	has err '^silt: 2 mistakes.$'
	run 2 scan -q --policy bad.yaml "$image"
	has err 'bad.yaml:2:1: .*(and 1 more mistake)'
	[ ! -s out ] || fail "a scan by half a policy"
	printf 'version: 1\nfail-on: low\n' >good.yaml
	run 0 policy check good.yaml
	has out '^good.yaml: a policy. Fails on low and worse; 0 thresholds, 0 rules, 0 waivers.$'
	printf 'waivers: [{rule: user-root, reason: x, expires: 2020-01-01}]\n' >>good.yaml
	run 0 policy check good.yaml
	has out '1 waiver, 1 of which no longer holds\.$'
	printf 'version: 1\nown-layers-only: true\nallow: {users: [app], ports: []}\n' >lets.yaml
	run 0 policy check lets.yaml
	has out ' 0 waivers, 2 lists of what is allowed, own layers only\.$'
	run 4 policy check gone.yaml
	run 2 policy check
	run 2 policy
}

what_a_policy_accepts_does_not_count_and_is_told() { # test
	cat >p.yaml <<-'END'
		version: 1
		waivers:
		  - {rule: '*', reason: a fixture, expires: 2027-01-31}
		  - {rule: fs-wasted, reason: old, expires: never}
	END
	SOURCE_DATE_EPOCH=1795305600
	export SOURCE_DATE_EPOCH
	run 0 scan -q --policy p.yaml "$image"
	has out 'findings accepted: [0-9]* waived (--show-suppressed lists them)\.$'
	has out '^Note: waiver 2 of p.yaml, line 4 is of no use: nothing that it fits was found\.$'
	has out '^PASS: no findings at or above high; [0-9]* accepted\.$'
	run 0 scan -q --policy p.yaml --show-suppressed "$image"
	has out '^  waived  waiver 1 of p.yaml, line 3: a fixture (until 2027-01-31)$'
	SOURCE_DATE_EPOCH=1895305600
	run 1 scan -q --policy p.yaml "$image"
	has out '^Note: waiver 1 of p.yaml, line 3 expired after 2027-01-31: '
}

what_no_list_of_a_policy_has_counts_and_says_why() { # test
	printf 'version: 1\nfail-on: critical\nallow: {setuid: [], users: [app]}\n' >p.yaml
	run 1 scan -q --only user,priv-setuid --policy p.yaml "$image"
	has out '^high  priv-setuid  Setuid program (proven)$'
	has out '^high  user-not-allowed  User that the policy does not allow (proven)$'
	has out '^  counts  not among those that p.yaml allows, line 3$'
	digest=$("$silt" scan -q -o json "$image" | grep -A 4 '"file": {' | grep -o 'sha256:[0-9a-f]*')
	printf 'version: 1\nallow: {setuid: [{path: /app/helper, digest: "%s"}], users: [root]}\n' "$digest" >p.yaml
	run 0 scan -q --only user,priv-setuid --policy p.yaml "$image"
	has out '^2 findings accepted: 2 allowed '
}

bases_of_a_policy_are_those_allowed() { # test
	zeros=0000000000000000000000000000000000000000000000000000000000000000
	printf 'version: 1\nallow: {bases: [{name: ours, layers: ["sha256:%s"]}]}\n' $zeros >p.yaml
	run 1 scan -q --policy p.yaml "$image"
	has out 'config-base-not-allowed'
	base=$("$silt" scan -q -o json "$image" | grep -o '"diff_id": "[^"]*"' | head -n 1 | cut -d '"' -f 4)
	sed -i "s/sha256:$zeros/$base/" p.yaml
	run 1 scan -q --policy p.yaml "$image"
	has_not out 'config-base-not-allowed'
	run 1 scan -q --policy p.yaml --allowed-bases "sha256:$zeros" "$image"
	has out 'config-base-not-allowed'
}

lines_of_ignore_files_of_other_tools_work() { # test
	printf 'CVE-2024-1\nDS-0002\n' >.trivyignore
	printf 'CIS-DI-0008 # setuid\n' >.dockleignore
	run 1 scan -q --ignorefile .trivyignore --ignorefile .dockleignore "$image"
	has out '^2 findings accepted: 2 waived '
	has out '^Note: .trivyignore: 1 name of vulnerabilities, which silt does not look for\.$'
	# Nobody reads them unasked.
	run 1 scan -q "$image"
	has_not out accepted
}

after_a_baseline_only_new_findings_count() { # test
	run 0 baseline -q "$image"
	mv out base.json
	run 0 baseline -q -o baseline=same.json "$image"
	cmp base.json same.json || fail "standard output and a file differ"
	run 0 scan -q --baseline base.json "$image"
	has out 'findings accepted: [0-9]* known '
	grep -v '"severity"' base.json >broken.json
	run 2 scan -q --baseline broken.json "$image"
	head -c 10000 "$image" >cut.tar
	run 3 baseline -q cut.tar
}

"$1"
