# The images in fixtures/: what README.md there promises about each.

fixtures=$here/../../fixtures

# Both leaky images have the same Dockerfile and the same secrets, but other builders and another encoding.
expect_leaks() {
	need python3
	report_of "$fixtures/$1" leaky.json
	expect leaky.json severity=critical exposure=deleted at.path=root/.ssh/id_ed25519 \
		at.added_by~"COPY" at.hidden_by~"rm /root/.ssh/id_ed25519"
	expect leaky.json pattern=github-pat severity=critical exposure=metadata at.place~history
	expect leaky.json exposure=visible at.path=root/.docker/config.json "severity>=high"
	expect leaky.json exposure=overwritten at.path=root/.aws/credentials "severity>=high" at.hidden_by~"echo"
	expect leaky.json rule=priv-setuid at.path=app/helper
	expect leaky.json rule=user-root severity=high
	expect_none leaky.json rule~shell-
	expect_none leaky.json rule~integrity- "severity>=medium"
}

the_leaky_docker_archive_leaks_what_it_should() { expect_leaks leaky.tar; }
the_leaky_oci_archive_leaks_what_it_should() { expect_leaks leaky-oci.tar; }

the_clean_archive_is_clean() {
	silt_exits 0 scan --fail-on low --output json=clean.json "$fixtures/clean.tar"
	expect_none clean.json "severity>=low"
}

two_builders_of_one_dockerfile_agree_on_its_secrets() {
	need python3
	report_of "$fixtures/leaky.tar" docker.json
	report_of "$fixtures/leaky-oci.tar" podman.json
	findings_of docker.json | grep -v -e '^integrity-' >a
	findings_of podman.json | grep -v -e '^integrity-' >b
	diff a b >&2 || fail "the findings differ"
}

the_fixtures_stay_small() {
	[ "$(du -cb "$fixtures"/*.tar | tail -1 | cut -f 1)" -lt 2000000 ] || fail "too large for a repository"
}
