import { toHex as hex } from '../../src/bytes.ts';
import type { JsonObject } from '../../src/json.ts';
import type { Forged, Made } from '../../test/support/forge.ts';

// The published form of the vectors; `schema/vectors.schema.json` says the same to other languages.

/** The step that refuses: its name is the name of the function. */
export type Step = 'decode' | 'verify' | 'decide';

export interface VectorFile {
  readonly format: 'writ-vectors/1';
  readonly type: string;
  /** The clock of every step, in Unix seconds. */
  readonly clock: number;
  readonly audience: string;
  readonly trust: { readonly keys: readonly JsonObject[] };
  readonly keys: Readonly<Record<string, { readonly publicKey: string; readonly seed: string }>>;
  readonly tests: readonly Vector[];
}

export interface Vector {
  readonly id: string;
  readonly name: string;
  readonly result: 'valid' | 'invalid';
  readonly reason: string;
  readonly flags: readonly string[];
  readonly text: string;
  readonly stage: Step | null;
  readonly code: string | null;
  readonly intermediates?: {
    readonly blocks: readonly Intermediate[];
    readonly invocation?: Intermediate | undefined;
  };
  readonly requests?: readonly RequestVector[];
}

/** One signed object, all of it in hexadecimal. */
export type Intermediate = Readonly<Record<'header' | 'payload' | 'signed' | 'id' | 'proof', string>>;

export interface RequestVector {
  /** The token of this request, where it is not the test's own. */
  readonly text?: string;
  readonly audience?: string;
  /** `body` is in hexadecimal. */
  readonly request: {
    readonly action?: string;
    readonly resource?: string;
    readonly args?: JsonObject;
    readonly body?: string;
  };
  readonly context?: JsonObject;
  readonly code: string;
  /** Absent where the request is refused before it is decided. */
  readonly decision?: unknown;
}

/** The intermediates of a token as the forge made them. */
export function intermediatesOf({ blocks, invocation }: Forged): NonNullable<Vector['intermediates']> {
  const show = ({ header, payload, signed, id, proof }: Made): Intermediate => ({
    header: hex(header),
    payload: hex(payload),
    signed: hex(signed),
    id: hex(id),
    proof: hex(proof),
  });
  return { blocks: blocks.map(show), ...(invocation === undefined ? {} : { invocation: show(invocation) }) };
}

/** A value as JSON data: keys as JWK, bytes in hexadecimal, absent members left out. */
export function toData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item) => (item instanceof Uint8Array ? hex(item) : item)));
}

/** The text of a vector file; byte for byte the same at every run. */
export function toFile(file: object): string {
  return `${JSON.stringify(file, null, 1)}\n`;
}
