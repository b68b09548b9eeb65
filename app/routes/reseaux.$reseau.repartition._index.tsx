import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { parseEuros, toCents, type AmountRefusal } from "~/domain/kernel/money";
import { formatCents, formatDate, NBSP } from "~/documents/french";
import { describeChoice, describeDebtors } from "~/documents/funding-call";
import { compareBases, type Basis } from "~/features/funding/comparison.server";
import { findChoice, listChoices } from "~/features/funding/choices.server";
import { listMembers } from "~/features/funding/members.server";
import { weightMessage } from "~/features/funding/messages.fr";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ButtonLink } from "~/ui/forms";
import { MoneyNav } from "~/ui/money-nav";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Répartition des dépenses" }];

const LABELS: Record<Basis, string> = {
  current: "Règle en vigueur",
  municipal: "Population municipale",
  total: "Population totale",
  "former-year": "Millésime précédent",
  equal: "Parts égales",
};

const AMOUNT_REFUSALS: Record<AmountRefusal | "amount-negative", string> = {
  "amount-empty": "Écrivez un montant en euros, comme 4000,00.",
  "amount-malformed": "Ce montant ne se lit pas : écrivez-le en euros, comme 4000,00.",
  "amount-too-precise": "Un montant a deux décimales au plus, comme 4000,00.",
  "amount-too-large": "Ce montant dépasse un milliard d’euros.",
  "amount-negative": "Le montant à répartir ne peut pas être négatif.",
};

function refusalOf(read: ReturnType<typeof parseEuros> | null): string | null {
  if (read === null) return null;
  if (!read.ok) return AMOUNT_REFUSALS[read.refusal];
  return read.value < 0 ? AMOUNT_REFUSALS["amount-negative"] : null;
}

/** The budget of the agreement. Source: Convention, art. 4.1. */
const USUAL_AMOUNT = toCents(400_000);

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "funding.read");
  const on = today(systemClock);
  const { choice, basis } = await findChoice(command.db, network.id, on);
  const typed = new URL(args.request.url).searchParams.get("montant");
  const read = typed === null ? null : parseEuros(typed);
  const amount = read?.ok && read.value >= 0 ? read.value : USUAL_AMOUNT;
  const compared = await compareBases(command.db, network.id, { choice, amount, on });
  const columns = compared.flatMap(({ basis: key, result }) => (result.ok ? [{ key, ...result.value }] : []));
  const current = columns.find(({ key }) => key === "current")?.shares ?? {};
  const signatories = await listMembers(command.db, network.id);
  return {
    ...{ amount, typed, columns, root: `/reseaux/${network.slug}` },
    refused: refusalOf(read),
    rule: describeChoice(choice, basis),
    impossible: compared.flatMap(({ basis: key, result }) =>
      result.ok ? [] : [{ key, reasons: result.refusal.map(weightMessage) }],
    ),
    debtors: describeDebtors(choice, signatories),
    members: signatories.map(({ organizationId, name }) => ({
      ...{ id: organizationId as string, name, current: current[organizationId] ?? null },
    })),
    history: (await listChoices(command.db, network.id)).map((one) => ({
      ...{ id: one.id, sentence: describeChoice(one.choice, one.basis), from: one.basis?.effectiveFrom ?? on },
      debtors: describeDebtors(one.choice, signatories),
      recordedBy: one.recordedBy,
    })),
    mayChoose: can(viewer, "funding.choose", { networkId: network.id }),
  };
}

export default function ApportionmentPage() {
  const { amount, typed, refused, columns, impossible, members, rule, debtors, history, mayChoose, root } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title="Répartition des dépenses"
      lead={rule}
      actions={mayChoose && <ButtonLink to={`${root}/repartition/choisir`}>Enregistrer un choix du comité</ButtonLink>}
    >
      <MoneyNav />
      <Section title="Comparer avant de voter" id="comparer">
        <p>Et avec la population totale ? Avec l’année précédente ? En parts égales ?</p>
        <Form method="get" className="row">
          <label htmlFor="montant">Montant à répartir, en euros</label>
          <input
            id="montant"
            name="montant"
            inputMode="decimal"
            data-width="short"
            defaultValue={typed ?? (amount / 100).toFixed(2).replace(".", ",")}
            aria-describedby={refused === null ? undefined : "montant-erreur"}
          />
          <Button look="quiet">Comparer</Button>
        </Form>
        {refused !== null && (
          <p className="error" id="montant-erreur">
            {refused} Le tableau montre {formatCents(amount)}.
          </p>
        )}
        <Table
          caption={`Part de chaque CCAS pour ${formatCents(amount)}, et écart avec la règle en vigueur`}
          columns={[
            { key: "name", label: "CCAS", heading: true, cell: (row) => row.name },
            ...columns.map(({ key, shares, vintage }) => ({
              key,
              label: `${LABELS[key]}${vintage === null ? "" : ` (${vintage})`}`,
              number: true,
              cell: (row: (typeof members)[number]) => {
                const share = shares[row.id];
                if (share === undefined) return "—";
                const gap = row.current === null ? 0 : share - row.current;
                return (
                  <>
                    {formatCents(share)}
                    {key !== "current" && gap !== 0 && (
                      <>
                        <br />
                        <span className="soft">
                          {gap > 0 ? "+" : ""}
                          {formatCents(toCents(gap))}
                        </span>
                      </>
                    )}
                  </>
                );
              },
            })),
          ]}
          rows={members}
          rowKey={(row) => row.id}
          foot={
            <tr>
              <th scope="row">Total</th>
              {columns.map(({ key, shares }) => (
                <td key={key} className="number">
                  {formatCents(toCents(Object.values(shares).reduce((sum, share) => sum + share, 0)))}
                </td>
              ))}
            </tr>
          }
        />
        {impossible.map(({ key, reasons }) => (
          <Notice key={key} tone="pending" title={`${LABELS[key]}${NBSP}: pas de calcul possible`}>
            {reasons.map((reason) => (
              <p key={reason}>{reason}</p>
            ))}
          </Notice>
        ))}
        <p className="soft">
          INSEE, populations de référence, Licence Ouverte 2.0 :{" "}
          <Link to={`${root}/populations`}>chiffres et sources</Link>.
        </p>
      </Section>
      <Section title="Choix enregistrés" id="choix">
        <p>
          {debtors ??
            "Débiteur : chaque CCAS, signataire de la convention, faute d’un autre choix (l’article 4.2.1 écrit « auprès des autres communes »)."}
        </p>
        {history.length === 0 ? (
          <p className="soft">
            Le comité n’a rien décidé. La convention dit « dernièrement connus selon l’INSEE » sans nommer ni la
            population ni le jour : la règle ci-dessus s’applique par défaut.
          </p>
        ) : (
          <ul>
            {history.map((one) => (
              <li key={one.id}>
                À partir du {formatDate(one.from)} : {one.sentence} {one.debtors}{" "}
                <span className="soft">Enregistré par {one.recordedBy}.</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}
