import { type CaveatName, type Caveats, type CaveatValues, caveats } from '../../src/caveats/all.ts';
import type { Caveat, CaveatForm } from '../../src/caveats/caveat.ts';
import { forms } from '../../src/caveats/forms.ts';
import { readCbor } from '../../src/cbor/read.ts';
import type { CborValue } from '../../src/cbor/value.ts';
import { writeCbor } from '../../src/cbor/write.ts';
import type { Facts, Finding, Place } from '../../src/facts.ts';
import { PublicKey } from '../../src/keys/public-key.ts';
import { codeOf } from './code-of.ts';
import { AUDIENCE, cbor, cfo, type Item, lookup, NOW, research } from './forge.ts';

/** An item as the strict reader hands it on, written by an encoder that is not the project's own. */
export function wire(item: Item): CborValue {
  return readCbor(cbor(item));
}

/** A value as it comes back from the wire. */
export function rewire(value: CborValue): CborValue {
  return readCbor(writeCbor(value));
}

/** What a caveat becomes on its way through encoder, writer, reader and parser. */
export function roundTrip<N extends CaveatName>(name: N, value: CaveatValues[N]): CaveatValues[N] {
  return (caveats[name] as Caveat<CaveatValues[N]>).parse(
    rewire((forms[name] as CaveatForm<CaveatValues[N]>).encode(value)),
    name,
  );
}

/** The code with which a caveat's parser refuses an item. */
export function parseCode(name: CaveatName, item: Item): string {
  return codeOf(() => (caveats[name] as Caveat<unknown>).parse(wire(item), name));
}

/** What denies, in a request to read a report at {@link NOW}. */
export function check<N extends CaveatName>(
  name: N,
  value: Required<Caveats>[N],
  facts: Partial<Facts> = {},
  place: Partial<Place> = {},
): readonly Finding[] {
  const common: Facts = {
    now: NOW,
    audience: AUDIENCE,
    action: 'read',
    resource: 'reports/q3.pdf',
    args: {},
    context: {},
    ...facts,
  };
  const root: Place = { below: [], audiences: [AUDIENCE], subject: 'mailto:cfo@acme.example#q3', ...place };
  return (caveats[name] as Caveat<Required<Caveats>[N]>).check(value, common, root);
}

/** The codes of {@link check}. */
export function checkCodes(...of: Parameters<typeof check>): readonly string[] {
  return check(...of).map(({ code }) => code);
}

/** The keys of the scene, as tokens name them. */
export const keys = {
  cfo: new PublicKey(cfo.publicKey),
  research: new PublicKey(research.publicKey),
  lookup: new PublicKey(lookup.publicKey),
} as const;
