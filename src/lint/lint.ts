import { toHex } from '../bytes.ts';
import { effectiveAuthority } from '../decide/effective.ts';
import { WritError } from '../errors.ts';
import type { InspectOptions } from '../inspect/inspect.ts';
import { review } from '../inspect/review.ts';
import type { Trust } from '../keys/trust.ts';
import { checkTime, systemTime } from '../time.ts';
import { decode } from '../token/decode.ts';
import { linkBlocks, linkObject } from '../token/links.ts';
import { verify } from '../token/verify.ts';
import { type Effort, type Held, hold } from './contain.ts';
import { groupBy, groupTokens } from './groups.ts';
import {
  formatPlace,
  type LintedToken,
  type LintInput,
  type LintRefusal,
  type LintReport,
  type LintWarning,
  type TokenPlace,
} from './linted.ts';
import { findOverlaps } from './overlap.ts';

// Comparing stops here, so that no collection of tokens keeps its reader busy for more than about a second.
const EFFORT = 2 ** 20;

interface Found {
  readonly place: TokenPlace;
  readonly token: Omit<LintedToken, 'warnings'>;
  readonly warnings: LintWarning[];
  /** The id of the last object, block or seal: the same in copies of one token, a bundle and its open token. */
  readonly id: string;
  readonly root: string;
  readonly held: Held;
}

/**
 * Reviews many tokens together: the warnings of `inspect` for each, copies, and tokens that another one of the same
 * holder makes superfluous. A text that is no token, or, with trust, that does not verify, is refused by its code, and
 * the rest is reviewed.
 *
 * `duplicate`: the same chain and, where sealed, the same seal as a token before it; one chain sealed for several
 * requests is as it should be. `overlap`: another open token of the same holder, its key included, that goes back to the
 * same human by the same anchor, provably allows all that this one does, further delegation included. What is sealed,
 * expired, never usable or a copy takes no part. Without trust, an anchor's own demands are unknown and left out.
 *
 * @throws TypeError where `now` is no integer
 * @example
 * const { counts, tokens } = lint([{ name: 'research.writ', text }], { trust })
 */
export function lint(
  inputs: Iterable<LintInput>,
  { trust, now = systemTime() }: InspectOptions = {},
): LintReport {
  checkTime(now);
  const found: Found[] = [];
  const refused: LintRefusal[] = [];
  for (const { name, line, text } of inputs) {
    const place = line === undefined ? { name } : { name, line };
    try {
      found.push(read(text, place, now, trust));
    } catch (error) {
      if (!(error instanceof WritError)) throw error;
      const { path } = error.where;
      refused.push({ ...place, code: error.code, ...(path !== undefined && { path }) });
    }
  }
  markDuplicates(found);
  const effort: Effort = { left: EFFORT, comparisons: 0 };
  const live = new Map([...found.entries()].filter(([, one]) => isLive(one)));
  const tokens = found.map(({ token, warnings }) => ({ ...token, warnings }));
  const groups = groupTokens(tokens, new Map([...live].map(([i, { held }]) => [i, held])), effort);
  const unfinished = markOverlaps([...live.values()], effort);
  const codes = [...tokens.flatMap(({ warnings }) => warnings), ...refused].map(({ code }) => code);
  return {
    now,
    verified: trust !== undefined,
    tokens,
    refused,
    groups,
    counts: Object.fromEntries(groupBy(codes, (code) => [code]).map((same) => [same[0], same.length])),
    unfinished,
  };
}

function read(text: string, place: TokenPlace, now: number, trust: Trust | undefined): Found {
  const token = decode(text);
  const chain = trust && verify(token, trust, { now });
  const { suite, blocks } = token;
  const invocation = token.invocation?.claims;
  const authorities = effectiveAuthority(blocks, chain?.anchor);
  const links = chain?.blocks ?? linkBlocks(suite, blocks);
  const last = links.at(-1)?.id ?? new Uint8Array();
  const id = token.invocation ? linkObject(suite, 'invocation', last, token.invocation).id : last;
  const held = hold(authorities.at(-1) as (typeof authorities)[number], links.map((link) => toHex(link.id))); // biome-ignore format: one step
  const [{ claims: root, kid }] = blocks;
  const { delegate, key } = (blocks.at(-1) ?? blocks[0]).claims;
  return {
    place,
    token: {
      ...place,
      grantor: root.grantor,
      mission: root.mission.id,
      holder: delegate,
      ...(key && { key }),
      sealed: invocation !== undefined,
      expires: Math.min(held.expires, invocation?.exp ?? held.expires),
    },
    warnings: review({ blocks, invocation, authorities, now }),
    id: toHex(id),
    root: toHex(kid),
    held,
  };
}

function markDuplicates(found: readonly Found[]): void {
  for (const [first, ...copies] of groupBy(found, ({ id }) => [id])) {
    for (const { warnings } of copies) {
      const other = (first as Found).place;
      warnings.push({ code: 'duplicate', detail: `it is the same as ${formatPlace(other)}`, other });
    }
  }
}

function isLive({ token, warnings }: Found): boolean {
  const ends = ['never-usable', 'expired', 'duplicate'];
  return !token.sealed && !warnings.some(({ code }) => ends.includes(code));
}

function markOverlaps(live: readonly Found[], effort: Effort): number {
  const holders = groupBy(live, ({ token: { holder, key, grantor }, root }) => [
    holder,
    key === undefined ? '' : toHex(key.bytes),
    grantor,
    root,
  ]);
  return holders.reduce((sum, own) => {
    const { within, unfinished } = findOverlaps(
      own.map(({ held }) => held),
      effort,
    );
    for (const [narrow, wide] of within) {
      const other = (own[wide] as Found).place;
      const detail = `${formatPlace(other)} allows all of this too`;
      own[narrow]?.warnings.push({ code: 'overlap', detail, other });
    }
    return sum + unfinished;
  }, 0);
}
