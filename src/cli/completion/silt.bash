# Completion of silt for bash: asks silt, which knows its command line. Made to be sourced:
#
#     source <(silt completion bash)

_silt() {
	local -a typed=() lines=()
	local word line bits kept='' glue='' rest=${COMP_LINE:COMP_POINT} i
	# Bash takes words apart at "=" and ":"; what stands together was typed together. A new word begins behind a blank.
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		[[ $i -lt $COMP_CWORD ]] || word=${word%"${rest%%[[:blank:]=:]*}"}
		if [[ $i -eq $COMP_CWORD && -z $word && ${COMP_LINE:0:COMP_POINT} == *[[:blank:]] ]]; then
			glue=''
		elif [[ $i -gt 1 && $word == [=:]* ]]; then
			glue=1
		fi
		if [[ -n $glue ]]; then
			typed[${#typed[@]} - 1]+=$word
		else
			typed+=("$word")
		fi
		[[ $word == [=:]* ]] && glue=1 || glue=''
	done
	mapfile -t lines < <(command "${1/#\~\//$HOME/}" __complete "${typed[@]}" 2>/dev/null)
	((${#lines[@]} > 0)) || return 0
	bits=${lines[${#lines[@]} - 1]#:}
	unset "lines[${#lines[@]} - 1]"
	# Of a word with "=" bash replaces what is behind it.
	word=${typed[${#typed[@]} - 1]}
	[[ $COMP_WORDBREAKS == *=* && $word == *=* ]] && kept=${word%=*}=
	COMPREPLY=()
	for line in "${lines[@]}"; do
		line=${line%%$'\t'*}
		COMPREPLY+=("${line#"$kept"}")
	done
	((bits & 2)) && compopt -o nospace
	((bits & 16)) && compopt -o dirnames
	((bits & 20)) || compopt -o default
	return 0
}

complete -F _silt silt
