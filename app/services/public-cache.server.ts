import type { Viewer } from "./actor.server";

/**
 * How a public page may be kept. A visitor's copy may be, and is asked for again each time; whoever is signed in gets a page
 * with their name on it, which nobody keeps.
 */
export function publicCaching(viewer: Viewer | null): { readonly headers?: { readonly "Cache-Control": string } } {
  return viewer === null ? { headers: { "Cache-Control": "public, max-age=0, must-revalidate" } } : {};
}
