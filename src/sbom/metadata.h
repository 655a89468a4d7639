/*
 * The metadata of packages: which files have it, and what each says. Bytes in, packages out.
 *
 *     dpkg, apk, rpm   the databases of content/package.h
 *     Python           *.dist-info/METADATA, *.egg-info/PKG-INFO, *.egg-info, EGG-INFO/PKG-INFO
 *     npm              node_modules/[@SCOPE/]NAME/package.json
 *     gem              specifications/NAME.gemspec, specifications/default/NAME.gemspec
 *     Java             *.jar, *.war, *.ear: pom.properties and MANIFEST.MF in them, and in the archives in them
 *
 * All of it is content of an image: damage and lies are normal. What cannot be read is told, and the rest is read.
 */
#ifndef SILT_SBOM_METADATA_H
#define SILT_SBOM_METADATA_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/utf8.h"

/* Whose packages they are; each has a type of package URL. */
enum silt_sbom_kind {
	SILT_SBOM_DEB,
	SILT_SBOM_APK,
	SILT_SBOM_RPM,
	SILT_SBOM_PYTHON,
	SILT_SBOM_NPM,
	SILT_SBOM_GEM,
	SILT_SBOM_JAVA,
	SILT_SBOM_KINDS,
};

enum {
	/* Bytes kept of each field; package managers take less of a name or version. A longer one is cut. */
	SILT_SBOM_FIELD_MAX = 256,
	/* Bytes of one line or small document that is read for its fields. */
	SILT_SBOM_TEXT_MAX = 4 * 1024 * 1024,
	/* Bytes of one Java archive; it is in memory while it is read. A Spring application has 100 MiB. */
	SILT_SBOM_JAR_MAX = 256 * 1024 * 1024,
	/* Java archives inside of each other: a .jar in a .war in an .ear. */
	SILT_SBOM_JAR_DEPTH = 3,
};

/* Bytes that are unpacked of one Java archive, with those in it. */
#define SILT_SBOM_JAR_UNPACKED_MAX ((uint64_t)4 * 1024 * 1024 * 1024)

/* One package. Raw text of the image, at most SILT_SBOM_FIELD_MAX bytes each; the name is not empty. */
struct silt_sbom_found {
	enum silt_sbom_kind kind;
	struct silt_bytes group; /* of Maven; the scope of npm, "@" and all; else empty */
	struct silt_bytes name, version;
	struct silt_bytes arch;     /* of deb, apk, rpm */
	struct silt_bytes platform; /* of gem, if it is not "ruby" */
	struct silt_bytes source;   /* as silt_package_found has it */
	struct silt_bytes inner;    /* Java: where in the archive, if that is an archive in it */
};

/* Who is told. Spans are valid during the call. Anything but SILT_OK ends the reading with that. */
struct silt_sbom_sink {
	enum silt_status (*found)(void *ctx, const struct silt_sbom_found *found, struct silt_error *err);
	void *ctx;
};

/*
 * Reads one file at the clean path `path`. `*why` becomes a static text if not all of it could be read ("it is no JSON"),
 * else it is left alone. Fails with what the sink returned, or for want of memory.
 */
typedef enum silt_status silt_sbom_read_fn(struct silt_bytes path, struct silt_bytes body,
					   const struct silt_sbom_sink *sink, const char **why, struct silt_error *err);

silt_sbom_read_fn silt_sbom_read_database; /* databases.c */
silt_sbom_read_fn silt_sbom_read_log;      /* databases.c: tells no package, but that some may be missing */
silt_sbom_read_fn silt_sbom_read_python;   /* python.c */
silt_sbom_read_fn silt_sbom_read_npm;      /* npm.c */
silt_sbom_read_fn silt_sbom_read_gem;      /* gem.c */
silt_sbom_read_fn silt_sbom_read_jar;      /* jar.c */

/* A kind of file that has metadata. */
struct silt_sbom_place {
	const char *name; /* "dpkg database", for people */
	size_t max;       /* bytes that are read of one */
	silt_sbom_read_fn *read;
};

/* What the file at a clean path is; NULL: it has no metadata of packages. */
const struct silt_sbom_place *silt_sbom_place_at(struct silt_bytes path);

/*
 * Which metadata a folder would have by its own name: a bit for each kind of it, of Python, npm and gem. 0: none. `room` is
 * for paths in it.
 */
unsigned silt_sbom_folder_holds(struct silt_bytes folder, struct silt_buffer *room);

/* Whether a file or a member of that name is a Java archive. Windows does not look at case. */
bool silt_sbom_is_jar(struct silt_bytes name);

/* The first bytes of a field. */
static inline struct silt_bytes silt_sbom_field(struct silt_bytes value)
{
	return silt_utf8_cut(value, SILT_SBOM_FIELD_MAX);
}

/*
 * Cuts the value off a line "NAME: VALUE" or "NAME=VALUE" (`mark` is ':' or '='), blanks around it dropped. False if it is
 * another line. Names are compared without case.
 */
bool silt_sbom_line(struct silt_bytes line, uint8_t mark, const char *name, struct silt_bytes *value);

#endif
