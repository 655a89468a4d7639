/* Programs that start what their arguments say. */
#include "audit/entry_words.h"

#include "audit/entry_command.h"
#include "base/ascii.h"
#include "base/attributes.h"

struct starter {
	const char *names;  /* one blank around each */
	const char *valued; /* options whose value is the next word; one blank around each */
	size_t positions;   /* words between the options and the program: the user of gosu, the seconds of timeout */
	bool assigns;       /* A=b may come before the program */
	bool replaces;      /* it executes the program in its own process */
	bool certain;       /* a name without "/" is looked up in PATH; busybox has its own */
};

static const struct starter starters[] = {
	{" tini tini-static tini-amd64 tini-arm64 docker-init ", " -e -p ", 0, false, false, true},
	{" dumb-init ", " -r --rewrite ", 0, false, false, true},
	{" catatonit ", " ", 0, false, false, true},
	{" env ", " -u --unset -C --chdir ", 0, true, true, true},
	{" with-contenv nohup ", " ", 0, false, true, true},
	{" gosu su-exec s6-setuidgid ", " ", 1, false, true, true},
	{" setpriv ",
	 " --reuid --regid --ruid --rgid --euid --egid --groups --inh-caps --ambient-caps --bounding-set --securebits "
	 "--pdeathsig --selinux-label --apparmor-profile ",
	 0, false, true, true},
	{" nice ionice chrt ", " -n --adjustment -c --class --classdata ", 0, false, true, true},
	{" stdbuf ", " -i -o -e --input --output --error ", 0, false, true, true},
	{" timeout ", " -s -k --signal --kill-after ", 1, false, false, true},
	{" xvfb-run ", " -e -f -n -p -s -w --error-file --auth-file --server-num --server-args ", 0, false, false,
	 true},
	{" busybox toybox ", " ", 0, false, true, false},
};

bool silt_word_is_listed(struct silt_bytes word, const char *list)
{
	struct silt_bytes rest = silt_bytes_text(list), item;
	while (silt_bytes_cut(&rest, ' ', &item)) {
		if (item.len > 0 && silt_bytes_equal(item, word)) {
			return true;
		}
	}
	return false;
}

bool silt_word_is_shell(struct silt_bytes word)
{
	return silt_word_is_listed(silt_path_basename(word), " sh bash dash ash ksh mksh zsh rbash ");
}

bool silt_word_is_init(struct silt_bytes word)
{
	return silt_word_is_listed(word, " /init /sbin/init /sbin/my_init ") ||
	       silt_word_is_listed(
		       silt_path_basename(word),
		       " tini tini-static tini-amd64 tini-arm64 docker-init dumb-init catatonit s6-svscan s6-overlay "
		       "systemd runit runit-init runsvdir my_init ");
}

static struct silt_words without(struct silt_words words, size_t count)
{
	size_t gone = count < words.count ? count : words.count;
	return (struct silt_words){words.items + gone, words.count - gone};
}

static bool is_option(struct silt_bytes word)
{
	return word.len > 1 && word.ptr[0] == '-';
}

/* ---- Starters ------------------------------------------------------------------------------------------------------ */

static const struct starter *starter_called(struct silt_bytes word)
{
	for (size_t i = 0; i < SILT_COUNT(starters); i++) {
		if (silt_word_is_listed(silt_path_basename(word), starters[i].names)) {
			return &starters[i];
		}
	}
	return NULL;
}

/* `words` behind the name of the starter. */
static struct silt_words started_words(const struct starter *starter, struct silt_words words)
{
	while (words.count > 0 && is_option(words.items[0])) {
		bool ends = silt_bytes_equal(words.items[0], SILT_LITERAL("--"));
		words = without(words, silt_word_is_listed(words.items[0], starter->valued) ? 2 : 1);
		if (ends) {
			break;
		}
	}
	while (starter->assigns && words.count > 0 && silt_bytes_find_byte(words.items[0], '=') != SIZE_MAX) {
		words = without(words, 1);
	}
	return without(words, starter->positions);
}

/* ---- Shells -------------------------------------------------------------------------------------------------------- */

/* Skips the options of a shell; true if one of them is -c, alone or in a bundle such as -ec. */
static bool skip_shell_options(struct silt_words *words)
{
	bool command = false;
	while (words->count > 0 && (is_option(words->items[0]) || words->items[0].ptr[0] == '+')) {
		struct silt_bytes option = words->items[0];
		bool is_long = silt_bytes_start_with(option, SILT_LITERAL("--"));
		*words = without(*words, 1);
		if (is_long && option.len == 2) {
			break;
		}
		command = command ||
			  (!is_long && option.ptr[0] == '-' && silt_bytes_find_byte(option, 'c') != SIZE_MAX);
		if (!is_long && option.ptr[option.len - 1] == 'o') {
			*words = without(*words, 1); /* -o pipefail */
		}
	}
	return command;
}

bool silt_words_shell_command(struct silt_words line, struct silt_bytes *command, size_t *behind)
{
	if (line.count == 0 || !silt_word_is_shell(line.items[0])) {
		return false;
	}
	struct silt_words rest = without(line, 1);
	if (!skip_shell_options(&rest) || rest.count == 0) {
		return false;
	}
	*command = rest.items[0];
	*behind = rest.count - 1;
	return true;
}

enum silt_status silt_words_split(struct silt_bytes text, struct silt_arena *arena, struct silt_words *out,
				  struct silt_error *err)
{
	struct silt_bytes *items = silt_arena_alloc(arena, (text.len / 2 + 1) * sizeof(*items));
	size_t count = 0;
	if (!items) {
		return silt_fail_memory(err);
	}
	for (size_t i = 0, start = 0; i <= text.len; i++) {
		if (i == text.len || silt_is_one_of(text.ptr[i], " \t\n")) {
			if (i > start) {
				items[count++] = silt_bytes_slice(text, start, i - start);
			}
			start = i + 1;
		}
	}
	*out = (struct silt_words){items, count};
	return SILT_OK;
}

static enum silt_status read_shell(struct silt_words line, struct silt_arena *arena, struct silt_started *out,
				   struct silt_error *err)
{
	struct silt_bytes command;
	size_t behind;
	if (silt_words_shell_command(line, &command, &behind)) {
		return silt_command_start(command, arena, out, err);
	}
	struct silt_words rest = without(line, 1);
	if (!skip_shell_options(&rest)) {
		*out = (struct silt_started){.words = rest, .by_reading = true, .certain = true};
	}
	return SILT_OK;
}

enum silt_status silt_words_start(struct silt_words line, struct silt_arena *arena, struct silt_started *out,
				  struct silt_error *err)
{
	*out = (struct silt_started){.words = {0}};
	if (line.count == 0) {
		return SILT_OK;
	}
	const struct starter *starter = starter_called(line.items[0]);
	if (starter) {
		out->words = started_words(starter, without(line, 1));
		out->replaces = starter->replaces;
		out->certain = starter->certain;
		return SILT_OK;
	}
	return silt_word_is_shell(line.items[0]) ? read_shell(line, arena, out, err) : SILT_OK;
}
