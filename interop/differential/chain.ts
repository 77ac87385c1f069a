import { hmac, sha256, signEd25519, signedBytes } from '../../test/support/forge.ts';
import { bytes, list, type Node, read, write } from './tree.ts';

/** A signed object with its payload open. */
export interface Part {
  readonly label: string;
  readonly header: Node;
  readonly unprotected: Node;
  readonly payload: Node;
  /** The proof that it came with; none in a block of suite 1. */
  readonly proof?: Node;
  /** Whether it keeps that proof, whatever became of it. */
  readonly keeps?: boolean;
}

/** A token with its blocks open. */
export interface Opened {
  readonly suite: Node;
  readonly blocks: readonly Part[];
  /** The invocation, or the tag of an open token of suite 1. */
  readonly seal?: Part | Node;
}

/** A piece of evidence with its payload open. */
export interface OpenPiece {
  readonly kind: Node;
  readonly part: Part;
}

/** Seeds and secrets, by key id and by public key in hexadecimal. */
export type Signers = ReadonlyMap<string, Uint8Array>;

const EVIDENCE: Readonly<Record<string, string>> = { 1: 'status', 2: 'approval', 3: 'consent' };

/** Opens a token that decodes. */
export function openToken(token: Uint8Array): Opened {
  const [suite, blocks, seal] = items(read(token)) as [Node, Node, Node?];
  const opened = items(blocks).map((block, i) => openPart(block, i === 0 ? 'grant' : 'hop'));
  if (seal === undefined) return { suite, blocks: opened };
  return { suite, blocks: opened, seal: seal.is === 'list' ? openPart(seal, 'invocation') : seal };
}

/** Opens a piece of evidence that decodes. */
export function openPiece(piece: Uint8Array): OpenPiece {
  const [kind, object] = items(read(piece)) as [Node, Node];
  return { kind, part: openPart(object, EVIDENCE[String((kind as { value: bigint }).value)] as string) };
}

/** Puts a token together, signed anew wherever the key is known; with the ids of its blocks. */
export function closeToken({ suite, blocks, seal }: Opened, signers: Signers) {
  const isEd25519 = suite.is !== 'number' || suite.value !== 1n;
  const ids: Uint8Array[] = [];
  let key = kidOf(blocks[0]?.header, signers);
  let tag: Uint8Array | undefined;
  const close = (part: Part) => {
    const payload = write(part.payload);
    const link = ids.at(-1) ?? new Uint8Array();
    const signed = signedBytes(isEd25519 ? 2 : 1, part.label, link, contentOf(part.header), payload);
    tag = proofOf(isEd25519, key, signed);
    const proof = part.keeps || tag === undefined ? part.proof : bytes(tag);
    ids.push(sha256(signed));
    key = isEd25519 ? signers.get(claimHex(part.payload, 8)) : tag;
    const shown = isEd25519 || part.label === 'invocation' ? [proof ?? bytes(new Uint8Array(64))] : [];
    return list(part.header, part.unprotected, bytes(payload), ...shown);
  };
  const closed = list(...blocks.map(close));
  const count = ids.length;
  const end =
    seal === undefined
      ? []
      : 'payload' in seal
        ? [close(seal)]
        : [tag && seal.is === 'bytes' ? bytes(tag) : seal];
  return { token: write(list(suite, closed, ...end)), ids: ids.slice(0, count) };
}

/** Puts a piece of evidence together for a chain, signed anew where the key is known. */
export function closePiece(
  { kind, part }: OpenPiece,
  ids: readonly Uint8Array[],
  signers: Signers,
): Uint8Array {
  const links = { approval: ids.at(-1), consent: ids[0] } as Record<string, Uint8Array | undefined>;
  const payload = write(part.payload);
  const link = links[part.label] ?? new Uint8Array();
  const signed = signedBytes(2, part.label, link, contentOf(part.header), payload);
  const seed = part.keeps ? undefined : kidOf(part.header, signers);
  const proof = seed === undefined ? (part.proof as Node) : bytes(signEd25519({ seed }, signed));
  return write(list(kind, list(part.header, part.unprotected, bytes(payload), proof)));
}

function openPart(object: Node, label: string): Part {
  const [header, unprotected, payload, proof] = items(object) as [Node, Node, Node, Node?];
  const open = read((payload as { bytes: Uint8Array }).bytes);
  return { label, header, unprotected, payload: open, ...(proof && { proof }) };
}

function proofOf(
  isEd25519: boolean,
  key: Uint8Array | undefined,
  signed: Uint8Array,
): Uint8Array | undefined {
  if (key === undefined) return undefined;
  return isEd25519 ? signEd25519({ seed: key }, signed) : hmac(key, signed);
}

/** What signs for the kid in a header that is well formed. */
function kidOf(header: Node | undefined, signers: Signers): Uint8Array | undefined {
  if (header?.is !== 'bytes' || header.bytes.length < 20) return undefined;
  const kid = header.bytes.subarray(header.bytes.length > 32 ? -32 : -16);
  return signers.get(Buffer.from(kid).toString('hex'));
}

/** What is signed of a header; of what is no byte string, its encoding. */
function contentOf(header: Node): Uint8Array {
  return header.is === 'bytes' ? header.bytes : write(header);
}

function claimHex(payload: Node, claim: number): string {
  const pairs = payload.is === 'map' ? payload.pairs : [];
  const value = pairs.find(([key]) => key.is === 'number' && key.value === BigInt(claim))?.[1];
  return value?.is === 'bytes' ? Buffer.from(value.bytes).toString('hex') : '';
}

function items(node: Node): readonly Node[] {
  return node.is === 'list' ? node.items : [];
}

/** A header of another kid, as its signer would write it. */
export function headerOf(isEd25519: boolean, kid: Uint8Array): Node {
  const start = isEd25519 ? [0xa2, 1, 0x32, 4, 0x58, 0x20] : [0xa2, 1, 5, 4, 0x50];
  return bytes(Uint8Array.of(...start, ...kid));
}
