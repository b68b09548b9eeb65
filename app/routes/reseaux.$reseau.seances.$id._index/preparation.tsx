import { Page } from "~/ui/page";
import type { PreparationView } from "./preparation.server";

type PreparationProps = { readonly view: PreparationView; readonly answer: unknown };

export function Preparation({ view }: PreparationProps) {
  return (
    <Page title={view.title} crumbs={[{ label: "Séances", to: `/reseaux/${view.slug}/seances` }]}>
      {null}
    </Page>
  );
}
