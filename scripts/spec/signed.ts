import { column } from './dump.ts';
import { diagnose } from './notation.ts';
import { readCbor, testOf } from './vectors.ts';

// What is signed and never sent, as the intermediates of a test have it.

type Intermediate = Readonly<Record<'header' | 'payload' | 'signed' | 'id' | 'proof', string>>;
interface Chain {
  readonly blocks: readonly Intermediate[];
  readonly invocation?: Intermediate;
}

/** The signed bytes of every object of a test, part by part; header and payload are those of the token, cut. */
export function signedOf(id: string): string {
  const { blocks, invocation } = testOf(id).intermediates as Chain;
  const objects = blocks.map((block, i) => [`block ${i}`, block] as const);
  const all = invocation === undefined ? objects : [...objects, ['invocation', invocation] as const];
  return all.flatMap(([name, one], i) => render(name, one, all[i - 1]?.[0])).join('\n');
}

function render(name: string, { header, payload, signed, id }: Intermediate, before?: string): string[] {
  const [context, , aad] = readCbor(Buffer.from(signed, 'hex')) as [string, Uint8Array, Uint8Array];
  const [label] = readCbor(aad) as [string, Uint8Array];
  const link = before === undefined ? "h''" : `id of ${before}`;
  const text = Buffer.from(context).toString('hex');
  return [
    column(`84 ${(0x60 + context.length).toString(16)} ${text}`, `${name}: array(4), ${diagnose(context)}`),
    column(`  ${cut(header)}`, `header, ${header.length / 2} bytes`),
    column(`  ${headOf(aad.length)} ${aadOf(aad)}`, `external data: [${diagnose(label)}, ${link}]`),
    column(`  ${cut(payload)}`, `payload, ${payload.length / 2} bytes`),
    column(`  ${id}`, `id of ${name}: SHA-256 of these ${signed.length / 2} bytes`),
  ];
}

function aadOf(aad: Uint8Array): string {
  const hex = Buffer.from(aad).toString('hex');
  return aad.length > 32 ? `${hex.slice(0, -64)}…` : hex;
}

function cut(hex: string): string {
  return `${headOf(hex.length / 2)} ${hex.length > 8 ? `${hex.slice(0, 8)}…` : hex}`;
}

/** The head of a byte string of a length below 256. */
function headOf(length: number): string {
  return length < 24 ? (0x40 + length).toString(16) : `58${length.toString(16).padStart(2, '0')}`;
}
