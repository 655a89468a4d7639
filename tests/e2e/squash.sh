# Squashing: what it takes away, what it leaves, and what it cannot reach.
#
# Three keys: `kept` is still there, `gone` comes and goes above the base, `base` is in the base and removed above it.

put_base_and_child() {
	put_busybox
	local name
	for name in kept gone base; do
		github_token >"context/$name"
	done
	mkdir -p child
	mv context/kept context/gone child
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY base /srv/base
	END
}

# build_squashed BUILDER BASE [OPTION...]: the child on top of BASE, squashed as the options say.
build_squashed() {
	local builder=$1 base=$2
	shift 2
	cat >child/Dockerfile <<-END
		FROM $base
		COPY kept /srv/kept
		COPY gone /srv/gone
		RUN rm /srv/gone /srv/base
	END
	mv context context.base
	mv child context
	build_with "$builder" child:1 "$@"
	save_with "$builder" child:1 squashed.tar
	report_of squashed.tar squashed.json
}

expect_base_below_the_squash() {
	expect squashed.json at.path=srv/kept exposure=visible pattern=github-pat
	expect_none squashed.json at.path=srv/gone
	expect squashed.json at.path=srv/base exposure=deleted pattern=github-pat at.added_by~COPY
	expect_count 2 squashed.json pattern=github-pat
}

expect_base_squashed_too() {
	expect squashed.json at.path=srv/kept exposure=visible pattern=github-pat
	expect_count 1 squashed.json pattern=github-pat
}

docker_squash_keeps_what_the_base_deleted() {
	start_builder docker
	put_base_and_child
	build_with docker base:1
	build_squashed docker base:1 --squash
	expect_base_below_the_squash
}

buildah_without_layers_keeps_what_the_base_deleted() {
	start_builder buildah
	put_base_and_child
	build_with buildah base:1
	build_squashed buildah localhost/base:1 --layers=false
	expect_base_below_the_squash
}

buildah_squash_takes_the_base_with_it() {
	start_builder buildah
	put_base_and_child
	build_with buildah base:1
	build_squashed buildah localhost/base:1 --squash
	expect_base_squashed_too
}

podman_squash_keeps_what_the_base_deleted() {
	start_builder podman
	put_base_and_child
	build_with podman base:1
	build_squashed podman localhost/base:1 --squash
	expect_base_below_the_squash
}

podman_squash_all_takes_the_base_with_it() {
	start_builder podman
	put_base_and_child
	build_with podman base:1
	build_squashed podman localhost/base:1 --layers=false --squash-all
	expect_base_squashed_too
}
