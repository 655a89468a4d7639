/*
 * Names of files as rules write them: '*' and '?' within a component, a double star for any number of components.
 *
 *     id_rsa             the last component is it
 *     *.tfvars           the last component ends so
 *     .aws/credentials   the last two components are these
 *     /etc/shadow        the path is this, from its root on
 *     home/ ** /.netrc   (without the spaces) a ".netrc" at any depth below any "home"
 */
#ifndef SILT_SECRET_GLOB_H
#define SILT_SECRET_GLOB_H

#include "base/bytes.h"

/*
 * True if `path` is one of the files that `glob` names; the case of ASCII letters does not count. A path in an archive
 * in an archive ("lib/inner.jar!/etc/shadow") has its root behind the last "!/". The empty path has no name. Takes
 * steps of the order of glob.len * path.len at most.
 */
bool silt_glob_names(struct silt_bytes glob, struct silt_bytes path);

/* True if the component `name` fits `glob`, which has no '/'. */
bool silt_glob_fits(struct silt_bytes glob, struct silt_bytes name);

#endif
