# silt as a plugin of the real docker client. No daemon: a plugin needs the client only.

fixtures=$here/../../fixtures

# Puts a link to the program where the client looks.
install_plugin() {
	need docker
	export DOCKER_CONFIG=$work/docker
	mkdir -p "$DOCKER_CONFIG/cli-plugins"
	ln -s "$SILT" "$DOCKER_CONFIG/cli-plugins/docker-silt"
	client --help >out 2>err || true
	grep -q silt out || skip "this docker client has no plugins"
}

client() {
	bounded env docker "$@"
}

# docker_exits STATUS ARGUMENT...: runs the client, fails on any other exit status. Output: out, err.
docker_exits() {
	local wanted=$1 status=0
	shift
	client "$@" >out 2>err || status=$?
	[ "$status" = "$wanted" ] || {
		head -c 2000 err >&2
		fail "docker $* ended with $status, not $wanted"
	}
}

the_docker_client_lists_the_plugin() {
	need jq
	install_plugin
	expect_text out "^  silt\*  *Audit container image files"
	"$DOCKER_CONFIG/cli-plugins/docker-silt" docker-cli-plugin-metadata >metadata.json
	jq -e '.SchemaVersion == "0.1.0" and .Vendor == "silt" and .ShortDescription != ""' metadata.json >/dev/null ||
		fail "the metadata is not what the client wants"
	[ "silt $(jq -r .Version metadata.json)" = "$("$SILT" --version)" ] || fail "the metadata has another version"
}

exit_statuses_pass_through_the_docker_client() {
	install_plugin
	docker_exits 0 silt scan -q "$fixtures/clean.tar"
	docker_exits 1 silt scan -q "$fixtures/leaky.tar"
	head -c 20000 "$fixtures/leaky.tar" >damaged.tar
	docker_exits 3 silt scan -q damaged.tar
	docker_exits 4 silt scan no-such-file.tar
	docker_exits 2 silt frobnicate
	expect_text err "unknown command 'frobnicate'"
	docker_exits 2 silt scna
	expect_text err "did you mean 'scan'"
}

a_report_by_the_docker_client_is_the_same_as_without() {
	install_plugin
	docker_exits 1 silt scan -q -o json=by_docker.json "$fixtures/leaky.tar"
	silt_exits 1 scan -q -o json=by_silt.json "$fixtures/leaky.tar"
	cmp by_docker.json by_silt.json || fail "the reports differ"
}

standard_input_passes_through_the_docker_client() {
	install_plugin
	docker_exits 1 silt scan -q - <"$fixtures/leaky.tar"
	cat "$fixtures/clean.tar" | docker_exits 0 silt scan -q -
}

options_of_the_docker_client_are_not_ours() {
	install_plugin
	docker_exits 0 --context default silt scan -q "$fixtures/clean.tar"
	docker_exits 1 --debug -H unix:///no/such/socket -l debug silt scan -q "$fixtures/leaky.tar"
}

help_is_the_same_by_each_way_of_the_docker_client() {
	install_plugin
	local way
	"$SILT" scan --help >wanted
	for way in "silt scan --help" "silt help scan" "help silt scan"; do
		# shellcheck disable=SC2086 # the words are words
		docker_exits 0 $way
		cmp out wanted || fail "docker $way shows another help"
	done
	"$SILT" --help >wanted
	for way in "silt --help" "silt help" "help silt" "--help silt"; do
		# shellcheck disable=SC2086
		docker_exits 0 $way
		cmp out wanted || fail "docker $way shows another help"
	done
}
