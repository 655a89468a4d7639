/*
 * The smallest useful program with libsilt: audits one image file and prints what was found in it.
 *
 *     cc -std=c17 -o example example.c $(pkg-config --cflags --libs silt)
 *     docker save app -o app.tar && ./example app.tar
 *
 * The library never prints and never exits: what went wrong comes back as a status with one printable sentence.
 */
#include <silt/silt.h>

#include <stdio.h>
#include <stdlib.h>

/* Text of a result is printable already: hostile bytes of the image are escaped in it, secrets are redacted. */
static void print_finding(const struct silt_finding *finding)
{
	printf("%-8s  %s: %s\n", silt_severity_name(finding->severity), finding->title, finding->subject);
	for (size_t i = 0; i < finding->sighting_count; i++) {
		const struct silt_sighting *sighting = &finding->sightings[i];
		printf("          %s, %s\n", sighting->place, silt_fate_name(sighting->fate));
	}
}

static void print_result(const struct silt_result *result)
{
	size_t count = 0;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		print_finding(&findings[i]);
	}
}

/* Fails closed: an image that could not be read to its end is never called clean. */
static enum silt_status print_verdict(const struct silt_result *result, struct silt_error *err)
{
	struct silt_judgement *judgement = NULL;
	const enum silt_status status = silt_judge(result, NULL, &judgement, err);
	if (status == SILT_OK) {
		printf("verdict: %s\n", silt_verdict_name(judgement->verdict));
	}
	silt_judgement_free(judgement);
	return status;
}

/* A bundle is opened, and read once; the result that comes out of it lives by itself. */
static enum silt_status audit(const char *path, struct silt_result **result, struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = silt_bundle_open_path(path, &bundle, err);
	if (status == SILT_OK) {
		status = silt_audit(bundle, NULL, result, err);
	}
	silt_bundle_free(bundle);
	return status;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("Usage: example IMAGE-FILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct silt_error err = {0};
	struct silt_result *result = NULL;
	enum silt_status status = audit(argv[1], &result, &err);
	if (status == SILT_OK) {
		print_result(result);
		status = print_verdict(result, &err);
	}
	silt_result_free(result);
	if (status != SILT_OK) {
		fprintf(stderr, "example: %s\n", err.text);
	}
	return status == SILT_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
