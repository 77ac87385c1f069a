import { type Entry, flatten, type OptionEntry, type Values } from '../table.ts';
import { flagNames, optionsOf, placeOf, places } from './names.ts';

/** A completion script for fish. */
export function completeFish(program: Entry): string {
  return `# Completion of writ for fish, printed by: writ completion fish

# Whether the words before the cursor are of this command; with a number, and its arguments so many.
function __writ_at
    set -l place ''
    set -l count 0
    set -l pending no
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if test $pending = yes
            set pending no
            continue
        end
        switch $word
            case ${flagNames(program).join(' ')} -- '--*=*'
            case -
                set count (math $count + 1)
            case '-*'
                set pending yes
            case '*'
                if contains -- "$place $word" ${places(program).map(quoteFish).join(' ')}
                    set place "$place $word"
                else
                    set count (math $count + 1)
                end
        end
    end
    # A value that starts with a dash is no option.
    test $pending = yes; and string match -q -- '-*' (commandline -ct); and return 1
    test "$argv[1]" = "$place"; and begin
        test (count $argv) -eq 1; or test $argv[2] -eq $count
    end
end

function __writ_at_files
    set -l current (commandline -ct)
    if string match -q -- '@*' $current
        __fish_complete_path (string sub -s 2 -- $current) | string replace -r '^' @
    else
        echo @
    end
end

complete -c writ -f
${flatten(program).flatMap(completeEntry).join('\n')}
`;
}

function completeEntry(entry: Entry): string[] {
  const place = placeOf(entry);
  const at = `complete -c writ -n ${quoteFish(`__writ_at ${quoteFish(place)}`)}`;
  const nth = (i: number) => `complete -c writ -n ${quoteFish(`__writ_at ${quoteFish(place)} ${i}`)}`;
  return [
    ...entry.children.map(
      ({ path, summary }) => `${nth(0)} -a ${path.at(-1) as string} -d ${quoteFish(summary)}`,
    ),
    ...[...entry.arguments, ...(entry.standIn?.arguments ?? [])].map(
      ({ values }, i) => `${nth(i)}${complete(values)}`,
    ),
    ...optionsOf(entry).map((option) => `${at} ${completeOption(option)}`),
  ];
}

function completeOption({ names, values, description }: OptionEntry): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = values === undefined ? '' : ` -r${complete(values)}`;
  return `${flags.join(' ')}${value} -d ${quoteFish(description)}`;
}

function complete(values: Values): string {
  switch (values) {
    case 'file':
      return ' -F';
    case 'folder':
      return " -f -a '(__fish_complete_directories (commandline -ct))'";
    case '@file':
      return " -f -a '(__writ_at_files)'";
    case 'text':
      return ' -f';
    default:
      return ` -f -a ${quoteFish(values.join(' '))}`;
  }
}

function quoteFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
