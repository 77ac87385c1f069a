import type { RequestVector } from '../../cli/vectors/chain-format.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { type Means, one } from './change.ts';

type Request = RequestVector['request'];

const RESOURCES = [
  '',
  'a',
  '/a',
  'a/',
  'a//b',
  'a/../b',
  'a/./b',
  '..',
  'reports/q3.pdf',
  'reports/..x',
  's3://a/b',
  'S3://a',
  'a%2fb',
  'a*',
];
const ACTIONS = ['', 'read', 'READ', '*', 'a b', '.read', 'x'.repeat(64), 'x'.repeat(65)];
const VALUES: readonly Json[] = [
  0,
  -1,
  12,
  12.5,
  1e300,
  2 ** 53 - 1,
  2 ** 53,
  true,
  false,
  null,
  '',
  'x',
  'é',
  '\ud800',
  [],
  ['a', 1],
  {},
  { a: [] },
];
const NAMES = ['amount', 'memo', 'other', '*', '?x', '__proto__', '', 'é', '\udc00', 'x'.repeat(300)];

/** The same request three times of four; else with another action, resource, argument, or byte of its body. */
export function mutateRequest(request: Request, { random, corpus }: Means): Request {
  if (random.below(4) > 0) return request;
  const { args, body, ...rest } = request;
  const forms: readonly (() => Request)[] = [
    () => ({ ...request, action: one(random, ACTIONS) }),
    () => ({ ...request, resource: one(random, RESOURCES) }),
    () => one(random, corpus.requests).request,
    () => ({ ...(args && { args }), ...(body !== undefined && { body }) }),
    () => rest,
    () =>
      body === undefined
        ? { ...rest, args: mutateArgs(args ?? {}, random) }
        : { ...rest, body: mutateBody(body, random) },
    () => ({ ...rest, args: mutateArgs(args ?? {}, random) }),
    () => ({
      ...rest,
      body: mutateBody(body ?? Buffer.from(JSON.stringify(args ?? {})).toString('hex'), random),
    }),
  ];
  return one(random, forms)();
}

function mutateArgs(args: JsonObject, random: Means['random']): JsonObject {
  const names = Object.keys(args);
  const name = names.length > 0 && random.below(3) > 0 ? one(random, names) : one(random, NAMES);
  const { [name]: old, ...others } = args;
  if (old !== undefined && random.below(4) === 0) return others;
  const nudged = typeof old === 'number' ? old + one(random, [-1, 1, 0.5]) : one(random, VALUES);
  return Object.fromEntries([
    ...Object.entries(others),
    [name, random.below(2) === 0 ? nudged : one(random, VALUES)],
  ]) as JsonObject;
}

const SCRAPS = [
  '',
  '7b',
  '7d',
  '22',
  '2c',
  '20',
  '00',
  'efbbbf',
  'c328',
  '2261223a312c',
  '2e30',
  '6531',
  '2d30',
  '5c7564383030',
  '5b',
];

function mutateBody(body: string, random: Means['random']): string {
  const at = 2 * random.below(body.length / 2 + 1);
  const scrap = one(random, SCRAPS);
  return one(random, [
    body.slice(0, at) + scrap + body.slice(at),
    body.slice(0, at) + scrap + body.slice(at + 2),
    body.slice(0, at),
  ]);
}
