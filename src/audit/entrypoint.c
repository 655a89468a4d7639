/* From the words of the config to programs of the final tree. */
#include "audit/entrypoint.h"

#include "audit/access.h"
#include "audit/config_checks.h"
#include "audit/entry_words.h"
#include "audit/sighting.h"
#include "base/ascii.h"
#include "base/limits.h"

/* A command line that is to be resolved. */
struct pending {
	struct silt_words words;
	enum silt_start start;
	size_t starter;
	bool certain, replaces;
};

/* What is pending is a stack: a program goes before what comes behind it. */
struct search {
	const struct silt_audited_image *image;
	const struct silt_config *config;
	struct silt_arena *arena;
	struct silt_access access;
	struct silt_entry_chain *chain;
	struct pending pending[SILT_ENTRY_LINKS_MAX];
	size_t pending_count;
};

static void push(struct search *search, struct pending pending)
{
	if (pending.words.count > 0 && search->pending_count < SILT_ENTRY_LINKS_MAX) {
		search->pending[search->pending_count++] = pending;
	}
}

/* ---- Looking a program up ------------------------------------------------------------------------------------------ */

/* What Docker gives a container without PATH (moby, oci.DefaultPathEnv). */
#define DEFAULT_PATH SILT_LITERAL("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")

/* No program can be started with a longer one (Linux, MAX_ARG_STRLEN). */
enum { SEARCH_PATH_MAX = 128 * 1024 };

static struct silt_bytes search_path(const struct silt_config *config)
{
	struct silt_bytes path;
	return silt_config_env(config, "PATH", &path) ? silt_bytes_slice(path, 0, SEARCH_PATH_MAX) : DEFAULT_PATH;
}

/* Looks `name` up in a folder. The link stays as it is if there is no file. */
static bool look_in(const struct search *search, struct silt_bytes folder, struct silt_bytes name,
		    struct silt_entry_link *link)
{
	uint8_t path[SILT_PATH_MAX];
	struct silt_node node;
	if (folder.len > sizeof(path) - 1 || name.len > sizeof(path) - 1 - folder.len) {
		return false; /* no system opens it */
	}
	if (folder.len > 0) {
		memcpy(path, folder.ptr, folder.len);
	}
	path[folder.len] = '/';
	memcpy(path + folder.len + 1, name.ptr, name.len);
	struct silt_bytes whole = silt_bytes(path, folder.len + 1 + name.len);
	if (!silt_rootfs_find(search->image->rootfs, whole, true, &node) || !silt_node_is_file(search->image, &node)) {
		return false;
	}
	link->found = true;
	link->node = node;
	struct silt_path_room room;
	link->executable = silt_access_may_reach(&search->access, whole) &&
			   silt_access_may_reach(&search->access, silt_path_at(search->image, node.meta, &room)) &&
			   (link->start == SILT_START_READ || silt_access_may_run(&search->access, &node));
	return true;
}

/* As execvp: the first one that can be run, else any that is there. */
static void look_in_path(const struct search *search, struct silt_bytes name, struct silt_entry_link *link)
{
	struct silt_bytes rest = search_path(search->config), folder;
	struct silt_entry_link candidate = *link;
	while (silt_bytes_cut(&rest, ':', &folder)) {
		bool relative = folder.len == 0 || folder.ptr[0] != '/';
		if (look_in(search, relative ? search->config->working_dir : folder, name, &candidate) &&
		    (candidate.executable || !link->found)) {
			*link = candidate;
		}
		if (link->executable) {
			return;
		}
	}
}

static void look_up(const struct search *search, struct silt_bytes name, struct silt_entry_link *link)
{
	if (name.len == 0) {
		return;
	}
	if (name.ptr[0] == '/') {
		look_in(search, silt_bytes(NULL, 0), name, link);
	} else if (link->start == SILT_START_INTERPRETER || link->start == SILT_START_LOADER ||
		   silt_bytes_find_byte(name, '/') != SIZE_MAX) {
		look_in(search, search->config->working_dir, name, link);
	} else if (link->start != SILT_START_READ || !look_in(search, search->config->working_dir, name, link)) {
		look_in_path(search, name, link);
	}
}

