# Images with nothing to say about: no finding at all above info.

expect_clean() {
	silt_exits 0 scan --fail-on low --output json=clean.json "$1"
	expect_none clean.json "severity>=low"
	[ -z "$(python3 "$here/report.py" gaps clean.json)" ] || fail "gaps in a whole image"
}

a_minimal_image_is_clean() { build_clean buildah; }
a_minimal_docker_image_is_clean() { build_clean docker; }

build_clean() {
	start_builder "$1"
	need cc
	cc -O2 -static -nostdlib -ffreestanding -fno-stack-protector -s -o context/program \
		"$here/../../fixtures/program.c" || skip "no static program can be made for this machine"
	cp "$here/../../fixtures/clean.Dockerfile" context/Dockerfile
	build_with "$1" clean:1.0
	save_with "$1" clean:1.0 clean.tar
	expect_clean clean.tar
}

public_keys_and_certificates_are_no_secrets() {
	start_builder buildah
	need ssh-keygen openssl
	bounded ssh-keygen -q -t ed25519 -N '' -C '' -f key </dev/null
	bounded openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test.internal -keyout tls.key -out context/tls.crt \
		2>/dev/null
	cp key.pub context/id_ed25519.pub
	printf 'FROM scratch\nCOPY id_ed25519.pub tls.crt /etc/pki/\nUSER 10001\n' >context/Dockerfile
	build_with buildah public:1
	save_with buildah public:1 public.tar
	expect_clean public.tar
}
