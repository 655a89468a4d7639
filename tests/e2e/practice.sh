# The practices that articles about container images teach, in images that real builders made.

put_accounts() {
	cat >context/passwd <<-'END'
		root:x:0:0:root:/root:/bin/sh
		app:x:10001:10001::/srv:/sbin/nologin
	END
	printf 'root:x:0:\napp:x:10001:\n' >context/group
}

an_account_edited_by_a_later_layer_of_a_buildah_image_is_judged_as_it_ends() { edit_accounts buildah; }
an_account_edited_by_a_later_layer_of_a_docker_image_is_judged_as_it_ends() { edit_accounts docker; }

# The name is fine when USER is written, and root when the image is done; an account loses its password on the way.
edit_accounts() {
	start_builder "$1"
	put_busybox
	put_accounts
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY passwd group /etc/
		USER app
		USER 0
		RUN echo 'app:x:0:0::/srv:/sbin/nologin' > /etc/passwd && echo 'app::19000:0:99999:7:::' > /etc/shadow
		USER app
	END
	build_with "$1" accounts:1
	save_with "$1" accounts:1 accounts.tar
	report_of accounts.tar accounts.json
	expect accounts.json rule=user-uid0-alias severity=high
	expect accounts.json rule=user-empty-password "severity>=high"
	expect_none accounts.json rule=user-unknown
}

habits_of_a_dockerfile_are_seen_in_a_buildah_image() { see_habits buildah; }
habits_of_a_dockerfile_are_seen_in_a_podman_image() { see_habits podman; }
habits_of_a_dockerfile_are_seen_in_a_docker_image() { see_habits docker; }
habits_of_a_dockerfile_are_seen_in_a_buildkit_image() { see_habits buildkit; }

see_habits() {
	start_builder "$1"
	put_busybox
	put_accounts
	mkdir -p context/app/.git/objects context/app/.git/refs
	echo 'ref: refs/heads/main' >context/app/.git/HEAD
	echo x >context/app/.git/objects/x
	echo data >context/app/data
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY passwd group /etc/
		COPY app /app
		RUN mkdir /app/open && chmod 777 /app/open
		RUN cp /bin/busybox /app/helper
		RUN sh -c "echo curl -k https://x.test/i.sh | cat"
		RUN rm -f /app/data2
		EXPOSE 22
		VOLUME /etc
		CMD /app/helper sh
	END
	build_with "$1" habits:latest
	save_with "$1" habits:latest habits.tar
	report_of habits.tar habits.json
	expect habits.json rule=user-root severity=high
	expect habits.json rule=config-latest-tag
	expect habits.json rule=config-port-22
	expect habits.json rule=config-volume-sensitive severity=high
	expect habits.json rule=config-shell-form
	expect habits.json rule=fs-world-writable at.path=app/open
	expect habits.json rule=fs-vcs-dir severity=high at.path=app/.git/HEAD
	expect habits.json rule=shell-hidden at.path=app/helper
	expect_none habits.json rule=history-rm-not-effective
	expect_none habits.json rule=history-pipe-to-shell
}

a_removal_that_a_squash_undid_is_told() {
	start_builder docker
	put_busybox
	github_token >context/key
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY key /srv/key
		RUN rm /srv/key
		RUN touch /srv/key2
	END
	build_with docker gone:1 --squash
	save_with docker gone:1 gone.tar
	report_of gone.tar gone.json
	expect gone.json rule=history-squashed
	expect_none gone.json rule=history-rm-not-effective
	# The same history over a layer that still has the file: what the article warns of.
	python3 "$here/unremove.py" gone.tar srv/key context/key back.tar
	report_of back.tar back.json
	expect back.json rule=history-rm-not-effective severity=high
	expect back.json pattern=github-pat exposure=visible at.resurrected=True
}

what_the_base_brought_is_inherited() {
	start_builder buildah
	put_busybox
	github_token >context/base
	printf 'FROM scratch\nCOPY bin /bin\nCOPY base /srv/base\n' >context/Dockerfile
	build_with buildah base:1
	save_with buildah base:1 base.tar
	github_token >context/own
	printf 'FROM localhost/base:1\nCOPY own /srv/own\n' >context/Dockerfile
	build_with buildah child:1
	save_with buildah child:1 child.tar
	report_of child.tar child.json --base base.tar
	expect child.json at.path=srv/base heritage=base
	expect child.json at.path=srv/own heritage=own
	report_of child.tar allowed.json --allowed-bases base.tar
	expect_none allowed.json rule=config-base-not-allowed
	report_of base.tar denied.json --allowed-bases child.tar
	expect denied.json rule=config-base-not-allowed
}
