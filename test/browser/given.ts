const path = '/given.js';

/** What the test hands to the page; a module, because the policy lets a page load nothing else. */
export const given: unknown = (await import(path)).given;
