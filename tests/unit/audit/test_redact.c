/* Instructions are shown without the secrets in them. */
#include "audit/redact.h"
#include "base/limits.h"
#include "base/secure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TOKEN "qK7mZp2xWv9LrT4nYb8D"

/* `line` as it is shown for this image. */
static void assert_redacted_for(const struct silt_declared_image *image, const char *line, const char *want)
{
	struct silt_redactor redactor;
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_redactor_init(&redactor, image, NULL, &err), SILT_OK);
	silt_redact(&redactor, silt_bytes_text(line), &out);
	assert_string_equal(silt_buffer_text(&out), want);
	silt_buffer_done(&out);
	silt_redactor_done(&redactor);
}

/* `line` as it is shown for a config of this Env and history. */
static void assert_redacted(const struct silt_config *config, const char *line, const char *want)
{
	struct silt_declared_image image = {.config = *config};
	assert_redacted_for(&image, line, want);
}

static void a_value_known_by_its_name_is_cut_out_of_every_line(void **state)
{
	(void)state;
	struct silt_history history = {.created_by = SILT_LITERAL("RUN |1 DB_PASSWORD=" TOKEN " /bin/sh -c x")};
	struct silt_config config = {.history = &history, .history_count = 1};
	assert_redacted(&config, "RUN |1 DB_PASSWORD=" TOKEN " /bin/sh -c x", "RUN |1 DB_PASSWORD=*** /bin/sh -c x");
	assert_redacted(&config, "RUN echo " TOKEN TOKEN, "RUN echo ******");
}

static void a_value_of_env_is_cut_out_of_history(void **state)
{
	(void)state;
	struct silt_bytes env = SILT_LITERAL("DB_PASSWORD=" TOKEN);
	struct silt_config config = {.env = &env, .env_count = 1};
	assert_redacted(&config, "ENV DB_PASSWORD=" TOKEN, "ENV DB_PASSWORD=***");
}

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY_ID                                                                                                         \
	"AKIA"                                                                                                         \
	"Q2W3E4R5T6Y7U2I3"

static void what_a_pattern_matches_is_cut_out(void **state)
{
	(void)state;
	struct silt_history history = {.created_by = SILT_LITERAL("RUN curl -H " KEY_ID " x"),
				       .comment = SILT_LITERAL("by " KEY_ID)};
	struct silt_config config = {.history = &history, .history_count = 1};
	assert_redacted(&config, "RUN curl -H " KEY_ID " x", "RUN curl -H *** x");
	assert_redacted(&config, "by " KEY_ID, "by ***");
}

static void what_a_pattern_matches_in_a_field_that_is_shown_is_cut_out(void **state)
{
	(void)state;
	struct silt_bytes key = SILT_LITERAL(KEY_ID), name = SILT_LITERAL("app:" KEY_ID);
	const struct silt_declared_image images[] = {
		{.config = {.user = key}},
		{.config = {.created = key}},
		{.platform = key},
		{.names = &name, .name_count = 1},
	};
	for (size_t i = 0; i < SILT_COUNT(images); i++) {
		assert_redacted_for(&images[i], "USER " KEY_ID, "USER ***");
	}
}

static void the_password_of_a_url_is_cut_out(void **state)
{
	(void)state;
	struct silt_config config = {0};
	assert_redacted(&config, "RUN git clone https://bob:s3@example.org/x",
			"RUN git clone https://bob:***@example.org/x");
	assert_redacted(&config, "ENV DB=postgres://:a@b@db:5432/x y://u:p@h",
			"ENV DB=postgres://:***@db:5432/x y://u:***@h");
	assert_redacted(&config, "RUN curl http://example.org:80/a@b", "RUN curl http://example.org:80/a@b");
	assert_redacted(&config, "RUN curl https://bob@example.org:80 a:b@c",
			"RUN curl https://bob@example.org:80 a:b@c");
	assert_redacted(&config, "RUN echo ://", "RUN echo ://");
}

/* A value that a name gave away may begin or end in the middle of a password. */
static void a_password_of_a_url_and_a_value_may_overlap(void **state)
{
	(void)state;
	struct silt_bytes env[] = {SILT_LITERAL("DB_PASSWORD=bob:" TOKEN), SILT_LITERAL("PASSWORD=9zP4@host.qX7")};
	struct silt_config config = {.env = env, .env_count = 1};
	assert_redacted(&config, "x://bob:" TOKEN "tail@h", "x://***@h");
	config.env = &env[1];
	assert_redacted(&config, "x://bob:head9zP4@host.qX7/a", "x://bob:***/a");
	assert_redacted(&config, "x://bob:9zP4@host.qX7/a", "x://bob:***/a");
}

