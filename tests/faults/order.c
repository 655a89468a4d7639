/* The command line of faults_sweep. */
#include "faults/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_rules(const char *path, struct silt_rule_file *file)
{
	enum { RULES_MAX = 1 << 20 };
	static char text[RULES_MAX];
	FILE *stream = fopen(path, "re");
	if (!stream) {
		perror(path);
		return false;
	}
	*file = (struct silt_rule_file){.name = path, .text = text, .size = fread(text, 1, sizeof(text), stream)};
	(void)fclose(stream);
	return true;
}

static const struct silt_base *read_base(char *ids, struct order_base *to)
{
	char *rest = NULL;
	to->base = (struct silt_base){.name = "base", .diff_ids = to->ids};
	for (char *id = strtok_r(ids, ",", &rest); id && to->base.count < ORDER_BASE_IDS_MAX;
	     id = strtok_r(NULL, ",", &rest)) {
		to->ids[to->base.count++] = id;
	}
	return &to->base;
}

/* NAME=NUMBER, with K, M or G behind it. */
static bool read_limit(char *words, struct order *order)
{
	static const char units[] = "KMG";
	char *value = strchr(words, '='), *end = NULL;
	if (!value || order->run.options.limit_count == ORDER_LIMITS_MAX) {
		return false;
	}
	*value = '\0';
	struct silt_limit_setting *limit = &order->limits[order->run.options.limit_count++];
	*limit = (struct silt_limit_setting){.name = words, .value = strtoull(value + 1, &end, 10)};
	const char *unit = *end ? strchr(units, *end) : NULL;
	limit->value <<= unit ? 10 * (unit - units + 1) : 0;
	order->run.options.limits = order->limits;
	return true;
}

static bool read_part(char *words, struct order *order)
{
	char *end = NULL;
	order->part = strtoull(words, &end, 10);
	order->parts = *end == '/' ? strtoull(end + 1, NULL, 10) : 0;
	return order->parts > 0;
}

static bool read_option(const char *option, char *value, struct order *order)
{
	struct silt_options *options = &order->run.options;
	char *end = NULL;
	if (strcmp(option, "--each") == 0) {
		order->each = strtoul(value, NULL, 10);
	} else if (strcmp(option, "--part") == 0) {
		return read_part(value, order);
	} else if (strcmp(option, "--rules") == 0) {
		return read_rules(value, &order->run.rule_file);
	} else if (strcmp(option, "--limit") == 0) {
		return read_limit(value, order);
	} else if (strcmp(option, "--base") == 0) {
		options->bases = read_base(value, &order->base);
		options->base_count = 1;
	} else if (strcmp(option, "--allowed-bases") == 0) {
		options->allowed_bases = read_base(value, &order->allowed_base);
		options->allowed_base_count = 1;
	} else if (strcmp(option, "--threads") == 0) {
		options->jobs = (unsigned)strtoul(value, NULL, 10);
	} else if (strcmp(option, "--at") == 0) {
		order->at.first = strtoull(value, &end, 10);
		order->at.for_good = *end == '+';
	} else {
		return false;
	}
	return true;
}

static bool read_words(int argc, char **argv, struct order *order)
{
	bool start = false;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--start") == 0) {
			start = true;
		} else if (strcmp(argv[i], "--lint") == 0) {
			order->run.options.lint = true;
		} else if (argv[i][0] != '-') {
			order->run.input = argv[i];
		} else if (i + 1 == argc || !read_option(argv[i], argv[i + 1], order)) {
			return false;
		} else {
			i++;
		}
	}
	return start != (order->run.input != NULL);
}

bool order_read(int argc, char **argv, struct order *order)
{
	*order = (struct order){.parts = 1};
	if (read_words(argc, argv, order)) {
		return true;
	}
	(void)fputs("usage: faults_sweep [--each N] [--part K/N] [--rules FILE] [--base IDS] [--allowed-bases IDS] "
		    "[--limit NAME=N] [--threads N] [--lint] [--at N[+]] INPUT|--start\n",
		    stderr);
	return false;
}
