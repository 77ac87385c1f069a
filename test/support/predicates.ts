import fc from 'fast-check';
import type { Json } from '../../src/json.ts';
import type { Predicate, PredicateName, Value } from '../../src/scope/predicate.ts';

// Small domains on purpose: two predicates that are drawn often have to do with one another.

const integers = fc.integer({ min: -2, max: 6 });
const texts = fc.constantFrom('', 'a', 'b', 'ab', 'a/b', 'x.a', '1', 'true');

/** What predicates compare with. */
export const values: fc.Arbitrary<Value> = fc.oneof(integers, texts, fc.boolean());

const valueSet = (minLength: number): fc.Arbitrary<Value[]> =>
  fc.uniqueArray(values, { minLength, maxLength: 4 });

const bounds = fc
  .tuple(fc.option(integers), fc.option(integers))
  .filter(([low, high]) => (low === null ? high !== null : high === null || low <= high));

const networks = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.0.0.0/9',
  '10.128.0.0/9',
  '10.1.2.0/24',
  '10.1.2.3/32',
  '::/0',
  '::/96',
  '2001:db8::/32',
  '2001:db8::/33',
  '2001:db8:8000::/33',
  '::ffff:10.0.0.0/104',
);
const hosts = fc.constantFrom('a.example', 'b.example', 'a.example.evil', 'xa.example', 'localhost');

type Simple = Exclude<PredicateName, 'all'>;

/** Predicates of each kind but `all`, as the wire may carry them. */
export const predicatesByName: { readonly [N in Simple]: fc.Arbitrary<Predicate> } = {
  eq: values.map((operand) => ({ eq: operand })),
  in: valueSet(2).map((operand) => ({ in: operand })),
  notIn: valueSet(1).map((operand) => ({ notIn: operand })),
  range: bounds.map((operand) => ({ range: operand })),
  pattern: fc.constantFrom('a', 'b', '*', '**', 'a/b', 'a/*', 'a/**', '*/b').map((pattern) => ({ pattern })),
  suffix: fc.constantFrom('', 'a', 'b', 'ab', '.a', '/b').map((suffix) => ({ suffix })),
  subset: valueSet(0).map((subset) => ({ subset })),
  size: fc.nat({ max: 4 }).map((size) => ({ size })),
  cidr: networks.map((cidr) => ({ cidr })),
  host: fc.uniqueArray(hosts, { minLength: 1, maxLength: 3 }).map((host) => ({ host })),
};

/** Predicates of one value each. */
export const simplePredicates: fc.Arbitrary<Predicate> = fc.oneof(...Object.values(predicatesByName));

/** Predicates of all kinds. */
export const predicates: fc.Arbitrary<Predicate> = fc.oneof(
  { weight: 6, arbitrary: simplePredicates },
  { weight: 1, arbitrary: conjunctions([]) },
);

function conjunctions(members: readonly Predicate[]): fc.Arbitrary<Predicate> {
  return fc
    .uniqueArray(simplePredicates, { minLength: 2, maxLength: 3, comparator: same })
    .map((more) => [...members, ...more.filter((one) => !members.some((member) => same(one, member)))])
    .map((all): Predicate => (all.length === 1 ? (all[0] as Predicate) : { all }));
}

function same(a: Predicate, b: Predicate): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Predicates that ask for no more than a predicate has, in a way that a minter must be able to prove. */
export function narrowerPredicate(outer: Predicate): fc.Arbitrary<Predicate> {
  if ('all' in outer) return conjunctions(outer.all);
  return fc.oneof(fc.constant(outer), narrowerOfKind(outer), withMore(outer));
}

function withMore(member: Predicate): fc.Arbitrary<Predicate> {
  return conjunctions([member]);
}

function narrowerOfKind(outer: Exclude<Predicate, { all: unknown }>): fc.Arbitrary<Predicate> {
  if ('in' in outer || 'eq' in outer) {
    const items = 'in' in outer ? outer.in : [outer.eq];
    return fc.subarray([...items], { minLength: 1 }).map(oneOf);
  }
  if ('notIn' in outer) {
    const types = new Set(outer.notIn.map((item) => typeof item));
    const more = values.filter((value) => types.has(typeof value));
    return fc
      .array(more, { maxLength: 2 })
      .map((added) => ({ notIn: [...new Set([...outer.notIn, ...added])] }));
  }
  if ('range' in outer) {
    const [low, high] = outer.range;
    const [least, most] = [low ?? (high as number) - 5, high ?? (low as number) + 5];
    const inside = fc.integer({ min: least, max: most });
    return fc.tuple(inside, inside).map(([a, b]) => ({ range: [Math.min(a, b), Math.max(a, b)] }));
  }
  // Of the other kinds, the values that they admit are what is surely narrower.
  const admitted = probes(outer).filter((value) => isValue(value) && naive(outer, value)) as Value[];
  return admitted.length === 0
    ? fc.constant(outer)
    : fc.uniqueArray(fc.constantFrom(...admitted), { minLength: 1, maxLength: 4 }).map(oneOf);
}

