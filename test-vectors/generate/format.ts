import type { ChainVector, Intermediate } from '../../cli/vectors/chain-format.ts';
import { toHex as hex } from '../../src/bytes.ts';
import type { Forged, Made } from '../../test/support/forge.ts';

/** The intermediates of a token as the forge made them. */
export function intermediatesOf({ blocks, invocation }: Forged): NonNullable<ChainVector['intermediates']> {
  const show = ({ header, payload, signed, id, proof }: Made): Intermediate => ({
    header: hex(header),
    payload: hex(payload),
    signed: hex(signed),
    id: hex(id),
    proof: hex(proof),
  });
  return { blocks: blocks.map(show), ...(invocation === undefined ? {} : { invocation: show(invocation) }) };
}

/** The text of a vector file; byte for byte the same at every run. */
export function toFile(file: object): string {
  return `${JSON.stringify(file, null, 1)}\n`;
}
