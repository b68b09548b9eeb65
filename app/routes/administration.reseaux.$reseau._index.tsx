import { getFormProps, useForm } from "@conform-to/react";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { CAPACITY_LABELS } from "~/domain/access/permissions";
import { count, enumerate, formatDate } from "~/documents/french";
import type { MemberFields, SeatFields } from "~/features/networks/form";
import { KIND_OPTIONS, ROLE_OPTIONS } from "~/features/networks/options";
import { findNetworkSheet, listOrganizations, type MemberLine } from "~/features/networks/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { renderMarkdown } from "~/services/markdown.server";
import { openMemberPage } from "~/services/gate.server";
import { MemberForm, SeatForm } from "~/ui/administration";
import { ButtonLink } from "~/ui/forms";
import { Definitions, EmptyState, Page, Prose, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Réseau"} — Administration` },
];

const DONE: Record<string, string> = {
  reseau: "Le réseau est créé, et le CCAS pilote a le premier siège. Ajoutez les autres sièges ci-dessous.",
  modele:
    "Le réseau est créé avec les sièges du texte et sa convention en projet. Ajoutez les personnes, puis faites relire la convention par le secrétariat.",
  siege: "Le siège est ajouté.",
  communes: "Les CCAS de ces communes ont leur siège. Le portrait de leur territoire se compose de lui-même.",
  personne: "La personne est ajoutée.",
  connue: "Cette adresse avait déjà un compte : le rôle lui a été donné, son nom n’a pas changé.",
  role: "Le rôle prend fin à la date dite.",
  pilote: "Le CCAS pilote a changé. Les rôles de secrétariat de l’ancien pilote ont pris fin.",
  textes: "Le nom et les textes publics sont enregistrés.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "seat.create");
  const day = today(systemClock);
  const [sheet, organizations] = await Promise.all([
    findNetworkSheet(getDb(), network.id, day),
    listOrganizations(getDb()),
  ]);
  const seated = new Set(sheet.seats.map((seat) => seat.organizationId));
  const hasDepartment = sheet.seats.some((seat) => seat.kind === "department");
  return {
    slug: network.slug,
    name: network.name,
    today: day,
    sheet,
    presentationHtml: sheet.presentationMd === "" ? null : renderMarkdown(sheet.presentationMd),
    contactHtml: sheet.contactMd === "" ? null : renderMarkdown(sheet.contactMd),
    hasDepartment,
    seatKey: systemClock.newId(),
    memberKey: systemClock.newId(),
    free: organizations
      .filter(({ id, kind }) => !seated.has(id) && kind !== "autre" && !(hasDepartment && kind === "departement"))
      .map(({ id, name }) => ({ value: id, label: name })),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export default function NetworkAdministrationPage() {
  const view = useLoaderData<typeof loader>();
  const { slug, name, today: day, sheet, hasDepartment, free, done, presentationHtml, contactHtml, ...keys } = view;
  const root = `/administration/reseaux/${slug}`;
  const [seatForm, seatFields] = useForm<SeatFields>({ id: "siege", defaultValue: { kind: "ccas" } });
  const [memberForm, memberFields] = useForm<MemberFields>({
    id: "personne",
    defaultValue: { startsOn: day, invite: "on" },
  });
  const hasSecretary = sheet.members.some(({ roles }) => roles.some(({ role }) => role === "secretary"));
  const vacant = sheet.seats.filter((seat) => seat.holders === 0);
  const missing = [
    ...(sheet.seats.length < 3 ? ["les sièges des autres CCAS"] : []),
    ...(hasDepartment ? [] : ["le siège du Département"]),
    ...(hasSecretary ? [] : ["une personne au secrétariat du CCAS pilote"]),
    ...(vacant.length > 0 ? [`la désignation de ${count(vacant.length, "titulaire", "titulaires")}`] : []),
  ];
  return (
    <Page
      title={name}
      lead={`${count(sheet.seats.length, "siège", "sièges")}, CCAS pilote : ${sheet.lead}.`}
      crumbs={[{ label: "Réseaux", to: "/administration" }]}
      actions={
        <>
          <ButtonLink to={`/reseaux/${slug}/membres`} look="quiet">
            Désigner les membres
          </ButtonLink>
          <ButtonLink to={`${root}/modifier`} look="quiet">
            Modifier les textes
          </ButtonLink>
          <ButtonLink to={`/reseaux/${slug}`} look="quiet">
            Voir le réseau
          </ButtonLink>
          <ButtonLink to={`/reseaux/${slug}/observatoire`} look="quiet">
            Voir son observatoire
          </ButtonLink>
        </>
      }
    >
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice tone="pending" title="Pour que le comité puisse se réunir">
          <p>Il manque encore : {enumerate(missing)}.</p>
        </Notice>
      )}
      <Section title="Sièges du comité" id="sieges">
        <Table
          narrow="stack"
          caption="Sièges du comité"
          captionHidden
          rows={sheet.seats}
          rowKey={(seat) => seat.id}
          columns={[
            { key: "label", label: "Siège", heading: true, cell: (seat) => seat.label },
            {
              key: "kind",
              label: "Au titre de",
              cell: (seat) =>
                seat.organizationId === sheet.leadOrganizationId
                  ? "CCAS pilote"
                  : seat.kind === "department"
                    ? "Département"
                    : "Signataire",
            },
            {
              key: "holders",
              label: "Mandat en cours",
              cell: (seat) =>
                seat.holders === 0 ? (
                  <Tag tone="pending">Vacant</Tag>
                ) : (
                  <Tag tone="reached">{count(seat.holders, "désignation", "désignations")}</Tag>
                ),
            },
          ]}
        />
        <p>
          <ButtonLink to={`${root}/communes`} look="quiet">
            Ajouter plusieurs communes d’un coup
          </ButtonLink>
        </p>
        <details className="panel" open={missing.length > 0 && (!hasDepartment || sheet.seats.length < 3)}>
          <summary>Ajouter un siège</summary>
          <p className="soft">
            Un siège par CCAS signataire, et un pour le Département (convention du réseau, article 3).
          </p>
          <SeatForm
            action={`${root}/siege`}
            actKey={keys.seatKey}
            formProps={getFormProps(seatForm)}
            fields={seatFields}
            organizations={free}
            kinds={KIND_OPTIONS}
          />
        </details>
        <p>
          <Link to={`${root}/pilote`}>Changer de CCAS pilote</Link>
        </p>
      </Section>
      <Section title="Personnes du réseau" id="personnes">
        {sheet.members.length === 0 ? (
          <EmptyState>
            <p>Personne n’a encore de rôle ni de siège. Ajoutez d’abord le secrétariat du CCAS pilote.</p>
          </EmptyState>
        ) : (
          <MemberTable members={sheet.members} root={root} />
        )}
        <details className="panel" open={!hasSecretary}>
          <summary>Ajouter une personne</summary>
          <MemberForm
            action={`${root}/personne`}
            actKey={keys.memberKey}
            formProps={getFormProps(memberForm)}
            fields={memberFields}
            roles={ROLE_OPTIONS}
            organizations={sheet.seats.map((seat) => ({ value: seat.organizationId, label: seat.label }))}
          />
        </details>
      </Section>
      <Section title="Textes publics" id="textes">
        <Definitions
          entries={[
            { term: "Présentation", detail: presentationHtml ? <Prose html={presentationHtml} /> : "À écrire" },
            { term: "Pour joindre le réseau", detail: contactHtml ? <Prose html={contactHtml} /> : "À écrire" },
          ]}
        />
      </Section>
    </Page>
  );
}

