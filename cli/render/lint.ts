import {
  DecodeError,
  type LintReport,
  type LintWarning,
  type WarningCode,
  warnings,
} from '../../src/index.ts';
import { describeKey } from '../../src/keys/public-key.ts';
import { formatPlace } from '../../src/lint/linted.ts';
import { printable } from '../../src/printable.ts';
import { formatDuration } from '../../src/time.ts';
import { toFailure } from '../exit.ts';
import type { Skipped } from '../gather.ts';
import { type Colour, style } from '../output.ts';
import { COLUMNS, row, wrap } from './layout.ts';

type Group = LintReport['groups'][number];
type Token = LintReport['tokens'][number];

/** A report as lines of at most 80 columns: by human, mission and holder, then what was refused, then the counts. */
export function renderReport(report: LintReport, skipped: Skipped): string[] {
  const { groups, verified, tokens } = report;
  const everywhere = findEverywhere(tokens);
  const unverified = 'NOT VERIFIED: no trust file was given, so all of this is what somebody wrote';
  return [
    ...(verified || tokens.length === 0 ? [] : [style('yellow', unverified), '']),
    ...groups.flatMap((group, i) => renderGroup(group, groups[i - 1], report, everywhere)),
    ...renderEverywhere(everywhere),
    ...renderRefused(report),
    ...(tokens.length + report.refused.length === 0 ? [] : ['']),
    ...renderSummary(report, skipped),
  ];
}

/** How many problems there are, refusals among them. */
export function countProblems({ tokens, refused }: LintReport): number {
  return tokens.flatMap(({ warnings: own }) => own.filter(isProblem)).length + refused.length;
}

// What is said of each of several tokens is said once, so that what sets one apart is seen.
function findEverywhere([first, ...others]: LintReport['tokens']): readonly LintWarning[] {
  if (first === undefined || others.length === 0) return [];
  const same = (own: LintWarning) =>
    others.every(({ warnings: all }) => all.some((one) => sameText(own, one)));
  return first.warnings.filter(same);
}

function sameText(a: LintWarning, b: LintWarning): boolean {
  return a.code === b.code && a.detail === b.detail;
}

function isProblem({ code }: Pick<LintWarning, 'code'>): boolean {
  return warnings[code][0] === 'problem';
}

// A human and a mission are named once, above all that is theirs.
function renderGroup(
  group: Group,
  before: Group | undefined,
  report: LintReport,
  everywhere: readonly LintWarning[],
): string[] {
  const { grantor, mission, holder, key, tokens } = group;
  const sameHuman = grantor === before?.grantor;
  const sameMission = sameHuman && mission === before?.mission;
  const own = tokens.map((i) => apart(report.tokens[i] as Token, everywhere));
  const whose = key === undefined ? holder : `${holder}, ${describeKey(key).slice(0, 12)}…`;
  return [
    ...(before === undefined || sameHuman ? [] : ['']),
    ...(sameHuman ? [] : lines('', grantor).map((line) => style('bold', line))),
    ...(sameMission ? [] : lines('  ', mission)),
    ...lines('    ', `${whose}: ${plural(tokens.length, 'token')}, ${renderSpan(group, report.now)}`),
    ...own.flatMap((token, i) => renderToken(token, tokens[i] === group.broadest, report.now)),
  ];
}

function apart(token: Token, everywhere: readonly LintWarning[]): Token {
  const own = token.warnings.filter((one) => !everywhere.some((shared) => sameText(one, shared)));
  return { ...token, warnings: own };
}

function renderSpan({ earliest, latest }: Group, now: number): string {
  const [first, last] = [renderExpiry(earliest, now), renderExpiry(latest, now)];
  return first === last ? first : `the first ${first}, the last ${last}`;
}

function renderExpiry(expires: number, now: number): string {
  return expires > now
    ? `expires in ${formatDuration(expires - now)}`
    : `expired ${formatDuration(now - expires)} ago`;
}

function renderToken(token: Token, broadest: boolean, now: number): string[] {
  const what = [renderExpiry(token.expires, now), ...(token.sealed ? ['sealed'] : [])];
  if (broadest) what.push('the broadest of these');
  return [
    ...lines('      ', `${formatPlace(token)}  ${what.join(', ')}`),
    ...renderWarnings('        ', token.warnings),
  ];
}

function renderEverywhere(everywhere: readonly LintWarning[]): string[] {
  if (everywhere.length === 0) return [];
  return ['', style('bold', 'Each of these tokens'), ...renderWarnings('    ', everywhere)];
}

function renderWarnings(margin: string, own: readonly LintWarning[]): string[] {
  const sorted = [...own.filter(isProblem), ...own.filter((one) => !isProblem(one))];
  return sorted.flatMap(({ code, detail }) => {
    const [level] = warnings[code];
    return row(margin, level, printable(`${detail} (${code})`), colours[level]);
  });
}

const colours: Readonly<Record<'problem' | 'advice', Colour>> = { problem: 'red', advice: 'yellow' };

function renderRefused({ refused, groups }: LintReport): string[] {
  const rows = refused.flatMap(({ code, path, ...place }) => {
    const { message } = toFailure(new DecodeError(code, { path }));
    return [...lines('  ', formatPlace(place)), ...row('    ', 'problem', printable(message), 'red')];
  });
  if (rows.length === 0) return [];
  return [...(groups.length === 0 ? [] : ['']), style('bold', 'Refused'), ...rows];
}

function renderSummary(report: LintReport, skipped: Skipped): string[] {
  const { tokens, groups, refused, counts, unfinished } = report;
  const problems = countProblems(report);
  const advice = tokens.flatMap(({ warnings: own }) => own).length + refused.length - problems;
  const codes = (wanted: boolean) => {
    const own = Object.entries(counts).filter(([code]) => isAdvice(code) !== wanted);
    return own.length === 0 ? '' : ` (${own.map(([code, count]) => `${code} ${count}`).join(', ')})`;
  };
  const left = Object.entries(skipped).filter(([, count]) => count > 0);
  const why = left.map(([reason, count]) => `${reasons[reason as keyof Skipped]} ${count}`).join(', ');
  const files = left.reduce((sum, [, count]) => sum + count, 0);
  const summary = [
    `${plural(tokens.length, 'token')} in ${plural(groups.length, 'group')}, ${refused.length} refused`,
    `${plural(problems, 'problem')}${codes(true)}`,
    `${advice} advice${codes(false)}`,
  ];
  const colour = problems > 0 ? 'red' : advice > 0 ? 'yellow' : 'green';
  return [
    ...lines('', summary.join('; ')).map((line) => style(colour, line)),
    ...(files === 0 ? [] : lines('', `${plural(files, 'file')} skipped (${why})`)),
    ...(unfinished === 0
      ? []
      : lines('', `${plural(unfinished, 'token')} not compared with all others: one holder has too many`)),
  ];
}

const reasons: Readonly<Record<keyof Skipped, string>> = {
  withoutToken: 'no token in it',
  tooLarge: 'larger than 1 MiB',
  notRegular: 'no regular file',
  unreadable: 'unreadable',
};

function isAdvice(code: string): boolean {
  return Object.hasOwn(warnings, code) && !isProblem({ code: code as WarningCode });
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function lines(margin: string, text: string): string[] {
  return wrap(printable(text), COLUMNS - margin.length).map((line) => margin + line);
}
