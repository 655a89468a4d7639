# What became of a file: the same Dockerfile with every way of losing a secret, built by each of the builders.

fates_of_a_buildah_image() { tell_every_fate buildah; }
fates_of_a_podman_image() { tell_every_fate podman; }
fates_of_a_docker_image() { tell_every_fate docker; }
fates_of_a_buildkit_image() { tell_every_fate buildkit; }

tell_every_fate() {
	start_builder "$1"
	put_busybox
	put_secrets
	build_with "$1" fates:1
	save_with "$1" fates:1 fates.tar
	report_of fates.tar fates.json
	expect_what_is_gone_to_be_told
	expect_what_is_left_to_be_told
}

# A token each, so that each is a finding of its own. The two halves become one token only in a RUN.
put_secrets() {
	local name token
	for name in overwritten emptied opaque to_file to_link renamed returned touched; do
		github_token >"context/$name"
	done
	ssh_key context/deleted
	token=$(github_token)
	printf %s "${token:0:20}" >context/half1
	printf '%s\n' "${token:20}" >context/half2
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY deleted /root/.ssh/id_ed25519
		RUN echo in between > /srv_log
		RUN rm /root/.ssh/id_ed25519
		COPY overwritten /srv/overwritten
		RUN echo nothing > /srv/overwritten
		COPY emptied /srv/emptied
		RUN : > /srv/emptied
		COPY opaque /srv/opaque/token
		RUN rm -rf /srv/opaque && mkdir /srv/opaque
		COPY to_file /srv/to_file/token
		RUN rm -rf /srv/to_file && echo now a file > /srv/to_file
		COPY to_link /srv/to_link/token
		RUN rm -rf /srv/to_link && ln -s /tmp /srv/to_link
		COPY renamed /srv/renamed/token
		RUN mv /srv/renamed /srv/new_name
		COPY half1 half2 /srv/
		RUN cat /srv/half1 /srv/half2 > /srv/name1 && ln /srv/name1 /srv/name2
		RUN rm /srv/name1
		COPY returned /srv/returned
		RUN rm /srv/returned
		COPY returned /srv/returned
		COPY touched /srv/touched
		RUN chmod 600 /srv/touched
	END
}

expect_what_is_gone_to_be_told() {
	local dropped=masked
	# Without overlay there are no opaque directories: each old child gets a whiteout of its own.
	[ "$storage" = overlay ] || dropped=deleted
	expect fates.json at.path=root/.ssh/id_ed25519 exposure=deleted severity=critical \
		at.added_by~"/root/.ssh/id_ed25519" at.hidden_by~"rm /root/.ssh/id_ed25519" at.layer=1 at.cause_layer=3
	expect fates.json at.path=srv/overwritten exposure=overwritten at.added_by~COPY \
		at.hidden_by~"echo nothing"
	expect fates.json at.path=srv/emptied exposure=overwritten at.hidden_by~": > /srv/emptied"
	expect fates.json at.path=srv/opaque/token exposure="$dropped" at.hidden_by~"mkdir /srv/opaque"
	expect fates.json at.path=srv/to_file/token exposure=masked at.hidden_by~"echo now a file"
	expect fates.json at.path=srv/to_link/token exposure=masked at.hidden_by~"ln -s"
}

expect_what_is_left_to_be_told() {
	expect fates.json exposure=visible at.path=srv/new_name/token at.fate=visible at.added_by~"mv /srv/renamed"
	expect fates.json exposure=visible at.path=srv/renamed/token at.fate=deleted at.hidden_by~"mv /srv/renamed"
	expect fates.json exposure=visible at.path=srv/name1 at.fate=visible at.note~/srv/name2
	expect_none fates.json at.path=srv/half1
	expect fates.json exposure=visible at.path=srv/returned at.fate=visible
	expect fates.json exposure=visible at.path=srv/returned at.hidden_by~"rm /srv/returned"
	expect fates.json exposure=visible at.path=srv/touched at.fate=visible at.added_by~"chmod 600"
	expect fates.json exposure=visible at.path=srv/touched at.fate=overwritten at.hidden_by~"chmod 600"
	expect_count 10 fates.json "severity>=critical"
}
