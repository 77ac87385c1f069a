import {
  base64url,
  cbor,
  headerOf,
  type Item,
  type Made,
  type Pair,
  type Part,
  pair,
  sha256,
  signEd25519,
  signedBytes,
} from './forge.ts';

// Builds receipts and signed notes, right and wrong, from the spec and not from src, as the forge builds tokens.

/** Who signs the log. */
export const recorder: Pair = pair('recorder');

/** One receipt with its intermediates. */
export interface ForgedReceipt extends Made {
  readonly item: Item[];
  readonly bytes: Uint8Array;
  /** As it stands in a log, without its newline. */
  readonly line: string;
}

/** Makes a receipt; `wrap` puts it together otherwise than the format says. */
export function forgeReceipt(
  { signer = recorder, ...part }: Part,
  wrap: (item: Item[]) => Item = (item) => item,
): ForgedReceipt {
  const header = cbor(part.header ?? headerOf(2, signer.kid));
  const payload = part.payloadBytes ?? cbor(part.payload);
  const signed = signedBytes(2, part.label ?? 'receipt', part.link ?? new Uint8Array(), header, payload);
  const proof = signEd25519(signer, signed);
  const item = [header, part.unprotected ?? new Map(), payload, part.proof ?? proof];
  const bytes = cbor(wrap(item));
  return { header, payload, signed, id: sha256(signed), proof, item, bytes, line: base64url(bytes) };
}

/** Makes a signed note (c2sp.org/signed-note) of a text, which ends in a newline. */
export function forgeNote(text: string, name: string, signers: readonly Pair[] = [recorder]): string {
  const signatures = signers.map((signer) => {
    const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), Uint8Array.of(1), signer.publicKey]));
    const proof = Buffer.concat([id.subarray(0, 4), signEd25519(signer, Buffer.from(text))]);
    return `— ${name} ${proof.toString('base64')}\n`;
  });
  return `${text}\n${signatures.join('')}`;
}
