import * as limits from '../limits.ts';

// No user information, no back slash, nothing that URL parsers strip or read differently from one another.
const URL_TEXT = /^[a-z][a-z0-9+.-]*:\/\/([a-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#][!-[\]-~]*)?$/;

/** Whether a text is a host name: lower-case letters, digits, hyphens and dots, the last not at an end (spec §5.6.2). */
export function isHost(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(text);
}

/**
 * The host of a text that is a host name or an absolute URL; anything that two parsers could read differently has none.
 *
 * @example
 * hostOf('https://api.acme.example/v1?x=1') // 'api.acme.example'
 * hostOf('https://api.acme.example@evil.example/') // undefined
 */
export function hostOf(text: string): string | undefined {
  if (text.length > limits.text) return undefined;
  const host = text.includes('://') ? URL_TEXT.exec(text)?.[1] : text;
  return isHost(host) ? host : undefined;
}
