// biome-ignore-all assist/source/organizeImports: in this order the bundle compresses best, which has a limit
export { type VerifyOptions, verify } from '../token/verify.ts';
export { type DecideOptions, decide, type Request } from '../decide/decide.ts';
export { decode } from '../token/decode.ts';
export { DecodeError, RequestError, VerifyError, WritError } from '../errors.ts';
export type { Code } from '../codes.ts';
export type { Decision, Denial, OpenNeed } from '../decide/decision.ts';
export type { Trust } from '../keys/trust.ts';
export type { Chain } from '../token/chain.ts';
export type { Token } from '../token/model.ts';
