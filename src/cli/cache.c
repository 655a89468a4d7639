/* `silt cache stats` and `silt cache prune`: what is kept of layers, and how much of it. */
#include "cli/cache.h"

#include "cli/actions.h"
#include "cli/cache_link.h"
#include "cli/limits.h"
#include "cli/message.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum silt_status cli_cache_usual_folder(char *folder, size_t size, struct silt_error *err)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	const bool given = base != NULL && base[0] == '/'; /* others are to be ignored, says the specification */
	if (!given && (home == NULL || home[0] != '/')) {
		return cli_fail(err, SILT_ERR_USAGE,
				"name the folder of the cache: neither XDG_CACHE_HOME nor HOME does.");
	}
	const int length = given ? snprintf(folder, size, "%s/silt", base)
				 : snprintf(folder, size, "%s/.cache/silt", home);
	return length > 0 && (size_t)length < size
		       ? SILT_OK
		       : cli_fail(err, SILT_ERR_USAGE, "the path of the cache is too long.");
}

static enum silt_status show(struct silt_cache *cache, const char *folder, struct silt_error *err)
{
	struct silt_cache_stats stats;
	const enum silt_status status = silt_cache_measure(cache, &stats, err);
	if (status == SILT_OK) {
		printf("%s\n", cli_printable(folder).text);
		printf("layers   %10llu  %14llu bytes\n", stats.count[SILT_CACHE_LAYER], stats.bytes[SILT_CACHE_LAYER]);
		printf("blobs    %10llu  %14llu bytes\n", stats.count[SILT_CACHE_BLOB], stats.bytes[SILT_CACHE_BLOB]);
		printf("on disk              %14llu bytes\n", stats.file_bytes);
	}
	return status;
}

static enum silt_status prune(struct silt_cache *cache, uint64_t bytes, struct silt_error *err)
{
	unsigned long long forgotten = 0;
	const enum silt_status status = silt_cache_prune(cache, bytes, &forgotten, err);
	if (status == SILT_OK) {
		printf("%llu %s forgotten.\n", forgotten, forgotten == 1 ? "record was" : "records were");
	}
	return status;
}

struct request {
	bool prunes;
	uint64_t bytes; /* that may stay */
	const char *folder;
	char usual[PATH_MAX];
};

/* What the option table cannot say. */
static enum silt_status read_request(const struct cli_arguments *arguments, struct request *request,
				     struct silt_error *err)
{
	const char *what = arguments->operand_count > 0 ? arguments->operands[0] : "";
	const char *size = arguments->values[CLI_OPTION_MAX_SIZE];
	request->prunes = strcmp(what, "prune") == 0;
	if (!request->prunes && strcmp(what, "stats") != 0) {
		return cli_action_unknown("cache", arguments, err);
	}
	if (arguments->operand_count > 2) {
		return cli_fail(err, SILT_ERR_USAGE, "expected silt cache stats [DIR] or silt cache prune [DIR].");
	}
	if (size != NULL && !request->prunes) {
		return cli_fail(err, SILT_ERR_USAGE, "--max-size is for silt cache prune.");
	}
	if (size != NULL && !cli_limits_number(size, &request->bytes)) {
		return cli_fail(err, SILT_ERR_USAGE,
				"--max-size %s: expected a number of bytes; K, M, G and T stand for powers of 1024.",
				cli_printable(size).text);
	}
	request->folder = arguments->operand_count == 2 ? arguments->operands[1] : request->usual;
	return arguments->operand_count == 2 ? SILT_OK
					     : cli_cache_usual_folder(request->usual, sizeof(request->usual), err);
}

enum cli_exit cli_cache(const struct cli_arguments *arguments)
{
	struct request request = {0};
	struct silt_error err = {0};
	struct silt_cache *cache = NULL;
	enum silt_status status = read_request(arguments, &request, &err);
	if (status == SILT_OK) {
		status = silt_cache_open(request.folder, false, &cache, &err);
	}
	if (status == SILT_OK) {
		status = request.prunes ? prune(cache, request.bytes, &err) : show(cache, request.folder, &err);
	}
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	silt_cache_close(cache);
	return cli_exit_of_status(status);
}
