import type { JsonObject } from '../../src/json.ts';
import type { CaseFile } from './case-format.ts';
import type { ChainFile } from './chain-format.ts';
import type { LogFile } from './log-format.ts';
import type { SequenceFile } from './sequence-format.ts';

/** A file of tests, of whatever format. */
export type AnyFile = ChainFile | SequenceFile | LogFile | CaseFile;

/** What a file says for all of its tests; which members it has depends on its format. */
export type Setting = Pick<ChainFile, 'clock' | 'audience' | 'trust' | 'keys'> &
  Pick<LogFile, 'key'> &
  Pick<CaseFile, 'tables'>;

/** One format of test files: what is asked, what must be answered, and what this implementation answers. */
export interface Format<Test> {
  /** The test without anything that is expected. */
  ask(test: Test): object;
  /** The answer, less its id, that every implementation must give. */
  expect(test: Test): object;
  /** The answer of this implementation. */
  answer(asked: Test, setting: Setting): object | Promise<object>;
}

/** What one type of cases does: the output of an input. @throws WritError the code that an invalid one has */
export type Run = (input: JsonObject, setting: Setting) => object | Promise<object>;
