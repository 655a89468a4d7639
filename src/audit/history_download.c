/* What is fetched from the network while an image is built, and whether anybody looks at it. */
#include "audit/history_checks.h"

#include "audit/fetch.h"
#include "audit/manager.h"

#include <stdlib.h>

enum { PIPE_MAX = 16 }; /* commands of one pipe that are looked at */

/* What runs the text it is given. */
static const char interpreters[] = "sh bash dash ash zsh ksh mksh python python2 python3 perl ruby node php";

/* ---- Downloads that are run ---------------------------------------------------------------------------------------- */

/* True if some command of the scripts in the words of command `number` fetches: those follow it, and are deeper. */
static bool fetches_within(const struct silt_step *step, size_t number)
{
	struct silt_fetch fetch;
	for (size_t i = number + 1; i < step->command_count && step->commands[i].depth > step->commands[number].depth;
	     i++) {
		const struct silt_command *inner = &step->commands[i];
		if (inner->within == number && inner->substituted && silt_fetch_read(inner, &fetch)) {
			return true;
		}
	}
	return false;
}

/* The fetch at the head of the pipe that ends in command `number`; SIZE_MAX: there is none. */
static size_t piped_fetch(const struct silt_step *step, size_t number)
{
	struct silt_fetch fetch;
	size_t at = number;
	for (int hops = 0; hops < PIPE_MAX && step->commands[at].before == SILT_SHELL_PIPE; hops++) {
		at = step->commands[at].previous;
		if (at == SIZE_MAX || silt_fetch_read(&step->commands[at], &fetch)) {
			return at;
		}
	}
	return SIZE_MAX;
}

/* It reads its program from its input: "sh", "bash -s -- x", "python3 -"; not "python3 app.py" and not "sh -c". */
static bool runs_input(const struct silt_command *command)
{
	if (!silt_command_is(command, interpreters)) {
		return false;
	}
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		if (silt_is_word_of(word, "-s - -- /dev/stdin")) {
			return true;
		}
		if (word.len == 0 || word.ptr[0] != '-' || silt_is_word_of(word, "-c -m -e")) {
			return false;
		}
	}
	return true;
}

/* "bash <(curl x)", "source <(curl x)": a file that is the output of a command. */
static bool runs_substitution(const struct silt_step *step, size_t number)
{
	const struct silt_command *command = &step->commands[number];
	if (!silt_command_is(command, interpreters) && !silt_command_is(command, "source .")) {
		return false;
	}
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		bool script = i > 0 && silt_is_word_of(command->words[i - 1].text, "-c -e");
		if ((silt_bytes_begin(word, "<(") || (script && silt_bytes_begin(word, "$("))) &&
		    fetches_within(step, number)) {
			return true;
		}
	}
	return false;
}

/* "$(curl x)" as a command, which is what sh -c "$(curl x)" and eval "$(curl x)" come to. */
static bool is_substitution(const struct silt_step *step, size_t number)
{
	const struct silt_command *command = &step->commands[number];
	return command->program < command->count &&
	       (silt_bytes_begin(command->words[command->program].text, "$(") ||
		silt_bytes_begin(command->words[command->program].text, "`")) &&
	       fetches_within(step, number);
}

/* How command `number` runs what was fetched; the fetch in `*from`, which is the command itself if it is within. */
static bool runs_download(const struct silt_step *step, size_t number, size_t *from)
{
	*from = runs_input(&step->commands[number]) ? piped_fetch(step, number) : SIZE_MAX;
	if (*from != SIZE_MAX) {
		return true;
	}
	*from = number;
	return runs_substitution(step, number) || is_substitution(step, number);
}

static enum silt_status tell_run(const struct silt_case *of, const struct silt_build *build,
				 const struct silt_step *step, size_t number, size_t from, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	const struct silt_command *command = &step->commands[number];
	bool inner = from == number && command->within != SIZE_MAX && !command->substituted;
	const struct silt_command *shown = inner ? &step->commands[command->within] : command;
	struct silt_buffer quoted = {0};
	if (from != number) {
		const struct silt_command *fetch = &step->commands[from];
		silt_quote_words(build, fetch, fetch->program, fetch->count, &quoted);
		silt_buffer_add_text(&quoted, " | ");
	}
	silt_quote_words(build, shown, shown->outer, shown->count, &quoted);
	struct silt_telling telling = {
		.rule = "history-pipe-to-shell",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_quote_text(&quoted, arena),
		.detail = "It runs whatever the server sends at the time of the build, and nobody looks at it before.",
	};
	return silt_tell_line(of, &telling, step, err);
}

/* ---- Downloads that nobody checks ---------------------------------------------------------------------------------- */

static bool has_word(const struct silt_command *command, const char *words)
{
	for (size_t i = command->program + 1; i < command->count; i++) {
		if (silt_is_word_of(command->words[i].text, words)) {
			return true;
		}
	}
	return false;
}

/* Options of one letter may be together: "-sc". */
static bool has_check_option(const struct silt_command *command)
{
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		bool cluster = word.len > 1 && word.ptr[0] == '-' && word.ptr[1] != '-';
		if (silt_bytes_begin(word, "--check") || (cluster && silt_bytes_find_byte(word, 'c') != SIZE_MAX)) {
			return true;
		}
	}
	return false;
}

