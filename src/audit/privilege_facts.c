/* Tables of programs and capabilities. */
#include "audit/privilege.h"

#include "audit/surface_table.h"
#include "base/attributes.h"
#include "content/capability.h"

/* ---- Programs ------------------------------------------------------------------------------------------------------ */

static const char *const program_folders[] = {"bin", "sbin", "usr/bin", "usr/sbin", NULL};

/* In one of the folders above. */
static const char *const designed_programs[] = {
	"su",
	"sudo",
	"sudoedit",
	"doas",
	"mount",
	"umount",
	"mount.nfs",
	"mount.cifs",
	"mount.ecryptfs_private",
	"passwd",
	"chsh",
	"chfn",
	"chage",
	"gpasswd",
	"newgrp",
	"sg",
	"expiry",
	"userhelper",
	"usernetctl",
	"ping",
	"ping4",
	"ping6",
	"arping",
	"clockdiff",
	"traceroute6.iputils",
	"mtr-packet",
	"unix_chkpwd",
	"unix2_chkpwd",
	"pam_extrausers_chkpwd",
	"pam_timestamp_check",
	"pam-tmpdir-helper",
	"pkexec",
	"fusermount",
	"fusermount3",
	"ntfs-3g",
	"newuidmap",
	"newgidmap",
	"bbsuid",
	"wall",
	"write",
	"bsd-write",
	"ssh-agent",
	"crontab",
	"at",
	"batch",
	"exim4",
	"postdrop",
	"postqueue",
	"procmail",
	"lockfile",
	"dotlockfile",
	"mail-lock",
	"mail-unlock",
	"mail-touchlock",
	"mlocate",
	"plocate",
	"locate",
	"suexec",
	"staprun",
	"pppd",
	"dumpcap",
	"ksu",
	"grub2-set-bootflag",
	NULL,
};

/* Elsewhere. */
static const char *const designed_paths[] = {
	"usr/lib/openssh/ssh-keysign",
	"usr/libexec/openssh/ssh-keysign",
	"usr/lib/ssh/ssh-keysign",
	"usr/lib/dbus-1.0/dbus-daemon-launch-helper",
	"usr/lib/dbus-daemon-launch-helper",
	"usr/libexec/dbus-1/dbus-daemon-launch-helper",
	"usr/libexec/dbus-daemon-launch-helper",
	"usr/lib/policykit-1/polkit-agent-helper-1",
	"usr/lib/polkit-1/polkit-agent-helper-1",
	"usr/libexec/polkit-agent-helper-1",
	"usr/libexec/utempter/utempter",
	"usr/lib/x86_64-linux-gnu/utempter/utempter",
	"usr/lib/aarch64-linux-gnu/utempter/utempter",
	"usr/lib/apache2/suexec-pristine",
	"usr/lib/apache2/suexec-custom",
	"usr/lib/eject/dmcrypt-get-device",
	"usr/lib/xorg/Xorg.wrap",
	"usr/libexec/Xorg.wrap",
	"usr/lib/snapd/snap-confine",
	NULL,
};

/* Shells, interpreters, and what exists to run a command as somebody else without asking for a password. */
static const char *const runners[] = {
	"sh",      "ash",    "bash", "rbash", "dash",    "zsh",     "ksh",     "mksh",    "fish",   "csh",     "tcsh",
	"busybox", "toybox", "pwsh", "perl",  "ruby",    "lua",     "luajit",  "node",    "nodejs", "deno",    "bun",
	"php",     "tclsh",  "java", "gosu",  "su-exec", "setpriv", "nsenter", "unshare", "chroot", "runuser", NULL,
};

/* A choice of those that https://gtfobins.github.io tells the tricks of. */
static const char *const escapes[] = {
	"awk",  "gawk",    "mawk",   "nawk",  "base64", "cat",     "chmod",  "chown", "cp",      "curl", "cut",
	"dd",   "docker",  "ed",     "emacs", "env",    "expect",  "find",   "flock", "ftp",     "gdb",  "git",
	"head", "install", "less",   "ln",    "make",   "man",     "more",   "mv",    "nano",    "nc",   "nice",
	"nmap", "openssl", "pip",    "rsync", "scp",    "screen",  "script", "sed",   "socat",   "sort", "sqlite3",
	"ssh",  "strace",  "stdbuf", "tail",  "tar",    "taskset", "tee",    "time",  "timeout", "tmux", "vi",
	"vim",  "vimdiff", "watch",  "wget",  "xargs",  "xxd",     "zip",    NULL,
};

