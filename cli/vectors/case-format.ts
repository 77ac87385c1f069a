import type { JsonObject } from '../../src/json.ts';
import type { ChainFile } from './chain-format.ts';
import type { Tables } from './tables.ts';

// The published form of cases: one input, and one output or code. `schema/cases.schema.json` and the schema of each type
// say the same to other languages.

export interface CaseFile extends Partial<Pick<ChainFile, 'clock' | 'audience' | 'trust' | 'keys'>> {
  readonly format: 'writ-cases/1';
  readonly type: string;
  /** What tokens are drawn from, where a type draws some. */
  readonly tables?: Tables;
  readonly tests: readonly CaseVector[];
}

export interface CaseVector {
  readonly id: string;
  readonly name: string;
  readonly result: 'valid' | 'invalid';
  readonly reason: string;
  readonly flags: readonly string[];
  readonly input: JsonObject;
  /** The stage of the code in the registry. */
  readonly stage: string | null;
  readonly code: string | null;
  /** What comes out of a valid input. */
  readonly output?: JsonObject;
}
