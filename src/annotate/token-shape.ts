import { compareBytes } from '../bytes.ts';
import { PROTECTED, PROTECTED_KID } from '../cose.ts';
import * as limits from '../limits.ts';
import { blockFields, invocationFields } from './claim-shapes.ts';
import { plain, type Shape } from './shape.ts';

const alg: Shape = { explain: (value) => ({ [-19]: 'Ed25519', 5: 'HMAC-SHA-256' })[value] };

/** The parts of a signed object around its payload. */
export function signed(
  suite: 1 | 2,
  content: Shape,
  [prefix, kidLength]: readonly [Uint8Array, number],
  proofLength: number,
): readonly Shape[] {
  const parts: readonly Shape[] = [
    {
      note: 'protected header',
      fits: (major, argument, bytes) =>
        major === 2 &&
        argument === prefix.length + kidLength &&
        compareBytes(bytes.subarray(0, prefix.length), prefix) === 0,
      content: { fields: { 1: ['alg', alg], 4: ['kid', plain] } },
    },
    { note: 'unprotected header', fits: (major, argument) => major === 5 && argument === 0 },
    { note: 'payload', fits: (major) => major === 2, content },
    {
      note: suite === 2 ? 'signature' : 'tag',
      fits: (major, argument) => major === 2 && argument === proofLength,
    },
  ];
  return proofLength === 0 ? parts.slice(0, 3) : parts;
}

function block(suite: 1 | 2, index: number): Shape {
  const path = `block ${index}`;
  const isRoot = index === 0;
  const name = suite === 2 ? 'ed25519' : 'hmac';
  const content = { path, note: isRoot ? 'grant' : 'hop', fields: blockFields(suite, isRoot) };
  const header = isRoot
    ? ([PROTECTED_KID[name], suite === 2 ? 32 : 16] as const)
    : ([PROTECTED[name], 0] as const);
  const parts = signed(suite, content, header, suite === 2 ? 64 : 0);
  return { note: path, fits: (major, length) => major === 4 && length === parts.length, parts: () => parts };
}

function seal(suite: 1 | 2): Shape {
  const content = { path: 'invocation', note: 'invocation', fields: invocationFields };
  const [name, proofLength] = suite === 2 ? (['ed25519', 64] as const) : (['hmac', 32] as const);
  const parts = signed(suite, content, [PROTECTED[name], 0], proofLength);
  return {
    note: 'seal',
    fits: (major, length) => (major === 4 && length === 4) || (suite === 1 && major === 2 && length === 32),
    secret: true,
    parts: () => parts,
  };
}

const suiteNumber: Shape = {
  explain: (value) => `suite: ${['HMAC-SHA-256', 'Ed25519'][value - 1] ?? 'unknown'}`,
  fits: (major, argument) => major === 0 && (argument === 1 || argument === 2),
};

/** A token; of an unknown suite, nothing is known of the blocks. */
export const tokenShape: Shape = {
  note: 'token',
  fits: (major, length) => major === 4 && (length === 2 || length === 3),
  parts: (suite) => {
    const known = suite === 1 || suite === 2;
    const blocks: Shape = {
      note: 'blocks',
      fits: (major, length) => major === 4 && length >= 1 && length <= limits.blocks,
      ...(known && { each: (index: number) => block(suite, index) }),
    };
    return [suiteNumber, blocks, known ? seal(suite) : { note: 'seal', secret: true }];
  },
};
