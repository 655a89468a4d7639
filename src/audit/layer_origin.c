/* What made a layer, by the words of its instruction. */
#include "audit/layer_origin.h"

#include "audit/history_words.h"
#include "audit/manager.h"
#include "base/attributes.h"
#include "base/buffer.h"

/* Builders that make layers of packages and say no more of it: those of distroless images and of Wolfi. */
static const char *const package_builders[] = {"bazel build", "apko"};

/* The bytes that an escaped text stands for; what is no text is some byte of a word. */
static void unescape(struct silt_bytes text, struct silt_buffer *out)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.ptr[i], kind = i + 1 < text.len ? text.ptr[i + 1] : 0;
		if (byte == '\\') {
			byte = kind == 'n' ? '\n' : kind == 't' || kind == 'r' ? ' ' : kind == 'x' ? '?' : '\\';
			i += kind == 'x' ? strlen("xNN") : 1;
		}
		silt_buffer_add_byte(out, byte);
	}
}

static bool starts_with_one_of(struct silt_bytes word, const char *list)
{
	struct silt_bytes rest = silt_bytes_text(list), piece;
	while (silt_bytes_cut(&rest, ' ', &piece)) {
		if (silt_bytes_start_with(word, piece)) {
			return true;
		}
	}
	return false;
}

/* True if all that the command installs comes from repositories, as far as its words tell. */
static bool is_from_repositories(const struct silt_managing *managing)
{
	for (size_t i = 0; i < managing->count; i++) {
		const struct silt_shell_word *word = &managing->words[i];
		if ((word->flags & SILT_SHELL_CUT) != 0 || starts_with_one_of(word->text, managing->manager->foreign)) {
			return false;
		}
	}
	for (size_t at = managing->verb + 1; silt_managing_operand(managing, &at); at++) {
		if (silt_package_is_from_elsewhere(managing->words[at].text)) {
			return false;
		}
	}
	return true;
}

/*
 * "cat >x <<EOF (text": where lines were joined with blanks, the text of a here-document stands behind its word, and what
 * looks like a command there is none. Nothing from there on is believed.
 */
static struct silt_bytes before_joined_text(struct silt_bytes script)
{
	size_t here = silt_bytes_find(script, SILT_LITERAL("<<"));
	struct silt_bytes rest = silt_bytes_slice(script, here, SIZE_MAX), line = {0};
	silt_bytes_cut(&rest, '\n', &line);
	bool joined = here > 0 && silt_bytes_find_byte(line, '(') != SIZE_MAX;
	return joined ? silt_bytes_slice(script, 0, here) : script;
}

static bool installs_packages(struct silt_bytes script, enum silt_package_db db)
{
	struct silt_shell shell;
	struct silt_managing managing;
	silt_shell_begin(&shell, before_joined_text(script));
	const struct silt_shell_command *command = &shell.command;
	while (silt_shell_next(&shell)) {
		size_t program = silt_shell_inner_program(command, command->program);
		bool fits = command->whole && silt_managing_read(command->words, command->count, program, &managing) &&
			    managing.manager->database && managing.manager->db == silt_package_db_family(db) &&
			    (managing.task == SILT_TASK_INSTALL || managing.task == SILT_TASK_UPGRADE);
		if (fits && is_from_repositories(&managing)) {
			return true;
		}
	}
	return false;
}

static enum silt_status read_run(struct silt_bytes escaped, enum silt_package_db db, bool *installs,
				 struct silt_error *err)
{
	struct silt_buffer text = {0};
	unescape(escaped, &text);
	enum silt_status status = text.failed ? silt_fail_memory(err) : SILT_OK;
	*installs = status == SILT_OK && installs_packages(silt_script_of_run(silt_buffer_bytes(&text)), db);
	silt_buffer_done(&text);
	return status;
}

static bool made_by_package_builder(struct silt_bytes instruction)
{
	for (size_t i = 0; i < SILT_COUNT(package_builders); i++) {
		if (silt_bytes_start_with(instruction, silt_bytes_text(package_builders[i]))) {
			return true;
		}
	}
	return false;
}

enum silt_status silt_layer_origin(const char *text, size_t layer, enum silt_package_db db, enum silt_layer_origin *out,
				   struct silt_error *err)
{
	struct silt_bytes instruction = silt_bytes_trim(silt_bytes_text(text)), run = SILT_LITERAL("RUN ");
	if (silt_bytes_start_with(instruction, SILT_LITERAL("COPY ")) ||
	    silt_bytes_start_with(instruction, SILT_LITERAL("ADD "))) {
		bool rootfs = layer == 0 && silt_bytes_end_with(instruction, SILT_LITERAL(" /"));
		*out = rootfs ? SILT_ORIGIN_BASE : SILT_ORIGIN_COPY;
		return SILT_OK;
	}
	if (layer == 0) {
		*out = SILT_ORIGIN_BASE;
		return SILT_OK;
	}
	bool installs = made_by_package_builder(instruction);
	enum silt_status status = SILT_OK;
	if (silt_bytes_start_with(instruction, run)) {
		status = read_run(silt_bytes_slice(instruction, run.len, instruction.len), db, &installs, err);
	}
	*out = installs ? SILT_ORIGIN_INSTALL : SILT_ORIGIN_OTHER;
	return status;
}
