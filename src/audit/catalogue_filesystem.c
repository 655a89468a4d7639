/* The catalogue: hygiene of files. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "fs-device-node",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Device node in a layer",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "the type and numbers of every entry of every layer",
		.decides = "A character or block device other than null, zero, full, random, urandom, tty, console and "
			   "ptmx. A character device 0:0 is a deletion mark of overlayfs and reported as such.",
		.why = "Runtimes make the devices that a container needs. A node in a layer gives whoever may open it "
		       "the host's device: a disk, memory, the console. Device rules of the runtime are all that "
		       "stands between.",
		.fix = "Remove the node; give a device at run time, and only to the container that needs it.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://docs.docker.com/reference/cli/docker/container/run/#device",
	},
};

const struct silt_catalogue_part silt_catalogue_filesystem = {rows, SILT_COUNT(rows)};
