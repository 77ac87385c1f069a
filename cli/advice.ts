import type { Code } from '../src/codes.ts';

const DAMAGED = 'The token was damaged on its way, or made by other software with a defect.';
const NOT_OURS = `${DAMAGED} Take it from its source again; if it is the same there, whoever minted it must mend it.`;
const MINTER = 'Nothing that writ mints has this, so other software made the token, or changed it.';
const ASK_MINTER = `${MINTER} Ask whoever minted it for a new one.`;
const NO_STORE =
  'The verifier has no store. Give it one: --store lmdb:FOLDER at `writ verify`, or the option store of createVerifier.';
const ANEW =
  'If it cannot be restored, `writ limits accept --store STORE` begins anew: every token that is alive may then spend its limits once more, and what was sealed in the last minutes may be used again.';
const CLOCKS =
  'The clock of the one who signed it is ahead, or that of the service behind, by more than 30 seconds. Set the clocks, and ask for a new one.';
const RESTORE =
  '`writ audit verify --receipts DIR` names the place. Compare the folder with copies and with the checkpoints that others keep, and restore it; what does not hold proves nothing.';

/** What to do about each code: the likely causes, and the next step. `writ explain` prints it. */
export const advice: Readonly<Record<Code, string>> = {
  'limit.size':
    'Most likely the input is another file than the token: check what follows the @. A token has at most 64 KiB, a piece of evidence 16 KiB.',
  'limit.depth':
    'Arguments, arrays or extensions were nested too deeply, or the input is an attack on parsers. Ask the minter for a flatter one.',
  'limit.text':
    'A purpose, a task or another text is too long. Ask for a token with a shorter one, and keep the long text elsewhere: --reference says where.',
  'limit.entries':
    'A list, such as the permissions or the audiences, is too long. Ask for fewer and wider entries, or for several tokens.',
  'limit.blocks': 'Every hop adds a block. Have a token granted nearer to the agent that needs it.',
  'limit.evidence':
    'Present only the pieces that the caveats need. A status need not ride on the token: the service can load it by `writ verify --status FILE`.',
  'text.prefix':
    'A token begins with writ_, or with writ_secret_ where it carries a secret. Check that this is a token and no key, file name or JWT: a file takes an @ before its name. If the prefix was edited, take the token from its source again.',
  'text.base64':
    'Most likely a line break, a space or a missing character came in by copying. Pass the token as @file, unbroken and in one line.',
  'text.secret':
    'The part behind the last ~ is missing, too much, or of another token. Take the bundle from its source again, whole.',
  'cbor.truncated': 'The token was cut off, most likely by copying. Take it from its source again, whole.',
  'cbor.trailing':
    'Something was appended to the token, or two tokens were joined. Pass one token, unchanged.',
  'cbor.not-shortest': NOT_OURS,
  'cbor.indefinite': NOT_OURS,
  'cbor.reserved': NOT_OURS,
  'cbor.integer': NOT_OURS,
  'cbor.float': NOT_OURS,
  'cbor.tag': NOT_OURS,
  'cbor.simple': NOT_OURS,
  'cbor.key-type': NOT_OURS,
  'cbor.key-order': NOT_OURS,
  'cbor.duplicate-key': NOT_OURS,
  'cbor.utf8': NOT_OURS,
  'cbor.character':
    'A name, a purpose or a task holds a character that people cannot see or that reorders what they read. Mint the token anew without it; a line break is such a character too.',
  'token.shape': NOT_OURS,
  'token.suite':
    'The token is of a version that this writ does not know, or it is damaged. Update writ, or ask for a token in suite ed25519 or hmac.',
  'token.header': ASK_MINTER,
  'token.seal': ASK_MINTER,
  'claim.unknown':
    'A newer version may have put in what this one does not know, and what is not understood must not be passed over. Update writ, or ask for a token without it.',
  'claim.missing': ASK_MINTER,
  'claim.value':
    'The path in the message names the claim, such as a principal that is no URI or an invocation that lives longer than 5 minutes. Ask whoever minted the token for a new one.',
  'claim.set': ASK_MINTER,
  'claim.degenerate': ASK_MINTER,
  'evidence.shape':
    'A status, an approval or a consent is a text that begins with ~, and several are written one behind the other. This one was cut or changed, or is something else: take it from its source again.',
  'evidence.kind':
    'Known are statuses, approvals and consents; a newer version may know more. Update writ, or leave the piece out: a caveat that needs it is then denied with its need.',
  'receipt.shape': `A line of the log was edited, or its disk is damaged; a tail that a crash tore is no error once the log was written on. ${RESTORE}`,
  'key.format':
    'A key file is a JWK, PKCS#8 or SPKI in PEM, an OpenSSH key, a COSE_Key or a did:key, of Ed25519; or a JWK or COSE_Key of an HMAC secret. `writ keygen` makes keys, and `writ key convert` reads and writes all formats. Check that a private key does not stand where a public one belongs, and that nothing was edited.',
  'key.length':
    'An Ed25519 key has 32 bytes; an HMAC secret has 32 with an id of 16. The file was cut or edited: take it from its source again.',
  'key.weak':
    'Anybody can forge signatures for such a key, so it is never accepted. Do not use it; make a key with `writ keygen`, and ask where this one came from.',
  'key.mismatch':
    'The public part, "x", is not that of the private part, "d". The file was edited or mixed up: restore it, or make a new key.',
  'key.algorithm':
    'Only Ed25519 is known for public keys. If a token names this key, a newer version may have minted it: update writ.',
  'trust.format':
    'The path and the message say what was expected. Most likely a key file was given for the trust file; `writ trust add` makes a trust file from a key.',
  'trust.anchor':
    'A human needs an Ed25519 key and speaks for nobody else; an authority needs --speaks-for; --from lies before --until. Correct the entry, or add it again.',
  'trust.duplicate':
    'Each key may stand there once. To change an entry, `writ trust remove` it, then add it again.',
  'anchor.unknown':
    'Either the token comes from somebody whom this service does not trust, or the trust file lacks the key. If the grantor is to be trusted, get their public key by a safe way and run `writ trust add`. Never take the key from the token.',
  'anchor.window':
    'The time lies outside --from and --until of the entry; `writ trust list` shows them. Renew the entry if the key is still to be trusted, and check the clock.',
  'anchor.grantor':
    'The key is trusted, but not for this grantor: a human only for themselves, an authority only for its --speaks-for patterns. Compare `writ inspect` with `writ trust list`.',
  'signature.invalid':
    'The token was changed after it was signed, or a hop was signed with another key than the one named before it. Take it from its source again; if it fails there too, treat it as forged.',
  'mac.invalid':
    'The token was changed, or the trust file holds another secret with the same id. Take the token from its source again; if it fails there too, treat it as forged.',
  'evidence.unsupported':
    'The function `verify` reads no evidence by itself; `writ verify` and createVerifier do. Verify by one of those, or leave out what follows the ~: caveats that need evidence are then denied with their need.',
  'evidence.signature':
    'An approval belongs to one chain and a consent to one grant. Check that it was made for this very token, and take it from its source again; if it fails there too, treat it as forged.',
  'holder.key':
    'Only the agent that the last block names can delegate or invoke. `writ inspect` shows its key; give the private key that belongs to it as --key.',
  'invocation.missing':
    'An open token only says what may be asked. The holder seals it with one request by `writ invoke`, and the service verifies what comes out.',
  'request.malformed':
    'The service asked with an action, a resource, an audience or arguments that no token can name, such as a path with `..` or a space. Nothing is normalised: encode such names alike on both sides, and check --action, --resource, --audience and --args.',
  'context.malformed':
    'The context is a JSON object of what the service observed, by name; integers beyond 2^53 and nesting deeper than 16 are refused. Check --context.',
  'mint.input':
    'The path in the message names the claim, and the hint says what belongs there. Correct that option and run the command again; nothing was made.',
  'mint.signature':
    'A signer, such as the command of --signer, returned something else than the 64 raw bytes of an Ed25519 signature of just the bytes that it was given, by the key that was named. Check that it signs with that key, signs the message itself and not a digest of it, and writes raw bytes instead of text. No token was made.',
  'mint.sealed':
    'Sealing is final. Use the open token from which it was made; each request needs an invocation of its own.',
  'mission.final':
    'An end that could be taken back would be none. `writ mission show --state FILE` shows the state of each mission; more work needs a grant under a new one, begun by `writ mission start`.',
  'hop.wider':
    'The message names the caveat. Ask for no more than `writ inspect` shows of the token; a hop with --force is made all the same and gains nothing by it.',
  'invocation.expired':
    'An invocation lives 60 seconds unless --expires says more, at most 5 minutes. The holder makes a new one by `writ invoke`. If it is new, compare the clocks.',
  'invocation.early':
    'The clock of the holder is ahead, or that of the service behind, by more than 30 seconds. Set the clocks.',
  'invocation.audience':
    'The holder sealed the request for another service, or the service goes by another name. Names are compared exactly: check --audience on both sides, down to a slash at the end.',
  'invocation.action':
    'The holder asked for something else than the service is about to do. Invoke anew for this action; if the holder did not expect it, something changed the request on its way.',
  'invocation.resource':
    'The holder asked about something else than the service is about to touch. Invoke anew for this resource; if the holder did not expect it, something changed the request on its way.',
  'cost.malformed':
    'Costs are whole numbers from 0, in the unit that the limit names. Check --cost; what is settled names each reserved unit, and no more of it than was reserved.',
  'reservation.unknown':
    'A reservation is settled or released once, and in time; after that it counts in full. Settle sooner, or give the verifier a longer reserveFor.',
  'invocation.replay':
    'Each invocation is good for one request. Make a new one by `writ invoke`; if the holder did not send it twice, somebody copied it on its way.',
  'invocation.store': `${NO_STORE} Without one, a copy of the request could be presented again.`,
  'limits.cost':
    "The service must say what the request costs in the unit of the limit: with --cost 'UNIT AMOUNT', or by a cost function of its verifier; 0 is a cost, too.",
  'limits.spent':
    'The budget of that block is shared by all below it. `writ limits TOKEN` shows what is used and left: a limit with a window frees what is older, any other needs a new grant.',
  'limits.frozen':
    'Requests outside of what is granted were made in this branch until its limit of denials was reached; other branches go on. Find out what the agent was about, then let it go on by `writ limits unfreeze BLOCK`: `writ limits TOKEN` shows the block.',
  'plan.early':
    'Steps are taken in their order: the next one opens when the one before has its least number of uses. Ask for the steps before it first, and wait for each answer; `writ limits TOKEN` shows which are open.',
  'plan.closed':
    'Steps are taken in their order, and taking one closes those before it, for all that share the plan. `writ limits TOKEN` shows which are open and how often each may be taken; more needs a new grant.',
  'ext.refused':
    'The service enforces the extension, and it does not admit this request. Ask for a request, or a token, that fits it.',
  'store.failed':
    'Nothing was allowed. Look whether the folder of the store may be written or its server answers, whether the disk is full, and what the service logs. Requests are decided again as soon as the store answers.',
  'store.timeout':
    'Nothing was allowed, though the request may have been counted: seal a new one. Look whether the server of the store is overloaded or far away, and what locks it. Requests are decided again as soon as it answers in time.',
  'store.full':
    'Nothing that still counts is dropped to make room. Wait until nonces have expired, give the store more room, and find out who sends so much.',
  'store.clock':
    'The clock of this machine was set back, or another machine was ahead. Set the clocks. Where the store was ahead and this clock is right, `writ limits accept --store STORE` makes it go by this one.',
  'store.lost': `What was counted before is not there, so limits might be spent twice. Look whether the folder was moved or is not mounted, or whether the server was emptied or is another one, and restore it. ${ANEW}`,
  'store.older':
    'The store was restored from a copy, rolled back, or taken over by a replica that was behind, so what was counted since is missing and might be spent twice. Restore the newest state. If there is none, `writ limits accept --store STORE` goes on from this one.',
  'store.damaged': `The folder or the server holds something else, or a part of it was cut or overwritten. Restore it from a copy. ${ANEW}`,
  'receipt.failed':
    'Nothing was allowed, since what is not recorded must not be done. Look whether the folder in --receipts may be written, and whether the disk is full. Requests are decided again as soon as it can be written.',
  'receipt.locked':
    'A log has one writer at a time. Stop the other process, or give each verifier a folder of its own in --receipts. Whether one in another container or on another machine is gone cannot be seen from here: where it is, remove the lock file that the denial names.',
  'receipt.key':
    'The folder in --receipts was written with another --receipt-key. Give that key, or begin a new folder with this one.',
  'receipt.signature': `The log was changed after it was signed, or another key stands in its place. ${RESTORE}`,
  'receipt.link': `A part of the log was edited or cut out, or comes from another log. ${RESTORE}`,
  'receipt.truncated': `The end of the log was cut off, or an older copy was restored. ${RESTORE}`,
  'invocation.arguments':
    'The holder sealed other arguments, or none. Give the same --args at `writ invoke` and `writ verify`; every value counts, but white space and the order of names do not.',
  'aud.other':
    'The human or an agent on the way named the services, and this is none of them. Ask for a token that names it; check --audience, which is compared exactly.',
  'exp.passed':
    'That block is over for good, and what follows it with it. Ask the one who made it for a new one: the human for block 0, else the agent before.',
  'nbf.early':
    'Wait until the time that the caveat names. If it has come, compare the clocks; 30 seconds are allowed for.',
  'iat.early':
    'The clock of the grantor was ahead, or that of the service is behind, by more than 30 seconds. Set the clocks.',
  'scope.action':
    'The action is not granted, at least not in that block. Ask the one who made the block for a token with it, and check the spelling: actions are compared exactly.',
  'scope.resource':
    'The action is granted, on other resources. Ask for the resource, or check its spelling: * stands for one segment, ** at the end for one or more.',
  'scope.arguments':
    'Action and resource are granted, with other arguments. All arguments must be named by the permission, and none may be missing unless it is marked with ?.',
  'delegation.depth':
    'The token was handed on more often than that block allows; without --delegations, a grant allows no hop. Ask for a grant with more, or have it granted to the agent itself.',
  'delegation.delegate':
    'The human or an agent on the way named who may get the token. Delegate to one of those, or ask for a token with another --delegate-to.',
  'alive.status':
    'The mission must be shown to be active by a signed status, which its keeper prints by `writ mission`. Send it behind the token, or load it by `writ verify --status FILE`; the need in the decision names the key, the subject and how old it may be.',
  'alive.subject':
    'A status speaks only for the subjects that it names. Compare the subject in the need with `writ mission show --state FILE`, and present a status that names it.',
  'alive.authority':
    'Only the key that --alive named, or that of the trust anchor, speaks for the mission; the need in the decision shows it. Take the status from the keeper who has that key.',
  'alive.early': CLOCKS,
  'alive.stale':
    'A status is good for as long as --alive allows and its keeper said by --good-for. Take a new one, which the keeper prints by `writ mission`, and load it by `writ verify --status FILE`. If it is new, compare the clocks.',
  'alive.older':
    'What was seen later counts, so that no old status brings a mission back. Take the newest one from its keeper. If this is the newest, the state file of the keeper was restored from a copy, or there are two of it.',
  'alive.conflict':
    'Two keepers use one key, the state file was copied, or somebody else has the key. Find out which of these it is; then let one keeper print a later status by `writ mission`, which counts instead of both.',
  'alive.suspended':
    'The keeper paused the mission, and nothing under it may act meanwhile. The keeper lets it go on by `writ mission resume`; the tokens stay good.',
  'alive.completed':
    'The work is done, and every token of the mission ended with it. More work needs a grant under a new mission.',
  'alive.revoked':
    'The keeper withdrew the mission, and every token of it ended for good. Ask the keeper why; going on needs a grant under a new mission.',
  'alive.block':
    'The block was withdrawn by `writ revoke`; tokens that do not have it live on. Find out why, and ask the one who made the block for a new one.',
  'alive.key':
    'The key was withdrawn by `writ revoke`, most likely because it leaked. Make a new one by `writ keygen`, and have the token delegated to it anew.',
  'approval.required':
    'A person must approve this very request: give the need, from `writ verify --json`, to an approver, who answers by `writ approve NEED`. Then seal again by `writ invoke --retry NEED`, and send the approval behind the token, or give it by `writ verify --approval FILE`.',
  'approval.approver':
    'The need in the decision shows the keys that may approve. Ask somebody who has one of them, and check --key at `writ approve NEED`.',
  'approval.delegate':
    'An agent of the chain cannot approve what is asked with it, even if its key is among the approvers. Ask somebody whose key is in no block; `writ inspect` shows the keys.',
  'approval.request':
    'An approval is for one action, resource, service and set of arguments. Make the request that was approved, or have this one approved by `writ approve NEED`.',
  'approval.nonce':
    'An approval is for one invocation. Seal again with its nonce by `writ invoke --retry NEED`; a further request needs an approval of its own, by `writ approve NEED`.',
  'approval.early': CLOCKS,
  'approval.stale':
    'An approval is good until it expires, and for no longer than --approval-within allows. Have the request approved again by `writ approve NEED`, and send it at once. If it is new, compare the clocks.',
  'approval.twice':
    'The block asks for several approvers, each with a key of their own. Ask another one by `writ approve NEED`.',
  'approval.refused':
    'Ask the approver why, and what they would approve. That is then a new request: seal it by `writ invoke` without --retry, and have it approved by `writ approve NEED`.',
  'approval.store': `${NO_STORE} Without one, an approval could be used more than once.`,
  'context.missing':
    'The service must say what it observed by that name: with --context, or by a context function of its verifier. The holder cannot supply it.',
  'context.mismatch':
    'The conditions of the grant do not hold now; the decision shows what was expected and what was observed. Ask for a grant that fits, or come back when they hold.',
  'limits.audience':
    'Counters belong to one service: several would multiply the budget. Ask for a token whose --audience names exactly one, in the block of the limit or above it.',
  'limits.store': `${NO_STORE} Without one, nothing counts and the request is denied.`,
  'plan.audience':
    'The position in a plan is kept by one service. Ask for a token whose --audience names exactly one, in the block of the plan or above it.',
  'plan.step': 'The request is in no step of the plan. Ask for one that is; `writ inspect` shows the steps.',
  'plan.store': `${NO_STORE} Without one, no plan is followed and the request is denied.`,
  'consent.proof':
    'The grantor must sign the grant with the key that --consent named: `writ consent TOKEN` prints the proof. Send it behind the token, at every request.',
  'consent.early': CLOCKS,
  'consent.key':
    "The key that --consent named is not in the trust file as that of a human whose principal is the grantor, so the authority may have named a key of its own. If the key is the grantor's, get it from them by a safe way and run `writ trust add --kind human`. Else treat the grant as forged.",
  'ext.unknown':
    'The extension is a condition of somebody else, and what is not understood denies. Ask for a token without it, or give the verifier a handler of that name.',
};
