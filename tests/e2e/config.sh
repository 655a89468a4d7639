# Settings from files and the environment: what goes before what, where files are looked for, and what a file that comes
# with the image under review cannot do.
#
# The threshold tells which source was followed: leaky.tar fails by any, clean.tar has one finding of severity info.

fixtures=$here/../../fixtures
image=$fixtures/clean.tar

# An empty home, and no settings but those of the test.
at_home() {
	unset SILT_CONFIG XDG_CONFIG_HOME
	mkdir -p "$HOME/.config/silt" project
	cd project
	work=$work/project
}

# value_is NAME VALUE FROM [OPTION...]: a row of `silt config show`.
value_is() {
	local name=$1 value=$2 from=$3
	shift 3
	silt_exits 0 config show "$@"
	grep -qE "^$name +$value +$from\$" out || {
		cat out err >&2
		fail "$name is not $value from $from"
	}
}

# silt had nothing to say on standard error.
expect_silence() {
	[ ! -s err ] || {
		cat err >&2
		fail "something was said"
	}
}

a_flag_goes_before_a_variable_and_that_before_the_file() {
	at_home
	echo 'fail-on: info' >"$HOME/.config/silt/config.yaml"
	silt_exits 1 scan "$image"
	SILT_FAIL_ON=low silt_exits 0 scan "$image"
	SILT_FAIL_ON=low silt_exits 1 scan --fail-on info "$image"
	silt_exits 0 scan --fail-on low "$image"
	expect_silence
	value_is fail-on info "$HOME/.config/silt/config.yaml:1"
	SILT_FAIL_ON=low value_is fail-on low SILT_FAIL_ON
	# An empty variable is none.
	SILT_FAIL_ON='' value_is fail-on info "$HOME/.config/silt/config.yaml:1"
}

a_list_takes_the_place_of_a_lower_one() {
	at_home
	printf 'output:\n  - text\n  - json=a.json\nskip: config-*\n' >"$HOME/.config/silt/config.yaml"
	silt_exits 0 scan "$image"
	[ -s "$HOME/.config/silt/a.json" ] || fail "a name of a file is not as seen from the folder of the settings"
	expect_text out PASS
	SILT_OUTPUT=$'json=b.json\n\ntext=c.txt' silt_exits 0 scan "$image"
	[ -s b.json ] && [ -s c.txt ] && [ ! -s out ] || fail "not each line of a variable is one argument"
	SILT_OUTPUT=text=d.txt silt_exits 0 scan -o text "$image"
	[ ! -e d.txt ] || fail "a variable was added to what the command line says"
	value_is skip 'config-\*' "$HOME/.config/silt/config.yaml:4"
}

a_flag_can_be_set_and_unset() {
	at_home
	echo 'lint: yes' >my.yaml
	SILT_LINT=0 value_is lint false SILT_LINT --config my.yaml
	value_is lint true my.yaml:1 --config my.yaml
	SILT_LINT=TRUE value_is lint true SILT_LINT
	SILT_LINT=perhaps silt_exits 2 scan "$image"
	expect_text err "SILT_LINT: --lint is set by true or false, not by 'perhaps'"
}

the_first_file_that_is_there_is_read() {
	at_home
	local user=$HOME/.config/silt/config.yaml
	value_is fail-on high default
	expect_text out "looked for: ./.silt.yaml, then $user, then /etc/silt/config.yaml"
	echo 'fail-on: low' >"$user"
	value_is fail-on low "$user:1"
	mkdir -p xdg/silt
	echo 'fail-on: medium' >xdg/silt/config.yaml
	XDG_CONFIG_HOME=$PWD/xdg value_is fail-on medium "$PWD/xdg/silt/config.yaml:1"
	XDG_CONFIG_HOME=xdg value_is fail-on low "$user:1"
	echo 'fail-on: info' >.silt.yaml
	value_is fail-on info ./.silt.yaml:1
	expect_text out '^not read by: silt gate$'
	echo 'fail-on: critical' >named.yaml
	SILT_CONFIG=named.yaml value_is fail-on critical named.yaml:1
	SILT_CONFIG=named.yaml value_is fail-on low "$user:1" --config "$user"
	value_is fail-on high default --config none
	SILT_CONFIG=none value_is fail-on high default
}

