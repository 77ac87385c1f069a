import { type CaveatName, caveats } from './caveats/all.ts';
import { checkRequest, decide, type Request } from './decide/decide.ts';
import type { Asked, Decision } from './decide/decision.ts';
import { RequestError } from './errors.ts';
import type { ExtHandler } from './facts.ts';
import type { Json } from './json.ts';
import type { Trust } from './keys/trust.ts';
import { charge } from './state/charge.ts';
import { memoryStore } from './state/memory.ts';
import { type Cost, unitsOf } from './state/operations.ts';
import type { Awaitable, Store } from './state/store.ts';
import { systemTime } from './time.ts';
import { checkArguments } from './token/arguments.ts';
import type { Chain } from './token/chain.ts';
import { decode } from './token/decode.ts';
import { verify } from './token/verify.ts';

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
   * Decodes, verifies, decides and charges one presentation (spec §9).
   *
   * @param request what the service is about to do; without it, the invocation's own request is decided
   * @throws DecodeError, VerifyError, RequestError; a store that fails is a denial
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
 * @throws TypeError where an option is of another type
 * @example
 * const verifier = createVerifier({
 *   trust, audience: 'https://pay.acme.example',
 *   costs: { 'usd-cent': ({ args }) => Number(args.amount) },
 * })
 * const decision = await verifier.authorize(token, { action: 'pay', resource: 'invoices/7', args })
 * if (decision.verdict === 'allow') pay(decision.request)
 */
export function createVerifier<R extends Request = Request>(options: VerifierOptions<R>): Verifier<R> {
  const { trust, audience, store = memoryStore(), replay = 'required', clock = systemTime } = options;
  const { context = {}, costs = {}, ext = {}, reserveFor = 300 } = options;
  const handlers = new Map(Object.entries(ext));
  const settle: Verifier<R>['settle'] = async ({ reservation }, actual) => {
    if (store === null || reservation === undefined) throw new RequestError('reservation.unknown');
    const settled = await store.settle({ now: clock(), id: reservation.id, costs: actual });
    if (!settled) throw new RequestError('reservation.unknown');
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
      const now = clock();
      const chain = verify(decode(presentation), trust, { now });
      checkRequest(audience, request, {});
      const asked = askedOf(chain, request);
      const observed = await observe(context, namesOf(chain), asked, request);
      const decision = decide(chain, { audience, request, context: observed, ext: handlers, now });
      // What is denied anyway costs nothing, and is not computed.
      const units = decision.denials.every(({ caveat }) => caveat === 'limits' || caveat === 'plan');
      const stated = units ? await observe(costs, unitsOf(chain), asked, request) : {};
      return charge(chain, decision, { store, replay, costs: stated, reserveFor });
    },
  };
}

function askedOf({ invocation }: Chain, request: Request): Asked {
  const { action, resource } = request.action === undefined ? (invocation ?? {}) : request;
  return { action: action ?? '', resource: resource ?? '', args: checkArguments(request).args };
}

function namesOf({ blocks }: Chain): string[] {
  return [...new Set(blocks.flatMap(({ claims }) => Object.keys(claims.context ?? {})))];
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

// Evidence comes with a later version.
const UNREAD: readonly string[] = ['alive', 'approval', 'consent'];

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
    const enforced = caveats[caveat].counted ? counted : !UNREAD.includes(caveat) && known?.length !== 0;
    return { caveat, enforced, ...(known && { names: known }) };
  });
  return [...all, { caveat: 'replay', enforced: counted }];
}
