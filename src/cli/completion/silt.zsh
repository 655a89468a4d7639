#compdef silt
# Completion of silt for zsh: asks silt, which knows its command line. In a folder of $fpath under the name _silt, or:
#
#     source <(silt completion zsh)

_silt() {
	local program=${words[1]/#\~\//$HOME/} line
	local -a typed lines values shown space
	local -i bits found=1
	typed=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")
	lines=("${(@f)$(command $program __complete "${typed[@]}" 2>/dev/null)}")
	[[ $lines[-1] == :<-> ]] || return 1
	bits=${lines[-1]#:}
	lines[-1]=()
	for line in $lines; do
		values+=("${line%%$'\t'*}")
		shown+=("${line/$'\t'/  -- }")
	done
	((bits & 2)) && space=(-S '')
	(($#values)) && compadd -l -d shown $space -a values && found=0
	if ! ((bits & 4)); then
		# A file may stand behind "=".
		[[ $PREFIX == -*=* || $words[CURRENT-1] == (--output|-*o) ]] && compset -P '*='
		((bits & 16)) && { _files -/ && found=0 } || { _files && found=0 }
	fi
	return found
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
	_silt "$@"
else
	compdef _silt silt
fi
