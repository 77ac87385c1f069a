import { toHex } from '../../../src/bytes.ts';
import type { Label } from '../../../src/cose.ts';
import { hmac as tagOf } from '../../../src/crypto/hmac.ts';
import { MacKey } from '../../../src/keys/mac-key.ts';
import { linkObject } from '../../../src/token/links.ts';
import type { Run } from '../format.ts';
import { fromHex } from '../from-hex.ts';

/** The signed bytes, ids and tags of a chain of suite 1 (spec §5.3). */
export const hmac: Run = (input) => {
  const { secret, kid, headers, payloads, kinds } = input as unknown as Chain;
  let tag = new MacKey(fromHex(secret), fromHex(kid)).secret.expose();
  let link: Uint8Array = new Uint8Array();
  const made = kinds.map((kind, i) => {
    const [header, payload] = [fromHex(headers[i] as string), fromHex(payloads[i] as string)];
    const { signed, id } = linkObject('hmac', kind, link, { header, payload });
    tag = tagOf(tag, signed);
    link = id;
    return { signed, id, tag };
  });
  return {
    signed: made.map(({ signed }) => toHex(signed)),
    ids: made.map(({ id }) => toHex(id)),
    tags: made.map(({ tag }) => toHex(tag)),
  };
};

interface Chain {
  readonly secret: string;
  readonly kid: string;
  readonly headers: readonly string[];
  readonly payloads: readonly string[];
  readonly kinds: readonly Label[];
}
