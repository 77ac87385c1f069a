import type { Receipts } from './audit/receipts.ts';
import { record } from './audit/record.ts';
import { type CaveatName, caveats } from './caveats/all.ts';
import { checkRequest, decide, type Request } from './decide/decide.ts';
import type { Asked, Decision } from './decide/decision.ts';
import { detach } from './decide/detach.ts';
import { isLeftToStore } from './decide/left-to-store.ts';
import { RequestError, StoreError, WritError } from './errors.ts';
import { isSigner } from './evidence/authentic.ts';
import { readEvidence } from './evidence/read-evidence.ts';
import type { Status } from './evidence/status.ts';
import { type Weighed, weigh } from './evidence/weigh.ts';
import type { ExtHandler } from './facts.ts';
import type { Json } from './json.ts';
import type { Trust } from './keys/trust.ts';
import * as limits from './limits.ts';
import { isName } from './names.ts';
import { charge } from './state/charge.ts';
import { memoryStore } from './state/memory.ts';
import { type Cost, isOfService, unitsOf } from './state/operations.ts';
import type { Awaitable, Settlement, Store } from './state/store.ts';
import { parseText } from './text.ts';
import { checkTime, systemTime } from './time.ts';
import { checkArguments } from './token/arguments.ts';
import type { Chain } from './token/chain.ts';
import { decode } from './token/decode.ts';
import { KnownBlocks } from './token/known-blocks.ts';
import { verify } from './token/verify.ts';

// How many blocks a verifier keeps; more live so long that the engine takes them for lasting, and are collected late.
const KNOWN = 512;

/** What a service computes from a request that is verified: `asked` has the checked values, `request` is as it was given. */
export type Observe<T, R extends Request = Request> = (asked: Asked, request: R) => Awaitable<T>;

/** What a service makes its verifier from. */
export interface VerifierOptions<R extends Request = Request> {
  readonly trust: Trust;
  /** The service's own name, compared exactly. */
  readonly audience: string;
  /** Where nonces, limits and plans are counted; by default in memory. `null` is none. */
  readonly store?: Store | null;
  /**
   * Without a store, `required` denies every request; `reported` allows those that need none for anything else, and
   * lists `replay` in `notEstablished`. By default `required`.
   */
  readonly replay?: 'required' | 'reported';
  /** Gives Unix seconds; by default the system's clock. It is read once for each decision. */
  readonly clock?: () => number;
  /** What the service observes, by name; computed where a caveat asks for it, and denied where nothing observes it. */
  readonly context?: Readonly<Record<string, Observe<Json, R>>>;
  /** What a request costs, by unit, in whole numbers; `{ atMost }` where it is known only afterwards. */
  readonly costs?: Readonly<Record<string, Observe<Cost, R>>>;
  /** What the service enforces of extensions, by name. */
  readonly ext?: Readonly<Record<string, ExtHandler>>;
  /**
   * The statuses that the service has loaded for itself, asked for at each decision; those that ride on a token count
   * beside them.
   */
  readonly statuses?: () => readonly Status[];
  /** Where every decision is recorded before it is given; what cannot be recorded is denied. By default nowhere. */
  readonly receipts?: Receipts;
  /** For how many seconds costs that are known only afterwards stay reserved; by default 300. */
  readonly reserveFor?: number;
}

/** Whether a verifier enforces a kind of caveat; what it does not enforce, it denies. */
export interface Enforces {
  readonly caveat: CaveatName | 'replay';
  readonly enforced: boolean;
  /** The names that it knows of the context, of units or of extensions; all others deny. */
  readonly names?: readonly string[];
}

