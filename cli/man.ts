import { exitMeanings, exits } from './exit.ts';
import { type ArgumentEntry, type Entry, flatten, type OptionEntry } from './table.ts';

const DESCRIPTION = [
  'A person grants once, every hop after that can only narrow, and any service verifies the whole chain offline, back to the person, before it acts.',
  'Data goes to standard output, and prose to standard error as "writ: error:" and "writ: hint:".',
];

const TOKENS =
  'A token is given as it stands, as @FILE, or as - for standard input. A secret token, which starts with writ_secret_, is never taken as an argument, where other processes could read it.';

const FILES = [
  ['*.jwk', 'A private key or an HMAC secret, a JWK. writ keygen makes it with mode 0600.'],
  ['*.pub.jwk', 'A public key, to be handed out.'],
  ['trust.jwks', 'The trust file of a service, a JWK Set. Who may write it decides whose grants count.'],
  ['*.writ', 'A token, one line of text. An open token of suite hmac and a bundle are secrets.'],
] as const;

/** The man page in roff, with the macros of man(7), section 1. */
export function renderMan(program: Entry, version: string): string {
  const commands = flatten(program).slice(1);
  const leaves = commands.filter(({ children, path }) => children.length === 0 && path.at(-1) !== 'help');
  return [
    `.TH WRIT 1 "" ${quote(`writ ${version}`)} "User Commands"`,
    '.SH NAME',
    `writ \\- ${roff(program.summary.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    ...leaves.flatMap((entry) => [synopsisOf(entry), '.br']).slice(0, -1),
    '.SH DESCRIPTION',
    ...DESCRIPTION.flatMap((text) => ['.PP', line(text)]),
    '.SH COMMANDS',
    ...commands.flatMap(describeCommand),
    '.SH ARGUMENTS',
    ...uniqueArguments(leaves).flatMap(describeArgument),
    '.PP',
    line(TOKENS),
    '.SH EXIT STATUS',
    ...Object.entries(exits).flatMap(([name, number]) => [
      '.TP',
      `.B ${number}`,
      line(exitMeanings[name as keyof typeof exits]),
    ]),
    '.SH ENVIRONMENT',
    '.TP',
    '.B NO_COLOR',
    'Where it is set, nothing is coloured. Elsewhere, colours appear on a terminal alone.',
    '.SH FILES',
    ...FILES.flatMap(([name, about]) => ['.TP', `.I ${roff(name)}`, line(about)]),
    '.SH EXAMPLES',
    ...[...program.examples, ...leaves.flatMap(({ examples }) => examples)].flatMap(showExample),
    '.SH SEE ALSO',
    '.BR ssh\\-keygen (1),',
    '.BR openssl (1)',
    '.PP',
    'README.md and spec/writ.md in the folder of the package; writ explain for every code.',
    '',
  ].join('\n');
}

function synopsisOf({ path, options, arguments: list }: Entry): string {
  const needed = options.filter(({ group }) => group.startsWith('Needed')).map(flagsOf);
  const names = list.map(({ name, required }) =>
    required ? `\\fI${roff(name)}\\fR` : `[\\fI${roff(name)}\\fR]`,
  );
  const more = options.length > needed.length ? ['[\\fIoptions\\fR]'] : [];
  return [`\\fBwrit ${roff(path.join(' '))}\\fR`, ...needed, ...more, ...names].join(' ');
}

function describeCommand({ path, summary, options }: Entry): string[] {
  return [
    `.SS ${quote(`writ ${path.join(' ')}`)}`,
    line(summary),
    ...options.flatMap((option) => ['.TP', flagsOf(option), line(option.details)]),
  ];
}

function flagsOf({ names, placeholder }: OptionEntry): string {
  const bold = names.map((name) => `\\fB${roff(name)}\\fR`).join(', ');
  return placeholder === undefined ? bold : `${bold} \\fI${roff(placeholder)}\\fR`;
}

function uniqueArguments(entries: readonly Entry[]): readonly (ArgumentEntry & { of: string })[] {
  return entries.flatMap(({ path, arguments: list }) =>
    list
      .filter(({ description }) => description !== '')
      .map((argument) => ({ ...argument, of: path.join(' ') })),
  );
}

function describeArgument({ name, description, of }: ArgumentEntry & { of: string }): string[] {
  return ['.TP', `\\fI${roff(name)}\\fR of \\fBwrit ${roff(of)}\\fR`, line(description)];
}

function showExample(example: string): string[] {
  return ['.PP', '.nf', '.RS 4', ...example.split('\n').map(line), '.RE', '.fi'];
}

/** Text on a line of its own, which no dot or quote at its start may turn into a request. */
function line(text: string): string {
  return /^(\\\(aq|\.)/.test(roff(text)) ? `\\&${roff(text)}` : roff(text);
}

function quote(text: string): string {
  return `"${roff(text)}"`;
}

/** Text in which roff sees nothing but characters, and copies give back the same characters. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\(rs')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('"', '\\(dq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(
      /[^ -~]/gu,
      (character) => `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}
