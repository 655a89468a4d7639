/* Build instructions, read as a shell would read them as far as its words go. */
#include "audit/layer_origin.h"

#include "base/ascii.h"
#include "base/attributes.h"

/* ---- Words of a shell ---------------------------------------------------------------------------------------------- */

enum { WORD_MAX = 256 };

/* A walk over a command line in escaped text. */
struct shell {
	struct silt_bytes rest;
	uint8_t word[WORD_MAX]; /* without its quotes */
	size_t len;
	bool whole; /* the word fits, and its quotes end */
};

enum token {
	TOKEN_END,
	TOKEN_BREAK, /* what ends a simple command */
	TOKEN_WORD,
};

/* The next byte, with escaping undone as far as it matters here: what is no text is some byte of a word. */
static uint8_t take(struct silt_bytes *rest)
{
	uint8_t byte = rest->ptr[0], kind = rest->len > 1 ? rest->ptr[1] : 0;
	size_t size = 1;
	if (byte == '\\') {
		byte = kind == 'n' ? '\n' : kind == 't' || kind == 'r' ? ' ' : kind == 'x' ? '?' : '\\';
		size = kind == 'x' ? strlen("\\xNN") : 2;
	}
	*rest = silt_bytes_slice(*rest, size, rest->len);
	return byte;
}

static uint8_t peek(struct silt_bytes rest)
{
	return rest.len > 0 ? take(&rest) : 0;
}

static void add(struct shell *shell, uint8_t byte)
{
	if (shell->len == sizeof(shell->word)) {
		shell->whole = false;
		return;
	}
	shell->word[shell->len++] = byte;
}

static void add_quoted(struct shell *shell, uint8_t quote)
{
	while (shell->rest.len > 0) {
		uint8_t byte = take(&shell->rest);
		if (byte == quote) {
			return;
		}
		if (byte == '\\' && quote == '"' && shell->rest.len > 0) {
			byte = take(&shell->rest);
		}
		add(shell, byte);
	}
	shell->whole = false;
}

/* "$(...)" is part of its word, so that what follows it is still of the same command. */
static void add_substitution(struct shell *shell)
{
	size_t depth = 0;
	while (shell->rest.len > 0) {
		uint8_t byte = take(&shell->rest);
		add(shell, byte);
		depth += byte == '(';
		if (byte == ')' && --depth == 0) {
			return;
		}
	}
	shell->whole = false;
}

static void read_word(struct shell *shell)
{
	shell->len = 0;
	shell->whole = true;
	while (shell->rest.len > 0 && !silt_is_one_of(peek(shell->rest), " \t\n;&|()<>")) {
		uint8_t byte = take(&shell->rest);
		if (byte == '\'' || byte == '"' || byte == '`') {
			add_quoted(shell, byte);
		} else if (byte == '$' && peek(shell->rest) == '(') {
			add_substitution(shell);
		} else if (byte != '\\') {
			add(shell, byte);
		} else if (shell->rest.len > 0 && (byte = take(&shell->rest)) != '\n') {
			add(shell, byte);
		}
	}
}

static void skip(struct shell *shell, const char *set)
{
	while (shell->rest.len > 0 && silt_is_one_of(peek(shell->rest), set)) {
		take(&shell->rest);
	}
}

static void skip_comment(struct shell *shell)
{
	while (shell->rest.len > 0 && peek(shell->rest) != '\n') {
		take(&shell->rest);
	}
}

/* Comments and redirections are passed over. The text of a here-document is no commands: it ends the line. */
static enum token next_token(struct shell *shell)
{
	for (;;) {
		skip(shell, " \t");
		uint8_t byte = peek(shell->rest);
		if (shell->rest.len == 0 || silt_bytes_start_with(shell->rest, SILT_LITERAL("<<"))) {
			return TOKEN_END;
		}
		if (silt_is_one_of(byte, "\n;&|()")) {
			take(&shell->rest);
			return TOKEN_BREAK;
		}
		if (byte == '#') {
			skip_comment(shell);
			continue;
		}
		if (byte != '<' && byte != '>') {
			read_word(shell);
			return TOKEN_WORD;
		}
		skip(shell, "<>&|");
		skip(shell, " \t");
		read_word(shell);
	}
}

