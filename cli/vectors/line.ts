import type { AnyFile, Format, Setting } from './format.ts';
import { formatOf } from './formats.ts';

/** One line of the conformance protocol: a test without anything that is expected of it. */
export interface Line {
  readonly id: string;
  readonly type: string;
  readonly format: string;
  readonly setting: Setting;
  readonly test: object;
}

/** A test, its line, and the answer that it must have. */
export interface Exam {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly line: Line;
  readonly expected: object;
}

/** What a file says for all of its tests, as far as its format has it. */
export function settingOf({ format: _, type: _type, tests: _tests, ...setting }: AnyFile): Setting {
  return setting as Setting;
}

/** The exams of a file. @throws TypeError where the format or the type is unknown */
export function examsOf(file: AnyFile): Exam[] {
  const { format, type } = file;
  const known = formatOf(format, type) as Format<object> | undefined;
  if (known === undefined) throw new TypeError(`unknown format or type: ${format}, ${type}`);
  const setting = settingOf(file);
  return file.tests.map((test) => {
    const { id, name } = test;
    return {
      id,
      type,
      name,
      line: { id, type, format, setting, test: known.ask(test) },
      expected: known.expect(test),
    };
  });
}

/**
 * The answer of this implementation to a line, with its id.
 *
 * @throws TypeError where the format or the type is unknown
 */
export async function answerLine({ id, type, format, setting, test }: Line): Promise<object> {
  const known = formatOf(format, type) as Format<object> | undefined;
  if (known === undefined) throw new TypeError(`unknown format or type: ${format}, ${type}`);
  return { id, ...(await known.answer(test, setting)) };
}
