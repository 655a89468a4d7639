/*
 * What tests of a survey begin with: the matcher of a group of tests, a value for it to find, and the record of a layer.
 */
#ifndef SILT_TESTS_SURVEY_KIT_H
#define SILT_TESTS_SURVEY_KIT_H

#include "unit/stream/cmocka_test.h"

#include "base/secure.h"
#include "layer/survey.h"

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY_ID                                                                                                         \
	"AKIA"                                                                                                         \
	"QWERTYUIOPASDFGH"

static struct silt_matcher *matcher;

/* The set-up of a group. */
static inline int make_matcher(void **state)
{
	(void)state;
	struct silt_error err = {0};
	assert_int_equal(silt_secure_init(&err), SILT_OK);
	assert_int_equal(silt_matcher_new(&matcher, &err), SILT_OK);
	return 0;
}

/* Its teardown. */
static inline int free_matcher(void **state)
{
	(void)state;
	silt_matcher_free(matcher);
	return 0;
}

/* The record of a layer that is stored as `blob`; freed by the caller. */
static inline struct silt_record *survey_blob(struct silt_bytes blob)
{
	struct silt_memory_source memory = {blob};
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_survey_layer(silt_memory_source(&memory), &(struct silt_survey_wish){.matcher = matcher},
					   &record, &err),
			 SILT_OK);
	return record;
}

#endif