/* ---- How layers came about ----------------------------------------------------------------------------------------- */

/* What installs from repositories, and into which database. Words of a list are separated by one blank. */
struct manager {
	enum silt_package_db db;
	const char *programs; /* without the versions behind their names */
	const char *groups;   /* may come before a verb */
	const char *verbs;
	const char *valued;  /* options whose value is the next word */
	const char *refused; /* options that take packages from elsewhere, or unsigned */
};

static const struct manager managers[] = {
	{SILT_PACKAGE_DB_DPKG, "apt apt-get aptitude", "",
	 "install reinstall upgrade dist-upgrade full-upgrade safe-upgrade",
	 "-o --option -c --config-file -t --target-release --default-release", ""},
	{SILT_PACKAGE_DB_APK, "apk", "", "add upgrade",
	 "-t --virtual -X --repository --repositories-file -p --root --arch --keys-dir --cache-dir --wait",
	 "--allow-untrusted"},
	{SILT_PACKAGE_DB_RPM_SQLITE, "yum dnf microdnf tdnf rpm-ostree", "",
	 "install reinstall update upgrade groupinstall distro-sync",
	 "-c --config --installroot --enablerepo --disablerepo --repo --repoid --setopt --releasever -x --exclude", ""},
	{SILT_PACKAGE_DB_RPM_SQLITE, "zypper", "", "install in update up dist-upgrade dup",
	 "-r --repo -R --root -t --type --from -C --config", ""},
	{SILT_PACKAGE_DB_PYTHON, "pip pipx", "", "install",
	 "-r --requirement -c --constraint -i --index-url --extra-index-url -t --target --prefix --root --src "
	 "--cache-dir --trusted-host --python --proxy --cert --log --timeout --retries --no-binary --only-binary",
	 "-e --editable -f --find-links --no-index"},
	{SILT_PACKAGE_DB_PYTHON, "uv poetry pdm pipenv rye", "pip", "install sync add",
	 "-r --requirement --requirements -c --constraint --index-url --extra-index-url --index --default-index "
	 "--group --extra -p --python -C --directory --project --target --prefix --cache-dir",
	 "-e --editable -f --find-links --no-index"},
	{SILT_PACKAGE_DB_PYTHON, "conda mamba micromamba", "env", "install create update",
	 "-n --name -c --channel -p --prefix -f --file", "--offline"},
};

/* What may come before the program of a command, with options of its own; "pipefail" is of "bash -o pipefail -c". */
static const char before_programs[] =
	"sudo env command exec time nice eatmydata xargs if then else elif do while until "
	"! { sh bash ash dash pipefail python";

/* Builders that make layers of packages and say no more of it: those of distroless images and of Wolfi. */
static const char *const package_builders[] = {"bazel build", "apko"};

/* What an operand ends with that is a package itself. */
static const char *const file_ends[] = {".deb", ".rpm", ".apk", ".whl", ".egg", ".gz", ".bz2", ".xz", ".zip", ".conda"};

static bool is_listed(struct silt_bytes word, const char *list)
{
	struct silt_bytes rest = silt_bytes_text(list), piece;
	while (silt_bytes_cut(&rest, ' ', &piece)) {
		if (silt_bytes_equal(word, piece)) {
			return true;
		}
	}
	return false;
}

static bool starts_with_listed(struct silt_bytes word, const char *list)
{
	struct silt_bytes rest = silt_bytes_text(list), piece;
	while (silt_bytes_cut(&rest, ' ', &piece)) {
		if (silt_bytes_start_with(word, piece)) {
			return true;
		}
	}
	return false;
}

