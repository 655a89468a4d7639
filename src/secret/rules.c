/*
 * The rules that silt ships.
 *
 * Ids are stable: policies and baselines name them. A pattern starts with its anchor unless `back` says otherwise, and
 * is bounded by `reach`. Classes stop at the first byte of their own anchor wherever they can be long, so that a flood
 * of anchors costs no more than one look at each byte.
 *
 * Where two rules can meet on the same bytes, the specific one wins: npmrc-auth leaves tokens of npm, GitHub and
 * GitLab to their rules. A Google service account is the exception: it is reported, and so is the private key inside
 * it, with the same value id, because each says something that the other does not.
 */
#include "secret/validate.h"

#include "base/attributes.h"

#define ANCHORS(...) ((const char *const[]){__VA_ARGS__, NULL})

/*
 * The end of an escape sequence looks like the end of a word, and is not: `\n` and its like, `\x3d`, `\u003e`, `%3D`,
 * and the colours of a terminal, whose ESC may itself be spelled out (`\e[1;31m`, `\u001b[0m`), so that only what
 * follows it counts; `[K` stands behind the colours of grep. A lookbehind must have a fixed length: one row for each.
 */
#define COLOUR(parameters) "|\\[[0-9;]{" #parameters "}[mK]"
#define AFTER_ESCAPE                                                                                                   \
	"(?<=\\\\[abefnrtv0]|%[0-9A-Fa-f]{2}|\\\\x[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}" COLOUR(0) COLOUR(1) COLOUR(2)    \
		COLOUR(3) COLOUR(4) COLOUR(5) COLOUR(6) COLOUR(7) COLOUR(8) ")"

/* What may stand before and behind a token: nothing that would make it a part of a longer word. */
#define LEFT "(?:(?<![A-Za-z0-9])|" AFTER_ESCAPE ")"
#define RIGHT "(?![A-Za-z0-9])"
#define RIGHT_URL "(?![A-Za-z0-9_-])"

/* Quotes, escaped or not; and what joins a name to its value: `=`, `: `, `":"`, `=>`, `">`, a space. */
#define QUOTES "[\\\\\"']{0,4}"
#define JOINT "(?:[\\\\\"'\\])]{0,4}[ \\t]{0,16}(?:=>|:=|[=:,>])|[ \\t])\\s{0,16}" QUOTES

/* Tokens that have a rule of their own, as a generic rule must recognise them. */
#define SPECIFIC                                                                                                       \
	"(?:(?:npm_|gh[opu]_)[A-Za-z0-9]{36}" RIGHT                                                                    \
	"|ghs_[A-Za-z0-9]{36}|ghr_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82}"                                         \
	"|glpat-[A-Za-z0-9_-]{20})"

/* The body of armor: anything but NUL, up to the next five dashes. */
#define ARMOR_BODY "[^\\x00-]*+(?:-(?!----)[^\\x00-]*+)*+"
/* Without an END line: what looks like base64. */
#define ARMOR_CUT "[\\s\\\\nr\"'>#*]{1,80}[A-Za-z0-9+/=]{16,}+(?:[\\s\\\\]++[A-Za-z0-9+/=]++)*+"

enum {
	/* The longest escape, `[38;5;196m`: the context of every rule with LEFT in its pattern. */
	ESCAPE_CONTEXT = 10,
	/* An RSA key of 16 384 bits takes 12.6 kB of PEM; indentation and escapes add to it. */
	KEY_REACH = 24 * 1024,
	/* A service account's members before its key (URLs and names), and its key of 4096 bits with those behind. */
	ACCOUNT_CONTEXT = 2 * 1024,
	ACCOUNT_REACH = 6 * 1024,
};

#define REVOKE_GITHUB                                                                                                  \
	"Revoke it at github.com/settings/tokens (an owner: in the organisation's settings) and issue a new one."
#define REVOKE_GITLAB                                                                                                  \
	"Revoke it in GitLab where it was made (user, project, group or runner settings) and issue a new one."
#define REVOKE_AWS                                                                                                     \
	"Deactivate and delete the access key in IAM, look for its use in CloudTrail, and use a role instead."
#define REVOKE_KEY                                                                                                     \
	"Treat the key pair as stolen: make a new one, remove the public key wherever it is trusted, revoke "          \
	"certificates."