function MemberTable({ members, root }: { readonly members: readonly MemberLine[]; readonly root: string }) {
  return (
    <Table
      narrow="stack"
      caption="Personnes du réseau"
      captionHidden
      rows={members}
      rowKey={(member) => member.personId}
      columns={[
        {
          key: "name",
          label: "Personne",
          heading: true,
          cell: (member) => (
            <>
              <Link to={`/administration/personnes/${member.personId}`}>{member.displayName}</Link>
              <div className="soft small">{member.email}</div>
            </>
          ),
        },
        {
          key: "roles",
          label: "Rôles et sièges",
          cell: (member) => (
            <ul className="plain-cell">
              {member.seats.map((seat) => (
                <li key={seat}>Siège : {seat}</li>
              ))}
              {member.roles.map((role) => (
                <li key={role.id}>
                  {CAPACITY_LABELS[role.role]}, {role.organization}
                  {role.endsOn && `, jusqu’au ${formatDate(role.endsOn)}`}{" "}
                  {role.endsOn === null && (
                    <Link to={`${root}/roles/${role.id}`}>
                      Retirer<span className="visually-hidden"> ce rôle à {member.displayName}</span>
                    </Link>
                  )}
                </li>
              ))}
            </ul>
          ),
        },
        {
          key: "access",
          label: "Accès",
          cell: (member) =>
            member.isDisabled ? (
              <Tag tone="missed">Suspendu</Tag>
            ) : member.hasAccess ? (
              <Tag tone="reached">Ouvert</Tag>
            ) : (
              <Tag tone="pending">Pas encore ouvert</Tag>
            ),
        },
      ]}
    />
  );
}
