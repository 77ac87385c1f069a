import type { RequestVector } from '../../cli/vectors/chain-format.ts';
import type { Base } from './bases.ts';
import { type Opened, openPiece, openToken, type Part } from './chain.ts';
import type { Role } from './roles.ts';
import { sitesOf } from './sites.ts';
import type { Node } from './tree.ts';

/** What the vectors consist of, for one to take the place of another. */
export interface Corpus {
  readonly bases: readonly Base[];
  /** All different values with a role. */
  readonly values: ReadonlyMap<Role, readonly Node[]>;
  readonly texts: readonly Node[];
  readonly parts: readonly Part[];
  readonly invocations: readonly Part[];
  readonly requests: readonly RequestVector[];
}

/** Takes the vectors apart. */
export function corpusOf(bases: readonly Base[]): Corpus {
  const parts = bases.flatMap((base) => [
    ...partsOf(openToken(base.token)),
    ...piecesOf(base).map(({ part }) => part),
  ]);
  const values = new Map<Role, Map<string, Node>>();
  for (const part of parts) {
    for (const { node, role } of sitesOf(part.payload, part.label)) {
      const known = values.get(role) ?? new Map<string, Node>();
      values.set(role, known.set(JSON.stringify(node, plain), node));
    }
  }
  const all = [...values].map(([role, nodes]) => [role, [...nodes.values()]] as const);
  return {
    bases,
    values: new Map(all),
    texts: all.flatMap(([, nodes]) => nodes).filter(({ is }) => is === 'text'),
    parts,
    invocations: parts.filter(({ label }) => label === 'invocation'),
    requests: bases.flatMap((base) => base.requests ?? []),
  };
}

/** The pieces of evidence behind a token of a sequence, where they are read. */
export function piecesOf({ step, parts }: Base) {
  return step === undefined ? [] : parts.map(openPiece);
}

function partsOf({ blocks, seal }: Opened): Part[] {
  return seal !== undefined && 'payload' in seal ? [...blocks, seal] : [...blocks];
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
