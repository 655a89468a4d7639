# Asks the function of bash what it would: bash completion.bash SCRIPT LINES OUT. For each line of LINES OUT gets what is
# offered by name ("LINE<tab>WORD"), and what bash is told besides ("LINE<tab>: OPTION"). A line is cut into words as
# readline does it: at blanks, and around "=" and ":". The cursor is at its end, or at "^".

source "$1"
lines=$2 out=$3

compopt() {
	printf '%s\t: %s\n' "$line" "$2" >>"$out"
}

while IFS= read -r line; do
	before=${line%%^*}
	read -ra COMP_WORDS <<<"$(sed 's/[=:]\{1,\}/ & /g; s/\^//' <<<"$line")"
	[[ $line != *' ' ]] || COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=${line/^/} COMP_POINT=${#before} COMPREPLY=()
	_silt silt
	for word in "${COMPREPLY[@]}"; do
		printf '%s\t%s\n' "$line" "$word"
	done >>"$out"
done <"$lines"
