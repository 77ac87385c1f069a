import type { Random } from '../../test/torture/random.ts';
import type { Corpus } from './corpus.ts';
import { memberRole, type Role } from './roles.ts';
import { type Site, sitesOf } from './sites.ts';
import { bytes, list, map, type Node, number, OPEN, type Pair, raw, text } from './tree.ts';

/** The tools of a change: what is random, and what the vectors consist of. */
export interface Means {
  readonly random: Random;
  readonly corpus: Corpus;
}

type Change = (node: Node, role: Role, means: Means) => Node;

const EDGES = [
  0,
  1,
  2,
  15,
  16,
  17,
  23,
  24,
  255,
  256,
  257,
  300,
  301,
  4096,
  65535,
  65536,
  2 ** 32,
  2 ** 33 - 1,
  2 ** 33,
];
const BIG = [2n ** 53n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];
const STEPS = [-301, -300, -31, -30, -29, -2, -1, 1, 2, 29, 30, 31, 300, 301];
const SCRAPS = [
  '',
  '*',
  '**',
  '/**',
  '/*',
  ':*',
  '/',
  '.',
  '..',
  '//',
  '#',
  '?',
  'x',
  'A',
  ' ',
  '%2e',
  ';',
  '\\',
  'é',
  '\u0000',
  '\u202e',
  '𝟘',
];
const WHOLE = [
  'call',
  'denial',
  '*',
  '?*',
  'a',
  'x:*',
  'x:',
  'a://b',
  'a://*',
  '10.0.0.0/8',
  '::/0',
  '::ffff:1.2.3.4/128',
  '1.2.3.4/32',
];
/** What is no item of the format: floats, null, undefined, simple values, tags, a break, reserved heads, no UTF-8. */
const FOREIGN = [
  ...[
    [0xf6],
    [0xf7],
    [0xf9, 0x3c, 0],
    [0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
    [0xc0, 0x60],
    [0xf8, 0x20],
    [0xff],
    [0x1c],
  ],
  ...[
    [0xe0],
    [0x62, 0xc3, 0x28],
    [0x61, 0x80],
    [0x63, 0xed, 0xa0, 0x80],
    [0x62, 0xc0, 0x80],
    [0x3b, ...Array(8).fill(0xff)],
  ],
];

/** Changes one random place of a payload. */
export function change(payload: Node, role: Role, means: Means): Node {
  const sites = [...sitesOf(payload, role)];
  const site = sites[means.random.below(sites.length)] as Site;
  const pick = weighted(means.random);
  return site.with(pick(site.node, site.role, means));
}

function weighted(random: Random): Change {
  const n = random.below(100);
  if (n < 48) return graft;
  if (n < 68) return revalue;
  if (n < 80) return rearrange;
  if (n < 90) return addMember;
  if (n < 95) return retype;
  return misencode;
}

/** Another value of the same kind, from wherever in the vectors. */
const graft: Change = (node, role, { random, corpus }) => one(random, corpus.values.get(role) ?? [node]);

/** The same type with another value. */
const revalue: Change = (node, role, means) => {
  const { random, corpus } = means;
  if (node.is === 'number') return renumber(node.value, random);
  if (node.is === 'text') {
    const other = one(random, [
      () => reword(node.text, random),
      () => one(random, corpus.texts),
      () => text(one(random, WHOLE)),
    ]);
    return other();
  }
  if (node.is === 'bytes') return rebyte(node.bytes, random);
  if (node.is === 'raw') return raw(one(random, [0xf4, 0xf5]));
  return rearrange(node, role, means);
};

function renumber(value: bigint, random: Random): Node {
  const n = random.below(10);
  if (n < 5) return number(value + BigInt(one(random, STEPS)));
  if (n < 8) return number(one(random, EDGES));
  if (n < 9) return number(-value);
  return number(one(random, BIG) * (random.below(2) === 0 ? 1n : -1n));
}

function reword(word: string, random: Random): Node {
  const at = random.below(word.length + 1);
  const scrap = one(random, SCRAPS);
  const forms = [
    word.slice(0, at) + scrap + word.slice(at),
    word.slice(0, at) + scrap + word.slice(at + 1),
    word.slice(0, at),
    word + scrap,
    scrap + word,
    word.toUpperCase(),
    'x'.repeat(one(random, [64, 65, 255, 256, 4096, 4097])),
  ];
  return text(one(random, forms));
}

function rebyte(content: Uint8Array, random: Random): Node {
  if (content.length === 0) return bytes(Uint8Array.of(0));
  const at = random.below(content.length);
  const forms = [
    content.with(at, (content[at] ?? 0) ^ (1 << random.below(8))),
    content.subarray(0, at),
    Uint8Array.of(...content, 0),
    new Uint8Array(one(random, [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 64])).fill(random.below(256)),
  ];
  return bytes(one(random, forms));
}

/** One element or member less, twice, in another place, or of another key. */
const rearrange: Change = (node, role, means) => {
  const { random } = means;
  if (node.is === 'list') return { ...node, items: shuffle(node.items, random) };
  if (node.is !== 'map') return revalue(node, role, means);
  if (random.below(3) > 0 || node.pairs.length === 0) return { ...node, pairs: shuffle(node.pairs, random) };
  const at = random.below(node.pairs.length);
  const [key, value] = node.pairs[at] as Pair;
  return { ...node, pairs: node.pairs.with(at, [revalue(key, 'key of a member', means), value]) };
};

function shuffle<T>(all: readonly T[], random: Random): T[] {
  if (all.length === 0) return [];
  const [at, to] = [random.below(all.length), random.below(all.length)];
  const taken = all[at] as T;
  const forms = [
    all.toSpliced(at, 1),
    all.toSpliced(to, 0, taken),
    all.toSpliced(at, 1).toSpliced(to, 0, taken),
    all.toReversed(),
    [],
  ];
  return one(random, forms);
}

/** One claim, element or member more, as another payload has it. */
const addMember: Change = (node, role, means) => {
  const { random, corpus } = means;
  if (node.is === 'list') {
    const donor = one(random, corpus.values.get(role) ?? [node]);
    const items = donor.is === 'list' && donor.items.length > 0 ? donor.items : [number(random.below(20))];
    return {
      ...node,
      items: node.items.toSpliced(random.below(node.items.length + 1), 0, one(random, items)),
    };
  }
  if (node.is !== 'map') return graft(node, role, means);
  const key = number(random.below(20));
  const value = one(random, corpus.values.get(memberRole(role, key)) ?? [...corpus.texts]);
  return { ...node, pairs: [...node.pairs, [key, value]] };
};

const retype: Change = (node, _, { random }) => {
  const forms = [
    number(1),
    number(-1),
    text(''),
    bytes(new Uint8Array()),
    list(),
    map(),
    raw(0xf4),
    raw(0xf5),
    list(node),
    Array.from({ length: 10 + random.below(8) }).reduce<Node>((inner) => list(inner), node),
    map([number(1), node]),
    raw(...one(random, FOREIGN)),
  ];
  return one(random, forms);
};

/** The same data in bytes that are not the shortest, or not what their head says. */
const misencode: Change = (node, _, { random }) => {
  if (node.is === 'raw') return node;
  if (node.is !== 'list' && node.is !== 'map') return { ...node, width: one(random, [1, 2, 4, 8, OPEN]) };
  const count = node.is === 'list' ? node.items.length : node.pairs.length;
  const forms = [
    { width: one(random, [1, 2, 4, 8]) },
    { width: OPEN },
    { count: count + 1 },
    { count: Math.max(0, count - 1) },
    { count: 257, width: 2 },
  ];
  return { ...node, ...one(random, forms) };
};

/** One of several, each as likely. */
export function one<T>(random: Random, all: readonly T[]): T {
  return all[random.below(all.length)] as T;
}
