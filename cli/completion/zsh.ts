import { type ArgumentEntry, type Entry, flatten, type OptionEntry, type Values } from '../table.ts';
import { optionsOf, quote } from './names.ts';

/** A completion script for zsh: a file `_writ` on `fpath`, or sourced. */
export function completeZsh(program: Entry): string {
  return `#compdef writ
# Completion of writ for zsh, printed by: writ completion zsh

_writ_token() {
  if compset -P '@'; then
    _files
  else
    compadd -S '' -- @
  fi
}

${flatten(program).toReversed().map(completeEntry).join('\n')}
if [[ $funcstack[1] == _writ ]]; then
  _writ "$@"
else
  compdef _writ writ
fi
`;
}

function functionOf(path: readonly string[]): string {
  return ['_writ', ...path].join('_');
}

function completeEntry(entry: Entry): string {
  const specs = optionsOf(entry).map(specOfOption);
  return entry.children.length === 0 ? completeLeaf(entry, specs) : completeParent(entry, specs);
}

function completeLeaf({ path, arguments: list }: Entry, options: readonly string[]): string {
  const specs = [...options, ...list.map(specOfArgument)];
  return `${functionOf(path)}() {
  _arguments -S \\
    ${specs.join(' \\\n    ')}
}
`;
}

function completeParent({ path, children, standIn }: Entry, options: readonly string[]): string {
  const [instead] = standIn?.arguments ?? [];
  const described = children.map((child) => quote(`${nameOf(child)}:${child.summary}`));
  return `${functionOf(path)}() {
  local curcontext=$curcontext state line
  local -A opt_args
  local -a commands=(
    ${described.join('\n    ')}
  )
  _arguments -C -S \\
    ${options.join(' \\\n    ')} \\
    '1:command:->command' \\
    '*::argument:->rest'
  case $state in
    command) ${instead === undefined ? '' : `${actionOf(instead.values)}; `}_describe -t commands command commands ;;
    rest)
      case $line[1] in
${children.map((child) => `        ${nameOf(child)}) ${functionOf(child.path)} ;;`).join('\n')}${standIn === undefined ? '' : `\n${completeStandIn(standIn)}`}
      esac
      ;;
  esac
}
`;
}

// As if it had been named before what stands there.
function completeStandIn(entry: Entry): string {
  return `        *)
          words=(${nameOf(entry)} $words)
          ((CURRENT++))
          ${functionOf(entry.path)}
          ;;`;
}

function nameOf({ path }: Entry): string {
  return path.at(-1) as string;
}

function specOfOption({ names, values, placeholder = '', repeats, description }: OptionEntry): string {
  const about = `[${description.replace(/[\\[\]]/g, '\\$&')}]`;
  if (values === undefined) {
    // Nothing else makes sense beside help or the version.
    const alone = names.length > 1 ? "'(- *)'" : '';
    const list = names.length > 1 ? `{${names.join(',')}}` : names.join('');
    return alone === '' ? quote(`${list}${about}`) : `${alone}${list}${quote(about)}`;
  }
  return quote(`${repeats ? '*' : ''}${names.at(-1)}=${about}:${placeholder}:${actionOf(values)}`);
}

function specOfArgument({ name, values }: ArgumentEntry, i: number): string {
  return quote(`${i + 1}:${name}:${actionOf(values)}`);
}

function actionOf(values: Values): string {
  switch (values) {
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case '@file':
      return '_writ_token';
    case 'text':
      return ' '; // a message, and nothing to choose from
    default:
      return `(${values.join(' ')})`;
  }
}
