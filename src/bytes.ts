const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a string. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text that bytes encode in UTF-8, or `undefined` where they are not valid UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The integer that bytes encode, least significant first. */
export function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(Uint8Array.from(bytes).reverse())}`);
}

/** One array with the bytes of all parts in order. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Whether two byte strings are equal, in a time that depends on their lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Bytewise lexicographic order: negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  }
  return a.length - b.length;
}

// Node's own writing and reading of text, which takes a small part of the time.
const { Buffer: native } = globalThis as { Buffer?: typeof Buffer };

const view = ({ buffer, byteOffset, length }: Uint8Array) => native?.from(buffer, byteOffset, length);

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return (
    view(bytes)?.toString('hex') ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  );
}

/** RFC 4648 §5 base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return (
    view(bytes)?.toString('base64url') ??
    btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  );
}

/**
 * The strict inverse of {@link toBase64url}: no padding, no white space, zero trailing bits.
 *
 * @returns `undefined` where the text is not canonical
 */
export function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array((text.length * 6) >> 3);
  const room = view(bytes);
  try {
    if (room) room.write(text, 'base64url');
    else
      bytes.set(
        Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
          character.charCodeAt(0),
        ),
      );
  } catch {
    return undefined;
  }
  // Either reader passes over some of what is not canonical, but no writer would write it.
  return (room?.toString('base64url') ?? toBase64url(bytes)) === text ? bytes : undefined;
}