static const struct silt_rule rules[] = {
	{
		.id = "private-key",
		.title = "Private key",
		.remedy = REVOKE_KEY,
		.severity = SILT_SEVERITY_CRITICAL,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("-----BEGIN ", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"),
		.pattern = "-----BEGIN (?<label>(?:[A-Z0-9]{1,16} ){0,4})PRIVATE KEY-----"
			   "(?:" ARMOR_BODY "-----END \\g{label}PRIVATE KEY-----|" ARMOR_CUT ")"
			   "|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----[^\\x00-]*+(?:-(?!--- )[^\\x00-]*+)*+"
			   "---- END SSH2 ENCRYPTED PRIVATE KEY ----",
		.reach = KEY_REACH,
		.validate = silt_validate_pem,
	},
	{
		.id = "putty-private-key",
		.title = "PuTTY private key",
		.remedy = REVOKE_KEY,
		.severity = SILT_SEVERITY_CRITICAL,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("PuTTY-User-Key-File-"),
		.pattern =
			"PuTTY-User-Key-File-[123]:(?:[^\\x00P]*+(?:P(?!uTTY-User-Key-File-|rivate-MAC:)[^\\x00P]*+)*+"
			"Private-MAC:[ \\t]*[0-9a-fA-F]{40,64}"
			"|[ \\t]*[a-z0-9-]{4,40}[\\s\\\\nr\"'>#*]{1,80}Encryption:[ \\t]*[a-z0-9-]{3,20})",
		.reach = KEY_REACH,
		.validate = silt_validate_putty,
	},
	{
		.id = "pgp-private-key",
		.title = "OpenPGP private key",
		.remedy = "Treat the key as stolen: publish its revocation certificate and make a new one.",
		.severity = SILT_SEVERITY_CRITICAL,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("-----BEGIN PGP PRIVATE KEY BLOCK-----"),
		.pattern = "-----BEGIN PGP PRIVATE KEY BLOCK-----"
			   "(?:" ARMOR_BODY "-----END PGP PRIVATE KEY BLOCK-----|"
			   "(?:[\\s\\\\nr\"'>#*]{1,80}(?:Version|Comment|Hash|Charset|MessageID): [ "
			   "-[\\]-~]{0,200}){0,8}" ARMOR_CUT ")",
		.reach = KEY_REACH,
		.validate = silt_validate_pgp,
	},
	{
		.id = "aws-access-key-id",
		.title = "AWS access key id",
		.remedy = REVOKE_AWS,
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("AKIA", "ASIA", "ABIA", "ACCA"),
		.pattern = LEFT "A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}" RIGHT,
		.reach = 20,
		.context = ESCAPE_CONTEXT,
		.show = 4,
		.validate = silt_validate_aws_id,
	},
	{
		.id = "aws-secret-access-key",
		.title = "AWS secret access key",
		.remedy = REVOKE_AWS,
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("secret_access_key", "SECRET_ACCESS_KEY", "secret-access-key", "ecretAccessKey",
				   "aws_secret_key", "AWS_SECRET_KEY", "aws.secretKey", "awsSecretKey", "AWSSecretKey"),
		.pattern = "(?i:secret[_-]access[_-]key|ecretAccessKey|aws[_.]?secret_?key)" JOINT
			   "(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
		.reach = 128,
		.validate = silt_validate_aws_secret,
	},
	{
		.id = "aws-session-token",
		.title = "AWS session token",
		.remedy = "It expires within 36 hours; revoke the role's active sessions in IAM if it is younger.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("aws_session_token", "AWS_SESSION_TOKEN", "essionToken", "aws_security_token",
				   "AWS_SECURITY_TOKEN", "aws-session-token"),
		.pattern = "(?i:aws[_-](?:session|security)[_-]token|essionToken)" JOINT
			   "(?<secret>[A-Za-z0-9/+]{100,2000}+={0,2})(?![A-Za-z0-9/+=])",
		.reach = 2200,
		.validate = silt_validate_aws_session,
	},
	{
		.id = "github-pat",
		.title = "GitHub personal access token",
		.remedy = REVOKE_GITHUB,
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("ghp_"),
		.pattern = LEFT "ghp_[A-Za-z0-9]{36}" RIGHT,
		.reach = 40,
		.context = ESCAPE_CONTEXT,
		.show = 4,
		.validate = silt_validate_github,
	},
	{
		.id = "github-oauth",
		.title = "GitHub OAuth access token",
		.remedy = "Revoke the application's access at github.com/settings/applications.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("gho_"),
		.pattern = LEFT "gho_[A-Za-z0-9]{36}" RIGHT,
		.reach = 40,
		.context = ESCAPE_CONTEXT,
		.show = 4,
		.validate = silt_validate_github,
	},
	{
		.id = "github-app-token",
		.title = "GitHub App token",
		.remedy = "It expires within hours; replace the private key or client secret of the app that made it.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("ghu_", "ghs_"),
		.pattern = LEFT "(?:ghs_[A-Za-z0-9_-]{20,600}+(?:\\.[A-Za-z0-9_-]{20,1200}+){1,2}" RIGHT_URL
				"|gh[us]_[A-Za-z0-9]{36}" RIGHT ")",
		.reach = 3100,
		.context = ESCAPE_CONTEXT,
		.show = 4,
		.validate = silt_validate_github_server,
	},
	{
		.id = "github-refresh-token",
		.title = "GitHub App refresh token",
		.remedy = "Revoke the app's authorisation at github.com/settings/apps/authorizations.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("ghr_"),
		.pattern = LEFT "ghr_[A-Za-z0-9]{36}(?:[A-Za-z0-9]{40})?" RIGHT,
		.reach = 80,
		.context = ESCAPE_CONTEXT,
		.show = 4,
		.validate = silt_validate_github,
	},
	{
		.id = "github-fine-grained-pat",
		.title = "GitHub fine-grained personal access token",
		.remedy = REVOKE_GITHUB,
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("github_pat_"),
		.pattern = LEFT "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}" RIGHT,
		.reach = 93,
		.context = ESCAPE_CONTEXT,
		.show = 8,
		.validate = silt_validate_github_fine_grained,
	},
	{
		.id = "gitlab-pat",
		.title = "GitLab personal access token",
		.remedy = REVOKE_GITLAB,
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("glpat-"),
		.pattern = LEFT "glpat-(?:[A-Za-z0-9_-]{27,300}+\\.[0-9a-z]{2}\\.[0-9a-z]{9}" RIGHT
				"|[A-Za-z0-9_-]{20}" RIGHT_URL ")",
		.reach = 320,
		.context = ESCAPE_CONTEXT,
		.show = 6,
		.validate = silt_validate_gitlab,
	},
	{
		.id = "gitlab-token",
		.title = "GitLab token",
		.remedy = REVOKE_GITLAB,
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "gloas-",
				   "glsoat-", "glffct-", "GR1348941"),
		.pattern = LEFT "(?:gl(?:dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_-]{20,300}+"
				"(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9})?|GR1348941[A-Za-z0-9_-]{20})" RIGHT_URL,
		.reach = 325,
		.context = ESCAPE_CONTEXT,
		.show = 5,
		.validate = silt_validate_gitlab,
	},
	{
		.id = "slack-token",
		.title = "Slack token",
		.remedy = "Revoke it with auth.revoke or at api.slack.com/apps (regenerate the app's tokens).",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxe-", "xoxe.xox",
				   "xapp-"),
		.pattern = LEFT "(?:xox[abceprs]-(?:[0-9]{1,14}-){1,4}[A-Za-z0-9]{10,250}"
				"|xoxe\\.xox[bp]-1-[A-Za-z0-9]{100,300}|xoxd-[A-Za-z0-9%+/=]{60,400}"
				"|xapp-1-A[A-Z0-9]{8,12}-[0-9]{10,14}-[a-f0-9]{64})" RIGHT,
		.reach = 410,
		.context = ESCAPE_CONTEXT,
		.show = 5,
	},
	{
		.id = "slack-webhook",
		.title = "Slack incoming webhook",
		.remedy = "Remove the webhook in the settings of its app at api.slack.com/apps and make a new one.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("hooks.slack.com/services/T", "hooks.slack.com/workflows/T",
				   "hooks.slack.com/triggers/T"),
		.pattern = "hooks\\.slack\\.com/(?:services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}"
			   "|(?:workflows|triggers)/T[A-Z0-9]{8,12}/[A-Z0-9]{8,14}/[A-Za-z0-9/]{24,60})" RIGHT,
		.reach = 128,
		.validate = silt_validate_slack_webhook,
	},
	{
		.id = "google-api-key",
		.title = "Google API key",
		.remedy = "Delete or restrict it under APIs & Services, Credentials, in the Google Cloud console.",
		.severity = SILT_SEVERITY_MEDIUM, /* many are made for browsers and public by design */
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("AIza"),
		.pattern = LEFT "AIza[A-Za-z0-9_-]{35}" RIGHT_URL,
		.reach = 39,
		.context = ESCAPE_CONTEXT,
		.show = 4,
	},
	{
		.id = "google-service-account",
		.title = "Google Cloud service account key",
		.remedy = "Delete the key under IAM & Admin, Service Accounts, Keys; use workload identity instead.",
		.severity = SILT_SEVERITY_CRITICAL,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("private_key\"", "private_key\\\""),
		.pattern =
			"private_key\\\\*\"\\s{0,16}:\\s{0,16}\\\\*\"(?<secret>-----BEGIN PRIVATE KEY-----" ARMOR_BODY
			"-----END PRIVATE KEY-----)",
		.context = ACCOUNT_CONTEXT,
		.reach = ACCOUNT_REACH,
		.validate = silt_validate_service_account,
	},
	{
		.id = "google-oauth-client-secret",
		.title = "Google OAuth client secret",
		.remedy = "Reset the secret of the OAuth client under APIs & Services, Credentials.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("GOCSPX-"),
		.pattern = LEFT "GOCSPX-[A-Za-z0-9_-]{28}" RIGHT_URL,
		.reach = 35,
		.context = ESCAPE_CONTEXT,
		.show = 7,
	},
	{
		.id = "google-oauth-token",
		.title = "Google OAuth access token",
		.remedy = "It expires within an hour; revoke the grant behind it (oauth2.googleapis.com/revoke).",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("ya29."),
		.pattern = LEFT "ya29\\.(?:[A-Za-z0-9_-]{1,20}\\.){0,2}[A-Za-z0-9_-]{40,1500}" RIGHT_URL,
		.reach = 1560,
		.context = ESCAPE_CONTEXT,
		.show = 5,
	},
	{
		.id = "npm-token",
		.title = "npm access token",
		.remedy = "Revoke it with `npm token revoke` or at npmjs.com under Access Tokens.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("npm_"),
		.pattern = LEFT "npm_[A-Za-z0-9]{36}" RIGHT,
		.reach = 40,
		.context = ESCAPE_CONTEXT,
		.show = 4,
		.validate = silt_validate_npm,
	},
	{
		.id = "npmrc-auth",
		.title = "Credential in an .npmrc file",
		.remedy =
			"Revoke it at the registry; pass it to builds as a secret mount (--mount=type=secret) instead.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("_authToken", "_auth=", "_auth =", "_password=", "_password ="),
		.pattern =
			"(?:(?<![^:\\s\"'])|(?<=\\\\[nrt]))(?:_authToken|_auth|_password)[ \\t]{0,8}=[ \\t]{0,8}[\"']?"
			"(?!" SPECIFIC ")(?<secret>[A-Za-z0-9+/_.~:=-]{8,2000}+)(?![^\\s\"'\\\\;#])",
		.reach = 2040,
		.context = 2, /* `\n`; with more, a name before this one could be taken for it */
		.validate = silt_validate_npmrc,
	},
	{
		.id = "docker-config-auth",
		.title = "Registry credential of Docker or Podman",
		.remedy = "Change the password or revoke the token at the registry; pass it to builds as a secret "
			  "mount instead.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.anchors = ANCHORS("\"auth\"", "auth\\\"", "\"identitytoken\"", "identitytoken\\\""),
		.pattern = "(?:\"|(?<![A-Za-z0-9_-]))(?:auth|identitytoken)\\\\*\"\\s{0,32}:\\s{0,32}\\\\*\""
			   "(?<secret>[A-Za-z0-9+/_.=-]{4,8192})\\\\*\"",
		.reach = 8300,
		.validate = silt_validate_docker_auth,
	},
};

const struct silt_rule *silt_rules(size_t *count)
{
	*count = SILT_COUNT(rules);
	return rules;
}

const struct silt_rule *silt_rule_find(struct silt_bytes id)
{
	for (size_t i = 0; i < SILT_COUNT(rules); i++) {
		if (silt_bytes_equal(id, silt_bytes_text(rules[i].id))) {
			return &rules[i];
		}
	}
	return NULL;
}
