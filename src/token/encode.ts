import { type Caveats, caveatNames, caveats } from '../caveats/all.ts';
import type { CaveatForm } from '../caveats/caveat.ts';
import { forms } from '../caveats/forms.ts';
import type { CborValue } from '../cbor/value.ts';
import { writeCbor } from '../cbor/write.ts';
import { DecodeError, KeyError, MintError, WritError } from '../errors.ts';
import { encodeKey } from '../keys/key-claim.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Secret } from '../keys/secret.ts';
import type { Suite } from '../keys/suite.ts';
import { checkMembers } from '../members.ts';
import { formatText } from '../text.ts';
import { decode } from './decode.ts';
import type { Mission, Signed, Task, Token } from './model.ts';

/** A payload under construction; what is `undefined` is left out. */
export type Payload = readonly (readonly [key: number, value: CborValue | undefined])[];

/**
 * Writes a payload, which is a map.
 *
 * @throws MintError `mint.input` where a value is outside the encoding profile
 */
export function encodePayload(entries: Payload): Uint8Array {
  const present = entries.filter((entry): entry is readonly [number, CborValue] => entry[1] !== undefined);
  return asMint(() => writeCbor(new Map(present)));
}

/** The entries that caveats add to a payload. @throws MintError `mint.input`, KeyError */
export function encodeCaveats(of: Caveats): Payload {
  return caveatNames(of).map((name) =>
    asShaped(name, () => [caveats[name].key, (forms[name] as CaveatForm<unknown>).encode(of[name])] as const),
  );
}

/** Runs code that trips over values of another shape than the types say. @throws MintError `mint.input` for those */
export function asShaped<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof WritError) throw error;
    throw new MintError('mint.input', { path, detail: 'it does not have the documented shape' });
  }
}

/** Only the caveats of an options object that holds other members too. */
export function pickCaveats(options: Caveats): Caveats {
  // By their names, since a caveat that the object inherits would else be passed over.
  const entries = Object.keys(caveats).map((name) => [name, options[name as keyof Caveats]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The entries for a delegate and, in suite 2, its key. @throws MintError, KeyError */
export function encodeDelegate(suite: Suite, delegate: string, to: PublicKey | undefined): Payload {
  if ((suite === 'ed25519') !== (to !== undefined)) {
    const rule = suite === 'ed25519' ? 'needs the delegate’s public key' : 'has no delegate keys';
    throw new MintError('mint.input', { path: 'to', detail: `the suite ${suite} ${rule}` });
  }
  return [
    [2, delegate],
    [8, to === undefined ? undefined : encodeKey(to)],
  ];
}

/** The record of a mission. @throws MintError `mint.input` */
export function encodeMission(mission: Mission): CborValue {
  checkMembers(mission, ['id', 'purpose', 'reference', 'instruction']);
  const { id, purpose, ...record } = mission;
  return new Map<number, CborValue>([[1, id], [2, purpose], ...taskEntries(record)]);
}

/** The record of a task, or `undefined` where nothing is recorded. */
export function encodeTask(task: Task): CborValue | undefined {
  const entries = taskEntries(task);
  return entries.length === 0 ? undefined : new Map(entries);
}

function taskEntries({ task, reference, instruction }: Task): [number, CborValue][] {
  const entries: [number, CborValue | undefined][] = [
    [2, task],
    [3, reference],
    [4, instruction === undefined ? undefined : decodeDigest(instruction)],
  ];
  return entries.filter((entry): entry is [number, CborValue] => entry[1] !== undefined);
}

function decodeDigest(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new MintError('mint.input', {
      path: 'instruction',
      detail: 'it is no SHA-256 in lower-case hexadecimal',
    });
  }
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

type Unparsed = Omit<Signed<unknown>, 'claims'>;

/** What {@link encodeToken} writes: a token whose claims are still bytes. */
export interface Draft extends Pick<Token, 'suite' | 'evidence'> {
  /** In suite 1 the last one, where no invocation follows, has the tag of the open token as its proof. */
  readonly blocks: readonly Unparsed[];
  readonly invocation?: Unparsed;
  /** The seed that a bundle carries. */
  readonly seed?: Secret | undefined;
}

/**
 * The text of a token, which has passed the decoder before it leaves.
 *
 * @throws MintError `mint.input` with the reason of the decoder
 */
export function encodeToken({ suite, blocks, invocation, seed, evidence }: Draft): string {
  const hmac = suite === 'hmac';
  const tag = hmac && invocation === undefined ? blocks.at(-1)?.proof : undefined;
  const seal = invocation === undefined ? tag : encodeSigned(invocation);
  const bare = blocks.map(({ proof, ...block }) => encodeSigned(hmac ? block : { ...block, proof }));
  const items = [hmac ? 1 : 2, bare, ...(seal === undefined ? [] : [seal])];
  return asMint(() => {
    const text = formatText({
      secret: (tag ?? seed) !== undefined,
      token: writeCbor(items),
      attachments: seed === undefined ? evidence : [seed.expose()],
    });
    decode(text);
    return text;
  });
}

function encodeSigned({ header, payload, proof }: Unparsed): CborValue {
  return [header, new Map(), payload, ...(proof === undefined ? [] : [proof])];
}

/** Runs what only fails where its input is malformed. @throws MintError `mint.input` with the reason */
export function asMint<T>(mint: () => T): T {
  try {
    return mint();
  } catch (error) {
    if (!(error instanceof DecodeError || error instanceof KeyError)) throw error;
    throw new MintError('mint.input', { detail: error.code, ...error.where });
  }
}