bool silt_program_find(const struct silt_audited_image *image, struct silt_bytes name, struct silt_node *node)
{
	static const struct silt_config none;
	const struct search search = {
		.image = image,
		.config = image->declared ? &image->declared->config : &none,
		.access = silt_access_of(image),
	};
	struct silt_entry_link link = {.start = SILT_START_CONFIG};
	look_in_path(&search, name, &link);
	*node = link.node;
	return link.found;
}

/* ---- What a program starts ----------------------------------------------------------------------------------------- */

static enum silt_status push_interpreter(struct search *search, size_t at, struct silt_error *err)
{
	const struct silt_entry_link *link = &search->chain->links[at];
	bool script = link->kind == SILT_PROGRAM_SCRIPT;
	if (!link->program || link->program->interpreter.len == 0 || (script && link->start == SILT_START_READ)) {
		return SILT_OK;
	}
	struct pending pending = {
		.start = script ? SILT_START_INTERPRETER : SILT_START_LOADER,
		.starter = at,
		.certain = link->certain,
		.replaces = true,
	};
	struct silt_words whole = {&link->program->interpreter, 1};
	pending.words = whole;
	enum silt_status status =
		script ? silt_words_split(link->program->interpreter, search->arena, &pending.words, err) : SILT_OK;
	push(search, pending);
	return status;
}

/* False for "$@" and what else only the script knows when it runs. */
static bool is_literal(struct silt_bytes program)
{
	return silt_bytes_find_byte(program, '$') == SIZE_MAX && silt_bytes_find_byte(program, '`') == SIZE_MAX;
}

/*
 * Scripts named so are there to run their arguments; of others it is known if they execute anything at all, since
 * what they execute is then mostly "$@" or a program that gets it.
 */
static bool runs_its_arguments(const struct silt_entry_link *link)
{
	bool runs = silt_bytes_find(silt_path_basename(link->written), SILT_LITERAL("entrypoint")) != SIZE_MAX;
	for (size_t i = 0; i < link->fact_count && !runs; i++) {
		runs = link->facts[i].kind == SILT_FACT_SCRIPT_EXECS || link->facts[i].kind == SILT_FACT_SCRIPT_DROPS;
	}
	return runs;
}

static void push_script(struct search *search, size_t at, struct silt_words arguments)
{
	const struct silt_entry_link *link = &search->chain->links[at];
	struct pending pending = {.start = SILT_START_SCRIPT, .starter = at, .replaces = true};
	if (arguments.count > 0 && !silt_bytes_start_with(arguments.items[0], SILT_LITERAL("-")) &&
	    runs_its_arguments(link)) {
		pending.words = arguments;
		push(search, pending);
	}
	for (size_t i = link->fact_count; i > 0; i--) {
		const struct silt_fact *fact = &link->facts[i - 1];
		if (fact->kind == SILT_FACT_SCRIPT_EXECS && is_literal(fact->text)) {
			pending.words = (struct silt_words){&fact->text, 1};
			push(search, pending);
		}
	}
}

static enum silt_status push_started(struct search *search, size_t at, struct silt_words line, struct silt_error *err)
{
	const struct silt_entry_link *link = &search->chain->links[at];
	struct silt_words arguments = {line.items + 1, line.count - 1};
	if (link->kind == SILT_PROGRAM_SCRIPT || link->start == SILT_START_READ) {
		push_script(search, at, arguments);
		return SILT_OK;
	}
	struct silt_started started;
	enum silt_status status = silt_words_start(line, search->arena, &started, err);
	if (status == SILT_OK) {
		enum silt_start start = started.by_reading   ? SILT_START_READ
					: started.by_command ? SILT_START_COMMAND
							     : SILT_START_ARGUMENT;
		push(search,
		     (struct pending){started.words, start, at, started.certain && link->certain, started.replaces});
	}
	return status;
}

/* ---- The chain ----------------------------------------------------------------------------------------------------- */