/** What decides for a service. */
export interface Verifier<R extends Request = Request> {
  /** What this verifier enforces, to be logged when the service starts. */
  readonly enforces: readonly Enforces[];
  /**
   * Decodes, verifies, decides, weighs, charges and records one presentation (spec §9).
   *
   * @param request what the service is about to do; without it, the invocation's own request is decided
   * @throws DecodeError, VerifyError, RequestError, and what a function of the service throws; a store that fails is
   *   a denial
   */
  authorize(presentation: string, request?: R): Promise<Decision>;
  /**
   * Says what a reservation came to: each reserved unit, and at most what was reserved of it.
   *
   * @throws RequestError `cost.malformed`; `reservation.unknown` where it was settled before or counts in full;
   *   StoreError `store.*`
   */
  settle(decision: Pick<Decision, 'reservation'>, costs: Readonly<Record<string, number>>): Promise<void>;
  /** Gives a whole reservation back: the request had no cost. The nonce, the call and the step stay used. */
  release(decision: Pick<Decision, 'reservation'>): Promise<void>;
}

/**
 * Makes the verifier of a service, once, at its start (spec §9).
 *
 * @throws TypeError where an option is not of its type, or a cost is of no unit of the service's
 * @example
 * const verifier = createVerifier({
 *   trust, audience: 'https://pay.acme.example',
 *   costs: { 'usd-cent': ({ args }) => Number(args.amount) },
 * })
 * const decision = await verifier.authorize(token, { action: 'pay', resource: 'invoices/7', args })
 * if (decision.verdict === 'allow') pay(decision.request)
 */
export function createVerifier<R extends Request = Request>(options: VerifierOptions<R>): Verifier<R> {
  checkOptions(options);
  const { trust, audience, store = memoryStore(), replay = 'required', clock = systemTime } = options;
  const { context = {}, costs = {}, ext = {}, reserveFor = 300 } = options;
  const { statuses = () => [], receipts } = options;
  const handlers = new Map(Object.entries(ext));
  const known = new KnownBlocks(KNOWN);
  const read = () => {
    const now = clock();
    checkTime(now);
    return now;
  };
  const settle: Verifier<R>['settle'] = async ({ reservation }, actual) => {
    if (store === null || reservation === undefined) throw new RequestError('reservation.unknown');
    const settlement = { now: read(), id: reservation.id, costs: actual };
    if (!(await settleIn(store, settlement))) throw new RequestError('reservation.unknown');
  };
  return {
    enforces: listEnforced(options, store),
    settle,
    release(decision) {
      const units = Object.keys(decision.reservation?.costs ?? {});
      return settle(decision, Object.fromEntries(units.map((unit) => [unit, 0])));
    },
    async authorize(presentation, given) {
      const request = given ?? ({} as R);
      const now = read();
      const token = decode(presentation, { known });
      const chain = verify(token, trust, { now, evidence: 'apart', known });
      const loaded = statuses();
      const attached = token.evidence.map((bytes, i) => readEvidence(bytes, `evidence ${i}`));
      const names = Object.keys(context).filter((name) => isAsked(chain, name));
      // Arguments are checked when it is decided; sooner only where a function of the service is given them.
      const asked = names.length === 0 ? null : askedOf(chain, audience, request);
      const observed = asked === null ? {} : await observe(context, names, asked, request);
      const logic = decide(chain, { audience, request, context: observed, ext: handlers, now });
      const weighed = weigh(chain, logic, {
        evidence: [...attached, ...loaded],
        trust,
        presentation,
        body: (request as { readonly body?: Uint8Array }).body,
      });
      const { decision } = weighed;
      // What is denied anyway costs nothing, and is not computed.
      const decided = decision.denials.every(isLeftToStore) ? decision.request : null;
      const units = decided === null ? [] : unitsOf(chain);
      const stated = units.length === 0 ? {} : await observe(costs, units, decided as Asked, request);
      const charged = detach(await charge(chain, weighed, { store, replay, costs: stated, reserveFor }));
      if (receipts === undefined) return charged;
      return record(receipts, {
        decision: charged,
        // What carries a secret is not kept; a sealed token carries none.
        token: token.secret === undefined ? parseText(presentation).token : null,
        evidence: [...token.evidence, ...pickUsed(loaded, weighed)],
      });
    },
  };
}

