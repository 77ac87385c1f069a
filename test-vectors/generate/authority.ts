import type { Json, JsonObject } from '../../src/json.ts';
import { forge, NOW, type Pair } from '../../test/support/forge.ts';
import type { Case } from './case.ts';
import { type Entries, hops, MISSION } from './scene.ts';

/** A value in force, and the blocks that it comes from. */
export function of(value: Json, ...blocks: readonly number[]): JsonObject {
  return { value, blocks };
}

/** A value of `limits` or `plan` in force, which counts for these services. */
export function among(audiences: readonly string[], value: Json, ...blocks: readonly number[]): JsonObject {
  return { value, blocks, audiences };
}

/** What a block changes: all values of each caveat, all that is broken from there on, and the subject. */
export type Changes = Readonly<Record<string, readonly JsonObject[] | string>>;

/** How a chain departs from the scene's. */
export interface How {
  readonly grant?: Entries;
  /** One for each hop. */
  readonly hops?: readonly Entries[];
  readonly suite?: 1 | 2;
  readonly root?: Pair;
  readonly verified?: boolean;
}

const start: Changes = {
  exp: [of(NOW + 7200, 0)],
  nbf: [of(NOW, 0)],
  scope: [of([{ actions: ['read'], resources: ['reports/**'] }], 0)],
  delegation: [of({ depth: 4 }, 0)],
};

/**
 * A case about what is in force after each block, all of it declared: what a block does not change is as after the
 * block before, and every delegation counted down.
 */
export function authority(
  about: Omit<Case, 'input' | 'output'>,
  how: How,
  ...changes: readonly Changes[]
): Case {
  const { grant = [], hops: below = [], suite = 2, root, verified = true } = how;
  const { invocation: _, ...recipe } = hops(below, grant, suite);
  const { text } = forge({ ...recipe, ...(root && { root }) });
  const blocks: Changes[] = [{ ...start, ...changes[0] }];
  for (const i of below.keys()) blocks.push(after(blocks[i] as Changes, changes[i + 1] ?? {}));
  const output = { blocks: blocks.map(toOutput) };
  return { ...about, input: { text, verified }, ...(about.code === undefined && { output }) };
}

function after(before: Changes, changes: Changes): Changes {
  const delegation = (before.delegation as readonly JsonObject[]).map(countDown);
  return { ...before, delegation, ...changes };
}

function countDown({ value, blocks }: JsonObject): JsonObject {
  const { depth, to } = value as { readonly depth: number; readonly to?: Json };
  const list = depth > 1 && to !== undefined ? { to } : {};
  return { value: { depth: depth - 1, ...list }, blocks: blocks as Json };
}

function toOutput({ broken = [], subject = MISSION, ...conditions }: Changes): JsonObject {
  return { conditions, broken, subject };
}
