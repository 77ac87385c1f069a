import type { Command } from 'commander';
import { type Code, codes, type Stage } from '../../src/codes.ts';
import { type WarningCode, warnings } from '../../src/inspect/warning.ts';
import { advice } from '../advice.ts';
import { withExamples } from '../examples.ts';
import { exitMeanings, exitOfCode, exits, usage } from '../exit.ts';
import { nearest } from '../nearest.ts';
import { print, printJson, style } from '../output.ts';
import { COLUMNS, row, wrap } from '../render/layout.ts';
import { warningAdvice } from '../warning-advice.ts';

const stages: Readonly<Record<Stage, string>> = {
  decode: 'while reading the token, before any cryptography',
  key: 'while reading a key or a trust file',
  verify: 'while verifying the chain back to the human',
  request: 'while reading what the service asks',
  mint: 'while making a token',
  decide: 'while deciding the request',
  need: 'while deciding the request: denied unless something is brought',
};

type Level = (typeof warnings)[WarningCode][0];

const levels: Readonly<Record<Level, string>> = {
  problem: 'the token does not do what it was made for',
  advice: 'the token works, and could be better',
};

const allCodes = Object.keys(codes) as Code[];
const allWarnings = Object.keys(warnings) as WarningCode[];

/** `writ explain`: what a code means, and what to do about it. */
export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .argument('[code]', 'a code such as exp.passed; without one, all are listed')
    .description('say what a code means, and what to do')
    .action((name: string | undefined, { json }: { json?: true }) => {
      if (name !== undefined) {
        const explained = explainName(name);
        if (json) printJson(explained);
        else for (const line of render(explained)) print(line);
      } else if (json) {
        printJson({ codes: allCodes.map(explainCode), warnings: allWarnings.map(explainWarning) });
      } else for (const line of listAll()) print(line);
    });
  withExamples(command, ['writ explain exp.passed', 'writ explain redundant', 'writ explain']);
}

interface ExplainedCode {
  readonly code: Code;
  readonly stage: Stage;
  readonly exit: number;
  readonly meaning: string;
  readonly advice: string;
}

interface ExplainedWarning {
  readonly code: WarningCode;
  readonly level: Level;
  readonly meaning: string;
  readonly advice: string;
}

function explainName(name: string): ExplainedCode | ExplainedWarning {
  if (Object.hasOwn(codes, name)) return explainCode(name as Code);
  if (Object.hasOwn(warnings, name)) return explainWarning(name as WarningCode);
  const group = allCodes.filter((code) => code.startsWith(`${name}.`));
  const similar = group.length > 0 ? group.join(', ') : nearest(name, [...allCodes, ...allWarnings]);
  const hint = similar === undefined ? '' : `did you mean ${similar}; `;
  throw usage(`unknown code: ${name}`, `${hint}writ explain lists all codes`);
}

function explainCode(code: Code): ExplainedCode {
  const [stage, meaning] = codes[code];
  return { code, stage, exit: exitOfCode(code), meaning, advice: advice[code] };
}

function explainWarning(code: WarningCode): ExplainedWarning {
  const [level, meaning] = warnings[code];
  return { code, level, meaning, advice: warningAdvice[code] };
}

function render(explained: ExplainedCode | ExplainedWarning): string[] {
  const { code, meaning, advice } = explained;
  const facts =
    'level' in explained
      ? row('  ', 'warning', `${explained.level}: ${levels[explained.level]}`)
      : [...row('  ', 'raised', stages[explained.stage]), ...row('  ', 'exit', describeExit(explained))];
  return [
    ...wrap(`${code}: ${meaning}`, COLUMNS).map((line) => line.replace(code, style('bold', code))),
    '',
    ...facts,
    '',
    ...wrap(advice, COLUMNS - 4).map((line) => `  ${line}`),
  ];
}

function describeExit({ code, stage, exit }: ExplainedCode): string {
  const [name] = Object.entries(exits).find(([, number]) => number === exit) ?? [];
  const meaning = `${exit}: ${exitMeanings[name as keyof typeof exits]}`;
  if (stage === 'need') return `${meaning}; ${exits.denied} where something else denies for good`;
  if (code === 'key.weak' || code === 'key.algorithm')
    return `${meaning}; ${exits.unverified} where it stands inside a token`;
  if (code.startsWith('receipt.')) return `${meaning}; ${exits.unverified} where writ audit finds it`;
  return meaning;
}

function listAll(): string[] {
  const raised = (Object.keys(stages) as Stage[]).map((stage) => {
    const own = allCodes.filter((code) => codes[code][0] === stage);
    return listGroup(stages[stage].replace(/^w/, 'W'), own, codes);
  });
  const warned = (Object.keys(levels) as Level[]).map((level) => {
    const own = allWarnings.filter((code) => warnings[code][0] === level);
    return listGroup(`Warnings about a token, ${level}: ${levels[level]}`, own, warnings);
  });
  return [...raised, ...warned].flatMap((group, i) => (i === 0 ? group : ['', ...group]));
}

const INDENT = `\n${' '.repeat(24)}`;

function listGroup<C extends string>(
  title: string,
  own: readonly C[],
  meanings: Readonly<Record<C, readonly [unknown, string]>>,
): string[] {
  const lines = own.map((code) => `  ${code.padEnd(21)} ${wrap(meanings[code][1], 56).join(INDENT)}`);
  return [style('bold', `${title}:`), ...lines];
}
