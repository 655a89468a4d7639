/*
 * File capabilities: the extended attribute "security.capability" (linux/capability.h, struct vfs_cap_data).
 */
#ifndef SILT_CONTENT_CAPABILITY_H
#define SILT_CONTENT_CAPABILITY_H

#include "base/buffer.h"
#include "base/bytes.h"

/* The capabilities of linux/capability.h by number. */
enum silt_capability_number {
	SILT_CAP_CHOWN = 0,
	SILT_CAP_DAC_OVERRIDE = 1,
	SILT_CAP_DAC_READ_SEARCH = 2,
	SILT_CAP_FOWNER = 3,
	SILT_CAP_SETGID = 6,
	SILT_CAP_SETUID = 7,
	SILT_CAP_NET_BIND_SERVICE = 10,
	SILT_CAP_NET_RAW = 13,
	SILT_CAP_SYS_MODULE = 16,
	SILT_CAP_SYS_RAWIO = 17,
	SILT_CAP_SYS_PTRACE = 19,
	SILT_CAP_SYS_ADMIN = 21,
	SILT_CAP_SETFCAP = 31,
	SILT_CAP_LAST = 40, /* checkpoint_restore, Linux 5.9 */
};

#define SILT_CAP_BIT(number) (UINT64_C(1) << (number))

/* What a program with this attribute may get. Bits are numbered as above; unknown ones are kept. */
struct silt_capability {
	unsigned revision; /* 1, 2 or 3 */
	uint64_t permitted;
	uint64_t inheritable;
	bool effective;   /* permitted capabilities are in force from the start */
	uint32_t root_id; /* revision 3: the uid that is root of the user namespace the set is for; else 0 */
};

/*
 * Reads the raw value of the attribute. False, and `*out` untouched, if it is malformed: a revision other than 1, 2
 * and 3, or a length other than that of its revision (12, 20, 24 bytes). The kernel refuses the same.
 */
bool silt_capability_parse(struct silt_bytes value, struct silt_capability *out);

/*
 * Adds the set as getcap writes it: "cap_net_raw=ep", "cap_chown,cap_kill=eip cap_setuid=i"; "=" for the empty set, "all"
 * for every capability Linux knows, "cap_63" for one it does not.
 */
void silt_capability_text(const struct silt_capability *capability, struct silt_buffer *out);

#endif
