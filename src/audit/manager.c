/* Commands of package managers. */
#include "audit/manager.h"

#include "base/ascii.h"
#include "base/attributes.h"

#define PIP_VALUED                                                                                                     \
	"-r --requirement -c --constraint -i --index-url --extra-index-url -t --target --prefix --root --src "         \
	"--cache-dir --trusted-host --python --proxy --cert --log --timeout --retries --no-binary --only-binary "      \
	"--progress-bar --upgrade-strategy --platform --python-version --implementation --abi"

static const struct silt_manager managers[] = {
	{
		.programs = "apt apt-get aptitude",
		.database = true,
		.db = SILT_PACKAGE_DB_DPKG,
		.groups = "",
		.install = "install reinstall",
		.upgrade = "upgrade dist-upgrade full-upgrade safe-upgrade",
		.refresh = "update",
		.valued = "-o --option -c --config-file -t --target-release --default-release",
		.foreign = "",
		.trusting = "--allow-unauthenticated",
		.yes = "-y --yes --assume-yes --force-yes -qq -q=2",
		.listed = "",
		.pin = SILT_PIN_EQUALS,
		.families = "debian ubuntu raspbian linuxmint kali devuan",
	},
	{
		.programs = "apk",
		.database = true,
		.db = SILT_PACKAGE_DB_APK,
		.groups = "",
		.install = "add",
		.upgrade = "upgrade",
		.refresh = "update",
		.valued = "-t --virtual -X --repository --repositories-file -p --root --arch --keys-dir --cache-dir "
			  "--wait",
		.foreign = "--allow-untrusted",
		.trusting = "--allow-untrusted",
		.yes = "",
		.listed = "",
		.pin = SILT_PIN_APK,
		.families = "alpine wolfi chainguard postmarketos",
	},
	{
		.programs = "yum dnf microdnf tdnf rpm-ostree",
		.database = true,
		.db = SILT_PACKAGE_DB_RPM_SQLITE,
		.groups = "",
		.install = "install reinstall groupinstall",
		.upgrade = "update upgrade distro-sync",
		.refresh = "makecache check-update",
		.valued =
			"-c --config --installroot --enablerepo --disablerepo --repo --repoid --setopt --releasever -x "
			"--exclude",
		.foreign = "",
		.trusting = "--nogpgcheck",
		.yes = "-y --assumeyes",
		.listed = "",
		.pin = SILT_PIN_RPM,
		.families = "fedora rhel centos rocky almalinux ol amzn mariner azurelinux photon openEuler scientific",
	},
	{
		.programs = "zypper",
		.database = true,
		.db = SILT_PACKAGE_DB_RPM_SQLITE,
		.groups = "",
		.install = "install in",
		.upgrade = "update up dist-upgrade dup patch",
		.refresh = "refresh ref",
		.valued = "-r --repo -R --root -t --type --from -C --config",
		.foreign = "",
		.trusting = "--no-gpg-checks",
		.yes = "-n --non-interactive -y --no-confirm",
		.listed = "",
		.pin = SILT_PIN_ZYPPER,
		.families = "suse opensuse opensuse-leap opensuse-tumbleweed sles sled",
	},
	{
		.programs = "pip pipx",
		.database = true,
		.db = SILT_PACKAGE_DB_PYTHON,
		.groups = "",
		.install = "install",
		.upgrade = "",
		.refresh = "",
		.valued = PIP_VALUED,
		.foreign = "-e --editable -f --find-links --no-index",
		.trusting = "",
		.yes = "",
		.listed = "-r --requirement -c --constraint",
		.pin = SILT_PIN_PYTHON,
		.families = "",
	},
	{
		.programs = "uv poetry pdm pipenv rye",
		.database = true,
		.db = SILT_PACKAGE_DB_PYTHON,
		.groups = "pip",
		.install = "install sync add",
		.upgrade = "",
		.refresh = "",
		.valued = "-r --requirement --requirements -c --constraint --index-url --extra-index-url --index "
			  "--default-index --group --extra -p --python -C --directory --project --target --prefix "
			  "--cache-dir",
		.foreign = "-e --editable -f --find-links --no-index",
		.trusting = "",
		.yes = "",
		.listed = "",
		.pin = SILT_PIN_NONE,
		.families = "",
	},
	{
		.programs = "conda mamba micromamba",
		.database = true,
		.db = SILT_PACKAGE_DB_PYTHON,
		.groups = "env",
		.install = "install create update",
		.upgrade = "",
		.refresh = "",
		.valued = "-n --name -c --channel -p --prefix -f --file",
		.foreign = "--offline",
		.trusting = "",
		.yes = "",
		.listed = "",
		.pin = SILT_PIN_NONE,
		.families = "",
	},
	{
		.programs = "npm",
		.groups = "",
		.install = "install i add",
		.upgrade = "",
		.refresh = "",
		.valued = "--registry --prefix --cache --userconfig --loglevel -C --omit --include -w --workspace",
		.foreign = "",
		.trusting = "",
		.yes = "",
		.listed = "",
		.pin = SILT_PIN_NPM,
		.families = "",
	},
	{
		.programs = "gem",
		.groups = "",
		.install = "install i",
		.upgrade = "",
		.refresh = "",
		.valued = "-v --version -i --install-dir -n --bindir -s --source --platform -P --trust-policy",
		.foreign = "",
		.trusting = "",
		.yes = "",
		.listed = "-v --version -g --file",
		.pin = SILT_PIN_GEM,
		.families = "",
	},
	{
		.programs = "go",
		.groups = "",
		.install = "install",
		.upgrade = "",
		.refresh = "",
		.valued = "-ldflags -tags -o -gcflags -asmflags -mod -modfile -p -C",
		.foreign = "",
		.trusting = "",
		.yes = "",
		.listed = "",
		.pin = SILT_PIN_GO,
		.families = "",
	},
};

