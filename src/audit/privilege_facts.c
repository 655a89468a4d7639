/* Tables of programs and capabilities. */
#include "audit/privilege.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "content/capability.h"

/* ---- Programs ------------------------------------------------------------------------------------------------------ */

static const char *const program_folders[] = {"bin", "sbin", "usr/bin", "usr/sbin", NULL};

/* In one of the folders above. */
static const char *const designed_programs[] = {
	"su",
	"sudo",
	"mount",
	"umount",
	"passwd",
	"chsh",
	"chfn",
	"chage",
	"gpasswd",
	"newgrp",
	"ping",
	"ping4",
	"ping6",
	"arping",
	"clockdiff",
	"mtr-packet",
	"unix_chkpwd",
	"pkexec",
	"fusermount",
	"fusermount3",
	"expiry",
	"newuidmap",
	"newgidmap",
	"wall",
	"write",
	"bsd-write",
	"ssh-agent",
	"crontab",
	"pam_timestamp_check",
	"sg",
	"doas",
	NULL,
};

/* Elsewhere. */
static const char *const designed_paths[] = {
	"usr/lib/openssh/ssh-keysign",
	"usr/libexec/openssh/ssh-keysign",
	"usr/lib/ssh/ssh-keysign",
	"usr/lib/dbus-1.0/dbus-daemon-launch-helper",
	"usr/libexec/dbus-1/dbus-daemon-launch-helper",
	"usr/libexec/dbus-daemon-launch-helper",
	"usr/lib/policykit-1/polkit-agent-helper-1",
	"usr/lib/polkit-1/polkit-agent-helper-1",
	"usr/libexec/polkit-agent-helper-1",
	"usr/libexec/utempter/utempter",
	NULL,
};

static const char *const shell_givers[] = {
	"sh",      "ash",     "bash",   "rbash", "dash",   "zsh",   "ksh",  "mksh",   "fish", "csh",     "tcsh",
	"busybox", "toybox",  "pwsh",   "perl",  "ruby",   "lua",   "node", "nodejs", "php",  "tclsh",   "awk",
	"gawk",    "mawk",    "deno",   "env",   "find",   "xargs", "vi",   "vim",    "gosu", "su-exec", "setpriv",
	"nsenter", "unshare", "chroot", "gdb",   "strace", "tar",   "cp",   "nmap",   NULL,
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

/* The name without a version: python3.11 gives python. */
static struct silt_bytes without_version(struct silt_bytes name)
{
	while (name.len > 0 && (silt_is_digit(name.ptr[name.len - 1]) || name.ptr[name.len - 1] == '.' ||
				name.ptr[name.len - 1] == '-')) {
		name.len--;
	}
	return name;
}

bool silt_gives_a_shell(struct silt_bytes path)
{
	struct silt_bytes name = without_version(silt_path_basename(path));
	return is_one_of(name, shell_givers) || silt_bytes_equal(name, SILT_LITERAL("python"));
}

/* ---- Capabilities -------------------------------------------------------------------------------------------------- */

/* Each of these leads to root by itself (capabilities(7)). */
static const uint64_t amount_to_root = SILT_CAP_BIT(SILT_CAP_SYS_ADMIN) | SILT_CAP_BIT(SILT_CAP_SYS_MODULE) |
				       SILT_CAP_BIT(SILT_CAP_SYS_PTRACE) | SILT_CAP_BIT(SILT_CAP_SYS_RAWIO) |
				       SILT_CAP_BIT(SILT_CAP_SETUID) | SILT_CAP_BIT(SILT_CAP_SETGID) |
				       SILT_CAP_BIT(SILT_CAP_SETFCAP) | SILT_CAP_BIT(SILT_CAP_DAC_OVERRIDE) |
				       SILT_CAP_BIT(SILT_CAP_DAC_READ_SEARCH) | SILT_CAP_BIT(SILT_CAP_CHOWN) |
				       SILT_CAP_BIT(SILT_CAP_FOWNER);

static enum silt_severity severity_of_set(uint64_t set, bool by_design)
{
	if (set & amount_to_root) {
		return by_design ? SILT_SEVERITY_HIGH : SILT_SEVERITY_CRITICAL;
	}
	if (set == SILT_CAP_BIT(SILT_CAP_NET_BIND_SERVICE) || (by_design && set == SILT_CAP_BIT(SILT_CAP_NET_RAW))) {
		return SILT_SEVERITY_LOW;
	}
	return set ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_INFO;
}

enum silt_severity silt_capability_severity(struct silt_bytes value, bool by_design)
{
	struct silt_capability capability;
	if (!silt_capability_parse(value, &capability)) {
		return SILT_SEVERITY_MEDIUM;
	}
	enum silt_severity severity = severity_of_set(capability.permitted | capability.inheritable, by_design);
	/* The program has to ask for them, or they count in another user namespace only. */
	bool weaker = !capability.effective || capability.root_id != 0;
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
	silt_capability_text(&capability, out);
	if (capability.root_id != 0) {
		silt_buffer_printf(out, " for user namespaces whose root is uid %u", capability.root_id);
	}
	silt_buffer_add_text(out, ".");
}
