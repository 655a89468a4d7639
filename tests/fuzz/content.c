/* Fuzz target: small files that checks read: account lists, file capabilities, the heads of programs. */
#include "content/capability.h"
#include "content/passwd.h"
#include "content/program.h"

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
	struct silt_program_seen program = silt_program_look(silt_bytes_slice(body, 0, 8), body);
	struct silt_buffer copies = {0};
	silt_buffer_add(&copies, program.interpreter);
	silt_buffer_add(&copies, program.build_id);
	silt_buffer_done(&copies);
	return 0;
}
