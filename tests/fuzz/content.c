/* Fuzz target: small files that checks read: account lists and file capabilities. */
#include "content/capability.h"
#include "content/passwd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes body = silt_bytes(data, size);
	struct silt_account account;
	struct silt_bytes rest = body;
	while (silt_account_next(&rest, &account)) {
		struct silt_account again;
		silt_account_by_name(body, account.name, &again);
		if (size > 4096) {
			break; /* a search for each line */
		}
	}
	struct silt_capability capability;
	if (silt_capability_parse(body, &capability)) {
		struct silt_buffer text = {0};
		silt_capability_text(&capability, &text);
		silt_buffer_done(&text);
	}
	return 0;
}
