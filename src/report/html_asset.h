/* The style and the script of the HTML report, as the build embeds them (html_embed.cmake). */
#ifndef SILT_REPORT_HTML_ASSET_H
#define SILT_REPORT_HTML_ASSET_H

struct silt_html_asset {
	const char *text;   /* plain ASCII, without "</" */
	const char *digest; /* as a Content-Security-Policy has it: "sha256-..." */
};

extern const struct silt_html_asset silt_html_style;  /* html_page.css */
extern const struct silt_html_asset silt_html_script; /* html_filter.js */

#endif
