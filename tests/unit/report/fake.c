/* Made-up results, and the public functions that answer for them. */
#include "fake.h"

#include "base/attributes.h"

#include "audit/retold.h"
#include "support/judged.h"

#include <stdlib.h>
#include <string.h>

#define TIMES_4(digits) digits digits digits digits
#define TIMES_16(digits) TIMES_4(digits) TIMES_4(digits) TIMES_4(digits) TIMES_4(digits)
#define DIGEST(digits) "sha256:" TIMES_16(digits) TIMES_16(digits)
#define FINGERPRINT(digits) TIMES_16(digits)
#define PATH(text)                                                                                                     \
	{                                                                                                              \
		(const uint8_t *)(text), sizeof(text) - 1                                                              \
	}
#define NONE SIZE_MAX

/* ---- Clean ------------------------------------------------------------------------------------------------------- */

static const char *const clean_names[] = {"example/app:1.4", "example/app:latest"};

static const struct silt_layer clean_layers[] = {
	{
		.diff_id = DIGEST("a1"),
		.digest = DIGEST("a1"),
		.compression = "none",
		.member = "blobs/sha256/a1",
		.instruction = "ADD file:3f4ca61aafcd4fc07267a105067db35c0f0ac630e1970f3cd0c7bf552780e985 in /",
		.blob_bytes = 77800123,
		.bytes = 77800123,
		.entry_count = 3412,
		.files_added = 3005,
		.bytes_added = 74110222,
		.present = true,
	},
	{
		.diff_id = DIGEST("b2"),
		.digest = DIGEST("c3"),
		.compression = "gzip",
		.member = "blobs/sha256/c3",
		.instruction = "RUN adduser -D app",
		.blob_bytes = 912,
		.bytes = 4096,
		.entry_count = 1,
		.files_changed = 1,
		.bytes_added = 1203,
		.bytes_hidden = 1170,
		.present = true,
	},
	{
		.diff_id = DIGEST("d4"),
		.digest = DIGEST("d4"),
		.compression = "none",
		.member = "blobs/sha256/d4",
		.instruction = "",
		.blob_bytes = 1024000,
		.bytes = 1024000,
		.entry_count = 17,
		.files_added = 12,
		.bytes_added = 1011200,
		.present = true,
	},
};

#define TEXTS(...)                                                                                                     \
	{                                                                                                              \
		.items = (const char *const[]){__VA_ARGS__},                                                           \
		.count = SILT_COUNT(((const char *const[]){__VA_ARGS__})),                                             \
		.total = SILT_COUNT(((const char *const[]){__VA_ARGS__})), .known = true                               \
	}

static const struct silt_posture_writable clean_writable[] = {
	{.path = "/app", .uid = 10001, .gid = 10001, .mode = 0755, .files = 12, .mountable = true},
	{.path = "/data", .uid = 10001, .gid = 10001, .mode = 0700, .volume = true, .mountable = true},
	{.path = "/tmp", .mode = 01777, .mountable = true},
	{.path = "/var/it's cache", .uid = 10001, .gid = 10001, .mode = 0750, .mountable = true},
	{.path = "/var/odd:name", .uid = 10001, .gid = 10001, .mode = 0755},
};

