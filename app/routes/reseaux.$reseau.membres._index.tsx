import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { describeSetting } from "~/documents/rules-sentences";
import { count, formatDate } from "~/documents/french";
import { listCommittee, type SeatedPerson, type SeatOfCommittee } from "~/features/people/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { findRulesInForce } from "~/services/committee-record.server";
import { getDb } from "~/services/db.server";
import { openPublicPage } from "~/services/gate.server";
import { publicCaching } from "~/services/public-cache.server";
import { ButtonLink } from "~/ui/forms";
import { EmptyState, Page } from "~/ui/page";
import { RulesBanner } from "~/ui/rules-banner";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Qui siège au comité" }];
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const DONE: Record<string, string> = {
  renouvellement: "Le renouvellement est enregistré : chaque mandat fini ou commencé figure au registre des actes.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, actor } = await openPublicPage(args);
  const on = today(systemClock);
  const [seats, rules] = await Promise.all([
    listCommittee(getDb(), network.id, on),
    findRulesInForce(getDb(), network.id, on),
  ]);
  const scope = { networkId: network.id };
  return data(
    {
      slug: network.slug,
      seats,
      departmentSeat: rules.content.departmentSeat,
      departmentSentence: describeSetting("departmentSeat", rules.content),
      areRulesAdopted: rules.adopted !== null,
      isMember: can(actor, "rules.read", scope),
      mayRecord: can(actor, "mandate.record", scope),
      mayRenew: can(actor, "seat.renew", scope),
      done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    },
    publicCaching(viewer),
  );
}

const VOICES = {
  votes: "Délibérative",
  "advises-on-expenses": "Consultative sur les dépenses",
  advises: "Consultative",
};

export default function CommitteePage() {
  const page = useLoaderData<typeof loader>();
  const { slug, seats, departmentSeat, isMember, mayRecord } = page;
  const root = `/reseaux/${slug}/membres`;
  const vacant = seats.filter(({ titular, substitute }) => !titular && !substitute).length;
  const hasDepartment = seats.some(({ kind }) => kind === "department");
  return (
    <Page
      title="Qui siège au comité"
      lead={
        seats.length === 0
          ? "Les sièges du comité ne sont pas encore créés."
          : vacant === 0
            ? `Le comité compte ${count(seats.length, "siège", "sièges")}, tous pourvus.`
            : `Le comité compte ${count(seats.length, "siège", "sièges")}, dont ${count(vacant, "vacant", "vacants")}.`
      }
      actions={
        mayRecord && (
          <>
            <ButtonLink to={`${root}/designer`}>Enregistrer une désignation</ButtonLink>
            {page.mayRenew && (
              <ButtonLink to={`${root}/renouvellement`} look="quiet">
                Renouveler le comité
              </ButtonLink>
            )}
          </>
        )
      }
    >
      {page.done && (
        <Notice tone="reached" role="status">
          <p>{page.done}</p>
        </Notice>
      )}
      {seats.length === 0 ? (
        <EmptyState>
          <p>Chaque CCAS signataire a un siège, et le Département un : ils paraîtront ici dès leur création.</p>
        </EmptyState>
      ) : (
        <Table
          narrow="stack"
          caption="Sièges du comité"
          captionHidden
          columns={[
            {
              key: "seat",
              label: "Siège",
              heading: true,
              cell: (seat) => (isMember ? <Link to={`${root}/sieges/${seat.id}`}>{seat.label}</Link> : seat.label),
            },
            { key: "titular", label: "Titulaire", cell: (seat) => <TitularCell seat={seat} /> },
            { key: "substitute", label: "Suppléant·e", cell: ({ substitute }) => <PersonCell person={substitute} /> },
            {
              key: "voice",
              label: "Voix",
              cell: ({ kind }) => (kind === "department" ? VOICES[departmentSeat] : VOICES.votes),
            },
          ]}
          rows={seats}
          rowKey={({ id }) => id}
        />
      )}
      {hasDepartment && (
        <p>
          {page.departmentSentence}{" "}
          {!page.areRulesAdopted && "C’est la règle par défaut : le comité n’a pas encore adopté la sienne."}
        </p>
      )}
      <p className="soft">
        Un siège appartient à un organisme ; la personne qui l’occupe est désignée par lui. La suppléance siège quand le
        ou la titulaire est empêché·e.
      </p>
      {isMember && <RulesBanner adopted={page.areRulesAdopted} to={`/reseaux/${slug}/parametres/reglement`} />}
    </Page>
  );
}

function TitularCell({ seat }: { readonly seat: SeatOfCommittee }) {
  if (seat.titular) return <PersonCell person={seat.titular} />;
  if (seat.substitute) return <span className="soft">Pas de titulaire : la suppléance siège.</span>;
  return (
    <>
      <Tag tone="pending">Siège vacant</Tag>
      <br />
      <span className="soft small">
        {seat.awaited
          ? `Un mandat commence le ${formatDate(seat.awaited)}.`
          : `${seat.organizationName} n’a désigné personne.`}
      </span>
    </>
  );
}

function PersonCell({ person }: { readonly person: SeatedPerson | null }) {
  if (!person) return <span className="soft">Pas de suppléance</span>;
  return (
    <>
      {person.displayName}
      {person.functionLabel && (
        <>
          <br />
          <span className="small">{person.functionLabel}</span>
        </>
      )}
      <br />
      <span className="soft small">
        Depuis le {formatDate(person.since)}
        {person.until && `, jusqu’au ${formatDate(person.until)}`}
      </span>
    </>
  );
}
