import type { ReactNode } from "react";
import { Page } from "./page";

type SitePageProps = { readonly title: string; readonly lead?: ReactNode; readonly children: ReactNode };

/** A page of the portal itself, outside of any network: the main landmark, then the page. */
export function SitePage({ title, lead, children }: SitePageProps) {
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <Page title={title} {...(lead ? { lead } : {})}>
        {children}
      </Page>
    </main>
  );
}