/* A file, a folder or an address, in place of the name of a package: "./x.deb", ".[dev]", "https://h/x". */
static bool is_from_elsewhere(struct silt_bytes operand)
{
	operand = silt_bytes_slice(operand, 0, silt_bytes_find_byte(operand, '['));
	for (size_t i = 0; i < SILT_COUNT(file_ends); i++) {
		if (silt_bytes_end_with(operand, silt_bytes_text(file_ends[i]))) {
			return true;
		}
	}
	return silt_bytes_find_byte(operand, '/') != SIZE_MAX || is_listed(operand, ". ..") ||
	       starts_with_listed(operand, "file: http: https: git+");
}

/* A simple command as far as it was read. */
struct command {
	const struct manager *manager;
	bool other;   /* its program is no manager, it does not install, or not from repositories */
	bool verb;    /* the manager was told to install */
	bool skipped; /* the next word is the value of an option */
};

static void read_program(struct command *command, struct silt_bytes word)
{
	if (word.ptr[0] == '-' || silt_bytes_find_byte(word, '=') != SIZE_MAX) {
		return;
	}
	struct silt_bytes program = silt_path_basename(word);
	while (program.len > 0 &&
	       (silt_is_digit(program.ptr[program.len - 1]) || program.ptr[program.len - 1] == '.')) {
		program.len--; /* "pip3.11" */
	}
	for (size_t i = 0; i < SILT_COUNT(managers) && !command->manager; i++) {
		command->manager = is_listed(program, managers[i].programs) ? &managers[i] : NULL;
	}
	command->other = !command->manager && !is_listed(program, before_programs);
}

static void read_argument(struct command *command, struct silt_bytes word)
{
	const struct manager *manager = command->manager;
	if (command->skipped) {
		command->skipped = false;
	} else if (word.ptr[0] == '-') {
		command->other = starts_with_listed(word, manager->refused);
		command->skipped = is_listed(word, manager->valued);
	} else if (command->verb) {
		command->other = is_from_elsewhere(word);
	} else if (!is_listed(word, manager->groups)) {
		command->verb = is_listed(word, manager->verbs);
		command->other = !command->verb;
	}
}

static void read_command_word(struct command *command, const struct shell *shell)
{
	struct silt_bytes word = silt_bytes(shell->word, shell->len);
	if (command->other || word.len == 0) {
		return;
	}
	if (!shell->whole) {
		command->other = true;
	} else if (command->manager) {
		read_argument(command, word);
	} else {
		read_program(command, word);
	}
}

static bool installs_packages(struct silt_bytes line, enum silt_package_db db)
{
	struct shell shell = {.rest = line};
	struct command command = {0};
	for (;;) {
		enum token token = next_token(&shell);
		if (token == TOKEN_WORD) {
			read_command_word(&command, &shell);
			continue;
		}
		if (command.verb && !command.other && command.manager->db == silt_package_db_family(db)) {
			return true;
		}
		if (token == TOKEN_END) {
			return false;
		}
		command = (struct command){0};
	}
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

enum silt_layer_origin silt_layer_origin(const char *text, size_t layer, enum silt_package_db db)
{
	struct silt_bytes instruction = silt_bytes_trim(silt_bytes_text(text)), run = SILT_LITERAL("RUN ");
	if (silt_bytes_start_with(instruction, SILT_LITERAL("COPY ")) ||
	    silt_bytes_start_with(instruction, SILT_LITERAL("ADD "))) {
		bool rootfs = layer == 0 && silt_bytes_end_with(instruction, SILT_LITERAL(" /"));
		return rootfs ? SILT_ORIGIN_BASE : SILT_ORIGIN_COPY;
	}
	if (layer == 0) {
		return SILT_ORIGIN_BASE;
	}
	bool installs = silt_bytes_start_with(instruction, run) &&
			installs_packages(silt_bytes_slice(instruction, run.len, instruction.len), db);
	return installs || made_by_package_builder(instruction) ? SILT_ORIGIN_INSTALL : SILT_ORIGIN_OTHER;
}
