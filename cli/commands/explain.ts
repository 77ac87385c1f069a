import { type Command, Help } from 'commander';
import { type Code, codes, type Stage } from '../../src/codes.ts';
import { advice } from '../advice.ts';
import { withExamples } from '../examples.ts';
import { exitMeanings, exitOfCode, exits, usage } from '../exit.ts';
import { nearest } from '../nearest.ts';
import { print, printJson, style } from '../output.ts';

const stages: Readonly<Record<Stage, string>> = {
  decode: 'while reading the token, before any cryptography',
  key: 'while reading a key or a trust file',
  verify: 'while verifying the chain back to the human',
  request: 'while reading what the service asks',
  mint: 'while making a token',
  decide: 'while deciding the request',
  need: 'while deciding the request: denied unless something is brought',
};

/** `writ explain`: what a code means, and what to do about it. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .argument('[code]', 'a code such as exp.passed; without one, all are listed')
    .description('say what a code means, and what to do')
    .action((name: string | undefined, { json }: { json?: true }) => {
      if (name !== undefined) {
        const explained = explainCode(asCode(name));
        if (json) printJson(explained);
        else for (const line of render(explained)) print(line);
      } else if (json) printJson({ codes: (Object.keys(codes) as Code[]).map(explainCode) });
      else for (const line of list()) print(line);
    });
  withExamples(command, ['writ explain exp.passed', 'writ explain']);
}

function asCode(name: string): Code {
  if (Object.hasOwn(codes, name)) return name as Code;
  const known = Object.keys(codes);
  const group = known.filter((code) => code.startsWith(`${name}.`));
  const similar = group.length > 0 ? group.join(', ') : nearest(name, known);
  const hint = similar === undefined ? '' : `did you mean ${similar}; `;
  throw usage(`unknown code: ${name}`, `${hint}writ explain lists all codes`);
}

function explainCode(code: Code): {
  code: Code;
  stage: Stage;
  exit: number;
  meaning: string;
  advice: string;
} {
  const [stage, meaning] = codes[code];
  return { code, stage, exit: exitOfCode(code), meaning, advice: advice[code] };
}

function render({ code, stage, exit, meaning, advice }: ReturnType<typeof explainCode>): string[] {
  return [
    `${style('bold', code)}: ${meaning}`,
    '',
    `  raised  ${stages[stage]}`,
    `  exit    ${describeExit(code, exit)}`,
    '',
    ...wrap(advice, 76).map((line) => `  ${line}`),
  ];
}

function describeExit(code: Code, exit: number): string {
  const [name] = Object.entries(exits).find(([, number]) => number === exit) ?? [];
  const meaning = `${exit}: ${exitMeanings[name as keyof typeof exits]}`;
  if (codes[code][0] === 'need')
    return `${meaning};\n          ${exits.denied} where something else denies for good`;
  if (code === 'key.weak' || code === 'key.algorithm')
    return `${meaning}; ${exits.unverified} where it stands inside a token`;
  return meaning;
}

function wrap(text: string, width: number): string[] {
  return new Help().boxWrap(text, width).split('\n');
}

const INDENT = `\n${' '.repeat(24)}`;

function list(): string[] {
  return (Object.keys(stages) as Stage[]).flatMap((stage, i) => {
    const own = (Object.keys(codes) as Code[]).filter((code) => codes[code][0] === stage);
    const heading = `${stages[stage].replace(/^w/, 'W')}:`;
    return [
      ...(i === 0 ? [] : ['']),
      style('bold', heading),
      ...own.map((code) => `  ${code.padEnd(21)} ${wrap(codes[code][1], 56).join(INDENT)}`),
    ];
  });
}
