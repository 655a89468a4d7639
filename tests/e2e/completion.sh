# Completion in the real shells: what is offered for a line that ends at the cursor.

shells="bash zsh fish"

# For each line of standard input the shell's offers, as "LINE<tab>WORD": offers SHELL >offers
offers() {
	local shell=$1 options=
	mkdir -p path
	ln -sf "$SILT" path/silt
	"$SILT" completion "$shell" >script
	cat >lines
	: >offered
	case $shell in
	bash) options=--norc ;;
	zsh) options=-f ;;
	fish) options=--no-config ;;
	esac
	PATH=$work/path:$PATH bounded "$shell" $options "$here/completion.$shell" "$work/script" "$work/lines" \
		"$work/offered" >log 2>&1 || {
		tail -5 log >&2
		fail "$shell could not complete"
	}
	cat offered
}

# offered SHELL LINE WORD: it is offered.
offered() {
	grep -qxF "$2	$3" "offers.$1" || {
		grep -F "$2	" "offers.$1" | head -20 >&2
		fail "$1 does not offer '$3' for '$2'"
	}
}

not_offered() {
	! grep -qxF "$2	$3" "offers.$1" || fail "$1 offers '$3' for '$2'"
}

completes_what_the_tables_have() {
	local shell=$1 command option
	need "$shell"
	# A man page is made from the same tables: "silt COMMAND --option".
	for command in $(commands); do
		options_of "$command" | sed "s/^/silt $command /"
	done >wanted
	[ "$(wc -l <wanted)" -gt 100 ] || fail "the options were not found"
	{
		echo "silt "
		echo "silt -"
		sed 's/ [^ ]*$/ --/' wanted | sort -u
	} | offers "$shell" >"offers.$shell"
	for command in $(commands); do
		offered "$shell" "silt " "$command"
	done
	offered "$shell" "silt -" --version
	while read -r _ command option; do
		offered "$shell" "silt $command --" "$option"
	done <wanted
}

commands() {
	sed -n 's/^\.It Cm //p' "$here/../../docs/man/silt.1"
}

options_of() {
	sed -n 's/^\.It .*Fl \\-\([a-z-]*\).*/--\1/p' "$here/../../docs/man/silt-$1.1"
}

bash_completes_what_the_tables_have() { completes_what_the_tables_have bash; }
zsh_completes_what_the_tables_have() { completes_what_the_tables_have zsh; }
fish_completes_what_the_tables_have() { completes_what_the_tables_have fish; }

arguments_are_completed_by_their_kind() {
	local shell=$1 kept=$2 other
	need "$shell"
	offers "$shell" <<-'END' >"offers.$shell"
		silt scan --fail-on 
		silt scan --fail-on=m
		silt scan -o js
		silt scan --output=sar
		silt run-args -o 
		silt scan --policy str
		silt scan --only user-ro
		silt scan --only config-*,user-ro
		silt explain github-p
		silt rules sh
		silt rules show user-ro
		silt policy show 
		silt limits layer
		silt scan --limit layer
		silt completion 
		silt help ga
	END
	offered "$shell" "silt scan --fail-on " critical
	offered "$shell" "silt scan --fail-on " info
	offered "$shell" "silt scan --fail-on=m" "${kept:+--fail-on=}medium"
	not_offered "$shell" "silt scan --fail-on=m" "${kept:+--fail-on=}high"
	offered "$shell" "silt scan -o js" json
	offered "$shell" "silt scan -o js" jsonl
	offered "$shell" "silt scan --output=sar" "${kept:+--output=}sarif"
	offered "$shell" "silt run-args -o " text
	not_offered "$shell" "silt run-args -o " sarif
	offered "$shell" "silt scan --policy str" strict
	offered "$shell" "silt scan --only user-ro" user-root
	offered "$shell" "silt scan --only config-*,user-ro" "config-*,user-root"
	offered "$shell" "silt explain github-p" github-pat
	offered "$shell" "silt rules sh" show
	offered "$shell" "silt rules show user-ro" user-root
	offered "$shell" "silt policy show " forensic
	offered "$shell" "silt limits layer" layers
	offered "$shell" "silt scan --limit layer" layers=
	for other in $shells; do
		offered "$shell" "silt completion " "$other"
	done
	offered "$shell" "silt help ga" gate
}

