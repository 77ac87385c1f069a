import { createHash } from 'node:crypto';
import type { AuthorizeVector } from '../../cli/vectors/sequence-format.ts';
import { type Random, randomFrom } from '../../test/torture/random.ts';
import { type Base, textOf } from './bases.ts';
import {
  closePiece,
  closeToken,
  type Opened,
  type OpenPiece,
  openToken,
  type Part,
  type Signers,
} from './chain.ts';
import { change, type Means, one } from './change.ts';
import { type Corpus, piecesOf } from './corpus.ts';
import { lineOf, type Question } from './question.ts';
import { mutateRequest } from './requests.ts';
import { sorted } from './sites.ts';
import { bytes, list, map, number, text } from './tree.ts';

/** The mutation with a number, which is the same for the same seed and vectors. */
export function mutationAt(index: number, seed: number, corpus: Corpus, signers: Signers): Question {
  const name = `mutation ${index} of seed ${seed}`;
  const random = randomFrom(createHash('sha256').update(name).digest().readUInt32BE());
  const means = { random, corpus };
  const base = one(random, corpus.bases);
  const { token, ids } = closeToken(mutateToken(openToken(base.token), means), signers);
  const pieces = mutatePieces(base, means).map((piece) => closePiece(piece, ids, signers));
  const parts = base.step === undefined ? base.parts : pieces;
  const mutant = mutateText({ ...base, token, parts }, means);
  return {
    name,
    line: lineOf(name, base.step === undefined ? withRequests(mutant, means) : withSteps(mutant, means)),
  };
}

/** Now and then what no signature is about: the prefix, bytes wherever they stand, pieces that are none or too many. */
function mutateText(base: Base, { random }: Means): Base {
  const at = (content: Uint8Array) => random.below(content.length + 1);
  const inBytes = (content: Uint8Array) =>
    Uint8Array.from(
      [...content].toSpliced(at(content), random.below(3), ...one(random, [[], [0], [0x80], [0xff]])),
    );
  const none = [new Uint8Array(), new Uint8Array(32), Uint8Array.of(0x80), Uint8Array.of(0x82, 1, 0x80)];
  const forms: readonly (() => Base)[] = [
    () => ({ ...base, prefix: one(random, ['writ_', 'writ_secret_', 'WRIT_', 'writ_secret', '']) }),
    () => ({ ...base, token: inBytes(base.token) }),
    () => ({ ...base, parts: [...base.parts, one(random, none)] }),
    () => ({
      ...base,
      parts: Array.from({ length: 15 + random.below(3) }, () => one(random, [...base.parts, ...none])),
    }),
    () => ({ ...base, parts: base.parts.map(inBytes) }),
  ];
  return random.below(12) === 0 ? one(random, forms)() : base;
}

/** The requests of a test and of others, some of them changed. */
function withRequests(base: Base, means: Means): Base {
  const { random, corpus } = means;
  const more = Array.from({ length: random.below(3) }, () => one(random, corpus.requests));
  const requests = [...(base.requests ?? []).slice(0, 3), ...more].map(({ text, ...asked }) => ({
    ...asked,
    request: mutateRequest(asked.request, means),
  }));
  return { ...base, requests };
}

/** Half of the time to a store that knows nothing, else after the steps before; and once more, for what it remembers. */
function withSteps(base: Base, means: Means): Base {
  const { random } = means;
  const request = mutateRequest((base.step as AuthorizeVector).request, means);
  const first = { ...(base.step as AuthorizeVector), ...costsOf(base, random), request, text: textOf(base) };
  const second = { ...first, clock: first.clock + one(random, [0, 1, 2, -31]) };
  const before = random.below(2) === 0 ? [] : (base.before ?? []);
  const rules =
    random.below(15) === 0
      ? one(random, [{ store: 'none' }, { store: 'none', replay: 'reported' }] as const)
      : base.rules;
  return { ...base, before: [...before, first], step: second, rules: rules ?? {} };
}

/** Most change payloads alone, so that they get past all that is asked before what a payload says. */
function mutateToken(opened: Opened, means: Means): Opened {
  const { random } = means;
  const sealed = opened.seal === undefined || !('payload' in opened.seal) ? sealOf(opened, means) : opened;
  const changed = random.below(100) < 12 ? mutateStructure(sealed, means) : sealed;
  const { blocks, seal } = changed;
  const isSealed = seal !== undefined && 'payload' in seal;
  const at = random.below(blocks.length + (isSealed ? 1 : 0));
  if (blocks.length === 0) return changed;
  if (at === blocks.length) return { ...changed, seal: mutatePart(seal as Part, means) };
  return { ...changed, blocks: blocks.with(at, mutatePart(blocks[at] as Part, means)) };
}