/* A sum that is printed into a comparison is as good as one that is checked. */
static bool verifies(const struct silt_command *command)
{
	if (silt_command_is(command, "sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5sum b2sum b3sum rhash "
				     "cksum")) {
		return has_check_option(command) || command->substituted;
	}
	if (silt_command_is(command, "gpg gpg2")) {
		return has_word(command, "--verify --decrypt -d --verify-files");
	}
	if (silt_command_is(command, "openssl")) {
		return has_word(command, "dgst sha256 sha512");
	}
	if (silt_command_is(command, "cosign notation")) {
		return has_word(command, "verify verify-blob verify-attestation verify-blob-attestation");
	}
	return silt_command_is(command, "gpgv minisign signify sigtool slsa-verifier sqv") ||
	       (silt_command_is(command, "gh") && has_word(command, "attestation"));
}

static bool step_verifies(const struct silt_step *step)
{
	for (size_t i = 0; i < step->command_count; i++) {
		if (verifies(&step->commands[i])) {
			return true;
		}
	}
	return false;
}

static enum silt_status tell_unverified(const struct silt_case *of, const struct silt_build *build,
					struct silt_history_place place, enum silt_severity severity,
					const char *detail, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "history-unverified-download",
		.severity = severity,
		.confidence = severity == SILT_SEVERITY_LOW ? SILT_CONFIDENCE_POSSIBLE : SILT_CONFIDENCE_LIKELY,
		.detail = detail,
	};
	return silt_tell_step(of, build, &telling, place, err);
}

static enum silt_status check_fetch(const struct silt_case *of, const struct silt_build *build,
				    struct silt_history_place place, bool verified, struct silt_error *err)
{
	struct silt_fetch fetch;
	if (!silt_fetch_read(place.command, &fetch)) {
		return SILT_OK;
	}
	if (fetch.insecure) {
		return tell_unverified(of, build, place, SILT_SEVERITY_MEDIUM,
				       "The certificate of the server is not checked: anybody on the way can send "
				       "something else.",
				       err);
	}
	if (fetch.plain && !verified) {
		return tell_unverified(of, build, place, SILT_SEVERITY_MEDIUM,
				       "It comes without encryption, and no command of the same RUN checks a digest or "
				       "signature: anybody on the way can send something else.",
				       err);
	}
	return verified ? SILT_OK
			: tell_unverified(of, build, place, SILT_SEVERITY_LOW,
					  "No command of the same RUN checks a digest or signature of what it fetches.",
					  err);
}

static enum silt_status check_manager(const struct silt_case *of, const struct silt_build *build,
				      struct silt_history_place place, struct silt_error *err)
{
	struct silt_managing managing;
	const struct silt_command *command = place.command;
	if (!silt_managing_read(command->words, command->count, command->program, &managing) ||
	    !silt_managing_has(&managing, managing.manager->trusting)) {
		return SILT_OK;
	}
	return tell_unverified(of, build, place, SILT_SEVERITY_MEDIUM,
			       "It installs packages whose signature nobody checks.", err);
}

/* Tells of downloads that are run, and marks them in `run`: those, or the commands that they are within. */
static enum silt_status check_runs(const struct silt_case *of, const struct silt_build *build,
				   const struct silt_step *step, bool *run, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < step->command_count && status == SILT_OK; i++) {
		size_t from;
		if (runs_download(step, i, &from)) {
			run[from] = true;
			status = tell_run(of, build, step, i, from, err);
		}
	}
	return status;
}

static enum silt_status check_run(const struct silt_case *of, const struct silt_build *build,
				  const struct silt_step *step, struct silt_error *err)
{
	bool *run = calloc(step->command_count + 1, sizeof(*run));
	if (!run) {
		return silt_fail_memory(err);
	}
	bool verified = step_verifies(step);
	enum silt_status status = check_runs(of, build, step, run, err);
	for (size_t i = 0; i < step->command_count && status == SILT_OK; i++) {
		struct silt_history_place place = {step, &step->commands[i]};
		bool told = run[i] || (place.command->within != SIZE_MAX && run[place.command->within]);
		status = told ? SILT_OK : check_fetch(of, build, place, verified, err);
		if (status == SILT_OK) {
			status = check_manager(of, build, place, err);
		}
	}
	free(run);
	return status;
}

/* ---- ADD of an address --------------------------------------------------------------------------------------------- */

/* BuildKit checks --checksum, and leaves no word of it. */
static enum silt_status check_add(const struct silt_case *of, const struct silt_build *build,
				  const struct silt_step *step, struct silt_error *err)
{
	bool plain = false, found = false;
	struct silt_bytes rest = step->arguments, word;
	while (silt_bytes_cut(&rest, ' ', &word)) {
		if (silt_bytes_begin(word, "--checksum=")) {
			return SILT_OK;
		}
		plain = plain || silt_bytes_begin(word, "http://");
		struct silt_bytes address = silt_bytes_slice(word, 0, silt_bytes_find_byte(word, '#'));
		bool clones = silt_bytes_end_with(address, SILT_LITERAL(".git")); /* URL.git#BRANCH */
		found = found || silt_bytes_begin(word, "http://") || (silt_bytes_begin(word, "https://") && !clones);
	}
	if (!found) {
		return SILT_OK;
	}
	bool silent = step->builder == SILT_BUILDER_BUILDKIT;
	return tell_unverified(of, build, (struct silt_history_place){step, NULL},
			       plain ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_LOW,
			       silent ? "It fetches a file from the network. If it was checked with --checksum, the "
					"history does not say so."
				      : "It fetches a file from the network, and nothing checks its digest.",
			       err);
}

enum silt_status silt_history_downloads(const struct silt_case *of, const struct silt_build *build,
					struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < build->count && status == SILT_OK; i++) {
		const struct silt_step *step = &build->steps[i];
		status = step->kind == SILT_STEP_ADD ? check_add(of, build, step, err)
						     : check_run(of, build, step, err);
	}
	return status;
}
