# Completion of silt for fish: asks silt, which knows its command line.
#
#     silt completion fish | source

function __silt_offers
    set -l typed (commandline --tokenize --cut-at-cursor --current-process)
    set -l word (commandline --cut-at-cursor --current-token)
    set -l program (string replace --regex '^~/' "$HOME/" -- $typed[1])
    set --erase typed[1]
    set -l lines (command $program __complete $typed "$word" 2>/dev/null)
    set -l bits (string match --regex --groups-only '^:(\d+)$' -- $lines[-1])
    or return
    set --erase lines[-1]
    string join \n -- $lines
    if test (math "bitand($bits, 4)") -ne 0
        return
    end
    # A file may stand behind "=".
    set -l kept (string match --regex '^-.*=' -- $word)
    if contains -- "$typed[-1]" -o --output
        set kept (string match --regex '^.*=' -- $word)
    end
    set -l file (string replace -- "$kept" '' $word)
    if test (math "bitand($bits, 16)") -ne 0
        set -f paths (__fish_complete_directories "$file")
    else
        set -f paths (__fish_complete_path "$file")
    end
    for path in $paths
        printf "%s\n" "$kept$path"
    end
end

complete --command silt --no-files --arguments '(__silt_offers)'
