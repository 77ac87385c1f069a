import { type Label, signedBytes } from '../cose.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { Suite } from '../keys/suite.ts';
import type { Signed } from './model.ts';

/** A block's signed bytes and its id, their SHA-256. */
export interface Link {
  readonly signed: Uint8Array;
  readonly id: Uint8Array;
}

type Unparsed = Pick<Signed<unknown>, 'header' | 'payload'>;

/**
 * The signed bytes and ids of a chain's blocks, root first; each hangs on the id of the one before (spec §5.3).
 *
 * @param met what is known already of each block
 */
export function linkBlocks(
  suite: Suite,
  blocks: readonly Unparsed[],
  met: readonly ({ readonly link: Link } | undefined)[] = [],
): Link[] {
  let link: Uint8Array = new Uint8Array();
  return blocks.map((block, i) => {
    const linked = met[i]?.link ?? linkObject(suite, i === 0 ? 'grant' : 'hop', link, block);
    link = linked.id;
    return linked;
  });
}

/** The signed bytes and the id of one object that hangs on `link`. */
export function linkObject(
  suite: Suite,
  label: Label,
  link: Uint8Array,
  { header, payload }: Unparsed,
): Link {
  const signed = signedBytes(suite, label, link, header, payload);
  return { signed, id: sha256(signed) };
}
