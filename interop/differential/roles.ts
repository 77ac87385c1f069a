import type { Node } from './tree.ts';

/** What stands at a place in a payload, so that it can be exchanged for another of its kind. */
export type Role = string;

const CAVEATS: Readonly<Record<number, Role>> = {
  ...{ 3: 'names', 4: 'time', 5: 'time', 6: 'time', 7: 'id', 8: 'key', 10: 'scope', 11: 'delegation' },
  ...{ 12: 'alive', 13: 'approval', 14: 'context', 15: 'limits', 16: 'plan', 17: 'key', 18: 'ext' },
};
const REQUEST = { 1: 'action', 2: 'resource', 3: 'name', 4: 'time', 6: 'time', 7: 'id', 8: 'arguments' };

/** The members of a map, by integer key. */
const MEMBERS: Readonly<Record<Role, Readonly<Record<number, Role>>>> = {
  grant: { ...CAVEATS, 1: 'principal', 2: 'principal', 9: 'mission' },
  hop: { ...CAVEATS, 2: 'principal', 9: 'task' },
  invocation: { ...REQUEST, 9: 'task' },
  status: { 4: 'time', 6: 'time', 8: 'subjects' },
  approval: { ...REQUEST, 10: 'answer' },
  consent: { 6: 'time' },
};

/** The elements of a list by place, where each has its own role. */
const PLACES: Readonly<Record<Role, readonly Role[]>> = {
  permission: ['actions', 'patterns', 'rules'],
  step: ['permission', 'count', 'count'],
  limit: ['unit', 'count', 'count'],
  authority: ['key', 'count', 'subject'],
  approvers: ['scope', 'keys', 'count', 'count'],
  delegation: ['count', 'delegates'],
  predicate: ['kind', 'operand', 'operand'],
  arguments: ['mode', 'digest'],
  entry: ['state', 'revoked'],
  revocation: ['digest', 'time'],
};

/** The elements of a list, or the values of a map with texts as keys, which all have one role. */
const ALL: Readonly<Record<Role, Role>> = {
  ...{ names: 'name', scope: 'permission', actions: 'action', patterns: 'pattern', rules: 'predicate' },
  ...{ context: 'predicate', plan: 'step', limits: 'limit', alive: 'authority', approval: 'approvers' },
  ...{ keys: 'key', delegates: 'delegate', operand: 'value', revoked: 'revocation', subjects: 'entry' },
  ext: 'item',
};

const SETS = new Set(
  'names scope actions patterns delegates alive approval limits keys operand revoked'.split(' '),
);

/** The role of a member of a map. */
export function memberRole(role: Role, key: Node): Role {
  if (key.is === 'number') return MEMBERS[role]?.[Number(key.value)] ?? `${role}.${key.value}`;
  return ALL[role] ?? 'item';
}

/** The role of an element of a list. */
export function elementRole(role: Role, place: number): Role {
  return ALL[role] ?? PLACES[role]?.[place] ?? 'item';
}

/** Whether a list with this role is a set, sorted by encoding. */
export function isSet(role: Role): boolean {
  return SETS.has(role);
}
