/* The files that keys are in. */
#include "cli/key_file.h"

#include "cli/message.h"
#include "cli/output.h"
#include "cli/password.h"
#include "cli/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum silt_status tell(const char *path, enum silt_status status, const struct silt_error *why,
			     struct silt_error *err)
{
	return status == SILT_OK ? SILT_OK : cli_fail(err, status, "%s: %s.", cli_printable(path).text, why->text);
}

enum silt_status cli_key_look(const char *path, struct silt_proof_key *out, bool *password, struct silt_error *err)
{
	struct cli_text_file file;
	struct silt_error why = {0};
	enum silt_status status = cli_text_file_read(path, SILT_IDENTITY_FILE_MAX + 1, &file, err);
	if (status == SILT_OK) {
		status = tell(path, silt_identity_look(file.text, file.size, out, password, &why), &why, err);
		cli_text_file_done(&file);
	}
	return status;
}

/* Who names a secret key by mistake is told so. */
static enum silt_status read_public(const struct cli_text_file *file, struct silt_proof_key *out,
				    struct silt_error *err)
{
	struct silt_error why = {0};
	bool protected;
	if (silt_identity_look(file->text, file->size, out, &protected, &why) == SILT_OK) {
		return cli_fail(err, SILT_ERR_INPUT, "%s: it is a secret key: silt key pub FILE prints the public one.",
				cli_printable(file->path).text);
	}
	why = (struct silt_error){0};
	return tell(file->path, silt_proof_key_read(file->text, file->size, out, &why), &why, err);
}

enum silt_status cli_key_public(const char *path, struct silt_proof_key *out, struct silt_error *err)
{
	struct cli_text_file file;
	enum silt_status status = cli_text_file_read(path, SILT_IDENTITY_FILE_MAX + 1, &file, err);
	if (status == SILT_OK) {
		status = read_public(&file, out, err);
		explicit_bzero(file.text, file.size); /* what was taken for a public key may be a secret one */
		cli_text_file_done(&file);
	}
	return status;
}

/* Who reads a key without a password can sign with it, and who writes the file can put another one there. */
static void warn_of_others(const struct cli_arguments *arguments, const char *path)
{
	struct stat facts;
	if (!arguments->given[CLI_OPTION_QUIET] && stat(path, &facts) == 0 && S_ISREG(facts.st_mode) &&
	    (facts.st_mode & 066) != 0) {
		cli_say("warning: the key %s has no password, and others can use its file: chmod 600 makes it yours.",
			cli_printable(path).text);
	}
}

/* The password and the input cannot both come from standard input. */
static enum silt_status check_standard_input(const struct cli_arguments *arguments, struct silt_error *err)
{
	const char *file = arguments->values[CLI_OPTION_PASSWORD_FILE];
	for (size_t i = 0; file != NULL && strcmp(file, "-") == 0 && i < arguments->operand_count; i++) {
		if (strcmp(arguments->operands[i], "-") == 0) {
			return cli_fail(err, SILT_ERR_USAGE, "standard input (-) can be read only once.");
		}
	}
	return SILT_OK;
}

static enum silt_status unlock(const struct cli_arguments *arguments, const struct cli_text_file *file,
			       struct silt_identity **out, struct silt_error *err)
{
	struct silt_error why = {0};
	struct silt_proof_key key;
	struct cli_password password = {.size = 0};
	bool protected = false;
	enum silt_status status =
		tell(file->path, silt_identity_look(file->text, file->size, &key, &protected, &why), &why, err);
	if (status == SILT_OK && protected) {
		status = cli_password_take(arguments, file->path, false, &password, err);
	} else if (status == SILT_OK) {
		warn_of_others(arguments, file->path);
	}
	if (status == SILT_OK) {
		const struct silt_bytes text = {(const uint8_t *)password.text, password.size};
		status = tell(file->path, silt_identity_read(file->text, file->size, text, out, &why), &why, err);
	}
	cli_password_done(&password);
	return status;
}

enum silt_status cli_key_open(const struct cli_arguments *arguments, const char *path, struct silt_identity **out,
			      struct silt_error *err)
{
	struct cli_text_file file;
	enum silt_status status = check_standard_input(arguments, err);
	if (status == SILT_OK) {
		status = cli_text_file_read(path, SILT_IDENTITY_FILE_MAX + 1, &file, err);
	}
	if (status == SILT_OK) {
		status = unlock(arguments, &file, out, err);
		explicit_bzero(file.text, file.size); /* of a key without a password this is the key */
		cli_text_file_done(&file);
	}
	return status;
}

enum silt_status cli_key_spare(const struct cli_arguments *arguments, const char *path, struct silt_error *err)
{
	static const struct {
		enum cli_option_id id;
		const char *name;
	} options[] = {{CLI_OPTION_KEY, "--key"},
		       {CLI_OPTION_TO, "--to"},
		       {CLI_OPTION_ATTEST, "--attest"},
		       {CLI_OPTION_PASSWORD_FILE, "--password-file"}};
	for (size_t i = 0; path != NULL && i < sizeof(options) / sizeof(options[0]); i++) {
		const char *file = arguments->values[options[i].id];
		if (file != NULL && cli_output_is_input(path, file)) {
			return cli_fail(err, SILT_ERR_USAGE,
					"%s is the file of %s: what is written would take its place.",
					cli_printable(path).text, options[i].name);
		}
	}
	return SILT_OK;
}

static bool write_bytes(void *ctx, const void *bytes, size_t size)
{
	const int *fd = ctx;
	return write(*fd, bytes, size) == (ssize_t)size;
}

enum silt_status cli_key_create(const char *path, const struct silt_identity *identity, struct silt_bytes password,
				struct silt_error *err)
{
	struct silt_error why = {0};
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return cli_fail(err, SILT_ERR_IO, "%s: %s%s.", cli_printable(path).text, strerror(errno),
				errno == EEXIST ? ", and a key is never written over" : "");
	}
	enum silt_status status = silt_identity_write(identity, password, (struct silt_sink){write_bytes, &fd}, &why);
	const bool synced = fsync(fd) == 0;
	const bool closed = close(fd) == 0;
	if (status == SILT_OK && !(synced && closed)) {
		status = cli_fail(&why, SILT_ERR_IO, "it could not be written: %s", strerror(errno));
	}
	if (status != SILT_OK) {
		(void)unlink(path);
	}
	return tell(path, status, &why, err);
}
