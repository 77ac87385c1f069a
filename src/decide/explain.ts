import { describeCaveat } from '../caveats/forms.ts';
import type { Limit } from '../caveats/limits.ts';
import type { Step } from '../caveats/plan.ts';
import { type Code, codes } from '../codes.ts';
import { describeKey } from '../keys/public-key.ts';
import * as limits from '../limits.ts';
import { printable } from '../printable.ts';
import type { Permission } from '../scope/permission.ts';
import { describePermission } from '../scope/permission-form.ts';
import type { Predicate } from '../scope/predicate.ts';
import { describePredicate } from '../scope/predicate-form.ts';
import { formatDuration, formatTime } from '../time.ts';
import type { Alarm, Decision, Denial, GrantorProof, OpenNeed, Relied, Reservation } from './decision.ts';

const NOT_ESTABLISHED = {
  request: 'no request was compared with the invocation',
  replay: 'no store answered, so a replay would not be noticed',
  order: 'no store answered, so a later status that was seen before would not be noticed',
  durability: 'nonces and counts may be forgotten when the verifier ends, or the server of its store',
} as const;

const BY: Readonly<Record<GrantorProof['known'], (by: string) => string>> = {
  'own-key': () => 'with their own key',
  consent: (by) => `through ${by}, and by their own consent`,
  attested: (by) => `as ${by} attests`,
};

/**
 * A decision in words, a line each, with nothing in them that a terminal would obey.
 *
 * @example
 * console.log(explain(decision).join('\n'))
 */
export function explain(decision: Decision): string[] {
  const { verdict, request, grantor, mission, chain, denials, needs, notEstablished, reservation } = decision;
  const { relied = [], alarms = [] } = decision;
  const asked = request === null ? 'no request: the token is open' : `${request.action} ${request.resource}`;
  const by = BY[grantor.known](grantor.by);
  const hands = chain.map(({ delegate, task }) =>
    task === undefined ? delegate : `${delegate} (“${task}”)`,
  );
  const lines = [
    `${verdict === 'allow' ? 'allowed' : 'denied'}  ${asked}`,
    ...denials.flatMap(explainDenial),
    ...needs.map((need) => `  needed       ${explainNeed(need)}`),
    `  granted by   ${grantor.principal}, ${by}`,
    `  mission      ${mission.id}: “${mission.purpose}”`,
    `  through      ${hands.join(' → ')}`,
    ...relied.flatMap(explainRelied),
    ...alarms.map((alarm) => `  ALARM        ${explainAlarm(alarm)}`),
    ...(reservation ? [`  reserved     ${describeReservation(reservation)}`] : []),
    ...notEstablished.map((what) => `  not checked  ${what}: ${NOT_ESTABLISHED[what]}`),
  ];
  return lines.map(printable);
}

/** A denial in words, a line each; what is foreign in them is not escaped yet. */
export function explainDenial({ code, block, caveat, expected, actual }: Denial): string[] {
  const where = block === null ? caveat : `block ${block}`;
  return [
    `  ${code}, ${where}: ${codes[code][1]}`,
    ...(expected === null ? [] : [`    expected   ${inWords(code, expected)}`]),
    ...(actual === null ? [] : [`    actual     ${inWords(code, actual, true)}`]),
  ];
}

/** What would turn a denial into an allow, in words. */
export function explainNeed(need: OpenNeed): string {
  const where = `for ${need.block === null ? 'the invocation' : `block ${need.block}`}`;
  switch (need.kind) {
    case 'store':
      return `a store that counts, ${where}`;
    case 'status':
      return `a status of ${need.subject}, at most ${need.within} s old, ${where}`;
    case 'approval':
      return `${need.need} of ${need.keys.length} approvals, at most ${need.within} s old, ${where}`;
    case 'consent':
      return `the grantor’s own consent, ${where}`;
  }
}