# Bash replaces what is behind the last "=" only.
bash_completes_arguments_by_their_kind() { arguments_are_completed_by_their_kind bash ''; }
zsh_completes_arguments_by_their_kind() { arguments_are_completed_by_their_kind zsh all; }
fish_completes_arguments_by_their_kind() { arguments_are_completed_by_their_kind fish all; }

# Names that a shell would take for more than a name.
hostile_files() {
	mkdir -p 'folder one'
	: >'folder one/app $(touch owned).tar'
	: >'image;touch owned.tar'
	: >plain.json
}

bash_completes_files_behind_options_and_formats() {
	need bash python3
	hostile_files
	mkdir -p path
	ln -sf "$SILT" path/silt
	cat >rc <<-END
		PATH=$work/path:\$PATH
		source <(silt completion bash)
		silt() { printf '%s\n' "\$@" >"$work/args"; exit; }
		PROMPT_COMMAND=': >$work/args.ready'
	END
	bounded python3 "$here/typed.py" "$work/args" \
		'silt scan -o json=pla\t --cache fol\t --output=text=pla\t ima\t fol\tapp\t --fail-on=cri\t' \
		bash --rcfile "$work/rc" -i || fail "bash did not run the line"
	printf '%s\n' scan -o json=plain.json --cache 'folder one/' --output=text=plain.json 'image;touch owned.tar' \
		'folder one/app $(touch owned).tar' --fail-on=critical >wanted
	diff wanted args >&2 || fail "bash completes something else"
	[ ! -e owned ] || fail "a name was run"
}

zsh_completes_files_behind_options_and_formats() {
	need zsh
	hostile_files
	offers zsh <<-'END' >offers.zsh
		silt scan -o json=pla
		silt scan --output=text=pla
		silt scan --cache fol
		silt scan ima
		silt scan folder\ one/app
		silt scan --policy pla
	END
	offered zsh "silt scan -o json=pla" "=> silt scan -o json=plain.json "
	offered zsh "silt scan --output=text=pla" "=> silt scan --output=text=plain.json "
	offered zsh "silt scan --cache fol" '=> silt scan --cache folder\ one/'
	offered zsh "silt scan ima" '=> silt scan image\;touch\ owned.tar '
	offered zsh 'silt scan folder\ one/app' '=> silt scan folder\ one/app\ \$\(touch\ owned\).tar '
	offered zsh "silt scan --policy pla" "=> silt scan --policy plain.json "
	[ ! -e owned ] || fail "a name was run"
}

fish_completes_files_behind_options_and_formats() {
	need fish
	hostile_files
	offers fish <<-'END' >offers.fish
		silt scan -o json=pla
		silt scan --output=text=pla
		silt scan --cache fol
		silt scan --cache ima
		silt scan ima
		silt scan --policy pla
	END
	offered fish "silt scan -o json=pla" json=plain.json
	offered fish "silt scan --output=text=pla" --output=text=plain.json
	offered fish "silt scan --cache fol" 'folder one/'
	not_offered fish "silt scan --cache ima" 'image;touch owned.tar'
	offered fish "silt scan ima" 'image;touch owned.tar'
	offered fish "silt scan --policy pla" plain.json
	[ ! -e owned ] || fail "a name was run"
}

bash_completes_what_is_left_of_the_cursor() {
	need bash
	offers bash <<-'END' >offers.bash
		silt scan --fa^re
		silt scan --only=user-ro^under
	END
	offered bash "silt scan --fa^re" --fail-on
	offered bash "silt scan --only=user-ro^under" user-root
}

what_is_typed_is_never_run() {
	local shell
	for shell in $shells; do
		command -v "$shell" >/dev/null || continue
		offers "$shell" <<-'END' >"offers.$shell"
			silt scan --only=$(touch${IFS}owned),user-ro
			silt scan `touch owned` --fail-on 
			silt scan -o $(touch owned)=x
			silt explain ;touch owned;
			silt $(touch owned) 
			silt --only='$(touch owned)
		END
		[ ! -e owned ] || fail "$shell ran what was typed"
	done
}

the_docker_client_completes_its_plugin() {
	need docker
	export DOCKER_CONFIG=$work/docker
	mkdir -p "$DOCKER_CONFIG/cli-plugins"
	ln -s "$SILT" "$DOCKER_CONFIG/cli-plugins/docker-silt"
	bounded env docker __complete silt scan --fai >out 2>err || true
	! grep -qx ':4' out || [ "$(wc -l <out)" -gt 1 ] || skip "this docker client does not ask its plugins"
	expect_text out "^--fail-on	"
}
