# The layouts of producers that cannot be run here: conversions of a real image (fixtures/leaky.tar) by relayout.py. The
# findings must be those of the original.

fixture=$here/../../fixtures/leaky.tar

same_findings_in() {
	local layout
	need python3
	report_of "$fixture" original.json
	for layout in "$@"; do
		python3 "$here/relayout.py" "$layout" "$fixture" "$layout.tar"
		report_of "$layout.tar" other.json
		echo "$layout"
		expect_same_findings original.json other.json
	done
}

names_that_begin_with_dot_slash_change_nothing() { same_findings_in dot_slash; }
the_manifest_may_come_first() { same_findings_in manifest_first; }
a_layer_may_be_a_link_to_another_member() { same_findings_in symlink_before_target symlink_after_target hardlink; }
colons_and_gzip_layers_of_crane_and_kaniko_are_read() { same_findings_in crane; }
lower_case_keys_of_jib_are_read() { same_findings_in jib; }
repositories_of_bazel_before_the_manifest_are_read() { same_findings_in bazel; }
bare_layers_of_nix_are_read() { same_findings_in nix; }

# An archive without manifest.json has no history to put secrets into: they are in the v1 JSON of each layer.
an_archive_of_docker_before_1_10_is_read() {
	need python3
	report_of "$fixture" original.json
	python3 "$here/relayout.py" legacy "$fixture" legacy.tar
	report_of legacy.tar legacy.json
	[ "$(python3 "$here/report.py" format legacy.json)" = docker-legacy ] || fail "format is not docker-legacy"
	python3 "$here/report.py" list original.json | sort -k 4 | awk '{ print $3, $4 }' >a
	python3 "$here/report.py" list legacy.json | sort -k 4 | awk '{ print $3, $4 }' >b
	diff a b >&2 || fail "the legacy layout has other findings"
}

# A platform that the index names and the archive never had is no hole in what was given: docker pulls one platform.
an_archive_of_containerd_with_an_absent_platform_is_read() {
	need python3
	report_of "$fixture" original.json
	python3 "$here/relayout.py" containerd "$fixture" containerd.tar
	report_of containerd.tar containerd.json
	findings_of original.json | grep -v '^integrity-' >a
	findings_of containerd.json | grep -v '^integrity-' >b
	diff a b >&2 || fail "the containerd layout has other findings"
}
