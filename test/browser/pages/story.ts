import { given } from '../given.ts';
import { mintStory, readStory, type Story } from '../story.ts';

const minted = [mintStory('ed25519'), mintStory('hmac')];

/** What the page makes of the tokens that it was given, and of its own. */
export const result: unknown = {
  given: (given as Story[]).map(readStory),
  minted,
  own: minted.map(readStory),
};
