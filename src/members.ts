import { MintError } from './errors.ts';

/**
 * Refuses a member that nobody reads: a misspelt one would make what is minted wider than it was meant to be.
 *
 * @throws MintError `mint.input`
 */
export function checkMembers(value: object, members: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !members.includes(name));
  if (unknown === undefined) return;
  throw new MintError('mint.input', { detail: `an unknown member; known are ${members.join(', ')}` });
}
