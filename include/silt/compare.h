/*
 * Comparing two images, or two files of them: what a build changed, and whether the one is really free of what the other
 * had.
 *
 *     silt_audit(old_bundle, &(struct silt_options){.keep_secrets = true, .mask_names = true, .keep_digests = true}, ...)
 *     silt_comparison_wanted(old_result, &values, &count, &err)
 *     silt_audit(new_bundle, &(struct silt_options){.wanted = values, .wanted_count = count, .keep_digests = true}, ...)
 *     silt_compare(old_judgement, new_judgement, NULL, &comparison, &err)
 *
 * Everything of a comparison is printable; values of secrets are in none of it. docs/compare.md says how to read one.
 */
#ifndef SILT_COMPARE_H
#define SILT_COMPARE_H

#include "silt/policy.h"
#include "silt/report.h"

#ifdef __cplusplus
extern "C" {
#endif

enum silt_change {
	SILT_CHANGE_SAME,
	SILT_CHANGE_ADDED,   /* NEW has it, OLD has not; of findings: new */
	SILT_CHANGE_REMOVED, /* the other way; of findings: fixed */
	SILT_CHANGE_CHANGED, /* both have it, and it differs */
};

/* "same", "added", "removed", "changed". */
SILT_API const char *silt_change_name(enum silt_change change);

/* What became of a secret of OLD. */
enum silt_survival {
	SILT_SURVIVAL_GONE,     /* it is nowhere in NEW, all of which was looked at */
	SILT_SURVIVAL_SURVIVED, /* it is in NEW */
	SILT_SURVIVAL_SHORT,    /* not looked for: so short a value is met by chance; no rule found it in NEW */
	SILT_SURVIVAL_UNKNOWN,  /* it was not met, but not all of NEW was looked at */
};

/* "gone", "survived", "not looked for", "unknown". */
SILT_API const char *silt_survival_name(enum silt_survival survival);

/* A secret of OLD, each value once. One of severity info is none: everybody has it. */
struct silt_compared_secret {
	const struct silt_finding *before;
	enum silt_survival survival;
	bool counts; /* in OLD, by its policy */
	bool literal; /* its very bytes are in NEW, be it in another encoding; false: a rule found it, otherwise spelled */
	/* Where it is in NEW, the most exposed first. */
	const struct silt_sighting *sightings;
	size_t sighting_count;
};

/* A finding of one of them, or of both, by fingerprint. CHANGED: severity, exposure or standing differ. */
struct silt_compared_finding {
	enum silt_change change;
	const struct silt_finding *before, *after; /* NULL: it has none */
	bool worse;                                /* it counts in NEW, and did not in OLD or is not there */
};

struct silt_compared_layer {
	enum silt_change change; /* not CHANGED: a layer is its diff ID */
	size_t before_index, after_index;
	const struct silt_layer *layer; /* of NEW, if it has it */
};

/* What differs of a file, as bits. */
enum {
	SILT_DIFFERS_TYPE = 1,
	SILT_DIFFERS_CONTENT = 2, /* of a link: where it leads */
	SILT_DIFFERS_MODE = 4,
	SILT_DIFFERS_OWNER = 8,
};

/* A name of the final filesystem of an image. */
struct silt_file_state {
	enum silt_entry_type type;
	unsigned mode; /* 0..07777 */
	uint64_t uid, gid;
	uint64_t size; /* of a regular file */
};

struct silt_compared_file {
	const char *path;        /* "/etc/passwd", escaped */
	enum silt_change change; /* not SAME */
	unsigned differs;        /* SILT_DIFFERS_..., of a changed one */
	struct silt_file_state before, after;
};

/* All of them, whatever is listed. Directories count as names, not as bytes. */
struct silt_file_counts {
	uint64_t same, added, removed, changed;
	uint64_t content, mode, owner, type; /* of those that are changed */
	uint64_t bytes_added, bytes_removed; /* of the files added and removed */
	uint64_t bytes_before, bytes_after;  /* of files whose content changed */
	uint64_t uncompared; /* files whose content nobody could compare: counted as the same otherwise */
};

/* A field of the config that differs. Secrets in it are masked. */
struct silt_compared_field {
	const char *name;           /* "User", "Env PATH", "Label maintainer" */
	const char *before, *after; /* NULL: not set; of Env the value is not told: "" */
};

struct silt_compared_package {
	enum silt_change change;
	const char *name, *manager;
	const char *before, *after; /* versions; NULL: not installed */
};

/* A pair of images. The arrays are in a fixed order; of files the first, by path. */
struct silt_compared_image {
	size_t before_index, after_index; /* of silt_result_images */
	const char *name;                 /* that both have; "": they are paired because each is the only one */
	const struct silt_compared_layer *layers;
	size_t layer_count;
	size_t common_layers; /* so many at the bottom are the same */
	const struct silt_compared_file *files;
	size_t file_count;
	uint64_t files_left_out; /* differ, and are not listed */
	struct silt_file_counts counts;
	const struct silt_compared_field *fields;
	size_t field_count;
	const struct silt_compared_package *packages;
	size_t package_count;
};

enum silt_comparison_verdict {
	SILT_COMPARISON_FREE,       /* no secret of OLD that counts is in NEW, and nothing got worse */
	SILT_COMPARISON_WORSE,      /* one survived, or a finding of NEW counts that did not before */
	SILT_COMPARISON_INCOMPLETE, /* not all of OLD or of NEW was looked at */
};

/* "free", "worse", "incomplete". */
SILT_API const char *silt_comparison_verdict_name(enum silt_comparison_verdict verdict);

struct silt_comparison {
	const struct silt_judgement *before, *after; /* borrows: they must live longer */
	/*
	 * The images and the gaps of OLD, as many as its result has, with its secrets cut out of names: the result itself was
	 * made before all of them were known.
	 */
	const struct silt_image *before_images;
	const struct silt_gap *before_gaps;
	enum silt_comparison_verdict verdict;
	const struct silt_compared_secret *secrets; /* survived first */
	size_t secret_count;
	size_t survived, gone, too_short, unknown;    /* of the secrets */
	size_t survived_counting;                     /* of those that survived */
	const struct silt_compared_finding *findings; /* those that differ, worst first; the same ones are counted */
	size_t finding_count;
	size_t findings_new, findings_fixed, findings_changed, findings_same;
	size_t worse; /* findings that are worse */
	const struct silt_compared_image *images;
	size_t image_count;
	/* Images without a partner: their names, by the numbers of silt_result_images. */
	const size_t *before_alone, *after_alone;
	size_t before_alone_count, after_alone_count;
};

struct silt_compare_options {
	size_t files_max; /* so many files of an image are listed at most; 0: 200 */
};

/*
 * The values of the secrets in `before`, which kept them (silt_options.keep_secrets), each once: to be looked for in NEW.
 * The array is the caller's, for free(); the bytes are the result's.
 */
SILT_API enum silt_status silt_comparison_wanted(const struct silt_result *before, struct silt_bytes **out,
						 size_t *count, struct silt_error *err);

/*
 * Compares. The result of `before` kept its secrets, that of `after` was asked for them, and both kept digests: neither was
 * read from a report. SILT_ERR_USAGE if that is not so. Images are paired by a name they share; if each has one, these two.
 * The comparison is the caller's, and is to be freed before the judgements.
 */
SILT_API enum silt_status silt_compare(const struct silt_judgement *before, const struct silt_judgement *after,
				       const struct silt_compare_options *options, struct silt_comparison **out,
				       struct silt_error *err);
SILT_API void silt_comparison_free(struct silt_comparison *comparison);

/*
 * Writes a comparison as SILT_FORMAT_TEXT, _JSON (docs/diff.schema.json) or _MARKDOWN. Of `options` colour and width
 * count. SILT_ERR_USAGE for another format, SILT_ERR_IO if the sink refused.
 */
SILT_API enum silt_status silt_comparison_write(const struct silt_comparison *comparison,
						const struct silt_report_options *options, struct silt_sink sink,
						struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
