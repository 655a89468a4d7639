/* Patterns of paths: matched from left to right, with one place to go back to for each kind of star. */
#include "forensics/glob.h"

/* The set that begins with the '[' at `at`: the position behind its ']', or 0 if it has none. */
static size_t end_of_set(struct silt_bytes glob, size_t at)
{
	size_t i = at + 1;
	i += i < glob.len && (glob.ptr[i] == '!' || glob.ptr[i] == '^');
	i += i < glob.len && glob.ptr[i] == ']'; /* the first is one of the set */
	while (i < glob.len && glob.ptr[i] != ']') {
		i++;
	}
	return i < glob.len ? i + 1 : 0;
}

static bool is_in_set(struct silt_bytes set, uint8_t byte)
{
	bool negated = set.len > 0 && (set.ptr[0] == '!' || set.ptr[0] == '^'), found = false;
	for (size_t i = negated; i < set.len; i++) {
		bool range = i + 2 < set.len && set.ptr[i + 1] == '-';
		uint8_t last = range ? set.ptr[i + 2] : set.ptr[i];
		found = found || (set.ptr[i] <= byte && byte <= last);
		i += range ? 2 : 0;
	}
	return found != negated && byte != '/';
}

/* Whether one byte fits what stands at `*at`, which is no star; `*at` is behind that then. */
static bool fits_one(struct silt_bytes glob, size_t *at, uint8_t byte)
{
	uint8_t sign = glob.ptr[*at];
	size_t end = sign == '[' ? end_of_set(glob, *at) : 0;
	bool fits, quoted = sign == '\\' && *at + 1 < glob.len;
	if (end > 0) {
		fits = is_in_set(silt_bytes_slice(glob, *at + 1, end - *at - 2), byte);
	} else if (quoted) {
		end = *at + 2;
		fits = glob.ptr[*at + 1] == byte;
	} else {
		end = *at + 1;
		fits = sign == '?' ? byte != '/' : sign == byte;
	}
	*at = fits ? end : *at;
	return fits;
}

/* A star that was met: where the pattern goes on, and where in the path it may go on. */
struct star {
	bool met;
	bool folders; /* a double star with a '/': it ends where a component begins */
	size_t glob, path;
};

/* Takes a star at `*at`, if there is one. */
static bool take_star(struct silt_bytes glob, size_t *at, size_t path, struct star *one, struct star *two)
{
	if (*at >= glob.len || glob.ptr[*at] != '*') {
		return false;
	}
	bool is_double = *at + 1 < glob.len && glob.ptr[*at + 1] == '*';
	bool begins = *at == 0 || glob.ptr[*at - 1] == '/';
	bool folders = is_double && begins && *at + 2 < glob.len && glob.ptr[*at + 2] == '/';
	*at += is_double ? 2 + folders : 1;
	*(is_double ? two : one) = (struct star){true, folders, *at, path};
	one->met = !is_double;
	return true;
}

/* Goes back to a star and gives it one byte more, or one folder. False if it cannot have that. */
static bool give_more(struct star *star, bool is_double, struct silt_bytes path)
{
	do {
		if (!star->met || star->path >= path.len || (!is_double && path.ptr[star->path] == '/')) {
			return false;
		}
		star->path++;
	} while (star->folders && path.ptr[star->path - 1] != '/');
	return true;
}

bool silt_listing_glob(struct silt_bytes glob, struct silt_bytes path)
{
	struct star one = {0}, two = {0};
	size_t at = 0, to = 0;
	while (at < glob.len || to < path.len) {
		if (take_star(glob, &at, to, &one, &two)) {
			continue;
		}
		if (at < glob.len && to < path.len && fits_one(glob, &at, path.ptr[to])) {
			to++;
			continue;
		}
		if (give_more(&one, false, path)) {
			at = one.glob;
			to = one.path;
		} else if (give_more(&two, true, path)) {
			one.met = false;
			at = two.glob;
			to = two.path;
		} else {
			return false;
		}
	}
	return true;
}

bool silt_listing_is_glob(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '*' || text.ptr[i] == '?' || text.ptr[i] == '[' || text.ptr[i] == '\\') {
			return true;
		}
	}
	return false;
}
