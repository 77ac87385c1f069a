import { type Entry, flatten, type Values } from '../table.ts';
import { flagNames, optionsOf, placeOf, places, quote } from './names.ts';

/** A completion script for bash, from version 3.2 on. */
export function completeBash(program: Entry): string {
  return `# Completion of writ for bash, printed by: writ completion bash
_writ() {
  local line=\${COMP_LINE#*"\${COMP_WORDS[0]}"} whole=writ word i
  local place='' count=0 pending='' rest='' used=' '
  local options='' repeated='' values='' words=''
  local -a before
  before=()
  # Bash splits words at @, = and : too; what no space divides belongs together.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $line == [[:space:]]* ]]; then
      before+=("$whole")
      whole=''
      line=\${line#"\${line%%[![:space:]]*}"}
    fi
    whole+=$word
    line=\${line#"$word"}
  done

  for word in "\${before[@]:1}"; do
    if [[ -n $pending ]]; then
      pending=''
    elif [[ -n $rest ]]; then
      count=$((count + 1))
    else
      case $word in
        --) rest=yes ;;
        ${flagNames(program).join('|')}) used+="$word " ;;
        --*=*) used+="\${word%%=*} " ;;
        -?*)
          used+="$word "
          pending=$word
          ;;
        *)
          case "$place $word" in
            ${places(program).map(quote).join('|')}) place+=" $word" ;;
            *) count=$((count + 1)) ;;
          esac
          ;;
      esac
    fi
  done

  local current=\${whole#[\\"\\']} lead=''
  if [[ -z $rest && -z $pending && $current == --*=* ]]; then
    pending=\${current%%=*}
    lead=$pending=
    current=\${current#*=}
  fi

  case $place in
${flatten(program).map(completeEntry).join('\n')}
  esac
  if [[ -z $pending && -z $rest ]] && [[ $current == -* || -z $values$current ]]; then
    values=words
    words=''
    for word in $options; do
      [[ $used == *" $word "* && " $repeated " != *" $word "* ]] || words+="$word "
    done
  fi

  COMPREPLY=()
  case $values in
    words) while IFS= read -r word; do COMPREPLY+=("$lead$word"); done < <(compgen -W "$words" -- "$current") ;;
    file | folder)
      compopt -o filenames 2> /dev/null
      local kind=-f
      [[ $values == folder ]] && kind=-d
      while IFS= read -r word; do COMPREPLY+=("$lead$word"); done < <(compgen "$kind" -- "$current")
      ;;
    @file)
      # Not as file names, since Bash would put a backslash before the @.
      [[ -z $current || $current == @* ]] && while IFS= read -r word; do
        if [[ -d $word ]]; then
          compopt -o nospace 2> /dev/null
          word+=/
        fi
        [[ $whole == [\\"\\']* ]] || printf -v word %q "$word"
        COMPREPLY+=("$lead@$word")
      done < <(compgen -f -- "\${current#@}")
      ;;
  esac
  # Readline replaces only what follows the last character at which it splits, and an @ itself.
  local breaks=\${COMP_WORDBREAKS//[^@=:]/} head=''
  if [[ -n $breaks && $whole != [\\"\\']* && \${#COMPREPLY[@]} -gt 0 ]]; then
    head=\${whole%"\${whole##*[$breaks]}"}
    COMPREPLY=("\${COMPREPLY[@]#"\${head%@}"}")
  fi
}
complete -F _writ writ
`;
}

function completeEntry(entry: Entry): string {
  const options = optionsOf(entry);
  const names = options.map(({ names }) => names.at(-1));
  const repeated = options.flatMap(({ repeats, names }) => (repeats ? names : []));
  const valued = options.flatMap(({ names, values }) =>
    values === undefined || values === 'text' ? [] : [`        ${names.join('|')}) ${assign(values)} ;;`],
  );
  const children = entry.children.map(({ path }) => path.at(-1) as string);
  const positions = [
    ...(children.length > 0 ? [children] : []),
    ...entry.arguments.map(({ values }) => values),
  ];
  const positional = positions.flatMap((values, i) =>
    values === 'text' ? [] : [`        ,${i}) ${assign(values)} ;;`],
  );
  // A command is named by a word, and whatever else stands there is the argument of the one that stands in.
  const [instead] = entry.standIn?.arguments ?? [];
  if (instead !== undefined)
    positional.unshift(
      `        ,0) [[ $current == @* ]] && ${assign(instead.values)} || ${assign(children)} ;;`,
    );
  // What takes any text is told apart from no value at all, where options are offered.
  const free = positions.flatMap((values, i) => (values === 'text' ? [`,${i}`] : []));
  return [
    `    ${quote(placeOf(entry))})`,
    `      options=${quote(names.join(' '))}`,
    ...(repeated.length > 0 ? [`      repeated=${quote(repeated.join(' '))}`] : []),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is bash
    '      case ${pending:-,$count} in',
    ...valued,
    ...positional,
    ...(free.length > 0 ? [`        ${free.join('|')}) values=text ;;`] : []),
    '      esac',
    '      ;;',
  ].join('\n');
}

function assign(values: Values): string {
  return typeof values === 'string' ? `values=${values}` : `values=words words=${quote(values.join(' '))}`;
}
