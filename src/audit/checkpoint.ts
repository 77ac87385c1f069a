import { ReceiptError } from '../errors.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { fromBase64, openNote, signNote, toBase64 } from './note.ts';
import type { Head } from './receipt.ts';

/** A head that the log's key signed, under the name of the log. */
export interface Checkpoint extends Head {
  readonly origin: string;
}

/** A checkpoint of a log as a signed note (spec §9.8.4; c2sp.org/tlog-checkpoint). */
export function signCheckpoint({ size, id }: Head, origin: string, key: SigningKey): string {
  return signNote(`${origin}\n${size}\n${toBase64(id)}\n`, origin, key);
}

/**
 * Reads a checkpoint and verifies that a key signed it.
 *
 * @throws ReceiptError `receipt.shape`, `receipt.key`, `receipt.signature`
 */
export function openCheckpoint(note: string, key: PublicKey): Checkpoint {
  // Further lines are extensions, which say nothing to us.
  const [origin, digits = '', hash = '', ...more] = openNote(note, key).split('\n');
  const size = Number(digits);
  const id = fromBase64(hash);
  const whole = /^[1-9][0-9]*$/.test(digits) && Number.isSafeInteger(size) && id?.length === 32;
  if (!origin || !whole || more.pop() !== '' || more.includes(''))
    throw new ReceiptError('receipt.shape', { detail: 'not a checkpoint' });
  return { origin, size, id };
}
