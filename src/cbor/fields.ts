import { refuse } from '../errors.ts';
import { expectMap } from './expect.ts';
import type { CborValue } from './value.ts';

/** An entry that a map may have. */
export interface Field {
  readonly key: number;
  /** The name in the model. */
  readonly name: string;
  readonly parse: (value: CborValue, path: string) => unknown;
  readonly required: boolean;
}

/** An entry of a map; required unless said otherwise. */
export const field = (key: number, name: string, parse: Field['parse'], required = true): Field => ({
  key,
  name,
  parse,
  required,
});

/**
 * Reads a map of known entries into an object, by their names.
 *
 * @throws DecodeError `claim.unknown`, `claim.missing`, and what the entries refuse
 */
export function readFields(
  value: CborValue,
  path: string,
  fields: readonly Field[],
): Record<string, unknown> {
  // Keys come in wire order; what is missing is noticed at the end, lowest key first.
  const record: Record<string, unknown> = {};
  for (const [key, item] of expectMap(value, path)) {
    const field = fields.find((candidate) => candidate.key === key);
    if (field === undefined) return refuse('claim.unknown', path);
    record[field.name] = field.parse(item, `${path}, ${field.name}`);
  }
  const absent = fields.filter(({ name, required }) => required && record[name] === undefined);
  const [first] = absent.sort((a, b) => a.key - b.key);
  return first ? missing(path, first.name) : record;
}

/** Refuses a map that lacks a required entry (`claim.missing`). */
export function missing(path: string, name: string): never {
  refuse('claim.missing', `${path}, ${name}`);
}