the_file_of_the_system_is_the_last() {
	[ "$E2E_ROOT" != 0 ] || skip "/etc can be replaced only in namespaces of root"
	at_home
	mount -t tmpfs tmpfs /etc
	mkdir /etc/silt
	echo 'fail-on: low' >/etc/silt/config.yaml
	value_is fail-on low /etc/silt/config.yaml:1
	echo 'jobs: 1' >"$HOME/.config/silt/config.yaml"
	value_is fail-on high default
}

a_file_that_cannot_be_read_is_an_error() {
	at_home
	silt_exits 4 scan --config no-such.yaml "$image"
	expect_text err 'no-such.yaml: No such file'
	SILT_CONFIG=no-such.yaml silt_exits 4 scan "$image"
	silt_exits 4 scan --config . "$image"
	ln -s loop loop
	XDG_CONFIG_HOME=$PWD/loop silt_exits 4 scan "$image"
	expect_text err 'config none reads no file'
	# Help is for those who are lost.
	silt_exits 0 scan --config no-such.yaml --help
}

a_wrong_value_is_told_with_its_place() {
	at_home
	local line
	while IFS='|' read -r line place words; do
		printf '# settings\n%b\n' "$line" >wrong.yaml
		silt_exits 2 scan --config wrong.yaml "$image"
		expect_text err "^silt: wrong.yaml:$place: .*$words"
		[ ! -s out ] || fail "it was scanned with: $line"
	done <<-'END'
		fail-on: hihg|2:10|--fail-on does not know 'hihg': choose one of critical, high
		fail-on: [low]|2:1|one value, not a list
		fail-on:|2:9|not empty
		jobs: many|2:7|--jobs needs a number of threads
		limit: [entries=5, zstd=1]|2:20|no such limit
		output:\n  - text\n  - sarfi|4:5|did you mean 'sarif'
		only: a,,b|2:7|empty name
		skip: {a: b}|2:7|a text, or a list of texts
		lint: maybe|2:7|true or false
		lint: true\nlint: false|3:1|given twice
		- lint|2:1|map of names to values
	END
	# What only the audit finds out has no place, but one learns where to look.
	echo 'skip: no-such-check' >wrong.yaml
	SILT_LINT=1 silt_exits 2 scan --config wrong.yaml "$image"
	expect_text err "no check and no rule is called 'no-such-check'"
	expect_text err '^silt: set without a word on the command line: skip, lint; silt config show tells by what.$'
	(echo 'skip:' && seq -f '- x%g' 33) >wrong.yaml
	silt_exits 2 scan --config wrong.yaml "$image"
	expect_text err '^silt: wrong.yaml:34:3: more than 32 arguments of --skip'
	SILT_JOBS=0 silt_exits 2 scan "$image"
	expect_text err '^silt: SILT_JOBS: --jobs needs'
}

a_name_that_sets_nothing_is_told() {
	at_home
	printf 'fail_on: low\nfuture-thing: 1\nshow-secrets: true\nconfig: x\n' >my.yaml
	silt_exits 0 scan --config my.yaml "$image"
	expect_text err "^silt: my.yaml:1:1: 'fail_on' sets nothing: did you mean 'fail-on'?$"
	expect_text err "^silt: my.yaml:2:1: 'future-thing' sets nothing"
	expect_text err "^silt: my.yaml:3:1: 'show-secrets' sets nothing: it is for the command line only"
	expect_text err "^silt: my.yaml:4:1: 'config' sets nothing: .* command line and the environment"
	SILT_FIAL_ON=low SILT_IMAGE=x SILT_fail_on=x SILT_='' silt_exits 0 scan "$image"
	expect_text err '^silt: SILT_FIAL_ON sets nothing: did you mean SILT_FAIL_ON?$'
	expect_text err '^silt: SILT_IMAGE sets nothing: --image is for the command line only'
	expect_text err '^silt: SILT_fail_on sets nothing: did you mean SILT_FAIL_ON?$'
	expect_text err '^silt: SILT_ sets nothing'
	# What belongs to another command is no mistake.
	echo 'fail-on: low' >my.yaml
	silt_exits 0 explain --config my.yaml user-root
	expect_silence
}

