/*
 * Fuzz target: whatever is in a result, its page is HTML of which only known elements and attributes are a part, each
 * element ends where it should, and each "&" begins a reference that silt writes.
 */
#include "fuzz/in_and_out.h"
#include "fuzz/made_result.h"

#include "base/attributes.h"
#include "silt/report.h"

#include "support/judged.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64 };

static const char elements[] =
	" a b body button caption circle code dd defs details div dl dt fieldset footer form g h1 h2 "
	"h3 h4 head header html input label legend li line main meta nav ol output p path rect "
	"script section span strong style summary svg table tbody td text tfoot th thead title tr "
	"ul use ";
static const char void_elements[] = " input meta ";
static const char attributes[] =
	" aria-hidden aria-label aria-labelledby autocomplete charset checked class colspan "
	"content cx cy d data-family data-fate data-severity data-standing for height hidden "
	"href http-equiv id lang name open overflow r role scope tabindex text-anchor type value "
	"width x x1 x2 y y1 y2 ";

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* True if a list of words with blanks around each has this one. */
static bool is_in(const char *list, struct silt_bytes word)
{
	char text[40] = " ";
	must(word.len > 0 && word.len + 3 <= sizeof(text));
	memcpy(text + 1, word.ptr, word.len);
	text[word.len + 1] = ' ';
	return strstr(list, text) != NULL;
}

/* Letters, digits and hyphens. */
static struct silt_bytes take_name(struct silt_bytes *rest)
{
	size_t len = 0;
	while (len < rest->len && rest->ptr[len] && strchr("abcdefghijklmnopqrstuvwxyz0123456789-", rest->ptr[len])) {
		len++;
	}
	struct silt_bytes name = silt_bytes_slice(*rest, 0, len);
	*rest = silt_bytes_slice(*rest, len, SIZE_MAX);
	return name;
}

static bool take(struct silt_bytes *rest, const char *text)
{
	struct silt_bytes wanted = silt_bytes_text(text);
	bool is_there = silt_bytes_start_with(*rest, wanted);
	*rest = silt_bytes_slice(*rest, is_there ? wanted.len : 0, SIZE_MAX);
	return is_there;
}

/* Up to one of the bytes that end it, which stays. */
static void take_text(struct silt_bytes *rest, const char *ends)
{
	static const char *const references[] = {"&amp;", "&lt;",   "&gt;",    "&quot;",
						 "&#39;", "&#160;", "&#8211;", "&#8722;"};
	while (rest->len > 0 && !strchr(ends, rest->ptr[0])) {
		bool known = rest->ptr[0] != '&';
		must((rest->ptr[0] >= ' ' && rest->ptr[0] != 0x7F) || rest->ptr[0] == '\n');
		for (size_t i = 0; i < SILT_COUNT(references); i++) {
			known |= silt_bytes_start_with(*rest, silt_bytes_text(references[i]));
		}
		must(known);
		*rest = silt_bytes_slice(*rest, 1, SIZE_MAX);
	}
}

/* What stands between the name of an element and its ">"; true if the element ends there. */
static bool take_attributes(struct silt_bytes *rest)
{
	while (take(rest, " ") || take(rest, "\n")) {
		must(is_in(attributes, take_name(rest)));
		if (take(rest, "=\"")) {
			take_text(rest, "\"<>");
			must(take(rest, "\""));
		}
	}
	bool ends = take(rest, "/");
	must(take(rest, ">"));
	return ends;
}

static void check_page(struct silt_bytes rest)
{
	struct silt_bytes open[DEPTH_MAX];
	size_t depth = 0;
	must(take(&rest, "<!DOCTYPE html>"));
	for (take_text(&rest, "<>"); rest.len > 0; take_text(&rest, "<>")) {
		must(take(&rest, "<"));
		bool closes = take(&rest, "/");
		struct silt_bytes name = take_name(&rest);
		must(is_in(elements, name));
		if (closes) {
			must(depth > 0 && silt_bytes_equal(open[--depth], name) && take(&rest, ">"));
			continue;
		}
		bool done = take_attributes(&rest) || is_in(void_elements, name);
		if (is_in(" script style ", name)) {
			rest = silt_bytes_slice(rest, silt_bytes_find(rest, SILT_LITERAL("</")), SIZE_MAX);
		}
		must(depth < DEPTH_MAX);
		open[depth] = name;
		depth += !done;
	}
	must(depth == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_result result = {0};
	const struct silt_result *one = &result;
	const struct silt_report_options options = {
		.format = SILT_FORMAT_HTML, .show_secrets = true, .show_suppressed = true};
	struct silt_buffer page = {0};
	make_result(silt_bytes(data, size), &result);
	must(judged_report(&one, 1, SILT_SEVERITY_HIGH, &options, (struct silt_sink){fuzz_collect, &page}, NULL) ==
	     SILT_OK);
	check_page(silt_buffer_bytes(&page));
	silt_buffer_done(&page);
	silt_arena_done(&result.arena);
	return 0;
}
