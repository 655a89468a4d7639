# Keys by the tools that people make them with: known by their first bytes, and told together with what they open.

begin_rootfs() {
	need tar python3 "$@"
	mkdir -p rootfs/etc/ssl/certs rootfs/root/.ssh rootfs/opt
}

report_rootfs() {
	tar -C rootfs -cf image.tar .
	report_of image.tar image.json
	[ -z "$(python3 "$here/report.py" gaps image.json)" ] || fail "$(python3 "$here/report.py" gaps image.json)"
}

a_private_key_is_told_with_what_it_opens() {
	begin_rootfs openssl ssh-keygen
	bounded openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test.internal -keyout rootfs/opt/tls -out tls.crt \
		2>/dev/null
	bounded ssh-keygen -q -t ed25519 -N '' -C '' -f rootfs/root/.ssh/id </dev/null
	bounded ssh-keygen -q -t ed25519 -N '' -C '' -f other </dev/null
	{
		cat /etc/ssl/certs/ca-certificates.crt 2>/dev/null || true
		cat tls.crt
	} >rootfs/etc/ssl/certs/all.crt
	cat other.pub rootfs/root/.ssh/id.pub >rootfs/root/.ssh/authorized_keys
	report_rootfs
	expect image.json pattern=private-key at.path=opt/tls "detail~Its certificate is in /etc/ssl/certs/all.crt."
	expect image.json pattern=private-key at.path=root/.ssh/id \
		"detail~It is let in by /root/.ssh/authorized_keys. Its public key is in /root/.ssh/id.pub."
	expect_count 2 image.json severity=critical
}

keystores_under_any_name_are_found() {
	begin_rootfs openssl
	bounded openssl req -x509 -newkey ed25519 -nodes -subj /CN=x -keyout key -out crt 2>/dev/null
	bounded openssl pkcs12 -export -inkey key -in crt -passout pass:x12345 -out rootfs/opt/one
	bounded openssl pkey -in key -outform DER -out rootfs/opt/two
	bounded openssl pkcs8 -topk8 -in key -passout pass:x12345 -outform DER -out rootfs/opt/three
	bounded openssl pkey -in key -pubout -outform DER -out rootfs/opt/public
	bounded openssl x509 -in crt -outform DER -out rootfs/opt/certificate
	report_rootfs
	expect image.json pattern=pkcs12 at.path=opt/one severity=medium confidence=proven
	expect image.json pattern=private-key-der at.path=opt/two severity=critical
	expect image.json pattern=private-key-der at.path=opt/three severity=medium
	expect_count 3 image.json "severity>=low"
}

java_keystores_under_any_name_are_found() {
	begin_rootfs keytool
	local kind
	for kind in JKS JCEKS PKCS12; do
		bounded keytool -genkeypair -alias one -dname CN=x -keyalg EC -storetype "$kind" -storepass changeit \
			-keypass changeit -keystore "rootfs/opt/$kind.bin" 2>/dev/null
	done
	bounded keytool -exportcert -alias one -keystore rootfs/opt/JKS.bin -storepass changeit -file crt 2>/dev/null
	bounded keytool -importcert -noprompt -alias one -file crt -storetype JKS -storepass changeit \
		-keystore rootfs/opt/trusted.bin 2>/dev/null
	report_rootfs
	expect image.json pattern=java-keystore at.path=opt/JKS.bin
	expect image.json pattern=java-keystore at.path=opt/JCEKS.bin
	expect image.json pattern=pkcs12 at.path=opt/PKCS12.bin
	expect_count 3 image.json "severity>=low"
}