static const struct silt_posture clean_posture = {
	.base = {.distribution = "Debian GNU/Linux 12 (bookworm)",
		 .id = "debian",
		 .version = "12",
		 .end_of_life = "2028-06-30",
		 .expired = SILT_ANSWER_NO,
		 .name = "docker.io/library/debian:12",
		 .digest = "",
		 .layers = 1},
	.size = {.files = 3000,
		 .bytes = 78000000,
		 .own_files = 14,
		 .own_bytes = 1000000,
		 .packages = 88,
		 .wasted_bytes = 4096,
		 .executables = 210,
		 .static_executables = 1,
		 .scripts = 31},
	.user = {.name = "app",
		 .uid = 10001,
		 .gid = 10001,
		 .root = SILT_ANSWER_NO,
		 .largest_uid = 10001,
		 .largest_gid = 10001,
		 .fits_userns = SILT_ANSWER_YES},
	.start = {.chain = TEXTS("/entrypoint.sh", "/app/server"),
		  .init = "",
		  .drops = "",
		  .drops_at = "",
		  .privileged = "",
		  .capabilities = {.known = true}},
	.rights = {.no_new_privileges = SILT_ANSWER_NO,
		   .losers = TEXTS("/usr/bin/mount", "/usr/bin/su"),
		   .shell_free = SILT_ANSWER_NO,
		   .shells = TEXTS("/usr/bin/bash", "/usr/bin/dash")},
	.health = SILT_HEALTH_PRESENT,
	.ports = TEXTS("80/tcp", "8000-8010/tcp"),
	.volumes = TEXTS("/data"),
	.writable = clean_writable,
	.writable_count = SILT_COUNT(clean_writable),
	.writable_known = true,
	.builder = "BuildKit",
	.attestations = 1,
	.logs = TEXTS("/var/log/app.log"),
	.lock_files = {.known = true},
	.certificates = {.known = true},
	.score = {[SILT_CHECKS_SURFACE] = {.findings = 2, .worst = SILT_SEVERITY_INFO},
		  [SILT_CHECKS_USER] = {.findings = 1, .worst = SILT_SEVERITY_HIGH}},
};

static const struct silt_image clean_images[] = {{
	.posture = &clean_posture,
	.names = clean_names,
	.name_count = 2,
	.config_digest = DIGEST("0b"),
	.manifest_digest = DIGEST("99"),
	.platform = "linux/amd64",
	.created = "2024-05-01T12:00:00Z",
	.user = "app",
	.declared_by = "manifest.json and index.json",
	.history_attributed = true,
	.layers = clean_layers,
	.layer_count = 3,
	.bytes = 78828219,
}};

const struct silt_result fake_clean = {
	.name = "app.tar",
	.format = "docker+oci",
	.images = clean_images,
	.image_count = 1,
	.coverage = {.members = 9,
		     .member_bytes = 78840000,
		     .layer_blobs = 3,
		     .layer_bytes = 78828219,
		     .entries = 3430,
		     .documents = 5,
		     .complete = true},
};

/* ---- With a key in a package ------------------------------------------------------------------------------------- */

static const struct silt_sighting vendored_sightings[] = {{
	.layer = 0,
	.place = "/usr/lib/libgnutls.so.30",
	.path = {(const uint8_t *)"usr/lib/libgnutls.so.30", 23},
	.member = "blobs/sha256/a1",
	.has_offset = true,
	.offset = 1587136,
	.length = 155,
	.fate = SILT_FATE_VISIBLE,
	.added_by = "ADD rootfs.tar /",
	.cause_layer = SIZE_MAX,
	.hidden_by = "",
	.note = "",
}};

static const struct silt_finding vendored[] = {{
	.rule = "private-key",
	.pattern = "private-key",
	.title = "Private key",
	.severity = SILT_SEVERITY_CRITICAL,
	.confidence = SILT_CONFIDENCE_PROVEN,
	.subject = "PRIVATE KEY (155 bytes) in /usr/lib/libgnutls.so.30",
	.detail = "",
	.remedy = "Make a new one.",
	.exposure = SILT_FATE_VISIBLE,
	.fingerprint = FINGERPRINT("9c"),
	.suppressed = "unmodified content of package libgnutls30 (dpkg md5sums in layer 1)",
	.standing_why = "",
	.sightings = vendored_sightings,
	.sighting_count = SILT_COUNT(vendored_sightings),
}};

const struct silt_result fake_vendored = {
	.name = "vendored.tar",
	.format = "docker",
	.images = clean_images,
	.image_count = 1,
	.suppressed = vendored,
	.suppressed_count = SILT_COUNT(vendored),
	.coverage = {.complete = true},
	.digest = "sha256:0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0dd0",
};

/* ---- Dirty ------------------------------------------------------------------------------------------------------- */

static const char *const dirty_names[] = {"registry.example.com/team/shop:2024.05"};
static const char *const dirty_other_names[] = {"registry.example.com/team/shop:debug"};

