import type { Json, JsonObject } from '../../src/json.ts';

// The published form of the vectors; `schema/vectors.schema.json` says the same to other languages.

/** The step that refuses: its name is the name of the function. */
export type Step = 'decode' | 'verify' | 'decide';

export interface ChainFile {
  readonly format: 'writ-vectors/1';
  readonly type: string;
  /** The clock of every step, in Unix seconds. */
  readonly clock: number;
  readonly audience: string;
  readonly trust: { readonly keys: readonly JsonObject[] };
  readonly keys: Readonly<Record<string, { readonly publicKey: string; readonly seed: string }>>;
  readonly tests: readonly ChainVector[];
}

export interface ChainVector {
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
  /** By the name of an extension, the values to which its handler says yes; one that is not named has no handler. */
  readonly handlers?: Readonly<Record<string, readonly Json[]>>;
  readonly code: string;
  /** Absent where the request is refused before it is decided. */
  readonly decision?: object;
}
