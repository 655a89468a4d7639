# Layers that no image of a bundle uses: their hardlinks show what a runtime would have them show.

# image.tar: an image with a file in its layer; and stray.tar beside it, with /a twice, hardlinks to the first and to the
# second of them, one to such a hardlink, one in front of its target, and one to nothing.
make_stray() {
	need python3
	python3 - <<-'END'
		import hashlib, io, json, tarfile

		def tar(entries):
		    out = io.BytesIO()
		    with tarfile.open(fileobj=out, mode="w") as archive:
		        for name, data, link in entries:
		            info = tarfile.TarInfo(name)
		            info.type = tarfile.LNKTYPE if link else tarfile.REGTYPE
		            info.linkname, info.size = link, len(data)
		            archive.addfile(info, io.BytesIO(data))
		    return out.getvalue()

		layer = tar([("a", b"of the image", "")])
		stray = tar([("d/a", b"first", ""), ("h1", b"", "d/a"), ("early", b"", "late"), ("d/a", b"second", ""),
		             ("h2", b"", "./d/a"), ("h3", b"", "/h1"), ("late", b"late", ""), ("nothing", b"", "nowhere")])
		config = json.dumps({"architecture": "amd64", "os": "linux", "rootfs": {
		    "type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
		manifest = json.dumps([{"Config": "c.json", "RepoTags": ["a:1"], "Layers": ["layer.tar"]}]).encode()
		with open("image.tar", "wb") as file:
		    file.write(tar([("c.json", config, ""), ("layer.tar", layer, ""), ("stray.tar", stray, ""),
		                    ("manifest.json", manifest, "")]))
	END
}

sha256() {
	printf %s "$1" | sha256sum | cut -d' ' -f1
}

hardlinks_of_a_stray_layer_have_the_digest_of_their_content() {
	make_stray
	silt_exits 0 hash --all image.tar
	sed -n 's,stored-[0-9]*/,,p' out >digests
	cat >wanted <<-END
		$(sha256 first)  d/a
		$(sha256 first)  h1
		$(sha256 late)  early
		$(sha256 second)  d/a
		$(sha256 second)  h2
		$(sha256 first)  h3
		$(sha256 late)  late
	END
	diff wanted digests >&2 || fail "hash --all has other digests"
	silt_exits 0 ls --all image.tar
	expect_text out '^/h1 is /d/a (in no layer: stray.tar)$'
	expect_text out '^/nothing is /nowhere (in no layer: stray.tar)$'
	silt_exits 0 hash image.tar
	[ "$(wc -l <out)" = 1 ] || fail "the final tree has more than one file"
}

hardlinks_of_a_stray_layer_are_extracted_with_their_content() {
	make_stray
	need jq
	local name
	silt_exits 0 extract --all image.tar '**' -C all
	cd all/stored-*
	for name in h1 h3; do
		[ "$(jq -r .same_as $name.silt.json)" = "$(basename "$PWD")/d/a" ] || fail "$(cat $name.silt.json)"
		[ "$(jq .body.offset $name.silt.json)" = "$(jq .header.offset d/a.silt.json)" ] || fail "$(cat $name.silt.json)"
	done
	[ "$(jq .body.offset h2.silt.json)" = "$(jq .header.offset 'd/a~2.silt.json')" ] || fail "$(cat h2.silt.json)"
	[ "$(jq 'has("body"), has("same_as")' nothing.silt.json | sort -u)" = false ] || fail "$(cat nothing.silt.json)"
	cd "$work"
	silt_exits 0 extract --all image.tar /h1 /h2 /early -C some
	[ "$(cd some/stored-* && cat h1 h2 early)" = firstsecondlate ] || fail "extracted by themselves they are others"
}