static const struct silt_layer dirty_layers[] = {
	{
		.diff_id = DIGEST("a1"),
		.digest = DIGEST("a1"),
		.compression = "gzip",
		.member = "blobs/sha256/a1",
		.instruction = "ADD rootfs.tar /",
		.blob_bytes = 31000000,
		.bytes = 77800123,
		.entry_count = 3412,
		.files_added = 3005,
		.bytes_added = 74110222,
		.present = true,
	},
	{
		.diff_id = DIGEST("b2"),
		.digest = DIGEST("b2"),
		.compression = "none",
		.member = "blobs/sha256/b2",
		.instruction = "COPY id_rsa /root/.ssh/",
		.blob_bytes = 6656,
		.bytes = 6656,
		.entry_count = 4,
		.files_added = 2,
		.bytes_added = 3043,
		.present = true,
	},
	{
		.diff_id = "",
		.digest = "",
		.compression = "",
		.member = "",
		.instruction = "RUN make install",
	},
	{
		.diff_id = DIGEST("d4"),
		.digest = DIGEST("d4"),
		.compression = "none",
		.member = "blobs/sha256/d4",
		.instruction = "RUN rm -rf /root/.ssh && apt-get purge --yes git openssh-client && rm -rf "
			       "/var/lib/apt/lists/*",
		.blob_bytes = 2560,
		.bytes = 2560,
		.entry_count = 2,
		.files_deleted = 31,
		.bytes_hidden = 4100800,
		.present = true,
	},
};

static const struct silt_image dirty_images[] = {
	{
		.names = dirty_names,
		.name_count = 1,
		.config_digest = DIGEST("0b"),
		.manifest_digest = "",
		.platform = "linux/arm64/v8",
		.created = "",
		.user = "",
		.declared_by = "manifest.json",
		.history_attributed = true,
		.layers = dirty_layers,
		.layer_count = 4,
		.bytes = 77809339,
	},
	{
		.names = dirty_other_names,
		.name_count = 1,
		.config_digest = DIGEST("1c"),
		.manifest_digest = "",
		.platform = "linux/arm64/v8",
		.created = "",
		.user = "root",
		.declared_by = "manifest.json",
		.layers = dirty_layers,
		.layer_count = 2,
		.bytes = 77806779,
	},
};

#define PURGE "RUN rm -rf /root/.ssh && apt-get purge --yes git openssh-client && rm -rf /var/lib/apt/lists/*"

static const struct silt_sighting key_sightings[] = {
	{
		.image = 0,
		.layer = 1,
		.place = "/root/.ssh/id_rsa",
		.path = PATH("root/.ssh/id_rsa"),
		.member = "blobs/sha256/b2",
		.has_offset = true,
		.offset = 0,
		.length = 1704,
		.fate = SILT_FATE_DELETED,
		.added_by = "COPY id_rsa /root/.ssh/",
		.cause_layer = 3,
		.hidden_by = PURGE,
		.note = "",
	},
	{
		.image = 1,
		.layer = 1,
		.place = "/root/.ssh/id_rsa",
		.path = PATH("root/.ssh/id_rsa"),
		.member = "blobs/sha256/b2",
		.length = 1704,
		.fate = SILT_FATE_VISIBLE,
		.added_by = "COPY id_rsa /root/.ssh/",
		.cause_layer = NONE,
		.hidden_by = "",
		.note = "",
	},
	{
		.image = 0,
		.layer = NONE,
		.history_line = NONE,
		.place = "Env DEPLOY_KEY",
		.member = "blobs/sha256/0b",
		.fate = SILT_FATE_METADATA,
		.added_by = "ENV DEPLOY_KEY=(redacted)",
		.cause_layer = NONE,
		.hidden_by = "",
		.note = "",
	},
	{
		.image = NONE,
		.layer = NONE,
		.history_line = NONE,
		.place = "/old/id_rsa",
		.path = PATH("old/id_rsa"),
		.member = "blobs/sha256/7777",
		.has_offset = true,
		.offset = 4096,
		.length = 1704,
		.fate = SILT_FATE_UNREFERENCED,
		.added_by = "",
		.cause_layer = NONE,
		.hidden_by = "",
		.note = "",
	},
	{
		.image = 0,
		.layer = 0,
		.place = "/srv/a directory with a long name/and another one/key.pem",
		.path = PATH("srv/a directory with a long name/and another one/key.pem"),
		.member = "blobs/sha256/a1",
		.length = 1704,
		.fate = SILT_FATE_MASKED,
		.added_by = "ADD rootfs.tar /",
		.cause_layer = NONE,
		.hidden_by = "",
		.note = "behind a link",
	},
	{
		.image = 0,
		.layer = 0,
		.place = "/srv/old.pem",
		.path = PATH("srv/old.pem"),
		.member = "blobs/sha256/a1",
		.length = 1704,
		.fate = SILT_FATE_SHADOWED,
		.added_by = "",
		.cause_layer = NONE,
		.hidden_by = "",
		.note = "",
	},
};

