import type { HeadersFunction } from "@remix-run/node";
import { Page } from "~/ui/page";

export const headers: HeadersFunction = () => ({ "Cache-Control": "public, max-age=0, must-revalidate" });

export default function Home() {
  return (
    <main id="contenu" className="frame">
      <Page title="Portail">
        <p>…</p>
      </Page>
    </main>
  );
}
