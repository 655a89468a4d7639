/* A made-up result, policies out of texts, and what becomes of the one by the other. */
#ifndef SILT_TESTS_UNIT_POLICY_KIT_H
#define SILT_TESTS_UNIT_POLICY_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attributes.h"
#include "silt/audit.h"
#include "silt/policy.h"

/* 2026-11-22. */
#define KIT_TODAY INT64_C(1795305600)

#define KIT_DIGEST "sha256:abababababababababababababababababababababababababababababababab"

/*
 * Two images, app:1 and shop:2, and these findings, worst first:
 *
 *     critical  secret-file    github-pat   deleted   /root/.netrc of image 0      1111...
 *     high      user-root                   metadata  image 0, base                2222...
 *     medium    secret-env     env-password metadata  image 1, possible            3333...
 *     medium    priv-setuid                 visible   /usr/bin/su of both images   4444... (4755, 0:42, KIT_DIGEST)
 *     info      history-add                 metadata  image 0                      5555...
 *
 * app:1 runs as root, exposes 22/tcp, 8000-8010/tcp and 53/udp, and has busybox and perl; shop:2 runs as shop:web, which
 * is 10001:7, exposes nothing and has busybox.
 */
enum { KIT_PAT, KIT_ROOT, KIT_ENV, KIT_SETUID, KIT_ADD, KIT_FINDINGS };

/* With gaps if `complete` is false. */
const struct silt_result *kit_result(bool complete);

/* A policy of "version: 1" and this text. The test fails if it is none. */
struct silt_policy *kit_policy(const char *yaml);

/* The same, judging the result today. */
struct silt_judgement *kit_judge(const char *yaml);

/* The finding of the result with that number, as judged. */
const struct silt_finding *kit_finding(const struct silt_judgement *judgement, int number);

/* Judges by this text, and compares the standings of the findings, in the order above: "counts below known ...". */
void assert_standings(const char *yaml, const char *standings);

/* The mistakes of "version: 1" and this text, with a line end behind each. */
void assert_mistakes(const char *yaml, const char *mistakes);

#endif