function explainRelied(relied: Relied): string[] {
  const what =
    relied.kind === 'status'
      ? `the status of ${relied.subject}, ${formatDuration(relied.age)} old`
      : `${relied.kind === 'approval' ? 'the approval' : 'the consent'} of ${formatTime(relied.iat)}`;
  return [`  relies on    ${what}`, `    block ${relied.block}    by ${describeKey(relied.key)}`];
}

/** What contradicts itself, in words; what is foreign in them is not escaped yet. */
export function explainAlarm({ kind, key, subject, issued }: Alarm): string {
  const what =
    kind === 'conflict'
      ? 'two statuses of one time contradict each other'
      : 'a mission that ended is said to go on';
  return `${what}: ${subject}, ${formatTime(issued)}, by ${describeKey(key)}`;
}

function describeReservation({ costs, until }: Reservation): string {
  const most = Object.entries(costs).map(([unit, cost]) => `${cost} ${unit}`);
  return `at most ${most.join(', ')}, in full where nothing is settled before ${formatTime(until)}`;
}

// Times, permissions and predicates read better in words than as data; all else is short.
function inWords(code: Code, value: unknown, found = false): string {
  if (typeof value === 'number' && code.startsWith('approval.'))
    return `${value} approval${value === 1 ? '' : 's'}`;
  if (typeof value === 'number' && /\.(expired|early|passed|older|conflict)$/.test(code))
    return formatTime(value);
  if (typeof value === 'string') return value;
  if (code === 'alive.stale') return describeStale(value as Stale);
  if (code === 'alive.block' || code === 'alive.key') {
    const { block, id } = value as { readonly block: number; readonly id: string };
    return `${code === 'alive.key' ? 'the key of block' : 'block'} ${block}, listed as ${id}`;
  }
  if (found) return describeCounted(code, value) ?? JSON.stringify(value);
  if (code === 'limits.spent' || code === 'limits.cost' || code === 'limits.frozen')
    return describeCaveat('limits', [value as Limit]).join('; ');
  if (code === 'limits.store') return describeCaveat('limits', value as Limit[]).join('; ');
  if (/^plan\.(step|early|closed|store)$/.test(code))
    return describeCaveat('plan', value as Step[]).join('; ');
  if (code === 'scope.action' || code === 'scope.resource' || code === 'scope.arguments') {
    if (Array.isArray(value)) return (value as Permission[]).map(describePermission).join('; ');
  }
  if (code.startsWith('context.') && typeof value === 'object' && !Array.isArray(value)) {
    const [[name, predicate]] = Object.entries(value as object) as [[string, Predicate]];
    return `${name} ${describePredicate(predicate)}`;
  }
  return JSON.stringify(value);
}

type Stale = { readonly within: number; readonly exp: number } | { readonly issued: number };

function describeStale(value: Stale): string {
  if ('issued' in value) return `issued ${formatTime(value.issued)}`;
  // A block may allow an age beyond all times that have a date.
  return `at most ${value.within} s old, and good until ${formatTime(value.exp)}`;
}

/** What a store counted, in words. */
function describeCounted(code: Code, value: unknown): string | undefined {
  const { used, cost, frees, taken, position, action, resource } = value as {
    readonly [name in 'used' | 'cost' | 'frees' | 'position']?: number;
  } & { readonly taken?: readonly number[]; readonly action?: string; readonly resource?: string };
  if (code === 'limits.frozen') return `${used} counted`;
  if (code === 'limits.spent') {
    // A window may reach beyond all times that have a date.
    const date = frees !== undefined && frees < limits.time ? [`frees at ${formatTime(frees)}`] : [];
    return [`${used} used`, `${cost} asked`, ...date].join(', ');
  }
  if (code === 'plan.step') return (value as string[]).join(' ');
  if (!/^plan\.(early|closed)$/.test(code) || taken === undefined || position === undefined) return undefined;
  return `${action} ${resource}, at step ${position + 1}, steps taken ${taken.join(', ')} times`;
}
