# Presses the tabulator in a zsh: zsh -f completion.zsh SCRIPT LINES OUT. SCRIPT is sourced first. For each line of LINES
# OUT gets what was offered by name ("LINE<tab>WORD") and what the line is then ("LINE<tab>=> LINE").

zmodload zsh/zpty
cat >$3.setup <<-'END'
	autoload -Uz compinit && compinit -u -D
	source $script
	unset LINES COLUMNS
	compadd() {
		[[ ${@[-2]} == -a ]] && print -rl -- "$asked"$'\t'"${(@P)@[-1]}" >>$out
		builtin compadd "$@"
	}
	ask() {
		local asked
		while IFS= read -r asked; do
			BUFFER=$asked CURSOR=$#asked
			zle complete-word
			print -r -- "$asked"$'\t'"=> $BUFFER" >>$out
		done <$lines
		: >$out.done
	}
	zle -N ask
	bindkey '^T' ask
END
zpty z env "script=$1" "lines=$2" "out=$3" zsh -f -i
zpty -w z "source $3.setup; : >$3.ready"
for wanted in ready done; do
	for ((i = 0; i < 600; i++)); do
		zpty -r -t z seen || true
		[[ -e $3.$wanted ]] && break
		sleep 0.1
	done
	[[ -e $3.$wanted ]] || exit 1
	[[ $wanted == ready ]] && zpty -w -n z $'\x14'
done
zpty -d z
