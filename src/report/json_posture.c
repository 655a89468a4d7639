/* Posture for programs: null is "not known" here, and what is not there is "", 0, false or an empty list. */
#include "report/json_posture.h"

#include <stdio.h>

static void write_text(struct silt_json_writer *w, const char *key, const char *text)
{
	if (text) {
		silt_json_write_text(w, key, text);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_number(struct silt_json_writer *w, const char *key, uint64_t number)
{
	if (number != SILT_UNKNOWN) {
		silt_json_write_unsigned(w, key, number);
	} else {
		silt_json_write_null(w, key);
	}
}

static void write_answer(struct silt_json_writer *w, const char *key, enum silt_answer answer)
{
	if (answer != SILT_ANSWER_UNKNOWN) {
		silt_json_write_bool(w, key, answer == SILT_ANSWER_YES);
	} else {
		silt_json_write_null(w, key);
	}
}

/* A list as an object of its total and its items; null if it is not known. */
static void write_texts(struct silt_json_writer *w, const char *key, const struct silt_texts *texts)
{
	if (!texts->known) {
		silt_json_write_null(w, key);
		return;
	}
	silt_json_open_object(w, key);
	silt_json_write_unsigned(w, "total", texts->total);
	silt_json_open_array(w, "items");
	for (size_t i = 0; i < texts->count; i++) {
		silt_json_write_text(w, NULL, texts->items[i]);
	}
	silt_json_close(w);
	silt_json_close(w);
}

static void write_base(struct silt_json_writer *w, const struct silt_posture_base *base)
{
	silt_json_open_object(w, "base");
	write_text(w, "distribution", base->distribution);
	write_text(w, "id", base->id);
	write_text(w, "version", base->version);
	write_text(w, "end_of_life", base->end_of_life);
	write_answer(w, "expired", base->expired);
	write_text(w, "name", base->name);
	write_text(w, "digest", base->digest);
	write_number(w, "layers", base->layers);
	silt_json_write_bool(w, "guessed", base->guessed);
	silt_json_close(w);
}

static void write_size(struct silt_json_writer *w, const struct silt_posture_size *size)
{
	silt_json_open_object(w, "size");
	write_number(w, "files", size->files);
	write_number(w, "bytes", size->bytes);
	write_number(w, "own_files", size->own_files);
	write_number(w, "own_bytes", size->own_bytes);
	write_number(w, "packages", size->packages);
	write_number(w, "wasted_bytes", size->wasted_bytes);
	write_number(w, "executables", size->executables);
	write_number(w, "static_executables", size->static_executables);
	write_number(w, "scripts", size->scripts);
	silt_json_close(w);
}

static void write_user(struct silt_json_writer *w, const struct silt_posture_user *user)
{
	silt_json_open_object(w, "user");
	write_text(w, "name", user->name);
	write_number(w, "uid", user->uid);
	write_number(w, "gid", user->gid);
	write_answer(w, "root", user->root);
	write_number(w, "largest_uid", user->largest_uid);
	write_number(w, "largest_gid", user->largest_gid);
	write_answer(w, "fits_userns", user->fits_userns);
	silt_json_close(w);
}

static void write_start(struct silt_json_writer *w, const struct silt_posture_start *start)
{
	silt_json_open_object(w, "start");
	write_texts(w, "chain", &start->chain);
	write_text(w, "init", start->init);
	write_text(w, "drops", start->drops);
	write_text(w, "drops_at", start->drops_at);
	write_text(w, "privileged", start->privileged);
	write_texts(w, "capabilities", &start->capabilities);
	silt_json_close(w);
}

static void write_rights(struct silt_json_writer *w, const struct silt_posture_rights *rights)
{
	silt_json_open_object(w, "rights");
	write_answer(w, "no_new_privileges", rights->no_new_privileges);
	write_texts(w, "losers", &rights->losers);
	write_answer(w, "shell_free", rights->shell_free);
	write_texts(w, "shells", &rights->shells);
	silt_json_close(w);
}

/* As chmod takes it: "0755". */
static void write_mode(struct silt_json_writer *w, unsigned mode)
{
	char text[8];
	(void)snprintf(text, sizeof(text), "%04o", mode & 07777);
	silt_json_write_text(w, "mode", text);
}

static void write_writable(struct silt_json_writer *w, const struct silt_posture *posture)
{
	if (!posture->writable_known) {
		silt_json_write_null(w, "writable");
		return;
	}
	silt_json_open_array(w, "writable");
	for (size_t i = 0; i < posture->writable_count; i++) {
		const struct silt_posture_writable *item = &posture->writable[i];
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "path", item->path);
		silt_json_write_unsigned(w, "uid", item->uid);
		silt_json_write_unsigned(w, "gid", item->gid);
		write_mode(w, item->mode);
		silt_json_write_bool(w, "volume", item->volume);
		silt_json_write_unsigned(w, "files", item->files);
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_score(struct silt_json_writer *w, const struct silt_posture *posture)
{
	silt_json_open_object(w, "score");
	for (int family = 0; family < SILT_CHECK_FAMILIES; family++) {
		const struct silt_posture_score *score = &posture->score[family];
		silt_json_open_object(w, silt_check_family_name((enum silt_check_family)family));
		silt_json_write_unsigned(w, "findings", score->findings);
		write_text(w, "worst", score->findings > 0 ? silt_severity_name(score->worst) : NULL);
		silt_json_close(w);
	}
	silt_json_close(w);
}

void silt_json_posture(struct silt_json_writer *w, const struct silt_posture *posture)
{
	if (!posture) {
		silt_json_write_null(w, "posture");
		return;
	}
	silt_json_open_object(w, "posture");
	write_base(w, &posture->base);
	write_size(w, &posture->size);
	write_user(w, &posture->user);
	write_start(w, &posture->start);
	write_rights(w, &posture->rights);
	write_text(w, "health", posture->health != SILT_HEALTH_UNKNOWN ? silt_health_name(posture->health) : NULL);
	write_texts(w, "ports", &posture->ports);
	write_texts(w, "volumes", &posture->volumes);
	write_writable(w, posture);
	write_text(w, "builder", posture->builder);
	silt_json_write_unsigned(w, "attestations", posture->attestations);
	silt_json_write_unsigned(w, "signatures", posture->signatures);
	write_texts(w, "logs", &posture->logs);
	write_texts(w, "lock_files", &posture->lock_files);
	write_texts(w, "certificates", &posture->certificates);
	write_score(w, posture);
	silt_json_close(w);
}