a_local_file_says_what_it_sets() {
	at_home
	printf 'fail-on: critical\nskip:\n  - secret\n' >.silt.yaml
	silt_exits 0 scan "$fixtures/clean.tar"
	expect_text err '^silt: ./.silt.yaml sets fail-on, skip; --config none leaves it out.$'
	silt_exits 0 scan -q "$fixtures/clean.tar"
	expect_text err 'sets fail-on, skip'
	silt_exits 0 scan --fail-on low --skip user-root "$fixtures/clean.tar"
	expect_silence
	silt_exits 0 scan --config .silt.yaml "$fixtures/clean.tar"
	expect_silence
	echo 'quiet: true' >>.silt.yaml
	silt_exits 0 scan "$fixtures/clean.tar"
	expect_text err 'sets fail-on, skip, quiet'
}

a_local_file_cannot_do_harm() {
	at_home
	local line
	mkdir ../outside
	echo 'version: 1' >../outside/policy.yaml
	ln -s ../outside/policy.yaml link.yaml
	mkfifo pipe
	for line in 'cache: records' 'rules: my.yaml' 'no-default-rules: true' 'limit: hang-seconds=1' 'jobs: 256' \
		'output: json=report.json' 'output: [text, "json=../x"]' 'policy: ../outside/policy.yaml' \
		"policy: $work/../outside/policy.yaml" 'policy: link.yaml' 'policy: pipe' 'ignorefile: /etc/passwd' \
		'baseline: /dev/zero' 'base: ../outside'; do
		echo "$line" >.silt.yaml
		silt_exits 2 scan "$image"
		expect_text err '^silt: ./.silt.yaml:1:'
		[ ! -s out ] || fail "it was scanned with: $line"
		[ -z "$(find . ../outside -name 'records*' -o -name 'x' -o -name 'report*')" ] || fail "written by: $line"
	done
	# The same is right in a file that the user names, or has.
	echo 'cache: records' >my.yaml
	silt_exits 0 scan --config my.yaml "$image"
	[ -d records ] || fail "no cache was made"
}

a_local_file_is_a_file_of_its_own() {
	at_home
	echo 'AKIA: secret' >"$HOME/credentials"
	ln -s "$HOME/credentials" .silt.yaml
	silt_exits 2 scan "$image"
	expect_text err 'is no regular file'
	rm .silt.yaml
	mkfifo .silt.yaml
	silt_exits 2 scan "$image"
	rm .silt.yaml
	mkdir .silt.yaml
	silt_exits 2 scan "$image"
	silt_exits 0 scan --config none "$image"
}

a_policy_that_is_named_keeps_its_threshold() {
	at_home
	echo 'fail-on: critical' >.silt.yaml
	printf 'version: 1\nfail-on: info\n' >policy.yaml
	silt_exits 1 scan --policy policy.yaml "$image"
	expect_silence
	SILT_POLICY=policy.yaml silt_exits 1 scan "$image"
	SILT_FAIL_ON=low silt_exits 1 scan --policy policy.yaml "$image"
	silt_exits 0 scan --policy policy.yaml --fail-on low "$image"
	SILT_POLICY=policy.yaml SILT_FAIL_ON=low silt_exits 0 scan "$image"
	printf 'fail-on: low\npolicy: policy.yaml\n' >.silt.yaml
	silt_exits 0 scan "$image"
}

a_gate_takes_nothing_from_the_folder_it_stands_in() {
	at_home
	printf 'fail-on: critical\nskip: secret\n' >.silt.yaml
	cp "$fixtures/leaky.tar" .
	silt_exits 1 gate --no-cache leaky.tar
	expect_silence
	# What the user wants holds for it all the same.
	echo 'only: filesystem' >"$HOME/.config/silt/config.yaml"
	silt_exits 0 gate --no-cache leaky.tar
	echo 'cache: records' >"$HOME/.config/silt/config.yaml"
	silt_exits 1 gate --no-cache leaky.tar
	[ ! -e "$HOME/.config/silt/records" ] || fail "a file went before --no-cache"
	SILT_NO_CACHE=1 silt_exits 1 gate leaky.tar
	[ ! -e "$HOME/.config/silt/records" ] || fail "a file went before SILT_NO_CACHE"
	silt_exits 1 gate leaky.tar
	[ -e "$HOME/.config/silt/records" ] || fail "no cache was made"
}

names_in_messages_are_escaped() {
	at_home
	printf '"a\\x1b[31m": x\nskip: "\\e]0;x\\a"\n' >.silt.yaml
	silt_exits 0,2 scan "$image"
	silt_exits 0 config show
	! grep -q "$(printf '\033')" out err || fail "an escape sequence was written"
}
