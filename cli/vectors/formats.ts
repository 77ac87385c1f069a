import { casesOf } from './cases.ts';
import { chains } from './chains.ts';
import type { Format } from './format.ts';
import { logs } from './logs.ts';
import { sequences } from './sequences.ts';

const formats: Readonly<Record<string, Format<never>>> = {
  'writ-vectors/1': chains,
  'writ-sequences/1': sequences,
  'writ-logs/1': logs,
};

/** The format of a file, where this implementation knows it. */
export function formatOf(format: string, type: string): Format<never> | undefined {
  if (format === 'writ-cases/1') return casesOf(type);
  return Object.hasOwn(formats, format) ? formats[format] : undefined;
}
