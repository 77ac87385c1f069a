import { type CaveatName, caveats } from '../caveats/all.ts';
import type { Kind } from '../evidence/item.ts';
import { missionStates } from '../evidence/status.ts';
import * as limits from '../limits.ts';
import { predicateNames } from '../scope/predicate.ts';
import { formatTime } from '../time.ts';
import { type Fields, leaf, list, plain, type Shape, tuple } from './shape.ts';

const seconds = leaf('seconds');
/** A time in seconds, as a date. */
export const time: Shape = {
  explain: (value) => (value >= 0 && value < limits.time ? formatTime(value) : undefined),
};
const key = tuple('key', leaf('algorithm'), leaf('key'));

const predicate: Shape = {
  note: 'predicate',
  parts: (number) => {
    const kind: Shape = { explain: (value) => predicateNames[value - 1] };
    const name = typeof number === 'number' ? predicateNames[number - 1] : undefined;
    if (name === 'range') return [kind, leaf('low'), leaf('high')];
    return [kind, list(name === 'all' ? predicate : plain)];
  },
};
const permission = tuple('permission', list(plain, 'actions'), list(plain, 'resources'), {
  note: 'argument rules',
  values: predicate,
});

const record: Fields = { 3: ['reference', plain], 4: ['instruction', plain] };
const mission: Shape = { fields: { 1: ['id', plain], 2: ['purpose', plain], ...record } };
const task: Shape = { fields: { 2: ['task', plain], ...record } };

const caveatShapes: Readonly<Record<CaveatName, Shape>> = {
  aud: list(plain),
  exp: time,
  nbf: time,
  scope: list(permission),
  delegation: { parts: () => [leaf('depth'), list(plain, 'delegates')] },
  alive: list(tuple('status', key, seconds, leaf('subject'))),
  approval: list(tuple('approval', list(permission, 'unless'), list(key, 'keys'), leaf('how many'), seconds)),
  context: { values: predicate },
  limits: list(tuple('limit', leaf('unit'), leaf('amount'), seconds)),
  plan: list(tuple('step', permission, leaf('at least'), leaf('at most'))),
  consent: key,
  ext: plain,
};

/** The claims of a block by key; the root has some of its own (spec §5.4). */
export function blockFields(suite: 1 | 2, isRoot: boolean): Fields {
  const names = (Object.keys(caveats) as CaveatName[]).filter((name) => isRoot || name !== 'consent');
  return {
    ...Object.fromEntries(names.map((name) => [caveats[name].key, [name, caveatShapes[name]] as const])),
    ...(isRoot && { 1: ['grantor', plain] }),
    2: ['delegate', plain],
    6: ['iat', time],
    7: ['cti', plain],
    ...(suite === 2 && { 8: ['key', key] }),
    9: isRoot ? ['mission', mission] : ['task', task],
  };
}

const requestFields: Fields = {
  1: ['action', plain],
  2: ['resource', plain],
  3: ['audience', plain],
  4: ['exp', time],
  6: ['iat', time],
  7: ['nonce', plain],
  8: ['arguments', { parts: () => [{ explain: (mode) => ['JCS', 'body'][mode - 1] }, leaf('SHA-256')] }],
};

/** The claims of an invocation by key (spec §5.7). */
export const invocationFields: Fields = { ...requestFields, 9: ['task', task] };

const subject = tuple(
  'subject',
  { explain: (state) => missionStates[state - 1] },
  list(tuple('revoked', leaf('id'), time)),
);

/** The claims of each kind of evidence by key (spec §5.8). */
export const evidenceFields: Readonly<Record<Kind, Fields>> = {
  status: { 4: ['exp', time], 6: ['issued', time], 8: ['subjects', { values: subject }] },
  approval: { ...requestFields, 10: ['approved', plain] },
  consent: { 6: ['iat', time] },
};
