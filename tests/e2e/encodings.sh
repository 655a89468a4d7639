# One image in every encoding that the tools write: the report is about the image, not about its wrapping.

# An image that has something of each kind: a deleted key, a token in ENV and in a file, a setuid copy, root.
build_something_of_each_kind() {
	need_builder podman skopeo gzip zstd
	put_busybox
	ssh_key context/key
	github_token >context/token
	cat >context/Dockerfile <<-END
		FROM scratch
		COPY bin /bin
		COPY key /root/.ssh/id_ed25519
		COPY token /srv/token
		ENV GITHUB_TOKEN=$(github_token)
		RUN rm /root/.ssh/id_ed25519 && cp /bin/busybox /srv/tool && chmod 4755 /srv/tool
	END
	build_with podman each:1
	save_with podman each:1 podman.tar
}

expect_each_kind() {
	expect "$1" exposure=deleted at.path=root/.ssh/id_ed25519
	expect "$1" exposure=visible at.path=srv/token pattern=github-pat
	expect "$1" exposure=metadata pattern=github-pat at.place~GITHUB_TOKEN
	expect "$1" rule=priv-setuid at.path=srv/tool
	expect "$1" rule=user-root
}

every_encoding_gives_the_same_findings() {
	build_something_of_each_kind
	podman save -q --format oci-archive -o gzip.tar each:1
	skopeo copy -q docker-archive:podman.tar docker-archive:skopeo.tar:each:1
	skopeo copy -q --dest-compress-format zstd docker-archive:podman.tar oci-archive:zstd.tar:1
	skopeo copy -q --dest-compress-format zstd:chunked docker-archive:podman.tar oci-archive:chunked.tar:1
	skopeo copy -q docker-archive:podman.tar oci:folder:1

	report_of podman.tar podman.json
	expect_each_kind podman.json
	local input
	for input in skopeo.tar gzip.tar zstd.tar chunked.tar folder; do
		echo "$input"
		report_of "$input" other.json
		expect_same_findings podman.json other.json
	done
}

# skopeo copies plain layers and keeps calling them gzip: silt says so, and else the same.
layers_that_skopeo_calls_gzip_are_read_as_they_are() {
	build_something_of_each_kind
	skopeo copy -q docker-archive:podman.tar dir:docker-folder
	skopeo copy -q --dest-oci-accept-uncompressed-layers docker-archive:podman.tar oci:oci-folder:1
	report_of podman.tar podman.json
	findings_of podman.json >a
	local folder
	for folder in docker-folder oci-folder; do
		report_of "$folder" folder.json
		findings_of folder.json | grep -v '^integrity-media-type low ' >b
		diff a b >&2 || fail "$folder has other findings"
	done
}

outer_compression_changes_no_finding() {
	need xz bzip2
	build_something_of_each_kind
	report_of podman.tar plain.json --name x
	gzip -k podman.tar
	zstd -q podman.tar
	xz -0 -k podman.tar
	bzip2 -k podman.tar
	local suffix
	for suffix in gz zst xz bz2; do
		report_of "podman.tar.$suffix" packed.json --name x
		expect_same_findings plain.json packed.json
	done
}

# report_bytes FORMAT INPUT FILE: whole reports, compared as bytes, must not depend on how the bytes came.
report_bytes() {
	silt_exits 1 scan --name x --output "$1=$3" "$2"
}

a_file_and_a_pipe_give_the_same_report() {
	build_something_of_each_kind
	local format
	for format in text json; do
		report_bytes "$format" podman.tar "file.$format"
		cat podman.tar | silt_exits 1 scan --name x -o "$format" -
		cmp "file.$format" out || fail "$format: a pipe gives another report than a file"
		silt_exits 1 scan --name x -o "$format" podman.tar
		cmp "file.$format" out || fail "$format: standard output differs from --output"
	done
}

# Pieces that end at no block, and an input that ends too early.
a_pipe_in_small_pieces_gives_the_same_report() {
	local fixture=$here/../../fixtures/leaky.tar size
	head -c 30001 "$fixture" >short.tar
	for size in 7 513; do
		silt_exits 1 scan --name x --output json=whole.json "$fixture"
		dd if="$fixture" bs="$size" status=none | silt_exits 1 scan --name x -o json -
		cmp whole.json out || fail "a pipe in pieces of $size bytes gives another report"
		silt_exits 3 scan --name x --output json=short.json short.tar
		dd if=short.tar bs="$size" status=none | silt_exits 3 scan --name x -o json -
		cmp short.json out || fail "a short pipe in pieces of $size bytes gives another report"
	done
}

an_archive_and_its_folder_give_the_same_report() {
	build_something_of_each_kind
	podman save -q --format oci-archive -o oci.tar each:1
	mkdir folder
	tar -C folder -xf oci.tar
	local format
	for format in text json; do
		report_bytes "$format" oci.tar "archive.$format"
		report_bytes "$format" folder "folder.$format"
		cmp "archive.$format" "folder.$format" || fail "$format: the folder gives another report than the archive"
	done
}
