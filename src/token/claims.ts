import { toHex } from '../bytes.ts';
import { allCaveats, type CaveatName, type Caveats, caveats } from '../caveats/all.ts';
import { degenerate, expectArray, expectBytes, expectText, expectTime, malformed } from '../cbor/expect.ts';
import { type Field, field, inOrder, missing, readFields } from '../cbor/fields.ts';
import { readCbor } from '../cbor/read.ts';
import type { CborValue } from '../cbor/value.ts';
import { parseKey } from '../keys/key-claim.ts';
import type { Suite } from '../keys/suite.ts';
import * as limits from '../limits.ts';
import { isAction, isName, isPrincipal } from '../names.ts';
import { isResource } from '../scope/pattern.ts';
import type { ArgumentsDigest, GrantClaims, HopClaims, InvocationClaims, Mission, Task } from './model.ts';

const bytes = (min: number, max?: number) => (value: CborValue, path: string) =>
  expectBytes(value, path, min, max);

const caveatFields = (names: readonly CaveatName[], required: readonly CaveatName[]): Field[] =>
  names.map((name) => field(caveats[name].key, name, caveats[name].parse, required.includes(name)));

const principal: Field['parse'] = (value, path) => expectText(value, path, isPrincipal);
const reference = field(3, 'reference', expectText, false);
const instruction = field(4, 'instruction', (value, path) => toHex(expectBytes(value, path, 32)), false);
const missionFields = [field(1, 'id', expectText), field(2, 'purpose', expectText), reference, instruction];
const taskFields = [field(2, 'task', expectText, false), reference, instruction];

const task = field(9, 'task', parseTask, false);
const delegate = field(2, 'delegate', principal);
const key = field(8, 'key', parseKey);

const grant = [
  field(1, 'grantor', principal),
  delegate,
  field(6, 'iat', expectTime),
  field(7, 'cti', bytes(16)),
  field(9, 'mission', (value, path) => readFields(value, path, missionFields)),
];

const grantFields: Record<Suite, readonly Field[]> = {
  ed25519: inOrder(...grant, key, ...caveatFields(allCaveats, ['exp', 'scope'])),
  hmac: inOrder(...grant, ...caveatFields(allCaveats, ['aud', 'exp', 'scope'])),
};

const hop = [
  delegate,
  field(6, 'iat', expectTime, false),
  field(7, 'cti', bytes(8, 16), false),
  task,
  ...caveatFields(
    allCaveats.filter((name) => name !== 'consent'),
    [],
  ),
];

const hopFields: Record<Suite, readonly Field[]> = {
  ed25519: inOrder(...hop, key),
  hmac: inOrder(...hop),
};

/** What binds an invocation, and the approvals of it, to one request. */
export const requestFields: readonly Field[] = [
  field(1, 'action', (value, path) => expectText(value, path, isAction)),
  field(2, 'resource', (value, path) => expectText(value, path, isResource)),
  field(3, 'audience', (value, path) => expectText(value, path, isName)),
  field(4, 'exp', expectTime),
  field(6, 'iat', expectTime),
  field(7, 'nonce', bytes(16)),
  field(8, 'arguments', parseArguments, false),
];

const invocationFields = [...requestFields, task];

/** Reads the payload of a root block (spec §5.4.1). @throws DecodeError */
export function parseGrant(payload: Uint8Array, suite: Suite, path: string): GrantClaims {
  const claims = readPayload<GrantClaims>(payload, path, grantFields[suite]);
  const { delegation } = claims as Partial<GrantClaims>;
  if (delegation?.depth === 0) degenerate(`${path}, delegation`);
  checkSubjects(claims, claims, path);
  return delegation ? claims : { ...claims, delegation: { depth: 0 } };
}

/** Reads the payload of a hop (spec §5.4.2). @throws DecodeError */
export function parseHop(payload: Uint8Array, suite: Suite, path: string, root: GrantClaims): HopClaims {
  const claims = readPayload<HopClaims>(payload, path, hopFields[suite]);
  if ((claims.limits ?? claims.plan) && !claims.cti) return missing(path, 'cti');
  checkSubjects(claims, root, path);
  return claims;
}

/** Reads the payload of an invocation (spec §5.7). @throws DecodeError */
export function parseInvocation(payload: Uint8Array, path: string): InvocationClaims {
  const claims = readPayload<InvocationClaims>(payload, path, invocationFields);
  const life = claims.exp - claims.iat;
  return life > 0 && life <= limits.invocation ? claims : malformed(`${path}, exp`);
}

/** The default subject of statuses (spec §5.5.6). */
export function defaultSubject({ grantor, mission }: { grantor: string; mission: Mission }): string {
  return `${grantor}#${mission.id}`;
}

// The fields of a task lie flat among those of its hop or invocation.
function readPayload<T>(payload: Uint8Array, path: string, fields: readonly Field[]): T {
  const claims = readFields(readCbor(payload, path), path, fields);
  if (claims.task === undefined) return claims as T;
  const { task, ...others } = claims;
  return { ...others, ...(task as Task) } as T;
}

function checkSubjects({ alive }: Pick<Caveats, 'alive'>, root: GrantClaims, path: string): void {
  const subject = defaultSubject(root);
  if (alive?.some((entry) => entry.subject === subject)) degenerate(`${path}, alive`);
}

function parseTask(value: CborValue, path: string): Task {
  const task: Task = readFields(value, path, taskFields);
  return Object.keys(task).length === 0 ? degenerate(path) : task;
}

function parseArguments(value: CborValue, path: string): ArgumentsDigest {
  const [mode, digest] = expectArray(value, path, 2, 2) as [CborValue, CborValue];
  if (mode !== 1 && mode !== 2) return malformed(path);
  return { mode: mode === 1 ? 'jcs' : 'body', digest: expectBytes(digest, path, 32) };
}