/** An open token with the invocation of another one, four times of five. */
function sealOf(opened: Opened, { random, corpus }: Means): Opened {
  if (random.below(5) === 0) return opened;
  const { payload, ...frame } = one(random, corpus.invocations);
  const header = opened.blocks[1]?.header ?? frame.header;
  return { ...opened, seal: { ...frame, header, payload } };
}

function mutatePart(part: Part, means: Means): Part {
  const { random } = means;
  let { payload } = part;
  for (let changes = [0, 1, 1, 1, 1, 2, 3][random.below(7)] as number; changes > 0; changes -= 1) {
    payload = change(payload, part.label, means);
  }
  return {
    ...part,
    payload: random.below(4) > 0 ? sorted(payload, part.label) : payload,
    keeps: random.below(12) === 0,
  };
}

function mutatePieces(base: Base, means: Means): OpenPiece[] {
  const { random } = means;
  const pieces = piecesOf(base);
  if (pieces.length === 0 || random.below(2) === 0) return pieces;
  const at = random.below(pieces.length);
  const { kind, part } = pieces[at] as OpenPiece;
  const other = {
    kind: random.below(20) === 0 ? number(random.below(5)) : kind,
    part: mutatePart(random.below(6) === 0 ? mutateFrame(part, means) : part, means),
  };
  return one(random, [
    pieces.with(at, other),
    pieces.with(at, other),
    [...pieces, other],
    pieces.toSpliced(at, 1),
  ]);
}

/** Blocks in another order, of other tokens, too many or too few; other suites, headers, labels and seals. */
function mutateStructure(opened: Opened, means: Means): Opened {
  const { random, corpus } = means;
  const { blocks, seal } = opened;
  const at = random.below(blocks.length);
  const block = blocks[at] as Part;
  const foreign = one(random, corpus.parts);
  const forms: readonly (() => Opened)[] = [
    () => ({ ...opened, blocks: blocks.toSpliced(at, 1) }),
    () => ({ ...opened, blocks: blocks.toSpliced(at, 0, block) }),
    () => ({ ...opened, blocks: blocks.toReversed() }),
    () => ({
      ...opened,
      blocks: Array.from(
        { length: 31 + random.below(3) },
        (_, i) => blocks[Math.min(i, blocks.length - 1)] as Part,
      ),
    }),
    () => ({ ...opened, blocks: blocks.with(at, foreign) }),
    () => ({ ...opened, blocks: blocks.with(at, { ...foreign, header: block.header, label: block.label }) }),
    () => ({ ...opened, blocks: blocks.with(at, mutateFrame(block, means)) }),
    () => ({ ...opened, suite: number(one(random, [0, 1, 2, 3])) }),
    () => ({ ...opened, seal: one(random, [bytes(new Uint8Array(32)), number(1), list(), foreign]) }),
    () => ({ suite: opened.suite, blocks }),
    () => (seal !== undefined && 'payload' in seal ? { ...opened, seal: mutateFrame(seal, means) } : opened),
  ];
  return one(random, forms)();
}

/** What is around a payload. */
function mutateFrame(part: Part, means: Means): Part {
  const { random, corpus } = means;
  const forms: readonly (() => Part)[] = [
    () => ({ ...part, header: one(random, corpus.parts).header }),
    () => ({ ...part, header: change(part.header, 'header', means) }),
    () => ({
      ...part,
      unprotected: one(random, [map([number(4), bytes(new Uint8Array(1))]), list(), text(''), number(0)]),
    }),
    () => ({
      ...part,
      label: one(random, ['grant', 'hop', 'invocation', 'status', 'approval', 'consent', 'receipt']),
    }),
    () => ({ ...part, proof: change(part.proof ?? bytes(new Uint8Array(64)), 'proof', means), keeps: true }),
  ];
  return one(random, forms)();
}

function costsOf({ step }: Base, random: Random): object {
  if (step?.costs === undefined || random.below(4) > 0) return {};
  const costs = Object.entries(step.costs).map(([unit]) => [
    unit,
    one(random, [0, 1, 1000, 2 ** 53 - 1, -1, 0.5, { atMost: 5 }]),
  ]);
  return { costs: Object.fromEntries(costs) };
}
