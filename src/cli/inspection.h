/*
 * Commands that show what is in one input, and judge nothing: the input is opened, read by a confined child, and what the
 * command makes of it goes to one output.
 */
#ifndef SILT_CLI_INSPECTION_H
#define SILT_CLI_INSPECTION_H

#include "cli/confined.h"
#include "cli/parse.h"
#include "silt/silt.h"

/* What a command is given, in the child. */
struct cli_inspected {
	struct silt_bundle *bundle; /* read; silt_dig reads it again if the inspection `digs` */
	const struct silt_result *result;
	const struct silt_image *image; /* the only one, if the inspection demands that; else NULL */
	const char *format;             /* one of `formats`; the first if none was asked for */
	bool terminal;                  /* the output is a terminal */
	bool colour;                    /* and has colours that nobody minds */
	unsigned width;                 /* of the terminal; 0: it is none */
	struct cli_handover *handover;
	bool *whole; /* set it to false if something is missing in what was told, and say what */
};

struct cli_inspection {
	const struct cli_arguments *arguments; /* operand 0 is the input */
	const char *name;                      /* of the command, for messages */
	size_t operands_min, operands_max;     /* with the input */
	const char *demand;                    /* the sentence for a wrong number of them */
	const char *formats;                   /* "text, jsonl": those of -o; NULL: there is no -o */
	struct silt_options options;           /* what is read; jobs, limits, image and platform are filled in */
	bool one_image;                        /* there must be one image, and no more; else --image chooses */
	bool digs;               /* the bundle is read twice: a pipe is kept, encrypted, in a file without a name */
	bool cached;             /* --cache is asked */
	struct cli_vault *vault; /* files go there (cli_handover_file); NULL: there are none; borrows */
	/*
	 * Writes to `sink`. What it fails with is said behind the name of the input, but for SILT_ERR_IO of the sink, whose
	 * owner says why.
	 */
	enum silt_status (*tell)(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				 struct silt_error *err);
	void *ctx;
	/* What an input that could not be read to its end may make wrong: "names may be missing". */
	const char *doubt;
};

/* The only image of a result. SILT_ERR_INPUT: there is none; SILT_ERR_USAGE: there are more. */
enum silt_status cli_only_image(const struct silt_result *result, const struct silt_image **out,
				struct silt_error *err);

/* All of it. What goes wrong is said. */
enum cli_exit cli_inspect(const struct cli_inspection *inspection);

#endif
