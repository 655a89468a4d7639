/*
 * manifest.json against index.json. `docker load` of the classic store, podman and others believe the one, containerd
 * and docker with its store the other (image-formats 4): an archive can show each of them another image.
 */
#include "bundle/resolve.h"

static bool is_by(const struct silt_resolver *resolver, size_t image, unsigned flag)
{
	return (resolver->images->images[image].declared & flag) != 0;
}

/*
 * True if manifest.json names another image of the same nested index: containerd writes the whole index and names the
 * one platform it saves in manifest.json.
 */
static bool is_other_platform(const struct silt_resolver *resolver, size_t image)
{
	const struct silt_images *images = resolver->images;
	for (size_t i = 0; i < images->count && resolver->groups[image] != SILT_MEMBER_NONE; i++) {
		if (is_by(resolver, i, SILT_DECLARED_ARCHIVE) && resolver->groups[i] == resolver->groups[image] &&
		    !silt_bytes_equal(images->images[i].platform, images->images[image].platform)) {
			return true;
		}
	}
	return false;
}

struct sides {
	size_t archive, index; /* images that only this one declares */
};

static struct sides count_sides(const struct silt_resolver *resolver)
{
	struct sides sides = {0};
	for (size_t i = 0; i < resolver->images->count; i++) {
		bool by_archive = is_by(resolver, i, SILT_DECLARED_ARCHIVE);
		bool by_index = is_by(resolver, i, SILT_DECLARED_INDEX);
		sides.archive += by_archive && !by_index;
		sides.index += by_index && !by_archive && !is_other_platform(resolver, i);
	}
	return sides;
}

void silt_compare_indexes(struct silt_resolver *resolver)
{
	if (resolver->archive_documents == 0 || resolver->index_documents == 0) {
		return;
	}
	struct sides sides = count_sides(resolver);
	size_t only = sides.archive + sides.index;
	if (sides.archive > 0 && sides.index > 0) {
		silt_issue_raise(
			resolver, SILT_ISSUE_SPLIT, SILT_MEMBER_NONE,
			"manifest.json and index.json declare different images: %zu only in the one, %zu only in "
			"the other. Which of them is loaded depends on the program; all were audited.",
			sides.archive, sides.index);
	} else if (sides.archive > 0 || sides.index > 0) {
		silt_issue_raise(resolver, SILT_ISSUE_SPLIT_SUBSET, SILT_MEMBER_NONE,
				 "%zu image%s declared by %s alone. Programs that believe the other file do not see "
				 "%s; all were audited.",
				 only, only == 1 ? " is" : "s are", sides.archive > 0 ? "manifest.json" : "index.json",
				 only == 1 ? "it" : "them");
	}
}
