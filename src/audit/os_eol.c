/* The table of support. Rolling distributions (arch, wolfi, tumbleweed, sid, edge) are not in it. */
#include "audit/os_eol.h"

#include "base/ascii.h"
#include "base/attributes.h"

const char silt_os_eol_as_of[] = "2026-07-01";

/* A row is about a version and all versions that add a part to it: "8" is 8.10 too. */
static const struct row {
	const char *id, *version;
	const char *last_day;
	const char *name; /* how PRETTY_NAME begins; NULL: any */
} rows[] = {
	/* Debian, with its Long Term Support, which comes from the same servers: https://wiki.debian.org/LTS */
	{"debian", "6", "2016-02-29", NULL},
	{"debian", "7", "2018-05-31", NULL},
	{"debian", "8", "2020-06-30", NULL},
	{"debian", "9", "2022-06-30", NULL},
	{"debian", "10", "2024-06-30", NULL},
	{"debian", "11", "2026-08-31", NULL},
	{"debian", "12", "2028-06-30", NULL},
	{"debian", "13", "2030-06-30", NULL},
	/* Without Ubuntu Pro: https://wiki.ubuntu.com/Releases */
	{"ubuntu", "12.04", "2017-04-28", NULL},
	{"ubuntu", "12.10", "2014-05-16", NULL},
	{"ubuntu", "13.04", "2014-01-27", NULL},
	{"ubuntu", "13.10", "2014-07-17", NULL},
	{"ubuntu", "14.04", "2019-04-30", NULL},
	{"ubuntu", "14.10", "2015-07-23", NULL},
	{"ubuntu", "15.04", "2016-02-04", NULL},
	{"ubuntu", "15.10", "2016-07-28", NULL},
	{"ubuntu", "16.04", "2021-04-30", NULL},
	{"ubuntu", "16.10", "2017-07-20", NULL},
	{"ubuntu", "17.04", "2018-01-13", NULL},
	{"ubuntu", "17.10", "2018-07-19", NULL},
	{"ubuntu", "18.04", "2023-05-31", NULL},
	{"ubuntu", "18.10", "2019-07-18", NULL},
	{"ubuntu", "19.04", "2020-01-23", NULL},
	{"ubuntu", "19.10", "2020-07-17", NULL},
	{"ubuntu", "20.04", "2025-05-31", NULL},
	{"ubuntu", "20.10", "2021-07-22", NULL},
	{"ubuntu", "21.04", "2022-01-20", NULL},
	{"ubuntu", "21.10", "2022-07-14", NULL},
	{"ubuntu", "22.04", "2027-04-30", NULL},
	{"ubuntu", "22.10", "2023-07-20", NULL},
	{"ubuntu", "23.04", "2024-01-25", NULL},
	{"ubuntu", "23.10", "2024-07-12", NULL},
	{"ubuntu", "24.04", "2029-05-31", NULL},
	{"ubuntu", "24.10", "2025-07-10", NULL},
	{"ubuntu", "25.04", "2026-01-17", NULL},
	/* https://alpinelinux.org/releases/ */
	{"alpine", "3.0", "2016-05-01", NULL},
	{"alpine", "3.1", "2016-11-01", NULL},
	{"alpine", "3.2", "2017-05-01", NULL},
	{"alpine", "3.3", "2017-11-01", NULL},
	{"alpine", "3.4", "2018-05-01", NULL},
	{"alpine", "3.5", "2018-11-01", NULL},
	{"alpine", "3.6", "2019-05-01", NULL},
	{"alpine", "3.7", "2019-11-01", NULL},
	{"alpine", "3.8", "2020-05-01", NULL},
	{"alpine", "3.9", "2020-11-01", NULL},
	{"alpine", "3.10", "2021-05-01", NULL},
	{"alpine", "3.11", "2021-11-01", NULL},
	{"alpine", "3.12", "2022-05-01", NULL},
	{"alpine", "3.13", "2022-11-01", NULL},
	{"alpine", "3.14", "2023-05-01", NULL},
	{"alpine", "3.15", "2023-11-01", NULL},
	{"alpine", "3.16", "2024-05-23", NULL},
	{"alpine", "3.17", "2024-11-22", NULL},
	{"alpine", "3.18", "2025-05-09", NULL},
	{"alpine", "3.19", "2025-11-01", NULL},
	{"alpine", "3.20", "2026-04-01", NULL},
	{"alpine", "3.21", "2026-11-01", NULL},
	{"alpine", "3.22", "2027-05-01", NULL},
	{"alpine", "3.23", "2027-11-01", NULL},
	/* https://access.redhat.com/support/policy/updates/errata */
	{"rhel", "5", "2017-03-31", NULL},
	{"rhel", "6", "2020-11-30", NULL},
	{"rhel", "7", "2024-06-30", NULL},
	{"rhel", "8", "2029-05-31", NULL},
	{"rhel", "9", "2032-05-31", NULL},
	{"rhel", "10", "2035-05-31", NULL},
	/* CentOS Linux and CentOS Stream have the same ID and VERSION_ID */
	{"centos", "5", "2017-03-31", NULL},
	{"centos", "6", "2020-11-30", NULL},
	{"centos", "7", "2024-06-30", NULL},
	{"centos", "8", "2021-12-31", "CentOS Linux"},
	{"centos", "8", "2024-05-31", "CentOS Stream"},
	{"centos", "9", "2027-05-31", NULL},
	/* https://wiki.rockylinux.org/rocky/version/ */
	{"rocky", "8", "2029-05-31", NULL},
	{"rocky", "9", "2032-05-31", NULL},
	{"rocky", "10", "2035-05-31", NULL},
	/* https://wiki.almalinux.org/release-notes/ */
	{"almalinux", "8", "2029-05-31", NULL},
	{"almalinux", "9", "2032-05-31", NULL},
	{"almalinux", "10", "2035-05-31", NULL},
	/* https://docs.fedoraproject.org/en-US/releases/eol/ */
	{"fedora", "20", "2015-06-23", NULL},
	{"fedora", "21", "2015-12-01", NULL},
	{"fedora", "22", "2016-07-19", NULL},
	{"fedora", "23", "2016-12-20", NULL},
	{"fedora", "24", "2017-08-08", NULL},
	{"fedora", "25", "2017-12-12", NULL},
	{"fedora", "26", "2018-05-29", NULL},
	{"fedora", "27", "2018-11-30", NULL},
	{"fedora", "28", "2019-05-28", NULL},
	{"fedora", "29", "2019-11-26", NULL},
	{"fedora", "30", "2020-05-26", NULL},
	{"fedora", "31", "2020-11-24", NULL},
	{"fedora", "32", "2021-05-25", NULL},
	{"fedora", "33", "2021-11-30", NULL},
	{"fedora", "34", "2022-06-07", NULL},
	{"fedora", "35", "2022-12-13", NULL},
	{"fedora", "36", "2023-05-16", NULL},
	{"fedora", "37", "2023-12-05", NULL},
	{"fedora", "38", "2024-05-21", NULL},
	{"fedora", "39", "2024-11-26", NULL},
	{"fedora", "40", "2025-05-13", NULL},
	{"fedora", "41", "2025-12-15", NULL},
	{"fedora", "42", "2026-05-13", NULL},
	/* https://aws.amazon.com/amazon-linux-2/faqs/ */
	{"amzn", "2", "2026-06-30", NULL},
	{"amzn", "2018", "2023-12-31", NULL},
	{"amzn", "2017", "2023-12-31", NULL},
	{"amzn", "2016", "2023-12-31", NULL},
	{"amzn", "2023", "2029-06-30", NULL},
	/* https://en.opensuse.org/Lifetime */
	{"opensuse", "13.1", "2016-02-03", NULL},
	{"opensuse", "13.2", "2017-01-17", NULL},
	{"opensuse", "42.1", "2017-05-17", NULL},
	{"opensuse", "42.2", "2018-01-26", NULL},
	{"opensuse", "42.3", "2019-07-01", NULL},
	{"opensuse-leap", "15.0", "2019-12-03", NULL},
	{"opensuse-leap", "15.1", "2021-02-02", NULL},
	{"opensuse-leap", "15.2", "2022-01-04", NULL},
	{"opensuse-leap", "15.3", "2022-12-31", NULL},
	{"opensuse-leap", "15.4", "2023-12-07", NULL},
	{"opensuse-leap", "15.5", "2024-12-31", NULL},
	{"opensuse-leap", "15.6", "2026-04-30", NULL},
	/* Without LTSS: https://www.suse.com/lifecycle/ */
	{"sles", "12", "2016-06-30", NULL},
	{"sles", "12.1", "2017-05-31", NULL},
	{"sles", "12.2", "2018-03-31", NULL},
	{"sles", "12.3", "2019-06-30", NULL},
	{"sles", "12.4", "2020-06-30", NULL},
	{"sles", "12.5", "2024-10-31", NULL},
	{"sles", "15", "2019-12-31", NULL},
	{"sles", "15.1", "2021-01-31", NULL},
	{"sles", "15.2", "2021-12-31", NULL},
	{"sles", "15.3", "2022-12-31", NULL},
	{"sles", "15.4", "2023-12-31", NULL},
	{"sles", "15.5", "2024-12-31", NULL},
	{"sles", "15.6", "2025-12-31", NULL},
	{"sles", "15.7", "2031-07-31", NULL},
	/* https://www.oracle.com/a/ocom/docs/elsp-lifetime-069338.pdf */
	{"ol", "5", "2017-06-30", NULL},
	{"ol", "6", "2021-03-31", NULL},
	{"ol", "7", "2024-12-31", NULL},
	{"ol", "8", "2029-07-31", NULL},
	{"ol", "9", "2032-06-30", NULL},
	/* https://github.com/vmware/photon/wiki */
	{"photon", "1.0", "2022-02-28", NULL},
	{"photon", "2.0", "2022-12-31", NULL},
	{"photon", "3.0", "2024-03-01", NULL},
	/* https://learn.microsoft.com/azure/azure-linux/ */
	{"mariner", "1.0", "2023-08-31", NULL},
	{"mariner", "2.0", "2025-07-31", NULL},
	{"azurelinux", "3.0", "2027-08-31", NULL},
};

/* SUSE names a first version "15" and the next "15.1": there a row is about its own version alone. */
static bool has_exact_versions(struct silt_bytes id)
{
	return silt_bytes_equal(id, SILT_LITERAL("sles"));
}

/* True for "3.18.4" and "3.18"; false for "3.18.0_alpha", which is a rolling release between two. */
static bool is_version(struct silt_bytes version, struct silt_bytes row, bool exact)
{
	if (!silt_bytes_start_with(version, row)) {
		return false;
	}
	struct silt_bytes rest = silt_bytes_slice(version, row.len, version.len);
	if (rest.len == 0 || exact) {
		return rest.len == 0;
	}
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] != '.' && !silt_is_digit(rest.ptr[i])) {
			return false;
		}
	}
	return rest.ptr[0] == '.';
}

const char *silt_os_eol(struct silt_bytes id, struct silt_bytes version, struct silt_bytes pretty_name)
{
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		const struct row *row = &rows[i];
		if (silt_bytes_equal(id, silt_bytes_text(row->id)) &&
		    is_version(version, silt_bytes_text(row->version), has_exact_versions(id)) &&
		    silt_bytes_start_with(pretty_name, silt_bytes_text(row->name))) {
			return row->last_day;
		}
	}
	return NULL;
}
