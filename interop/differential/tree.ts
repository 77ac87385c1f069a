/** One item of CBOR that can be changed, also to what the format forbids, and written again. */
export type Node =
  | { readonly is: 'number'; readonly value: bigint; readonly width?: number }
  | { readonly is: 'bytes'; readonly bytes: Uint8Array; readonly width?: number }
  | { readonly is: 'text'; readonly text: string; readonly width?: number }
  | { readonly is: 'list'; readonly items: readonly Node[]; readonly width?: number; readonly count?: number }
  | { readonly is: 'map'; readonly pairs: readonly Pair[]; readonly width?: number; readonly count?: number }
  /** Bytes that are written as they are: false and true, and whatever is no item of the format. */
  | { readonly is: 'raw'; readonly bytes: Uint8Array };

export type Pair = readonly [key: Node, value: Node];

/** Width of a head that is as short as it can be, and of one that has no length. */
export const OPEN = 99;

export const number = (value: number | bigint): Node => ({ is: 'number', value: BigInt(value) });
export const bytes = (content: Uint8Array): Node => ({ is: 'bytes', bytes: content });
export const text = (content: string): Node => ({ is: 'text', text: content });
export const list = (...items: readonly Node[]): Node => ({ is: 'list', items });
export const map = (...pairs: readonly Pair[]): Node => ({ is: 'map', pairs });
export const raw = (...content: readonly number[]): Node => ({ is: 'raw', bytes: Uint8Array.from(content) });

/** Reads an item of the vectors, which is well formed. */
export function read(content: Uint8Array): Node {
  let at = 0;
  const take = (length: number) => {
    at += length;
    return content.subarray(at - length, at);
  };
  const item = (): Node => {
    const first = content[at++] as number;
    const major = first >> 5;
    if (major === 7) return raw(first);
    const information = first & 31;
    const size = information < 24 ? 0 : 1 << (information - 24);
    const argument = take(size).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const value = size === 0 ? BigInt(information) : argument;
    const length = Number(value);
    if (major === 0) return number(value);
    if (major === 1) return number(-1n - value);
    if (major === 2) return bytes(take(length));
    if (major === 3) return text(new TextDecoder().decode(take(length)));
    if (major === 4) return list(...Array.from({ length }, item));
    return map(...Array.from({ length }, (): Pair => [item(), item()]));
  };
  return item();
}

/** Writes an item as it stands: neither sorted nor checked. */
export function write(node: Node): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts(node)));
}

function parts(node: Node): Uint8Array[] {
  if (node.is === 'raw') return [node.bytes];
  if (node.is === 'number') {
    const { value, width } = node;
    return value < 0n ? [head(1, -1n - value, width)] : [head(0, value, width)];
  }
  if (node.is === 'bytes') return [head(2, BigInt(node.bytes.length), node.width), node.bytes];
  if (node.is === 'text') {
    const content = Buffer.from(node.text);
    return [head(3, BigInt(content.length), node.width), content];
  }
  const [major, inner] =
    node.is === 'list' ? [4, node.items.map(parts)] : [5, node.pairs.map((pair) => pair.flatMap(parts))];
  const around = head(major as number, BigInt(node.count ?? inner.length), node.width);
  const end = node.width === OPEN ? [Uint8Array.of(0xff)] : [];
  return [around, ...inner.flat(), ...end];
}

/** A head of `width` bytes of argument, or of as few as there can be. */
function head(major: number, value: bigint, width = shortest(value)): Uint8Array {
  if (width === OPEN) return Uint8Array.of((major << 5) | 31);
  if (width === 0) return Uint8Array.of((major << 5) | Number(value & 31n));
  const argument = Array.from({ length: width }, (_, i) =>
    Number((value >> BigInt(8 * (width - 1 - i))) & 255n),
  );
  return Uint8Array.of((major << 5) | (24 + Math.log2(width)), ...argument);
}

function shortest(value: bigint): number {
  if (value < 24n) return 0;
  return [1, 2, 4].find((width) => value < 1n << BigInt(8 * width)) ?? 8;
}
