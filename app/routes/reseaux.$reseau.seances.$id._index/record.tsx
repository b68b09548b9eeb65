import { Page } from "~/ui/page";
import type { RecordView } from "./record.server";

type RecordProps = { readonly view: RecordView; readonly answer: unknown };

export function Record({ view }: RecordProps) {
  return (
    <Page title={view.title} crumbs={[{ label: "Séances", to: `/reseaux/${view.slug}/seances` }]}>
      {null}
    </Page>
  );
}