static void of_values_that_overlap_nothing_is_left(void **state)
{
	(void)state;
	struct silt_bytes env[] = {SILT_LITERAL("A_PASSWORD=kW3xQ9vT2m"), SILT_LITERAL("B_PASSWORD=T2mHj7Lp")};
	struct silt_config config = {.env = env, .env_count = SILT_COUNT(env)};
	assert_redacted(&config, "RUN echo kW3xQ9vT2mHj7Lp x", "RUN echo *** x");
}

static void what_commands_are_given_is_cut_out(void **state)
{
	(void)state;
	struct silt_bytes cmd[] = {SILT_LITERAL("app"), SILT_LITERAL("--db-password"), SILT_LITERAL("q8Zt2LmV0xPw")};
	struct silt_bytes test[] = {SILT_LITERAL("CMD"), SILT_LITERAL("curl"), SILT_LITERAL("-u"),
				    SILT_LITERAL("bob:Zx9Tr0ub")};
	struct silt_history history = {.created_by = SILT_LITERAL("RUN mysql -u root -pTr0ub4dor app && "
								  "echo 'root:t00rPass' | chpasswd")};
	struct silt_config config = {
		.cmd = cmd,
		.cmd_count = SILT_COUNT(cmd),
		.health = test,
		.health_count = SILT_COUNT(test),
		.history = &history,
		.history_count = 1,
	};
	assert_redacted(&config, "RUN mysql -u root -pTr0ub4dor app && echo 'root:t00rPass' | chpasswd",
			"RUN mysql -u root -p*** app && echo 'root:***' | chpasswd");
	assert_redacted(&config, "CMD [\"app\" \"--db-password\" \"q8Zt2LmV0xPw\"]",
			"CMD [\"app\" \"--db-password\" \"***\"]");
	assert_redacted(&config, "HEALTHCHECK curl -u bob:Zx9Tr0ub", "HEALTHCHECK curl -u bob:***");
}

static void a_line_without_secrets_is_as_it_was(void **state)
{
	(void)state;
	struct silt_bytes env = SILT_LITERAL("PATH=/usr/bin");
	struct silt_config config = {.env = &env, .env_count = 1};
	assert_redacted(&config, "COPY /usr/bin/x /y", "COPY /usr/bin/x /y");
	assert_redacted(&config, "", "");
}

static void more_values_than_the_limit_hide_every_line(void **state)
{
	(void)state;
	for (size_t excess = 0; excess < 2; excess++) {
		size_t count = SILT_REDACTED_MAX + excess;
		struct silt_bytes *env = calloc(count, sizeof(*env));
		char(*texts)[64] = calloc(count, sizeof(*texts));
		for (size_t i = 0; i < count; i++) {
			snprintf(texts[i], sizeof(texts[i]), "DB_PASSWORD=" TOKEN "%zuq", i + 1000);
			env[i] = silt_bytes_text(texts[i]);
		}
		struct silt_config config = {.env = env, .env_count = count};
		assert_redacted(&config, "COPY a b", excess ? "***" : "COPY a b");
		free(texts);
		free(env);
	}
}

static int init(void **state)
{
	(void)state;
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_known_by_its_name_is_cut_out_of_every_line),
		cmocka_unit_test(a_value_of_env_is_cut_out_of_history),
		cmocka_unit_test(what_a_pattern_matches_is_cut_out),
		cmocka_unit_test(what_a_pattern_matches_in_a_field_that_is_shown_is_cut_out),
		cmocka_unit_test(the_password_of_a_url_is_cut_out),
		cmocka_unit_test(a_password_of_a_url_and_a_value_may_overlap),
		cmocka_unit_test(of_values_that_overlap_nothing_is_left),
		cmocka_unit_test(what_commands_are_given_is_cut_out),
		cmocka_unit_test(a_line_without_secrets_is_as_it_was),
		cmocka_unit_test(more_values_than_the_limit_hide_every_line),
	};
	return cmocka_run_group_tests(tests, init, NULL);
}
