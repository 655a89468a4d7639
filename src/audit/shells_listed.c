/* What etc/shells lists. */
#include "audit/shell_kinds.h"

void silt_tell_listed_shells(const struct silt_audited_image *image, struct silt_buffer *out)
{
	struct silt_node node;
	size_t count = 0, listed = 0, there = 0;
	if (!silt_rootfs_find(image->rootfs, SILT_LITERAL("etc/shells"), true, &node) ||
	    !silt_node_is_file(image, &node)) {
		return;
	}
	const struct silt_fact *facts =
		silt_record_facts(image->layers[node.content.layer], node.content.entry, &count);
	for (size_t i = 0; i < count; i++) {
		struct silt_node shell;
		if (facts[i].kind == SILT_FACT_LOGIN_SHELL) {
			listed++;
			there += silt_rootfs_find(image->rootfs, facts[i].text, true, &shell);
		}
	}
	if (listed > 0) {
		silt_buffer_printf(out, " /etc/shells lists %zu, of which %zu %s there.", listed, there,
				   there == 1 ? "is" : "are");
	}
}
