const NOWHERE = "http://portail.invalid";
// A browser drops tabs and line ends from an address and reads « \ » as « / »: either could turn a path into another site.
const TREACHEROUS = /[\u0000-\u001f\\]/;

/** Where to go after signing in: a path of this site, or null for anything that could lead elsewhere. */
export function readNextPath(text: string | null): string | null {
  if (text === null || !text.startsWith("/") || TREACHEROUS.test(text) || !URL.canParse(text, NOWHERE)) return null;
  const { origin, pathname, search, hash } = new URL(text, NOWHERE);
  return origin === NOWHERE && !pathname.startsWith("//") ? pathname + search + hash : null;
}
