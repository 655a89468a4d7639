/* What wrote a history, told by the marks that each tool leaves in its lines. */
#include "audit/history.h"

#include "base/attributes.h"

enum field {
	CREATED_BY,
	COMMENT,
	AUTHOR,
};

enum position {
	AT_START,
	AT_END,
	ANYWHERE,
};

/* The first row that fits decides. What only says that the line looks like docker's comes last. */
static const struct {
	enum field field;
	enum position position;
	const char *mark;
	enum silt_builder builder;
} marks[] = {
	{COMMENT, AT_START, "buildkit.", SILT_BUILDER_BUILDKIT},
	{CREATED_BY, AT_END, "# buildkit", SILT_BUILDER_BUILDKIT},
	{AUTHOR, AT_START, "kaniko", SILT_BUILDER_KANIKO},
	{CREATED_BY, AT_START, "jib-", SILT_BUILDER_JIB},
	{AUTHOR, AT_START, "Jib", SILT_BUILDER_JIB},
	{AUTHOR, AT_START, "Bazel", SILT_BUILDER_BAZEL},
	{CREATED_BY, AT_START, "bazel build", SILT_BUILDER_BAZEL},
	{COMMENT, AT_START, "store paths:", SILT_BUILDER_NIX},
	{AUTHOR, AT_START, "apko", SILT_BUILDER_APKO},
	{CREATED_BY, AT_START, "apko", SILT_BUILDER_APKO},
	{CREATED_BY, AT_START, "ko build ", SILT_BUILDER_KO},
	{CREATED_BY, AT_START, "ko publish ", SILT_BUILDER_KO},
	{CREATED_BY, AT_START, "crane ", SILT_BUILDER_CRANE},
	{CREATED_BY, AT_START, "gcrane ", SILT_BUILDER_CRANE},
	{CREATED_BY, AT_START, "umoci ", SILT_BUILDER_UMOCI},
	{CREATED_BY, AT_START, "Buildpacks ", SILT_BUILDER_BUILDPACKS},
	{CREATED_BY, ANYWHERE, "Created by buildpack:", SILT_BUILDER_BUILDPACKS},
	{COMMENT, AT_START, "mintoolkit", SILT_BUILDER_MINT},
	{COMMENT, AT_START, "slimtoolkit", SILT_BUILDER_MINT},
	{COMMENT, AT_START, "Imported from ", SILT_BUILDER_IMPORT},
	{COMMENT, AT_START, "imported from ", SILT_BUILDER_IMPORT},
	{COMMENT, AT_START, "FROM ", SILT_BUILDER_BUILDAH},
	{CREATED_BY, ANYWHERE, "|unsetLabel=", SILT_BUILDER_BUILDAH},
	{CREATED_BY, ANYWHERE, "|inheritLabels=", SILT_BUILDER_BUILDAH},
	{CREATED_BY, ANYWHERE, "|force-mtime=", SILT_BUILDER_BUILDAH},
	{CREATED_BY, AT_START, "/bin/sh -c", SILT_BUILDER_CLASSIC},
	{CREATED_BY, ANYWHERE, "#(nop)", SILT_BUILDER_CLASSIC},
	{CREATED_BY, AT_START, "|", SILT_BUILDER_CLASSIC},
};

const char *silt_builder_name(enum silt_builder builder)
{
	static const char *const names[SILT_BUILDERS] = {
		[SILT_BUILDER_UNKNOWN] = "",
		[SILT_BUILDER_CLASSIC] = "docker (classic builder)",
		[SILT_BUILDER_BUILDKIT] = "BuildKit",
		[SILT_BUILDER_BUILDAH] = "buildah",
		[SILT_BUILDER_KANIKO] = "kaniko",
		[SILT_BUILDER_JIB] = "jib",
		[SILT_BUILDER_BAZEL] = "bazel",
		[SILT_BUILDER_NIX] = "Nix",
		[SILT_BUILDER_APKO] = "apko",
		[SILT_BUILDER_KO] = "ko",
		[SILT_BUILDER_CRANE] = "crane",
		[SILT_BUILDER_UMOCI] = "umoci",
		[SILT_BUILDER_BUILDPACKS] = "buildpacks",
		[SILT_BUILDER_MINT] = "mint (docker-slim)",
		[SILT_BUILDER_IMPORT] = "docker import",
	};
	return names[builder];
}

static bool stands_in(struct silt_bytes text, struct silt_bytes mark, enum position position)
{
	switch (position) {
	case AT_START:
		return silt_bytes_start_with(text, mark);
	case AT_END:
		return silt_bytes_end_with(text, mark);
	case ANYWHERE:
		break;
	}
	return silt_bytes_find(text, mark) != SIZE_MAX;
}

/* buildah writes the lines of the classic builder, and its label beside them. */
static bool has_label_of_buildah(const struct silt_config *config)
{
	for (size_t i = 0; i < config->label_count; i++) {
		if (silt_bytes_equal(config->labels[i].key, SILT_LITERAL("io.buildah.version"))) {
			return true;
		}
	}
	return false;
}

enum silt_builder silt_builder_of_line(const struct silt_config *config, const struct silt_history *line)
{
	const struct silt_bytes fields[] = {
		[CREATED_BY] = silt_bytes_trim(line->created_by),
		[COMMENT] = silt_bytes_trim(line->comment),
		[AUTHOR] = silt_bytes_trim(line->author),
	};
	enum silt_builder builder = SILT_BUILDER_UNKNOWN;
	for (size_t i = 0; i < SILT_COUNT(marks) && builder == SILT_BUILDER_UNKNOWN; i++) {
		if (stands_in(fields[marks[i].field], silt_bytes_text(marks[i].mark), marks[i].position)) {
			builder = marks[i].builder;
		}
	}
	return builder == SILT_BUILDER_CLASSIC && has_label_of_buildah(config) ? SILT_BUILDER_BUILDAH : builder;
}

enum silt_builder silt_builder_of(const struct silt_config *config)
{
	for (size_t i = config->history_count; i > 0; i--) {
		enum silt_builder builder = silt_builder_of_line(config, &config->history[i - 1]);
		if (builder != SILT_BUILDER_UNKNOWN) {
			return builder;
		}
	}
	return SILT_BUILDER_UNKNOWN;
}
