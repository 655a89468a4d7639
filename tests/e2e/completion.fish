# Asks fish: fish --no-config completion.fish SCRIPT LINES OUT. For each line of LINES OUT gets what is offered
# ("LINE<tab>WORD").

source $argv[1]
while read --line line
    for offer in (complete --do-complete "$line")
        printf '%s\t%s\n' "$line" (string split --fields 1 \t -- $offer)
    end
end <$argv[2] >>$argv[3]
