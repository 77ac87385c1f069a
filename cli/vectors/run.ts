import type { JsonObject } from '../../src/json.ts';
import type { Setting } from './format.ts';

/** What one type of cases does: the output of an input. @throws WritError the code that an invalid one has */
export type Run = (input: JsonObject, setting: Setting) => object | Promise<object>;