static const struct silt_sighted_file su_file = {.mode = 04755, .digest = DIGEST("51")};

static const struct silt_sighting su_sightings[] = {{
	.image = 0,
	.layer = 0,
	.place = "/usr/bin/su",
	.path = PATH("usr/bin/su"),
	.member = "blobs/sha256/a1",
	.fate = SILT_FATE_VISIBLE,
	.added_by = "ADD rootfs.tar /",
	.cause_layer = NONE,
	.hidden_by = "",
	.note = "",
	.file = &su_file,
}};

static const struct silt_sighting mount_sightings[] = {{
	.image = 0,
	.layer = 0,
	.place = "/usr/bin/mount",
	.path = PATH("usr/bin/mount"),
	.member = "blobs/sha256/a1",
	.fate = SILT_FATE_OVERWRITTEN,
	.added_by = "ADD rootfs.tar /",
	.cause_layer = 2,
	.hidden_by = "RUN make install",
	.note = "",
}};

static const struct silt_sighting user_sightings[] = {{
	.image = 0,
	.layer = NONE,
	.place = "User",
	.member = "blobs/sha256/0b",
	.fate = SILT_FATE_METADATA,
	.added_by = "",
	.cause_layer = NONE,
	.hidden_by = "",
	.note = "",
}};

#define SETUID_REMEDY "Remove the bit with chmod u-s, or the package, in the layer that adds it."

static const struct silt_finding dirty_findings[] = {
	{
		.rule = "secret-file",
		.pattern = "private-key-pem",
		.title = "Private key",
		.severity = SILT_SEVERITY_CRITICAL,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "RSA private key, 3072 bits, MIIG...w5c=",
		.detail = "The key is not encrypted. Whoever has the image can log in wherever its public half is "
			  "accepted.",
		.remedy = "Replace the key pair everywhere, then build again with a build secret: RUN "
			  "--mount=type=secret. Deleting the file in a later layer does not remove it.",
		.exposure = SILT_FATE_VISIBLE,
		.fingerprint = FINGERPRINT("0f"),
		.suppressed = "",
		.standing_why = "",
		.sightings = key_sightings,
		.sighting_count = SILT_COUNT(key_sightings),
	},
	{
		.rule = "priv-setuid",
		.pattern = "",
		.title = "Setuid program",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "/usr/bin/su",
		.detail = "",
		.remedy = SETUID_REMEDY,
		.exposure = SILT_FATE_VISIBLE,
		.fingerprint = FINGERPRINT("1e"),
		.suppressed = "",
		.standing_why = "",
		.sightings = su_sightings,
		.sighting_count = 1,
	},
	{
		.rule = "priv-setuid",
		.pattern = "",
		.title = "Setuid program",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "/usr/bin/mount",
		.detail = "",
		.remedy = SETUID_REMEDY,
		.exposure = SILT_FATE_OVERWRITTEN,
		.fingerprint = FINGERPRINT("2d"),
		.suppressed = "",
		.standing_why = "",
		.sightings = mount_sightings,
		.sighting_count = 1,
	},
	{
		.rule = "user-root",
		.pattern = "",
		.title = "Runs as root",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "user not set",
		.detail = "An image without a user runs as root.",
		.remedy = "Add a USER line with a numeric ID.",
		.exposure = SILT_FATE_METADATA,
		.fingerprint = FINGERPRINT("3c"),
		.suppressed = "",
		.standing_why = "",
		.sightings = user_sightings,
		.sighting_count = 1,
	},
	{
		.rule = "integrity-split-brain",
		.pattern = "",
		.title = "Two indexes disagree",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_POSSIBLE,
		.subject = "manifest.json and index.json",
		.detail = "",
		.remedy = "Save the image again with one tool.",
		.exposure = SILT_FATE_METADATA,
		.fingerprint = FINGERPRINT("4b"),
		.suppressed = "",
		.standing_why = "",
	},
};

