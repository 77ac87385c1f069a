import { spawnSync } from 'node:child_process';

/** What a shell offers for the last word of a line, with the cursor behind it, in a folder. */
export type Complete = (script: string, line: string, folder: string) => readonly string[];

function run(command: string, args: readonly string[], input: string, folder: string): string[] {
  const { stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', input });
  if (stderr !== '') throw new Error(`${command}: ${stderr}`);
  return stdout.split('\n').filter((reply) => reply !== '');
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Calls the function as readline does, which splits words at @, = and : too. */
export const bash: Complete = (script, line, folder) => {
  const words = line
    .split(/\s+/)
    .flatMap((word) => (word === '' ? [''] : (word.match(/[@=:]+|[^@=:]+/g) ?? [])));
  const call = [
    `COMP_LINE=${quote(line)} COMP_POINT=${line.length} COMP_CWORD=${words.length - 1}`,
    `COMP_WORDS=(${words.map(quote).join(' ')})`,
    '_writ',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is bash
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ];
  return run('bash', ['--norc', '-s'], `${script}\n${call.join('\n')}\n`, folder);
};

/** Asks fish itself; what follows a tab is the description. */
export const fish: Complete = (script, line, folder) =>
  run('fish', ['--no-config', '-c', `${script}\ncomplete -C ${quote(line)}`], '', folder).map(
    (reply) => reply.split('\t')[0] as string,
  );

// A completion function runs in the line editor alone, so zsh types into another zsh, whose compadd tells what it is
// given and adds nothing.
const INNER = `
PS1=
autoload -U compinit
compinit -D -u
writ() { :; }
source $1
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  for hit in $hits; print -r -- "HIT $IPREFIX$hit"
  return $(( \${#hits} == 0 ))
}
finish() { print END; exit }
comppostfuncs=(finish)
bindkey '^I' complete-word
print READY
`;

const OUTER = `
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner "source ./inner.zsh ./writ.zsh"
until [[ $reply == READY* ]]; do zpty -r inner reply || exit; done
zpty -w -n inner "$1"$'\\t'
while zpty -r inner reply; do
  reply=\${reply%%[[:space:]]##}
  [[ $reply == *END ]] && break
  [[ $reply == *HIT\\ * ]] && print -r -- "\${reply#*HIT }"
done
`;

/** Types the line into a real line editor. */
export const zsh: Complete = (script, line, folder) => {
  const files = `print -r -- ${quote(INNER)} > ./inner.zsh\nprint -r -- ${quote(script)} > ./writ.zsh\n`;
  return run(
    'zsh',
    ['-f', '-s', line],
    `setopt extendedglob\n${files}${OUTER}rm inner.zsh writ.zsh\n`,
    folder,
  );
};
