# Users, setuid bits, capabilities and shells, as real builders store them.

# user_report USER: the report of an image with that user.
user_report() {
	printf 'FROM localhost/base:1\n' >context/Dockerfile
	[ -z "$1" ] || printf 'USER %s\n' "$1" >>context/Dockerfile
	build_with buildah user:1
	rm -f user.tar
	save_with buildah user:1 user.tar
	report_of user.tar user.json
}

expect_user_rule() {
	user_report "$1"
	expect user.json rule="$2" "severity>=$3"
	expect_count 1 user.json rule:=user-root,user-uid0-alias,user-unknown
}

every_way_of_saying_root_is_found() {
	start_builder buildah
	cat >context/passwd <<-'END'
		root:x:0:0:root:/root:/sbin/nologin
		toor:x:0:0::/root:/sbin/nologin
		app:x:10001:10001::/:/sbin/nologin
	END
	printf 'root:x:0:\napp:x:10001:\n' >context/group
	printf 'FROM scratch\nCOPY passwd group /etc/\n' >context/Dockerfile
	build_with buildah base:1
	local user
	for user in "" root 0 0:0 root:root; do
		expect_user_rule "$user" user-root high
	done
	expect_user_rule toor user-uid0-alias high
	expect_user_rule ghost user-unknown medium
	for user in 10001 app 10001:10001; do
		user_report "$user"
		expect_none user.json rule:=user-root,user-uid0-alias,user-unknown
	done
}

privileged_files_of_a_buildah_image_are_found() { find_privileged_files buildah; }
privileged_files_of_a_docker_image_are_found() { find_privileged_files docker; }

find_privileged_files() {
	start_builder "$1"
	need setcap
	put_busybox
	put_program setcap context/tools
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY tools /
		RUN mkdir /app && cp /bin/busybox /app/suid && chmod 4755 /app/suid
		RUN cp /bin/busybox /app/sgid && chmod 2755 /app/sgid
		RUN cp /bin/busybox /app/tamed && chmod 4755 /app/tamed
		RUN chmod 755 /app/tamed
		RUN cp /bin/busybox /app/raw && /usr/sbin/setcap cap_net_raw=ep /app/raw
		RUN cp /bin/busybox /app/admin && /usr/sbin/setcap cap_sys_admin=ep /app/admin
		RUN mkdir /app/shared && chmod 2775 /app/shared
	END
	build_with "$1" privilege:1
	save_with "$1" privilege:1 privilege.tar
	report_of privilege.tar privilege.json
	expect privilege.json rule=priv-setuid "severity>=high" at.path=app/suid at.added_by~"chmod 4755 /app/suid"
	expect privilege.json rule=priv-setgid "severity>=low" at.path=app/sgid
	expect privilege.json rule=priv-filecap "severity>=low" at.path=app/raw
	expect privilege.json rule=priv-filecap severity=critical at.path=app/admin
	expect_none privilege.json rule~priv- "severity>=low" at.path=app/tamed
	expect_none privilege.json rule~priv- "severity>=low" at.path=app/shared
}

four_hundred_busybox_links_are_one_shell() {
	start_builder buildah
	put_busybox
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		RUN mkdir -p /usr/bin && cp /bin/busybox /usr/bin/ && /usr/bin/busybox --install /usr/bin
		RUN ["/bin/busybox", "chmod", "4755", "/bin/busybox"]
	END
	build_with buildah links:1
	save_with buildah links:1 links.tar
	report_of links.tar links.json
	expect_count 1 links.json rule=shell-present
	expect_count 1 links.json rule=priv-setuid "severity>=low"
	expect_none links.json rule=shell-deleted
}

a_setuid_busybox_with_all_its_links_is_one_finding() {
	start_builder docker
	put_busybox
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		RUN mkdir -p /usr/bin && cp /bin/busybox /usr/bin/ && /usr/bin/busybox --install /usr/bin && \
		    chmod 4755 /usr/bin/busybox
	END
	build_with docker links:1
	save_with docker links:1 links.tar
	report_of links.tar links.json
	expect_count 1 links.json rule=priv-setuid
	expect links.json rule=priv-setuid severity=critical
	expect_count 1 links.json rule=shell-present
}
