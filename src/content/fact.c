/* The table of readers of facts. */
#include "content/fact.h"

#include "content/fact_parts.h"

static const struct silt_fact_reader *const readers[] = {
	&silt_facts_of_apt,    &silt_facts_of_apt_conf, &silt_facts_of_authorized_keys, &silt_facts_of_cron,
	&silt_facts_of_doas,   &silt_facts_of_fetch,    &silt_facts_of_pg_hba,          &silt_facts_of_preload,
	&silt_facts_of_redis,  &silt_facts_of_release,  &silt_facts_of_script,          &silt_facts_of_shadow,
	&silt_facts_of_shells, &silt_facts_of_sshd,     &silt_facts_of_starts,          &silt_facts_of_sudoers,
	&silt_facts_of_yum,
};

silt_fact_wants silt_facts_wanted(struct silt_bytes path, struct silt_bytes start)
{
	struct silt_fact_file file = silt_fact_file_at(path);
	silt_fact_wants wants = 0;
	file.start = start;
	for (size_t i = 0; i < SILT_COUNT(readers); i++) {
		wants |= (silt_fact_wants)readers[i]->wants(&file) << i;
	}
	return wants;
}

const char *silt_facts_demanded(silt_fact_wants wants)
{
	for (size_t i = 0; i < SILT_COUNT(readers); i++) {
		if ((wants >> i & 1) && readers[i]->demanded) {
			return readers[i]->demanded;
		}
	}
	return NULL;
}

enum silt_status silt_facts_read(silt_fact_wants wants, struct silt_bytes path, struct silt_bytes body,
				 silt_fact_fn *fn, void *ctx, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(readers) && status == SILT_OK; i++) {
		if (wants >> i & 1) {
			status = readers[i]->read(path, body, fn, ctx, err);
		}
	}
	return status;
}
