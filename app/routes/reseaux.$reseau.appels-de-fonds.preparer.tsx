import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { statementsBySeat } from "~/domain/funding-call/snapshot";
import { isId } from "~/domain/kernel/ids";
import { count, formatCents, formatDate, formatInteger, formatShortDate, NBSP } from "~/documents/french";
import { describeChoice, describePopulation } from "~/documents/funding-call";
import { draftCall, listIntactProofs } from "~/features/funding/call-draft.server";
import { issueCall } from "~/features/funding/commands.server";
import { readYearParam } from "~/features/funding/form";
import { issueMessages, obstacleMessage } from "~/features/funding/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { ActKey, Button } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [{ title: view?.title ?? "Appel de fonds" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "funding.read");
  const query = new URL(args.request.url).searchParams;
  const on = today(systemClock);
  const year = readYearParam(query.get("annee"), on);
  const intact = await listIntactProofs(command.db, network.id, year);
  const draft = await draftCall(command.db, network.id, {
    ...{ callId: "apercu", year, leftIds: query.getAll("sans"), issuedOn: on, intact },
  });
  const { snapshot, taken, left, unpaid, obstacles, fingerprint } = draft;
  const names = invoiceNames([...taken, ...left]);
  return {
    ...{ year, taken, left, unpaid, fingerprint, on, callCount: draft.callCount },
    title: draft.kind === "annual" ? `Appel de fonds ${year}` : `Appel complémentaire ${year}`,
    obstacles: obstacles.map((obstacle) => obstacleMessage(obstacle, names)),
    preview: snapshot && {
      ...{ total: snapshot.call.total, claimed: snapshot.call.claimed, minimum: snapshot.call.titleMinimum.amount },
      choice: describeChoice(snapshot.choice, snapshot.choiceBasis),
      population: snapshot.population && describePopulation(snapshot.population),
      centsBeyond: snapshot.call.detail.centsBeyond,
      statements: statementsBySeat(snapshot).map((statement) => ({
        ...statement,
        name: snapshot.members.find(({ organizationId }) => organizationId === statement.memberId)?.name ?? "",
        weight: snapshot.call.weights.find(({ id }) => id === statement.memberId)?.weight ?? 0,
      })),
    },
    root: `/reseaux/${network.slug}`,
    mayCall: can(viewer, "funding.call", { networkId: network.id }),
    actKey: systemClock.newId(),
  };
}

