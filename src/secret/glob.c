/*
 * Globs, twice the same walk: of bytes along a component, and of components along a path. Each remembers the last star
 * only: when what follows it fails, the star takes one more and nothing before it needs to be tried again.
 *
 * A path is walked from its end to its root: most globs say nothing of the folders, and most names do not fit.
 */
#include "secret/glob.h"

#include "base/ascii.h"

static bool is_wild(uint8_t byte)
{
	return byte == '*' || byte == '?';
}

/* Most globs end in a letter, and most names in another: that is seen without a walk. */
static bool ends_differ(struct silt_bytes glob, struct silt_bytes name)
{
	uint8_t last = glob.len > 0 ? glob.ptr[glob.len - 1] : '*';
	return !is_wild(last) && (name.len == 0 || silt_lower(last) != silt_lower(name.ptr[name.len - 1]));
}

bool silt_glob_fits(struct silt_bytes glob, struct silt_bytes name)
{
	size_t at = 0, taken = 0;
	size_t star = SIZE_MAX, star_taken = 0;
	if (ends_differ(glob, name)) {
		return false;
	}
	while (taken < name.len) {
		if (at < glob.len && glob.ptr[at] == '*') {
			star = at++;
			star_taken = taken;
		} else if (at < glob.len &&
			   (glob.ptr[at] == '?' || silt_lower(glob.ptr[at]) == silt_lower(name.ptr[taken]))) {
			at++;
			taken++;
		} else if (star != SIZE_MAX) {
			at = star + 1;
			taken = ++star_taken;
		} else {
			return false;
		}
	}
	while (at < glob.len && glob.ptr[at] == '*') {
		at++;
	}
	return at == glob.len;
}

/* A path as it is walked: what is left of it, and its last component. */
struct walk {
	struct silt_bytes rest;
	struct silt_bytes part;
	bool more; /* `part` is one */
};

static void step(struct walk *walk)
{
	walk->more = walk->rest.len > 0;
	if (walk->more) {
		walk->part = silt_path_basename(walk->rest);
		walk->rest.len -= walk->part.len < walk->rest.len ? walk->part.len + 1 : walk->part.len;
	}
}

static struct walk walk_of(struct silt_bytes path)
{
	struct walk walk = {.rest = path};
	step(&walk);
	return walk;
}

static bool is_double_star(const struct walk *glob)
{
	return glob->more && glob->part.len == 2 && silt_bytes_all(glob->part, '*');
}

/* `star`: where to go on before the last double star; `star_path`: the components that it has not taken yet. */
static bool fits_path(struct walk glob, struct walk path, bool rooted)
{
	struct walk star = glob, star_path = path;
	bool starred = false;
	while (path.more && (glob.more || rooted)) {
		if (is_double_star(&glob)) {
			step(&glob);
			star = glob;
			star_path = path;
			starred = true;
		} else if (glob.more && silt_glob_fits(glob.part, path.part)) {
			step(&glob);
			step(&path);
		} else if (starred) {
			step(&star_path);
			glob = star;
			path = star_path;
		} else {
			return false;
		}
	}
	while (is_double_star(&glob)) {
		step(&glob);
	}
	return !glob.more;
}

/* The path from its root on: behind the last "!/", and without '/' in front. */
static struct silt_bytes from_root(struct silt_bytes path)
{
	bool inner = silt_bytes_find_byte(path, '!') != SIZE_MAX;
	for (size_t i = path.len; inner && i >= 2; i--) {
		if (path.ptr[i - 2] == '!' && path.ptr[i - 1] == '/') {
			path = silt_bytes_slice(path, i, path.len);
			break;
		}
	}
	while (path.len > 0 && path.ptr[0] == '/') {
		path = silt_bytes_slice(path, 1, path.len);
	}
	return path;
}

/* The folders that a rooted glob names in front of its first star stand at the root of a path, or it names none. */
static bool starts_differ(struct silt_bytes glob, struct silt_bytes path)
{
	size_t i = 0;
	while (i < glob.len && i < path.len && !is_wild(glob.ptr[i]) &&
	       silt_lower(glob.ptr[i]) == silt_lower(path.ptr[i])) {
		i++;
	}
	/* From here on they differ, or a star is next: no folder may end behind. */
	for (bool wild = i < glob.len && is_wild(glob.ptr[i]); !wild && ++i < glob.len && !is_wild(glob.ptr[i]);) {
		if (glob.ptr[i] == '/') {
			return true;
		}
	}
	return false;
}

bool silt_glob_names(struct silt_bytes glob, struct silt_bytes path)
{
	if (path.len == 0 || ends_differ(glob, path)) {
		return false;
	}
	bool rooted = glob.len > 0 && glob.ptr[0] == '/';
	if (rooted) {
		glob = silt_bytes_slice(glob, 1, glob.len);
		path = from_root(path);
		if (starts_differ(glob, path)) {
			return false;
		}
	}
	return fits_path(walk_of(glob), walk_of(path), rooted);
}
