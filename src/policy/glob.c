/*
 * One walk along glob and text. Of stars the last one is remembered, and of double stars: when what follows fails, the
 * star takes one byte more; where it must not, which is at '/', the double star before it does, and all stars behind that
 * begin anew.
 */
#include "policy/glob.h"

/* Where to go on if what comes after a star does not fit. */
struct star {
	size_t glob; /* behind the star; SIZE_MAX: there was none */
	size_t text; /* what it has not taken yet */
};

static bool is_double(struct silt_bytes glob, size_t at)
{
	return at + 1 < glob.len && glob.ptr[at] == '*' && glob.ptr[at + 1] == '*';
}

/* Lets a star take one byte more. */
static bool widen(struct star *star, struct silt_bytes text, bool slash, size_t *glob_at, size_t *text_at)
{
	if (star->glob == SIZE_MAX || star->text >= text.len || (!slash && text.ptr[star->text] == '/')) {
		return false;
	}
	*glob_at = star->glob;
	*text_at = ++star->text;
	return true;
}

bool silt_policy_glob(struct silt_bytes glob, struct silt_bytes text)
{
	struct star single = {SIZE_MAX, 0}, dual = {SIZE_MAX, 0};
	size_t g = 0, t = 0;
	while (g < glob.len || t < text.len) {
		if (is_double(glob, g)) {
			g += 2;
			dual = (struct star){g, t};
			single.glob = SIZE_MAX;
		} else if (g < glob.len && glob.ptr[g] == '*') {
			single = (struct star){++g, t};
		} else if (g < glob.len && t < text.len &&
			   (glob.ptr[g] == text.ptr[t] || (glob.ptr[g] == '?' && text.ptr[t] != '/'))) {
			g++;
			t++;
		} else if (!widen(&single, text, false, &g, &t)) {
			single.glob = SIZE_MAX;
			if (!widen(&dual, text, true, &g, &t)) {
				return false;
			}
		}
	}
	return true;
}
