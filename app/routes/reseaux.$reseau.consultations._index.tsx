import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { formatDateTime } from "~/documents/french";
import { listConsultations } from "~/features/votes/queries.server";
import { openMemberPage } from "~/services/gate.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { StandingTag } from "~/ui/voting/standing-tag";

export const meta: MetaFunction = () => [{ title: "Consultations écrites" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "poll.read");
  return {
    root: `/reseaux/${network.slug}/consultations`,
    consultations: await listConsultations(command.db, network.id),
    mayOpen: can(viewer, "consultation.open", { networkId: network.id }),
  };
}

export default function ConsultationsPage() {
  const { root, consultations, mayOpen } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Consultations écrites"
      lead="Entre deux séances, le comité peut se prononcer par écrit ; la séance suivante ratifie."
      actions={mayOpen ? <ButtonLink to={`${root}/nouvelle`}>Ouvrir une consultation</ButtonLink> : undefined}
    >
      {consultations.length === 0 ? (
        <EmptyState>
          <p>Aucune consultation écrite n’a eu lieu. Les questions posées entre deux séances paraîtront ici.</p>
        </EmptyState>
      ) : (
        <ul className="plain-list">
          {consultations.map((consultation) => (
            <li key={consultation.id}>
              <p>
                <Link to={`${root}/${consultation.id}`}>{consultation.title}</Link>
              </p>
              <p className="small">
                <StandingTag standing={consultation.standing} />{" "}
                <span className="soft">
                  {consultation.sentence === null
                    ? `Réponses jusqu’au ${formatDateTime(consultation.deadline)}`
                    : consultation.sentence}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
