# What the end-to-end tests share: a place to work in, the real tools with private storage, secrets made on the spot,
# and questions to a report. Sourced by run.sh, inside the namespaces it made.
#
# Every tool call is bounded by `timeout`: a builder that hangs fails its test, not the suite.

work=$E2E_WORK
# Control groups are shared with the system: those of this test are told by their name.
cgroup=$(basename "$E2E_WORK")

# ---- Start, end, skip ----------------------------------------------------------------------------------------------

skip() {
	echo "skipped: $*"
	exit 77
}

fail() {
	echo "FAILED: $*" >&2
	exit 1
}

need() {
	local tool
	for tool in "$@"; do
		command -v "$tool" >/dev/null || skip "$tool is not installed"
	done
}

begin() {
	mkdir -p "$work/home" "$work/tmp" "$work/context"
	export HOME=$work/home TMPDIR=$work/tmp XDG_RUNTIME_DIR=$work/home LC_ALL=C SILT_CONFIG=none
	unset DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT CONTAINERS_STORAGE_CONF REGISTRY_AUTH_FILE
	cd "$work"
	trap end EXIT
	if [ "$E2E_ROOT" != 0 ]; then
		mount -t tmpfs tmpfs /run
		mount -t tmpfs tmpfs /var/lib
	fi
}

# The namespaces end what is left; dockerd is asked first, so that it can take its cgroups away.
end() {
	local status=$?
	if [ -n "${dockerd_pid:-}" ]; then
		kill "$dockerd_pid" 2>/dev/null || true
		wait "$dockerd_pid" 2>/dev/null || true
		find /sys/fs/cgroup -depth -type d -path "*/$cgroup*" -exec rmdir {} \; 2>/dev/null || true
	fi
	return "$status"
}

bounded() {
	timeout --kill-after=5 120 "$@"
}

# ---- Builders ------------------------------------------------------------------------------------------------------

# Builders need root, and namespaces to be private in.
need_builder() {
	need "$@" busybox python3
	[ "$E2E_ROOT" != 0 ] || skip "$1 needs root and namespaces here"
	busybox_is_static || skip "busybox is not statically linked (Debian: busybox-static)"
	choose_storage
}

busybox_is_static() {
	! ldd "$(command -v busybox)" >/dev/null 2>&1
}

# overlay where the kernel gives it on this filesystem, else vfs: slower, and without opaque directories.
choose_storage() {
	local try=$work/try
	mkdir -p "$try/low" "$try/up" "$try/work" "$try/merged"
	storage=vfs
	if mount -t overlay overlay -o "lowerdir=$try/low,upperdir=$try/up,workdir=$try/work" "$try/merged" 2>/dev/null; then
		umount "$try/merged"
		storage=overlay
	fi
	rm -rf "$try"
}

buildah() {
	bounded buildah --root "$work/buildah" --runroot "$work/buildah-run" --storage-driver "$storage" "$@"
}

podman() {
	bounded podman --root "$work/podman" --runroot "$work/podman-run" --tmpdir "$work/podman-tmp" \
		--storage-driver "$storage" --events-backend none --cgroup-manager cgroupfs "$@"
}

skopeo() {
	bounded skopeo --insecure-policy --tmpdir "$work/tmp" "$@"
}

docker() {
	DOCKER_BUILDKIT=0 bounded docker -H "unix://$work/docker.sock" "$@"
}

# Debian's client has BuildKit built in; newer ones want a plugin for it.
buildkit() {
	local client=docker
	[ ! -x /usr/bin/docker ] || client=/usr/bin/docker
	DOCKER_BUILDKIT=1 bounded "$client" -H "unix://$work/docker.sock" "$@"
}

# Builds $work/context with one of the builders: build_with buildah|podman|docker|buildkit TAG [OPTION...]
build_with() {
	local builder=$1 tag=$2
	shift 2
	case $builder in
	buildah) buildah bud --isolation chroot --layers "$@" -t "$tag" "$work/context" ;;
	podman) podman build --isolation chroot "$@" -t "$tag" "$work/context" ;;
	docker) docker build --network none "$@" -t "$tag" "$work/context" ;;
	buildkit) buildkit build --progress plain --network none "$@" -t "$tag" "$work/context" ;;
	esac >"$work/build.log" 2>&1 || {
		tail -20 "$work/build.log" >&2
		fail "$builder could not build $tag"
	}
}

# Saves an image as a docker archive with the builder's own means: save_with BUILDER TAG FILE
save_with() {
	case $1 in
	buildah) buildah push -q --format v2s2 "$2" "docker-archive:$3:$2" ;;
	podman) podman save -q --format docker-archive -o "$3" "$2" ;;
	docker | buildkit) docker save -o "$3" "$2" ;;
	esac >"$work/save.log" 2>&1 || {
		tail -20 "$work/save.log" >&2
		fail "$1 could not save $2"
	}
}

