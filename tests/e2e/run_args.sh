# silt run-args: what it prints can be copied, and a container can live with it.

fixtures=$here/../../fixtures

# The two parts of the text: command and pod.yaml.
cut_apart() {
	sed '/^# Kubernetes/,$d' out >command
	sed -n '/^# Kubernetes/,$p' out >pod.yaml
}

what_run_args_prints_is_shell_and_yaml() {
	local image
	for image in clean leaky leaky-oci; do
		silt_exits 0 run-args "$fixtures/$image.tar"
		cut_apart
		sh -n command || fail "$image: the command is no shell"
		expect_text command '^docker run \\$'
		expect_text command '^  --read-only \\$'
		expect_text pod.yaml 'readOnlyRootFilesystem: true'
	done
	silt_exits 0 run-args "$fixtures/clean.tar"
	cut_apart
	expect_text command '^  --user 10001 \\$'
	need python3
	python3 -c 'import yaml' 2>/dev/null || skip "python3-yaml is not installed: the pod was not parsed"
	python3 - pod.yaml <<-'END' || fail "the pod is not what it should be"
		import sys, yaml
		pod = yaml.safe_load(open(sys.argv[1]))
		context = pod["spec"]["containers"][0]["securityContext"]
		assert context["runAsNonRoot"] is True and context["runAsUser"] == 10001, context
		assert context["capabilities"]["drop"] == ["ALL"], context
	END
}

json_of_run_args_has_the_same_command() {
	need python3
	silt_exits 0 run-args "$fixtures/leaky.tar"
	cut_apart
	silt_exits 0 run-args --output json=plan.json "$fixtures/leaky.tar"
	docker() { printf '%s\n' docker "$@"; }
	. ./command >words
	unset -f docker
	python3 -c 'import json; print(*json.load(open("plan.json"))["command"], sep="\n")' >json.words
	diff words json.words >&2 || fail "text and JSON differ"
}

run_args_needs_one_image_that_is_whole() {
	silt_exits 2 run-args
	silt_exits 2 run-args "$fixtures/clean.tar" "$fixtures/leaky.tar"
	silt_exits 4 run-args no-such-file.tar
	silt_exits 3 run-args --image other:9 "$fixtures/clean.tar"
	mkdir root && echo x >root/file
	tar -cf rootfs.tar -C root .
	silt_exits 3 run-args rootfs.tar
	expect_text err "no config"
	head -c 4000 "$fixtures/leaky.tar" >cut.tar
	silt_exits 3 run-args cut.tar
}

# An image whose user may write to few places, and whose program says what it can do.
build_service() {
	start_builder "$1"
	put_busybox
	mkdir -p context/cache context/data context/app
	cat >context/passwd <<-'END'
		root:x:0:0:root:/root:/bin/sh
		app:x:10001:10002::/app:/sbin/nologin
	END
	cat >context/app/start.sh <<-'END'
		#!/bin/sh
		for place in /tmp /var/cache/app /data /app /etc; do
			if echo x 2>/dev/null >"$place/written"; then
				echo "writes $place"
			fi
		done
		cat /proc/self/status
	END
	chmod 755 context/app/start.sh
	cat >context/Dockerfile <<-'END'
		FROM scratch
		COPY bin /bin
		COPY passwd /etc/passwd
		COPY app /app
		COPY cache /var/cache/app
		COPY data /data
		RUN mkdir -p /tmp && chmod 1777 /tmp
		COPY bin/busybox /sbin/chown
		RUN /bin/busybox chown 10001:10002 /var/cache/app /data && rm /sbin/chown
		VOLUME /data
		EXPOSE 80
		USER app
		CMD ["/app/start.sh"]
	END
	build_with "$1" service:1
	save_with "$1" service:1 service.tar
	silt_exits 0 run-args service.tar
	cut_apart
	# Podman has an init of its own, if it is installed.
	[ "$1" = docker ] && command -v docker-init >/dev/null || sed -i '/^  --init \\$/d' command
}

# What the container said in `said`.
expect_hardened() {
	expect_text said '^writes /tmp$'
	expect_text said '^writes /var/cache/app$'
	expect_text said '^writes /data$'
	! grep -q -e '^writes /app$' -e '^writes /etc$' said || fail "the root is not read-only"
	expect_text said '^NoNewPrivs:[[:space:]]*1$'
	expect_text said '^CapEff:[[:space:]]*0*$'
	expect_text said '^Uid:[[:space:]]*10001'
}

a_docker_container_can_live_with_run_args() {
	build_service docker
	. ./command >said 2>run.log || {
		cat run.log >&2
		grep -q -e 'OCI runtime' -e cgroup run.log && skip "containers do not start here: $(tail -1 run.log)"
		fail "the container did not run"
	}
	expect_hardened
}

a_podman_container_can_live_with_run_args() {
	build_service podman
	docker() { podman "$@"; }
	# Its way of saying whose a tmpfs is.
	sed -i 's/,uid=[0-9]*,gid=[0-9]*/,U/' command
	. ./command >said 2>run.log || {
		cat run.log >&2
		grep -q -e 'OCI runtime' -e cgroup -e netavark run.log &&
			skip "containers do not start here: $(tail -1 run.log)"
		fail "the container did not run"
	}
	expect_hardened
}
