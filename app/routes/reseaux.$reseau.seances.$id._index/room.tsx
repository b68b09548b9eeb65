import { Page } from "~/ui/page";
import type { RoomView } from "./room.server";

type RoomProps = { readonly view: RoomView; readonly answer: unknown };

export function Room({ view }: RoomProps) {
  return (
    <Page title={view.title} crumbs={[{ label: "Séances", to: `/reseaux/${view.slug}/seances` }]}>
      {null}
    </Page>
  );
}
