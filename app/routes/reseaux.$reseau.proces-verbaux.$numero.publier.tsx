import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { isWritten, itemsInOrder, minutesOutline } from "~/domain/minutes/structure";
import { publishMinutes } from "~/features/minutes/commands.server";
import { clockSentence, publishMessage, SLOT_LABELS } from "~/features/minutes/messages.fr";
import { composePublicVersion, findPublicationClock, isLeadSecretary } from "~/features/minutes/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { isPdfAvailable } from "~/services/pdf.server";
import { DocumentView } from "~/ui/document-view";
import { Button } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { openMinutes } from "./reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";

export const meta: MetaFunction = () => [{ title: "Publier le procès-verbal" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, minutes, home, isTimely } = await openMinutes(args, "minutes.publish");
  if (!isTimely) throw redirect(home);
  const day = today(systemClock);
  const clock = await findPublicationClock(command.db, network.id, minutes.adoption, null, day);
  const positions = new Map(itemsInOrder(minutes.facts).map(({ id, position }) => [id, position]));
  return {
    home,
    number: minutes.number,
    isLead: await isLeadSecretary(command.db, network.id, viewer.personId, day),
    hasPdf: await isPdfAvailable(),
    clock: clock === null ? null : clockSentence(clock),
    isOverdue: clock?.status === "overdue",
    leftOut: minutesOutline(minutes.facts).flatMap((block) => {
      if (block.kind === "fact" || !isWritten(minutes.prose, block.key) || !minutes.prose[block.key]?.internal)
        return [];
      const position = block.itemId === null ? undefined : positions.get(block.itemId);
      return [`${position === undefined ? "" : `Point ${position}, `}${SLOT_LABELS[block.slot]}`];
    }),
    document: composePublicVersion(minutes),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, minutes, home } = await openMinutes(args, "minutes.publish");
  const decision = await publishMinutes(command, minutes.id);
  if (!decision.ok) return data({ refusal: publishMessage(decision.refusal) }, { status: 409 });
  return redirect(home);
}

export default function PublishMinutesPage() {
  const page = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Page
      title="Publier le procès-verbal"
      lead="Relisez : voici, mot pour mot, ce que tout le monde pourra lire."
      crumbs={[{ label: "Procès-verbal", to: page.home }]}
    >
      {refusal && (
        <Notice tone="missed" role="alert" title="Le procès-verbal n’est pas publié">
          <p>{refusal}</p>
        </Notice>
      )}
      {page.clock && (
        <Notice tone={page.isOverdue ? "missed" : "pending"}>
          <p>{page.clock}</p>
        </Notice>
      )}
      <Section title="Ce qui reste interne" id="interne">
        {page.leftOut.length === 0 ? (
          <p>Aucune partie n’est marquée interne : tout le texte devient public.</p>
        ) : (
          <>
            <p>Ces parties ne figurent ni dans la page publique, ni dans le PDF, ni dans le fichier Markdown&nbsp;:</p>
            <ul>
              {page.leftOut.map((label) => (
                <li key={label}>{label}</li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <DocumentView document={page.document} />
      <Section title="Publier pour de bon" id="publier">
        <p>
          Le procès-verbal n° {page.number} devient public à une adresse permanente, sans compte. Il ne changera plus ;
          une erreur se corrige ensuite par un acte rectificatif publié à côté.
        </p>
        {!page.hasPdf && (
          <Notice tone="pending">
            <p>
              Le moteur PDF n’est pas installé sur ce portail&nbsp;: la page et le fichier Markdown seront publiés sans
              PDF.
            </p>
          </Notice>
        )}
        {page.isLead ? (
          <Form method="post">
            <Button>Publier le procès-verbal n° {page.number}</Button>
          </Form>
        ) : (
          <p>Seul le secrétariat du CCAS pilote publie les procès-verbaux.</p>
        )}
      </Section>
    </Page>
  );
}
