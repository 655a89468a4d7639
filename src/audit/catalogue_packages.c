/* The catalogue: what package databases and os-release tell. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info surface[] = {
	{
		.id = "pkg-os-eol",
		.family = SILT_CHECKS_SURFACE,
		.title = "Distribution without security updates",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "etc/os-release, usr/lib/os-release",
		.decides = "ID and VERSION_ID are looked up in a table of the days on which free security updates "
			   "ended: Debian with its LTS, Ubuntu without Pro, and so on. Rolling, unknown and derived "
			   "distributions are not judged. The day of the comparison is SOURCE_DATE_EPOCH, or today.",
		.why = "After that day bugs become known and stay: an upgrade in the Dockerfile installs nothing any "
		       "more, and mirrors vanish. Scanners that compare package versions with advisories fall silent "
		       "too, since nobody writes advisories for it.",
		.fix = "Build on a release that is still supported.",
		.dockerfile = "FROM debian:13-slim",
		.aliases = "",
		.references = "https://wiki.debian.org/LTS https://wiki.ubuntu.com/Releases "
			      "https://alpinelinux.org/releases/",
	},
};

static const struct silt_check_info integrity[] = {
	{
		.id = "integrity-package-modified",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "File of a package was changed",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high for programs and libraries, medium otherwise",
		.looks_at = "digests in the databases of dpkg (MD5), apk (SHA-1) and rpm; programs and scripts of up "
			    "to 1 MiB in bin, sbin, usr/bin and usr/sbin; the C library, its loader, NSS and PAM "
			    "modules, files with setuid, setgid or capabilities, and files with secrets, of up to 8 "
			    "MiB",
		.decides = "A visible file whose package, by a database that came with the base or by installing "
			   "packages, has another digest. Databases that were copied into the image prove nothing. "
			   "Not judged: configuration, diverted files, what another package has taken over, files "
			   "that are gone, other libraries and larger programs, whose digests would cost too much, "
			   "and all of an image that was prelinked.",
		.why = "Packages are signed, and what they install is known to everybody. A program that is something "
		       "else was replaced after it was installed: by an instruction that meant well, by an installer "
		       "that bypasses the package manager, or by somebody with other plans. dpkg's MD5 shows changes; "
		       "against somebody who can make collisions it proves nothing.",
		.fix = "Compare the file with that of its package (dpkg -V, apk audit, rpm -V), and keep changed "
		       "programs in /usr/local.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man1/dpkg.1.html "
			      "https://man7.org/linux/man-pages/man8/rpm.8.html",
	},
};

const struct silt_catalogue_part silt_catalogue_os = {surface, SILT_COUNT(surface)};
const struct silt_catalogue_part silt_catalogue_package = {integrity, SILT_COUNT(integrity)};
