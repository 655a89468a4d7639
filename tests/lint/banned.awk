# Functions that are not used here, and why. Reads C files, named relative to the root; exit status 1 if one is called.
#
# Tests are not read: what they handle is known and small, and the sanitizers watch them.
#
# Comments, strings and character constants are taken out first, so that words in a sentence do not count.

function ban(where, why, functions,    names, count, i) {
	count = split(functions, names, " ")
	for (i = 1; i <= count; i++) {
		reason[names[i]] = why
		place[names[i]] = where
	}
}

BEGIN {
	everywhere = "^(src|include|docs)/"
	library = "^(src/(base|stream|bundle|content|secret|layer|rootfs|audit|policy|report)|include)/"

	# A program of the build, which no library and no program that is installed has in it.
	tool = "^src/secret/compile_rules\\.c$"

	ban(everywhere, "writes without a bound", "strcpy strcat stpcpy wcscpy wcscat sprintf vsprintf gets")
	ban(everywhere, "may leave a string without its NUL, or cuts silently", "strncpy strncat stpncpy")
	ban(everywhere, "keeps hidden state", "strtok asctime ctime")
	ban(everywhere, "cannot report an error", "atoi atol atoll atof")
	ban(everywhere, "reads without a bound or cannot report overflow", "scanf sscanf fscanf vsscanf")
	ban(everywhere, "takes stack for a size", "alloca strdupa strndupa")
	ban(everywhere, "may be raced", "mktemp tmpnam tempnam")
	ban(library, "the library never prints", "printf vprintf puts putchar fprintf vfprintf fputs perror psignal")
	ban(library, "the library never ends the process", "exit _exit _Exit quick_exit")
	ban(library, "an audit runs nothing", "system popen execl execlp execle execv execvp execve fork vfork posix_spawn")
	ban(library, "a report depends on the input alone", "getenv secure_getenv setlocale time clock clock_gettime gettimeofday " \
		"localtime localtime_r gmtime gmtime_r rand srand random drand48")
}

# Bytes up to and with the quote that ends a literal. One that does not end on its line goes to the end of it.
function literal_length(rest, quote) {
	if (quote == "\"" ? match(rest, /^([^"\\]|\\.)*"/) : match(rest, /^([^'\\]|\\.)*'/)) {
		return RLENGTH
	}
	return length(rest)
}

# The line without comments and literals; `in_comment` lasts from line to line.
function code_of(line,    out, start, rest) {
	out = ""
	while (line != "") {
		if (in_comment) {
			start = index(line, "*/")
			if (start == 0) {
				return out
			}
			line = substr(line, start + 2)
			in_comment = 0
		} else if (match(line, /"|'|\/\*|\/\//)) {
			out = out substr(line, 1, RSTART - 1)
			start = substr(line, RSTART, RLENGTH)
			rest = substr(line, RSTART + RLENGTH)
			if (start == "//") {
				return out
			} else if (start == "/*") {
				in_comment = 1
				line = rest
			} else {
				line = substr(rest, literal_length(rest, start) + 1)
			}
		} else {
			return out line
		}
	}
	return out
}

# What the library must not do because it is one, a tool may.
function is_free(name) {
	return place[name] == library && FILENAME ~ tool
}

FNR == 1 {
	in_comment = 0
}

{
	line = code_of($0)
	while (match(line, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		name = substr(line, RSTART, RLENGTH)
		sub(/[ \t]*\($/, "", name)
		# A member called by its name, such as sink.write(), is another thing.
		before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
		if ((name in place) && FILENAME ~ place[name] && !is_free(name) && before != "." && before != ">") {
			printf "%s:%d: %s: %s\n", FILENAME, FNR, name, reason[name]
			failed = 1
		}
		line = substr(line, RSTART + RLENGTH)
	}
}

END {
	exit failed
}
