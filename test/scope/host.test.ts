import { describe, expect, test } from 'vitest';
import { hostOf, isHost } from '../../src/scope/host.ts';

const HOST = 'api.acme.example';

describe('a host name', () => {
  test.each(['a', 'localhost', HOST, 'xn--bcher-kva.example', '1.2.3.4', '7', 'a-b.c', 'a'.repeat(253)])(
    'may be %s',
    (text) => {
      expect(isHost(text)).toBe(true);
    },
  );

  test.each([
    ['nothing', ''],
    ['upper case', 'API.acme.example'],
    ['a trailing dot', `${HOST}.`],
    ['a leading dot', `.${HOST}`],
    ['a trailing hyphen', `${HOST}-`],
    ['a leading hyphen', `-${HOST}`],
    ['an underscore', 'a_b.example'],
    ['a port', `${HOST}:443`],
    ['a slash', `${HOST}/`],
    ['a space', `${HOST} `],
    ['a line feed', `${HOST}\n`],
    ['a wildcard', '*.acme.example'],
    ['an umlaut', 'b\u00fccher.example'],
    ['the Kelvin sign', '\u212aeys.example'],
    ['brackets', '[::1]'],
    ['254 characters', 'a'.repeat(254)],
  ])('is refused with %s', (_, text) => {
    expect(isHost(text)).toBe(false);
  });

  test.each([undefined, null, 7, [HOST]])('is refused where it is no text: %j', (value) => {
    expect(isHost(value)).toBe(false);
  });
});

describe('hostOf', () => {
  test.each([
    ['a name', HOST],
    ['a URL', `https://${HOST}`],
    ['a URL with a slash', `https://${HOST}/`],
    ['a URL with a path', `https://${HOST}/v1/../x`],
    ['a URL with a port', `https://${HOST}:8443/v1`],
    ['a URL with a query', `https://${HOST}?next=https://evil.example/`],
    ['a URL with a fragment', `https://${HOST}#@evil.example`],
    ['an at sign in the path', `https://${HOST}/@evil.example/`],
    ['another scheme', `git+ssh://${HOST}/x`],
  ])('finds it in %s', (_, text) => {
    expect(hostOf(text)).toBe(HOST);
  });

  test.each([
    ['user information', `https://${HOST}@evil.example/`, 'evil.example'],
    ['a user and a password', `https://${HOST}:443@evil.example/`, 'evil.example'],
    ['an empty user', `https://@${HOST}/`, HOST],
    ['user information in front of the right host', `https://evil.example@${HOST}/`, HOST],
    ['a back slash', `https://evil.example\\@${HOST}/`, 'evil.example'],
    ['a back slash behind the host', `https://${HOST}\\.evil.example/`, HOST],
    ['a back slash in the path', `https://${HOST}/a\\b`, HOST],
    ['back slashes behind the scheme', `https:\\\\${HOST}/`, HOST],
    ['three slashes', `https:///${HOST}/`, HOST],
    ['one slash', `https:/${HOST}/`, HOST],
    ['no slash', `https:${HOST}`, HOST],
    ['upper case', `https://API.acme.example/`, HOST],
    ['a scheme in upper case', `HTTPS://${HOST}/`, HOST],
    ['a trailing dot', `https://${HOST}./`, `${HOST}.`],
    ['a port that is no number', `https://${HOST}:x/`, undefined],
    ['an empty port', `https://${HOST}:/`, HOST],
    ['a port of six digits', `https://${HOST}:000443/`, HOST],
    ['a leading space', ` https://${HOST}/`, HOST],
    ['a trailing space', `https://${HOST}/ `, HOST],
    ['a tab in the host', 'https://api.ac\tme.example/', HOST],
    ['a line feed in the host', 'https://api.ac\nme.example/', HOST],
    ['a line feed at the end', `https://${HOST}/\n`, HOST],
    ['a line feed in the scheme', `ht\ntps://${HOST}/`, HOST],
    ['NUL', `https://${HOST}\0.evil.example/`, undefined],
    ['an encoded dot', 'https://api%2eacme.example/', HOST],
    ['an encoded at sign', `https://${HOST}%40evil.example/`, undefined],
    ['a fullwidth full stop', 'https://api\uff0eacme.example/', HOST],
    ['an ideographic full stop', 'https://api\u3002acme.example/', HOST],
    ['a fullwidth solidus', `https://${HOST}\uff0f.evil.example/`, undefined],
    ['a letter that folds', 'https://api.a\u212ame.example/', 'api.akme.example'],
    ['a soft hyphen', `https://api.ac\u00adme.example/`, HOST],
    ['a path with an umlaut', `https://${HOST}/\u00fc`, HOST],
    ['an IPv6 address', 'https://[::1]/', '[::1]'],
    ['a relative reference', `//${HOST}/`, undefined],
    ['a path', `/${HOST}`, undefined],
    ['a name with a port', `${HOST}:443`, undefined],
    ['a name with a path', `${HOST}/v1`, undefined],
    ['nothing behind the scheme', 'https://', undefined],
    ['no scheme', `://${HOST}`, undefined],
    ['nothing', '', undefined],
  ])('finds none in a text with %s', (_, text, platform) => {
    // What the platform's own parser reads shows what the refusal protects from.
    expect([hostOf(text), platformHost(text)]).toEqual([undefined, platform]);
  });

  test.each([
    ['a suffix', `https://${HOST}.evil.example/`, `${HOST}.evil.example`],
    ['a prefix', `https://evil${HOST}/`, `evil${HOST}`],
    ['a subdomain', `https://evil.${HOST}/`, `evil.${HOST}`],
    ['a hyphen', `https://api-acme.example/`, 'api-acme.example'],
  ])('finds another host in a text with %s', (_, text, expected) => {
    expect(hostOf(text)).toBe(expected);
  });
});

function platformHost(text: string): string | undefined {
  // Not URL.canParse, which in Node 20 refuses what is not ASCII as soon as it is compiled.
  try {
    return new URL(text).hostname || undefined;
  } catch {
    return undefined;
  }
}
