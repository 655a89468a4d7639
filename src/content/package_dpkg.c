/* The files of dpkg's database, which are all lines of text: deb-control(5), dpkg-divert(1). */
#include "content/package_parse.h"

#include "base/encoding.h"

static struct silt_package_listing listed(struct silt_bytes path, unsigned flags)
{
	return (struct silt_package_listing){.name = path, .kind = SILT_SUM_MD5, .flags = flags};
}

/* "d41d8cd98f00b204e9800998ecf8427e  usr/share/doc/x": md5sum(1) writes a '*' for the second space in binary mode. */
enum silt_status silt_dpkg_line(struct silt_package_reader *reader, struct silt_bytes line, struct silt_error *err)
{
	enum { HEX = 32, PATH = HEX + 2 };
	uint8_t md5[16];
	bool is_sum = line.len > PATH && line.ptr[HEX] == ' ' && (line.ptr[HEX + 1] == ' ' || line.ptr[HEX + 1] == '*');
	if (!is_sum || !silt_hex_decode(silt_bytes_slice(line, 0, HEX), md5, sizeof(md5))) {
		return SILT_OK;
	}
	struct silt_package_listing listing = listed(silt_bytes_slice(line, PATH, line.len), 0);
	listing.digest = md5;
	return silt_package_give(reader, &listing, err);
}

/* ---- Lists of files ------------------------------------------------------------------------------------------------ */

static bool is_inside(struct silt_bytes path, struct silt_bytes folder)
{
	return path.len > folder.len && silt_bytes_start_with(path, folder) && path.ptr[folder.len] == '/';
}

/* "/usr/bin/su". Directories are listed like files, right before what is in them: those are left out. */
enum silt_status silt_dpkg_list_line(struct silt_package_reader *reader, struct silt_bytes line, struct silt_error *err)
{
	struct silt_bytes before = silt_buffer_bytes(&reader->path);
	enum silt_status status = SILT_OK;
	if (before.len > 0 && !is_inside(line, before)) {
		const struct silt_package_listing listing = listed(before, 0);
		status = silt_package_give(reader, &listing, err);
	}
	silt_package_keep(&reader->path, line);
	return status;
}

/* ---- Status -------------------------------------------------------------------------------------------------------- */

static bool cut_name(struct silt_bytes *line, struct silt_bytes name)
{
	bool is_it = line->len > name.len && silt_bytes_start_with(*line, name) && line->ptr[name.len] == ':';
	if (is_it) {
		*line = silt_bytes_trim(silt_bytes_slice(*line, name.len + 1, line->len));
	}
	return is_it;
}

/* " /etc/ssh/ssh_config 1a2b... obsolete" */
static enum silt_status give_conffile(struct silt_package_reader *reader, struct silt_bytes line,
				      struct silt_error *err)
{
	struct silt_bytes path = {0};
	line = silt_bytes_trim(line);
	silt_bytes_cut(&line, ' ', &path);
	const struct silt_package_listing listing = listed(path, SILT_LISTED_MUTABLE);
	return silt_package_give(reader, &listing, err);
}

static enum silt_status end_paragraph(struct silt_package_reader *reader, struct silt_error *err)
{
	enum silt_status status = reader->installed ? silt_package_give_package(reader, err) : SILT_OK;
	if (reader->installed && (reader->package.len == 0 || reader->version.len == 0)) {
		reader->damaged = true;
	}
	reader->installed = false;
	reader->fresh = true;
	silt_package_forget(reader);
	return status;
}

/* The next word; empty if there is none. */
static struct silt_bytes cut_word(struct silt_bytes *line)
{
	size_t len = 0;
	*line = silt_bytes_trim(*line);
	while (len < line->len && line->ptr[len] != ' ' && line->ptr[len] != '\t') {
		len++;
	}
	const struct silt_bytes word = silt_bytes_slice(*line, 0, len);
	*line = silt_bytes_slice(*line, len, line->len);
	return word;
}

/*
 * "WANTED FLAG STATE": dpkg lists a package in every state but two. Between them and "installed" its files are there, and
 * only its scripts have not run; old versions had other names for that.
 */
static void read_state(struct silt_package_reader *reader, struct silt_bytes line)
{
	cut_word(&line);
	cut_word(&line);
	const struct silt_bytes state = cut_word(&line);
	reader->installed = state.len > 0 && !silt_is_word_of(state, "not-installed config-files");
	reader->damaged = reader->damaged || state.len == 0;
}

/*
 *     Package: passwd
 *     Status: install ok unpacked         "deinstall ok config-files" is not; status.d has no such line
 *     Architecture: amd64
 *     Source: shadow (1:4.13-1)           if that has another name or version
 *     Version: 1:4.13+dfsg1-1
 *     Conffiles:
 *      /etc/default/useradd cc9f9a7713ab62a32cd38363d958f396
 *                                         an empty line ends the package
 */
enum silt_status silt_dpkg_status_line(struct silt_package_reader *reader, struct silt_bytes line,
				       struct silt_error *err)
{
	if (line.len == 0) {
		return end_paragraph(reader, err);
	}
	reader->installed = reader->fresh ? reader->by_place : reader->installed;
	reader->fresh = false;
	if (line.ptr[0] == ' ' || line.ptr[0] == '\t') {
		return reader->conffiles ? give_conffile(reader, line, err) : SILT_OK;
	}
	reader->conffiles = false;
	if (cut_name(&line, SILT_LITERAL("Package"))) {
		silt_package_name(reader, line);
	} else if (cut_name(&line, SILT_LITERAL("Status"))) {
		read_state(reader, line);
	} else if (cut_name(&line, SILT_LITERAL("Version"))) {
		silt_package_keep(&reader->version, line);
	} else if (cut_name(&line, SILT_LITERAL("Architecture"))) {
		silt_package_keep(&reader->arch, line);
	} else if (cut_name(&line, SILT_LITERAL("Source"))) {
		silt_package_keep(&reader->source, line);
	} else {
		reader->conffiles = cut_name(&line, SILT_LITERAL("Conffiles"));
	}
	return SILT_OK;
}

/* ---- Diversions ---------------------------------------------------------------------------------------------------- */

/*
 * Three lines each: the path that packages list, the path where their file is now, and who said so (":" somebody by
 * hand). What is at either path is not what the package that lists it put there.
 *
 *     /usr/bin/man
 *     /usr/bin/man.REAL
 *     :
 */
enum silt_status silt_dpkg_diversion_line(struct silt_package_reader *reader, struct silt_bytes line,
					  struct silt_error *err)
{
	if (line.len == 0) {
		return SILT_OK;
	}
	if (reader->path.len == 0) {
		silt_package_keep(&reader->path, line);
		return SILT_OK;
	}
	if (reader->folder.len == 0) {
		silt_package_keep(&reader->folder, line);
		return SILT_OK;
	}
	bool by_hand = silt_bytes_equal(line, SILT_LITERAL(":"));
	silt_package_name(reader, by_hand ? SILT_LITERAL("dpkg-divert") : line);
	const struct silt_package_listing from = listed(silt_buffer_bytes(&reader->path), SILT_LISTED_MUTABLE);
	const struct silt_package_listing to = listed(silt_buffer_bytes(&reader->folder), SILT_LISTED_MUTABLE);
	enum silt_status status = silt_package_give(reader, &from, err);
	if (status == SILT_OK) {
		status = silt_package_give(reader, &to, err);
	}
	silt_buffer_clear(&reader->path);
	silt_buffer_clear(&reader->folder);
	return status;
}