/* What an operand ends with that is a package itself. */
static const char *const file_ends[] = {".deb", ".rpm", ".apk", ".whl", ".egg", ".gz", ".bz2", ".xz", ".zip", ".conda"};

bool silt_package_is_from_elsewhere(struct silt_bytes operand)
{
	static const char *const schemes[] = {"file:", "http:", "https:", "git+"};
	operand = silt_bytes_slice(operand, 0, silt_bytes_find_byte(operand, '['));
	for (size_t i = 0; i < SILT_COUNT(file_ends); i++) {
		if (silt_bytes_end_with(operand, silt_bytes_text(file_ends[i]))) {
			return true;
		}
	}
	for (size_t i = 0; i < SILT_COUNT(schemes); i++) {
		if (silt_bytes_start_with(operand, silt_bytes_text(schemes[i]))) {
			return true;
		}
	}
	return silt_bytes_find_byte(operand, '/') != SIZE_MAX || silt_is_word_of(operand, ". ..");
}

const struct silt_manager *silt_manager_of_family(const struct silt_bytes *ids, size_t count)
{
	for (size_t i = 0; i < SILT_COUNT(managers); i++) {
		for (size_t id = 0; id < count; id++) {
			if (silt_is_word_of(ids[id], managers[i].families)) {
				return &managers[i];
			}
		}
	}
	return NULL;
}

/* "pip3.11" is pip. */
static struct silt_bytes without_version(struct silt_bytes name)
{
	while (name.len > 0 && (silt_is_digit(name.ptr[name.len - 1]) || name.ptr[name.len - 1] == '.')) {
		name.len--;
	}
	return name;
}

static bool is_option(struct silt_bytes word)
{
	return word.len > 0 && word.ptr[0] == '-';
}

static enum silt_manager_task task_of(const struct silt_manager *manager, struct silt_bytes verb)
{
	return silt_is_word_of(verb, manager->install)   ? SILT_TASK_INSTALL
	       : silt_is_word_of(verb, manager->upgrade) ? SILT_TASK_UPGRADE
	       : silt_is_word_of(verb, manager->refresh) ? SILT_TASK_REFRESH
							 : SILT_TASK_OTHER;
}

/* "python3 -m pip" is pip. */
static size_t behind_python(const struct silt_shell_word *words, size_t count, size_t program)
{
	struct silt_bytes name = without_version(silt_path_basename(words[program].text));
	bool module = silt_bytes_equal(name, SILT_LITERAL("python")) && program + 2 < count &&
		      silt_bytes_equal(words[program + 1].text, SILT_LITERAL("-m"));
	return module ? program + 2 : program;
}

bool silt_managing_read(const struct silt_shell_word *words, size_t count, size_t program, struct silt_managing *out)
{
	if (program >= count) {
		return false;
	}
	program = behind_python(words, count, program);
	struct silt_bytes name = without_version(silt_path_basename(words[program].text));
	*out = (struct silt_managing){.words = words, .count = count, .program = program, .verb = count};
	for (size_t i = 0; i < SILT_COUNT(managers) && !out->manager && name.len > 0; i++) {
		out->manager = silt_is_word_of(name, managers[i].programs) ? &managers[i] : NULL;
	}
	if (!out->manager) {
		return false;
	}
	for (size_t at = program; silt_managing_operand(out, &at); at++) {
		if (at > program && !silt_is_word_of(words[at].text, out->manager->groups)) {
			out->verb = at;
			out->task = task_of(out->manager, words[at].text);
			break;
		}
	}
	return true;
}

bool silt_managing_operand(const struct silt_managing *managing, size_t *at)
{
	for (; *at < managing->count; ++*at) {
		struct silt_bytes word = managing->words[*at].text;
		if (!is_option(word)) {
			return true;
		}
		*at += silt_is_word_of(word, managing->manager->valued);
	}
	return false;
}

bool silt_managing_has(const struct silt_managing *managing, const char *options)
{
	for (size_t i = managing->program + 1; i < managing->count; i++) {
		struct silt_bytes word = managing->words[i].text;
		struct silt_bytes name = silt_bytes_slice(word, 0, silt_bytes_find_byte(word, '='));
		if (is_option(word) && (silt_is_word_of(word, options) || silt_is_word_of(name, options))) {
			return true;
		}
	}
	return false;
}