function oneOf(items: readonly Value[]): Predicate {
  return items.length === 1 ? { eq: items[0] as Value } : { in: items };
}

function isValue(value: Json): value is Value {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isInteger(value);
}

/** The meaning of each kind, said a second time and in the plainest way; `cidr` and `host` have tables instead. */
export function naive(predicate: Predicate, value: Json): boolean {
  if ('eq' in predicate) return value === predicate.eq;
  if ('in' in predicate) return predicate.in.some((item) => item === value);
  if ('notIn' in predicate) {
    const comparable = predicate.notIn.filter((item) => typeof item === typeof value);
    const whole = typeof value !== 'number' || Math.floor(value) === value;
    return comparable.length > 0 && whole && comparable.every((item) => item !== value);
  }
  if ('range' in predicate) {
    if (typeof value !== 'number') return false;
    const [low, high] = predicate.range;
    return !(low !== null && value < low) && !(high !== null && value > high);
  }
  if ('pattern' in predicate) {
    if (typeof value !== 'string' || !value.split('/').every(isPlainSegment)) return false;
    const source = predicate.pattern.replace('**', '.+').replace(/\*/g, '[^/]+');
    return new RegExp(`^${source}$`).test(value);
  }
  if ('suffix' in predicate) {
    const at = typeof value === 'string' ? value.length - predicate.suffix.length : -1;
    return at >= 0 && (value as string).slice(at) === predicate.suffix;
  }
  if ('subset' in predicate) {
    return Array.isArray(value) && value.filter((item) => !predicate.subset.includes(item)).length === 0;
  }
  if ('size' in predicate) {
    if (typeof value === 'string') return Buffer.from(value).length <= predicate.size;
    return Array.isArray(value) && value.length <= predicate.size;
  }
  if ('all' in predicate) return !predicate.all.some((member) => !naive(member, value));
  return false;
}

function isPlainSegment(segment: string): boolean {
  return /^[A-Za-z0-9.:-]+$/.test(segment) && segment !== '.' && segment !== '..';
}

const common: readonly Json[] = [
  ...[null, true, false, 0, 1, 0.5, '', '0', '1', 'a', 'b', 'true', 'null', [], {}, [[]], ['a'], { a: 1 }],
  ...[
    'a/b',
    'a/',
    '/a',
    'a//b',
    'ab',
    'a-b',
    'a/../b',
    '10.1.2.3',
    '10.127.255.255',
    '10.128.0.0',
    '11.0.0.0',
  ],
  ...['::', '::1', '::ffff:10.1.2.3', '2001:db8::1', '2001:db9::', 'a.example', 'https://a.example/x'],
  ...['https://a.example.evil/', 'https://b.example:443', 'https://a.example@b.example/'],
];

/** Values at, just inside and just outside the boundaries of predicates, and some of every type. */
export function probes(...of: readonly Predicate[]): Json[] {
  const found = [...common, ...of.flatMap(boundary)];
  return [...new Map(found.map((value) => [JSON.stringify(value), value])).values()];
}

function boundary(predicate: Predicate): Json[] {
  if ('eq' in predicate) return around(predicate.eq);
  if ('in' in predicate) return predicate.in.flatMap(around);
  if ('notIn' in predicate) return predicate.notIn.flatMap(around);
  if ('range' in predicate) return predicate.range.flatMap((bound) => (bound === null ? [] : around(bound)));
  if ('pattern' in predicate) {
    const { pattern } = predicate;
    return ['a', 'b', 'a/b'].flatMap((part) => [
      pattern,
      pattern.replace(/\*\*|\*/g, part),
      `${pattern}/${part}`,
    ]);
  }
  if ('suffix' in predicate) return around(predicate.suffix);
  if ('subset' in predicate) {
    return [
      [...predicate.subset],
      [...predicate.subset, ...predicate.subset],
      [...predicate.subset, 'other'],
    ];
  }
  if ('size' in predicate) {
    return [-1, 0, 1].flatMap((more) => {
      const size = Math.max(0, predicate.size + more);
      return ['x'.repeat(size), '\u00fc'.repeat(Math.ceil(size / 2)), Array(size).fill(1)];
    });
  }
  if ('cidr' in predicate) return [predicate.cidr, predicate.cidr.replace(/\/.*/, '')];
  if ('host' in predicate) return predicate.host.flatMap((host) => [host, `https://${host}/`, `${host}.`]);
  return predicate.all.flatMap(boundary);
}

function around(value: Value): Json[] {
  if (typeof value === 'number')
    return [value, value - 1, value + 1, value - 0.5, value + 0.5, String(value)];
  if (typeof value === 'boolean') return [value, !value, String(value), Number(value)];
  return [value, `x${value}`, `${value}x`, value.slice(1), value.toUpperCase(), [value]];
}
