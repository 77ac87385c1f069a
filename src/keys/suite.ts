/** The two suites: HMAC-SHA-256 in one trust domain, Ed25519 across domains (spec §5.1). */
export type Suite = 'hmac' | 'ed25519';
