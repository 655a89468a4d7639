# Exit statuses and sentences: what a script sees when it holds silt the wrong way round.

fixtures=$here/../../fixtures

# refuses STATUS PATTERN ARGUMENT...: that exit status, and a sentence on standard error that matches.
refuses() {
	local status=$1 pattern=$2
	shift 2
	silt_exits "$status" "$@"
	expect_text err "$pattern"
	[ ! -s out ] || fail "silt $* wrote to standard output too"
}

no_input_is_a_usage_error() {
	refuses 2 . scan
	refuses 2 .
	refuses 2 "frobnicate" frobnicate
	refuses 2 "nonsense" scan --nonsense "$fixtures/clean.tar"
	refuses 2 "awful" scan --fail-on awful "$fixtures/clean.tar"
	refuses 2 "smoke" scan -o smoke "$fixtures/clean.tar"
}

a_file_that_is_not_there_is_an_io_error() {
	refuses 4 "no-such-file.tar" scan no-such-file.tar
}

a_file_that_is_no_image_is_refused_with_a_sentence() {
	need python3
	echo "Dear diary" >text
	: >empty
	head -c 100000 /dev/urandom >noise
	head -c 20480 /dev/zero >zeros
	echo '{"a": 1}' >document.json
	python3 -c 'import zipfile; zipfile.ZipFile("a.zip", "w").writestr("x", "y" * 1000)'
	mkdir folder && echo x >folder/file
	local input
	for input in text empty noise document.json a.zip folder /dev/null; do
		refuses 3 "$(basename "$input")" scan "$input"
	done
	refuses 3 . scan - <text
	refuses 3 . scan - </dev/null
	# Zeros are a tar without entries: neither a finding nor a crash, and no image.
	silt_exits 0,3 scan zeros
}

help_and_version_are_no_errors() {
	silt_exits 0 --help
	expect_text out "scan"
	silt_exits 0 --version
	expect_text out "[0-9]\.[0-9]"
	silt_exits 0 scan --help
	expect_text out "fail-on"
}

the_threshold_decides_between_0_and_1() {
	silt_exits 1 scan --fail-on critical "$fixtures/leaky.tar"
	silt_exits 0 scan --fail-on low "$fixtures/clean.tar"
	silt_exits 1 scan --fail-on info "$fixtures/leaky.tar" "$fixtures/clean.tar"
	silt_exits 1 scan "$fixtures/clean.tar" "$fixtures/leaky.tar"
}

several_inputs_are_one_report() {
	need python3
	silt_exits 1 scan --output json=both.json "$fixtures/clean.tar" "$fixtures/leaky.tar"
	[ "$(python3 "$here/report.py" format both.json | wc -l)" = 2 ] || fail "not two bundles in the report"
}

an_input_that_cannot_be_read_outweighs_findings() {
	silt_exits 4 scan "$fixtures/leaky.tar" no-such-file.tar
	echo "Dear diary" >text
	silt_exits 3 scan "$fixtures/leaky.tar" text
}

an_output_that_cannot_be_written_is_an_io_error() {
	silt_exits 4 scan --output text=no-such-folder/report "$fixtures/clean.tar"
}

no_image_that_fits_is_an_input_error() {
	refuses 3 "other:9" scan --image other:9 "$fixtures/clean.tar"
	refuses 3 "plan9" scan --platform plan9/mips "$fixtures/clean.tar"
	silt_exits 0 scan --image clean:1.0 --platform linux/amd64 "$fixtures/clean.tar"
}
