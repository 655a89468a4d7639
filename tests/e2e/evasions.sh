# What the builder of an image may write, so that a policy of the site lets it pass: none of it may help.

# make_images KIND...: KIND.tar each, with the secret in the file `secret`.
make_images() {
	local kind
	need python3
	for kind; do
		python3 -B "$here/evasions.py" "$kind" "$kind.tar" secret || fail "no $kind.tar"
	done
}

# passes WORD... / denies WORD...: `silt gate WORD...` does.
passes() {
	silt_exits 0 gate "$@"
}

denies() {
	silt_exits 1 gate "$@"
	expect_text out 'FAIL: .* at or above high'
}

only_what_diff_ids_vouch_for_is_of_a_base_that_is_named() {
	local kind id evasions="in-created-by in-author in-unknown-key in-object in-first-of-two in-gzip-comment behind-gzip"
	github_token >secret
	make_images base leaking-base child child-of-leaking $evasions
	printf 'version: 1\nown-layers-only: true\n' >own.yaml
	printf 'version: 1\nthresholds: [{heritage: base, fail-on: never}]\n' >never.yaml
	id=$("$SILT" scan -q -o json=- child.tar | python3 -c \
		'import json, sys; print(json.load(sys.stdin)["bundles"][0]["images"][0]["layers"][0]["diff_id"])')
	for kind in $evasions; do
		denies --policy own.yaml --base "$id" "$kind.tar"
		denies --policy own.yaml --base base.tar "$kind.tar"
		denies --policy own.yaml --base leaking-base.tar "$kind.tar"
		denies --policy never.yaml --base "$id" "$kind.tar"
	done
	passes --policy own.yaml --base "$id" child.tar
	# The history of an image can be of its base, too; the layers alone do not tell.
	passes --policy own.yaml --base leaking-base.tar child-of-leaking.tar
	denies --policy own.yaml --base base.tar child-of-leaking.tar
	denies --policy own.yaml --base "$id" child-of-leaking.tar
}

a_waiver_by_path_fits_a_file_by_all_of_its_names() {
	local kind evasions="linked linked-later linked-and-gone moved behind-link behind-lost-link"
	ssh_key secret
	make_images one-name linked-twice $evasions
	printf "version: 1\nwaivers: [{path: '/srv/testdata/**', reason: made up, expires: never}]\n" >one.yaml
	printf "version: 1\nwaivers: [{path: ['/srv/testdata/**', '/root/**', '/etc/*'], reason: made up, expires: never}]\n" \
		>all.yaml
	for kind in one-name linked-twice; do
		passes --policy one.yaml "$kind.tar"
	done
	for kind in $evasions; do
		denies --policy one.yaml "$kind.tar"
		expect_text out '/root/.ssh/id\|/etc/id'
		passes --policy all.yaml "$kind.tar"
	done
}

lists_are_closed_to_a_bare_root_filesystem_and_to_inherited_bases() {
	local other=sha256:0000000000000000000000000000000000000000000000000000000000000001 list
	echo nothing >secret
	make_images root base
	silt_exits 0 gate root.tar
	denies --allowed-bases "$other" root.tar
	expect_text out 'config-base-not-allowed'
	list="bases: [{name: other, layers: ['$other']}]"
	printf 'version: 1\nfail-on: critical\nallow: {%s}\n' "$list" >bases.yaml
	printf 'version: 1\nown-layers-only: true\nallow: {%s}\n' "$list" >own.yaml
	printf 'version: 1\nallow: {users: [app]}\n' >app.yaml
	printf 'version: 1\nallow: {users: [root], ports: []}\n' >root.yaml
	for list in bases own app; do
		silt_exits 1 gate --policy "$list.yaml" root.tar
	done
	expect_text out 'user-not-allowed'
	passes --policy root.yaml root.tar
	# Of a base that is named everything is inherited but that it is the wrong one.
	for list in bases own; do
		silt_exits 1 gate --policy "$list.yaml" --base base.tar base.tar
		expect_text out 'config-base-not-allowed'
	done
}
