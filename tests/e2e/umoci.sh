# umoci writes layers that are cut short: no padding behind the last file, no end blocks. Nothing is missing in them.

make_umoci_image() {
	need umoci python3
	[ "$E2E_ROOT" != 0 ] || skip "umoci needs root here"
	github_token >token
	github_token >removed
	umoci_ init --layout image
	umoci_ new --image image:1
	umoci_ insert --image image:1 token /srv/token
	umoci_ insert --image image:1 removed /srv/removed
	umoci_ insert --image image:1 --whiteout /srv/removed
	umoci_ config --image image:1 --config.user 10001
}

umoci_() {
	bounded umoci --log error "$@" || skip "umoci does not work here"
}

cut_short_layers_of_umoci_are_whole() {
	make_umoci_image
	report_of image image.json
	expect image.json pattern=github-pat exposure=visible at.path=srv/token
	expect image.json pattern=github-pat exposure=deleted at.path=srv/removed
	[ -z "$(python3 "$here/report.py" gaps image.json)" ] || fail "a cut-short layer is called a gap"
}

a_repacked_umoci_image_is_read() {
	make_umoci_image
	umoci_ unpack --image image:1 bundle
	rm bundle/rootfs/srv/token
	mkdir bundle/rootfs/etc
	github_token >bundle/rootfs/etc/token
	umoci_ repack --image image:2 bundle
	report_of image image.json --image 2
	expect image.json pattern=github-pat exposure=deleted at.path=srv/token at.hidden_by~umoci
	expect image.json pattern=github-pat exposure=visible at.path=etc/token
}