/* Of a link that was looked up. */
static enum silt_status add_facts(const struct search *search, struct silt_entry_link *link, struct silt_error *err)
{
	if (!link->found) {
		return SILT_OK;
	}
	struct silt_path_room room;
	link->path = silt_arena_copy(search->arena, silt_path_at(search->image, link->node.meta, &room));
	struct silt_place at = link->node.content;
	const struct silt_record *record = search->image->layers[at.layer];
	link->kind = record->entries[at.entry].program;
	link->program = silt_record_program(record, at.entry);
	link->facts = silt_record_facts(record, at.entry, &link->fact_count);
	return link->path.ptr ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status add_link(struct search *search, struct pending pending, struct silt_error *err)
{
	size_t at = search->chain->count++;
	struct silt_entry_link *link = &search->chain->links[at];
	*link = (struct silt_entry_link){
		.start = pending.start,
		.starter = pending.starter,
		.written = pending.words.items[0],
		.certain = pending.certain,
		.replaces = pending.replaces,
		.init = silt_word_is_init(pending.words.items[0]),
	};
	look_up(search, link->written, link);
	enum silt_status status = add_facts(search, link, err);
	if (status == SILT_OK) {
		status = push_started(search, at, pending.words, err);
	}
	return status == SILT_OK ? push_interpreter(search, at, err) : status;
}

static bool loses_entries(const struct silt_record *record)
{
	static const enum silt_anomaly_kind kinds[] = {
		SILT_ANOMALY_TAR_DAMAGED,   SILT_ANOMALY_TAR_TRUNCATED, SILT_ANOMALY_TAR_FATAL,
		SILT_ANOMALY_TAR_DISPUTED,  SILT_ANOMALY_TAR_REFUSED,   SILT_ANOMALY_INFLATE,
		SILT_ANOMALY_INFLATE_LIMIT, SILT_ANOMALY_PATH_LIMIT,    SILT_ANOMALY_ENTRY_LIMIT,
	};
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		if (record->anomaly_totals[kinds[i]] > 0) {
			return true;
		}
	}
	return false;
}

static bool is_open(const struct silt_audited_image *image)
{
	for (size_t i = 0; i < image->layer_count; i++) {
		if (!image->layers[i] || loses_entries(image->layers[i])) {
			return true;
		}
	}
	return false;
}

const struct silt_bytes *silt_entry_words(const struct silt_config *config, struct silt_arena *arena, size_t *count)
{
	*count = config->entrypoint_count + config->cmd_count;
	struct silt_bytes *words = silt_arena_alloc(arena, *count * sizeof(*words));
	if (words) {
		for (size_t i = 0; i < *count; i++) {
			words[i] = i < config->entrypoint_count ? config->entrypoint[i]
								: config->cmd[i - config->entrypoint_count];
		}
	}
	return words;
}

enum silt_status silt_entry_chain(const struct silt_context *context, size_t image, struct silt_entry_chain *out,
				  struct silt_error *err)
{
	const struct silt_audited_image *audited = &context->images[image];
	*out = (struct silt_entry_chain){.count = 0};
	if (!audited->declared || !silt_config_is_for_linux(&audited->declared->config)) {
		return SILT_OK;
	}
	struct search search = {
		.image = audited,
		.config = &audited->declared->config,
		.arena = context->arena,
		.access = silt_access_of(audited),
		.chain = out,
	};
	struct pending first = {.start = SILT_START_CONFIG, .starter = SIZE_MAX, .certain = true, .replaces = true};
	first.words.items = silt_entry_words(search.config, context->arena, &first.words.count);
	if (!first.words.items) {
		return silt_fail_memory(err);
	}
	out->open = is_open(audited);
	push(&search, first);
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && search.pending_count > 0 && out->count < SILT_ENTRY_LINKS_MAX) {
		status = add_link(&search, search.pending[--search.pending_count], err);
	}
	return status;
}

const struct silt_fact *silt_entry_fact(const struct silt_entry_chain *chain, enum silt_fact_kind kind, size_t *link)
{
	for (size_t i = 0; i < chain->count; i++) {
		for (size_t j = 0; j < chain->links[i].fact_count; j++) {
			if (chain->links[i].facts[j].kind == kind) {
				*link = i;
				return &chain->links[i].facts[j];
			}
		}
	}
	return NULL;
}
