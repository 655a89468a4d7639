/* Questions to the terminal and its environment variables. */
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool cli_terminal_is_smart(int fd)
{
	const char *kind = getenv("TERM");
	return isatty(fd) && !(kind != NULL && strcmp(kind, "dumb") == 0);
}

unsigned cli_terminal_columns(int fd)
{
	struct winsize size = {0};
	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool cli_terminal_wants_no_colour(void)
{
	const char *value = getenv("NO_COLOR");
	return value != NULL && value[0] != '\0';
}