// With a wrong option every request would throw or be denied; a service should rather know when it starts.
function checkOptions<R extends Request>(options: VerifierOptions<R>): void {
  const { trust, audience, store = null, clock = systemTime, reserveFor = 300 } = options;
  const { context = {}, costs = {}, ext = {}, statuses, receipts } = options;
  const demand = (holds: boolean, what: string) => {
    if (!holds) throw new TypeError(what);
  };
  demand(typeof trust?.get === 'function', 'trust is not from importTrust()');
  demand(isName(audience), 'audience is no name');
  demand(store === null || typeof store.charge === 'function', 'store is no store');
  demand(typeof clock === 'function', 'clock is no function');
  demand(statuses === undefined || typeof statuses === 'function', 'statuses is no function');
  demand(receipts === undefined || typeof receipts.record === 'function', 'receipts is no log');
  demand(Number.isSafeInteger(reserveFor) && reserveFor > 0, 'reserveFor is no whole number from 1');
  for (const [name, own] of [context, costs, ext].flatMap(Object.entries)) {
    demand(typeof own === 'function', `${name} is no function`);
  }
  demand(Object.keys(costs).every(isOfService), "costs are of the service's own units");
}

// What an adapter throws that is no error of this package says only that the store failed.
async function settleIn(store: Store, settlement: Settlement): Promise<boolean> {
  try {
    return await store.settle(settlement);
  } catch (error) {
    throw error instanceof WritError ? error : new StoreError('store.failed');
  }
}

/** What is asked, with checked arguments; `null` for an open token, which is not decided. */
function askedOf({ invocation }: Chain, audience: string, request: Request): Asked | null {
  checkRequest(audience, request, {});
  if (invocation === undefined) return null;
  const { action, resource } = request.action === undefined ? invocation : request;
  return { action, resource, args: checkArguments(request).args };
}

// Of the statuses that the service has loaded, those that counted; a feed may be too large to be kept with each decision.
function pickUsed(loaded: readonly Status[], { said }: Weighed): Uint8Array[] {
  const used = loaded.filter((status) =>
    said.some(
      ({ key, subject, issued }) =>
        status.claims.issued === issued && status.claims.subjects.has(subject) && isSigner(status, key),
    ),
  );
  return used.map(({ bytes }) => bytes).filter(({ length }) => length <= limits.evidenceSize);
}

function isAsked({ blocks }: Chain, name: string): boolean {
  return blocks.some(({ claims: { context } }) => context && Object.hasOwn(context, name));
}

async function observe<T, R extends Request>(
  from: Readonly<Record<string, Observe<T, R>>>,
  names: readonly string[],
  asked: Asked,
  request: R,
): Promise<Record<string, T>> {
  const known = names.filter((name) => Object.hasOwn(from, name));
  const entries = known.map(
    async (name) => [name, await (from[name] as Observe<T, R>)(asked, request)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

function listEnforced<R extends Request>(
  { context = {}, costs = {}, ext = {} }: VerifierOptions<R>,
  store: Store | null,
): Enforces[] {
  const names: Partial<Record<CaveatName, readonly string[]>> = {
    context: Object.keys(context),
    limits: ['call', 'denial', ...Object.keys(costs)],
    ext: Object.keys(ext),
  };
  const counted = store !== null;
  const all = (Object.keys(caveats) as CaveatName[]).map((caveat): Enforces => {
    const known = names[caveat];
    // An approval is used once, which takes a store too.
    const stored = caveats[caveat].counted === true || caveat === 'approval';
    const enforced = (counted || !stored) && known?.length !== 0;
    return { caveat, enforced, ...(known && { names: known }) };
  });
  return [...all, { caveat: 'replay', enforced: counted }];
}
