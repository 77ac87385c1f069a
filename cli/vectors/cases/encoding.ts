import { toHex } from '../../../src/bytes.ts';
import { readCbor } from '../../../src/cbor/read.ts';
import { type CborValue, isArray, isBytes, isMap } from '../../../src/cbor/value.ts';
import { writeCbor } from '../../../src/cbor/write.ts';
import type { Run } from '../format.ts';
import { fromHex } from '../from-hex.ts';

/** Reads one item and writes it again, which must give the same bytes (spec §3.1). */
export const encoding: Run = ({ bytes }) => {
  const value = readCbor(fromHex(bytes as string));
  if (toHex(writeCbor(value)) !== bytes) throw new Error('the item has other bytes when it is written again');
  return { diagnostic: notate(value) };
};

// The forbidden characters leave only quotes and backslashes to escape, so JSON has one form of each text.
function notate(value: CborValue): string {
  if (isBytes(value)) return `h'${toHex(value)}'`;
  if (isArray(value)) return `[${value.map(notate).join(', ')}]`;
  if (!isMap(value)) return JSON.stringify(value);
  return `{${[...value].map(([key, item]) => `${notate(key)}: ${notate(item)}`).join(', ')}}`;
}
