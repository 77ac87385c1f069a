import type { Code } from '../../src/codes.ts';
import type { JsonObject } from '../../src/json.ts';
import type { Case } from './case.ts';

/** What a case is called, and why it is there; further flags may follow. */
export type Named = readonly [id: string, name: string, reason: string, flag: string, ...flags: string[]];

/** A case that succeeds with an output. */
export function passes([id, name, reason, ...flags]: Named, input: JsonObject, output: JsonObject): Case {
  return { id, name, reason, flags, input, output };
}

/** A case that is refused with a code. */
export function fails([id, name, reason, ...flags]: Named, input: JsonObject, code: Code): Case {
  return { id, name, reason, flags, input, code };
}
