export { type Annotation, annotate } from './annotate/annotate.ts';
export type { Problem } from './annotate/locate.ts';
export type { Line } from './annotate/walk.ts';
export type { Receipts, Recorded } from './audit/receipts.ts';
export type { Caveats } from './caveats/all.ts';
export type { Approval } from './caveats/approval.ts';
export type { Delegation } from './caveats/delegation.ts';
export { describeCaveat } from './caveats/forms.ts';
export type { Limit } from './caveats/limits.ts';
export type { Step } from './caveats/plan.ts';
export { type Code, codes, type Stage } from './codes.ts';
export { ed25519Backend } from './crypto/ed25519.ts';
export { type DecideOptions, decide, type Request } from './decide/decide.ts';
export type {
  Alarm,
  Asked,
  Decision,
  Denial,
  GrantorProof,
  Hand,
  OpenNeed,
  Relied,
  Reservation,
} from './decide/decision.ts';
export { type Authority, checkAuthority, effectiveAuthority, type InForce } from './decide/effective.ts';
export { explain } from './decide/explain.ts';
export {
  DecodeError,
  KeyError,
  MintError,
  ReceiptError,
  RequestError,
  StoreError,
  VerifyError,
  WritError,
} from './errors.ts';
export { type ApproveOptions, approve } from './evidence/approve.ts';
export { type ConsentToOptions, consentTo } from './evidence/consent-to.ts';
export { decodeEvidence } from './evidence/evidence-text.ts';
export { type IssuedSubject, type IssueStatusOptions, issueStatus } from './evidence/issue-status.ts';
export {
  changeMission,
  type KeptMission,
  type MissionChange,
  revokeIds,
  type Stated,
  stateMissions,
} from './evidence/keeper.ts';
export type { EvidenceKey } from './evidence/mint-evidence.ts';
export type { Evidence } from './evidence/read-evidence.ts';
export type { MissionState, Status, StatusClaims, SubjectStatus } from './evidence/status.ts';
export { verifyStatus } from './evidence/verify-status.ts';
export type { ExtHandler, ExtHandlers, Facts } from './facts.ts';
export type { InspectedEvidence } from './inspect/evidence.ts';
export {
  type InspectedBlock,
  type InspectedCaveat,
  type Inspection,
  type InspectOptions,
  inspect,
  type Verification,
} from './inspect/inspect.ts';
export type { Nearest } from './inspect/nearest.ts';
export { type Warning, type WarningCode, warnings } from './inspect/warning.ts';
export { type Answer, type Question, why } from './inspect/why.ts';
export type { Change, Phrase } from './inspect/words.ts';
export type { Json, JsonObject } from './json.ts';
export { exportKey, type KeyFormatName } from './keys/export-key.ts';
export { importKey } from './keys/import-key.ts';
export { importTrust } from './keys/import-trust.ts';
export { exportJwk, importJwk, importPublicJwk, type Jwk, type Key } from './keys/jwk.ts';
export { MacKey } from './keys/mac-key.ts';
export { PublicKey } from './keys/public-key.ts';
export type { Signer } from './keys/signer.ts';
export { SigningKey } from './keys/signing-key.ts';
export type { Suite } from './keys/suite.ts';
export type { Alive, Anchor, Trust } from './keys/trust.ts';
export { lint } from './lint/lint.ts';
export type {
  LintedToken,
  LintInput,
  LintRefusal,
  LintReport,
  LintWarning,
  TokenGroup,
  TokenPlace,
} from './lint/linted.ts';
export { printable } from './printable.ts';
export type { Permission } from './scope/permission.ts';
export type { Predicate } from './scope/predicate.ts';
export { type MemoryStoreOptions, memoryStore } from './state/memory.ts';
export type { Cost } from './state/operations.ts';
export type {
  Admission,
  Awaitable,
  Charge,
  Kept,
  Operation,
  Outcome,
  Settlement,
  Standing,
  Store,
} from './state/store.ts';
export { type LimitUsage, lookUsage, type PlanUsage, type Usage } from './state/usage.ts';
export type { Chain } from './token/chain.ts';
export { decode } from './token/decode.ts';
export { type DelegateOptions, delegate } from './token/delegate.ts';
export { type GrantOptions, grant } from './token/grant.ts';
export { type InvokeOptions, invoke } from './token/invoke.ts';
export type { GrantClaims, HopClaims, InvocationClaims, Mission, Task, Token } from './token/model.ts';
export type { Minted } from './token/sign.ts';
export { type VerifyOptions, verify } from './token/verify.ts';
export {
  createVerifier,
  type Enforces,
  type Observe,
  type Verifier,
  type VerifierOptions,
} from './verifier.ts';
