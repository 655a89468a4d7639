/* Tables of what is worth a digest. */
#include "layer/watched.h"

#include "base/attributes.h"
#include "base/limits.h"

enum { SETUID_OR_SETGID = 06000, ANY_EXECUTE = 0111 };

static const struct silt_bytes program_folders[] = {
	SILT_LITERAL_INIT("bin/"),
	SILT_LITERAL_INIT("sbin/"),
	SILT_LITERAL_INIT("usr/bin/"),
	SILT_LITERAL_INIT("usr/sbin/"),
};

/* How the names begin of what is loaded into every program, or sees every password, wherever below a lib folder. */
static const struct silt_bytes loaded_everywhere[] = {
	SILT_LITERAL_INIT("ld-linux"),  SILT_LITERAL_INIT("ld-musl"),  SILT_LITERAL_INIT("ld64.so"),
	SILT_LITERAL_INIT("ld.so"),     SILT_LITERAL_INIT("libc.so."), SILT_LITERAL_INIT("libc-2."),
	SILT_LITERAL_INIT("libpam.so"), SILT_LITERAL_INIT("pam_"),     SILT_LITERAL_INIT("libnss_"),
};

static bool starts_with_one(struct silt_bytes text, const struct silt_bytes *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_start_with(text, list[i])) {
			return true;
		}
	}
	return false;
}

static bool is_program(struct silt_bytes path, struct silt_bytes start)
{
	bool runs = silt_bytes_start_with(start, SILT_LITERAL("\177ELF")) ||
		    silt_bytes_start_with(start, SILT_LITERAL("#!"));
	return runs && starts_with_one(path, program_folders, SILT_COUNT(program_folders));
}

static bool is_loaded_everywhere(struct silt_bytes path, struct silt_bytes start)
{
	static const struct silt_bytes folders[] = {SILT_LITERAL_INIT("lib"), SILT_LITERAL_INIT("usr/lib")};
	return silt_bytes_start_with(start, SILT_LITERAL("\177ELF")) &&
	       starts_with_one(path, folders, SILT_COUNT(folders)) &&
	       starts_with_one(silt_path_basename(path), loaded_everywhere, SILT_COUNT(loaded_everywhere));
}

bool silt_is_watched(const struct silt_record *record, const struct silt_entry *file, struct silt_bytes start)
{
	struct silt_path_room room;
	struct silt_bytes path = silt_entry_path(record, file, &room);
	bool small = file->size <= SILT_WATCHED_PROGRAM_MAX;
	return (file->mode & SETUID_OR_SETGID) || silt_entry_capability(record, file).len > 0 ||
	       (small && (file->mode & ANY_EXECUTE) && is_program(path, start)) || is_loaded_everywhere(path, start);
}

unsigned silt_sums_of_system(struct silt_bytes path)
{
	static const struct {
		struct silt_bytes path;
		unsigned sums;
	} systems[] = {
		{SILT_LITERAL_INIT("etc/debian_version"), 1U << SILT_SUM_MD5},
		{SILT_LITERAL_INIT("etc/alpine-release"), 1U << SILT_SUM_SHA1},
	};
	for (size_t i = 0; i < SILT_COUNT(systems); i++) {
		if (silt_bytes_equal(path, systems[i].path)) {
			return systems[i].sums;
		}
	}
	return 0;
}
