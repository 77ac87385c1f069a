import { concat } from '../../bytes.ts';
import { refuseFormat } from './format.ts';

/** An element of ASN.1 in DER: its identifier octet and its contents. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/**
 * Splits bytes into the elements that follow one another in them; what is inside an element stays bytes (X.690 §10).
 *
 * @throws KeyError `key.format` for an indefinite or longer than needed length, a tag above 30, or missing bytes
 */
export function readDer(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0x80, second = 0, third = 0] = bytes.subarray(at, at + 4);
    const size = first < 0x80 ? 0 : first - 0x80;
    const length = [first, second, second * 256 + third][size];
    // No key needs more than two octets of length.
    const shortest = length !== undefined && length >= ([0, 0x80, 0x100][size] as number);
    const start = at + 2 + size;
    if ((tag & 31) === 31 || !shortest || first === 0x80 || start + length > bytes.length) {
      return refuseFormat('the DER is malformed');
    }
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
}

/** The contents of the only element that bytes are. @throws KeyError `key.format` where they are anything else */
export function readOnly(tag: number, bytes: Uint8Array): Uint8Array {
  const [element, ...more] = readDer(bytes);
  if (element?.tag !== tag || more.length > 0) return refuseFormat('the DER is not that of a key');
  return element.content;
}

/** One element from the parts of its contents, which have fewer than 256 bytes. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return concat(Uint8Array.of(tag, ...length), content);
}
