/* Lists of accounts in the final tree. */
#include "audit/accounts.h"

#include "audit/sighting.h"
#include "base/attributes.h"

enum { ANY_EXECUTE = 0111 };

struct silt_accounts silt_accounts_read(const struct silt_audited_image *image, struct silt_bytes path)
{
	struct silt_node node;
	if (!silt_rootfs_find(image->rootfs, path, true, &node) || !silt_node_is_file(image, &node)) {
		/* A layer that is not in the bundle may have the file. */
		return (struct silt_accounts){.state = silt_image_is_partial(image) ? SILT_ACCOUNTS_UNKNOWN
										    : SILT_ACCOUNTS_ABSENT};
	}
	const struct silt_record *record = image->layers[node.content.layer];
	const struct silt_capture *capture = silt_record_capture(record, node.content.entry);
	if (capture && capture->whole) {
		return (struct silt_accounts){SILT_ACCOUNTS_READ, capture->body, node.content};
	}
	bool empty = record->entries[node.content.entry].size == 0;
	return (struct silt_accounts){.state = empty ? SILT_ACCOUNTS_READ : SILT_ACCOUNTS_UNREAD, .at = node.content};
}

struct silt_bytes silt_account_shell(const struct silt_account *account)
{
	return account->shell.len > 0 ? account->shell : SILT_LITERAL("/bin/sh");
}

/* What ends at once, whoever starts it. */
static bool ends_at_once(struct silt_bytes shell)
{
	static const char *const names[] = {"nologin", "false", "true", "sync", "shutdown", "halt"};
	return silt_is_text_of(silt_path_basename(shell), names, SILT_COUNT(names));
}

bool silt_account_has_shell(const struct silt_audited_image *image, const struct silt_account *account)
{
	struct silt_bytes shell = silt_account_shell(account);
	struct silt_node node;
	return !ends_at_once(shell) && silt_rootfs_find(image->rootfs, shell, true, &node) &&
	       silt_node_is_file(image, &node) && silt_entry_at(image, node.meta)->mode & ANY_EXECUTE;
}