static const struct silt_limit_setting dirty_limits[] = {{"entries", 1000}};

static const struct silt_gap dirty_gaps[] = {
	{
		.place = "registry.example.com/team/shop:2024.05, layer 3",
		.reason = "expected the blob sha256:c3c3c3c3c3c3, found none in the bundle",
	},
	{
		.place = "blobs/sha256/eeee",
		.reason = "expected a gzip trailer, found the end",
		.has_offset = true,
		.offset = 123456,
		.bytes = 1500,
	},
};

const struct silt_result fake_dirty = {
	.name = "shop.tar",
	.format = "docker",
	.images = dirty_images,
	.image_count = 2,
	.findings = dirty_findings,
	.finding_count = SILT_COUNT(dirty_findings),
	.coverage = {.members = 12,
		     .member_bytes = 31020000,
		     .layer_blobs = 3,
		     .layer_bytes = 77809339,
		     .entries = 3418,
		     .documents = 4,
		     .gaps = dirty_gaps,
		     .gap_count = SILT_COUNT(dirty_gaps),
		     .limits = dirty_limits,
		     .limit_count = SILT_COUNT(dirty_limits)},
};

/* ---- Hostile ----------------------------------------------------------------------------------------------------- */

static const struct silt_layer hostile_layers[] = {{
	.diff_id = DIGEST("5e"),
	.digest = DIGEST("5e"),
	.compression = "none",
	.member = "",
	.instruction = "",
	.blob_bytes = INT64_MAX,
	.bytes = INT64_MAX,
	.entry_count = 12,
	.files_added = INT64_MAX,
	.files_changed = INT64_MAX,
	.files_deleted = INT64_MAX,
	.bytes_added = INT64_MAX,
	.bytes_hidden = INT64_MAX,
	.present = true,
}};

static const struct silt_posture hostile_posture = {
	.base = {.distribution = "", .id = "", .version = "", .layers = SILT_UNKNOWN},
	.size = {.files = SILT_UNKNOWN,
		 .bytes = SILT_UNKNOWN,
		 .own_files = SILT_UNKNOWN,
		 .own_bytes = SILT_UNKNOWN,
		 .packages = SILT_UNKNOWN,
		 .wasted_bytes = SILT_UNKNOWN,
		 .executables = SILT_UNKNOWN,
		 .static_executables = SILT_UNKNOWN,
		 .scripts = SILT_UNKNOWN},
	.user = {.uid = SILT_UNKNOWN, .gid = SILT_UNKNOWN, .largest_uid = SILT_UNKNOWN, .largest_gid = SILT_UNKNOWN},
};

static const struct silt_image hostile_images[] = {{
	.posture = &hostile_posture,
	.config_digest = "",
	.manifest_digest = "",
	.platform = "",
	.created = "",
	.user = "",
	.declared_by = "",
	.layers = hostile_layers,
	.layer_count = 1,
	.bytes = INT64_MAX,
}};

#define HOSTILE_SIGHTING                                                                                               \
	{                                                                                                              \
		.image = 0, .layer = 0, .place = "/etc/\\x1b[2J\\xff", .path = PATH("etc/\x1b[2J\xff"), .member = "",  \
		.fate = SILT_FATE_VISIBLE, .added_by = "", .cause_layer = NONE, .hidden_by = "", .note = "",           \
	}

static const struct silt_sighting hostile_sightings[] = {
	HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING,
	HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING, HOSTILE_SIGHTING,
};

static const struct silt_finding hostile_findings[] = {{
	.rule = "github-pat",
	.pattern = "github-pat",
	.title = "GitHub token",
	.severity = SILT_SEVERITY_HIGH,
	.confidence = SILT_CONFIDENCE_LIKELY,
	.subject = "ghp_...9Xq2",
	.detail = "",
	.remedy = "Revoke it.",
	.exposure = SILT_FATE_VISIBLE,
	.fingerprint = FINGERPRINT("6a"),
	.suppressed = "",
	.standing_why = "",
	.sightings = hostile_sightings,
	.sighting_count = SILT_COUNT(hostile_sightings),
}};

