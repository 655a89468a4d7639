/* The readers of facts, one file each: fact_NAME.c. fact.c has the table of them. */
#ifndef SILT_CONTENT_FACT_READERS_H
#define SILT_CONTENT_FACT_READERS_H

#include "content/fact.h"

extern const struct silt_fact_reader silt_facts_of_apt;      /* sources.list */
extern const struct silt_fact_reader silt_facts_of_apt_conf; /* apt.conf */
extern const struct silt_fact_reader silt_facts_of_authorized_keys;
extern const struct silt_fact_reader silt_facts_of_cron;    /* crontabs */
extern const struct silt_fact_reader silt_facts_of_doas;    /* doas.conf */
extern const struct silt_fact_reader silt_facts_of_fetch;   /* settings of npm, pip, gem, curl, wget and git */
extern const struct silt_fact_reader silt_facts_of_pg_hba;  /* pg_hba.conf */
extern const struct silt_fact_reader silt_facts_of_preload; /* ld.so.preload */
extern const struct silt_fact_reader silt_facts_of_redis;   /* redis.conf */
extern const struct silt_fact_reader silt_facts_of_release; /* os-release */
extern const struct silt_fact_reader silt_facts_of_script;  /* scripts of a shell */
extern const struct silt_fact_reader silt_facts_of_shadow;
extern const struct silt_fact_reader silt_facts_of_shells; /* etc/shells */
extern const struct silt_fact_reader silt_facts_of_sshd;   /* sshd_config */
extern const struct silt_fact_reader silt_facts_of_starts; /* what supervisor, init and s6 start */
extern const struct silt_fact_reader silt_facts_of_sudoers;
extern const struct silt_fact_reader silt_facts_of_yum; /* yum, dnf and zypper */

#endif
