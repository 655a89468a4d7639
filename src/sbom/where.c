/* Names of entries, and what the final tree and its links make of them. */
#include "sbom/where.h"

#include "base/path.h"

void silt_sbom_where_done(struct silt_sbom_where *where)
{
	silt_buffer_done(&where->folder);
	silt_buffer_done(&where->moved);
	silt_buffer_done(&where->raw_room);
	silt_buffer_done(&where->home_room);
	silt_buffer_done(&where->path_room);
}

/* Which links lead to the folder or to one above it. */
static void find_links(struct silt_sbom_where *where, const struct silt_sbom_links *links)
{
	struct silt_bytes at = silt_buffer_bytes(&where->moved);
	where->above_count = 0;
	for (size_t i = 0; i < SILT_SBOM_ABOVE; i++) {
		size_t count;
		const struct silt_sbom_link *first = silt_sbom_links_to(links, at, &count);
		if (first) {
			where->above[where->above_count].first = first;
			where->above[where->above_count].count = count;
			where->above[where->above_count++].rest = at.len + (at.len > 0);
		}
		if (at.len == 0) {
			return;
		}
		at = silt_path_parent(at);
	}
}

static void enter(struct silt_sbom_where *where, const struct silt_image *image, const struct silt_sbom_links *links,
		  struct silt_bytes folder)
{
	if (where->known && silt_bytes_equal(silt_buffer_bytes(&where->folder), folder)) {
		return;
	}
	silt_buffer_clear(&where->folder);
	silt_buffer_add(&where->folder, folder);
	if (!silt_sbom_find_folder(image, folder, &where->moved)) {
		silt_buffer_clear(&where->moved);
		silt_buffer_add(&where->moved, folder);
	}
	find_links(where, links);
	where->known = true;
}

static bool try_path(struct silt_sbom_where *where, struct silt_bytes path)
{
	where->path = path;
	where->place = silt_sbom_place_at(path);
	return where->place != NULL;
}

static bool try_links(struct silt_sbom_where *where)
{
	for (size_t i = 0; i < where->above_count; i++) {
		const struct silt_bytes rest = silt_bytes_slice(where->home, where->above[i].rest, where->home.len);
		for (size_t j = 0; j < where->above[i].count; j++) {
			if (try_path(where, silt_path_join(&where->path_room, where->above[i].first[j].name, rest))) {
				return true;
			}
		}
	}
	return false;
}

bool silt_sbom_where_is(struct silt_sbom_where *where, const struct silt_image *image,
			const struct silt_sbom_links *links, const struct silt_entry_view *view)
{
	enter(where, image, links, view->folder);
	where->raw = silt_path_join(&where->raw_room, view->folder, view->name);
	where->home = silt_path_join(&where->home_room, silt_buffer_bytes(&where->moved), view->name);
	if (!try_path(where, where->home) && !try_links(where)) {
		(void)try_path(where, where->raw);
	}
	return !where->folder.failed && !where->moved.failed && !where->raw_room.failed && !where->home_room.failed &&
	       !where->path_room.failed;
}