start_builder() {
	case $1 in
	docker) start_dockerd ;;
	buildkit)
		start_dockerd
		printf 'FROM scratch\nENV A=b\n' >"$work/context/Dockerfile"
		buildkit build "$work/context" >"$work/build.log" 2>&1 || skip "there is no BuildKit here"
		;;
	*) need_builder "$1" ;;
	esac
}

start_dockerd() {
	need_builder docker dockerd containerd runc
	local data=$work/docker driver=overlay2
	[ "$storage" = overlay ] || driver=vfs
	mkdir -p "$data"
	dockerd --experimental --storage-driver="$driver" --iptables=false --ip6tables=false --ip-forward=false \
		--ip-masq=false --bridge=none --userland-proxy=false --data-root="$data/data" --exec-root="$data/exec" \
		--cgroup-parent="/$cgroup" --pidfile="$data/pid" -H "unix://$work/docker.sock" >"$work/dockerd.log" 2>&1 &
	dockerd_pid=$!
	local tries
	for tries in $(seq 150); do
		docker version >/dev/null 2>&1 && return
		kill -0 "$dockerd_pid" 2>/dev/null || break
		sleep 0.2
	done
	tail -5 "$work/dockerd.log"
	skip "dockerd does not start here"
}

# The folder `bin` for a Dockerfile's "COPY bin /bin": a static busybox and links for the commands that RUN lines use.
put_busybox() {
	local applet
	mkdir -p "$work/context/bin"
	cp "$(command -v busybox)" "$work/context/bin/busybox"
	for applet in sh cat chmod cp echo ln mkdir mv rm touch; do
		ln -sf busybox "$work/context/bin/$applet"
	done
}

# A dynamic program of this system with its libraries, as a folder tree: put_program PROGRAM FOLDER
put_program() {
	local program library
	program=$(realpath "$(command -v "$1")")
	mkdir -p "$2"
	cp --parents -L "$program" "$2"
	ldd "$program" | grep -o '/[^ ]*' | while read -r library; do
		cp --parents -L "$library" "$2"
	done
}

# ---- Secrets -------------------------------------------------------------------------------------------------------

# Prints a new GitHub-style token with a valid checksum.
github_token() {
	python3 "$here/secrets_at_run_time.py" github
}

ssh_key() {
	need ssh-keygen
	bounded ssh-keygen -q -t ed25519 -N '' -C '' -f "$1" </dev/null
	rm "$1.pub"
}

# ---- silt ----------------------------------------------------------------------------------------------------------

# silt_exits STATUS[,STATUS...] ARGUMENT...: runs silt, fails on any other exit status. Output: out, err in $work.
silt_exits() {
	local wanted=$1 status=0
	shift
	timeout --kill-after=5 300 "$SILT" "$@" >"$work/out" 2>"$work/err" || status=$?
	case ,$wanted, in
	*,$status,*) return 0 ;;
	esac
	head -c 2000 "$work/err" >&2
	fail "silt $* ended with $status, not $wanted"
}

# report_of INPUT REPORT [OPTION...]: a JSON report of an input that is whole, whatever was found in it.
report_of() {
	local input=$1 report=$2
	shift 2
	silt_exits 0,1 scan "$@" --output "json=$report" "$input"
}

# expect REPORT TEST...: a finding passes all tests. expect_none: none does. expect_count N REPORT TEST...: N do.
# The tests are explained in report.py.
expect() {
	python3 "$here/report.py" some "$@" || exit 1
}

expect_none() {
	python3 "$here/report.py" none "$@" || exit 1
}

expect_count() {
	python3 "$here/report.py" "$@" || exit 1
}

# What two encodings of one image must agree about: one line of rule, severity, exposure, fingerprint per finding.
findings_of() {
	python3 "$here/report.py" list "$1"
}

expect_same_findings() {
	findings_of "$1" >"$work/a.list"
	findings_of "$2" >"$work/b.list"
	diff "$work/a.list" "$work/b.list" >&2 || fail "$1 and $2 differ in their findings"
}

expect_text() {
	grep -q -e "$2" "$1" || {
		head -20 "$1" >&2
		fail "no \"$2\" in $1"
	}
}

# run_silt STATUS ARGUMENT...: what it says on standard error is in err.
run_silt() {
	local wanted=$1 status=0
	shift
	"$SILT" "$@" >out.txt 2>err || status=$?
	[ "$status" = "$wanted" ] || fail "silt $* gave $status, not $wanted: $(cat err)"
}