const struct silt_result fake_hostile = {
	.name = "\\x1b]0;owned\\x07.tar",
	.format = "rootfs",
	.images = hostile_images,
	.image_count = 1,
	.findings = hostile_findings,
	.finding_count = 1,
	.coverage = {.layer_blobs = 1, .layer_bytes = INT64_MAX, .entries = 12, .complete = true},
};

/* ---- The public functions ---------------------------------------------------------------------------------------- */

const char *silt_result_name(const struct silt_result *result)
{
	return result->name;
}

const char *silt_result_digest(const struct silt_result *result)
{
	return result->digest ? result->digest : "";
}

const char *silt_result_format(const struct silt_result *result)
{
	return result->format;
}

const struct silt_image *silt_result_images(const struct silt_result *result, size_t *count)
{
	*count = result->image_count;
	return result->images;
}

const struct silt_finding *silt_result_findings(const struct silt_result *result, size_t *count)
{
	*count = result->finding_count;
	return result->findings;
}

const struct silt_finding *silt_result_suppressed(const struct silt_result *result, size_t *count)
{
	*count = result->suppressed_count;
	return result->suppressed;
}

const struct silt_coverage *silt_result_coverage(const struct silt_result *result)
{
	return &result->coverage;
}

/* A catalogue of one. */
static const struct silt_check_info setuid_check = {
	.id = "priv-setuid",
	.family = SILT_CHECKS_USER,
	.title = "Setuid program",
	.severity = SILT_SEVERITY_CRITICAL,
	.severities = "",
	.looks_at = "modes of files",
	.decides = "",
	.why = "Whoever can run it gets the rights of its owner.",
	.fix = SETUID_REMEDY,
	.dockerfile = "RUN chmod u-s /usr/bin/su",
	.aliases = "CIS-DI-0008 4.8",
	.references = "https://man7.org/linux/man-pages/man2/execve.2.html",
};

const struct silt_check_info *silt_checks_find(const char *id)
{
	return strcmp(id, setuid_check.id) == 0 ? &setuid_check : NULL;
}

size_t silt_checks_count(void)
{
	return 1;
}

const struct silt_check_info *silt_checks_get(size_t index)
{
	assert_int_equal(index, 0);
	return &setuid_check;
}

bool silt_check_is_called(const struct silt_check_info *check, const char *name)
{
	return strcmp(check->id, name) == 0;
}

/* And no rules. */
size_t silt_rules_count(const struct silt_rules *rules)
{
	(void)rules;
	return 0;
}

void silt_rules_get(const struct silt_rules *rules, size_t index, struct silt_rule_info *info)
{
	(void)rules;
	(void)index;
	*info = (struct silt_rule_info){.id = ""};
}

size_t silt_rules_find(const struct silt_rules *rules, const char *id)
{
	(void)rules;
	(void)id;
	return SIZE_MAX;
}

const char *silt_check_family_name(enum silt_check_family family)
{
	static const char *const names[SILT_CHECK_FAMILIES] = {"user",    "secret",     "surface",  "config",
							       "history", "filesystem", "integrity"};
	return names[family];
}

bool fake_write(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

enum silt_status silt_result_retell(const struct silt_retold *told, struct silt_arena *arena, struct silt_result **out,
				    struct silt_error *err)
{
	struct retold {
		struct silt_result result;
		struct silt_arena arena;
	} *made = calloc(1, sizeof(*made));
	(void)err;
	assert_non_null(made);
	made->result = (struct silt_result){
		told->name,          told->format,     told->images,           told->image_count, told->findings,
		told->finding_count, told->suppressed, told->suppressed_count, told->coverage,    told->digest};
	made->arena = *arena;
	*out = &made->result;
	return SILT_OK;
}

void silt_result_free(struct silt_result *result)
{
	struct retold {
		struct silt_result result;
		struct silt_arena arena;
	} *made = (struct retold *)result;
	silt_arena_done(&made->arena);
	free(made);
}

void fake_report(const struct silt_result *const *results, size_t count, enum silt_severity threshold,
		 const struct silt_report_options *options, struct silt_buffer *out)
{
	struct silt_error err = {0};
	struct silt_sink sink = {.write = fake_write, .ctx = out};
	if (judged_report(results, count, threshold, options, sink, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
}
