/*
 * Landlock: which files may be opened from now on. By system call, since the headers of Debian 12 know the second
 * version of it only, and kernels are at the seventh. See landlock(7).
 *
 * Every right that the kernel knows is taken: a right that is not named in the ruleset stays. What rules give back is
 * reading in the folders that are inputs.
 */
#include "cli/sandbox.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The numbers are the same on all machines. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum { ASK_VERSION = 1 << 0, RULE_PATH_BENEATH = 1 };

/* Rights of files that are given back. */
enum { READ_FILE = 1 << 2, READ_FOLDER = 1 << 3 };

/* The kernel's struct landlock_ruleset_attr. Older kernels know fewer fields, and take zero in the others. */
struct ruleset {
	uint64_t files, network, scopes;
};

/* The kernel's struct landlock_path_beneath_attr. */
struct __attribute__((packed)) path_rule {
	uint64_t rights;
	int32_t folder;
};

/* What each version brought. */
static const struct {
	unsigned abi;
	struct ruleset rights;
} versions[] = {
	{1, {.files = 0x1fff}},  /* execute; write, read, list; remove and make files, folders, devices, links */
	{2, {.files = 1 << 13}}, /* move into another folder */
	{3, {.files = 1 << 14}}, /* truncate */
	{4, {.network = 0x3}},   /* bind and connect by TCP */
	{5, {.files = 1 << 15}}, /* ioctl of devices */
	{6, {.scopes = 0x3}},    /* abstract sockets and signals of others */
};

static struct ruleset rights_of(unsigned abi)
{
	struct ruleset all = {0};
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]) && versions[i].abi <= abi; i++) {
		all.files |= versions[i].rights.files;
		all.network |= versions[i].rights.network;
		all.scopes |= versions[i].rights.scopes;
	}
	return all;
}

static bool allow(int ruleset, int folder, uint64_t rights)
{
	const struct path_rule rule = {.rights = rights, .folder = folder};
	return syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0;
}

static bool allow_folders(int ruleset, const struct cli_sandbox_needs *needs)
{
	bool allowed = true;
	for (size_t i = 0; i < needs->folder_count && allowed; i++) {
		allowed = allow(ruleset, needs->folders[i], READ_FILE | READ_FOLDER);
	}
	return allowed;
}

/*
 * gcov writes its counts when the process ends, beside the object files, wherever those are; sanitizers read the program
 * and its sources for their reports.
 */
static bool allow_instruments(int ruleset, uint64_t files)
{
#ifdef SILT_INSTRUMENTED
	const int root = open("/", O_PATH | O_CLOEXEC);
	const bool allowed = root >= 0 && allow(ruleset, root, files);
	(void)close(root);
	return allowed;
#else
	(void)ruleset, (void)files;
	return true;
#endif
}

enum silt_status cli_sandbox_landlock(const struct cli_sandbox_needs *needs, unsigned *abi, struct silt_error *err)
{
	const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
	*abi = 0;
	if (version <= 0) {
		return SILT_OK; /* not built in, turned off at boot, or hidden by the container we are in */
	}
	const struct ruleset rights = rights_of((unsigned)version);
	const int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rights, sizeof(rights), 0);
	const bool entered = ruleset >= 0 && allow_folders(ruleset, needs) &&
			     allow_instruments(ruleset, rights.files) &&
			     syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	const int reason = errno;
	if (ruleset >= 0) {
		(void)close(ruleset);
	}
	if (!entered) {
		return cli_fail(err, SILT_ERR_IO, "sandbox: Landlock refuses: %s; --no-sandbox goes without.",
				strerror(reason));
	}
	*abi = (unsigned)version;
	return SILT_OK;
}