static bool is_one_of(struct silt_bytes text, const char *const *list)
{
	for (; *list; list++) {
		if (silt_bytes_equal(text, silt_bytes_text(*list))) {
			return true;
		}
	}
	return false;
}

bool silt_is_privileged_by_design(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	struct silt_bytes folder = silt_bytes_slice(path, 0, path.len > name.len ? path.len - name.len - 1 : 0);
	return (is_one_of(folder, program_folders) && is_one_of(name, designed_programs)) ||
	       is_one_of(path, designed_paths);
}

bool silt_runs_anything(struct silt_bytes path)
{
	struct silt_bytes name = silt_name_without_version(silt_path_basename(path));
	return is_one_of(name, runners) || silt_bytes_equal(name, SILT_LITERAL("python"));
}

bool silt_may_escape(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	struct silt_bytes first = silt_bytes_slice(name, 0, silt_bytes_find_byte(name, '.')); /* vim.basic */
	return is_one_of(name, escapes) || is_one_of(first, escapes);
}

/* ---- Capabilities -------------------------------------------------------------------------------------------------- */

/* Each of these leads to root by itself (capabilities(7)). */
static const uint64_t amount_to_root = SILT_CAP_BIT(SILT_CAP_SYS_ADMIN) | SILT_CAP_BIT(SILT_CAP_SYS_MODULE) |
				       SILT_CAP_BIT(SILT_CAP_SYS_PTRACE) | SILT_CAP_BIT(SILT_CAP_SYS_RAWIO) |
				       SILT_CAP_BIT(SILT_CAP_SETUID) | SILT_CAP_BIT(SILT_CAP_SETGID) |
				       SILT_CAP_BIT(SILT_CAP_SETFCAP) | SILT_CAP_BIT(SILT_CAP_DAC_OVERRIDE) |
				       SILT_CAP_BIT(SILT_CAP_DAC_READ_SEARCH) | SILT_CAP_BIT(SILT_CAP_CHOWN) |
				       SILT_CAP_BIT(SILT_CAP_FOWNER);

static enum silt_severity severity_of_set(uint64_t set)
{
	if (set & amount_to_root) {
		return SILT_SEVERITY_CRITICAL;
	}
	if (set == SILT_CAP_BIT(SILT_CAP_NET_BIND_SERVICE)) {
		return SILT_SEVERITY_LOW;
	}
	return set ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_INFO;
}

enum silt_severity silt_capability_severity(struct silt_bytes value, bool packaged)
{
	struct silt_capability capability;
	if (!silt_capability_parse(value, &capability)) {
		return SILT_SEVERITY_MEDIUM;
	}
	enum silt_severity severity = severity_of_set(capability.permitted | capability.inheritable);
	bool weaker = packaged || !capability.effective || capability.root_id != 0;
	return weaker && severity > SILT_SEVERITY_INFO ? severity - 1 : severity;
}

static void tell_malformed(struct silt_bytes value, struct silt_buffer *out)
{
	silt_buffer_printf(out,
			   "Its security.capability is malformed: expected 12, 20 or 24 bytes of revision 1, 2 or 3, "
			   "found %zu byte%s",
			   value.len, value.len == 1 ? "" : "s");
	if (value.len >= 4) {
		silt_buffer_printf(out, " of revision %u", (unsigned)value.ptr[3]);
	}
	silt_buffer_add_text(out, ".");
}

void silt_tell_capability(struct silt_bytes value, struct silt_buffer *out)
{
	struct silt_capability capability;
	if (!silt_capability_parse(value, &capability)) {
		tell_malformed(value, out);
		return;
	}
	silt_buffer_add_text(out, "It has ");
	bool none = capability.permitted == 0 && capability.inheritable == 0;
	if (none) {
		silt_buffer_add_text(out, "an empty set of capabilities");
	} else {
		silt_capability_text(&capability, out);
	}
	if (capability.root_id != 0) {
		silt_buffer_printf(out, " for user namespaces whose root is uid %u", capability.root_id);
	}
	silt_buffer_add_text(out, ".");
}