function invoiceNames(
  invoices: readonly { readonly id: string; readonly supplier: string; readonly number: string }[],
) {
  return Object.fromEntries(
    invoices.map(({ id, supplier, number }) => [id, `«${NBSP}${supplier}, n°${NBSP}${number}${NBSP}»`]),
  );
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.call");
  const form = await args.request.formData();
  const [cle, fingerprint] = [String(form.get("cle") ?? ""), String(form.get("empreinte") ?? "")];
  const leftIds = form.getAll("sans").map(String).filter(isId);
  const year = readYearParam(String(form.get("annee") ?? ""), today(systemClock));
  if (!isId(cle)) return data({ refusals: ["Le formulaire est incomplet : rechargez la page."] }, { status: 400 });
  const known = form.get("connus");
  const decision = await issueCall(command, {
    ...{ cle, year, leftIds, fingerprint },
    ...(known === null ? {} : { knownCalls: Number(known) }),
  });
  if (!decision.ok) return data({ refusals: issueMessages(decision.refusal, {}) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/appels-de-fonds/${decision.value.callId}?fait=emis`, 303);
}

export default function PrepareCallPage() {
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { root, year, title, preview, obstacles, taken, left, unpaid, mayCall } = view;
  return (
    <Page
      title={title}
      lead={
        preview === null
          ? `${count(obstacles.length, "point reste à régler", "points restent à régler")} avant l’émission.`
          : `${formatCents(preview.total)} à partager, dont ${formatCents(preview.claimed)} à appeler. Rien n’est encore figé.`
      }
      crumbs={[{ label: "Appels de fonds", to: `${root}/appels-de-fonds` }]}
    >
      <MoneyNav />
      {refused && (
        <Notice tone="missed" role="alert" title="L’appel n’est pas émis">
          <ul>
            {refused.refusals.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {obstacles.length > 0 && (
        <Notice tone="pending" title="Avant d’émettre">
          <ul>
            {obstacles.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p>
            <Link to={`${root}/journee-annuelle?annee=${year}`}>Journée annuelle</Link> ·{" "}
            <Link to={`${root}/repartition`}>Choix de répartition</Link> ·{" "}
            <Link to={`${root}/populations`}>Populations</Link> · <Link to={`${root}/depenses`}>Dépenses</Link>
          </p>
        </Notice>
      )}
      {preview && (
        <Section title="Ce qui serait figé" id="parts">
          <p>{preview.choice}</p>
          {preview.population !== null && <p className="soft source-line">{preview.population}</p>}
          <Table
            narrow="stack"
            caption="Part de chaque CCAS"
            captionHidden
            columns={[
              { key: "name", label: "CCAS", heading: true, cell: (row) => row.name },
              { key: "weight", label: "Poids", number: true, cell: (row) => formatInteger(row.weight) },
              { key: "share", label: "Part", number: true, cell: (row) => formatCents(row.share) },
              {
                key: "owed",
                label: "Appelé",
                number: true,
                cell: (row) => (row.isLead ? "gardée par le pilote" : formatCents(row.owed)),
              },
              {
                key: "flag",
                label: "À noter",
                cell: (row) =>
                  row.isUnderTitleMinimum ? (
                    <Tag tone="pending">sous {formatCents(preview.minimum)}, à vérifier avec le comptable</Tag>
                  ) : (
                    ""
                  ),
              },
            ]}
            rows={preview.statements}
            rowKey={(row) => row.memberId}
          />
          {preview.centsBeyond > 0 && (
            <p className="soft">
              {count(preview.centsBeyond, "centime", "centimes")} du détail par dépense
              {preview.centsBeyond > 1 ? " s’écartent" : " s’écarte"} de l’arrondi simple, pour que lignes et colonnes
              tombent juste.
            </p>
          )}
        </Section>
      )}
      <Section title="Factures payées qui attendent un appel" id="factures">
        {taken.length + left.length === 0 ? (
          <p className="soft">Aucune.</p>
        ) : (
          <Form method="get">
            <input type="hidden" name="annee" value={year} />
            <Table
              narrow="stack"
              caption="Factures payées et non appelées"
              captionHidden
              columns={[
                {
                  key: "object",
                  label: "Facture",
                  heading: true,
                  cell: (row) => (
                    <>
                      <Link to={`${root}/depenses/${row.expenseId}`}>{row.object}</Link>
                      <br />
                      <span className="soft">
                        {row.supplier}, n° {row.number}, {formatShortDate(row.datedOn)}
                      </span>
                    </>
                  ),
                },
                { key: "decision", label: "Décision", cell: (row) => row.decisionNumber ?? "aucune" },
                { key: "mandate", label: "Mandat", cell: (row) => row.mandate ?? "" },
                { key: "amount", label: "Montant", number: true, cell: (row) => formatCents(row.amount) },
                {
                  key: "left",
                  label: "Laisser pour plus tard",
                  cell: (row) => (
                    <label className="choice">
                      <input
                        type="checkbox"
                        name="sans"
                        value={row.id}
                        defaultChecked={left.some(({ id }) => id === row.id)}
                      />
                      <span className="visually-hidden">
                        Laisser {row.object}, {row.number}
                      </span>
                    </label>
                  ),
                },
              ]}
              rows={[...taken, ...left]}
              rowKey={(row) => row.id}
            />
            <p className="hint">Une facture laissée va à un appel complémentaire, ou à l’appel de l’année suivante.</p>
            <Button look="quiet">Prévisualiser de nouveau</Button>
          </Form>
        )}
        {taken.some(({ proof }) => proof === null) && (
          <p>
            {count(taken.filter(({ proof }) => proof === null).length, "facture est", "factures sont")} sans fichier
            joint : un CCAS qui paie peut le demander.
          </p>
        )}
        {unpaid.length > 0 && (
          <p>
            {count(unpaid.length, "facture n’a", "factures n’ont")} pas encore de paiement enregistré et ne
            {unpaid.length > 1 ? " peuvent" : " peut"} être appelée{unpaid.length > 1 ? "s" : ""}.
          </p>
        )}
      </Section>
      {preview && mayCall && (
        <Section title="Émettre" id="emettre">
          <p>
            L’appel du {formatDate(view.on)} figera ces factures, ces populations et ces parts. Il ne se modifie plus ;
            il s’annule par un acte qui le garde.
          </p>
          <Form method="post">
            <ActKey value={view.actKey} />
            <input type="hidden" name="annee" value={year} />
            <input type="hidden" name="connus" value={view.callCount} />
            <input type="hidden" name="empreinte" value={view.fingerprint ?? ""} />
            {left.map(({ id }) => (
              <input key={id} type="hidden" name="sans" value={id} />
            ))}
            <Button>Émettre l’appel de {formatCents(preview.claimed)}</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}
