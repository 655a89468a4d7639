/* Decoding vfs_cap_data, and writing a set of capabilities down. */
#include "content/capability.h"

#include "base/attributes.h"

static const char *const names[] = {
	"chown",
	"dac_override",
	"dac_read_search",
	"fowner",
	"fsetid",
	"kill",
	"setgid",
	"setuid",
	"setpcap",
	"linux_immutable",
	"net_bind_service",
	"net_broadcast",
	"net_admin",
	"net_raw",
	"ipc_lock",
	"ipc_owner",
	"sys_module",
	"sys_rawio",
	"sys_chroot",
	"sys_ptrace",
	"sys_pacct",
	"sys_admin",
	"sys_boot",
	"sys_nice",
	"sys_resource",
	"sys_time",
	"sys_tty_config",
	"mknod",
	"lease",
	"audit_write",
	"audit_control",
	"setfcap",
	"mac_override",
	"mac_admin",
	"syslog",
	"wake_alarm",
	"block_suspend",
	"audit_read",
	"perfmon",
	"bpf",
	"checkpoint_restore",
};
_Static_assert(SILT_COUNT(names) == SILT_CAP_LAST + 1, "one name for each capability");

/*
 * struct vfs_cap_data, all numbers little-endian:
 *
 *     0        4           8             12          16            20        24
 *     +--------+-----------+-------------+-----------+-------------+---------+
 *     | magic  | permitted | inheritable | permitted | inheritable | root id |
 *     |        | 0..31     | 0..31       | 32..63    | 32..63      |         |
 *     +--------+-----------+-------------+-----------+-------------+---------+
 *                 revision 1 ends here --^  revision 2 ends here --^  3 here --^
 *
 * magic: bits 24..31 revision, bit 0 "effective".
 */
static size_t length_of_revision(unsigned revision)
{
	switch (revision) {
	case 1:
		return 12;
	case 2:
		return 20;
	case 3:
		return 24;
	default:
		return 0;
	}
}

bool silt_capability_parse(struct silt_bytes value, struct silt_capability *out)
{
	if (value.len < 4) {
		return false;
	}
	uint32_t magic = silt_u32le(value.ptr);
	unsigned revision = magic >> 24;
	if (value.len != length_of_revision(revision)) {
		return false;
	}
	struct silt_capability read = {
		.revision = revision,
		.permitted = silt_u32le(value.ptr + 4),
		.inheritable = silt_u32le(value.ptr + 8),
		.effective = magic & 1,
	};
	if (revision >= 2) {
		read.permitted |= (uint64_t)silt_u32le(value.ptr + 12) << 32;
		read.inheritable |= (uint64_t)silt_u32le(value.ptr + 16) << 32;
	}
	if (revision == 3) {
		read.root_id = silt_u32le(value.ptr + 20);
	}
	*out = read;
	return true;
}

static void add_names(struct silt_buffer *out, uint64_t set)
{
	if (set == SILT_CAP_BIT(SILT_CAP_LAST + 1) - 1) {
		silt_buffer_add_text(out, "all");
		return;
	}
	const char *comma = "";
	for (unsigned number = 0; number < 64; number++) {
		if (!(set & SILT_CAP_BIT(number))) {
			continue;
		}
		if (number <= SILT_CAP_LAST) {
			silt_buffer_printf(out, "%scap_%s", comma, names[number]);
		} else {
			silt_buffer_printf(out, "%scap_%u", comma, number);
		}
		comma = ",";
	}
}

void silt_capability_text(const struct silt_capability *capability, struct silt_buffer *out)
{
	/* "effective" is one bit for the whole file, but each capability is in one of these three groups. */
	const struct {
		uint64_t set;
		const char *flags;
	} groups[] = {
		{capability->permitted & capability->inheritable, "ip"},
		{capability->permitted & ~capability->inheritable, "p"},
		{capability->inheritable & ~capability->permitted, "i"},
	};
	const char *space = "";
	for (size_t i = 0; i < SILT_COUNT(groups); i++) {
		if (groups[i].set) {
			silt_buffer_add_text(out, space);
			add_names(out, groups[i].set);
			silt_buffer_printf(out, "=%s%s", capability->effective ? "e" : "", groups[i].flags);
			space = " ";
		}
	}
	if (*space == '\0') {
		silt_buffer_add_text(out, "=");
	}
}
