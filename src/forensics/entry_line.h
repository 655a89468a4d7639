/* Inside the forensics floor: a name or an entry as a line. */
#ifndef SILT_FORENSICS_ENTRY_LINE_H
#define SILT_FORENSICS_ENTRY_LINE_H

#include "base/json.h"
#include "forensics/listed.h"
#include "report/outlet.h"

/* What has gathered in an outlet goes to the sink when it is so much. */
enum { SILT_LISTING_PIECE = 64 * 1024 };

/* After a line. */
static inline enum silt_status silt_line_end(struct silt_outlet *outlet)
{
	return outlet->out.len < SILT_LISTING_PIECE && !outlet->out.failed ? outlet->status : silt_outlet_flush(outlet);
}

/* A line for people: `marks` begins it with what the layer did, `details` tells mode, owner, size and time. */
void silt_listed_text(const struct silt_result *result, const struct silt_listed *listed, bool marks, bool details,
		      struct silt_buffer *out);

/* All that is known of it, as members of the object that is open. */
void silt_listed_members(const struct silt_result *result, const struct silt_listed *listed,
			 struct silt_json_writer *writer);

/* The same as a line of its own. */
enum silt_status silt_listed_json(const struct silt_result *result, const struct silt_listed *listed,
				  struct silt_outlet *outlet);

/* "/PATH", escaped, and where it leads to. */
void silt_listed_add_name(const struct silt_listed *listed, struct silt_buffer *out);

#endif
