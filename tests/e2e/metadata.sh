# Secrets that are in no file: ENV, build arguments, labels, commands in the history.

metadata_of_a_buildah_image_is_searched() { search_metadata buildah; }
metadata_of_a_docker_image_is_searched() { search_metadata docker; }
metadata_of_a_buildkit_image_is_searched() { search_metadata buildkit; }

# value_of NAME: the token made for it by put_tokens.
value_of() {
	cat "tokens/$1"
}

search_metadata() {
	start_builder "$1"
	put_busybox
	local name
	mkdir tokens
	for name in arg env label run both; do
		github_token >"tokens/$name"
	done
	cp tokens/both context/both
	cat >context/Dockerfile <<-END
		FROM scratch
		COPY bin /bin
		ARG DEPLOY_TOKEN
		RUN touch /built
		ENV API_TOKEN=$(value_of env)
		LABEL access=$(value_of label)
		RUN echo $(value_of run) > /dev/null && touch /ran
		ENV BOTH_TOKEN=$(value_of both)
		COPY both /srv/both
	END
	build_with "$1" metadata:1 --build-arg "DEPLOY_TOKEN=$(value_of arg)"
	save_with "$1" metadata:1 metadata.tar
	report_of metadata.tar metadata.json
	expect_each_token_once
}

expect_each_token_once() {
	expect_count 5 metadata.json pattern=github-pat
	expect_count 4 metadata.json pattern=github-pat exposure=metadata
	expect metadata.json pattern=github-pat exposure=metadata at.place~API_TOKEN
	expect metadata.json pattern=github-pat exposure=metadata at.place~access
	expect metadata.json pattern=github-pat exposure=metadata at.place~history
	expect metadata.json pattern=github-pat exposure=visible at.path=srv/both at.fate=visible
	expect metadata.json pattern=github-pat exposure=visible at.place~BOTH_TOKEN at.fate=metadata
	no_token_is_printed
}

# Redaction, seen from outside: no value is in any report.
no_token_is_printed() {
	silt_exits 1 scan metadata.tar
	local token
	for token in tokens/*; do
		! grep -q -F -f "$token" metadata.json out err || fail "a report shows the secret of $token"
	done
}

# Names that no person should have to see raw: the bytes are told, and none of them reaches a terminal.
hostile_names_of_a_real_image_are_escaped() {
	start_builder buildah
	put_busybox
	github_token >context/token
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY token /token
		RUN cp /token "$(printf '/clear\033[2J\033]0;owned\007')"
		RUN cp /token "$(printf '/new\nline\r')"
		RUN cp /token "$(printf '/not\377utf8')"
		RUN cp /token "$(printf '/right\342\200\256to\342\200\254left')"
	END
	build_with buildah names:1
	save_with buildah names:1 names.tar
	report_of names.tar names.json
	expect_count 1 names.json pattern=github-pat
	local name
	for name in /clear /new /not /right; do
		expect names.json pattern=github-pat at.place~"$name" at.fate=visible
	done
	silt_exits 1 scan names.tar
	! grep -q -a -P '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80[\xaa-\xae]' out err names.json ||
		fail "a control character of a name reaches the terminal"
}
